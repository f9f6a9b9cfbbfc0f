"""A server on loopback that answers with exactly the bytes, and the manners, of a test."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ssl import SSLContext

Manners = Callable[[socket.socket, int], None]


class RawServer:
    """``requests``: what arrived, one item per request. ``lines``: how many connections.

    ``manners`` is called for each request with the line and the request's number.
    """

    def __init__(self, manners: Manners, tls: SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        self.lines = 0
        self.manners = manners
        self._tls = tls
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.lines += 1
            self._open.append(line)
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError):
            line.settimeout(20)
            if self._tls:
                line = self._tls.wrap_socket(line, server_side=True)
                self._open.append(line)
            while request := read_request(line):
                self.requests.append(request)
                self.manners(line, len(self.requests))
        with suppress(OSError):
            line.close()

    def close(self) -> None:
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def read_request(line: socket.socket) -> bytes:
    """One request with its body, or b"" at the end of the line."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for row in head.lower().split(b"\r\n"):
        if row.startswith(b"content-length:"):
            length = int(row.partition(b":")[2])
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            return b""
        body += piece
    return head + b"\r\n\r\n" + body


def reply(
    body: bytes = b"{}",
    status: str = "200 OK",
    kind: str = "application/json",
    **headers: str,
) -> bytes:
    """A complete and correct answer; ``retry_after="5"`` becomes ``Retry-After: 5``."""
    rows = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
    ]
    rows += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*rows, "", ""]).encode("utf-8") + body


def says(*answers: bytes) -> Manners:
    """Gives these answers in turn; the last one again and again."""

    def manners(line: socket.socket, number: int) -> None:
        line.sendall(answers[min(number, len(answers)) - 1])

    return manners


@contextmanager
def serving(manners: Manners, tls: SSLContext | None = None) -> Iterator[RawServer]:
    server = RawServer(manners, tls)
    try:
        yield server
    finally:
        server.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def drops(line: socket.socket, number: int) -> None:
    line.shutdown(socket.SHUT_RDWR)
    line.close()


def resets(line: socket.socket, number: int) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def says_and_drops(what: bytes):
    def manners(line: socket.socket, number: int) -> None:
        line.sendall(what)
        drops(line, number)

    return manners


def drips(what: bytes, seconds: float = 0.05):
    def manners(line: socket.socket, number: int) -> None:
        with suppress(OSError):
            for byte in what:
                line.sendall(bytes([byte]))
                time.sleep(seconds)

    return manners
