"""What is fuzzed: each door through which a stranger's bytes come in, and what must hold."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from PIL import Image
from requests import PreparedRequest, Response
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from tests.faults.fuzz import seeds
from wizard import network
from wizard.blog import Comment, Post
from wizard.content.cleaning import clean, clean_comment, plain_text
from wizard.content.composing import compose
from wizard.content.pictures.decoding import fulfil
from wizard.credentials import Secret
from wizard.destinations import Kind, NewPost, Remote
from wizard.destinations.wordpress import WordPress, rest
from wizard.destinations.wordpress.discovery import Root
from wizard.errors import MoveError
from wizard.network import Session
from wizard.sources import open_source
from wizard.sources.archive import open_archive
from wizard.sources.dates import DateReader, relative
from wizard.sources.metaweblog.xmlrpc import parse

MOST = 20_000  # bytes of one input: what is slow is slow at that size, too
_NAMES = 30
_SMALL = 100_000  # pixels
_POSTS = 30
_RAM = "/dev/shm" if os.path.isdir("/dev/shm") else None
_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-", dir=_RAM)
_BLANK = "".join(map(chr, range(33)))
_MIMES = {kind: f"image/{kind.lower()}" for kind in ("JPEG", "PNG", "WEBP", "GIF")}


@dataclass(frozen=True, slots=True)
class Target:
    """``one`` raises, other than a MoveError, when something is wrong. ``seeds`` makes
    the inputs to begin with. ``door``: what is asked, in words."""

    door: str
    one: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


def _file(name: str, data: bytes) -> Path:
    path = Path(_FOLDER.name) / name
    path.write_bytes(data)
    return path


# A zip


def zip_file(data: bytes) -> None:
    with suppress(MoveError), open_archive(_file("a.zip", data)) as archive:
        for name in archive.names()[:_NAMES]:
            path = PurePosixPath(name)
            assert not path.is_absolute(), name
            assert ".." not in path.parts, name
            with suppress(MoveError):
                assert len(archive.read(name)) <= archive.size(name)


# Pages of Spaces


def spaces_page(data: bytes) -> None:
    with suppress(MoveError):
        source = open_source([str(_file("page.html", data))])
        assert source.blog().key
        for _, post in zip(range(_POSTS), source.posts(), strict=False):
            assert post.key
            compose(post, {})


# The HTML of posts and comments


class _Harmless(HTMLParser):
    """Another reader than ours, which must not find what could do something."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "object", "embed", "svg"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name in ("href", "src"):
                # What browsers pass over: inside, other blanks end what may be a scheme.
                address = re.sub(r"[\t\n\r]", "", value or "")
                scheme, colon, _ = address.lstrip(_BLANK).partition(":")
                wild = scheme.lower() in ("javascript", "vbscript", "data")
                assert not (wild and colon), value


