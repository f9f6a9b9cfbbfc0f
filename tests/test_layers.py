"""Which room may know which: read out of the imports, lazy ones and typing ones too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORDS = {"blog", "errors", "credentials", "settings", "i18n"}
# A folder, or a file of wizard/, and the others it may import. Nobody may import more.
MAY_KNOW = {
    "__init__": set(),
    "__main__": {"cli", "crashes", "preflight", "ui"},
    "blog": set(),
    "errors": set(),
    "crashes": set(),
    "preflight": set(),
    "settings": {"__init__"},
    "i18n": {"settings"},
    "credentials": {"errors"},
    "network": {"__init__", "credentials", "errors"},
    "sources": {"blog", "credentials", "errors", "network"},
    "destinations": {"blog", "credentials", "errors", "network"},
    "content": {"blog", "errors", "network"},
    "move": {*WORDS, "__init__", "content", "destinations", "network", "sources"},
    "cli": {*WORDS, "__init__", "content", "destinations", "move", "sources"},
    "ui": {*WORDS, "__init__", "content", "destinations", "move", "network", "sources"},
}
# Files that are one room although each has a name of its own.
SAME_ROOM = {
    "answer": "network",
    "connection": "network",
    "public_pictures": "network",
    "safe_addresses": "network",
    "commands": "cli",
    "terminal": "cli",
    "prompts": "cli",
    "whereabouts": "cli",
}
# What only one room may use of all that others have written.
DOORS = {
    "PySide6": "ui",
    "keyring": "credentials",
    "requests": "network",
    "urllib3": "network",
    "http.client": "network",
    "urllib.request": "network",
    "socket": "network",
    "ssl": "network",
    "truststore": "network",
    "sqlite3": "move",
}


def imports(code: str) -> Iterator[str]:
    """The full names of all that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "names are written in full"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room_of(module: str) -> str:
    """The room of ``wizard.move.engine`` is ``move``; of ``wizard``, ``__init__``."""
    name = module.split(".")[1] if "." in module else "__init__"
    return SAME_ROOM.get(name, name)


def breaches(files: Mapping[str, str]) -> list[str]:
    """Every import that the tables forbid, as "who: whom". ``files``: name → code."""
    found = []
    for module, code in files.items():
        own = room_of(module)
        for name in imports(code):
            if name.split(".")[0] == "wizard":
                known = _longest(name, files)
                other = room_of(known)
                allowed = other == own or other in MAY_KNOW[own]
                # From outside, only what a folder says of all its kinds of places.
                if other in ("sources", "destinations") and other != own:
                    allowed = allowed and known.count(".") == 1
            else:
                doors = (DOORS[d] for d in DOORS if f"{name}.".startswith(f"{d}."))
                allowed = all(own == door for door in doors)
            if not allowed:
                found.append(f"{module}: {name}")
    return found


def _longest(name: str, files: Mapping[str, str]) -> str:
    """The module in ``wizard.blog.Post``, which names a thing inside a module."""
    while name not in files and "." in name:
        name = name.rpartition(".")[0]
    return name


def the_program() -> dict[str, str]:
    """Every module of wizard/ and its code."""
    modules = {}
    for file in sorted((ROOT / "wizard").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts if parts[-1] != "__init__" else parts[:-1])
        modules[name] = file.read_text(encoding="utf-8")
    return modules


def test_rooms_know_only_what_they_may() -> None:
    program = the_program()
    assert len(program) > 10
    assert breaches(program) == []


def test_every_room_has_its_line_in_the_table() -> None:
    assert {room_of(module) for module in the_program()} <= set(MAY_KNOW)


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("wizard.sources.a", "from wizard.destinations import Remote"),
        ("wizard.sources.a", "from wizard.content.cleaning import clean"),
        ("wizard.destinations.b", "import wizard.sources"),
        ("wizard.destinations.b", "from wizard.move import engine"),
        ("wizard.move.engine", "from wizard.sources.a import A"),
        ("wizard.move.engine", "def f():\n    from wizard.ui.app import main"),
        ("wizard.blog", "from wizard.errors import MoveError"),
        ("wizard.cli", "import PySide6.QtCore"),
        ("wizard.cli", "from keyring.errors import KeyringError"),
        ("wizard.ui.app", "import sqlite3"),
        ("wizard.sources.a", "import urllib.request"),
        ("wizard.sources.a", "from urllib import request"),
    ],
)
def test_a_breach_is_found(module: str, code: str) -> None:
    rooms = ("sources", "destinations", "move", "ui", "content")
    program = dict.fromkeys(["wizard", *(f"wizard.{room}" for room in rooms)], "")
    program |= dict.fromkeys(["wizard.content.cleaning", "wizard.errors"], "")
    program |= dict.fromkeys(["wizard.sources.a", "wizard.ui.app"], "")
    assert len(breaches({**program, module: code})) == 1


def test_what_the_arrows_allow_is_allowed() -> None:
    code = "from wizard.sources import Source\nfrom wizard import blog, __version__"
    program = dict.fromkeys(["wizard", "wizard.blog", "wizard.sources"], "")
    assert breaches({**program, "wizard.move.engine": code}) == []


def test_the_terminal_works_where_qt_is_not_installed() -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None;"
        "from wizard.__main__ import main; sys.argv[1:] = ['--version']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
