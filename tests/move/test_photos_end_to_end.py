"""Photos of every kind at a real WordPress: taken, shown upright, and silent about where
they were taken."""

from __future__ import annotations

import io
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image, ImageOps

from tests.faults.hostile_pictures import odd, paint, telling
from tests.move.doubles import HASTY, OldBlog, entry
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Photo
from wizard.content.pictures import Prepared, prepare
from wizard.credentials import Secret
from wizard.destinations import Kind
from wizard.destinations.wordpress import WordPress
from wizard.move import mending, photos
from wizard.move.book import EDITED
from wizard.move.checking import verify
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.photos import CUT_OFF
from wizard.move.reading import read
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


def moved(
    site: object, source: OldBlog, path: Path, **choices: bool
) -> dict[str, Step]:
    """Every photo's step after one whole move."""
    blog = WordPress(site.url, site.user, Secret(site.password))  # type: ignore[attr-defined]
    blog.check()
    stop = threading.Event()
    with Move.create(path) as move:
        list(read(move, source, stop))
        move.choices = Choices(**choices)
        list(run(move, source, blog, stop, patience=HASTY))
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


def shared_one() -> OldBlog:
    """Three posts of three months that show, after a picture of their own, one that
    they share, each by another name."""
    names = ("boat.jpg", "sea.jpg", "harbour.jpg")
    posts = [
        replace(
            entry(n),
            date=datetime(2007, 4 + n, 9, 12, tzinfo=UTC),
            photos=tuple(Photo(each, True, (each,)) for each in (f"{n}.jpg", name)),
            html=f'<p>Words</p><img src="{n}.jpg"><img src="{name}">',
        )
        for n, name in enumerate(names)
    ]
    own = {f"{n}.jpg": held("JPEG", turn) for n, turn in enumerate((3, 6, 8))}
    return OldBlog(posts, own | dict.fromkeys(names, held("JPEG", 1)))


def the_shared(site: Site, move: Move) -> dict[str, Any]:
    """What the library holds of the shared picture."""
    media = rows(site, "media")
    assert len(media) == 4
    there = move.step(Kind.PHOTO, "cns!1", "sea.jpg").remote
    (row,) = [row for row in media if there and row["id"] == there.id]
    return row


def brought_back(path: Path) -> tuple[str, str, str]:
    """The address of a shared picture before somebody deleted it, after it was brought
    back, and in the text that somebody had changed there."""
    source = shared_one()
    with start() as site, Move.create(path) as move:
        blog = WordPress(site.url, site.user, Secret(site.password))
        blog.check()
        stop = threading.Event()
        list(read(move, source, stop))

        def go(*keys: str) -> None:
            only = keys or None
            run_ = run(
                move, source, blog, stop, patience=HASTY, only=only, connections=1
            )
            *_, ended = run_
            assert not ended.paused  # type: ignore[union-attr]

        go("cns!1")  # so it lies in the folder of the second month
        go()
        photo = the_shared(site, move)
        last = move.step(Kind.POST, "cns!2", "cns!2").remote
        assert last
        api, auth = f"{site.url}/wp-json/wp/v2", (site.user, site.password)
        words = {"content": f'<p>Mine.</p><img src="{photo["source_url"]}">'}
        for answer in (
            requests.post(f"{api}/posts/{last.id}", words, auth=auth, timeout=60),
            requests.delete(
                f"{api}/media/{photo['id']}?force=true", auth=auth, timeout=60
            ),
        ):
            assert answer.ok
        assert requests.get(photo["source_url"], timeout=60).status_code == 404
        list(verify(move, blog, stop, patience=HASTY))
        assert move.bring_back() == 3
        go()
        again = the_shared(site, move)
        edited = requests.get(f"{api}/posts/{last.id}", timeout=60).json()
        (seen,) = re.findall(r'src="([^"]+)"', edited["content"]["rendered"])
        status = requests.get(seen, timeout=60).status_code
        return photo["source_url"], again["source_url"], str(status)


def test_a_shared_photo_that_is_brought_back_comes_to_the_address_at_which_it_was(
    tmp_path: Path,
) -> None:
    before, after, seen = brought_back(tmp_path / "a.move")
    assert "/2007/05/sea-" in before
    assert (after, seen) == (before, "200"), (
        "a text that somebody changed shows it, too"
    )


def test_control_brought_back_by_whoever_comes_first_it_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos.Photos, "_as_before", lambda self, new, *_: new)
    before, after, seen = brought_back(tmp_path / "a.move")
    assert "/2007/04/boat-" in after
    assert (after != before, seen) == (True, "404")


def face_brought_back(path: Path) -> tuple[int, Trouble | None]:
    """A post loses the photo that stands for it, which is then brought back: how many
    photos there are, the post's included, and what is said of the post."""
    source = blog_of({"boat.jpg": held("JPEG", 1)})
    with start() as site, Move.create(path) as move:
        blog = WordPress(site.url, site.user, Secret(site.password))
        blog.check()
        stop = threading.Event()
        list(read(move, source, stop))
        list(run(move, source, blog, stop, patience=HASTY))
        (photo,) = rows(site, "media")
        place = f"{site.url}/wp-json/wp/v2/media/{photo['id']}?force=true"
        auth = (site.user, site.password)
        assert requests.delete(place, auth=auth, timeout=60).ok
        list(verify(move, blog, stop, patience=HASTY))
        assert move.bring_back() == 1
        list(run(move, source, blog, stop, patience=HASTY))
        found = [row["id"] for row in rows(site, "media")]
        (step,) = move.all_steps(Kind.POST)
        faces = [
            row["featured_media"]
            for row in rows(site, "posts")
            if step.remote and row["id"] == step.remote.id and row["featured_media"]
        ]
        assert set(faces) <= set(found)
        return len(found) + len(faces), step.trouble


def test_a_photo_that_stood_for_its_post_is_brought_back_and_stands_for_it_again(
    tmp_path: Path,
) -> None:
    assert face_brought_back(tmp_path / "a.move") == (2, None)


def test_control_what_wordpress_took_out_itself_would_be_somebodys_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "_with_lost", lambda step, now: ())
    assert face_brought_back(tmp_path / "a.move") == (0, EDITED)
