"""The scorecard itself: that a harness which breaks down, hangs or finds harm is seen."""

from __future__ import annotations

import importlib.util
import os
import time
from pathlib import Path

import pytest

from tests.faults import __main__ as scorecard
from tests.faults import running
from tests.faults.figures import Figure
from tests.faults.page import page
from tests.faults.running import Outcome

HARNESS = """
import os, sys
from tests.faults.figures import Figure

def figures(scale, seed):
    print("by the way")
    os.system("echo even a child may talk")
    yield Figure("tries", round(10 * scale), 5, note=f"seed {seed}")
    yield Figure("without it", 3, 3, control=True)
    %s
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Harnesses of our own in place of the real ones."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(scorecard, "FOLDER", "trial")
    monkeypatch.setattr(scorecard, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(running, "FOUND", tmp_path / "found")
    (tmp_path / "trial").mkdir()
    for name, end in (
        ("well", ""),
        ("harmed", "yield Figure('more', 9, 5, ('case 7: there | twice',))"),
        ("broken", "raise KeyError('of no use')"),
        ("killed", "os.kill(os.getpid(), 9)"),
        ("hanging", "os.system('sleep 600')"),
    ):
        (tmp_path / "trial" / f"{name}.py").write_text(HARNESS % end)
    return tmp_path


def test_the_page_is_written_and_its_status_is_0_when_all_is_fine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scorecard, "HARNESSES", ("well",))
    assert scorecard.main(["--seed", "8"]) == 0
    text = (folder / "page.md").read_text()
    assert text.strip() in capsys.readouterr().out
    assert "**Everything is as it must be.** 2 figures. 10 cases" in text
    assert "| tries | 10 | 5 | 10 | seed 8 |" in text
    assert "| *control:* without it | 3 | 3 | 3 |  |" in text
    assert "`python -m tests.faults --only well --seed 8`" in text
    assert f"{os.cpu_count()} cores" in text


def test_one_harness_that_fails_stops_no_other_and_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LONGEST", 6)
    names = ("hanging", "killed", "broken", "harmed", "well")
    monkeypatch.setattr(scorecard, "HARNESSES", names)
    began = time.monotonic()
    assert scorecard.main([]) == 1
    assert time.monotonic() - began < 60
    text = (folder / "page.md").read_text()
    wrong = "hanging, killed, broken, harmed"
    assert f"**Not everything is as it must be: {wrong}.** 11 figures." in text
    assert "**more:** case 7: there \\| twice" in text
    assert "| more | 9 | 5 | **8** |" in text
    assert "**It broke down:** KeyError: 'of no use'" in text
    assert "**It broke down:** It was ended by signal 9" in text
    assert "**It broke down:** It took more than" in text


def test_a_part_or_a_smaller_scale_does_not_replace_the_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scorecard, "HARNESSES", ("well", "broken"))
    assert scorecard.main(["--only", "well"]) == 0
    assert scorecard.main(["--only", "well", "--scale", "0.1"]) == 1
    assert not (folder / "page.md").exists()
    assert "only 1 of at least 5 were tried" in capsys.readouterr().out


def test_a_page_made_in_several_goes_says_what_is_missing_and_what_ran_in_part(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scorecard, "HARNESSES", ("well", "broken"))
    scorecard.main(["--only", "well", "--scale", "0.6"])
    assert scorecard.main(["--page"]) == 1
    text = (folder / "page.md").read_text()
    assert "**Run in part: well.** **Not run: broken.**" in text
    assert "--only well --seed 1 --scale 0.6`" in text
    assert running.program() in text


def test_a_long_list_of_harm_is_cut_short_and_counted() -> None:
    figure = Figure("many", 500, 500, tuple(f"case {n}" for n in range(40)))
    text = page([Outcome("well", (figure,), 61)], 3600)
    assert "case 9; and 30 more" in text
    assert "case 10" not in text
    assert "1 min 1 s" in text


def test_every_harness_exists() -> None:
    for name in scorecard.HARNESSES:
        assert importlib.util.find_spec(f"{scorecard.FOLDER}.{name}"), name
