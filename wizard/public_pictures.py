"""Pictures at addresses that strangers wrote, fetched without touching anything private."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from wizard.connection import Place, dial, look_up, reach
from wizard.errors import Ambiguous, PhotoMissing, Unreachable, Unsafe
from wizard.network import Session

PICTURE_BYTES = 30 * 1024 * 1024
PICTURE_SECONDS = 60.0
_PORTS = (80, 443)
_NOT_FOR_ALL = (401, 403, 404, 410)
_SILENT_SECONDS = 60.0  # how long a dead host is left alone
_V6_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Reserved by RFC 6890, yet public to older Pythons; some clouds keep secrets there.
_RESERVED = ipaddress.IPv4Network("192.0.0.0/24")


class PublicPictures:
    """Fetches pictures; threads may share it. Nothing that names a person is sent.

    Only http and https on their own ports, and only hosts all of whose addresses are
    public; the line goes to exactly the addresses that were judged, at every redirect
    anew. ``homes``: addresses of the blog that the person named; their hosts and ports may
    be anywhere, as a blog in one's own network is asked about anyway.
    """

    def __init__(
        self,
        *homes: str,
        look_up: Callable[[str, int], list[Place]] = look_up,
        reach: Callable[[str, list[Place], float], socket.socket] | None = None,
    ) -> None:
        self._homes = {_host_and_port(home) for home in homes}
        self._look_up = look_up
        self._reach = reach or reach_exactly
        self._silent: dict[str, float] = {}
        self._session = Session(
            dial=self._dial, seconds=PICTURE_SECONDS, limit=PICTURE_BYTES
        )

    def fetch(self, url: str) -> bytes:
        """The bytes behind ``url``, not yet examined; raises PhotoMissing (it is gone),
        Unsafe (it is not asked for) or another NetworkError (perhaps later)."""
        missing = ""
        try:
            answer = self._session.get(url, headers={"Accept": "image/*, */*;q=0.5"})
        except Ambiguous as trouble:
            if trouble.code != "too-big":
                raise
            missing = "This photo is bigger than 30 MB."
        if missing:
            raise PhotoMissing(missing, "Save it yourself and make it smaller.")
        if answer.status >= 500:
            raise Ambiguous(
                f"{answer.host} has trouble of its own.",
                "Try again later.",
                code=str(answer.status),
            )
        if answer.status != 200 or not answer.body:
            missing = f"The photo is not at {answer.host} any more."
        elif answer.body[:64].lstrip().lower().startswith((b"<!doctype", b"<html")):
            missing = f"{answer.host} has a web page where the photo was."
        if missing:
            raise PhotoMissing(missing, code=str(answer.status))
        return answer.body

    def opens(self, url: str) -> bool:
        """Whether anybody may read the page at ``url``; raises NetworkError, too, where
        an answer does not tell."""
        answer = self._session.get(url)
        if answer.status != 200 and answer.status not in _NOT_FOR_ALL:
            raise Ambiguous(
                f"{answer.host} did not show a page that it may show another time.",
                "Try again later.",
                code=str(answer.status),
            )
        asked, opened = urlsplit(url), urlsplit(answer.url)
        # Who may not read is often sent to a page for signing in, which does open.
        there = (asked.hostname, asked.path.rstrip("/"))
        return answer.status == 200 and there == (
            opened.hostname,
            opened.path.rstrip("/"),
        )

    def close(self) -> None:
        """Hangs up idle lines."""
        self._session.close()

    def _dial(self, host: str, port: int, seconds: float) -> socket.socket:
        if (host.lower(), port) in self._homes:
            return dial(host, port, seconds)
        if port not in _PORTS:
            raise Unsafe(
                f"The photo's address leads to an unusual port of {host}.", code="port"
            )
        if time.monotonic() < self._silent.get(host, 0.0):
            raise Unreachable(f"Nobody answered at {host} a moment ago.", code="silent")
        try:
            places = self._look_up(host, port)
            if not places or not all(is_public(str(place[0])) for _, place in places):
                raise Unsafe(
                    f"The photo's address, {host}, is not on the public internet.",
                    "Photos from private networks are never fetched.",
                    code="private",
                )
            return self._reach(host, places, seconds)
        except Unreachable as trouble:
            if trouble.code in ("no-answer", "no-such-name"):
                self._silent[host] = time.monotonic() + _SILENT_SECONDS
            raise


def fetch_picture(url: str) -> bytes:
    """One picture from the public internet; see `PublicPictures.fetch`."""
    pictures = PublicPictures()
    try:
        return pictures.fetch(url)
    finally:
        pictures.close()


def reach_exactly(host: str, places: list[Place], seconds: float) -> socket.socket:
    """A line to one of these places and, whatever the system did, to no other."""
    line = reach(host, places, seconds)
    if line.getpeername()[0] not in [place[0] for _, place in places]:
        line.close()
        raise Unsafe(f"Somebody else answers for {host}.", code="peer")
    return line


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, whichever way it is
    wrapped: IPv4 in IPv6 (RFC 4291), 6to4 (RFC 3056), NAT64 (RFC 6052)."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None:
            return ip in _V6_UNICAST and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast and ip not in _RESERVED


def _host_and_port(address: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None
