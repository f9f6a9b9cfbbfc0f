"""A part of the hostile pictures, and every protection switched off once."""

from __future__ import annotations

import pytest

from tests.faults.figures import Figure
from tests.faults.hostile_pictures import all_cases
from tests.faults.pictures import FLOOR, figures

# What is made to be odd is read by the judges, too.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture(scope="module")
def found() -> list[Figure]:
    return list(figures(0.2, 1))


def test_hostile_pictures_end_as_they_must(found: list[Figure]) -> None:
    assert [figure.wrong for figure in found if not figure.control] == [()] * 3
    assert all(figure.tried for figure in found)


def test_each_protection_is_one(found: list[Figure]) -> None:
    off = [figure for figure in found if figure.control]
    assert len(off) == 6
    assert [figure for figure in off if not figure.fine] == []


def test_there_are_as_many_as_the_scorecard_wants() -> None:
    cases = all_cases(1)
    assert len({case.name for case in cases}) == len(cases) >= FLOOR
