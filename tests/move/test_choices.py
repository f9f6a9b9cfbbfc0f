"""What the person decides: it is remembered, and never makes anything more visible."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from wizard.blog import Status
from wizard.destinations import Kind
from wizard.move.choices import As, Choices, arriving
from wizard.move.events import State
from wizard.move.file import Move

# From nobody but the author to everybody.
VISIBLE = {
    Status.DRAFT: 0,
    Status.PENDING: 0,
    Status.PRIVATE: 1,
    Status.FUTURE: 2,
    Status.PUBLISH: 3,
}


@pytest.mark.parametrize(("status", "choice"), list(itertools.product(Status, As)))
def test_no_choice_shows_what_was_hidden(status: Status, choice: As) -> None:
    arrives = arriving(status, choice)
    if choice is As.PUBLISH and status in (Status.DRAFT, Status.PENDING):
        assert arrives is Status.PUBLISH, "asked for in so many words"
    else:
        assert VISIBLE[arrives] <= VISIBLE[status]


@pytest.mark.parametrize(
    ("choice", "arrive"),
    [
        (As.WAS, "publish future draft pending private"),
        (As.DRAFT, "draft draft draft draft draft"),
        (As.PUBLISH, "publish future publish publish private"),
    ],
)
def test_each_choice_says_what_becomes_of_each_status(choice: As, arrive: str) -> None:
    assert [arriving(status, choice) for status in Status] == arrive.split()


def test_private_makes_all_that_was_finished_private() -> None:
    assert arriving(Status.PUBLISH, As.PRIVATE) is Status.PRIVATE
    assert arriving(Status.FUTURE, As.PRIVATE) is Status.PRIVATE
    assert arriving(Status.DRAFT, As.PRIVATE) is Status.DRAFT


@pytest.mark.parametrize("status", As)
def test_choices_come_back_as_they_were_written(status: As) -> None:
    choices = Choices(
        status,
        "Asia/Shanghai",
        comments=False,
        photos=False,
        featured=False,
        authors=(("mei", "7"),),
        repair=True,
    )
    assert Choices.from_json(choices.to_json()) == choices
    assert Choices.from_json(Choices().to_json()) == Choices()


def test_choices_of_an_earlier_version_are_read_and_written_alike() -> None:
    """Otherwise all that it has sent would count as changed, and be sent again."""
    earlier = (
        '{"status": "as-was", "time_zone": "Asia/Shanghai", "categories": true,'
        ' "tags": true, "comments": true, "photos": true, "location": false}'
    )
    assert Choices.from_json(earlier).to_json() == earlier


def test_a_move_that_began_before_there_were_blocks_goes_on_without() -> None:
    earlier = (
        '{"status": "as-was", "time_zone": "UTC", "categories": true, "tags": true,'
        ' "comments": true, "photos": true, "location": false}'
    )
    choices = Choices.from_json(earlier)
    assert not choices.blocks
    # What it has sent does not look changed.
    assert choices.to_json() == earlier
    assert Choices().blocks


def test_a_move_without_a_word_of_its_choices_goes_on_as_it_began(
    tmp_path: Path,
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        assert move.choices == Choices()
        move.step(Kind.POST, "k", "k", "md-1")
        move.record(move.step(Kind.POST, "k", "k", "md-1"), state=State.SENT)
        assert move.choices == Choices(blocks=False)
