"""Commands that are run in this process, on a new blog of their own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.command import STDIN, Run
from tests.wordpress import WordPress, start
from wizard import cli
from wizard.settings import SAMPLE


@pytest.fixture(scope="module")
def site() -> Iterator[WordPress]:
    """A new blog of our own, so that others find theirs untouched."""
    with start() as site:
        yield site


@pytest.fixture
def moving_day(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Run]:
    def moving_day(*words: object, typed: str = "") -> Run:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Run(status, out, err)

    return moving_day


@pytest.fixture
def move(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> Callable[..., Run]:
    """`moving-day move SAMPLE --to SITE`, with the password typed."""

    def move(*words: object, file: Path = tmp_path / "a.move") -> Run:
        return moving_day(
            *("move", SAMPLE, "--to", site.url, "--user", "admin"),
            *(STDIN, "--time-zone", "UTC", "--move", file),
            *words,
            typed=f"{site.password}\n",
        )

    return move
