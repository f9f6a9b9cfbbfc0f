"""Asking for a thing exactly once, whatever becomes of the requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.move.asking_case import POST, THINGS, Case
from tests.move.doubles import HASTY
from tests.move.fates import (
    Fate,
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
from wizard.destinations import Kind, Remote
from wizard.errors import (
    Refused,
)
from wizard.move.events import State, Waiting
from wizard.move.file import Move
from wizard.move.patience import Patience, Stopped
from wizard.move.records import Step


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
    if any(fate.__name__ == "fate" for fate in fates):
        case.patience = replace(HASTY, resend=0.5)  # later than what is late
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
