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
_UPDATING = b"Briefly unavailable for scheduled maintenance"
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
        best, longest, start = None, 0, 0
        # A web page may hold JSON in its scripts, but none that is meant for us.
        for _ in range(0 if self.is_page else _JSON_STARTS):
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
            if not text:
                title = f"{self.host} gave an empty answer."
            elif text[0] in "{[":
                title = f"{self.host} broke off in the middle of its answer."
            else:
                title = f"{self.host} answered with something that is no data."
            raise Ambiguous(
                title,
                "Its server, or something on the way to it, has trouble.",
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
    def is_page(self) -> bool:
        """Whether it is something for people to look at."""
        begin = self.body[:4000].lower()
        return b"<html" in begin or b"<!doctype html" in begin

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

    Raises Throttled (429; 503 with Retry-After or of a blog under maintenance) and
    WrongParty (511).
    """
    if answer.status == 511:
        raise WrongParty(
            "The network this computer is in wants you to sign in first.",
            "Open any page in a browser and sign in there.",
            code="511",
        )
    wait = answer.headers.get("retry-after")
    seconds = seconds_to_wait(wait or "", answer.headers.get("date", ""))
    if answer.status == 503 and _UPDATING in answer.body:
        raise Throttled(
            f"The blog at {answer.host} is being updated at the moment.",
            "That takes a minute or two as a rule. Nothing is lost.",
            code="503",
            # WordPress always says ten minutes, and is back much sooner.
            seconds=min(seconds, _USUAL_WAIT),
        )
    if answer.status == 503 and wait is not None:
        raise Throttled(
            f"{answer.host} is too busy, or closed for maintenance, at the moment.",
            "It says when to come back. Nothing is lost.",
            code="503",
            seconds=seconds,
        )
    if answer.status == 429:
        raise Throttled(
            f"{answer.host} wants us to go more slowly.",
            "Blogs limit how much one computer may ask in a while. Nothing is lost.",
            code="429",
            seconds=seconds,
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
