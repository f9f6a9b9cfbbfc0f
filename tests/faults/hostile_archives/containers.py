"""Files that are something else than an archive of a blog."""

from __future__ import annotations

import gzip
import io
import random
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults.hostile_archives.case import ANY, ERROR, Case, as_file, blog, page
from tests.faults.hostile_archives.zip_bytes import items, zip_bytes

_ERROR = frozenset({ERROR})
_HEADS = {
    "7-Zip": b"7z\xbc\xaf\x27\x1c\x00\x04", "RAR 4": b"Rar!\x1a\x07\x00", "RAR 5": b"Rar!\x1a\x07\x01\x00",
    "bzip2": b"BZh91AY&SY", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd", "cabinet": b"MSCF",
    "lha": b"\x20\x00-lh5-\x00", "arj": b"\x60\xea", "ace": b"\x00" * 7 + b"**ACE**",
    "stuffit": b"SIT!\x00", "PDF": b"%PDF-1.4\n%\xe2", "Word of 1997": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "RTF": b"{\\rtf1\\ansi", "Safari's web archive": b"bplist00\xd1\x01", "PNG": b"\x89PNG\r\n\x1a\n",
    "GIF": b"GIF89a", "JPEG": b"\xff\xd8\xff\xe1", "TIFF": b"II*\x00", "HEIC": b"\x00\x00\x00\x18ftypheic",
    "MP3": b"ID3\x03\x00", "MP4": b"\x00\x00\x00\x18ftypmp42", "AVI": b"RIFF\x00\x00\x00\x00AVI ",
    "WebP": b"RIFF\x00\x00\x00\x00WEBP", "Windows program": b"MZ\x90\x00", "ELF": b"\x7fELF\x02",
    "Outlook mailbox": b"!BDN", "help file": b"ITSF\x03", "Java class": b"\xca\xfe\xba\xbe",
    "Flash": b"FWS\x09", "disk image": b"\x00" * 512, "pickle": b"\x80\x04\x95", "wasm": b"\x00asm\x01",
}  # fmt: skip
_TEXTS = {
    "mailbox": b"From ann@example.org Mon Jan  1 00:00:00 2007\nSubject: hello\n\nhello\n",
    "web page in one file": b"From: <Saved by Windows Internet Explorer 7>\r\nMIME-Version: 1.0\r\n\r\n",
    "WordPress export": b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>',
    "news feed": b"<rss><channel><item><title>x</title></item></channel></rss>",
    "Atom": b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
    "JSON": b'{"posts": [1, 2, 3]}', "CSV": b"a;b;c\n1;2;3\n", "plain text": b"Dear diary\n",
    "PHP": b"<?php phpinfo();", "shell": b"#!/bin/sh\nrm -rf /\n", "SVG": b"<svg onload='x()'/>",
    "another web page": b"<!DOCTYPE html><html><body><h2>News</h2><p>of today</p></body></html>",
    "UTF-16 text": "Dear diary".encode("utf-16"), "UTF-32 text": "Dear diary".encode("utf-32"),
    "billion laughs": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><l>&j;</l>",
    "external entity": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>',
    "a hundred thousand levels": b"<a>" * 100_000,
    "one line of 30 MB": b"x" * (30 * 2**20),
    "brackets without end": b"<" * 2_000_000,
}  # fmt: skip
_OFFICE = {
    "Word": "word/document.xml", "Excel": "xl/workbook.xml", "OpenDocument": "mimetype",
    "e-book": "META-INF/container.xml", "app": "AndroidManifest.xml", "jar": "META-INF/MANIFEST.MF",
}  # fmt: skip


def containers(seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    for name, head in _HEADS.items():
        yield Case(name, as_file("old-blog", head + chance.randbytes(2000)), _ERROR)
    for name, text in _TEXTS.items():
        yield Case(name, as_file("old-blog.html", text), _ERROR)
    for name, mark in _OFFICE.items():
        data = zip_bytes(items({mark: "<x/>", "more.xml": "<x/>"}))
        yield Case(f"{name} file", as_file("a.zip", data), _ERROR)
    for name, data in {
        "no bytes": b"", "one byte": b"P", "two bytes": b"PK", "zeros": bytes(1_000_000),
        "ones": b"\xff" * 100_000, "an empty zip": b"PK\x05\x06" + bytes(18),
        "a web page called zip": page(1).encode(),
    }.items():  # fmt: skip
        yield Case(name, as_file("a.zip", data), _ERROR)
    yield Case(
        "a zip called html", as_file("a.html", zip_bytes(items(blog()))), ANY, 3, 3
    )
    for number in range(5):
        noise = chance.randbytes(5000)
        yield Case(f"noise {number}", as_file("a.zip", noise), _ERROR)
        yield Case(
            f"noise {number} that begins as a zip",
            as_file("a.zip", b"PK\x03\x04" + noise),
            _ERROR,
        )
    yield Case("tar", as_file("a.tar", _tar), _ERROR)
    yield Case("tar.gz", as_file("a.tar.gz", lambda: gzip.compress(_tar())), _ERROR)
    yield Case("a tar called zip", as_file("a.zip", _tar), _ERROR)
    yield Case(
        "gzip that swells", as_file("a.gz", gzip.compress(bytes(30 * 2**20))), _ERROR
    )
    yield Case(
        "a zip of music",
        as_file("a.zip", zip_bytes(items(dict.fromkeys(("a.mp3", "b.mp3"), "ID3")))),
        _ERROR,
    )
    yield Case(
        "a zip of zips",
        as_file("a.zip", zip_bytes(items({"a.zip": zip_bytes(items(blog()))}))),
        _ERROR,
    )
    yield Case("a database", _database, _ERROR)
    yield Case(
        "a picture with a blog behind it",
        as_file("a.jpg", b"\xff\xd8\xff\xe0" * 99 + zip_bytes(items(blog()))),
        ANY,
        3,
    )


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for name, kind in (("../evil", tarfile.SYMTYPE), ("dev", tarfile.BLKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            file.addfile(info)
    return out.getvalue()


def _database(folder: Path) -> Path:
    path = folder / "old.move"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE x (y)")
    database.close()
    return path
