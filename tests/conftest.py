"""What every test lives in: a made-up home, no screen, no network but this computer's."""

from __future__ import annotations

import atexit
import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Before anything asks for the person's folders, or Qt for a screen. Programs that a test
# starts inherit all of it.
HOME = Path(tempfile.mkdtemp(prefix="moving-day-home-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
(HOME / "runtime").mkdir(mode=0o700)
os.environ.update(
    HOME=str(HOME),
    USERPROFILE=str(HOME),
    XDG_CACHE_HOME=str(HOME / "cache"),
    XDG_CONFIG_HOME=str(HOME / "config"),
    XDG_DATA_HOME=str(HOME / "data"),
    XDG_STATE_HOME=str(HOME / "state"),
    XDG_RUNTIME_DIR=str(HOME / "runtime"),
    # Secrets of tests stay in memory: nobody answers for a keyring, nor on its bus.
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    DBUS_SESSION_BUS_ADDRESS="disabled:",
    no_proxy="localhost,127.0.0.1",
    NO_PROXY="localhost,127.0.0.1",
)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest  # noqa: E402

from tests.wordpress import WordPress, start  # noqa: E402


class LeftThisComputer(Exception):
    """A test asked for the network; not an OSError, which would look like a bad line."""


def _stay_here(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        # What is no pair is the path of a socket in the file system.
        place = arguments[1]
        host = place[0] if isinstance(place, tuple) else None
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name.endswith(".invalid"):
        # The one name that never exists, for tests of names that do not exist.
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if name != "localhost" and not _is_loopback(name):
        raise LeftThisComputer(f"{event} {name}: tests stay on this computer")


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


sys.addaudithook(_stay_here)


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """The newest WordPress, shared by all tests: leave it as you would find it."""
    with start("newest") as site:
        yield site


@pytest.fixture(scope="session")
def oldest_wordpress() -> Iterator[WordPress]:
    """The oldest WordPress we promise to serve, shared by all tests."""
    with start("oldest") as site:
        yield site


@pytest.fixture
def fresh_wordpress() -> Iterator[WordPress]:
    """The newest WordPress, empty and for one test alone."""
    with start("newest") as site:
        yield site
