"""What fuzzing has found and what was mended then: tried again in every test run."""

from __future__ import annotations

from tests.faults.fuzz import seeds
from tests.raw_server import reply


def _page(old: bytes, new: bytes) -> bytes:
    """The saved page in which something is wrong."""
    page = next(page for page in seeds.pages() if old in page)
    return page.replace(old, new)


def _jpeg_with_fill() -> bytes:
    """Bytes 0xFF before a marker mean nothing, but they stayed without their marker, in
    front of what a careless writer had left behind it."""
    jpeg = seeds.pictures()[0]
    garbled = b"Exif\0\0II+\0" + b"\0" * 8
    garbled = b"\xff\xe1" + (len(garbled) + 2).to_bytes(2) + garbled
    at = jpeg.index(b"\xff\xe1")
    return jpeg[:at] + b"\xff" * 4 + garbled + b"left" + jpeg[at:]


FOUND: dict[str, tuple[bytes, ...]] = {
    "spaces": (
        _page(b"A text.", b'<img src="a&#1;b.jpg"><a href="\x01">A</a>'),
        _page(b'class="bvMsg"', b'class="bvMsg" {a\x02 b='),
        _page(b'class="bvMsg"', b'class="bvMsg" style="\x02"'),
        _page(b"May 2009</div></div>", b"May 2009</div></div>a\x0c&#12;b"),
    ),
    "answers": (
        reply(b'{"id": 7, "status": "draft", "slug": "md-1", "excerpt": {}}'),
        reply(
            b'[{"id": 7, "status": "draft", "slug": "md-1", "link": "http://127.0.0.1/?p=7",'
            b' "title": {"raw": "t"}, "content": {"rXw": "<!-- moving-day:md-1 -->"},'
            b' "excerpt": {"raw": ""}, "date_gmt": "2007-01-02T03:04:05",'
            b' "author_user_agent": "md-1", "name": "a", "categories": [1], "tags": []}]'
        ),
        reply(b'{"id": 7, "slug": "md-1"}'),
        reply(b'[{"id": 7, "slug": null, "link": [], "content": {"raw": 4}}]'),
        reply(b'{"namespaces": [7, "wp/v2"], "authentication": 1, "home": 7}'),
        reply(b'{"id": 7, "media_details": 4, "source_url": "x"}'),
        reply(b'{"code": ["a"], "data": {"status": 401}}'),
    ),
    "pictures": (_jpeg_with_fill(),),
}
