"""The only door to the network: requests out, complete answers or one clear trouble in."""

from __future__ import annotations

import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from wizard import __version__
from wizard.answer import Answer, judge, same_party, stays_here
from wizard.connection import STALL_SECONDS, Dial, Exchange, Line, SecureLine, dial
from wizard.credentials import Secret
from wizard.errors import Ambiguous, NetworkError, Unreachable, Unsafe, WrongParty
from wizard.safe_addresses import unsafe

__all__ = ["Answer", "Session"]

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
ANSWER_BYTES = 32 * 1024 * 1024
_SLOWEST_UPLOAD = 16_000  # bytes per second
_MOST_REDIRECTS = 5
_NO_WORD = 16  # letters: a password that long stands in no post by chance
_PAUSES = (0.25, 1.0)  # seconds between the three tries of a read
_SECRET_HEADERS = ("authorization", "cookie", "proxy-authorization")
# Trouble that a second try a moment later would only meet again.
_LASTING = ("certificate", "no-such-name", "no-tls", "too-big", "late", "silent")


class Session:
    """Asks a site, or several, for one person. Threads may share it.

    Raises only NetworkErrors: Unreachable (nothing was sent), Ambiguous (something may
    have been), Throttled, WrongParty, Unsafe. Any other complete answer is given back,
    whatever its status. Proxies, ``.netrc`` and key logs of the environment count
    nothing. ``seconds`` bound a whole call, ``limit`` the decoded bytes of an answer.
    """

    def __init__(
        self,
        user: str = "",
        password: Secret | None = None,
        *,
        dial: Dial = dial,
        seconds: float = ANSWER_SECONDS,
        limit: int = ANSWER_BYTES,
    ) -> None:
        self._user = user
        self._password = password
        self._seconds = seconds
        self._limit = limit
        self._here = threading.local()
        self._adapter = _Adapter(self._here, dial)

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Reads. Follows redirects, and tries again by itself when the line broke."""
        return self._again(
            lambda until: self._follow(url, params, headers or {}, until)
        )

    def ask(
        self, url: str, data: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Reads by POST, as XML-RPC does: tried again like `get`, never redirected.
        ``data`` may hold a password, so https is asked of every other computer."""

        def once(until: float) -> Answer:
            request = self._prepare("POST", url, None, None, data, headers or {})
            if trouble := unsafe(urlsplit(str(request.url)), secret=True):
                raise trouble
            return stays_here(self._exchange(request, until - time.monotonic()))

        return self._again(once)

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Writes: sent once at most, never redirected."""
        request = self._prepare(method, url, params, json, data, headers or {})
        upload = len(request.body or b"") / _SLOWEST_UPLOAD
        return stays_here(self._exchange(request, self._seconds + upload))

    def close(self) -> None:
        """Hangs up idle lines; the session may be used again."""
        self._adapter.close()

    def _again(self, once: Callable[[float], Answer]) -> Answer:
        until = time.monotonic() + self._seconds
        for pause in _PAUSES:
            try:
                return once(until)
            except (Unreachable, Ambiguous) as trouble:
                too_late = time.monotonic() + pause > until
                if too_late or trouble.code.startswith(_LASTING):
                    raise
            time.sleep(pause)
        return once(until)

    def _follow(
        self,
        url: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        until: float,
    ) -> Answer:
        signed = True
        for _ in range(_MOST_REDIRECTS + 1):
            request = self._prepare("GET", url, params, None, None, headers, signed)
            answer = self._exchange(request, until - time.monotonic())
            if not answer.redirect:
                return answer
            signed = signed and same_party(answer.url, answer.redirect)
            url, params = answer.redirect, None
        raise WrongParty(
            f"{answer.host} sends us round in circles.",
            "Open the address in a browser and use the one it ends at.",
            code="redirect",
        )

    def _prepare(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None,
        json: Any,
        data: bytes | None,
        headers: Mapping[str, str],
        signed: bool = True,
    ) -> requests.PreparedRequest:
        outgoing = {
            "User-Agent": f"Moving-Day/{__version__}",
            "Accept-Encoding": "gzip, deflate",
        }
        for name, value in headers.items():
            if signed or name.lower() not in _SECRET_HEADERS:
                outgoing[name] = value
        if signed and self._password is not None:
            pair = f"{self._user}:{self._password.reveal()}".encode(
                errors="replace"  # half a character is a wrong password, not a crash
            )
            outgoing["Authorization"] = f"Basic {b64encode(pair).decode()}"
        try:
            request = requests.Request(
                method, url, headers=outgoing, params=params, json=json, data=data
            ).prepare()
            # The parser that the adapter uses, on what it will be given.
            parts = urlsplit(request.url or "")
            trouble = unsafe(parts, any(n in request.headers for n in _SECRET_HEADERS))
        except (requests.RequestException, ValueError):
            trouble = Unsafe("This is no address on the web.", "Check its spelling.")
        if trouble:
            raise trouble
        return request

    def _exchange(self, request: requests.PreparedRequest, seconds: float) -> Answer:
        host = urlsplit(str(request.url)).hostname or ""
        exchange = self._here.exchange = Exchange(seconds)
        trouble: NetworkError | None = None
        status, body = 0, bytearray()
        headers: Mapping[str, str] = {}
        try:
            with closing(
                self._adapter.send(
                    request, stream=True, timeout=(CONNECT_SECONDS, STALL_SECONDS)
                )
            ) as response:
                status, headers = response.status_code, response.headers
                for piece in response.iter_content(64 * 1024):
                    body += piece
                    if len(body) > self._limit:
                        raise OverflowError
        except OverflowError:
            trouble = Ambiguous(f"The answer of {host} is too big.", code="too-big")
        except (
            requests.RequestException,
            HTTPError,
            HTTPException,
            OSError,
            ValueError,
        ):
            trouble = _broken(host, exchange)
        if not trouble and status < 200:
            trouble = _broken(host, exchange)
        # Raised out here, so that no library's error, which holds the request and with
        # it the password, clings to ours as its context.
        if trouble:
            raise trouble
        signed = request.headers.get("Authorization", "").encode()
        answer = Answer(
            status, headers, _unsigned(bytes(body), signed), str(request.url)
        )
        judge(answer)
        return answer


class _Adapter(HTTPAdapter):
    """requests' way to urllib3, with our own lines, no retries and no other trust."""

    def __init__(self, here: threading.local, dial: Dial) -> None:
        super().__init__(pool_maxsize=32, max_retries=0)
        pools = {"http": _Pool, "https": _SecurePool}
        self.poolmanager.pool_classes_by_scheme = {
            scheme: partial(pool, here=here, dial=dial)
            for scheme, pool in pools.items()
        }

    def cert_verify(self, conn: Any, *_: object) -> None:
        """Trust is settled by `SecureLine`, not by requests' own bundle."""
        conn.cert_reqs = "CERT_REQUIRED"


