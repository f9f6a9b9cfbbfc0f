"""Photos that somebody deleted at a real WordPress, and that come back when asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.move.doubles import OldBlog, entry
from tests.move.real_blogs import bring, change, check, delete, look
from tests.move.test_photos_end_to_end import blog_of, held
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Photo
from wizard.destinations import Kind
from wizard.move import mending, photos
from wizard.move.book import EDITED, LEFT_ALONE
from wizard.move.events import State, Trouble
from wizard.move.file import Move


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
        # The second one alone, so it lies in the folder of the second month.
        for only in (["cns!1"], None):
            assert not bring(move, source, site, only=only, connections=1).paused
        photo = the_shared(site, move)
        last = move.step(Kind.POST, "cns!2", "cns!2").remote
        assert last
        words = f'<p>Mine.</p><img src="{photo["source_url"]}">'
        change(site, f"posts/{last.id}", content=words)
        delete(site, f"media/{photo['id']}")
        assert look(photo["source_url"]).status_code == 404
        check(move, site)
        assert move.bring_back() == 3
        bring(move, source, site, connections=1)
        again = the_shared(site, move)
        (edited,) = rows(site, "posts", include=last.id)
        (seen,) = re.findall(r'src="([^"]+)"', edited["content"]["rendered"])
        status = look(seen).status_code
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
        bring(move, source, site)
        (photo,) = rows(site, "media")
        delete(site, f"media/{photo['id']}")
        check(move, site)
        assert move.bring_back() == 1
        bring(move, source, site)
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
    assert face_brought_back(tmp_path / "a.move") == (1, EDITED)


def brought_back_into_an_edited_post(path: Path) -> tuple[int, dict[str, object]]:
    """A post whose text somebody has changed loses a photo that only it shows, and the
    old blog shows one more by now: what a browser gets for the first after it was
    brought back, and what is said of each."""
    source = blog_of({"boat.jpg": held("JPEG", 1)})
    with start() as site, Move.create(path) as move:
        bring(move, source, site)
        (photo,) = rows(site, "media")
        (post,) = move.all_steps(Kind.POST)
        assert post.remote
        words = f'<p>Mine.</p><img src="{photo["source_url"]}">'
        change(site, f"posts/{post.remote.id}", content=words)
        delete(site, f"media/{photo['id']}")
        check(move, site)
        assert move.bring_back() == 1
        more = blog_of({"boat.jpg": held("JPEG", 1), "sea.jpg": held("JPEG", 3)})
        source.all, source.pictures = more.all, more.pictures
        bring(move, source, site)
        texts = [row["content"]["raw"] for row in rows(site, "posts")]
        assert words in texts
        status = look(photo["source_url"]).status_code
        assert len(rows(site, "media")) == (status == 200)
        return status, {
            step.key: step.trouble or step.state for step in move.all_steps(Kind.PHOTO)
        }


def test_a_photo_that_only_a_changed_post_shows_is_brought_back_too(
    tmp_path: Path,
) -> None:
    status, said = brought_back_into_an_edited_post(tmp_path / "a.move")
    assert status == 200
    assert said == {"boat.jpg": State.SENT, "sea.jpg": LEFT_ALONE}


def test_control_with_the_post_alone_the_photo_would_be_left_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos.Photos, "bring_back", lambda *_: None)
    status, said = brought_back_into_an_edited_post(tmp_path / "a.move")
    assert (status, said["boat.jpg"]) == (404, LEFT_ALONE)
