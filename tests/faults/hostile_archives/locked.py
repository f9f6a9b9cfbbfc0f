"""Zips with a password: given, wrong, none, and with the lock itself damaged."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyzipper

from tests.faults.hostile_archives.case import (
    ERROR,
    FINE,
    KEPT,
    NOTE,
    Case,
    as_file,
    blog,
    page,
    written,
)
from tests.faults.hostile_archives.zip_bytes import Item, items, zip_bytes
from wizard.sources.locked_zip import ZIP_PASSWORD

PASSWORD = "Straße 7"
_RIGHT = {ZIP_PASSWORD: PASSWORD}
_WRONG = {ZIP_PASSWORD: "Strasse 7"}


def locked() -> Iterator[Case]:
    fine, note, error = frozenset({FINE}), frozenset({NOTE}), frozenset({ERROR})
    for lock in ("1993", 128, 192, 256):
        make = _locked(lock)
        for said, answers, ends, posts, says in (
            ("the right password", _RIGHT, fine, 3, ""),
            ("a wrong password", _WRONG, error, 0, "does not open with this password"),
            ("no password", {}, error, 0, "is locked with a password"),
            ("an empty password", {ZIP_PASSWORD: ""}, error, 0, "is locked"),
        ):
            yield Case(
                f"lock {lock}, {said}",
                make,
                ends,
                posts,
                posts,
                answers=answers,
                says=says,
            )
        yield Case(f"lock {lock}, cut", _changed(make, _cut), note, 2, answers=_RIGHT)
        yield Case(
            f"lock {lock}, in a folder", _moved(make), fine, 3, 3, answers=_RIGHT
        )
        yield Case(
            f"lock {lock}, a byte changed",
            _changed(make, _flipped),
            KEPT,
            2,
            2,
            answers=_RIGHT,
        )
    odd = Item(b"x.html", page(9).encode(), method=99, flags=1, extra=_aes_extra(9))
    for name, item in {
        "AES of a strength that is none": odd,
        "AES without its facts": Item(b"x.html", b"x" * 99, method=99, flags=1),
        "locked by a certificate": Item(b"x.html", b"x" * 99, flags=0x41),
        "AES with three bytes": Item(
            b"x.html", b"xyz", method=99, flags=1, extra=_aes_extra(3)
        ),
        "ZipCrypto with three bytes": Item(b"x.html", b"xyz", method=0, flags=1),
    }.items():
        data = zip_bytes([*items(blog()), item])
        ends = frozenset({NOTE, ERROR})
        yield Case(name, as_file("a.zip", data), ends, answers=_RIGHT)


def _locked(lock: str | int) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "a.zip"
        if isinstance(lock, str):
            files = written(blog())(folder / "files")
            subprocess.run(
                ["zip", "-q", "-r", "-P", PASSWORD, str(path), "."],
                cwd=files,
                check=True,
            )
            return path
        with pyzipper.AESZipFile(path, "w", pyzipper.ZIP_DEFLATED) as file:
            file.setpassword(PASSWORD.encode())
            file.setencryption(pyzipper.WZ_AES, nbits=lock)
            for name, data in blog().items():
                file.writestr(name, data)
        return path

    return make


def _changed(
    make: Callable[[Path], Path], change: Callable[[bytes], bytes]
) -> Callable[[Path], Path]:
    def changed(folder: Path) -> Path:
        path = make(folder)
        path.write_bytes(change(path.read_bytes()))
        return path

    return changed


def _moved(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    def moved(folder: Path) -> Path:
        path = make(folder)
        (folder / "show").mkdir()
        path.rename(folder / "show" / "a.zip")
        return folder / "show"

    return moved


def _cut(data: bytes) -> bytes:
    return data[:-40]


def _flipped(data: bytes) -> bytes:
    at = data.index(b"PK\x03\x04") + 120
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


def _aes_extra(strength: int) -> bytes:
    return b"\x01\x99\x07\x00\x02\x00AE" + bytes([strength]) + b"\x08\x00"
