"""A part of the hostile archives, and that each protection is missed when it is gone."""

from __future__ import annotations

import pytest

from tests.faults.archive_controls import PROTECTIONS, concerned
from tests.faults.archives import FLOOR, Reader, answered, chosen, tried
from tests.faults.hostile_archives import every_case
from tests.faults.hostile_archives.answers import every_answer

PART = 1 / 9
# These keep the machine busy for a minute; the scorecard has the time.
SLOW = {"files"}


def test_every_archive_of_this_part_ends_as_it_must() -> None:
    with Reader() as reader:
        cases = chosen(every_case(1), PART)
        wrong = {
            case.name: fault for case in cases if (fault := tried(case, reader)[0])
        }
    assert not wrong
    assert len(cases) > 70


def test_every_answer_of_this_part_ends_as_it_must() -> None:
    with Reader() as reader:
        answers = chosen(every_answer(), 1 / 4)
        wrong = {
            each.name: fault for each in answers if (fault := answered(each, reader))
        }
    assert not wrong


def test_there_are_as_many_different_ones_as_the_scorecard_wants() -> None:
    names = [case.name for case in every_case(1)]
    assert len(names) > FLOOR
    assert len(set(names)) == len(names)
    assert names == [case.name for case in every_case(1)]


@pytest.mark.parametrize("name", sorted(set(PROTECTIONS) - SLOW))
def test_without_this_protection_harm_happens(name: str) -> None:
    with Reader(name) as reader:
        assert any(tried(case, reader)[0] for case in concerned(name))


@pytest.mark.parametrize("name", sorted(set(PROTECTIONS) - SLOW))
def test_with_it_none_does(name: str) -> None:
    with Reader() as reader:
        for case in concerned(name):
            assert not tried(case, reader)[0]
