"""When the program dies: a line says where, no core holds a password."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECRET = "kanarie-7f3e-absturz"
DIES = f"""
import os, sys
def carry(password):
    os.abort()
{{arrange}}
carry("-".join({SECRET.split("-")!r}))
"""
ARRANGE = "from wizard import crashes; crashes.arrange()"


def dies(arrange: str, folder: Path) -> subprocess.CompletedProcess[str]:
    def cores_are_wanted() -> None:
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

    return subprocess.run(
        [sys.executable, "-c", DIES.format(arrange=arrange)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        preexec_fn=cores_are_wanted,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_crash_names_the_function_and_no_value(tmp_path: Path) -> None:
    dead = dies(ARRANGE, tmp_path)
    assert dead.returncode == -6
    assert "Fatal Python error" in dead.stderr
    assert "in carry" in dead.stderr
    assert SECRET not in dead.stdout + dead.stderr


def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    dies(ARRANGE, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    Path("/proc/sys/kernel/core_pattern").read_text().strip() != "core"
    or resource.getrlimit(resource.RLIMIT_CORE)[1] == 0,
    reason="this system does not leave cores beside the program",
)
def test_without_the_arrangement_the_core_holds_the_password(tmp_path: Path) -> None:
    dies("", tmp_path)
    (core,) = tmp_path.iterdir()
    assert SECRET.encode() in core.read_bytes()


def test_programs_that_are_started_inherit_it(tmp_path: Path) -> None:
    code = (
        f"{ARRANGE}; import subprocess; "
        "print(subprocess.run(['sh', '-c', 'ulimit -c'], capture_output=True).stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "b'0\\n'\n"


def test_a_program_without_standard_error_starts_all_the_same() -> None:
    code = f"import sys; sys.stderr = None; {ARRANGE}; print('well')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "well\n"
