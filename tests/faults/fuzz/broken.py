"""Doors with a fault in them on purpose: a fuzzer that does not find it finds nothing."""

from __future__ import annotations

from contextlib import suppress

from tests.faults.fuzz import seeds
from tests.faults.fuzz.targets import Target
from wizard.content.cleaning import plain_text
from wizard.errors import MoveError
from wizard.sources.dates import DateReader
from wizard.sources.metaweblog.xmlrpc import parse


def _dates(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if DateReader([text]).read(text) is None and "2010" in text:
        raise IndexError("as when a part of a date is missing")


def _xmlrpc(data: bytes) -> None:
    with suppress(MoveError):
        parse(data, "blog.example")
    if b"\0" in data:
        raise ValueError("as lxml says of what XML forbids")


def _html(data: bytes) -> None:
    # As the others it does something, too: a guide needs ways to see.
    plain_text(data.decode("utf-8", "replace"))
    if data.count(b"<div>") > 2:
        raise RecursionError("as with a page that is too deep")


BROKEN = {
    "broken dates": Target("dates", _dates, seeds.dates),
    "broken xmlrpc": Target("xmlrpc", _xmlrpc, seeds.calls),
    "broken html": Target("html", _html, seeds.htmls),
}
