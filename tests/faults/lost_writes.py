"""What is left on a disk after a power cut: all that was synced, and of the rest anything."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.recording_disk import cut, put

Operation = Sequence[Any]
SECTOR = 512


@dataclass
class Left:
    """The durable part of a disk, and what has been asked of it since the last sync."""

    names: dict[str, int] = field(default_factory=dict)
    files: dict[int, bytearray] = field(default_factory=dict)
    pending_names: list[Operation] = field(default_factory=list)
    pending: dict[int, list[Operation]] = field(default_factory=dict)

    def do(self, operation: Operation) -> None:
        """The program asked for this; only a sync makes it durable."""
        what, *details = operation
        if what in ("create", "unlink", "rename"):
            self.pending_names.append(operation)
        elif what in ("write", "truncate"):
            self.pending.setdefault(details[0], []).append(operation)
        elif what == "sync":
            for earlier in self.pending.pop(details[0], []):
                _apply(self.files.setdefault(details[0], bytearray()), earlier)
        elif what == "sync names":
            _rename(self.names, self.pending_names)
            self.pending_names.clear()

    def survivors(self, survives: Survives) -> dict[str, bytes]:
        """The files by name when the current comes back."""
        names = dict(self.names)
        files = {number: bytearray(file) for number, file in self.files.items()}
        # A file system keeps its own books in order: of names, only the last are lost.
        _rename(names, survives(self.pending_names, True))
        for number, operations in self.pending.items():
            for operation in survives(operations, False):
                _apply(files.setdefault(number, bytearray()), operation)
        return {name: bytes(files.get(number, b"")) for name, number in names.items()}


# Which of some unsynced operations survive; True: none but the last may be missing.
Survives = Callable[[Sequence[Operation], bool], Sequence[Operation]]


def none(operations: Sequence[Operation], in_order: bool) -> Sequence[Operation]:
    return ()


def everything(operations: Sequence[Operation], in_order: bool) -> Sequence[Operation]:
    return operations


def anything(dice: random.Random) -> Survives:
    """The first few, or here and there one, and of some writes only the beginning."""
    only_first = dice.random() < 0.4

    def survives(operations: Sequence[Operation], in_order: bool) -> list[Operation]:
        if in_order or only_first:
            return list(operations[: dice.randint(0, len(operations))])
        return [_torn(one, dice) for one in operations if dice.random() < 0.6]

    return survives


def operations(log: Path) -> Iterator[Operation]:
    """What `recording_disk` wrote down."""
    for line in log.read_text().splitlines():
        yield json.loads(line)


def _torn(operation: Operation, dice: random.Random) -> Operation:
    if operation[0] != "write" or dice.random() < 0.7:
        return operation
    what, number, offset, data = operation
    sectors = len(data) // 2 // SECTOR
    return what, number, offset, data[: 2 * SECTOR * dice.randint(0, sectors)]


def _apply(file: bytearray, operation: Operation) -> None:
    if operation[0] == "write":
        put(file, operation[2], bytes.fromhex(operation[3]))
    else:
        cut(file, operation[2])


def _rename(names: dict[str, int], operations: Sequence[Operation]) -> None:
    for what, name, *rest in operations:
        if what == "create":
            names[name] = rest[0]
        elif what == "unlink":
            names.pop(name, None)
        elif name in names:
            names[rest[0]] = names.pop(name)
