"""Pictures in unusual colours and formats, animations, and what only pretends to be one."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

from PIL import ImageCms

from tests.faults.hostile_pictures import ERROR, Case
from tests.faults.hostile_pictures.paint import (
    HIGH,
    WIDE,
    animated,
    chunk,
    jpeg_with,
    noise,
    photo,
    png_with,
    saved,
    segment,
    turned,
)

JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"


def cases() -> Iterator[Case]:
    yield from _colours()
    yield from _animations()
    yield from _orientations()
    yield from _strangers()


def _colours() -> Iterator[Case]:
    for form, mode, mime in (
        ("JPEG", "L", JPEG),
        ("JPEG", "CMYK", JPEG),
        ("PNG", "1", PNG),
        ("PNG", "P", PNG),
        ("PNG", "LA", PNG),
        ("PNG", "I;16", PNG),
        ("GIF", "P", GIF),
        ("WEBP", "RGBA", WEBP),
    ):
        yield Case(f"{form} in {mode}", _in_mode(form, mode), mime=mime, same_file=True)
    for form, mode, mime in (
        ("BMP", "1", PNG),
        ("BMP", "L", PNG),
        ("BMP", "P", PNG),
        ("BMP", "RGB", JPEG),
        ("TIFF", "1", PNG),
        ("TIFF", "CMYK", JPEG),
        ("TIFF", "YCbCr", JPEG),
        ("TIFF", "LAB", JPEG),
        ("TIFF", "RGBA", PNG),
        ("TIFF", "I;16", PNG),
        ("TIFF", "I", PNG),
        ("TIFF", "F", PNG),
        ("AVIF", "RGB", JPEG),
        ("AVIF", "RGBA", PNG),
        ("HEIF", "RGB", JPEG),
        ("HEIF", "RGBA", PNG),
    ):
        yield Case(f"{form} in {mode}", _in_mode(form, mode), mime=mime)
    for pack in ("tiff_lzw", "jpeg", "packbits", "tiff_adobe_deflate"):
        yield Case(
            f"TIFF packed by {pack}",
            lambda p=pack: photo("TIFF", compression=p),
            mime=JPEG,
        )
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for name, profile in (("garbled", b"\0\1\2" * 99), ("another's", lab)):
        for form in ("JPEG", "PNG", "TIFF", "HEIF"):
            yield Case(
                f"{form} with a {name} profile of colours",
                lambda f=form, p=profile: photo(f, icc_profile=p),
                same_file=form in ("JPEG", "PNG"),
            )
    yield Case("JPEG in YCCK by Adobe", _ycck, mime=JPEG, same_file=True)
    yield Case("BMP from top to bottom", _top_down, mime=JPEG)
    yield Case("PNG with a text of the old days", _old_text, same_file=True)
    yield Case("1 × 1, as those who count visitors use it", lambda: animated("GIF", 1))


def _in_mode(form: str, mode: str) -> Callable[[], bytes]:
    def make() -> bytes:
        if mode == "I;16":
            grey = noise(WIDE, HIGH).convert("L").convert("I")
            return saved(grey.point(lambda value: value * 257).convert("I;16"), form)
        if mode == "RGBA":
            clear = noise().copy()
            clear.putalpha(noise().convert("L"))
            return saved(clear, form)
        grey = mode in ("I", "F")
        return saved(noise().convert("L" if grey else "RGB").convert(mode), form)

    return make


def _ycck() -> bytes:
    """Its Adobe segment says that the four colours are brightness, two hues and black."""
    data = photo("JPEG", "CMYK")
    place = data.index(b"Adobe")
    return data[: place + 11] + b"\2" + data[place + 12 :]


def _top_down() -> bytes:
    data = bytearray(photo("BMP"))
    data[22:26] = struct.pack("<i", -HIGH)
    return bytes(data)


def _old_text() -> bytes:
    return png_with(chunk(b"tEXt", b"Software\0Something of 2007"))


def _animations() -> Iterator[Case]:
    for form, mime in (("GIF", GIF), ("WEBP", WEBP), ("PNG", PNG)):
        for frames in (2, 3, 50):
            yield Case(
                f"{form} of {frames} frames",
                lambda f=form, n=frames: animated(f, n),
                mime=mime,
                frames=frames,
                same_file=True,
            )


def _orientations() -> Iterator[Case]:
    for form in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"):
        for orientation in range(1, 9):
            yield Case(
                f"{form} held so that it says {orientation}",
                lambda f=form, n=orientation: turned(f, n),
                upright=(WIDE, HIGH),
            )
    for wrong in (0, 9, 65_535):
        yield Case(
            f"JPEG that says it is held like {wrong}",
            lambda n=wrong: turned("JPEG", n),
            same_file=True,
        )


def _strangers() -> Iterator[Case]:
    page, drawing, unknown = "only a web page", "SVG drawing", "no picture that we know"
    for name, data, words in (
        ("a page", b"<!DOCTYPE html><title>404 Not Found</title>", page),
        ("a page with a mark", b"\xef\xbb\xbf\r\n <HTML><body>", page),
        ("a page that begins with a remark", b"<!-- x --><html>", page),
        ("an answer in XML", b"<?xml version='1.0'?><Error/>", page),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>", drawing),
        ("SVG with a script", b"<?xml version='1.0'?>\n<svg onload='a()'/>", drawing),
        (
            "SVG with a type",
            b"<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'a' 'b'><svg/>",
            drawing,
        ),
        ("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", unknown),
        ("PostScript of DOS", b"\xc5\xd0\xd3\xc6" + bytes(30) + b"%!PS-Adobe", unknown),
        ("PDF", b"%PDF-1.4\n%\xe2\xe3", "PDF document"),
        ("MP4", b"\0\0\0\x18ftypmp42" + bytes(99), "film"),
        ("QuickTime", b"\0\0\0\x14ftypqt  " + bytes(99), "film"),
        ("AVI", b"RIFF\x10\0\0\0AVI LIST" + bytes(99), "film"),
        ("WMV", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(99), "film"),
        ("MP3", b"ID3\x03" + bytes(99), "music"),
        ("WAV", b"RIFF\x10\0\0\0WAVEfmt " + bytes(99), "music"),
        ("a program", b"MZ\x90\0" + bytes(99), unknown),
        ("a program of Linux", b"\x7fELF\2\1\1" + bytes(99), unknown),
        ("a script", b"#!/bin/sh\nrm -rf ~\n", unknown),
        ("PHP", b"<?php system($_GET['a']);", unknown),
        ("Photoshop", b"8BPS\0\1" + bytes(99), unknown),
        ("an icon", b"\0\0\1\0\1\0\x10\x10" + bytes(99), unknown),
        ("JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99), unknown),
        ("text", b"The picture is gone.", unknown),
        ("text that begins like a BMP", b"BM is a car maker." * 9, ""),
    ):
        yield Case(f"{name}, called .jpg", lambda d=data: d, (ERROR,), words)
    yield Case("a ZIP, called .jpg", _zip, (ERROR,), unknown)
    for form in ("PNG", "GIF", "WEBP"):
        yield Case(
            f"{form}, called .jpg",
            lambda f=form: photo(f),
            mime=f"image/{form.lower()}",
            same_file=True,
        )
    yield Case("JPEG and ZIP in one", lambda: photo("JPEG") + _zip(), same_file=True)
    yield Case(
        "JPEG with PHP in its comment",
        lambda: jpeg_with(segment(0xFE, b"<?php phpinfo(); __halt_compiler();")),
        mime=JPEG,
        same_file=True,
    )
    yield Case(
        "GIF and JavaScript in one", lambda: photo("GIF") + b"*/=1;alert(1)", mime=GIF
    )
    yield Case(
        "PNG with a page behind it",
        lambda: png_with(behind=b"<html><script>alert(1)</script>"),
        mime=PNG,
    )
    yield Case("PDF and JPEG in one", lambda: b"%PDF-1.4\n" + photo("JPEG"), (ERROR,))


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.txt", "a")
    return file.getvalue()
