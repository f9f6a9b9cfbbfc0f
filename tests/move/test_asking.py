"""Asking for a thing exactly once, whatever becomes of the requests; and that each of the
protections is needed: without it, the same trouble makes a double or loses something."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.move.doubles import (
    HASTY,
    Fate,
    NewBlog,
    all_have_arrived,
    late,
    lost,
    overloaded,
    redirected,
    refused,
    throttled,
    twice,
    unanswered,
    unreachable,
    well,
)
from wizard.blog import Status
from wizard.destinations import Kind, NewComment, NewPhoto, NewPost, Remote, Thing
from wizard.errors import (
    Ambiguous,
    MoveError,
    NotAllowed,
    Refused,
    Throttled,
    Unreachable,
    Unsafe,
)
from wizard.move.asking import Asker, GivenUp, Patience, Stopped
from wizard.move.events import Event, State, Waiting
from wizard.move.file import Move
from wizard.move.records import Step

DATE = datetime(2007, 4, 20, tzinfo=UTC)
POST = NewPost("Entry", "<p>Words</p>", DATE, Status.DRAFT)
PHOTO = NewPhoto("a.png", "image/png", b"bytes", DATE, 1)
COMMENT = NewComment(1, 0, "Reader", "", "", "<p>Remark</p>", DATE)
THINGS: dict[Kind, Thing] = {
    Kind.POST: POST,
    Kind.PHOTO: PHOTO,
    Kind.COMMENT: COMMENT,
}


class Case:
    """One thing to be made at one new blog, by as many runs as it takes."""

    def __init__(self, move: Move, thing: Thing = POST) -> None:
        self.move = move
        self.thing = thing
        self.blog = NewBlog()
        self.stop = threading.Event()
        self.said: list[Event] = []
        self.patience = HASTY

    def asker(self) -> Asker:
        return Asker(self.move, self.blog, self.stop, self.said.append, self.patience)

    def step(self) -> Step:
        return self.move.step(self.thing.kind, "cns!1", "key", "md-1")

    def make(self, *fates: Fate, look: bool = False) -> Step:
        self.blog.fates[self.thing.kind] += fates
        post = 1 if self.thing.kind is Kind.COMMENT else 0
        return self.asker().once(self.step(), self.thing, post=post, look=look)

    @property
    def waits(self) -> list[Waiting]:
        """Waits before another try, not those before a look."""
        waits = [event for event in self.said if isinstance(event, Waiting)]
        return [wait for wait in waits if "not known yet" not in wait.trouble.title]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Move.create(tmp_path / "a.move") as move:
        yield Case(move)


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize(
    "fates",
    [
        [well],
        [lost],
        [unanswered],
        [twice],
        [throttled],
        [overloaded],
        [redirected],
        [unreachable],
        [late(0.01)],
        [late(0.04)],
        [lost, unanswered],
        [throttled, lost, unreachable, redirected, twice],
        [unreachable] * 4 + [unanswered],
        [lost, lost, lost, lost],
        [lost, late(0.03)],
    ],
    ids=lambda fates: "-".join(fate.__name__ for fate in fates),
)
def test_it_is_there_exactly_once(case: Case, fates: list[Fate], kind: Kind) -> None:
    case.thing = THINGS[kind]
    step = case.make(*fates)
    all_have_arrived()
    (row,) = case.blog.of(kind)
    assert step.remote
    assert (step.state, step.remote.id) == (State.MADE, row.id)
    assert case.step() == step
    assert len(case.waits) == len(fates) - fates.count(well)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    fates=st.lists(
        st.sampled_from(
            [lost, unanswered, twice, throttled, overloaded, redirected, unreachable]
        ),
        max_size=4,
    ),
    kind=st.sampled_from(list(THINGS)),
)
def test_it_is_there_exactly_once_after_any_trouble(
    tmp_path_factory: pytest.TempPathFactory, fates: list[Fate], kind: Kind
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.move"
    with Move.create(path) as move:
        case = Case(move, THINGS[kind])
        case.patience = replace(HASTY, settle=0, resend=0, first=0.001)
        case.make(*fates)
        assert len(case.blog.of(kind)) == 1


# The intent


def test_the_intent_is_on_the_disk_before_the_request_leaves(case: Case) -> None:
    seen: list[Step] = []
    case.blog.meddle = lambda verb, what: verb == "create" and seen.append(case.step())
    before = time.time()
    case.make(lost)
    assert [(s.state, s.attempts) for s in seen] == [
        (State.SENDING, 1),
        (State.SENDING, 2),
    ]
    assert before <= seen[0].asked_at <= seen[1].asked_at <= time.time()


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize("stored", [True, False])
def test_a_kill_while_it_waits_for_the_answer(
    case: Case, kind: Kind, stored: bool
) -> None:
    def killed(store: Callable[[], Remote]) -> Remote:
        if stored:
            store()
        raise Killed

    case.thing = THINGS[kind]
    with pytest.raises(Killed):
        case.make(killed)
    assert (case.step().state, case.step().attempts) == (State.SENDING, 1)
    assert case.make().state is State.MADE
    assert len(case.blog.of(kind)) == 1
    assert case.blog.count("create") == (1 if stored else 2)


def test_without_the_intent_the_same_kill_makes_a_double(case: Case) -> None:
    def killed(store: Callable[[], Remote]) -> Remote:
        store()
        raise Killed

    with pytest.raises(Killed):
        case.make(killed)
    case.move.record(case.step(), attempts=0)
    case.make()
    assert len(case.blog.of(Kind.POST)) == 2


def test_what_is_made_is_never_asked_for_again(case: Case) -> None:
    step = case.make()
    asked = list(case.blog.asked)
    assert case.asker().once(step, POST) == step
    assert case.blog.asked == asked


@pytest.mark.parametrize("fate", [refused, unreachable, throttled])
def test_what_certainly_was_not_made_needs_no_look_later_either(
    case: Case, fate: Fate
) -> None:
    """Retry after a refusal, or a pause while nobody answers, goes on at once."""
    if fate is not refused:
        case.blog.meddle = lambda verb, what: verb == "create" and case.stop.set()
    with pytest.raises((Refused, Stopped)):
        case.make(fate)
    assert case.step().attempts == 0
    case.blog.meddle = lambda verb, what: None
    case.stop.clear()
    case.patience = Patience()  # the real one: 10 and 90 seconds
    began = time.monotonic()
    case.make()
    assert time.monotonic() - began < 2
    assert case.blog.count("find") == 0


def test_an_answer_that_was_blocked_is_no_clear_refusal(case: Case) -> None:
    """Some firewalls read what the server answers, when all is done already."""

    def blocked(store: Callable[[], Remote]) -> Remote:
        store()
        raise Refused("A firewall blocked this.", code="blocked")

    with pytest.raises(Refused):
        case.make(blocked)
    case.make()
    assert len(case.blog.of(Kind.POST)) == 1


def test_a_long_wait_before_a_look_is_told(case: Case) -> None:
    case.patience = replace(HASTY, settle=1.2)
    case.make(unanswered)
    waits = [event for event in case.said if isinstance(event, Waiting)]
    assert "not known yet" in waits[-1].trouble.title
    assert 1 < waits[-1].seconds <= 1.2


# Looking before sending again


def test_without_the_waits_a_late_one_makes_a_double(case: Case) -> None:
    case.patience = replace(HASTY, settle=0, resend=0, first=0)
    case.make(late(0.1))
    all_have_arrived()
    assert len(case.blog.of(Kind.POST)) == 2


def test_without_the_second_look_a_late_one_makes_a_double(case: Case) -> None:
    case.patience = replace(HASTY, resend=0.02)
    case.make(late(0.15))
    all_have_arrived()
    assert len(case.blog.of(Kind.POST)) == 2
    # And with it there is none.
    case.blog.rows.clear()
    case.patience = replace(HASTY, resend=0.5)
    case.move.record(case.step(), remote=None, attempts=0)
    case.make(late(0.15))
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
    case.thing = replace(PHOTO, alt="A better word")
    step = case.make(look=True)
    (row,) = case.blog.of(Kind.PHOTO)
    assert step.remote
    assert step.remote.id == row.id
    assert row.thing == case.thing, "what is adopted is made equal"
    assert step.attempts == 0, "nothing was sent"


def test_of_several_copies_the_oldest_stays(case: Case) -> None:
    case.thing = COMMENT
    for _ in range(3):
        case.blog.create(COMMENT, "md-1")
    step = case.make(look=True)
    assert step.remote
    assert [row.id for row in case.blog.of(Kind.COMMENT)] == [step.remote.id] == [1]


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
    assert case.asker().known() == {"md-1": first}
    done = case.blog.update(second, replace(POST, slug="entry"), "md-1")
    assert case.asker().known() == {"md-1": done}


# Patience


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


# Pausing


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
