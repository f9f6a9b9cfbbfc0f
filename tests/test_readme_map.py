"""README's map of the rooms is true: all that is there is on it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEADING = re.compile(r"^##+ .*\brooms\b.*$", re.MULTILINE | re.IGNORECASE)
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def places(readme: str) -> dict[str, str]:
    """Path → purpose, out of the fenced block under the heading about the rooms.

    A line is one or more names and, two spaces on, what they are for; what is indented
    under a folder is inside it.
    """
    heading = HEADING.search(readme)
    assert heading, "README has no heading about the rooms"
    block = BLOCK.search(readme, heading.end())
    assert block, "README has no fenced map under that heading"
    found: dict[str, str] = {}
    folders: list[tuple[int, str]] = []
    for line in filter(str.strip, block[1].splitlines()):
        indent = len(line) - len(line.lstrip())
        while folders and folders[-1][0] >= indent:
            folders.pop()
        inside = folders[-1][1] if folders else ""
        words = re.split(r" {2,}", line.strip())
        names, purpose = (words[:-1], words[-1]) if words[1:] else (words, "")
        for name in names:
            found[inside + name] = purpose
            if name.endswith("/"):
                folders.append((indent, inside + name))
    return found


def the_tree(top: Path) -> set[str]:
    """Every file of Python and every folder below, folders with a slash behind.

    The ``__init__.py`` of a folder is what the folder's own line speaks about.
    """
    found = set()
    for path in top.rglob("*"):
        name = path.relative_to(top.parent).as_posix()
        if "__pycache__" in path.parts or path.name == "__init__.py":
            continue
        if path.is_dir() and any(path.glob("*.py")):
            found.add(f"{name}/")
        elif path.suffix == ".py":
            found.add(name)
    return found


@pytest.fixture(scope="module")
def on_the_map() -> dict[str, str]:
    return places((ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_room_is_on_the_map(on_the_map: dict[str, str]) -> None:
    assert sorted(the_tree(ROOT / "wizard") - set(on_the_map)) == []


def test_the_map_names_nothing_that_is_not_there(on_the_map: dict[str, str]) -> None:
    assert [place for place in on_the_map if not (ROOT / place).exists()] == []


def test_every_place_on_the_map_has_a_purpose(on_the_map: dict[str, str]) -> None:
    assert [place for place, purpose in on_the_map.items() if not purpose] == []


def test_a_map_is_read_as_it_is_drawn() -> None:
    drawn = """
## The rooms

```
wizard/              the program
    blog.py          what a blog is
    ui/              the only room that knows Qt
        app.py       joins the parts
    one.py  two.py   both of them
Makefile  README.md  the door
tests/
```
"""
    assert places(drawn) == {
        "wizard/": "the program",
        "wizard/blog.py": "what a blog is",
        "wizard/ui/": "the only room that knows Qt",
        "wizard/ui/app.py": "joins the parts",
        "wizard/one.py": "both of them",
        "wizard/two.py": "both of them",
        "Makefile": "the door",
        "README.md": "the door",
        "tests/": "",
    }


def test_a_new_file_is_missed_on_the_map(tmp_path: Path) -> None:
    (tmp_path / "wizard" / "ui").mkdir(parents=True)
    (tmp_path / "wizard" / "ui" / "app.py").touch()
    (tmp_path / "wizard" / "__init__.py").touch()
    assert the_tree(tmp_path / "wizard") == {"wizard/ui/", "wizard/ui/app.py"}
