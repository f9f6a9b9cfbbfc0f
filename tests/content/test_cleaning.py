"""Cleaning: old HTML in, plain blocks out, and not a word lost on the way."""

from __future__ import annotations

import re
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wizard.content.cleaning import clean, clean_comment, plain_text
from wizard.errors import Refused

TAGS = re.findall(
    r"\S+",
    "p div b i u font span center a table tr td th tbody ul ol li dl dt dd blockquote h2 "
    "h3 pre strong em code sup caption figure figcaption small form o:p article menu nobr "
    "address label ruby rt del s abbr select option fieldset noscript P DIV FONT B LI",
)
ATTRIBUTES = [
    "",
    " align=center",
    ' style="text-align:right;font-weight:bold"',
    ' href="http://old.example/page"',
    " dir=rtl",
    " colspan=2",
    ' class="MsoNormal"',
    ' title="a &lt;p&gt; [b]"',
    ' style="color:red;background:yellow" color=blue',
]
TEXTS = [
    "word ",
    "中文",
    " ",
    "\n",
    "a  b\n c",
    "[x]",
    "&lt;p&gt;",
    "C:\\temp\\new",
    "😀",
]
VOID = ["<br>", "<BR/>", "<hr>", '<img src="http://old.example/i[1].jpg" alt="">']
starts = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
ends = st.builds("</{}>".format, st.sampled_from(TAGS))
soups = st.lists(
    st.one_of(starts, ends, st.sampled_from(TEXTS), st.sampled_from(VOID)), max_size=40
).map("".join)
BLOCKS = "p|h[1-6]|pre|ul|ol|dl|blockquote|table|figure|hr"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hello", "<p>hello</p>"),
        ("", ""),
        ("<P>&nbsp;</P><DIV><BR></DIV>", ""),
        ("<DIV>a<DIV>b</DIV>c</DIV>", "<p>a</p>\n\n<p>b</p>\n\n<p>c</p>"),
        ("<P>a<br><br>b<BR>c<br>", "<p>a</p>\n\n<p>b<br />c</p>"),
        ('<FONT face="Verdana" color=black><SPAN>x</SPAN></FONT>', "<p>x</p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><b>a</b></p>\n\n<p><b>b</b></p>"),
        (
            "<p>a<ul><li>b</ul>c</p>d",
            "<p>a</p>\n\n<ul><li>b</li></ul>\n\n<p>c</p>\n\n<p>d</p>",
        ),
        ("<center><font>x</font></center>", '<p style="text-align:center">x</p>'),
        ("<p align=right>x<p>y", '<p style="text-align:right">x</p>\n\n<p>y</p>'),
        ('<div dir="rtl">x</div>', '<p dir="rtl">x</p>'),
        ('<span style="font-weight: bold">x</span>', "<p><b>x</b></p>"),
        ('<font style="text-decoration:line-through">x</font>', "<p><s>x</s></p>"),
        ("a<o:p></o:p>b", "<p>ab</p>"),
        (
            "<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->a<![if x]>b",
            "<p>ab</p>",
        ),
        ('<?xml:namespace prefix = o ns = "urn:x" />a', "<p>a</p>"),
        ("<b> a </b>b", "<p><b>a</b> b</p>"),
        ("a\r\n  b\tc", "<p>a b c</p>"),
        ("<pre>\n  a\n\tb<br>c</pre>", "<pre>  a\n\tb\nc</pre>"),
        ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
        ("<pre>\r\n\r\n\r\na</pre>", "<pre>\n\n\na</pre>"),
        ("<pre><br>a</pre>", "<pre>\n\na</pre>"),
        ("<pre><b>\na</b></pre>", "<pre><b>\na</b></pre>"),
        ("<pre>\n\n</pre>", ""),
        (
            "<ol type=i reversed><li value=3>a",
            '<ol type="i" reversed=""><li value="3">a</li></ol>',
        ),
        ("<ol><li>a<li><li>c</ol>", "<ol><li>a</li><li></li><li>c</li></ol>"),
        (
            "<ol><li><br><li><ol><li></ol><li> <li>d</ol>",
            "<ol><li></li><li></li><li></li><li>d</li></ol>",
        ),
        ("<ol><li><li hidden>a</ol><ul><li><li>b</ul>", "<ul><li>b</li></ul>"),
        ("<ol start=-3><li>a", '<ol start="-3"><li>a</li></ol>'),
        ("<ol start=' +04.'><li value=0>a", '<ol start="4"><li value="0">a</li></ol>'),
        ("<ol start=x><li value=1234567890>a", "<ol><li>a</li></ol>"),
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>text<li>a</ul>", "<ul><li>text</li><li>a</li></ul>"),
        (
            "<blockquote>a<br><br>b</blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        (
            "<table><tr><td>a<p>b</td><td colspan=2>c",
            "<table><tbody><tr><td><p>a</p><p>b</p></td>"
            '<td colspan="2">c</td></tr></tbody></table>',
        ),
        ("<h2>A<p>b</h2>", "<h2>A</h2>\n\n<p>b</p>"),
        ("<dl><dt>a<dd>b", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("a<hr>b", "<p>a</p>\n\n<hr>\n\n<p>b</p>"),
        ("a<!-- note -->b<!--more-->c", "<p>ab</p>\n\n<!--more-->\n\n<p>c</p>"),
        (
            "<!--nextpage-->a<!--more  Read  on … -->b<!--more-->c<!--nextpage-->d"
            "<ul><li>e<!--nextpage--></ul><!--nextpage--><!--nextpage-->",
            "<p>a</p>\n\n<!--more Read on …-->\n\n<p>bc</p>"
            "\n\n<!--nextpage-->\n\n<p>d</p>\n\n<ul><li>e</li></ul>",
        ),
        (
            "a<!--more <b onclick=x> [y] --\ufdd1i>-->b",
            "<p>a</p>\n\n<!--more-->\n\n<p>b</p>",
        ),
        (
            "<form action=x><input value=y>a<button>b</button></form>",
            "<p>a</p>\n\n<p>b</p>",
        ),
        (
            '<a name="n"></a><a href="#o">x</a>',
            '<p><a id="n"></a><a href="#o">x</a></p>',
        ),
        (
            '<a href="#n">x</a><h2 id="n">y</h2><p id="n">z</p>',
            '<p><a href="#n">x</a></p>\n\n<h2><a id="n"></a>y</h2>\n\n<p>z</p>',
        ),
        (
            '<a href="#n">x</a><ul><li>a<li id="n">b</ul>',
            '<p><a href="#n">x</a></p>\n\n<ul><li>a</li><li><a id="n"></a>b</li></ul>',
        ),
        (
            '<a href="#n">x</a> <b>a</b> <span id="n">b</span>',
            '<p><a href="#n">x</a> <b>a</b> <a id="n"></a>b</p>',
        ),
        (
            '<a href="#n">x</a><p><a name="n">y</a>',
            '<p><a href="#n">x</a></p>\n\n<p><a id="n"></a>y</p>',
        ),
        ("<acronym title='W C'>WC</acronym>", '<p><abbr title="W C">WC</abbr></p>'),
        ("<abbr title=' '>WC</abbr>", "<p><abbr>WC</abbr></p>"),
        (
            "<a href=/x title='W &amp; C'>WC</a>",
            '<p><a href="/x" title="W &amp; C">WC</a></p>',
        ),
        (
            "<span title=' W C '>WC</span> <span title=' '>x</span>",
            '<p><span title="W C">WC</span> x</p>',
        ),
        ("<bdo dir=RTL>WC</bdo> <bdo>x", '<p><bdo dir="rtl">WC</bdo> x</p>'),
        ("<title>t</title><style>s</style><script>x</script>a", "<p>a</p>"),
    ],
)
def test_old_spellings_become_plain_blocks(old: str, new: str) -> None:
    assert clean(old) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C:\\temp\\new", "<p>C:\\temp\\new</p>"),
        ("[gallery ids=1]", "<p>&#91;gallery ids=1&#93;</p>"),
        ("&lt;b&gt; & &amp;amp;", "<p>&lt;b&gt; &amp; &amp;amp;</p>"),
        ("&lt;!-- wp:html --&gt;", "<p>&lt;!-- wp:html --&gt;</p>"),
        ("<code>a[0]\\n</code>", "<p><code>a&#91;0&#93;\\n</code></p>"),
        ("a&nbsp;&nbsp;b", "<p>a&nbsp;&nbsp;b</p>"),
        ("　　第一", "<p>　　第一</p>"),
        ("a\0b\x08c\ufffed", "<p>abcd</p>"),
        ("&#1;a&#xFFFE;", "<p>a</p>"),
        ("a\ud800b", "<p>a\ufffdb</p>"),
        ("100% \u202eabc\u202c", "<p>100% \u202eabc\u202c</p>"),
    ],
)
def test_what_people_wrote_survives_letter_for_letter(old: str, new: str) -> None:
    assert clean(old) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '<img src="http://o.example/a[1].jpg" alt="[x] &quot;<p>" width=10 height=20 align=left>',
            '<p><img src="http://o.example/a&#91;1&#93;.jpg" alt="&#91;x&#93; &quot;&lt;p&gt;" '
            'width="10" height="20" class="alignleft"></p>',
        ),
        ('a<img src="http://c.example/c.gif" width=1 height="1">', "<p>a</p>"),
        (
            'a<img src="http://c.example/c.gif" style="width:1px;height:1px">',
            "<p>a</p>",
        ),
        (
            '<IMG src="http://shared.live.com/~/rte/emoticons/smile_regular.gif">',
            "<p>🙂</p>",
        ),
        (
            '<img alt="Guitar" src="http://o.example/emoticons/guitar.gif">',
            "<p>Guitar</p>",
        ),
        ('<img src="http://o.example/emoticons/57_57.gif">', "<p>(57_57)</p>"),
        ('<img src="data:image/png;base64,AAAA" alt="drawn">', "<p>drawn</p>"),
        ('<img src="img/1.jpg">', '<p><img src="img/1.jpg" alt=""></p>'),
    ],
)
def test_pictures_stay_and_smileys_become_characters(old: str, new: str) -> None:
    assert clean(old) == new


YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("old", "address"),
    [
        (
            '<object width="425"><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en">'
            '<embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en" type="x"></embed></object>',
            YOUTUBE,
        ),
        ('<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0"></iframe>', YOUTUBE),
        (
            '<embed src="http://vimeo.com/moogaloop.swf?clip_id=1234&server=vimeo.com">',
            "https://vimeo.com/1234",
        ),
        (
            '<iframe src="https://player.vimeo.com/video/1234">x</iframe>',
            "https://vimeo.com/1234",
        ),
        (
            '<embed src="http://player.youku.com/player.php/Type/Folder/sid/XMTI4/v.swf">',
            "https://v.youku.com/v_show/id_XMTI4.html",
        ),
        (
            '<embed src="http://www.tudou.com/v/abcDEF12/v.swf">',
            "https://www.tudou.com/programs/view/abcDEF12",
        ),
        (
            '<object data="http://www.dailymotion.com/swf/x1abc">',
            "https://www.dailymotion.com/video/x1abc",
        ),
        (
            '<video controls><source src="http://o.example/m.mp4"></video>',
            "http://o.example/m.mp4",
        ),
        ('<audio src="y.mp3"></audio>', "y.mp3"),
        ('<video controls src="/files/v.mp4"></video>', "/files/v.mp4"),
        ('<embed src="/files/f.swf">', "/files/f.swf"),
        ('<object data="../o.pdf"><embed src="../o.pdf"></object>', "../o.pdf"),
    ],
)
def test_an_embedded_video_becomes_a_link_to_it(old: str, address: str) -> None:
    link = f'<p><a href="{address}">{address}</a></p>'
    assert clean(f"a{old}b") == f"<p>a</p>\n\n{link}\n\n<p>b</p>"


