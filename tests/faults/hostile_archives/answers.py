"""Hostile answers of an old blog that still answers: XML, dates, states, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.faults.hostile_archives.case import ANY, ERROR, KEPT, SECRET
from tests.sources.metaweblog_stub import Blog, checked, movable_type, mt_posts

_ERROR = frozenset({ERROR})
Dress = Callable[[bytes], bytes]
_TITLE = b"Eintrag 1"


@dataclass(frozen=True, slots=True)
class Answering:
    """A blog that answers so. ``ends``, ``posts``: as in `Case`. ``comments``: exactly
    so many. ``status``, ``date``: of the one post, None for whatever it is."""

    name: str
    blog: Callable[[], Blog]
    ends: frozenset[str]
    posts: int = 0
    comments: int | None = None
    status: str | None = None
    date: str | None = None


def every_answer() -> Iterator[Answering]:
    for name, (dress, ends, posts) in _XML.items():
        yield Answering(f"XML: {name}", lambda d=dress: _dressed(d), ends, posts)
    for cut in (1, 20, 50, 80, 99):
        yield Answering(
            f"XML: cut at {cut} %",
            lambda c=cut: _dressed(lambda b: b[: len(b) * c // 100]),
            _ERROR,
        )
    for written, date in _DATES.items():
        yield Answering(
            f"the date {written!r}",
            lambda w=written: _posts(dateCreated=w),
            KEPT,
            1,
            date=date,
        )
    for said, status in _STATES.items():
        yield Answering(
            f"the state {said!r}",
            lambda s=said: _posts(post_status=s),
            KEPT,
            1,
            status=status,
        )
    locked = {"post_status": "publish", "wp_password": "x"}
    yield Answering(
        "locked by a password", lambda: _posts(**locked), KEPT, 1, status="private"
    )
    for name, comments in _COMMENTS.items():
        made = comments()
        yield Answering(
            f"comments: {name}",
            lambda c=made: wordpress(c),
            KEPT,
            1,
            len(made),
            "publish",
        )


def _posts(**more: object) -> Blog:
    return movable_type(mt_posts(1, **more))


def _dressed(dress: Dress) -> Blog:
    blog = movable_type(mt_posts(1))
    blog.dress = lambda body: dress(body) if b"mt_keywords" in body else body
    return blog


def _declared(declaration: str, title: bytes = b"&x;") -> Dress:
    def dress(body: bytes) -> bytes:
        start = body.index(b"<methodResponse")
        return body[:start] + declaration.encode() + body[start:].replace(_TITLE, title)

    return dress


def _titled(title: bytes) -> Dress:
    return lambda body: body.replace(_TITLE, title)


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_NEST = b"<value><array><data>", b"</data></array></value>"
_XML: Mapping[str, tuple[Dress, frozenset[str], int]] = {
    "sound": (lambda body: body, KEPT, 1),
    "a billion laughs": (
        _declared(f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>', b"&l9;"), _ERROR, 0,
    ),
    "one long laugh": (
        _declared(f'<!DOCTYPE x [<!ENTITY x "{"a" * 100_000}">]>', b"&x;" * 20_000), _ERROR, 0,
    ),
    "laughs in an attribute": (
        _declared(f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>', b'<i a="&l9;"/>'), _ERROR, 0,
    ),
    "an entity that is a file": (
        _declared('<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), _ERROR, 0,
    ),
    "an entity on the network": (
        _declared('<!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'), _ERROR, 0,
    ),
    "a parameter entity": (
        _declared('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', _TITLE), _ERROR, 0,
    ),
    "a description elsewhere": (
        _declared('<!DOCTYPE methodResponse SYSTEM "http://127.0.0.1:9/x.dtd">', _TITLE), ANY, 0,
    ),
    "an include": (
        _titled(b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'), ANY, 0,
    ),
    "a hundred thousand levels": (
        _titled(b"</string></value>" + _NEST[0] * 100_000 + _NEST[1] * 100_000), _ERROR, 0,
    ),
    "two hundred levels": (_titled(b"<b>" * 200 + b"x" + b"</b>" * 200), KEPT, 1),
    "a bare ampersand": (_titled(b"Cats & dogs"), KEPT, 1),
    "an entity of HTML": (_titled(b"caf&eacute;&nbsp;x"), KEPT, 1),
    "control characters": (_titled(b"a\x00\x01\x0b\x1fb"), KEPT, 1),
    "half a letter by number": (_titled(b"&#xD800;&#55296;&#0;&#xFFFE;x"), KEPT, 1),
    "half a letter": (_titled(b"\xed\xa0\x80x"), KEPT, 1),
    "another alphabet than it says": (_titled("Größe".encode("cp1252")), KEPT, 1),
    "a mark before it": (lambda body: b"\xef\xbb\xbf\r\n" + body, KEPT, 1),
    "a warning before it": (lambda body: b"<b>Warning</b>: x in /y on line 1\n" + body, KEPT, 1),
    "something behind it": (lambda body: body + b"<!-- cached --><script>", KEPT, 1),
    "a CDATA section": (_titled(b"<![CDATA[a <b> ]]>"), KEPT, 1),
    "a remark": (_titled(b"a<!-- b -->c"), KEPT, 1),
    "a title of 5 MB": (_titled(b"x" * 5_000_000), KEPT, 1),
    "no title": (_titled(b""), KEPT, 1),
    "a bracket": (_titled(b"a < b"), _ERROR, 0),
    "another answer": (lambda body: b"<html>Please sign in</html>", _ERROR, 0),
    "nothing": (lambda body: b"", _ERROR, 0),
    "an empty answer": (
        lambda body: b"<?xml version='1.0'?><methodResponse></methodResponse>", ANY, 0,
    ),
    "a number instead": (
        lambda body: b"<methodResponse><params><param><value><int>7</int></value></param></params></methodResponse>", ANY, 0,
    ),
    "ten thousand digits": (
        lambda body: body.replace(b"<string>1</string>", b"<int>" + b"9" * 10_000 + b"</int>"), ANY, 0,
    ),
    f"a secret called {SECRET}": (_declared(f'<!DOCTYPE x [<!ENTITY x SYSTEM "{SECRET}">]>'), _ERROR, 0),
}  # fmt: skip
_DATES: Mapping[str, str | None] = {
    "2008-03-04T05:06:07Z": "2008-03-04T05:06:07+00:00",
    "20080304T05:06:07": "2008-03-04T05:06:07",
    "20080229T05:06:07": "2008-02-29T05:06:07",
    **dict.fromkeys(
        (
            "", "0", "00000000T00:00:00", "00010101T00:00:00", "16010101T00:00:00",
            "18991230T00:00:00", "20070230T10:00:00", "20071301T10:00:00", "20070101T25:61:61",
            "99991231T23:59:59", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
            "yesterday", "x" * 5000, "2007-01-01T00:00:00+99:99",
        ),
        "",
    ),
}  # fmt: skip
_STATES = {
    "publish": "publish", "draft": "draft", "private": "private", "pending": "pending",
    "auto-draft": "draft", "PUBLISH": "publish", "trash": "private", "inherit": "private",
    "friends": "private", "protected": "private", "secret": "private", "publish ": "private",
    "public": "private", "1": "private", "true": "private", "\u202epublish": "private",
    "publish\u200b": "private", "x" * 9999: "private",
}  # fmt: skip


def _comment(number: int, parent: object = "0", text: str = "") -> dict[str, Any]:
    return {
        "comment_id": str(number), "post_id": "1", "status": "approve", "author": f"Reader {number % 7}",
        "content": text or f"Words {number}", "parent": str(parent), "type": "",
    }  # fmt: skip


_COMMENTS: Mapping[str, Callable[[], list[dict[str, Any]]]] = {
    "none": list,
    "in order": lambda: [_comment(n, n - 1) for n in range(1, 10)],
    "answers first": lambda: [_comment(n, n + 1) for n in range(1, 10)],
    "to one that is not there": lambda: [
        _comment(1, 999),
        _comment(2, -1),
        _comment(3, "x"),
    ],
    "to itself": lambda: [_comment(1, 1), _comment(2, 1)],
    "in a circle of two": lambda: [_comment(1, 2), _comment(2, 1), _comment(3, 1)],
    "in a circle of a thousand": lambda: [
        _comment(n, n % 1000 + 1) for n in range(1, 1001)
    ],
    "a thousand deep": lambda: [_comment(n, n - 1) for n in range(1, 1001)],
    "all equal": lambda: [_comment(n, text="Thanks!") for n in range(1, 50)],
    "ten thousand": lambda: [_comment(n, n // 2) for n in range(1, 10_001)],
    "of 1 MB": lambda: [_comment(1, text="word " * 200_000)],
}


def wordpress(comments: list[dict[str, Any]]) -> Blog:
    """One post with these comments, as WordPress gives them: page by page."""

    def users_blogs(user: str, password: str) -> list[dict[str, Any]]:
        checked(user, password)
        return [{"blogid": "1", "blogName": "x", "url": blog.url, "isAdmin": True}]

    def get_posts(
        _blog: str,
        user: str,
        password: str,
        wanted: dict[str, Any],
        fields: list[str] | tuple[()] = (),
    ) -> list[dict[str, Any]]:
        checked(user, password)
        if fields == ["post_id"]:
            return [{"post_id": "1"}]
        post = {
            "post_id": "1",
            "post_title": "x",
            "post_content": "y",
            "post_status": "publish",
        }
        return [] if wanted["offset"] else [post]

    def get_comments(
        _blog: str, user: str, password: str, wanted: dict[str, Any]
    ) -> list[dict[str, Any]]:
        checked(user, password)
        start = wanted.get("offset", 0)
        return comments[start : start + wanted["number"]]

    blog = Blog(
        "/xmlrpc.php",
        {
            "wp.getUsersBlogs": users_blogs,
            "wp.getPosts": get_posts,
            "wp.getComments": get_comments,
            "system.listMethods": lambda: sorted(blog.methods),
        },
    )
    return blog
