"""A photo that takes its decoder down is refused in words; its post and the others arrive."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.content.bad_children import serve_badly
from tests.move.doubles import HASTY, NewBlog, OldBlog, entry
from wizard.content import pictures
from wizard.content.pictures.workshop import Workshop
from wizard.destinations import Kind
from wizard.move.engine import run
from wizard.move.events import Ended, State
from wizard.move.file import Move
from wizard.move.reading import read


def test_the_move_goes_on_and_says_which_photo_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Workshop(places=2, seconds=2, child=serve_badly)
    monkeypatch.setattr(pictures, "shared_workshop", lambda: made)
    old, new = OldBlog([entry(n, photos=2) for n in range(6)]), NewBlog()
    deadly = {"photos/1-0.png": b"segfault:", "photos/3-1.png": b"aborting:"}
    deadly["photos/5-0.png"] = b"hanging::"
    old.pictures |= deadly
    stop = threading.Event()
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, old, stop))
        *_, ended = run(move, old, new, stop, patience=HASTY)
        steps = {
            photo.address: move.step(Kind.PHOTO, post.key, photo.address)
            for post in old.all
            for photo in post.photos
        }
        kept = [move.thumbnail(step.marker) for step in steps.values() if step.remote]
    made.close()
    assert isinstance(ended, Ended)
    assert not ended.paused
    refused = {name for name, step in steps.items() if step.state is State.REFUSED}
    assert refused == set(deadly)
    for name in deadly:
        trouble = steps[name].trouble
        assert trouble
        assert trouble.title in (
            "The photo is damaged.",
            "The photo takes too long to read.",
        )
    assert len(new.of(Kind.POST)) == 6
    assert len(kept) == 9
    assert all(jpeg.startswith(b"\xff\xd8") and len(jpeg) <= 4096 for jpeg in kept)
