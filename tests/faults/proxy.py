"""A proxy on loopback in front of a real WordPress that does to our requests what bad lines, boxes and hosts do."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from tests.faults.messages import PORTAL, Reply, Request
from tests.raw_server import read_request

# Only these are disturbed: a stranger, or whoever compares, sees the site as it is.
OURS = "Moving-Day/"
_LONGEST = 30.0  # seconds for the server itself


class Line:
    """One request on its way, for a fault to do with it as it likes. What a fault
    does not answer is closed."""

    def __init__(self, proxy: Proxy, socket: socket.socket, request: Request) -> None:
        self.proxy = proxy
        self.request = request
        self.keep = False
        self._socket = socket

    def forward(self, request: Request | None = None) -> Reply:
        """The server's own answer, remembered."""
        return self.proxy.ask(request or self.request)

    def pass_on(self) -> None:
        """As if there were no proxy."""
        reply = self.forward()
        asks_only = self.request.method == "HEAD"
        self.say(
            reply.raw(int(reply.header("content-length"))) if asks_only else reply.raw()
        )
        self.keep = True

    def say(self, data: bytes) -> None:
        self._socket.sendall(data)

    def reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._socket.close()

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def wait_for_the_client(self, seconds: float) -> None:
        """Return when it has hung up, at last after so many seconds."""
        self._socket.settimeout(seconds)
        with suppress(OSError):
            self._socket.recv(1)

    def later(self, seconds: float) -> None:
        """Reaches the server after so long, whoever still waits for it."""

        def go() -> None:
            time.sleep(seconds)
            with suppress(OSError, http.client.HTTPException):
                self.forward()

        self.proxy.hand_over(go)


Fault = Callable[[Line], None]
Policy = Callable[[int, Request], tuple[str, Fault] | None]


class Proxy:
    """``policy`` names what happens to each of our requests, by its number. ``counts``:
    what happened how often; ``strangers``: requests with our password that reached a
    host it was not meant for."""

    def __init__(self) -> None:
        self.policy: Policy = lambda number, request: None
        self.counts: Counter[str] = Counter()
        self.heard = 0
        self.strangers: list[str] = []
        self.seen: dict[str, list[tuple[float, Request, Reply]]] = {}
        self._server = 0
        self._lock = threading.Lock()
        self._late: list[threading.Thread] = []
        self._listener: socket.socket | None = None
        self._place = ("127.0.0.1", 0)
        self.listen()
        self.url = f"http://127.0.0.1:{self._place[1]}"

    def serve(self, port: int) -> None:
        """The server is at this port of this computer."""
        self._server = port

    def begin(self, policy: Policy) -> None:
        """From now on this policy, with new counts; waits for what is still late."""
        self.settle()
        self.policy, self.counts, self.heard = policy, Counter(), 0
        self.seen = {}

    def settle(self) -> None:
        """Return when everything that is late has arrived."""
        while self._late:
            self._late.pop().join(_LONGEST)

    def listen(self) -> None:
        self._listener = socket.create_server(self._place, backlog=128)
        self._place = self._listener.getsockname()
        threading.Thread(
            target=self._accept, args=(self._listener,), daemon=True
        ).start()

    def down(self, seconds: float) -> None:
        """No connection is taken for a while, as when a server restarts."""
        with self._lock:
            if not self._listener:
                return
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
            time.sleep(seconds)
            self.listen()

    def close(self) -> None:
        self.settle()
        with self._lock:
            if self._listener:
                with suppress(OSError):
                    self._listener.shutdown(socket.SHUT_RDWR)
                self._listener.close()
                self._listener = None

    def hand_over(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._late.append(thread)
        thread.start()

    def ask(self, request: Request) -> Reply:
        asking = http.client.HTTPConnection("127.0.0.1", self._server, timeout=_LONGEST)
        try:
            asking.putrequest(request.method, request.target, True, True)
            for name, value in request.without("connection").headers:
                asking.putheader(name, value)
            asking.putheader("Connection", "close")
            asking.endheaders(request.body)
            answer = asking.getresponse()
            reply = Reply(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            asking.close()
        if request.route:
            self.seen.setdefault(request.route, []).append(
                (time.monotonic(), request, reply)
            )
        return reply

    def half(self, request: Request) -> None:
        """The server sees the first half of it and then nothing more."""
        with (
            suppress(OSError),
            socket.create_connection(
                ("127.0.0.1", self._server), timeout=_LONGEST
            ) as line,
        ):
            line.sendall(request.raw[: len(request.raw) - len(request.body) // 2 - 1])

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with suppress(OSError, http.client.HTTPException), client:
            client.settimeout(_LONGEST)
            while data := read_request(client):
                line = Line(self, client, Request.read(data))
                self._handle(line)
                if not line.keep:
                    line.close()
                    return

    def _handle(self, line: Line) -> None:
        request = line.request
        if not request.header("host").startswith("127.0.0.1"):
            if request.header("authorization"):
                self.strangers.append(request.target)
            line.say(PORTAL.raw())
            return
        chosen = None
        if request.header("user-agent").startswith(OURS):
            with self._lock:
                self.heard += 1
                number = self.heard
            chosen = self.policy(number, request)
        if chosen is None:
            line.pass_on()
            return
        name, fault = chosen
        with self._lock:
            self.counts[name] += 1
        fault(line)