class _Pool(HTTPConnectionPool):
    ConnectionCls = Line


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = SecureLine


def _unsigned(body: bytes, signed: bytes) -> bytes:
    """An answer without the sign-in that it was asked with. Pages that are meant for a
    blog's programmers repeat it, and what a blog says ends up in reports."""
    kind, _, pair = signed.partition(b" ")
    if kind != b"Basic":
        return body
    plain = b64decode(pair)
    password = plain.partition(b":")[2]
    for form in (pair, plain, password if len(password) >= _NO_WORD else plain):
        body = body.replace(form, "…".encode())
    return body


def _broken(host: str, exchange: Exchange) -> NetworkError:
    if not exchange.sent:
        return Unreachable(
            f"Nobody answers at {host}.",
            "Check the address and your connection, then try again.",
            code="late" if exchange.late else "no-answer",
        )
    if exchange.slept:
        return Ambiguous(
            f"This computer slept while it was waiting for {host}.",
            "Whether something that was sent has arrived is looked up first.",
            code="slept",
        )
    if exchange.late:
        return Ambiguous(
            f"{host} took too long to answer.",
            "It, or the line to it, is slow at the moment. Nothing is lost.",
            code="late",
        )
    return Ambiguous(
        f"The connection to {host} broke in the middle.",
        "Whether something that was sent has arrived is looked up first.",
        code="broken",
    )
