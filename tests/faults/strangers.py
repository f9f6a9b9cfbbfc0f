"""Addresses that strangers wrote into posts, and whether one leads into a private network."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from tests.faults.figures import Figure
from tests.lures import FORBIDDEN, PUBLIC, Canary, names
from tests.raw_server import reply, says, serving
from wizard.connection import Place
from wizard.errors import MoveError, NetworkError
from wizard.network import Session
from wizard.public_pictures import PublicPictures

PICTURE = b"\xff\xd8\xff\xe0 a picture"
GOOD = "http://pictures.example/a.jpg"
PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1")
_LOOKS = 12  # how often each changing name is asked for


def figures(scale: float, seed: int) -> Iterator[Figure]:
    with serving(says(reply(PICTURE, kind="image/jpeg"))) as server:
        canary = Canary(server)
        attempts = [*_direct(canary), *_redirected(canary), *_rebound(canary, seed)]
        wrong = tuple(name for name, attempt in attempts if attempt())
        sung = _sings(canary)
    yield Figure(
        "Photos at private addresses: connections made",
        len(attempts),
        60,
        wrong,
        note=f"{len(set(FORBIDDEN))} addresses, each also as a redirect, and names that "
        f"change; {sung} public ones did arrive",
    )
    reachable = [url for url in FORBIDDEN if _leads_somewhere(url)]
    with serving(says(reply(PICTURE))) as server:
        canary = Canary(server)
        quiet = tuple(url for url in reachable if not _unchecked(canary, url))
    yield Figure(
        "Photos at private addresses, without the check",
        len(reachable),
        40,
        quiet,
        control=True,
    )


Attempt = tuple[str, Callable[[], bool]]  # True: it got where it must not


def _direct(canary: Canary) -> Iterator[Attempt]:
    for url in FORBIDDEN:
        yield url, lambda url=url: _asked(canary, url, set())


def _redirected(canary: Canary) -> Iterator[Attempt]:
    for number, url in enumerate(FORBIDDEN):
        if not url or url.startswith("//") or not url.isascii():
            continue  # the page that sends us there decides what such a link means

        def attempt(url: str = url, code: int = (301, 302, 303, 307, 308)[number % 5]):
            canary.server.manners = says(reply(b"", f"{code} Go", location=url))
            return _asked(canary, GOOD, {PUBLIC})

        yield f"{GOOD} → {url}", attempt


def _rebound(canary: Canary, seed: int) -> Iterator[Attempt]:
    """Names that are public when they are judged and private a moment later."""
    chance = random.Random(seed)
    for address in PRIVATE:
        for turn in range(_LOOKS):
            answers = [PUBLIC, address] * 3
            if turn % 3 == 1:
                chance.shuffle(answers)

            def look_up(
                host: str, port: int, answers=answers, turn=turn
            ) -> list[Place]:
                # Now and then both at once.
                both = answers[:2] if turn % 3 == 2 else [answers.pop(0)]
                return [(socket.AF_INET, (each, port)) for each in both]

            def attempt(look_up=look_up) -> bool:
                canary.server.manners = says(reply(PICTURE))
                return any(_asked(canary, GOOD, {PUBLIC}, look_up) for _ in range(3))

            yield f"a name that turns into {address}, {turn}", attempt


def _asked(
    canary: Canary,
    url: str,
    allowed: set[str],
    look_up: Callable[[str, int], list[Place]] = names,
) -> bool:
    """Whether a line was made to anywhere but the ``allowed`` addresses."""
    canary.meant.clear()
    pictures = PublicPictures(look_up=look_up, reach=canary.reach)
    with suppress(MoveError):
        pictures.fetch(url)
    pictures.close()
    return not {address for _, address in canary.meant} <= allowed


def _sings(canary: Canary) -> int:
    """How many public addresses reach the listener: it must not be deaf."""
    canary.server.manners = says(reply(PICTURE))
    public = (GOOD, "http://other.example/", "https://1.1.1.1/")
    return sum(_asked(canary, url, set()) for url in public)


def _leads_somewhere(url: str) -> bool:
    """Whether a program without any care would make a line for this address."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and parts.username is None
            and "\\" not in url
            and parts.port is None
            and bool(parts.hostname)
            and bool(names(str(parts.hostname), 80))
        )
    except (ValueError, NetworkError):
        return False


def _unchecked(canary: Canary, url: str) -> bool:
    """Whether a Session without the check makes a line."""

    def dial(host: str, port: int, seconds: float) -> socket.socket:
        return canary.reach(host, names(host, port), seconds)

    before = canary.server.lines
    session = Session(dial=dial)
    with suppress(MoveError):
        session.get(url.replace("https:", "http:"))
    session.close()
    return canary.server.lines > before
