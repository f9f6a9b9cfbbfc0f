"""What is said before Qt is loaded, on computers where Qt would end the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from wizard import preflight

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems bring all that Qt needs"
)


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A person's environment with no screen in it yet."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of a real X server."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "640x480x24"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    with server, os.fdopen(ours) as pipe:
        yield f":{pipe.readline().strip()}"
        server.terminate()


def test_a_real_screen_is_enough(desktop: pytest.MonkeyPatch, screen: str) -> None:
    desktop.setenv("DISPLAY", screen)
    assert preflight.missing() == ""


def test_a_screen_that_does_not_answer_is_named(desktop: pytest.MonkeyPatch) -> None:
    desktop.setenv("DISPLAY", ":987")
    assert "No screen answers at DISPLAY=:987." in preflight.missing()


def test_without_a_screen_the_terminal_is_offered(desktop: pytest.MonkeyPatch) -> None:
    assert "moving-day move" in preflight.missing()


def test_one_way_to_a_screen_is_enough(desktop: pytest.MonkeyPatch) -> None:
    desktop.setenv("DISPLAY", ":987")
    desktop.setenv("WAYLAND_DISPLAY", "wayland-0")
    desktop.setattr(preflight, "_WAYLAND", {})
    assert preflight.missing() == ""
    desktop.setattr(preflight, "_WAYLAND", {"libnone.so.1": "libnone1"})
    assert "No screen answers" in preflight.missing()


def test_missing_libraries_come_with_the_exact_command(
    desktop: pytest.MonkeyPatch,
) -> None:
    desktop.setenv("DISPLAY", ":987")
    lacking = {"libnone.so.1": "libnone1", "libnone-more.so.1": "libnone1"}
    desktop.setattr(preflight, "_X", lacking)
    desktop.setattr(preflight.shutil, "which", lambda _: "/usr/bin/apt-get")
    said = preflight.missing()
    assert "lacks: libnone.so.1, libnone-more.so.1." in said
    assert said.endswith("\n    sudo apt-get install -y libnone1")
    desktop.setattr(preflight.shutil, "which", lambda _: None)
    assert "Debian calls them libnone1" in preflight.missing()


def test_tests_off_screen_need_no_x(desktop: pytest.MonkeyPatch) -> None:
    desktop.setenv("QT_QPA_PLATFORM", "offscreen")
    desktop.setattr(preflight, "_X", {"libnone.so.1": "libnone1"})
    assert preflight.missing() == ""


@pytest.mark.parametrize(
    ("files", "known"),
    [
        ("libQt6Core.so.6 libQt6Gui.so.6 libQt6Widgets.so.6 libQt6DBus.so.6", {}),
        ("libQt6XcbQpa.so.6", preflight._X),
        ("libQt6WaylandClient.so.6", preflight._WAYLAND),
    ],
)
def test_every_library_that_qt_names_is_looked_for(
    files: str, known: dict[str, str]
) -> None:
    """A new Qt with a new need shows here, and not first on somebody's computer."""
    folder = Path(find_spec("PySide6").submodule_search_locations[0], "Qt/lib")
    named = set()
    for file in files.split():
        # The names stand between zero bytes in the table of strings of an ELF file.
        found = re.findall(
            rb"(?<=\0)lib[\w.+-]+\.so\.\d+(?=\0)", (folder / file).read_bytes()
        )
        named |= {name.decode() for name in found}
    assert len(named) > 5
    brought = r"lib(Qt6|icu)|lib(c|m|gcc_s|stdc\+\+)\.so"
    named = {name for name in named if not re.match(brought, name)}
    assert named <= set(preflight._WINDOW | known)
    assert set(known) <= named


def test_it_is_quick_and_leaves_qt_alone() -> None:
    program = (
        "import sys, time; begin = time.process_time(); import wizard.preflight as p;"
        "p.missing(); used = time.process_time() - begin;"
        "print(used < 0.25, 'PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_as_a_script_it_names_packages_and_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "-I", str(preflight.__file__)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\n"
