"""Pictures: only what really decodes is one, and what WordPress refuses is converted."""

from __future__ import annotations

import io
import random
import re
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from wizard.content import pictures
from wizard.content.pictures import Picture, file_name, prepare
from wizard.errors import PhotoMissing

NOISE = Image.frombytes("RGB", (120, 80), random.Random(4).randbytes(120 * 80 * 3))


def encoded(
    form: str, mode: str = "RGB", image: Image.Image = NOISE, **more: Any
) -> bytes:
    file = io.BytesIO()
    image.convert(mode).save(file, form, **more)
    return file.getvalue()


def png_saying(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("form", "mode", "mime", "extension"),
    [
        ("JPEG", "RGB", "image/jpeg", "jpg"),
        ("JPEG", "CMYK", "image/jpeg", "jpg"),
        ("JPEG", "L", "image/jpeg", "jpg"),
        ("PNG", "RGBA", "image/png", "png"),
        ("PNG", "P", "image/png", "png"),
        ("GIF", "P", "image/gif", "gif"),
        ("WEBP", "RGB", "image/webp", "webp"),
    ],
)
def test_what_wordpress_shows_is_sent_unchanged(
    form: str, mode: str, mime: str, extension: str
) -> None:
    data = encoded(form, mode)
    ready = prepare(data)
    assert ready.data == data
    assert ready.picture == Picture(mime, extension, 120, 80)
    assert not ready.cut


def test_a_jpeg_with_a_second_picture_inside_is_a_jpeg() -> None:
    file = io.BytesIO()
    NOISE.save(file, "MPO", save_all=True, append_images=[NOISE.resize((60, 40))])
    ready = prepare(file.getvalue())
    assert ready.data == file.getvalue()
    assert ready.picture == Picture("image/jpeg", "jpg", 120, 80)


def test_an_animation_keeps_all_its_frames() -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    ready = prepare(file.getvalue())
    assert ready.picture == Picture("image/gif", "gif", 20, 10)
    assert Image.open(io.BytesIO(ready.data)).n_frames == 3


@pytest.mark.parametrize(
    ("form", "mode", "mime"),
    [
        ("BMP", "RGB", "image/jpeg"),
        ("BMP", "1", "image/png"),
        ("BMP", "P", "image/png"),
        ("TIFF", "RGB", "image/jpeg"),
        ("TIFF", "CMYK", "image/jpeg"),
        ("TIFF", "RGBA", "image/png"),
        ("TIFF", "LA", "image/png"),
        ("TIFF", "LAB", "image/jpeg"),
        ("TIFF", "I;16", "image/png"),
        ("TIFF", "F", "image/png"),
        ("AVIF", "RGB", "image/jpeg"),
    ],
)
def test_what_wordpress_cannot_show_is_converted(
    form: str, mode: str, mime: str
) -> None:
    source = encoded(form, mode, NOISE.convert("L") if mode == "I;16" else NOISE)
    ready = prepare(source)
    assert (ready.picture.mime, ready.picture.width) == (mime, 120)
    assert ready.picture.height == 80
    again = prepare(ready.data)
    assert (again.data, again.picture) == (ready.data, ready.picture)


def test_a_drawing_is_converted_without_loss() -> None:
    drawing = Image.new("RGB", (60, 40), "white")
    drawing.paste("red", (10, 10, 30, 30))
    ready = prepare(encoded("BMP", image=drawing))
    assert ready.picture.mime == "image/png"
    assert (
        Image.open(io.BytesIO(ready.data)).convert("RGB").tobytes() == drawing.tobytes()
    )


def test_a_converted_photo_stands_upright() -> None:
    lying = Image.new("RGB", (60, 40), "white")
    lying.paste("red", (0, 0, 30, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    ready = prepare(encoded("TIFF", image=lying, exif=exif))
    assert (ready.picture.width, ready.picture.height) == (40, 60)
    upright = Image.open(io.BytesIO(ready.data)).convert("RGB")
    assert upright.getpixel((20, 5)) == (255, 0, 0)
    assert not upright.getexif().get(0x0112)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><title>404", "web page"),
        (b"\xef\xbb\xbf \r\n<HTML><body>gone", "web page"),
        (b"<?xml version='1.0'?><Error/>", "web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawing"),
        (b"<?xml version='1.0'?>\n<svg/>", "SVG drawing"),
        (
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
            "no picture that we know",
        ),
        (b"MZ\x90\0 a program", "no picture that we know"),
        (b"%PDF-1.4", "PDF document"),
        (b"\0\0\0\x18ftypmp42", "film"),
        (b"\xff\xd8\xff\xe0 only the beginning", "damaged"),
        (encoded("PNG")[:200], "cut off"),
        (encoded("WEBP")[:-500], "damaged"),
        (png_saying(10_001, 10_001), "too many pixels"),
        (png_saying(50_000, 50_000), "too many pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_says_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(PhotoMissing) as missing:
        prepare(data)
    assert words in missing.value.title
    assert missing.value.hint


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF"])
def test_half_a_photo_is_sent_and_said_to_be_half(form: str) -> None:
    whole = encoded(form)
    ready = prepare(whole[: len(whole) // 2])
    assert ready.cut
    assert (ready.picture.width, ready.picture.height) == (120, 80)
    assert Image.open(io.BytesIO(ready.thumbnail)).size == (96, 64)


def test_a_file_larger_than_any_photo_is_not_even_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "shared_workshop", None)
    with pytest.raises(PhotoMissing, match="too large"):
        prepare(bytes(pictures.MOST_BYTES + 1))


def test_pictures_are_checked_in_several_threads_at_once() -> None:
    forms = ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"] * 10
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda form: prepare(encoded(form)).picture, forms))
    assert {(picture.width, picture.height) for picture in found} == {(120, 80)}


VALID = [
    encoded(form) for form in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(VALID), st.randoms(use_true_random=False), st.integers(1, 30))
def test_a_damaged_picture_is_one_or_is_missing_in_words(
    data: bytes, chance: random.Random, faults: int
) -> None:
    damaged = bytearray(data)
    for _ in range(faults):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    damaged = damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])]
    try:
        ready = prepare(bytes(damaged))
    except PhotoMissing:
        return
    assert prepare(ready.data).picture == ready.picture


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("http://old.example/My%20Holiday%5B3%5D.JPG?x=1#y", "my-holiday-3-a1.jpg"),
        ("img\\Été à Zürich.jpeg", "ete-a-zurich-a1.jpg"),
        ("../../etc/passwd", "passwd-a1.jpg"),
        (".htaccess", "htaccess-a1.jpg"),
        ("x.php.jpg", "x-php-a1.jpg"),
        ("照片.jpg", "photo-a1.jpg"),
        ("\u202egpj.exe", "gpj-a1.jpg"),
        ("", "photo-a1.jpg"),
        ("http://a.storage.msn.com/" + "y1pdXMbD" * 20, "photo-a1.jpg"),
        ("one-" * 15 + ".png", "one-" * 10 + "a1.jpg"),
    ],
)
def test_a_name_for_the_upload_is_short_and_plain(wanted: str, name: str) -> None:
    assert file_name(wanted, Picture("image/jpeg", "jpg", 1, 1), "a1") == name


@given(st.text(max_size=300), st.sampled_from(["jpg", "png"]))
def test_every_name_is_one_that_every_server_takes(wanted: str, extension: str) -> None:
    name = file_name(wanted, Picture("image/x", extension, 1, 1), "0f3a")
    assert re.fullmatch(rf"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?-0f3a\.{extension}", name)
    assert len(name) <= 60
