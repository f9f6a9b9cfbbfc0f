"""Photos of every kind at a real WordPress: taken, shown upright, and silent about where
they were taken."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from PIL import Image, ImageOps

from tests.faults.hostile_pictures import odd, paint, telling
from tests.move.doubles import OldBlog, entry
from tests.move.real_blogs import bring
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Photo
from wizard.content.pictures import Prepared, prepare
from wizard.destinations import Kind
from wizard.move import photos
from wizard.move.choices import Choices
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.photos import CUT_OFF
from wizard.move.records import Step

LARGE = (480, 320)


def held(form: str, orientation: int, exif: bytes = b"") -> bytes:
    """Large enough for WordPress to make smaller ones of it."""
    lying = paint.sheet(orientation)
    image = lying.resize((lying.width * 4, lying.height * 4), Image.Resampling.NEAREST)
    if not exif:
        notes = Image.Exif()
        notes[0x0112] = orientation
        exif = notes.tobytes()
    return paint.saved(image, form, exif=exif, quality=95)


def upright_ones() -> dict[str, bytes]:
    found = {
        f"{form}-{n}": held(form, n)
        for form in ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
        for n in (1, 3, 6, 8)
    }
    for n in (5, 6):
        found[f"GPS-{n}"] = held("JPEG", n, b"Exif\0\0" + telling.exif(n))
    found["AVIF"] = held("AVIF", 1)
    found["BMP"] = held("BMP", 1)
    return found


def blog_of(pictures: dict[str, bytes]) -> OldBlog:
    every = tuple(Photo(name, True, (name,)) for name in pictures)
    html = "".join(f'<img src="{name}">' for name in pictures)
    return OldBlog([replace(entry(1), photos=every, html=html)], pictures)


def moved(site: Site, source: OldBlog, path: Path, **choices: bool) -> dict[str, Step]:
    """Every photo's step after one whole move."""
    with Move.create(path) as move:
        bring(move, source, site, Choices(**choices))
        (post,) = source.all
        return {
            photo.address: move.step(Kind.PHOTO, post.key, photo.address)
            for photo in post.photos
        }


def fetched(address: str) -> bytes:
    answer = requests.get(address, timeout=60)
    assert answer.ok
    return answer.content


def stands_upright(data: bytes) -> bool:
    """As a browser shows it."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    wide, high = image.size
    red = image.getpixel((wide // 8, high // 8))
    blue = image.getpixel((wide - wide // 8, high - high // 8))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    return red[0] > 150 > red[2] and blue[2] > 150 > blue[0]


def test_photos_are_taken_and_stand_upright_in_every_size(tmp_path: Path) -> None:
    source = blog_of(upright_ones())
    with start() as site:
        steps = moved(site, source, tmp_path / "a.move")
        assert {step.state for step in steps.values()} == {State.SENT}
        media = {row["id"]: row for row in rows(site, "media")}
        smaller = 0
        for name, step in steps.items():
            assert step.remote
            row = media[step.remote.id]
            shown = fetched(row["source_url"])
            assert stands_upright(shown), name
            assert not any(secret in shown for secret in telling.SECRETS), name
            for size in row["media_details"]["sizes"].values():
                smaller += size["source_url"] != row["source_url"]
                assert stands_upright(fetched(size["source_url"])), (name, size)
        assert smaller > len(steps)


def test_without_our_care_they_lie_on_their_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PNG and WebP as they were, and what WordPress makes of them."""

    def as_it_is(data: bytes, *, location: bool) -> Prepared:
        return replace(prepare(data, location=location), data=data)

    monkeypatch.setattr(photos, "prepare", as_it_is)
    source = blog_of({"PNG-6": held("PNG", 6)})
    monkeypatch.setattr(photos, "file_name", lambda *_: "picture.png")
    with start() as site:
        moved(site, source, tmp_path / "a.move")
        (row,) = rows(site, "media")
        sizes = row["media_details"]["sizes"].values()
        made = [fetched(size["source_url"]) for size in sizes]
        assert not all(map(stands_upright, made))


def test_odd_ones_are_taken_and_none_tells_where_it_was(tmp_path: Path) -> None:
    cases = {
        case.name: case.make()
        for case in (*telling.cases(), *odd.cases())
        if case.placed or case.frames or (" in " in case.name and case.mime)
    }
    for form in ("JPEG", "PNG", "GIF"):
        whole = paint.saved(paint.sheet(), form, quality=90)
        cases[f"half a {form}"] = whole[: len(whole) // 2]
    # Equal bytes would be one photo.
    distinct = {name: data for name, data in cases.items() if prepare(data)}
    source = blog_of(distinct)
    with start() as site:
        steps = moved(site, source, tmp_path / "a.move")
        refused = {n: s.trouble for n, s in steps.items() if s.state is not State.SENT}
        assert refused == {}
        media = {row["id"]: row for row in rows(site, "media")}
        for name, step in steps.items():
            assert step.remote
            data = fetched(media[step.remote.id]["source_url"])
            assert not any(secret in data for secret in telling.SECRETS), name
            assert (step.trouble == CUT_OFF) == name.startswith("half"), name


def test_the_place_stays_for_who_wants_it(tmp_path: Path) -> None:
    data = held("JPEG", 1, b"Exif\0\0" + telling.exif(1))
    with start() as site:
        moved(site, blog_of({"GPS": data}), tmp_path / "a.move", location=True)
        (row,) = rows(site, "media")
        assert telling.SECRET in fetched(row["source_url"])