def test_the_same_video_embedded_twice_is_there_twice() -> None:
    player = "http://www.youtube.com/v/dQw4w9WgXcQ"
    embedded = f'<embed src="{player}">'
    whole = f'<object><param name="movie" value="{player}">{embedded}</object>'
    for old in (embedded, whole):
        assert clean(f"{old}<p>and</p>{old}").count(f'href="{YOUTUBE}"') == 2


def test_a_frame_that_leads_nowhere_leaves_nothing() -> None:
    assert clean('<iframe src="javascript:alert(1)"></iframe><iframe>x</iframe>') == ""
    assert clean('<iframe src="http://ads.example/" width=0 height=0></iframe>') == ""
    assert clean('<iframe src="x_files/saved_resource.html"></iframe>') == ""
    assert clean('<embed src="#"><embed src="http:"><embed src="C:\\a.mp3">') == ""


def test_a_formula_is_text_without_what_no_browser_shows_of_it() -> None:
    formula = (
        "<math><semantics><mrow><mi>x</mi><mo>=</mo><mn>5</mn></mrow>"
        '<annotation encoding="application/x-tex">x=5</annotation>'
        "<annotation-xml><ci>y</ci></annotation-xml></semantics></math>"
    )
    assert clean(f"<p>a {formula} b</p>") == "<p>a x=5 b</p>"
    assert clean_comment(f"a {formula} b") == plain_text(f"a {formula} b") == "a x=5 b"


