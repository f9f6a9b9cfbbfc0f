"""Zips whose names are the trouble: leading elsewhere, foreign, twins, links."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from tests.faults.hostile_archives.case import (
    FINE,
    KEPT,
    NOTE,
    PICTURE,
    Case,
    as_file,
    blog,
    page,
)
from tests.faults.hostile_archives.zip_bytes import Item, items, zip_bytes

_ELSEWHERE = (
    b"../evil.html", b"../../../../../../tmp/evil.html", b"/etc/evil.html", b"//etc/evil.html",
    b"C:/evil.html", b"C:\\Users\\me\\evil.html", b"c:evil.html", b"\\\\server\\share\\evil.html",
    b"//server/share/evil.html", b"\\\\?\\C:\\evil.html", b"\\\\.\\CON\\evil.html",
    b"a/../../evil.html", b"a\\..\\..\\evil.html", b"..\\evil.html", b"/evil.html",
    b"evil\x00.html", b"\x00evil.html", b"Z:\\..\\evil.html", b"/../evil.html",
    b"a/b/c/../../../../evil.html",
)  # fmt: skip
_STRANGE = (
    b"./evil.html", b"a//evil.html", b"CON.html", b"AUX.html", b"NUL.html", b"COM1.html",
    b"LPT9.html", b"PRN", b"evil.html.", b"evil.html ", b" evil.html", b"evil:stream.html",
    b"new\nline.html", b"bell\x07.html", b"\x1b[31mred.html", b"tab\t.html",
    b"a" * 250 + b".html", b"a/" * 200 + b"evil.html", b"~/.bashrc.html", b"-rf.html",
    b"$(touch evil).html", b"`id`.html", b"%2e%2e%2fevil.html", b"..%2fevil.html",
    b"....//evil.html", b"...html", b"<script>.html", b"a|b.html", b"a*?.html", b'"q".html',
    b"evil.HTML", b"evil.HtM", b"evil", b"%00.html", b"evil%.html", b"#.html", b"a?b=c.html",
    b"\xe2\x80\xae\xe2\x80\xaelmth.evil.html",
)  # fmt: skip
_FOREIGN = {
    "gbk": ("照片旅行日记", "海边的风景"),
    "shift_jis": ("写真日記", "海の風景"),
    "euc_kr": ("사진여행일기", "바다풍경사진"),
    "big5": ("照片旅行日記", "海邊的風景"),
    "cp1252": ("Größe über Äpfel", "Café Crème Brûlée"),
    "cp850": ("Größe über Äpfel", "Café à la crème"),
    "cp1251": ("Дневник путешествий", "Фотография моря"),
    "cp866": ("Дневник путешествий", "Фотография моря"),
    "utf-8": ("日记 – Größe", "Фото 사진"),
}


def names() -> Iterator[Case]:
    for number, name in enumerate(_ELSEWHERE):
        yield _beside(
            f"name leads elsewhere {number} {name!r}", name, frozenset({NOTE})
        )
    for name in _STRANGE:
        yield _beside(f"strange name {name[:40]!r}", name, KEPT)
    for page_name, words in _FOREIGN.items():
        for flagged in (False, True):
            if flagged and page_name != "utf-8":
                continue
            data = _foreign(page_name, *words, 0x800 if flagged else 0)
            how = "marked" if flagged else "unmarked"
            yield Case(
                f"names in {page_name}, {how}", as_file("a.zip", data), KEPT, 4, 4
            )
    yield from _twins()
    yield from _links()


def _beside(name: str, evil: bytes, ends: frozenset[str]) -> Case:
    """A post under this name beside three others: all four have to come."""
    extra = Item(evil, page("evil", "/img/1.jpg").encode(), flags=0x800)
    data = zip_bytes([*items(blog()), extra])
    return Case(name, as_file("a.zip", data), ends, 4, 3)


def _foreign(alphabet: str, title: str, picture: str, flags: int) -> bytes:
    written = page("foreign", f"img/{picture}.jpg")
    extra = [
        Item(f"{title}.html".encode(alphabet), written.encode(), flags=flags),
        Item(f"img/{picture}.jpg".encode(alphabet), PICTURE + b"foreign", flags=flags),
    ]
    return zip_bytes([*items(blog()), *extra])


def _twins() -> Iterator[Case]:
    def of(*pages: bytes) -> bytes:
        twins = [
            Item(name, page(f"twin {number}", "img/1.jpg").encode(), flags=0x800)
            for number, name in enumerate(pages)
        ]
        return zip_bytes([*items(blog(1)), *twins])

    for name, pages in {
        "three files of one name": (b"a.html",) * 3,
        "a hundred files of one name": (b"a.html",) * 100,
        "names that differ by case": (b"A.html", b"a.html", b"a.HTML"),
        "names composed and not": ("é.html".encode(), "e\u0301.html".encode()),
        "a name that a twin would get": (b"a.html", b"a.html", b"a (2).html"),
        "a file in a folder of its own name": (b"a.html", b"a.html/b.html"),
        "slashes that mean the same": (b"d/a.html", b"d\\a.html", b"d//a.html"),
    }.items():
        yield Case(name, as_file("a.zip", of(*pages)), KEPT, 1 + len(pages))
    # The same second and the same title, but another text: two posts, never one.
    first = page("same")
    other = page("same", more="<p>and more</p>")
    both = {"a.html": first, "b.html": other, "img/same.jpg": PICTURE}
    for form in ("zip", "twice"):
        extra = {"copy/a.html": first} if form == "twice" else {}
        data = zip_bytes(items({**both, **extra}))
        yield Case(
            f"two posts of one second, {form}", as_file("a.zip", data), KEPT, 2, 2
        )


def _links() -> Iterator[Case]:
    for name, target, kind in (
        ("link to a secret", b"../secret.html", stat.S_IFLNK),
        ("link to the system", b"/etc/passwd", stat.S_IFLNK),
        ("link to a folder", b"/", stat.S_IFLNK),
        ("link to itself", b"link.html", stat.S_IFLNK),
    ):
        link = Item(b"link.html", target, attributes=kind | 0o777)
        through = Item(b"link.html/1.jpg", PICTURE)
        data = zip_bytes([*items(blog()), link, through])
        yield Case(name, as_file("a.zip", data), frozenset({NOTE}), 3, 3)
    for name, kind in (("device", stat.S_IFBLK), ("pipe", stat.S_IFIFO), ("folder", 0)):
        ending = b"/" if name == "folder" else b""
        odd = Item(b"odd.html" + ending, b"", attributes=kind | 0o777)
        data = zip_bytes([*items(blog()), odd])
        ends = frozenset({FINE, NOTE})
        yield Case(f"a {name} in a zip", as_file("a.zip", data), ends, 3, 3)
