"""A move to a real WordPress that is done another way than it was begun, and is cut off."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.move.doubles import HASTY, OldBlog, entry
from tests.move.real_blogs import opened, signed_in
from tests.move.whole_site import everything, forget_sample_post
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.destinations import NewPost, Remote, Thing
from wizard.destinations.wordpress import WordPress
from wizard.errors import Unreachable
from wizard.move.choices import As, Choices
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.reading import read

# From the one to the other a post is changed most often.
WAYS = (Choices(status=As.DRAFT, comments=False), Choices())
IMPATIENT = replace(HASTY, give_up=0)


class CutOff(WordPress):
    """The answer to its change of the number ``last`` is lost, and whatever is asked
    after that; never for 0."""

    last = 0
    changes = 0

    @property
    def is_cut(self) -> bool:
        return 0 < self.last <= self.changes

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        self._lose()
        made = super().update(remote, thing, marker)
        self.changes += 1
        self._lose()
        return made

    def read(self, remote: Remote) -> NewPost | None:
        self._lose()
        return super().read(remote)

    def _lose(self) -> None:
        if self.is_cut:
            raise Unreachable("No answer.")


def go(site: Site, path: Path, choices: Choices, last: int = 0) -> bool:
    """Whether the line was cut."""
    blog = signed_in(site, CutOff)
    blog.last = last
    source = OldBlog([entry(1, photos=1, comments=2, closed=True)])
    with opened(path) as move:
        list(read(move, source, threading.Event()))
        move.choices = choices
        patience = IMPATIENT if last else HASTY
        *_, ended = run(move, source, blog, threading.Event(), patience=patience)
        assert not [row.trouble for row in move.rows() if row.trouble]
    assert isinstance(ended, Ended)
    assert ended.paused is blog.is_cut
    return blog.is_cut


def test_cut_off_after_any_change_it_ends_as_if_nothing_had_happened(
    tmp_path: Path,
) -> None:
    def moved(last: int) -> tuple[object, bool]:
        with start() as site:
            forget_sample_post(site)
            path = tmp_path / f"{last}.move"
            go(site, path, WAYS[0])
            cut = last > 0 and go(site, path, WAYS[1], last)
            go(site, path, WAYS[1])
            return everything(site), cut

    expected, _ = moved(0)
    for last in count(1):
        found, cut = moved(last)
        if not cut:
            assert last > 3
            return
        assert found == expected, last
