"""Zips with a password: the right one opens them, in every kind of lock."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest
import pyzipper

from tests.sources.backups import FILES, write_folder
from tests.sources.zips import PAGE
from wizard.credentials import Secret
from wizard.errors import Unreadable
from wizard.sources import kind_of, open_source
from wizard.sources.archive import locks, open_archive
from wizard.sources.locked_zip import ZIP_PASSWORD

PASSWORD = "Straße 7 – Σ"
FOUR = dict.fromkeys(("a.html", "b.html", "c.html", "d.html"), PAGE)


def aes(
    path: Path,
    files: dict[str, bytes] | None = None,
    password: bytes = PASSWORD.encode(),
    bits: int = 256,
    version: int = 2,
    method: int = zipfile.ZIP_DEFLATED,
) -> Path:
    with pyzipper.AESZipFile(path, "w", method) as file:
        file.setpassword(password)
        file.setencryption(pyzipper.WZ_AES, nbits=bits, force_wz_aes_version=version)
        for name, data in (files or FOUR).items():
            file.writestr(name, data)
    return path


def of_1993(path: Path, files: dict[str, bytes], password: str) -> Path:
    """Made by Info-ZIP, whose lock is the one that all others copied."""
    folder = write_folder(path.parent / f"{path.stem}-files", files)
    subprocess.run(
        ["zip", "-q", "-r", "-P", password, str(path.absolute()), "."],
        cwd=folder, check=True, timeout=60,
    )  # fmt: skip
    return path


@pytest.mark.parametrize("bits", [128, 192, 256])
@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_aes_in_all_its_forms_opens(
    tmp_path: Path, bits: int, version: int, method: int
) -> None:
    path = aes(tmp_path / "a.zip", bits=bits, version=version, method=method)
    with open_archive(path, Secret(PASSWORD)) as archive:
        assert {name: archive.read(name) for name in archive.names()} == FOUR


def test_the_lock_of_1993_opens(tmp_path: Path) -> None:
    path = of_1993(tmp_path / "a.zip", {**FOUR, "big.bin": bytes(99_999)}, "geheim")
    with open_archive(path, Secret("geheim")) as archive:
        assert archive.read("a.html") == PAGE
        assert archive.read("big.bin") == bytes(99_999)
        assert len(archive.names()) == 5


@pytest.mark.parametrize("alphabet", ["cp1252", "cp850", "gbk"])
def test_a_password_in_the_letters_of_an_old_computer_opens(
    tmp_path: Path, alphabet: str
) -> None:
    password = "你好" if alphabet == "gbk" else "müß"
    path = aes(tmp_path / "a.zip", password=password.encode(alphabet))
    with open_archive(path, Secret(password)) as archive:
        assert archive.read("a.html") == PAGE


@pytest.mark.parametrize("form", ["aes", "1993"])
def test_a_wrong_password_is_said_in_words(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.zip"
    made = aes(path) if form == "aes" else of_1993(path, FOUR, PASSWORD)
    # The lock of 1993 tests one byte, so some of so many get past that.
    for number in range(600 if form == "1993" else 20):
        with pytest.raises(Unreadable) as caught:
            open_archive(made, Secret(f"wrong {number}"))
        assert caught.value.code == "password"
        assert caught.value.title == "a.zip does not open with this password."
        assert "capital" in caught.value.hint.lower()
        assert "wrong" not in str(caught.value)


def test_without_a_password_it_says_that_it_wants_one(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="locked with a password") as caught:
        open_archive(aes(tmp_path / "a.zip"))
    assert caught.value.code == "encrypted"


def test_bytes_that_were_changed_under_the_lock_are_seen(tmp_path: Path) -> None:
    path = aes(tmp_path / "a.zip", method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)
    with open_archive(path, Secret(PASSWORD)) as archive:
        assert archive.read("b.html") == PAGE
        with pytest.raises(Unreadable, match="damaged"):
            archive.read("a.html")


def test_a_locked_zip_that_was_cut_is_rescued_with_its_password(tmp_path: Path) -> None:
    for path in (aes(tmp_path / "a.zip"), of_1993(tmp_path / "b.zip", FOUR, PASSWORD)):
        path.write_bytes(path.read_bytes()[:-30])
        with open_archive(path, Secret(PASSWORD)) as archive:
            assert set(archive.names()) == set(FOUR)
            assert all(archive.read(name) == PAGE for name in FOUR)
            assert "ends too early" in archive.notes[0]


def test_a_backup_asks_for_its_password_and_opens_with_it(tmp_path: Path) -> None:
    files = {n: d.encode() if isinstance(d, str) else d for n, d in FILES.items()}
    path = aes(tmp_path / "space.zip", files)
    folder = tmp_path / "folder"
    folder.mkdir()
    aes(folder / "space.zip", files)
    for place in (path, folder):
        (field,) = kind_of(str(place)).fields
        assert field.name == ZIP_PASSWORD
        assert field.secret
        source = open_source([str(place)], {ZIP_PASSWORD: Secret(PASSWORD)})
        assert source.name == "spaces-backup"
        posts = list(source.posts())
        assert [post.title for post in posts] == ["Second", "First post"]
        assert all(source.read(p) for post in posts for p in post.photos if p.found)
        with pytest.raises(Unreadable, match="does not open"):
            open_source([str(place)], {ZIP_PASSWORD: Secret("no")})
        with pytest.raises(Unreadable, match="is locked"):
            open_source([str(place)])


def test_without_the_check_of_its_sum_a_changed_file_would_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = aes(tmp_path / "a.zip", method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)
    monkeypatch.setattr(locks.hmac, "compare_digest", lambda one, other: True)
    with open_archive(path, Secret(PASSWORD)) as archive:
        assert archive.read("a.html") != PAGE
