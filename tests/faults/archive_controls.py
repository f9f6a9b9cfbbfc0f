"""The same child with one protection taken away: then the harm must happen."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from tests.faults.figures import Figure
from tests.faults.hostile_archives import Case, every_case


def _set(module: str, name: str, value: object) -> None:
    import importlib

    setattr(importlib.import_module(module), name, value)


_ARCHIVE = "wizard.sources.archive"


def _no_overlap_check() -> None:
    _set(f"{_ARCHIVE}.zip_contents", "overlap", lambda files, end: False)


def _no_ratio() -> None:
    _set(f"{_ARCHIVE}.zips", "MAX_RATIO", 10**9)


def _no_size() -> None:
    from wizard.sources.archive.folders import FolderFiles

    _set(f"{_ARCHIVE}.folders", "MAX_ENTRY", 10**12)
    FolderFiles.size = lambda self, name: 1  # type: ignore[method-assign]


def _no_limit_of_files() -> None:
    _set(f"{_ARCHIVE}.zip_contents", "MAX_ENTRIES", 10**9)
    _set(f"{_ARCHIVE}.zip_contents", "_MAX_LIST", 10**12)


def _any_password() -> None:
    from wizard.sources.archive.zips import ZipFiles

    def unlock(self: ZipFiles, zip_name: str, password: object) -> None:
        self._key = b"anything"

    ZipFiles._unlock = unlock  # type: ignore[method-assign]


def _no_rescue() -> None:
    from wizard.sources.archive.rescue import Rescued

    _set(f"{_ARCHIVE}.zip_contents", "rescued", lambda file: Rescued())


def _no_sums() -> None:
    import zlib

    class Blind:
        """Whatever the sum has to be, it is that."""

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    class Module:
        crc32 = staticmethod(lambda data: Blind())

        def __getattr__(self, name: str) -> Any:
            return getattr(zlib, name)

    _set(f"{_ARCHIVE}.zips", "zlib", Module())


def _links_followed() -> None:
    from wizard.sources.archive.folders import FolderFiles

    FolderFiles._inside = lambda self, name: True  # type: ignore[method-assign]


def _odd_names_dropped() -> None:
    from wizard.sources.archive import zip_names

    _set(
        f"{_ARCHIVE}.zip_contents", "tamed",
        lambda name: zip_names.safe_name(name) or "desktop.ini",
    )  # fmt: skip


def _one_name_one_file() -> None:
    _set(f"{_ARCHIVE}.zip_contents", "unique", lambda names: list(names))


# What is taken away, and the cases of which at least one must then end badly.
PROTECTIONS: dict[str, tuple[Callable[[], None], str]] = {
    "overlap": (_no_overlap_check, "that share"),
    "ratio": (_no_ratio, "a picture that swells"),
    "size": (_no_size, "8 GB"),
    "files": (_no_limit_of_files, "250,000"),
    "password": (_any_password, "a wrong password"),
    "rescue": (_no_rescue, "the sample cut at"),
    "sums": (_no_sums, "a sum of"),
    "links": (_links_followed, "leads outside"),
    "names": (_odd_names_dropped, "name leads elsewhere"),
    "twins": (_one_name_one_file, "files of one name"),
}


def concerned(name: str, limit: int = 3) -> Iterator[Case]:
    """The first cases that this protection is for."""
    found = (case for case in every_case(1) if PROTECTIONS[name][1] in case.name)
    with suppress(StopIteration):
        for _ in range(limit):
            yield next(found)


def controls() -> Figure:
    """Every protection taken away in its turn; ``wrong`` names those nobody missed."""
    from tests.faults.archives import Reader, tried

    unmissed = []
    for name in PROTECTIONS:
        with Reader(name) as reader:
            if not any(tried(case, reader)[0] for case in concerned(name)):
                unmissed.append(name)
    return Figure(
        "archives read without a protection", len(PROTECTIONS), len(PROTECTIONS),
        tuple(unmissed), control=True, note=", ".join(PROTECTIONS),
    )  # fmt: skip


if __name__ == "__main__":
    PROTECTIONS[sys.argv[1]][0]()
    runpy.run_module("tests.faults.archive_reader", run_name="__main__")
