"""Compares where the links of a post led with where they lead now."""

from __future__ import annotations

import hashlib

from tests.fidelity.eyes import Link, Page
from tests.fidelity.files import file_at
from tests.fidelity.lines import Lines
from tests.fidelity.moved import There, Verdict
from tests.fidelity.old import Leads, Old


def compare_links(
    lines: Lines, old: Old, pages: tuple[Page, Page], verdict: Verdict, there: There
) -> None:
    """In their order, each with its words: within the post, to other posts, to files
    that came along, and away."""
    before, after = pages
    wanted, found = [], []
    for link in before.links:
        place = _place(link)
        if leads := old.links.get(link.href):
            place = _new_home(leads, verdict, there)
        elif (data := file_at(place)) is not None:
            place = _called(data)
        elif place.startswith(("file:", "javascript:")):
            continue
        wanted.append((link.text, place))
    for link in after.links:
        number = there.number(link.whole)
        place = _called(there.full(number)) if number else _place(link)
        found.append((link.text, place))
    lines.each("links", wanted, found)
    for link in before.links:
        if link.href[0] == "#" and link.href[1:] in before.anchors:
            told = f"{link.href} leads nowhere"
            lines.check("places within a post", link.href[1:] in after.anchors, told)


def _place(link: Link) -> str:
    return link.href if link.href.startswith("#") else link.whole


def _called(data: bytes) -> str:
    return f"a file of {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:8]}"


def _new_home(leads: Leads, verdict: Verdict, there: There) -> str:
    if leads.part == "home":
        return f"{there.site.url}/"
    number = verdict.numbers.get(leads.key, 0)
    row = there.posts.get(number)
    if not row:
        return f"nowhere: {leads.key}"
    public = row["status"] == "publish"
    place = str(row["link"]) if public else f"{there.site.url}/?p={number}"
    if isinstance(leads.part, int):
        said = there.comments.get(number, [])
        return f"{place}#comment-{said[leads.part]['id']}"
    # Where nobody has said anything there is no such place.
    silent = leads.part == "comments" and not there.comments.get(number)
    return f"{place}#{leads.part}" if leads.part and not silent else place
