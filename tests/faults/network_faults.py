"""What can happen to one request between us and WordPress, one function or row for each kind."""

from __future__ import annotations

import email.utils
import gzip
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tests.faults.proxy import (
    HTML,
    JSON,
    PORTAL,
    Fault,
    Line,
    Pairs,
    Policy,
    Reply,
    Request,
    page,
    told,
)

# How long our program waits for an answer, before it looks and before it sends again
# while it is tested here; what is late is late by these.
DEADLINE = 1.2
SETTLE = 0.3
RESEND = 1.0

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


# Faults


def _answer(status: int, headers: Pairs = HTML, body: bytes | None = None) -> Fault:
    """Somebody else answers; the blog hears nothing of it."""
    said = page(f"Error {status}") if body is None else body
    return lambda line: line.say(Reply(status, headers, said).raw())


def _instead(status: int, headers: Pairs = HTML, body: bytes | None = None) -> Fault:
    """The blog has done it, and somebody else answers."""

    def fault(line: Line) -> None:
        line.forward()
        _answer(status, headers, body)(line)

    return fault


def _changed(change: Callable[[Reply], Reply]) -> Fault:
    """The blog's answer arrives changed."""
    return lambda line: line.say(change(line.forward()).raw())


def _wait(retry_after: str | None, status: int = 429) -> Fault:
    extra = () if retry_after is None else (("Retry-After", retry_after),)
    return _answer(status, (*HTML, *extra))


def _soon(line: Line) -> None:
    _wait(email.utils.formatdate(time.time() + 1, usegmt=True))(line)


def _down(line: Line) -> None:
    line.reset()
    line.proxy.down(0.3)


def _half_request(line: Line) -> None:
    line.proxy.half(line.request)
    line.reset()


def _commit_reset(line: Line) -> None:
    line.forward()
    line.reset()


def _commit_close(line: Line) -> None:
    line.forward()


def _piece(share: float) -> Fault:
    def fault(line: Line) -> None:
        whole = line.forward().raw()
        line.say(whole[: int(len(whole) * share)])

    return fault


