"""A server's complete answer, and what it says about going on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from json import JSONDecoder
from typing import Any
from urllib.parse import urljoin, urlsplit

from wizard.errors import Ambiguous, Throttled, WrongParty

_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_WAIT = 15 * 60.0  # seconds
_USUAL_WAIT = 60.0
_JSON_STARTS = 64  # how many brackets in the noise are tried


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. ``headers``: case-insensitive. ``url``: where it came from."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)

    @property
    def host(self) -> str:
        """Who answered."""
        return urlsplit(self.url).hostname or ""

    def json(self) -> Any:
        """The JSON in the body, in spite of a byte order mark or PHP's warnings around
        it; raises Ambiguous when there is none."""
        text = self.body.decode("utf-8-sig", errors="replace").strip()
        decoder = JSONDecoder()
        try:
            return decoder.raw_decode(text)[0]
        except (ValueError, RecursionError):
            pass
        # A web page may hold JSON in its scripts, but none that is meant for us.
        page = any(word in text[:4000].lower() for word in ("<html", "<!doctype"))
        best, longest, start = None, 0, 0
        for _ in range(0 if page else _JSON_STARTS):
            found = (text.find("{", start), text.find("[", start))
            if max(found) < 0:
                break
            start = min(at for at in found if at >= 0)
            try:
                value, end = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                start += 1
                continue
            if end - start > longest:
                best, longest = value, end - start
            start = end
        if best is None:
            raise Ambiguous(
                f"{self.host} answered with something that is no data.",
                "In a café or hotel, sign in to its network first, then try again.",
                code="no-json",
            )
        return best

    @property
    def is_json(self) -> bool:
        """Whether `json` would find something."""
        try:
            self.json()
        except Ambiguous:
            return False
        return True

    @property
    def redirect(self) -> str | None:
        """The address it sends us on to, "" if it does not say which, None if it does
        not send us on."""
        if self.status not in _REDIRECTS:
            return None
        place = self.headers.get("location", "")
        # Headers arrive as Latin-1, addresses in them are often written in UTF-8.
        with suppress(UnicodeError):
            place = place.encode("latin-1").decode("utf-8")
        try:
            return urljoin(self.url, place) if place else ""
        except ValueError:
            return ""


def judge(answer: Answer) -> None:
    """Lets every answer pass that speaks for the server itself.

    Raises Throttled (429; 503 with Retry-After) and WrongParty (511).
    """
    if answer.status == 511:
        raise WrongParty(
            "The network this computer is in wants you to sign in first.",
            "Open any page in a browser, sign in there, then try again.",
            code="511",
        )
    wait = answer.headers.get("retry-after")
    if answer.status == 429 or (answer.status == 503 and wait is not None):
        raise Throttled(
            f"{answer.host} asks us to wait.",
            code=str(answer.status),
            seconds=seconds_to_wait(wait or "", answer.headers.get("date", "")),
        )


def stays_here(answer: Answer) -> Answer:
    """The same answer, unless it sends us on, which no write follows: WrongParty."""
    if answer.redirect is None:
        return answer
    there = urlsplit(answer.redirect).hostname or "another place"
    raise WrongParty(
        f"{answer.host} sends us on to {there}.",
        "If the blog has moved there, use that address. In a café or hotel, sign in to "
        "its network first.",
        code="redirect",
    )


def same_party(old: str, new: str) -> bool:
    """Whether who was given a password may be given it again at the new address."""
    a, b = urlsplit(old), urlsplit(new)
    ports = {"http": 80, "https": 443}
    try:
        before = (a.scheme, a.hostname, a.port or ports.get(a.scheme))
        after = (b.scheme, b.hostname, b.port or ports.get(b.scheme))
    except ValueError:
        return False
    safer = before == ("http", a.hostname, 80) and after == ("https", a.hostname, 443)
    return before == after or safer


def seconds_to_wait(retry_after: str, date: str = "") -> float:
    """How long to wait: 1 s to 15 min; a minute when the server says nothing sensible.

    ``retry_after``: seconds, or an HTTP date, measured against the server's own clock
    (its ``Date`` header) as far as it tells it (RFC 9110 §10.2.3).
    """
    try:
        seconds = float(retry_after)
    except ValueError:
        until, now = _http_date(retry_after), _http_date(date)
        if until is None:
            return _USUAL_WAIT
        seconds = (until - (now or datetime.now(UTC))).total_seconds()
        seconds = max(seconds, 0.0)
    if math.isnan(seconds) or seconds < 0:
        return _USUAL_WAIT
    return min(max(seconds, 1.0), _LONGEST_WAIT)


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
