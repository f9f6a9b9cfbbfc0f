"""Who closes the comments of a post at a real new blog, or makes it sticky, has changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.move.real_blogs import change, check, delete, take_back
from tests.move.test_dates_kept_end_to_end import bring, later, one, the_post
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from wizard.blog import Post
from wizard.destinations import Kind
from wizard.move import checking, standing
from wizard.move.book import CHANGED, EDITED
from wizard.move.events import Trouble
from wizard.move.file import Move
from wizard.move.undoing import KEPT

# Closes comments of old posts for readers, and leaves what is written down of each.
OLD_ARE_CLOSED = """
add_filter('pre_option_close_comments_for_old_posts', function () { return '1'; });
add_filter('pre_option_close_comments_days_old', function () { return '14'; });
"""
EDITS = (
    {"comment_status": "closed"},
    {"ping_status": "open"},
    {"sticky": True},
)


@pytest.fixture
def move(move: Move, site: Site) -> Iterator[Move]:
    yield move
    for row in rows(site, "posts", status="any"):
        delete(site, f"posts/{row['id']}", for_good=False)


def told(move: Move, post: Post) -> Trouble | None:
    return move.step(Kind.POST, post.key, post.key).trouble


def edited(move: Move, site: Site, **edit: object) -> list[object]:
    """What is said of a post with this edit by a check, a later round and an undo, and
    which edits and which words it has at the end, if it is there then."""
    post = one(comments=1)
    bring(move, site, post)
    change(site, f"posts/{the_post(site)['id']}", **edit)
    check(move, site)
    said: list[object] = [told(move, post)]
    bring(move, site, later(post))
    said.append(told(move, post))
    there = the_post(site)
    take_back(move, site)
    said.append(told(move, post))
    kept = {name: there[name] for name in edit} == edit
    return [*said, kept, "Other" in there["content"]["raw"]]


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_an_edit_beside_the_words_is_told_and_stays_and_so_does_its_post(
    move: Move, site: Site, edit: dict[str, object]
) -> None:
    assert edited(move, site, **edit) == [CHANGED, EDITED, KEPT, True, False]
    assert len(rows(site, "posts", status="publish")) == 1


def test_control_with_the_words_alone_comments_would_be_opened_again_and_all_taken_away(
    move: Move, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (standing, checking):
        monkeypatch.setattr(room, "keeps_discussion", lambda *_: True)
    seen, later_on, after, kept, overwritten = edited(
        move, site, comment_status="closed"
    )
    assert (seen, later_on, kept, overwritten) == (None, None, False, True)
    assert after != KEPT
    assert not rows(site, "posts", status="publish")


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("pings", [True, False])
def test_what_nobody_changed_follows_the_old_blog_and_is_taken_back(
    move: Move, site: Site, closed: bool, pings: bool
) -> None:
    post = one(comments=1, closed=closed, pings=pings)
    plugin = site.plug_in(OLD_ARE_CLOSED)
    try:
        bring(move, site, replace(post, comments=()))
        assert check(move, site).verdict.complete
        other = replace(later(post), closed=not closed, comments=())
        assert bring(move, site, other).verdict.complete
    finally:
        plugin.unlink()
    assert "Other words" in the_post(site)["content"]["raw"]
    # Later comments go under a post that was closed, too, and it is closed afterwards.
    assert bring(move, site, later(post)).verdict.complete
    assert the_post(site)["comment_status"] == ("closed" if closed else "open")
    assert check(move, site).verdict.complete
    assert take_back(move, site).verdict.complete
    assert not rows(site, "posts", status="any")


def test_a_file_that_does_not_know_how_open_a_post_was_goes_by_the_words(
    move: Move, site: Site
) -> None:
    post = one()
    bring(move, site, post)
    step = move.step(Kind.POST, post.key, post.key)
    assert step.remote
    assert step.remote.discussion == "open closed"
    move.record(step, remote=replace(step.remote, discussion=""))
    change(site, f"posts/{step.remote.id}", comment_status="closed")
    assert check(move, site).verdict.complete
    assert take_back(move, site).verdict.complete
