"""The program killed, stopped and cut off on its way to a real WordPress, and no trace of it at the end."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.move.whole_site import everything, forget_sample_post
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.move.file import Move
from wizard.settings import SAMPLE
from wizard.sources import open_source

ROOT = Path(__file__).resolve().parents[2]
ZONE = "Asia/Shanghai"
KEYS = 6
STDIN = "--password-stdin"


def command(site: Site, *words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.move.launcher", *words, "--json", STDIN],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(f"{site.password}\n")
    process.stdin.close()
    return process


def move_words(site: Site, path: Path) -> list[str]:
    source = open_source([str(SAMPLE)])
    posts = [post.key for post, _ in zip(source.posts(), range(KEYS), strict=False)]
    only = [word for key in posts for word in ("--only", key)]
    there = ("--to", site.url, "--user", site.user, "--time-zone", ZONE)
    return ["move", str(SAMPLE), *there, *only, "--move", str(path)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    with start() as site:
        forget_sample_post(site)
        path = tmp_path_factory.mktemp("undisturbed") / "a.move"
        with command(site, *move_words(site, path)) as process:
            assert process.stdout
            verdict = json.loads(process.stdout.read().splitlines()[-1])
        assert process.returncode == 0, verdict
        return dict(everything(site))


def test_killed_again_and_again_it_ends_as_if_nothing_had_happened(
    tmp_path: Path, undisturbed: dict[str, object]
) -> None:
    # Where it dies differs each time; how it ends must not.
    seed = time.time_ns()
    dice = random.Random(seed)
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        words, kills = move_words(site, path), 0
        for _ in range(40):
            with command(site, *words) as process:
                assert process.stdout
                # After so many things have happened, and a moment more.
                for _ in range(dice.randint(1, 7)):
                    if not process.stdout.readline():
                        break
                time.sleep(dice.uniform(0, 0.08))
                if kills < 10 and process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                process.stdout.read()
                process.wait(120)
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL
            # The file may not exist yet, or not know yet where it goes.
            if path.exists() and dice.random() < 0.7:
                words = ["resume", str(path)]
                with Move.open(path) as move:
                    if not move.counts():
                        words = move_words(site, path)
        assert process.returncode == 0
        assert kills >= 5
        assert everything(site) == undisturbed, seed


def test_ctrl_c_pauses_and_resume_goes_on(
    tmp_path: Path, undisturbed: dict[str, object]
) -> None:
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        with command(site, *move_words(site, path)) as process:
            assert process.stdout
            for line in process.stdout:
                if "PostSettled" in line:
                    break
            process.send_signal(signal.SIGINT)
            last = json.loads(process.stdout.read().splitlines()[-1])
            process.wait(60)
        assert process.returncode == 4
        assert last["paused"]
        assert "still to go" in last["verdict"]
        with command(site, "resume", str(path)) as process:
            assert process.stdout
            process.stdout.read()
            process.wait(60)
        assert process.returncode == 0
        assert everything(site) == undisturbed


def test_a_host_that_restarts_in_the_middle_changes_nothing(
    tmp_path: Path, undisturbed: dict[str, object]
) -> None:
    with start() as site:
        forget_sample_post(site)
        with command(site, *move_words(site, tmp_path / "a.move")) as process:
            assert process.stdout
            for line in process.stdout:
                if "PostSettled" in line:
                    break
            site.restart()
            process.stdout.read()
            process.wait(120)
        assert process.returncode == 0
        assert everything(site) == undisturbed
