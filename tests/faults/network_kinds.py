"""Every kind of fault by name: what happens, to which requests, and what a person must be told of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.faults.messages import HTML, JSON, PORTAL, Request, page, told
from tests.faults.network_faults import (
    answer,
    away,
    bad_chunks,
    bad_gzip,
    cached,
    changed,
    commit_close,
    commit_reset,
    cut,
    down,
    drips,
    endless_body,
    endless_headers,
    fatal,
    flipped,
    half_body,
    half_request,
    http10,
    hundreds,
    instead,
    keeps_quietly_closed,
    lagging,
    long_length,
    piece,
    sent_otherwise,
    short_length,
    silent,
    soon,
    swapped,
    truncated,
    twice,
    twice_first,
    wait,
    wrong_number,
    zombie,
)
from tests.faults.proxy import Fault, Line, Policy

Fits = Callable[[Request], bool]


def anything(request: Request) -> bool:
    return bool(request.route)


def writes(request: Request) -> bool:
    return bool(request.route) and request.method != "GET"


def makes(request: Request) -> bool:
    return request.makes


def reads(request: Request) -> bool:
    return bool(request.route) and request.method == "GET"


def lists(request: Request) -> bool:
    return reads(request) and "search" not in request.target


def uploads(request: Request) -> bool:
    return request.makes and request.route == "media"


def looks(request: Request) -> bool:
    return request.method == "HEAD"


def texts(request: Request) -> bool:
    return writes(request) and request.body.startswith(b"{")


@dataclass(frozen=True, slots=True)
class Kind:
    """``told``: what the person must have read when it happens to writes; "": nothing,
    as nothing of it need be felt. ``fits``: which requests it can happen to."""

    name: str
    do: Fault
    told: str = ""
    fits: Fits = writes


_BROKE = "broke in the middle|broke off in the middle|took too long"
_STUMBLED = "server stumbled|did not answer in time"
_CAFE = "web page answered"
_SLOWER = "go more slowly"
_NOISE = (
    b"<br />\n<b>Warning</b>: Undefined key in <b>/a.php</b> on line <b>3</b><br />\n"
)
_UPDATING = page(
    "Briefly unavailable for scheduled maintenance. Check back in a minute."
)
_AFTER = b'\n<!-- 0.2 s, 31 queries --> {"profile": [1, 2, 3]}'
_CODE_IN_HTML = page("There has been a critical error on this website.")
_DEEP = b'{"id":' * 50_000

KINDS: tuple[Kind, ...] = (
    # Lines that break
    Kind("reset before anything", Line.reset, _BROKE, anything),
    Kind("closed before anything", Line.close, _BROKE, anything),
    Kind("no connection for a while", down, f"{_BROKE}|not take connections", writes),
    Kind("half a request", half_request, _BROKE),
    Kind("done, then reset", commit_reset, _BROKE),
    Kind("done, then closed", commit_close, _BROKE),
    Kind("half the headers", piece(0.1), _BROKE, anything),
    Kind("half the body", half_body, _BROKE, anything),
    Kind("shorter than it says", long_length, _BROKE, anything),
    Kind("longer than it says", short_length, _BROKE, anything),
    Kind("broken chunks", bad_chunks, _BROKE, anything),
    Kind("broken gzip", bad_gzip, _BROKE, anything),
    Kind("closed while idle", keeps_quietly_closed, "", anything),
    # Too late
    Kind("drip by drip", drips, "took too long"),
    Kind("done, never answered", silent, "took too long"),
    Kind("done right after we gave up", zombie(0.1), "took too long", makes),
    Kind("done after the first look", zombie(0.45), "took too long", makes),
    # Servers and gateways
    Kind("500 before", answer(500), _STUMBLED, anything),
    Kind("502 before", answer(502), _STUMBLED, anything),
    Kind("503 before", answer(503), _STUMBLED, anything),
    Kind("504 before", answer(504), _STUMBLED, anything),
    Kind("500 after", instead(500), _STUMBLED),
    Kind("500 after, in JSON", instead(500, JSON, told("internal_server_error", "A critical error.", 500)), _STUMBLED),
    Kind("502 after", instead(502), _STUMBLED),
    Kind("503 after, with a time", instead(503, (*HTML, ("Retry-After", "1"))), "too busy"),
    Kind("504 after", instead(504), _STUMBLED),
    Kind("524 after", instead(524), _STUMBLED),
    Kind("fatal error in a plugin after the insert", sent_otherwise(fatal), _STUMBLED, makes),
    Kind("page of a critical error as 200", instead(200, HTML, _CODE_IN_HTML), _CAFE),
    # Asked to wait
    Kind("429 with seconds", wait("2"), _SLOWER, anything),
    Kind("429 with a date", soon, _SLOWER, anything),
    Kind("429 without a time", wait(None), _SLOWER, anything),
    Kind("429 for ages", wait("99999999999"), _SLOWER, anything),
    Kind("429 with less than nothing", wait("-5"), _SLOWER, anything),
    Kind("429 with nonsense", wait("soon"), _SLOWER, anything),
    Kind("maintenance", answer(503, (*HTML, ("Retry-After", "600")), _UPDATING), "is being updated", anything),
    # Somebody else
    Kind("café: 200", lambda line: line.say(PORTAL.raw()), _CAFE, anything),
    Kind("café: 302", away("localhost", 302), "sends us on", anything),
    Kind("café: 511", answer(511), "wants you to sign in", anything),
    Kind("sent on, same host", away("127.0.0.1", 301), "sends us on|No WordPress|door for programs"),
    Kind("sent on, other host, method kept", away("localhost", 308), "sends us on"),
    Kind("401 once", answer(401, JSON, told("incorrect_password", "Wrong.", 401)), "no longer accepts"),
    Kind("401 from somebody else", answer(401), "a password of its own"),
    Kind("password dropped on the way", sent_otherwise(lambda r: r.without("authorization")), "no longer accepts"),
    Kind("firewall", answer(403), "A firewall"),
    Kind("firewall with JSON", answer(403, JSON, b'{"code": 1020, "message": "no"}'), "A firewall"),
    Kind("413", answer(413), "too big", uploads),
    Kind("404 page", answer(404), "door for programs", anything),
    Kind("photo not shown", answer(404, (*HTML, ("Connection", "close")), b""), "does not show it", looks),
    Kind("refused with HTML in its words", answer(400, JSON, told("rest_odd", "<b>No</b><script>x</script>", 400)), "refused this"),
    # Noise and nonsense
    Kind("warning before", changed(lambda r: replace(r, body=_NOISE + r.body)), "", anything),
    Kind("byte order mark", changed(lambda r: replace(r, body=b"\xef\xbb\xbf" + r.body)), "", anything),
    Kind("more after it", changed(lambda r: replace(r, body=r.body + _AFTER)), "", anything),
    Kind("empty 200", instead(200, HTML, b""), "empty answer"),
    Kind("204", instead(204, HTML, b""), "empty answer"),
    Kind("half the JSON", changed(truncated), "broke off|no data|not to what"),
    Kind("deep JSON", instead(200, JSON, _DEEP), "broke off"),
    Kind("endless headers", endless_headers, _BROKE),
    Kind("endless body", endless_body, "too big|took too long|broke"),
    Kind("HTTP/1.0 without a length", http10, "", anything),
    Kind("100 and 103 first", hundreds, "", anything),
    Kind("wrong number", changed(wrong_number), "", lambda r: writes(r) and not r.makes),
    Kind("another's answer", swapped, "", anything),
    # Boxes that do more than they should
    Kind("sent twice, last answer", twice, "", makes),
    Kind("sent twice, first answer", twice_first, "", makes),
    Kind("cached list", cached, "", lists),
    Kind("list of a moment ago", lagging, "", lists),
    Kind("cut upload", sent_otherwise(cut), "did not reach the new blog", uploads),
    Kind("changed upload", sent_otherwise(flipped), "did not reach the new blog", uploads),
    Kind("cut text", sent_otherwise(cut), "did not reach the new blog", texts),
)  # fmt: skip


def at_random(seed: int, share: float, kinds: Sequence[Kind] = KINDS) -> Policy:
    """A policy that follows from the seed, the request's number and its place alone."""

    def policy(number: int, request: Request) -> tuple[str, Fault] | None:
        dice = random.Random(f"{seed} {number} {request.method} {request.route}")
        if dice.random() >= share:
            return None
        fitting = [kind for kind in kinds if kind.fits(request)]
        if not fitting:
            return None
        kind = dice.choice(fitting)
        return kind.name, kind.do

    return policy
