"""The WordPress import file survives kills, full disks and strange files."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.destinations.contract import a_photo, a_post, marker
from tests.destinations.wxr_case import (
    SITE,
    WP,
    everything,
    fill,
    items,
    photo_at,
    word,
)
from tests.small_disk import fill_up, needs_root, small_disk
from wizard.destinations import Kind
from wizard.destinations.wxr import ImportFile
from wizard.destinations.wxr.parts import Parts
from wizard.errors import MoveError, NotAllowed, Unreachable


class Killed(BaseException):
    """Nothing catches it: the program is dead from here on."""


def test_killed_between_any_two_writes_everything_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Each rename and each deletion is a moment to die at; the next start goes on."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # a kill is no power cut
    moments = 0
    while not dies_at_and_goes_on(moments + 1, tmp_path / f"{moments}" / "a.xml"):
        moments += 1
        assert moments < 500
    assert moments > 50


def dies_at_and_goes_on(moment: int, path: Path) -> bool:
    """Kill a whole life of an import file at this write, then live it again; True if
    it had come to its end before."""
    count = 0

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count == moment:
                raise Killed
            return real(*arguments, **named)

        return call

    def life() -> None:
        file = ImportFile(path, SITE)
        file.check()
        fill(file)
        file.delete(file.create(a_post(marker(4)), marker(4)))
        file.finish()

    with pytest.MonkeyPatch.context() as patch:
        for place, name in (
            (os, "replace"),
            (os, "unlink"),
            (os, "rmdir"),
            (Path, "unlink"),
        ):
            patch.setattr(place, name, dying(getattr(place, name)))
        try:
            life()
        except Killed:
            survived = False
            gc.collect()  # as a dead process's lock is let go
        else:
            survived = True
    life()
    rain, later = items(path)
    assert word(rain, "post_id") != word(later, "post_id")
    assert len(rain.findall(f"{WP}comment")) == 2, moment
    pictures = [p.name for p in path.parent.glob("*-photos/*/*/*") if p.name[0] != "."]
    assert pictures == ["red.png"]
    assert not list(path.parent.glob("*.parts"))
    return survived


def test_a_program_that_died_while_splitting_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = ImportFile(path, SITE)
    fill(file)
    before = everything(file)
    file.finish()

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Parts, "keep_last", die)
        with pytest.raises(Killed):
            list(ImportFile(path, SITE).ours(Kind.POST))
    gc.collect()
    assert everything(ImportFile(path, SITE)) == before


@pytest.mark.parametrize(
    "name",
    ["../../evil.png", "/etc/evil.png", "..\\evil.png", ".htaccess", "", "con.png"],
)
def test_no_photo_leaves_its_folder_whatever_it_is_called(path: Path, name: str):
    file = ImportFile(path, SITE)
    made = file.create(replace(a_photo(0), name=name), marker(21))
    stored = photo_at(file, made)
    assert stored.parent == path.with_name(f"{path.stem}-photos") / "2007" / "04"
    assert not stored.name.startswith(".")


BIG_BLOG = """
import resource, sys
from datetime import timedelta
from pathlib import Path
from tests.destinations.contract import DATE, a_post, marker
from wizard.destinations import Kind
from wizard.destinations.wxr import ImportFile
from wizard.destinations.wxr.parts import Part, Parts

path = Path(sys.argv[1])
parts = Parts(path.with_name(path.name + ".parts"))
text = "<p>" + "words and more words " * 2000 + "</p>"
for n in range(600):
    post = a_post(marker(n), html=text, date=DATE + timedelta(hours=n))
    parts.adopt(Part(2000 + n, marker(n), post))