def _half_body(line: Line) -> None:
    reply = line.forward()
    line.say(reply.raw()[: -(len(reply.body) // 2 + 1)])


def _short_length(line: Line) -> None:
    reply = line.forward()
    line.say(reply.raw(length=max(1, len(reply.body) // 2)))


def _long_length(line: Line) -> None:
    reply = line.forward()
    line.say(reply.raw(length=len(reply.body) + 100))


def _bad_chunks(line: Line) -> None:
    reply = line.forward()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    line.say(head + b"%x\r\n" % len(reply.body) + reply.body + b"\r\nzz\r\n")


def _bad_gzip(line: Line) -> None:
    reply = line.forward()
    packed = gzip.compress(reply.body)
    headers = (*reply.headers, ("Content-Encoding", "gzip"))
    line.say(Reply(reply.status, headers, packed[: len(packed) // 2]).raw())


def _drips(line: Line) -> None:
    whole = line.forward().raw()
    until = time.monotonic() + DEADLINE * 2
    for byte in whole:
        if time.monotonic() > until:
            break
        line.say(bytes([byte]))
        time.sleep(0.05)


def _silent(line: Line) -> None:
    line.forward()
    line.wait_for_the_client(DEADLINE * 2)


def _zombie(seconds_after: float) -> Fault:
    def fault(line: Line) -> None:
        line.later(DEADLINE + seconds_after)
        line.wait_for_the_client(DEADLINE * 2)

    return fault


def _truncated(reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


def _wrong_number(reply: Reply) -> Reply:
    body = re.sub(rb'"id":(\d+)', lambda m: b'"id":%d' % (int(m[1]) + 1000), reply.body)
    return replace(reply, body=body)


def _swapped(line: Line) -> None:
    """What somebody else was told who asked for something like it."""
    reply = line.forward()
    request = line.request
    one = bool(re.search(r"/\d+(\?|$)", request.target))
    others = [
        other
        for _, asked, other in line.proxy.seen[request.route]
        if (asked.method == request.method or (one and asked.method != "DELETE"))
        and asked.body + asked.target.encode() != request.body + request.target.encode()
        and other.status < 300
        and other.body[:1] == reply.body[:1]
        and other.body != reply.body
    ]
    line.say((others[-1] if others else reply).raw())


def _twice(line: Line) -> None:
    """A box in the middle sends it once more by itself, and passes on the last answer."""
    line.forward()
    line.say(line.forward().raw())


def _twice_first(line: Line) -> None:
    first = line.forward()
    line.forward()
    line.say(first.raw())


def _without_fresh(target: str) -> str:
    return re.sub(r"[?&]_=\d+", "", target)


def _cached(line: Line) -> None:
    """A cache gives the list as it was a moment ago."""
    wanted, since = _without_fresh(line.request.target), time.monotonic() - 0.5
    known = [
        reply
        for when, asked, reply in line.proxy.seen.get(line.request.route, [])
        if when > since and asked.method == "GET"
        if _without_fresh(asked.target) == wanted
    ]
    line.say((known[0] if known else line.forward()).raw())


def _lagging(line: Line) -> None:
    """The list comes from a copy of the database that learns everything a bit later."""
    now = time.monotonic()
    young = set()
    for when, asked, reply in line.proxy.seen.get(line.request.route, []):
        if asked.makes and now - when < SETTLE / 2:
            with suppress(ValueError):
                young.add(json.loads(reply.body).get("id"))
    reply = line.forward()
    with suppress(ValueError):
        rows = json.loads(reply.body)
        if isinstance(rows, list):
            kept = [row for row in rows if row.get("id") not in young]
            reply = replace(reply, body=json.dumps(kept).encode())
    line.say(reply.raw())


def _sent_otherwise(change: Callable[[Request], Request]) -> Fault:
    """The blog receives something else than was sent."""
    return lambda line: line.say(line.forward(change(line.request)).raw())


def _cut(request: Request) -> Request:
    return request.with_body(request.body[: len(request.body) // 2])


def _flipped(request: Request) -> Request:
    middle = len(request.body) // 2
    flipped = bytes([request.body[middle] ^ 0x20])
    return request.with_body(
        request.body[:middle] + flipped + request.body[middle + 1 :]
    )


def _fatal(request: Request) -> Request:
    return replace(request, headers=(*request.headers, ("X-Fatal", "1")))


def _http10(line: Line) -> None:
    reply = line.forward()
    whole = reply.raw().replace(b"HTTP/1.1", b"HTTP/1.0", 1)
    line.say(re.sub(rb"Content-Length: \d+\r\n", b"", whole, count=1))


def _hundreds(line: Line) -> None:
    whole = line.forward().raw()
    line.say(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + whole)


def _endless_headers(line: Line) -> None:
    line.forward()
    line.say(b"HTTP/1.1 200 OK\r\n")
    for number in range(5000):
        line.say(b"X-%d: %s\r\n" % (number, b"x" * 50))


def _endless_body(line: Line) -> None:
    line.forward()
    line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    for _ in range(64):
        line.say(b"x" * 1024 * 1024)


def _keeps_quietly_closed(line: Line) -> None:
    line.pass_on()
    line.keep = False


def _away(host: str, status: int) -> Fault:
    def fault(line: Line) -> None:
        there = line.proxy.url.replace("127.0.0.1", host) + "/elsewhere/"
        line.say(Reply(status, (*HTML, ("Location", there))).raw())

    return fault


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
    Kind("no connection for a while", _down, f"{_BROKE}|not take connections", writes),
    Kind("half a request", _half_request, _BROKE),
    Kind("done, then reset", _commit_reset, _BROKE),
    Kind("done, then closed", _commit_close, _BROKE),
    Kind("half the headers", _piece(0.1), _BROKE, anything),
    Kind("half the body", _half_body, _BROKE, anything),
    Kind("shorter than it says", _long_length, _BROKE, anything),
    Kind("longer than it says", _short_length, _BROKE, anything),
    Kind("broken chunks", _bad_chunks, _BROKE, anything),
    Kind("broken gzip", _bad_gzip, _BROKE, anything),
    Kind("closed while idle", _keeps_quietly_closed, "", anything),
    # Too late
    Kind("drip by drip", _drips, "took too long"),
    Kind("done, never answered", _silent, "took too long"),
    Kind("done right after we gave up", _zombie(0.1), "took too long", makes),
    Kind("done after the first look", _zombie(0.45), "took too long", makes),
    # Servers and gateways
    Kind("500 before", _answer(500), _STUMBLED, anything),
    Kind("502 before", _answer(502), _STUMBLED, anything),
    Kind("503 before", _answer(503), _STUMBLED, anything),
    Kind("504 before", _answer(504), _STUMBLED, anything),
    Kind("500 after", _instead(500), _STUMBLED),
    Kind("500 after, in JSON", _instead(500, JSON, told("internal_server_error", "A critical error.", 500)), _STUMBLED),
    Kind("502 after", _instead(502), _STUMBLED),
    Kind("503 after, with a time", _instead(503, (*HTML, ("Retry-After", "1"))), "too busy"),
    Kind("504 after", _instead(504), _STUMBLED),
    Kind("524 after", _instead(524), _STUMBLED),
    Kind("fatal error in a plugin after the insert", _sent_otherwise(_fatal), _STUMBLED, makes),
    Kind("page of a critical error as 200", _instead(200, HTML, _CODE_IN_HTML), _CAFE),
    # Asked to wait
    Kind("429 with seconds", _wait("2"), _SLOWER, anything),
    Kind("429 with a date", _soon, _SLOWER, anything),
    Kind("429 without a time", _wait(None), _SLOWER, anything),
    Kind("429 for ages", _wait("99999999999"), _SLOWER, anything),
    Kind("429 with less than nothing", _wait("-5"), _SLOWER, anything),
    Kind("429 with nonsense", _wait("soon"), _SLOWER, anything),
    Kind("maintenance", _answer(503, (*HTML, ("Retry-After", "600")), _UPDATING), "is being updated", anything),
    # Somebody else
    Kind("café: 200", lambda line: line.say(PORTAL.raw()), _CAFE, anything),
    Kind("café: 302", _away("localhost", 302), "sends us on", anything),
    Kind("café: 511", _answer(511), "wants you to sign in", anything),
    Kind("sent on, same host", _away("127.0.0.1", 301), "sends us on|No WordPress|door for programs"),
    Kind("sent on, other host, method kept", _away("localhost", 308), "sends us on"),
    Kind("401 once", _answer(401, JSON, told("incorrect_password", "Wrong.", 401)), "no longer accepts"),
    Kind("401 from somebody else", _answer(401), "a password of its own"),
    Kind("password dropped on the way", _sent_otherwise(lambda r: r.without("authorization")), "no longer accepts"),
    Kind("firewall", _answer(403), "A firewall"),
    Kind("firewall with JSON", _answer(403, JSON, b'{"code": 1020, "message": "no"}'), "A firewall"),
    Kind("413", _answer(413), "too big", uploads),
    Kind("404 page", _answer(404), "door for programs", anything),
    Kind("refused with HTML in its words", _answer(400, JSON, told("rest_odd", "<b>No</b><script>x</script>", 400)), "refused this"),
    # Noise and nonsense
    Kind("warning before", _changed(lambda r: replace(r, body=_NOISE + r.body)), "", anything),
    Kind("byte order mark", _changed(lambda r: replace(r, body=b"\xef\xbb\xbf" + r.body)), "", anything),
    Kind("more after it", _changed(lambda r: replace(r, body=r.body + _AFTER)), "", anything),
    Kind("empty 200", _instead(200, HTML, b""), "empty answer"),
    Kind("204", _instead(204, HTML, b""), "empty answer"),
    Kind("half the JSON", _changed(_truncated), "broke off|no data|not to what"),
    Kind("deep JSON", _instead(200, JSON, _DEEP), "broke off"),
    Kind("endless headers", _endless_headers, _BROKE),
    Kind("endless body", _endless_body, "too big|took too long|broke"),
    Kind("HTTP/1.0 without a length", _http10, "", anything),
    Kind("100 and 103 first", _hundreds, "", anything),
    Kind("wrong number", _changed(_wrong_number), "", lambda r: writes(r) and not r.makes),
    Kind("another's answer", _swapped, "", anything),
    # Boxes that do more than they should
    Kind("sent twice, last answer", _twice, "", makes),
    Kind("sent twice, first answer", _twice_first, "", makes),
    Kind("cached list", _cached, "", lists),
    Kind("list of a moment ago", _lagging, "", lists),
    Kind("cut upload", _sent_otherwise(_cut), "did not reach the new blog", uploads),
    Kind("changed upload", _sent_otherwise(_flipped), "did not reach the new blog", uploads),
    Kind("cut text", _sent_otherwise(_cut), "did not reach the new blog", texts),
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
