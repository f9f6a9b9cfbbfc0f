"""What `make` does about a system that lacks something: installs it, or says how to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PHP = "php-cli php-curl php-gd php-mbstring php-sqlite3 php-xml php-zip"
TOOLS = ("sh", "dirname", "mkdir", "cat", "tail", "cksum", "env")


@pytest.fixture
def computer(tmp_path: Path) -> Path:
    """A checkout with all of Python in it, on a system with neither PHP nor Xvfb."""
    for name in ("pyproject.toml", ".ci/prepare", "wizard/preflight.py"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, place)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    _tool(tmp_path, "python3", f'exec {sys.executable} "$@"')
    for name in (
        "npm",
        "dbus-run-session",
        "gnome-keyring-daemon",
        "exiftool",
        "strace",
        "fusermount3",
        "zip",
        "chromium",
    ):
        _tool(tmp_path, name, "exit 0")
    return tmp_path


def _tool(computer: Path, name: str, script: str) -> None:
    place = computer / "bin" / name
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


def _prepare(computer: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [computer / ".ci/prepare", "test"],
        env={**os.environ, "PATH": str(computer / "bin")},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_person_without_rights_is_told_the_exact_command(computer: Path) -> None:
    _tool(computer, "id", "echo 1000")
    _tool(computer, "apt-get", "echo touched >> apt-was-here")
    done = _prepare(computer)
    command = f"sudo apt-get install -y --no-install-recommends xvfb xauth {PHP}\n"
    assert done.stderr.endswith(f"    {command}")
    assert done.returncode == 1
    assert not (computer / "apt-was-here").exists()


def test_root_gets_it_installed_and_sees_why_when_that_fails(computer: Path) -> None:
    _tool(computer, "id", "echo 0")
    _tool(
        computer,
        "apt-get",
        'echo "$@" >> apt-was-here\n'
        'case "$*" in *update) ;; *) echo no room on the disk; exit 100 ;; esac',
    )
    done = _prepare(computer)
    update, install = (computer / "apt-was-here").read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith(f"--no-install-recommends install xvfb xauth {PHP}")
    assert f"Installing xvfb xauth {PHP}" in done.stderr
    assert "no room on the disk" in done.stderr
    assert done.returncode == 1


def test_a_system_without_apt_hears_the_names(computer: Path) -> None:
    done = _prepare(computer)
    assert f"what Debian calls\n    xvfb xauth {PHP}\nwith your" in done.stderr
    assert done.returncode == 1


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere there is always a screen"
)
def test_without_a_screen_the_sample_blog_moves_in_the_terminal(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL")
    surroundings = {k: v for k, v in os.environ.items() if k not in screens}
    done = subprocess.run(
        ["make", "run", f"TRIAL={tmp_path / 'sample'}"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All 24 posts, 43 of 44 photos" in done.stdout
