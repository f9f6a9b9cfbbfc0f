"""Cleaning strangers' HTML: nothing in what comes out may run, whoever's password sends it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.blog import Photo, Post
from wizard.content.cleaning import clean, clean_comment
from wizard.content.composing import Placed, compose

HARMLESS = set(
    re.findall(
        r"\S+",
        "p h1 h2 h3 h4 h5 h6 pre ul ol li dl dt dd blockquote table caption thead tbody "
        "tfoot tr td th figure figcaption br hr img a b strong i em u s del ins sub sup "
        "code kbd samp var small q cite abbr dfn mark ruby rb rt rp bdo details summary",
    )
)
ATTRIBUTES = {"href", "src", "alt", "title", "width", "height", "class", "style", "dir"}
ATTRIBUTES |= {"id", "start", "colspan", "rowspan", "open"}
VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=http://x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/random>alert(1)</script>",
    "<<script>alert(1);//<</script>",
    "<script src=//x.example",
    "<script>alert(1)//",
    "</textarea><script>alert(1)</script>",
    "<title><a title='</title><script>alert(1)</script>'>",
    "<xmp><p title='</xmp><script>alert(1)</script>'>",
    "<style><!--</style><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--x--!><script>alert(1)</script>-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<noembed><img title='</noembed><img src=x onerror=alert(1)>'>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x ONERROR=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    '<img """><script>alert(1)</script>">',
    "<img src=`x` onerror=alert(1)>",
    "<img src=x:x onerror&#61;x onerror=alert(1)>",
    "<img src=http://o.example/emoticons/smile.gif alt='<img src=x onerror=alert(1)>' onload=x>",
    "<img src=javascript:alert(1)>",
    "<img src=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
    "<img src='jav&#x09;ascript:alert(1)'>",
    "<img src='jav\nascript:alert(1)'>",
    "<img src=' &#14; javascript:alert(1)'>",
    "<img src=data:text/html,<script>alert(1)</script>>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+' onload=alert(1)>",
    "<img dynsrc=javascript:alert(1) lowsrc=vbscript:x onclick=x>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\0script:alert(1)'>x</a>",
    "<a href='java&#1;script:alert(1)'>x</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>x</a>",
    "<a href='javascript&#58;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='livescript:x'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='blob:https://x.example/1'>x</a>",
    "<a href='file:///etc/passwd' onclick=alert(1)>x</a>",
    "<a href='http://x.example' onmouseover='alert(1)'>x</a>",
    "<a href='http://x.example' style='background:url(javascript:alert(1))'>x</a>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<p style='text-align:center;behavior:url(x.htc)' onclick=x>y</p>",
    "<p style='text-align:center&quot;onclick=&quot;alert(1)' onclick=x>y</p>",
    "<div style='background-image:url(&#1;javascript:alert(1))'>x</div>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<body onload=alert(1) background='javascript:alert(1)'>x</body>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<applet code=x.class archive='javascript:x'>x</applet>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>x</textarea>",
    "<select onfocus=alert(1)><option>x</select>",
    "<video src=x onerror=alert(1)></video>",
    "<audio><source src=x onerror=alert(1)></audio>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<details open ontoggle=alert(1)>x</details>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img title='</style><img src=x onerror=alert(1)>'></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<table background='javascript:alert(1)'><tr><td onclick=alert(1)>x</table>",
    "<td background='javascript:alert(1)' onclick=x>y",
    "<x onclick=alert(1)>y</x>",
    "<b/onmouseover=alert(1)>x</b>",
    "<xml id=x><i><b>&lt;img src=x onerror=alert(1)&gt;</b></i></xml><img onerror=x>",
    "<template><script>alert(1)</script></template>",
    "<p><a href='http://x.example/\"onmouseover=alert(1) x='>x</a><i onclick=x></i>",
    "<a name='x\"onclick=alert(1)' href='#x' onclick=x>y</a>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr><script></script>",
    "\ufdd1script\ufdd2alert(1)\ufdd1/script\ufdd2<script></script>",
]


# What blocks bring along: only these comments, and attributes of only these shapes.
COMMENT = re.compile(r" /?wp:[a-z-]+(?: \{[^<>&]*\})? | moving-day:md-1 |more")
STYLE = re.compile(
    r"text-align:[a-z]+|width:\d+px(;height:auto)?|float:(left|right);margin:[01em ]+"
)
OF_BLOCKS = {"controls", "download", "data-align", "class", "id"}


