"""What can happen to one request between us and WordPress, one function for each thing."""

from __future__ import annotations

import email.utils
import gzip
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from tests.faults.messages import HTML, Pairs, Reply, Request, page
from tests.faults.proxy import Fault, Line

# How long our program waits for an answer, before it looks and before it sends again
# while it is tested here; what is late is late by these.
DEADLINE = 1.5
SETTLE = 0.3
RESEND = 1.0


def answer(status: int, headers: Pairs = HTML, body: bytes | None = None) -> Fault:
    """Somebody else answers; the blog hears nothing of it."""
    said = page(f"Error {status}") if body is None else body
    return lambda line: line.say(Reply(status, headers, said).raw())


def instead(status: int, headers: Pairs = HTML, body: bytes | None = None) -> Fault:
    """The blog has done it, and somebody else answers."""

    def fault(line: Line) -> None:
        line.forward()
        answer(status, headers, body)(line)

    return fault


def changed(change: Callable[[Reply], Reply]) -> Fault:
    """The blog's answer arrives changed."""
    return lambda line: line.say(change(line.forward()).raw())


def wait(retry_after: str | None, status: int = 429) -> Fault:
    extra = () if retry_after is None else (("Retry-After", retry_after),)
    return answer(status, (*HTML, *extra))


def soon(line: Line) -> None:
    wait(email.utils.formatdate(time.time() + 1, usegmt=True))(line)


def down(line: Line) -> None:
    line.reset()
    line.proxy.down(0.3)


def half_request(line: Line) -> None:
    line.proxy.half(line.request)
    line.reset()


def commit_reset(line: Line) -> None:
    line.forward()
    line.reset()


def commit_close(line: Line) -> None:
    line.forward()


def piece(share: float) -> Fault:
    def fault(line: Line) -> None:
        whole = line.forward().raw()
        line.say(whole[: int(len(whole) * share)])

    return fault


def half_body(line: Line) -> None:
    reply = line.forward()
    line.say(reply.raw()[: -(len(reply.body) // 2 + 1)])


def short_length(line: Line) -> None:
    reply = line.forward()
    line.say(reply.raw(length=max(1, len(reply.body) // 2)))


def long_length(line: Line) -> None:
    reply = line.forward()
    line.say(reply.raw(length=len(reply.body) + 100))


def bad_chunks(line: Line) -> None:
    reply = line.forward()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    line.say(head + b"%x\r\n" % len(reply.body) + reply.body + b"\r\nzz\r\n")


def bad_gzip(line: Line) -> None:
    reply = line.forward()
    packed = gzip.compress(reply.body)
    headers = (*reply.headers, ("Content-Encoding", "gzip"))
    line.say(Reply(reply.status, headers, packed[: len(packed) // 2]).raw())


def drips(line: Line) -> None:
    whole = line.forward().raw()
    until = time.monotonic() + DEADLINE * 2
    for byte in whole:
        if time.monotonic() > until:
            break
        line.say(bytes([byte]))
        time.sleep(0.05)


def silent(line: Line) -> None:
    line.forward()
    line.wait_for_the_client(DEADLINE * 2)


def zombie(seconds_after: float) -> Fault:
    def fault(line: Line) -> None:
        line.later(DEADLINE + seconds_after)
        line.wait_for_the_client(DEADLINE * 2)

    return fault


def truncated(reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


def wrong_number(reply: Reply) -> Reply:
    body = re.sub(rb'"id":(\d+)', lambda m: b'"id":%d' % (int(m[1]) + 1000), reply.body)
    return replace(reply, body=body)


def swapped(line: Line) -> None:
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


def twice(line: Line) -> None:
    """A box in the middle sends it once more by itself, and passes on the last answer."""
    line.forward()
    line.say(line.forward().raw())


def twice_first(line: Line) -> None:
    first = line.forward()
    line.forward()
    line.say(first.raw())


def without_fresh(target: str) -> str:
    return re.sub(r"[?&]_=\d+", "", target)


def cached(line: Line) -> None:
    """A cache gives the list as it was a moment ago."""
    wanted, since = without_fresh(line.request.target), time.monotonic() - 0.5
    known = [
        reply
        for when, asked, reply in line.proxy.seen.get(line.request.route, [])
        if when > since and asked.method == "GET"
        if without_fresh(asked.target) == wanted
    ]
    line.say((known[0] if known else line.forward()).raw())


def lagging(line: Line) -> None:
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


def sent_otherwise(change: Callable[[Request], Request]) -> Fault:
    """The blog receives something else than was sent."""
    return lambda line: line.say(line.forward(change(line.request)).raw())


def cut(request: Request) -> Request:
    return request.with_body(request.body[: len(request.body) // 2])


def flipped(request: Request) -> Request:
    middle = len(request.body) // 2
    flipped = bytes([request.body[middle] ^ 0x20])
    return request.with_body(
        request.body[:middle] + flipped + request.body[middle + 1 :]
    )


def fatal(request: Request) -> Request:
    return replace(request, headers=(*request.headers, ("X-Fatal", "1")))


def http10(line: Line) -> None:
    reply = line.forward()
    whole = reply.raw().replace(b"HTTP/1.1", b"HTTP/1.0", 1)
    line.say(re.sub(rb"Content-Length: \d+\r\n", b"", whole, count=1))


def hundreds(line: Line) -> None:
    whole = line.forward().raw()
    line.say(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + whole)


def endless_headers(line: Line) -> None:
    line.forward()
    line.say(b"HTTP/1.1 200 OK\r\n")
    for number in range(5000):
        line.say(b"X-%d: %s\r\n" % (number, b"x" * 50))


def endless_body(line: Line) -> None:
    line.forward()
    line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    for _ in range(64):
        line.say(b"x" * 1024 * 1024)


def keeps_quietly_closed(line: Line) -> None:
    line.pass_on()
    line.keep = False


def away(host: str, status: int) -> Fault:
    def fault(line: Line) -> None:
        there = line.proxy.url.replace("127.0.0.1", host) + "/elsewhere/"
        line.say(Reply(status, (*HTML, ("Location", there))).raw())

    return fault
