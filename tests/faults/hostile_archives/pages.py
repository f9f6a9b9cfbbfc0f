"""Pages: deep, large, in wrong letters, broken HTML; and comments in odd shapes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.faults.hostile_archives.case import (
    ANY,
    ERROR,
    FINE,
    KEPT,
    NOTE,
    PICTURE,
    SECRET,
    Case,
    Files,
    blog,
    page,
    written,
)
from tests.sources.backups import post_page
from tests.sources.space_pages import entry

_FINE, _NOTE = frozenset({FINE}), frozenset({NOTE})
_DATE = "2009/1/2 10:00:00"
_AFTER = "said after it"
_MB = 2**20


def pages() -> Iterator[Case]:
    for tag in (
        "div",
        "span",
        "font",
        "blockquote",
        "table",
        "ul",
        "b",
        "p",
        "h2",
        "x-y",
    ):
        for depth in (100, 300, 1000, 3000):
            if depth in (100, 1000) and tag not in ("div", "span"):
                continue
            body = f"<{tag}>" * depth + "<p>innermost</p>" + f"</{tag}>" * depth
            yield _body(
                f"{tag} {depth:,} deep",
                f"{body}<p>{_AFTER}</p>",
                words=("innermost", _AFTER),
            )
    for depth in (10_000, 100_000):
        yield _body(
            f"div {depth:,} deep, never closed",
            "<div>" * depth + "innermost",
            ends=KEPT,
            posts=0,
        )
    for size in (1, 5, 15, 20, 40):
        posts = 0 if size > 15 else 1
        yield _body(
            f"a post of {size} MB",
            f"{'word ' * (size * _MB // 5)}<p>{_AFTER}</p>",
            ends=KEPT if posts else ANY,
            posts=posts,
            words=(_AFTER,) * posts,
        )
    yield _body(
        "a picture of 8 MB in its address",
        f'<img src="data:image/jpeg;base64,{"A" * 8 * _MB}"><p>{_AFTER}</p>',
        words=(_AFTER,),
    )
    yield _body(
        "an attribute of 5 MB",
        f'<p title="{"x" * 5 * _MB}">{_AFTER}</p>',
        words=(_AFTER,),
    )
    many = " ".join(f'a{n}="x"' for n in range(20_000))
    yield _body("20,000 attributes", f"<p {many}>{_AFTER}</p>", words=(_AFTER,))
    yield _body("a million tags", "<i>x</i>" * 500_000, ends=ANY, posts=0)
    for name, text in _BROKEN.items():
        yield _body(name, f"<p>before</p>{text}<p>{_AFTER}</p>", words=("before",))
    for name, data in _LETTERS.items():
        yield Case(
            f"letters: {name}", written({"1.html": data, "img/1.jpg": PICTURE}), KEPT, 1
        )
    yield from _comments()
    yield from _doubles()


def _body(
    name: str,
    body: str,
    ends: frozenset[str] = KEPT,
    posts: int = 1,
    words: tuple[str, ...] = (),
) -> Case:
    files: Files = {"1.html": post_page("Odd", _DATE, body)}
    return Case(name, written(files), ends, posts, words=words)


_BROKEN = {
    "a remark never closed": "<!-- never closed",
    "a script": "<script>document.write('</div>')</script>",
    "a style with a class": "<style>.blogpost{}</style>",
    "a DOCTYPE with an entity": f'<!DOCTYPE x [<!ENTITY e SYSTEM "../{SECRET}">]>&e;',
    "an include": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="../secret.html" parse="text"/>',
    "a processing instruction": "<?php system('id'); ?>",
    "a CDATA section": "<![CDATA[<b>x</b>]]>",
    "an end of the page in the middle": "</body></html>",
    "a page in the page": "<html><head><title>x</title></head><body>y</body></html>",
    "brackets": "<<<<>>>><><</><//>",
    "an attribute without end": "<p title='x>y",
    "numbers of no letter": "&#0;&#1;&#xD800;&#xFFFF;&#x110000;&#99999999999;&nosuch;",
    "letters that turn": "\u202e\u2066\u200f\ufeff\u200b",
    "a thousand accents": "a" + "\u0301" * 1000,
    "backslashes and percents": r"\x00 \' %s %(x)s {0} $1 \1",
    "block comments": "<!-- wp:html --><!-- /wp:paragraph -->[gallery ids='1']",
    "a drawing": "<svg><foreignObject><div class=blogpost>x</div></foreignObject></svg>",
    "MathML": "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
    "a frame": "<iframe src='file:///etc/passwd'></iframe><object data='../secret.html'></object>",
    "a base": "<base href='http://127.0.0.1:1/'>",
    "forms": "<form action=x><input name=y><select><option>z</form>",
}
_PAGE = page(1)
_SPACES = f"<html><body>{entry(975, f'TEXT<p>{_AFTER}</p>')}</body></html>"
_LETTERS = {
    "UTF-16 LE": _PAGE.encode("utf-16"),
    "UTF-16 BE": b"\xfe\xff" + _PAGE.encode("utf-16-be"),
    "UTF-8 with its mark": b"\xef\xbb\xbf" + _PAGE.encode(),
    "GBK that says UTF-8": b"<meta charset=utf-8>"
    + _PAGE.replace("Text", "文字").encode("gbk"),
    "Windows letters unsaid": _PAGE.replace("Text", "Größe").encode("cp1252"),
    "an alphabet that is none": b"<meta charset=no-such-thing>" + _PAGE.encode(),
    "UTF-7": b"<meta charset=utf-7>" + _PAGE.encode(),
    "ISO-2022-JP": b"<meta charset=iso-2022-jp>"
    + _PAGE.replace("Text", "日本").encode("iso-2022-jp"),
    "a codec that runs": b"<meta charset=rot13>" + _PAGE.encode(),
    "a codec that unpacks": b"<meta charset=zlib>" + _PAGE.encode(),
    "idna": b"<meta charset=idna>" + _PAGE.encode(),
    "undefined": b"<meta charset=undefined>" + _PAGE.encode(),
    "unicode_escape": b"<meta charset=unicode_escape>" + _PAGE.encode(),
    "NULs": _PAGE.replace("Text", "Te\x00xt").encode(),
    "control characters": _PAGE.replace("Text", "Te\x01\x0b\x1fxt").encode(),
    "halves of letters": _PAGE.encode().replace(b"Text", b"\xed\xa0\x80 \xed\xbf\xbf"),
    "overlong": _PAGE.encode().replace(b"Text", b"\xc0\xbc script \xe0\x80\xaf"),
    "a letter cut in two": _PAGE.encode().replace(b"</p>", b"\xe6\x97</p>", 1),
    "two alphabets": _PAGE.encode().replace(
        b"Text", "Größe ".encode() + "Größe".encode("cp1252")
    ),
    "mojibake": _PAGE.replace("Text", "GrÃ¶ÃŸe").encode(),
    "a mark in the middle": _PAGE.replace("Text", "\ufeffText").encode(),
    "the title a half letter": _PAGE.encode().replace(b"Post 1", b"\xed\xa0\x80"),
    "the title by number": _PAGE.replace("Post 1", "&#xD800;&#x1F600;&#0;").encode(),
    "the title too long": _PAGE.replace("Post 1", "T" * 100_000).encode(),
    "no title": _PAGE.replace("Post 1", "").encode(),
    "a picture's address half a letter": _PAGE.encode().replace(
        b"img/1.jpg", b"img/\xed\xa0\x80.jpg"
    ),
    "a picture's address by number": _PAGE.replace(
        "img/1.jpg", "img/&#xD800;.jpg"
    ).encode(),
    "a picture's address too long": _PAGE.replace("img/1.jpg", "x/" * 50_000).encode(),
}


def _comments() -> Iterator[Case]:
    def under(
        count: int, text: str = "same", name: str = "Ann - 2009/1/3 8:00:00"
    ) -> str:
        said = f"<div id=comment><h5>{name}</h5><div>{text}</div></div>" * count
        return (
            f'<html><body><h2>Odd</h2><h5>{_DATE}</h5><div class="blogpost">x</div>'
            f'<div class="comments">{said}</div></body></html>'
        )

    for name, html in {
        "no comments": under(0),
        "three equal comments": under(3),
        "5,000 equal comments": under(5_000),
        "50,000 comments": under(50_000),
        "comments without a date": under(9, name="Ann"),
        "comments without a name": under(9, name=""),
        "comments of no day": under(9, name="Ann - 2009/2/30 8:00:00"),
        "a comment of 5 MB": under(1, "word " * _MB),
        "a comment with half a letter": under(2, "&#xD800;&#0;"),
        "a name of 100,000 letters": under(2, name="n" * 100_000),
        "a name of dashes": under(2, name=" - " * 20_000),
    }.items():
        yield Case(name, written({"1.html": html}), KEPT, 1)


def _doubles() -> Iterator[Case]:
    files = blog()
    yield Case(
        "the same blog twice in two folders",
        written({**files, **{f"copy/{n}": d for n, d in files.items()}}),
        _FINE,
        3,
        3,
    )
    sample = gzip.compress(_SPACES.encode())
    yield Case("a saved page", written({"a.html": _SPACES}), KEPT, 1, words=(_AFTER,))
    yield Case(
        "a saved page, packed", written({"a.html": sample}), KEPT, 1, words=(_AFTER,)
    )
    for cut in (30, 60, 90):
        yield Case(
            f"a saved page, packed and cut at {cut} %",
            written({"a.html": sample[: len(sample) * cut // 100]}),
            ANY,
        )
    swollen = gzip.compress(_SPACES.encode() + bytes(200 * _MB))
    yield Case("a saved page, packed, that swells", written({"a.html": swollen}), ANY)
    yield Case(
        "a saved page cut in the middle", written({"a.html": _SPACES[:-80]}), KEPT, 1
    )
    for depth in (300, 3_000, 30_000):
        deep = _SPACES.replace("TEXT", "<div>" * depth + "deep" + "</div>" * depth)
        yield Case(
            f"a saved page {depth:,} deep",
            written({"a.html": deep}),
            ANY if depth > 9_000 else KEPT,
            0 if depth > 9_000 else 1,
        )
    yield Case(
        "a thousand saved pages of one entry",
        written({f"{n}.html": _SPACES for n in range(1000)}),
        KEPT,
        1,
    )
    yield Case(
        "a saved page of 40 MB",
        written({"a.html": _SPACES.replace("TEXT", "word " * (8 * _MB))}),
        frozenset({ERROR}),
    )
