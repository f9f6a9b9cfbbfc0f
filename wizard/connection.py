"""One connection to a server: how a name becomes a line, and whether a byte has left on it."""

from __future__ import annotations

import errno
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.client import HTTPResponse, IncompleteRead
from io import BufferedReader, RawIOBase
from typing import Any, cast

import truststore
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from wizard.errors import MoveError, Unreachable, Unsafe

NAME_SECONDS = 10.0  # the system's own look-up may hang for a minute
STALL_SECONDS = 30.0  # nothing moves, in either direction
IDLE_SECONDS = 5.0  # servers close idle lines about then; a write must not meet that
_PIECE = 256 * 1024
_MOST_ADDRESSES = 6
# Hung up in the middle of shaking hands, as those do who block a site by its name.
_CUT = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
_OFFLINE = (errno.ENETUNREACH, errno.ENETDOWN)
_NAP = 5.0  # seconds more than a step may take: we stood still, not the server

Place = tuple[socket.AddressFamily, Any]  # what the system calls a socket address
Dial = Callable[[str, int, float], socket.socket]


def look_up(host: str, port: int) -> list[Place]:
    """Every place behind a name, in the system's order; raises Unreachable or Unsafe."""
    answer: queue.SimpleQueue[list[Place] | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put([(family, place) for family, _, _, _, place in found])
        except BaseException as error:
            answer.put(error)  # whoever waits for it gets it

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    outcome: list[Place] | BaseException = TimeoutError()
    with suppress(queue.Empty):
        outcome = answer.get(timeout=NAME_SECONDS)
    if isinstance(outcome, list):
        return outcome
    if isinstance(outcome, ValueError):
        raise Unsafe(f"“{host}” is no address.", "Please check its spelling.")
    if not isinstance(outcome, OSError):
        raise outcome
    if isinstance(outcome, socket.gaierror) and outcome.errno != socket.EAI_AGAIN:
        raise Unreachable(
            f"There is no server with the name “{host}”.",
            "Please check the spelling. The site may also have closed for good.",
            code="no-such-name",
        )
    raise Unreachable(
        f"The name “{host}” cannot be looked up at the moment.",
        "This computer may not be connected to the internet right now.",
        code="no-names",
    )


def reach(host: str, places: list[Place], seconds: float) -> socket.socket:
    """A line to the first of these places that answers; raises Unreachable.

    Each is tried for at most ``seconds``, so a broken IPv6 does not hide a good IPv4.
    """
    trouble: OSError = OSError()
    for family, place in places[:_MOST_ADDRESSES]:
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(seconds)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.connect(place)
            return line
        except OSError as error:
            line.close()
            trouble = error
    hint = "Please check the address and your connection, then try again."
    if trouble.errno in _OFFLINE:
        title, code = "This computer has no connection to the network.", "offline"
        hint = "Switch it on, or wait until it is back. Nothing is lost."
    elif isinstance(trouble, ConnectionRefusedError):
        title, code = f"The server {host} does not take connections.", "refused"
        hint = "It may be starting anew. Nothing is lost."
    else:
        title, code = f"Nobody answers at {host}.", "no-answer"
    raise Unreachable(title, hint, code=code)


def dial(host: str, port: int, seconds: float) -> socket.socket:
    """A line to a server that the person named; raises Unreachable or Unsafe."""
    return reach(host, look_up(host, port), seconds)


class Exchange:
    """One request under way. ``sent``: a byte may have left.

    Time-outs of sockets are per read, so a server that drips one byte now and then
    would hold us for ever; this bounds the whole to ``seconds``.
    """

    def __init__(self, seconds: float) -> None:
        self.sent = False
        self._until = time.monotonic() + seconds
        self._until_by_the_clock = time.time() + seconds

    @property
    def late(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self._until

    @property
    def slept(self) -> bool:
        """Whether this computer, or this program, stood still meanwhile: no step waits
        much longer than its exchange has time. Some clocks stop while a computer
        sleeps, the one on the wall does not."""
        late = time.monotonic() - self._until, time.time() - self._until_by_the_clock
        return max(late) > _NAP

    def patience(self, most: float = STALL_SECONDS) -> float:
        """How long the next step may take, in seconds; raises TimeoutError if not at all."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, most)


class _Patient(RawIOBase):
    """What arrives on a line, for as long as its exchange has time."""

    def __init__(self, arriving: RawIOBase, line: socket.socket, exchange: Exchange):
        self._arriving = arriving
        self._line = line
        self._exchange = exchange

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._line.settimeout(self._exchange.patience())
        return self._arriving.readinto(buffer)

    def close(self) -> None:
        self._arriving.close()
        super().close()


class _Lines(BufferedReader):
    """Remembers the last line that was read."""

    last = b""

    def readline(self, size: int | None = -1, /) -> bytes:
        self.last = super().readline(size)
        return self.last


class _WholeHead(HTTPResponse):
    """Python's reader of answers takes an end in the middle of the headers for the end
    of the headers; half a "201 Created" would then pass for an empty one."""

    def __init__(
        self, exchange: Exchange, line: socket.socket, *args: Any, **rest: Any
    ) -> None:
        super().__init__(line, *args, **rest)
        self.fp = self._lines = _Lines(_Patient(self.fp.detach(), line, exchange))

    def begin(self) -> None:
        super().begin()
        if self._lines.last not in (b"\r\n", b"\n"):
            raise IncompleteRead(self._lines.last)


class Line(HTTPConnection):
    """urllib3's connection, which tells its `Exchange` when the first byte leaves."""

    def __init__(self, *args: Any, here: Any, dial: Dial, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._here = here
        self._dial = dial
        self._used = time.monotonic()

    def _new_conn(self) -> socket.socket:
        assert self.port is not None
        seconds = self._here.exchange.patience(float(self.timeout or STALL_SECONDS))
        return self._dial(self._dns_host, self.port, seconds)

    def connect(self) -> None:
        trouble: MoveError
        try:
            super().connect()
            return
        except _CUT:
            trouble = _broken_before(self.host)
        except ssl.SSLError as error:
            trouble = _certificate_trouble(self.host, error)
        except (OSError, HTTPError):
            trouble = _broken_before(self.host)
        self.close()
        raise trouble

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        exchange: Exchange = self._here.exchange
        self.response_class = cast(Any, partial(_WholeHead, exchange))
        self._used = time.monotonic()
        # In pieces: a time-out bounds a whole `sendall`, and a big photo on a slow
        # line takes longer than any stall.
        for start in range(0, len(data), _PIECE):
            self.sock.settimeout(exchange.patience())
            exchange.sent = True
            super().send(memoryview(data)[start : start + _PIECE])

    @property
    def is_connected(self) -> bool:
        return time.monotonic() - self._used < IDLE_SECONDS and super().is_connected


class SecureLine(Line, HTTPSConnection):
    """The same over TLS, with the certificates this computer trusts."""

    def connect(self) -> None:
        # One context per line: truststore holds a context's lock for a whole handshake.
        self.ssl_context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().connect()


def _broken_before(host: str) -> Unreachable:
    return Unreachable(
        f"The connection to {host} broke before it was made.",
        "Please try again in a moment. If it stays so, this network may block the site: "
        "try another one.",
        code="no-answer",
    )


def _certificate_trouble(host: str, error: ssl.SSLError) -> Unreachable:
    code = getattr(error, "verify_code", 0)
    why = str(getattr(error, "verify_message", "")).lower()
    if not isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(
            f"No secure connection to {host} could be made.",
            "The server may not offer one (https). Please check the address.",
            code="no-tls",
        )
    if code in (9, 10) or "expired" in why:
        words, code_word = "has expired or is not valid yet", "expired"
    elif code in (62, 64) or "match" in why:
        words, code_word = "belongs to another name", "wrong-name"
    else:
        words, code_word = (
            "was issued by somebody this computer does not know",
            "issuer",
        )
    return Unreachable(
        f"The certificate of {host} {words}, so nobody can tell who is answering.",
        "Check this computer's clock. In a café or hotel, sign in to its network first. "
        "Otherwise ask whoever runs the site to renew the certificate.",
        code=f"certificate-{code_word}",
    )
