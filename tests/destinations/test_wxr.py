"""The WordPress import file: its contract, and what becomes of what is in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.destinations.contract import (
    DestinationContract,
    a_comment,
    a_photo,
    a_post,
    marker,
)
from tests.destinations.wxr_case import (
    SITE,
    WP,
    everything,
    fill,
    items,
    photo_at,
    word,
)
from wizard.destinations import (
    Kind,
    NewTerm,
    Remote,
    destination_kind,
    open_destination,
)
from wizard.destinations.wxr import ImportFile
from wizard.errors import Refused


class TestContract(DestinationContract):
    @pytest.fixture
    def destination(self, path: Path) -> ImportFile:
        return ImportFile(path, SITE)

    def photo_bytes(self, destination: ImportFile, remote: Remote) -> bytes:
        return photo_at(destination, remote).read_bytes()


def test_a_finished_file_leaves_nothing_behind_but_file_photos_and_guide(path: Path):
    file = ImportFile(path, SITE)
    fill(file)
    assert not path.exists()
    file.finish()
    left = {entry.name for entry in path.parent.iterdir()}
    assert left == {
        path.name,
        f"{path.stem}-photos",
        f"{path.stem} - READ ME FIRST.txt",
    }
    guide = (path.parent / f"{path.stem} - READ ME FIRST.txt").read_text("utf-8")
    assert path.name in guide
    assert f"{path.stem}-photos" in guide


def test_a_second_round_adds_to_a_finished_file(path: Path):
    first = ImportFile(path, SITE)
    fill(first)
    before = everything(first)
    first.finish()
    second = ImportFile(path, SITE)
    assert everything(second) == before
    assert second.create(a_post(marker(1)), marker(1)).id == before[marker(1)][0].id  # type: ignore[index]
    made = second.create(a_post(marker(3), title="Third"), marker(3))
    ids = [at.id for mark, at in second.ours(Kind.POST) if mark != marker(3)]
    assert made.id > max(ids)
    second.finish()
    assert len(items(path)) == 3
    assert everything(ImportFile(path, SITE)).items() >= before.items()


def test_a_document_lies_in_the_folder_and_is_never_opened_as_a_picture(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    def opened(*_: object) -> None:
        raise AssertionError("whatever it holds, it is no picture")

    file = ImportFile(path, SITE)
    post = file.create(a_post(marker(1)), marker(1))
    picture = a_photo(post.id)
    assert file.create(picture, marker(21)).width
    monkeypatch.setattr("wizard.destinations.wxr.photos.Image.open", opened)
    plan = replace(picture, name="plan.pdf", mime="application/pdf")
    made = file.create(plan, marker(22))
    assert made.address.endswith("/plan.pdf")
    assert photo_at(file, made).read_bytes() == picture.data
    file.finish()
    assert ImportFile(path, SITE).find(Kind.PHOTO, marker(22)) == [made]


def test_ids_are_never_used_twice_even_after_the_last_thing_went(path: Path):
    file = ImportFile(path)
    file.create(a_post(marker(1)), marker(1))
    last = file.create(a_post(marker(2)), marker(2))
    file.delete(last)
    file.finish()
    again = ImportFile(path)
    assert again.create(a_post(marker(3)), marker(3)).id > last.id


def test_a_renamed_term_keeps_its_id(path: Path):
    file = ImportFile(path)
    made = file.create(NewTerm(Kind.TAG, "bean"), "bean")
    file.update(made, NewTerm(Kind.TAG, "beans"), "beans")
    assert [at.id for at in file.find(Kind.TAG, "beans")] == [made.id]
    assert file.find(Kind.TAG, "bean") == []


def test_an_answer_to_a_deleted_comment_stands_on_its_own(path: Path):
    file = ImportFile(path)
    post = file.create(a_post(marker(1)), marker(1))
    first = file.create(a_comment(post.id), marker(11))
    file.create(a_comment(post.id, parent=first.id), marker(12))
    file.delete(first)
    file.finish()
    [answer] = items(path)[0].findall(f"{WP}comment")
    assert word(answer, "comment_parent") == "0"


def test_a_deleted_post_takes_its_comments_along_for_good(path: Path):
    file = ImportFile(path)
    post = file.create(a_post(marker(1)), marker(1))
    file.create(a_comment(post.id), marker(11))
    file.delete(post)
    with pytest.raises(Refused):
        file.create(a_comment(post.id), marker(12))
    back = file.create(a_post(marker(1)), marker(1))
    assert list(file.ours(Kind.COMMENT, [back.id])) == []


def test_a_photo_whose_file_was_removed_is_missing_and_can_be_made_again(path: Path):
    file = ImportFile(path, SITE)
    post = file.create(a_post(marker(1)), marker(1))
    made = file.create(a_photo(post.id), marker(21))
    photo_at(file, made).unlink()
    assert file.find(Kind.PHOTO, marker(21)) == []
    again = file.create(a_photo(post.id), marker(21))
    assert again == made
    assert photo_at(file, again).is_file()


def test_a_path_ending_in_xml_opens_it(path: Path):
    assert destination_kind(str(path)) is ImportFile
    assert destination_kind("https://blog.example") is not ImportFile
    opened = open_destination(f" {path} ", {})
    assert opened.address == str(path)


def test_nothing_made_makes_no_file(path: Path):
    file = ImportFile(path)
    assert list(file.ours(Kind.POST)) == []
    file.finish()
    assert list(path.parent.iterdir()) == []