@settings(max_examples=150, deadline=None)
@given(soups)
def test_no_word_is_lost_moved_or_torn_apart(soup: str) -> None:
    assert plain_text(clean(soup)).split() == plain_text(soup).split()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(starts, ends, st.just("word"), st.sampled_from(VOID)), max_size=40
    )
)
def test_every_word_arrives_in_order_whatever_stands_around_it(
    pieces: list[str],
) -> None:
    number = count()
    soup = "".join(
        f"w{next(number)}x" if piece == "word" else piece for piece in pieces
    )
    text = re.sub(r"<[^>]*>", "", clean(soup))
    assert re.findall(r"w\d+x", text) == [f"w{n}x" for n in range(next(number))]


def test_a_line_break_behind_a_picture_in_code_stays() -> None:
    assert clean("<pre><img src=http://x.example/1.jpg>\nb").endswith(">\nb</pre>")


@settings(max_examples=150, deadline=None)
@given(st.one_of(soups, st.text(max_size=60)))
def test_what_is_clean_stays_as_it_is(soup: str) -> None:
    once = clean(soup)
    assert clean(once) == once


@settings(max_examples=150, deadline=None)
@given(st.one_of(soups, st.text(max_size=60)))
def test_the_result_is_well_formed_and_in_blocks(soup: str) -> None:
    html = clean(soup)
    closed = re.sub(r"<(hr|img)([^>]*)>", r"<\1\2/>", html).replace("&nbsp;", " ")
    page = etree.fromstring(f"<x>{closed}</x>".encode())
    assert all(re.fullmatch(BLOCKS, block.tag) for block in page)
    assert not (page.text or "").strip()
    assert all((block.tail or "\n\n") == "\n\n" for block in page)
    for element in page.iter():
        if not element.xpath("self::x|ancestor-or-self::pre"):
            assert "\n" not in (element.text or "")
    assert not re.search(r"<br />(<br />|</)|[\[\]]", html)


def test_a_comment_keeps_only_what_readers_may_write() -> None:
    old = (
        '<DIV>One<BR>two <B onclick="x()">bold</B></DIV><P>Three <A href="http://o.example" '
        'target=_blank>link</A><IMG src="http://o.example/emoticons/heart.gif"></P>'
        "<ul><li>a<li>b</ul><blockquote><p>q</p><p>r</p></blockquote>"
        '<script>x</script><img src="http://o.example/p.jpg" alt="photo">[x]'
    )
    assert clean_comment(old) == (
        'One\ntwo <b>bold</b>\n\nThree <a href="http://o.example">link</a>❤️\n\na\n\nb\n\n'
        '<blockquote>q\n\nr</blockquote>\n\n<a href="http://o.example/p.jpg">photo</a>&#91;x&#93;'
    )


def test_plain_text_is_the_words_up_to_a_limit() -> None:
    html = "<p>One <b>t</b>wo</p><style>x</style><li>three<br>four&nbsp;&amp; five"
    assert plain_text(html) == "One two three four & five"
    assert plain_text(html, 9) == "One two t"
    assert plain_text(html, 8) == "One two"
    assert plain_text(html, 0) == ""
    assert plain_text("<p>" + "word " * 100_000, 12) == "word word wo"


def test_a_post_longer_than_any_post_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        clean("x" * (2**25 + 1))
    assert "too long" in refused.value.title


def test_a_tag_in_an_attribute_is_text_like_any_other() -> None:
    html = clean('<img src="http://x.example/i" alt="a <b>c</b></p> <u id=x>">')
    assert 'alt="a &lt;b&gt;c&lt;/b&gt;&lt;/p&gt; &lt;u id=x&gt;"' in html