def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = used()
ImportFile(path).finish()
again = ImportFile(path)
assert sum(1 for _ in again.ours(Kind.POST)) == 600
again.finish()
print(used() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is counted otherwise")
def test_memory_stays_flat_however_big_the_blog(tmp_path: Path):
    path = tmp_path / "big.xml"
    done = subprocess.run(
        [sys.executable, "-c", BIG_BLOG, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert path.stat().st_size > 25_000_000
    assert int(done.stdout) < 8_000, "kilobytes"


def test_somebody_elses_file_is_left_as_it_is(path: Path):
    path.write_text("<rss><channel/></rss>", "utf-8")
    file = ImportFile(path)
    for attempt in (file.check, lambda: file.create(a_post(marker(1)), marker(1))):
        with pytest.raises(MoveError, match="not written by Moving Day"):
            attempt()
    file.finish()
    assert path.read_text("utf-8") == "<rss><channel/></rss>"


def test_a_damaged_file_of_ours_is_left_as_it_is(path: Path):
    file = ImportFile(path)
    fill(file)
    file.finish()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MoveError, match="damaged"):
        list(ImportFile(path).ours(Kind.POST))
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_file_that_was_tampered_with_writes_nowhere_else(path: Path):
    file = ImportFile(path)
    fill(file)
    file.finish()
    text = path.read_text("utf-8").replace("2007/04/red.png", "../../evil.png")
    path.write_text(text, "utf-8")
    with pytest.raises(MoveError, match="damaged"):
        list(ImportFile(path).ours(Kind.POST))


def test_two_programs_do_not_write_one_file(path: Path):
    file = ImportFile(path)
    file.create(a_post(marker(1)), marker(1))
    other = ImportFile(path)
    other.check()
    with pytest.raises(MoveError, match="Another window"):
        other.create(a_post(marker(2)), marker(2))
    file.finish()
    other.create(a_post(marker(2)), marker(2))
    other.finish()
    assert len(items(path)) == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do anything")
def test_a_folder_without_rights_is_named(tmp_path: Path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(NotAllowed, match="locked"):
        ImportFile(folder / "a.xml").check()


@needs_root
def test_a_disk_that_is_full_at_the_very_end_costs_nothing():
    with small_disk("400k") as disk:
        file = ImportFile(disk / "a.xml", SITE)
        fill(file)
        file.finish()
        before = file.path.read_bytes()
        file.create(a_post(marker(3)), marker(3))
        ballast = fill_up(disk)
        with pytest.raises(Unreachable, match="is full") as told:
            file.finish()
        assert told.value.code == "disk-full"
        assert file.path.read_bytes() == before
        assert [path for path in disk.glob(".*") if path.is_file()] == []
        ballast.unlink()
        file.finish()
        assert len(items(file.path)) == 3


@needs_root
def test_a_finished_file_that_cannot_be_taken_apart_stays_and_takes_no_more_room():
    with small_disk("400k") as disk:
        file = ImportFile(disk / "a.xml", SITE)
        fill(file)
        file.finish()
        before = file.path.read_bytes()
        ballast = fill_up(disk)
        with pytest.raises(Unreachable, match="is full"):
            list(ImportFile(file.path, SITE).ours(Kind.POST))
        assert {path.name for path in disk.iterdir()} <= {
            *("a.xml", "a.xml.lock", "a-photos", "ballast", "a - READ ME FIRST.txt")
        }
        gc.collect()  # as a dead process's lock is let go
        ballast.unlink()
        assert len(list(ImportFile(file.path, SITE).ours(Kind.POST))) == 2
        assert file.path.read_bytes() == before


def test_a_disk_that_went_away_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    def gone(*_: object) -> None:
        raise OSError(5, "Input/output error")

    file = ImportFile(path)
    file.check()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", gone)
        with pytest.raises(Unreachable, match="Nothing can be written"):
            file.create(a_post(marker(1)), marker(1))
    assert file.find(Kind.POST, marker(1)) == []
    file.create(a_post(marker(1)), marker(1))
    assert len(list(file.ours(Kind.POST))) == 1


def test_a_disk_that_lets_nobody_write_is_no_matter_of_patience(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(NotAllowed, match="Nothing may be written"):
        ImportFile(path).check()


@pytest.mark.parametrize("where", ["a folder.xml", "file/below.xml"])
def test_a_place_that_cannot_be_is_said_at_once(tmp_path: Path, where: str):
    (tmp_path / "a folder.xml").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(MoveError):
        ImportFile(tmp_path / where).check()