class Dangers(HTMLParser):
    """Reads HTML as the standard library does and lists what might run."""

    def __init__(self, html: str, blocks: bool) -> None:
        super().__init__()
        self._blocks = blocks
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS and not (
            self._blocks and tag in ("audio", "video", "div")
        ):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            address = re.sub(r"[\0-\x20\x7f-\x9f]", "", value or "").lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", address)
            leads = name in ("href", "src") and scheme
            if leads and scheme[0] not in ("http:", "https:", "mailto:", "ftp:"):
                self.found.append(f"{name}={value}")
            if name == "style" and not STYLE.fullmatch(value or ""):
                self.found.append(f"{name}={value}")
            if name not in ATTRIBUTES | (OF_BLOCKS if self._blocks else set()):
                self.found.append(name)

    def handle_comment(self, data: str) -> None:
        if not (self._blocks and COMMENT.fullmatch(data)) and data != "more":
            self.found.append(f"<!--{data}")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}")


def dangers(html: str, *, blocks: bool = False) -> list[str]:
    """As a parser reads it, and as a careless look at the letters outside quotes does."""
    letters = re.sub(r'"[^"]*"', '""', html)
    loosely = re.findall(r"<[^<>]*[\s/]on\w+\s*=|<script", letters, re.IGNORECASE)
    return Dangers(html, blocks).found + loosely


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_that_runs_comes_through(vector: str) -> None:
    assert dangers(vector), "the control: this one would run"
    for around in ("{}", "<div>{}</div>", "<table><tr><td>{}", "<p><b>{}", "<pre>{}"):
        html = around.format(vector)
        assert dangers(clean(html)) == []
        assert dangers(clean(clean(html))) == []
        assert dangers(clean_comment(html)) == []


def test_there_are_enough_vectors_to_mean_something() -> None:
    assert len(set(VECTORS)) == len(VECTORS) >= 60


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*VECTORS, "<p>", "</p>", "<table>", "x"]), max_size=6))
def test_nothing_that_runs_comes_through_in_any_company(vectors: list[str]) -> None:
    assert dangers(clean("".join(vectors))) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(VECTORS).map(lambda v: v[1::2] + v[::2]), max_size=4))
def test_shuffled_vectors_are_harmless_too(vectors: list[str]) -> None:
    assert dangers(clean("".join(vectors))) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/\"'= \n&;:#!-abonscript", max_size=80))
def test_no_letters_add_up_to_something_that_runs(text: str) -> None:
    assert dangers(clean(text)) == []
    assert dangers(clean_comment(text)) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_a_composed_post_is_as_safe_as_a_clean_one(vector: str) -> None:
    address = "http://tkfiles.storage.msn.com/'\"><script>alert(1)</script>"
    photos = (
        Photo(address, False, integrated=True, alt=vector, caption=vector),
        Photo(
            "img/1.jpg", True, ("x", "javascript:alert(1)"), alt=vector, caption=vector
        ),
        Photo("img/2.jpg", True, integrated=True, alt=vector, caption=vector),
    )
    home = Placed("http://new.example/f.jpg", "http://new.example/s.jpg", 4, 3)
    post = Post("k", vector, vector, None, photos=photos)
    for placed in ({}, {"img/1.jpg": home, "img/2.jpg": home}):
        for blocks in (False, True):
            html = compose(post, placed, blocks=blocks)
            assert dangers(html, blocks=blocks) == []


def test_a_new_home_cannot_bring_a_script_in() -> None:
    home = Placed("javascript:alert(1)", "JavaScript:alert(1)", 4, 3)
    post = Post("k", "", "<img src=1.jpg>", None, photos=(Photo("1.jpg", True),))
    for blocks in (False, True):
        html = compose(post, {"1.jpg": home}, blocks=blocks)
        assert dangers(html, blocks=blocks) == []


def test_text_cannot_become_a_shortcode_or_a_block() -> None:
    html = clean(
        '[x]<a href="[y]" title="[z]">&#91;t&#93;</a>&lt;!-- wp:x --><!-- wp:y -->'
    )
    assert "[" not in html
    assert "]" not in html
    assert "<!--" not in html
