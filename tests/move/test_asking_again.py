"""Looking before sending again, and patience; without each of them a double appears."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.move.asking_case import COMMENT, PHOTO, POST, Case
from tests.move.doubles import HASTY
from tests.move.fates import (
    Fate,
    all_have_arrived,
    late,
    lost,
    refused,
    throttled,
    unanswered,
    unreachable,
)
from wizard.destinations import Kind, Remote
from wizard.errors import (
    Ambiguous,
    MoveError,
    NotAllowed,
    Refused,
    Throttled,
    Unreachable,
    Unsafe,
)
from wizard.move.events import State
from wizard.move.patience import GivenUp, Patience, Stopped


def test_without_the_waits_a_late_one_makes_a_double(case: Case) -> None:
    case.patience = replace(HASTY, settle=0, resend=0, first=0)
    case.make(late(0.5))
    all_have_arrived()
    assert len(case.blog.of(Kind.POST)) == 2


def test_without_the_second_look_a_late_one_makes_a_double(case: Case) -> None:
    case.patience = replace(HASTY, resend=0.02)
    case.make(late(0.5))
    all_have_arrived()
    assert len(case.blog.of(Kind.POST)) == 2
    # And with it there is none.
    case.blog.rows.clear()
    case.patience = replace(HASTY, resend=1)
    case.move.record(case.step(), remote=None, attempts=0)
    case.make(late(0.3))
    all_have_arrived()
    assert len(case.blog.of(Kind.POST)) == 1


def test_a_marker_that_is_not_found_makes_a_double(case: Case) -> None:
    """The look is what protects, not the wait."""
    case.blog.find = lambda *_, **__: []  # type: ignore[method-assign]
    case.make(unanswered)
    assert len(case.blog.of(Kind.POST)) == 2


def test_a_clear_refusal_is_told_and_not_repeated(case: Case) -> None:
    with pytest.raises(Refused, match="refused this"):
        case.make(refused)
    assert case.blog.count("create") == 1
    assert not case.blog.of(Kind.POST)


def test_trouble_that_cannot_have_stored_anything_needs_no_look(case: Case) -> None:
    case.make(unreachable, throttled)
    assert case.blog.count("find") == 0
    assert case.blog.count("create") == 3


def test_a_doubt_is_not_forgotten_over_later_trouble(case: Case) -> None:
    """What was unclear stays unclear until a look, however clear the next answer is."""

    def later(store: Callable[[], Remote]) -> Remote:
        zombie()
        raise Throttled("Wait.", code="429", seconds=0)

    def first(store: Callable[[], Remote]) -> Remote:
        nonlocal zombie
        zombie = store
        raise Ambiguous("Who knows?")

    zombie: Callable[[], object] = lambda: None  # noqa: E731
    case.make(first, later)
    assert len(case.blog.of(Kind.POST)) == 1


def test_look_adopts_what_stands_there_although_the_file_does_not_know(
    case: Case,
) -> None:
    case.blog.create(PHOTO, "md-1")
    case.thing = replace(PHOTO, alt="A worse word than they have found since")
    step = case.make(look=True)
    (row,) = case.blog.of(Kind.PHOTO)
    assert step.remote
    assert step.remote.id == row.id
    assert row.thing == PHOTO, "it is theirs now"
    assert step.attempts == 0, "nothing was sent"


def test_what_arrived_unheard_is_made_equal_as_it_may_be_half_done(case: Case) -> None:
    def half(store: Callable[[], Remote]) -> Remote:
        remote = store()
        case.blog.rows[remote.id].thing = replace(PHOTO, alt="", caption="")
        raise Ambiguous("The server stumbled.")

    case.thing = replace(PHOTO, alt="A")
    case.make(half)
    (row,) = case.blog.of(Kind.PHOTO)
    assert row.thing == case.thing


def test_of_several_copies_the_oldest_stays(case: Case) -> None:
    case.thing = COMMENT
    for _ in range(3):
        case.blog.create(COMMENT, "md-1")
    case.move.record(case.step(), attempts=1)
    step = case.make()
    assert step.remote
    assert [row.id for row in case.blog.of(Kind.COMMENT)] == [step.remote.id] == [1]


def test_a_second_upload_that_posts_may_show_by_now_is_not_taken_away(
    case: Case,
) -> None:
    """Two old blogs with the same picture that moved to the same new one."""
    case.thing = PHOTO
    for _ in range(2):
        case.blog.create(PHOTO, "md-1")
    case.make(look=True)
    assert len(case.blog.of(Kind.PHOTO)) == 2


def test_a_copy_that_is_public_is_left_to_its_owner(case: Case) -> None:
    for status in ("draft", "publish", "private"):
        number = case.blog.create(POST, "md-1").id
        case.blog.rows[number].status = status
    case.move.record(case.step(), attempts=1, asked_at=time.time())
    case.make()
    assert [row.status for row in case.blog.of(Kind.POST)] == ["draft", "publish"]


def test_an_adopted_post_is_not_touched(case: Case) -> None:
    remote = case.blog.create(POST, "md-1")
    case.blog.rows[remote.id].thing = finished = replace(POST, html="<p>All</p>")
    case.make(look=True)
    assert case.blog.rows[remote.id].thing == finished
    assert case.blog.count("update") == 0


def test_only_one_takes_away_copies_before_a_post_becomes_public(case: Case) -> None:
    step = case.make()
    case.blog.create(POST, "md-1")
    ours = case.asker().only_one(step)
    assert ours
    assert [row.id for row in case.blog.of(Kind.POST)] == [ours.id]
    case.blog.rows.clear()
    assert case.asker().only_one(step) is None, "somebody deleted it"


def test_a_copy_that_arrives_late_does_not_hide_a_post_under_its_final_name(
    case: Case,
) -> None:
    step = case.make()
    assert step.remote
    case.blog.update(step.remote, replace(POST, slug="entry"), "md-1")
    case.blog.create(POST, "md-1")
    ours = case.asker().only_one(step)
    assert ours
    assert (ours.id, ours.slug) == (step.remote.id, "entry")
    assert len(case.blog.of(Kind.POST)) == 1


def test_a_draft_that_somebody_made_out_of_our_post_is_not_ours(case: Case) -> None:
    """Copying a post copies the marker in its text, but not the marker in its name."""
    step = case.make()
    copy = case.blog.create(POST, "md-1")
    case.blog.update(copy, replace(POST, slug="copy-of-entry"), "md-1")
    assert case.asker().only_one(step)
    case.blog.update(step.remote, replace(POST, slug="entry"), "md-1")  # type: ignore[arg-type]
    assert case.asker().only_one(step)
    assert len(case.blog.of(Kind.POST)) == 2


def test_of_copies_a_finished_one_is_known_else_the_oldest(case: Case) -> None:
    first, second, _ = (case.blog.create(POST, "md-1") for _ in range(3))
    assert case.asker().known(Kind.POST) == {"md-1": first}
    done = case.blog.update(second, replace(POST, slug="entry"), "md-1")
    assert case.asker().known(Kind.POST) == {"md-1": done}


def test_waits_grow_and_end_in_words(case: Case) -> None:
    with pytest.raises(Refused, match="broke in the middle") as caught:
        case.make(*[lost] * 9)
    assert caught.value.code == "unclear"
    assert "Retry" in caught.value.hint
    assert [w.seconds for w in case.waits] == [0.01, 0.02, 0.04, 0.05]
    assert case.blog.count("create") == HASTY.tries


def test_the_server_says_how_long_to_wait(case: Case) -> None:
    def throttled(store: Callable[[], Remote]) -> Remote:
        raise Throttled("Wait.", code="429", seconds=0.2)

    began = time.monotonic()
    case.make(throttled)
    assert time.monotonic() - began >= 0.2
    assert case.waits[0].seconds == 0.2


def test_who_asks_to_wait_for_ever_is_refused_in_the_end(case: Case) -> None:
    case.patience = replace(HASTY, first=0.001)

    def throttled(store: Callable[[], Remote]) -> Remote:
        raise Throttled("Wait.", code="429", seconds=0)

    with pytest.raises(Refused, match="Wait"):
        case.make(*[throttled] * 50)
    assert case.blog.count("create") < 20


def test_no_answer_at_all_for_long_gives_up(case: Case) -> None:
    case.patience = replace(HASTY, give_up=0.2)
    began = time.monotonic()
    with pytest.raises(GivenUp) as caught:
        case.make(*[unreachable] * 99)
    assert 0.2 < time.monotonic() - began < 2
    assert caught.value.trouble.title == "Nobody answers."
    assert (case.step().state, case.step().attempts) == (State.WAITING, 0)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_any_answer_ends_the_silence(case: Case, answer: str) -> None:
    case.patience = replace(HASTY, first=0.01, give_up=0.15)
    asker = case.asker()

    def call() -> str:
        call.times += 1  # type: ignore[attr-defined]
        if call.times % 2:  # type: ignore[attr-defined]
            raise Unreachable("Nobody answers.")
        if answer == "no":
            raise Refused("No.")
        return answer

    call.times = 0  # type: ignore[attr-defined]
    for _ in range(20):
        try:
            assert asker.repeat(call) == "yes"
        except Refused:
            assert answer == "no"


def test_reads_are_repeated_and_refusals_of_them_are_not(case: Case) -> None:
    outcomes: list[MoveError | str] = [
        Ambiguous("?"),
        Throttled("Wait.", seconds=0.01),
        Unreachable("Nobody."),
        "yes",
    ]

    def call() -> str:
        outcome = outcomes.pop(0)
        if isinstance(outcome, MoveError):
            raise outcome
        return outcome

    assert case.asker().repeat(call) == "yes"
    for clear in (Refused("No."), NotAllowed("You may not."), Unsafe("Never.")):
        outcomes = [clear]
        with pytest.raises(type(clear)):
            case.asker().repeat(call)


def test_pausing_sends_nothing_more(case: Case) -> None:
    case.stop.set()
    with pytest.raises(Stopped):
        case.make()
    assert not case.blog.asked
    assert case.step().state is State.WAITING


@pytest.mark.parametrize("fate", [lost, throttled])
def test_pausing_ends_every_wait_at_once(case: Case, fate: Fate) -> None:
    case.patience = Patience()  # the real one: 10 and 90 seconds
    timer = threading.Timer(0.1, case.stop.set)
    timer.start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        case.make(fate)
    assert time.monotonic() - began < 2
    timer.join()
    # Going on finds out what became of it, without a double.
    case.stop.clear()
    case.patience = HASTY
    case.make()
    assert len(case.blog.of(Kind.POST)) == 1


def test_a_clock_that_was_set_back_does_not_make_it_wait_for_ever(case: Case) -> None:
    case.move.record(case.step(), attempts=1, asked_at=time.time() + 1e6)
    began = time.monotonic()
    case.make()
    assert time.monotonic() - began < 1
