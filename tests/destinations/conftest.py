"""The real WordPresses and the import file as the tests of destinations use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.destinations.wordpress_case import Case
from tests.wordpress import WordPress as Site


@pytest.fixture(params=["wordpress", "oldest_wordpress"])
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    case = Case(request.getfixturevalue(request.param))
    yield case
    case.tidy()


@pytest.fixture
def newest(wordpress: Site) -> Iterator[Case]:
    case = Case(wordpress)
    case.blog.check()
    yield case
    case.tidy()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Low Tide 退潮.xml"
