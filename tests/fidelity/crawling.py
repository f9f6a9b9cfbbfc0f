"""Follows every link of the served blog as its owner, and tells which lead nowhere."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from urllib.parse import unquote, urldefrag, urljoin

import requests
from lxml import html

from tests.fidelity.lines import Lines
from tests.fidelity.normal import is_gone

MOST = 3000
# A line about what was lost tells where it was.
LINKS = "//a[not(ancestor::em[contains(@class, 'moving-day-missing')])]/@href"
# Doors for those who write, and ways to answer a comment.
_DOORS = re.compile(r"/wp-(?:admin|login|json)|replytocom=|/feed/|xmlrpc")


def crawl(
    home: str,
    places: Iterable[str],
    hosts: Iterable[str],
    listed: Iterable[str],
    lines: Lines,
    cookies: Iterable[tuple[str, str]],
) -> None:
    """From the front page and these places on. ``hosts``: where the old blog lived;
    ``listed``: the links that the program says still lead there."""
    session = requests.Session()
    session.cookies.update(dict(cookies))
    gone, told = tuple(hosts), set(listed)
    waiting = deque([(f"{home}/", "the front page"), *((p, p) for p in places)])
    pages: dict[str, tuple[int, frozenset[str]]] = {}
    checked: set[str] = set()
    old: set[tuple[str, str]] = set()
    while waiting and len(pages) < MOST:
        address, where = waiting.popleft()
        if address in checked:
            continue
        checked.add(address)
        page, part = urldefrag(address)
        if page not in pages:
            answer = session.get(page, timeout=60)
            is_page = "html" in answer.headers.get("Content-Type", "")
            tree = (
                html.fromstring(answer.content) if is_page and answer.content else None
            )
            found = tree.xpath("//@id | //a/@name") if tree is not None else ()
            pages[page] = answer.status_code, frozenset(map(str, found))
            for href in tree.xpath(LINKS) if tree is not None else ():
                target = _absolute(page, str(href))
                if target.startswith(f"{home}/") and not _DOORS.search(target):
                    waiting.append((target, page))
                elif is_gone(target, gone):
                    old.add((target, page))
        status, names = pages[page]
        lines.where = where
        fine = status < 400 and (not part or part in names or unquote(part) in names)
        lines.check("links on every page that resolve", fine, f"{address} ({status})")
    for target, page in old:
        lines.where = page
        lines.check("links to the old host are listed", target in told, target)


def _absolute(page: str, href: str) -> str:
    try:
        return urljoin(page, href.strip())
    except ValueError:
        return href
