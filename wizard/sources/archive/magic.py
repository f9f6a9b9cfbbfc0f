"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK", b"PK00PK")
# Enough for the tar mark at 257 and a fair judgement of text.
HEAD = 4096

_STARTS = (
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip file (.gz or .tgz)"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"MSCF", "a Windows cabinet file (.cab)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a WordPad or Word document (.rtf)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document or a Live Writer draft"),
    (b"SQLite format 3\x00", "a database or a move file"),
    (b"bplist00", "a Safari web archive or a property list"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"ID3", "a piece of music (MP3)"),
    (b"\xff\xfb", "a piece of music (MP3)"),
    (b"OggS", "a piece of music (Ogg)"),
    (b"fLaC", "a piece of music (FLAC)"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"!BDN", "an Outlook mailbox"),
    (b"ITSF", "a Windows help file"),
)


def is_zip(head: bytes) -> bool:
    """Whether a zip begins like this: sound, empty, or the first of several parts."""
    return head.startswith(_ZIP)


def binary_kind(head: bytes) -> str:
    """What a file with this beginning is, in words with an article, or "" if unknown."""
    for start, words in _STARTS:
        if head.startswith(start):
            return words
    if head[257:262] == b"ustar":
        return "a tar archive"
    if head[:4] == b"RIFF":
        return {b"WAVE": "a piece of music (WAV)", b"WEBP": "a picture (WebP)"}.get(
            head[8:12], "a film (AVI)"
        )
    if head[4:8] == b"ftyp":
        return "a film or a phone's photo (MP4, HEIC)"
    return ""


def is_text(head: bytes) -> bool:
    """Whether this beginning may be a text in any encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in head


def text_kind(head: bytes) -> str:
    """What a text with this beginning is, in words with an article, or "" if unknown."""
    text = head.decode(
        "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace"
    )
    start = text.lstrip("\ufeff \t\r\n").casefold()
    for mark, words in (
        ("wordpress.org/export", "a WordPress export file (not read yet)"),
        ("<rss", "a news feed (RSS, not read yet)"),
        ("<feed", "a news feed or a Blogger export (Atom, not read yet)"),
        ("<messenger", "a Messenger contact list, which holds no posts"),
        ("mime-version:", "a web page in one file (.mht, not read yet)"),
        ("from: <saved by", "a web page in one file (.mht, not read yet)"),
        ("<html", "a web page"),
        ("<!doctype html", "a web page"),
        ("<?xml", "an XML file of a kind unknown here"),
    ):
        if mark in start:
            return words
    return ""