def html(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    plain_text(text, 200)
    words = clean(text) + clean_comment(text)
    post = Post("k", text[:200], text, None, comments=(Comment("c", "a", text, None),))
    for made in (
        words,
        compose(post, {}, "mark"),
        compose(post, {}, "mark", blocks=True),
        compose(replace(post, html=words), {}),
    ):
        _Harmless().feed(made)
        made.encode()  # and no half characters


# Dates


def dates(data: bytes) -> None:
    lines = data.decode("utf-8", "replace").split("\n")[:20]
    reader = DateReader(lines, lines[0][:8])
    captured = datetime(2010, 5, 6, 7, 8)
    for line in lines:
        found = reader.read(line)
        for year in (None, 2007):
            moment = found.in_year(year) if found else None
            assert moment is None or moment.tzinfo is None
        said = relative(line, captured)
        assert said is None or said.tzinfo is None


# What servers answer


class _Canned:
    """A requests adapter for which every server answers the same bytes."""

    def __init__(self, data: bytes) -> None:
        head, _, self._body = data.partition(b"\r\n\r\n")
        first, *rows = head.decode("latin-1").split("\r\n")
        number = "".join(filter(str.isdecimal, first[8:13]))
        self._status = int(number or 200) % 600 if number.isascii() else 200
        pairs = (row.partition(":")[::2] for row in rows[:20])
        self._headers = {name.strip() or "x": value.strip() for name, value in pairs}

    def send(self, request: PreparedRequest, **_: object) -> Response:
        answer = Response()
        answer.status_code = self._status
        answer.headers = CaseInsensitiveDict(self._headers)
        answer.raw = HTTPResponse(
            io.BytesIO(self._body), self._headers, self._status, preload_content=False
        )
        answer.url = str(request.url)
        return answer

    def close(self) -> None: ...


def http_answer(data: bytes) -> None:
    canned = _Canned(data)

    def session(user: str = "", password: Secret | None = None) -> Session:
        made = Session(user, password)
        made._adapter = canned  # type: ignore[assignment]
        return made

    blog = WordPress("http://127.0.0.1/", "ann", Secret("kanarie"))
    blog._rest.session = session("ann", Secret("kanarie"))
    blog._visitor = session()
    post = NewPost("t", "h", None, "draft")  # type: ignore[arg-type]
    rest.Session = session  # type: ignore[misc,assignment]
    network._PAUSES = ()  # type: ignore[assignment]
    with suppress(MoveError):
        blog.check()
    blog._rest._root = Root("http://127.0.0.1/wp-json/", {"namespaces": ["wp/v2"]})
    calls: tuple[Callable[[], object], ...] = (
        lambda: blog.create(post, "md-1"),
        lambda: blog.update(Remote(Kind.POST, 7), post, "md-1"),
        lambda: blog.find(Kind.POST, "md-1"),
        lambda: blog.find(Kind.TAG, "a"),
        lambda: list(zip(range(3), blog.ours(Kind.POST), strict=False)),
        lambda: list(zip(range(3), blog.ours(Kind.PHOTO, ["md-1"]), strict=False)),
        lambda: list(zip(range(3), blog.ours(Kind.TAG, [3]), strict=False)),
        lambda: blog.shows(Remote(Kind.PHOTO, 7, "http://127.0.0.1/a.jpg")),
        lambda: blog.is_unused(Remote(Kind.CATEGORY, 3)),
        lambda: list(zip(range(3), blog.ours(Kind.COMMENT, [7]), strict=False)),
        lambda: blog.read(Remote(Kind.POST, 7)),
        lambda: blog.delete(Remote(Kind.POST, 7)),
    )
    for call in calls:
        with suppress(MoveError):
            call()


# XML-RPC


def xml_rpc(data: bytes) -> None:
    with suppress(MoveError):
        parse(data, "blog.example")


# What pictures tell of themselves


def picture_facts(data: bytes) -> None:
    """A photo that may be shown is one that others can decode, of the same size."""
    about, made = fulfil({"job": "prepare", "location": False}, data)
    # Half a photo stays half a photo; what is big takes too long to look at twice.
    if "missing" in about or about["cut"] or about["same"]:
        return
    if about["width"] * about["height"] > _SMALL:
        return
    turned = about["width"], about["height"]
    decoded = _decoded(made[0])
    assert decoded is not None, "what is uploaded cannot be decoded"
    assert decoded[1] in (turned, turned[::-1]), decoded


def _decoded(data: bytes) -> tuple[str, tuple[int, int], bytes] | None:
    try:
        with Image.open(io.BytesIO(data), formats=list(_MIMES)) as image:
            return str(image.format), image.size, image.convert("RGB").tobytes()
    except Exception:  # whatever Pillow says
        return None


TARGETS = {
    "zip": Target("opening a zip and reading its files", zip_file, seeds.zips),
    "spaces": Target(
        "opening a saved page and composing its posts", spaces_page, seeds.pages
    ),
    "html": Target("cleaning and composing HTML", html, seeds.htmls),
    "dates": Target("reading dates", dates, seeds.dates),
    "answers": Target("a WordPress's answers to all calls", http_answer, seeds.answers),
    "xmlrpc": Target("an old blog's answers", xml_rpc, seeds.calls),
    "pictures": Target(
        "taking the place out of a photo", picture_facts, seeds.pictures
    ),
}
