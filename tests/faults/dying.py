"""The real engine in a process of its own that dies where it is told to."""

from __future__ import annotations

import os
import random
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.wordpress import WordPress as Site
from wizard.connection import dial
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.patience import Patience
from wizard.move.reading import read
from wizard.network import Session
from wizard.sources import Source

# Nothing here is slower than a WordPress next door.
HASTY = Patience(settle=0.2, resend=0.5, first=0.05, longest=0.5, give_up=20, tries=5)
DONE, UNDONE, BROKEN = 0, 4, 70


@dataclass(frozen=True, slots=True)
class Errand:
    """One blog on its way to one site with the move file at ``path``."""

    site: Site
    source: Source
    path: Path
    connections: int = 1
    patience: Patience = HASTY


class Points:
    """Counts the places where a program can die, and dies at the one that is wanted."""

    def __init__(self, deadly: int = 0, told: Path | None = None) -> None:
        self._deadly = deadly
        self._told = told.open("w") if told else None
        self._lock = threading.Lock()
        self._count = 0

    def pass_by(self, what: str) -> None:
        """This place is reached."""
        with self._lock:
            self._count += 1
            if self._told:
                print(what, file=self._told, flush=True)
            if self._count == self._deadly:
                os.kill(os.getpid(), signal.SIGKILL)

    def is_next(self, what: str) -> bool:
        """This place lies in the middle of what begins now: is it the deadly one?"""
        with self._lock:
            self._count += 1
            if self._told:
                print(what, file=self._told, flush=True)
            return self._count == self._deadly

    def install(self) -> None:
        """Around every durable step and every request, for the rest of this process."""
        self._around_steps()
        for name in ("get", "send"):
            setattr(Session, name, self._request(getattr(Session, name)))

    def _around_steps(self) -> None:
        writing = Move._writing

        @contextmanager
        def counted(move: Move, **how: bool) -> Iterator[Any]:
            self.pass_by("before a durable step")
            with writing(move, **how) as connection:
                yield connection
            self.pass_by("after a durable step")

        Move._writing = counted  # type: ignore[method-assign]

    def _request(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        def counted(session: Session, *words: str, **more: Any) -> Any:
            name = f"{ask.__name__} {_short(words, more)}"
            self.pass_by(f"before {name}")
            if self.is_next(f"amid {name}"):
                # Before, during and after the moment at which the site does it.
                threading.Timer(_moment(name), _die).start()
                with suppress(Exception):
                    ask(session, *words, **more)
                _die()
            answer = ask(session, *words, **more)
            self.pass_by(f"after {name}")
            return answer

        return counted


class FailingNetwork:
    """Of some lines nothing comes, others break at some moment."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def install(self) -> None:
        """For the rest of this process."""
        assert Session.__init__.__kwdefaults__["dial"] is dial
        Session.__init__.__kwdefaults__["dial"] = self._dial

    def _dial(self, host: str, port: int, seconds: float) -> socket.socket:
        fate = self._dice.random()
        if fate < 0.1:
            port = 9  # nobody answers there
        line = dial(host, port, seconds)
        if fate > 0.8:
            moment = self._dice.uniform(0, 0.06)
            threading.Timer(moment, _break, [line]).start()
        return line


def _break(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _short(words: tuple[str, ...], more: dict[str, Any]) -> str:
    route = words[-1].rpartition("/wp-json")[2] or words[-1]
    wanted = (more.get("json") or {}).get("status", "")
    return " ".join((*words[:-1], route, wanted)).strip()


def _moment(name: str) -> float:
    return random.Random(f"{name} {time.time_ns()}").uniform(0.001, 0.03)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def go(
    errand: Errand,
    *,
    deadly: int = 0,
    told: Path | None = None,
    prepare: Callable[[], object] = lambda: None,
) -> int:
    """Carry the errand out in a process of its own, that dies at point ``deadly``.

    Gives DONE, UNDONE, BROKEN or the negative number of the signal that ended it.
    ``told``: gets one line for each point. ``prepare``: called there before all else.
    """
    return wait(begin(errand, deadly=deadly, told=told, prepare=prepare))


def begin(
    errand: Errand,
    *,
    deadly: int = 0,
    told: Path | None = None,
    prepare: Callable[[], object] = lambda: None,
) -> int:
    """The same without waiting; gives what `wait` takes."""
    child = os.fork()
    if not child:
        status = BROKEN
        with suppress(BaseException):
            prepare()
            Points(deadly, told).install()
            status = _carry_out(errand)
        os._exit(status)
    return child


def wait(child: int) -> int:
    """How it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _carry_out(errand: Errand) -> int:
    with _opened(errand.path) as move:
        stop = threading.Event()
        if not move.noted("choices"):
            move.choices = Choices(time_zone="Europe/Paris")
        if not move.blog:
            list(read(move, errand.source, stop))
        site = errand.site
        there = WordPress(site.url, site.user, Secret(site.password))
        there.check()
        *_, end = run(
            move,
            errand.source,
            there,
            stop,
            connections=errand.connections,
            patience=errand.patience,
        )
    assert isinstance(end, Ended)
    return DONE if end.verdict.complete and not end.paused else UNDONE


def _opened(path: Path) -> Move:
    return Move.open(path) if path.exists() else Move.create(path)
