"""The sum of a move, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.move.receipts import MISSING, SITE, fill, move_in, post, settle
from wizard.destinations import Kind, Remote
from wizard.move.book import BY_YOU, GONE, MAY_NOT, UNDONE
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.receipt import groups
from wizard.move.records import Step
from wizard.move.verdict import verdict


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with move_in(tmp_path) as move:
        yield move


def test_a_whole_move_is_one_proud_sentence(move: Move):
    fill(move, *(post(n, photos=2, comments=1) for n in range(24)))
    told = verdict(move)
    assert told.complete
    assert told.sentence == (
        f"All 24 posts, 48 photos and 24 comments are at {SITE} and were checked."
    )
    assert told.counts["photo"] == {
        "sent": 48,
        "refused": 0,
        "left out": 0,
        "waiting": 0,
    }


def test_one_is_one_and_thousands_are_told_apart(move: Move):
    fill(move, post(1))
    assert verdict(move).sentence == f"1 post is at {SITE} and was checked."
    fill(move, post(2, photos=1204))
    assert verdict(move).sentence == (
        f"All 2 posts and 1,204 photos are at {SITE} and were checked."
    )


def test_what_did_not_arrive_is_counted_by_its_kind(move: Move):
    fill(move, post(1, photos=2, comments=3), post(2))
    move.record(
        move.step(Kind.PHOTO, "p1", "img/1-0.jpg"), state=State.REFUSED, trouble=MISSING
    )
    told = verdict(move)
    assert not told.complete
    assert told.sentence == (
        f"All 2 posts, 1 of 2 photos and all 3 comments are at {SITE}. "
        "1 photo could not be moved; the report says why."
    )


def test_what_was_not_begun_is_still_to_go(move: Move):
    fill(move, post(1, comments=1))
    move.add([post(2, comments=2), post(3)])
    told = verdict(move)
    assert not told.complete
    assert told.counts["post"]["waiting"] == 2
    assert told.sentence == (
        f"1 of 3 posts and 1 of 3 comments are at {SITE}. "
        "2 posts and 2 comments are still to go."
    )


def test_before_anything_is_sent_nothing_is_claimed(move: Move):
    move.add([post(1)])
    assert verdict(move).sentence == f"Nothing is at {SITE} yet. 1 post is still to go."


def test_what_the_person_left_out_does_not_spoil_the_sum(move: Move):
    found = post(1, photos=1, comments=2)
    fill(move, found, post(2))
    for comment in found.comments:
        step = move.step(Kind.COMMENT, "p1", comment.key)
        move.record(step, state=State.LEFT_OUT, trouble=BY_YOU)
    told = verdict(move)
    assert told.complete
    assert told.sentence == (
        f"All 2 posts and 1 photo are at {SITE} and were checked. "
        "2 comments were left out by you."
    )


def test_posts_without_a_tick_are_left_out_with_all_that_belongs_to_them(move: Move):
    fill(move, post(1, photos=1), post(2))
    move.add([post(3, photos=5, comments=1), post(4)])
    move.choose(["p3", "p4"], False)
    told = verdict(move)
    assert told.complete
    assert told.sentence == (
        f"2 posts and 1 photo are at {SITE} and were checked. "
        "2 posts, 5 photos and 1 comment were left out by you."
    )
    assert told.counts["photo"] == {
        "sent": 1,
        "refused": 0,
        "left out": 5,
        "waiting": 0,
    }


def test_what_is_there_is_sent_whether_it_still_has_its_tick_or_not(move: Move):
    fill(move, post(1), post(2, photos=1))
    move.choose(["p2"], False)
    assert verdict(move).counts["post"]["sent"] == 2


def test_a_tick_taken_away_after_a_refusal_is_a_decision(move: Move):
    fill(move, post(1))
    move.add([post(2)])
    settle(move, post(2), State.REFUSED, Trouble("No."))
    assert "1 post could not be moved" in verdict(move).sentence
    move.choose(["p2"], False)
    assert verdict(move).sentence == (
        f"1 post is at {SITE} and was checked. 1 post was left out by you."
    )


def test_what_the_account_may_not_add_is_left_out_by_the_new_blog(move: Move):
    fill(move, post(1, comments=1))
    step = move.step(Kind.COMMENT, "p1", "c0")
    move.record(step, state=State.LEFT_OUT, trouble=MAY_NOT)
    assert verdict(move).sentence == (
        f"1 post is at {SITE} and was checked. 1 comment was left out by the new blog."
    )


def test_what_is_gone_at_the_new_blog_is_said(move: Move):
    fill(move, post(1, photos=1), post(2))
    settle(move, post(1, photos=1), State.LEFT_OUT, GONE)
    told = verdict(move)
    assert not told.complete
    assert told.sentence == (
        f"1 post is at {SITE}. The report says which ones deserve a look. "
        "1 post and 1 photo are not at the new blog any more."
    )
    settle(move, post(2), State.LEFT_OUT, GONE)
    assert verdict(move).sentence.startswith(f"Nothing is at {SITE}. ")


def test_what_was_undone_is_said_to_be_taken_back(move: Move):
    fill(move, post(1, photos=1, comments=2))
    settle(move, post(1, photos=1, comments=2), State.WAITING, UNDONE)
    told = verdict(move)
    assert not told.complete
    assert told.counts["comment"]["waiting"] == 2
    assert told.sentence == (
        f"Nothing is at {SITE} any more. 1 post, 1 photo and 2 comments were taken back."
    )
    move.add([post(2)])
    assert verdict(move).sentence == (
        f"Nothing is at {SITE} any more. 1 post is still to go. "
        "1 post, 1 photo and 2 comments were taken back."
    )


def test_categories_and_tags_are_items_too(move: Move):
    fill(move, post(1, categories=("Sea",), tags=("tide", "Moon ")))
    move.add([post(2, categories=("sea", "Land"))])
    move.choose(["p2"], False)
    told = verdict(move)
    assert told.complete
    assert told.counts["category"] == {
        "sent": 1,
        "refused": 0,
        "left out": 2,
        "waiting": 0,
    }
    assert told.counts["tag"]["sent"] == 2
    assert "1 post and 2 categories were left out by you." in told.sentence
    step = move.step(Kind.TAG, "", "moon", "moon")
    move.record(step, state=State.REFUSED, trouble=Trouble("No such moon."))
    told = verdict(move)
    assert not told.complete
    assert "1 tag could not be moved; the report says why." in told.sentence


def test_names_that_have_become_one_are_counted_as_the_old_blog_had_them(move: Move):
    fill(move, post(1, tags=("PHP", "moon")), post(2, tags=("php",)))
    there = Remote(Kind.TAG, 7, shown="PHP")
    move.record(Step(Kind.TAG, "", "PHP", "PHP", State.SENT, remote=there))
    there = Remote(Kind.TAG, 8, shown="Moon")
    move.record(Step(Kind.TAG, "", "moon", "moon", State.SENT, remote=there))
    told = verdict(move)
    assert told.counts["tag"]["sent"] == 3
    assert told.complete, "nothing is lost by that"
    *_, last = groups(move)
    notes = {item.name: item.note.split(",")[0] for item in last.items}
    assert notes == {
        "PHP": "",
        "moon": "There it is “Moon”",
        "php": "There it is “PHP”",
    }
    move.choose(["p2"], False)
    move.record(Step(Kind.POST, "p2", "p2", "md-2"))
    assert verdict(move).counts["tag"]["left out"] == 1


def test_categories_that_were_switched_off_are_left_out_by_the_person(move: Move):
    move.choices = replace(move.choices, categories=False)
    fill(move, post(1, categories=("Sea", "Land")))
    assert verdict(move).sentence == (
        f"1 post is at {SITE} and was checked. 2 categories were left out by you."
    )


def test_nothing_chosen_is_said(move: Move):
    assert verdict(move).sentence == "Nothing was chosen, so nothing was moved."


def test_a_post_that_was_altered_deserves_a_look(move: Move):
    fill(move, post(1), post(2))
    move.record(
        move.step(Kind.POST, "p1", "p1"), trouble=Trouble("It was changed.", "Look.")
    )
    told = verdict(move)
    assert not told.complete
    assert told.sentence.endswith("The report says which ones deserve a look.")
