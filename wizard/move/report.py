"""The report of a move: one page of HTML that can be kept, printed and shown around.

It holds no password and no reader's e-mail address, and of posts that were not public
neither titles nor pictures. It asks nothing of the network, runs no script, and is
written post by post, so that a big blog does not have to fit into memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from wizard.destinations import Kind
from wizard.move.discretion import discreet, plain, web_address
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.receipt import ENDS, NOT_TICKED, Group, groups, of_post
from wizard.move.report_parts import (
    IN_WORDS,
    Thumbnails,
    day,
    details,
    ending,
    linked,
    looks,
    shown,
    term_looks,
    title,
)
from wizard.move.report_style import STYLE
from wizard.move.report_table import write_table
from wizard.move.unsaid import of_unsaid_to_all
from wizard.move.verdict import Tally, amounts
from wizard.move.whole_file import whole_file
from wizard.move.withdrawn import of_absent, of_unsure

# A page of which everything needs a look needs no second list of everything.
_LOOKS = 200
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def write_report_beside(move: Move) -> Path:
    """Write report and table beside the move file, or beside the import file it made;
    gives the report's path, raises MoveError. `csv_beside` tells the table's."""
    to = move.noted("destination")
    beside = Path(to) if to.lower().endswith(".xml") else move.path
    # The whole name: of x.move and of x.xml in one folder both reports must stay.
    path = beside.with_name(f"{beside.name}-report.html")
    write_table(move, csv_beside(path))
    write_report(move, path)
    return path


def csv_beside(report: Path) -> Path:
    """Where the same is written as a table."""
    return report.with_suffix(".csv")


def write_report(move: Move, path: Path) -> None:
    """Write the report to ``path``, all of it or nothing; raises MoveError."""
    with whole_file(path) as file:
        file.writelines(_page(move, path))


@dataclass
class _Survey:
    """What the top of the page says, known only after a look at every post."""

    tally: Tally = field(default_factory=Tally)
    looks: list[str] = field(default_factory=list)
    needing: set[int] = field(default_factory=set)
    more_looks: int = 0
    elsewhere: int = 0
    links: int = 0
    kept_links: int = 0
    unticked: int = 0
    as_one: Counter[Kind] = field(default_factory=Counter)
    years: dict[str, list[int]] = field(default_factory=dict)
    terms: Group = field(default_factory=lambda: Group(None, ()))


def _survey(move: Move, site: str) -> _Survey:
    found = _Survey()
    for number, group in enumerate(groups(move)):
        for item in group.items:
            found.tally.add(item)
            found.as_one[item.kind] += bool(item.note)
        if not group.post:
            found.looks[:0] = term_looks(group)
            found.terms = group
        elif _unticked(group):
            found.unticked += 1
        else:
            found.years.setdefault(group.items[0].date[:4], []).append(number)
            found.elsewhere += group.post.comments_elsewhere
            kept = sum(link.kept for link in group.links)
            found.kept_links += kept
            found.links += len(group.links) - kept
            said = looks(group, number, site)
            if said and len(found.looks) < _LOOKS:
                found.looks.append(said)
                found.needing.add(number)
            elif said:
                found.more_looks += 1
    return found


def _unticked(group: Group) -> bool:
    return group.items[0].why == NOT_TICKED


def _page(move: Move, path: Path) -> Iterator[str]:
    blog, site = move.blog, move.noted("destination")
    found = _survey(move, site)
    verdict = found.tally.verdict(move, "this page")
    name = shown((blog.title if blog else "") or "An old blog")
    bare = escape(plain(blog.title if blog else "")) or "An old blog"
    # Where the file lies on this computer is nobody else's business.
    place = web_address(site) or Path(site).name
    sentence = verdict.sentence.replace(site, place) if site else verdict.sentence
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="robots" content="noindex">'
        f"<title>{bare}: report of the move</title><style>{STYLE}</style></head>\n"
        f"<body><main><p class=from>{name} <span>→</span> "
        f"{linked(shown(move.noted('site') or place or 'the new blog'), site)}</p>\n"
        f"<h1 class={'good' if verdict.complete else 'fair'}>{shown(sentence)}</h1>\n"
    )
    if site.lower().endswith(".xml"):
        yield (
            "<p>One thing is left to do: bring the file into WordPress. “READ ME FIRST” "
            "beside it tells how.</p>\n"
        )
    for note in blog.notes if blog else ():
        yield f"<p>About the old blog: {shown(note)}</p>\n"
    for words in (
        *of_unsure(move, public=True),
        *of_absent(move),
        *of_unsaid_to_all(move),
    ):
        yield f"<p>{shown(words)}</p>\n"
    yield from _sums(found)
    yield from _needing(found)
    yield from _posts(move, site, found)
    yield _colophon(move, path)


def _sums(found: _Survey) -> Iterator[str]:
    """Every kind on a line that visibly adds up, and by whom something was left out."""
    ends = [end for end in ENDS if any(of[end] for of in found.tally.counts.values())]
    heads = "".join(f"<th scope=col>{IN_WORDS[end][1]}</th>" for end in ends)
    yield (
        "<table class=sums><caption>Every item of the old blog, and how it ended"
        f"</caption>\n<thead><tr><th scope=col>found</th>{heads}</tr></thead><tbody>\n"
    )
    for kind, counts in found.tally.counts.items():
        total = sum(counts.values())
        if total:
            cells = "".join(
                f"<td class={IN_WORDS[end][0] if counts[end] else 'none'}>"
                f"<span>{'+' if at else '='}</span> {counts[end]:,}</td>"
                for at, end in enumerate(ends)
            )
            yield f"<tr><th scope=row>{many(total, kind)}</th>{cells}</tr>\n"
    yield "</tbody></table>\n"
    for by, kinds in found.tally.left_out.items():
        yield f"<p class=quiet>Left out by {by}: {amounts(kinds)}.</p>\n"
    if found.tally.gone:
        yield f"<p class=quiet>Not at the new blog any more: {amounts(found.tally.gone)}.</p>\n"
    if found.elsewhere:
        more = many(found.elsewhere, "more comment")
        yield (
            f"<p class=quiet>Beside these the old blog had {more}, which what you opened "
            "does not hold.</p>\n"
        )
    if found.as_one.total():
        one = found.as_one.total() == 1
        yield (
            f"<p class=quiet>{amounts(found.as_one)} {'has' if one else 'have'} become one "
            "with another name that differs in no more than capital letters; each stands "
            "at the end of this page.</p>\n"
        )
    for number, why in (
        (found.links, "to what was not moved; each stands with its post below"),
        (
            found.kept_links,
            "from texts that do not stand at the new blog as this move sent them, or "
            "that it did not let this move change; each stands with its post below, to "
            "be mended by hand",
        ),
    ):
        if number:
            lead = "leads" if number == 1 else "lead"
            links = many(number, "link")
            yield f"<p class=quiet>{links} still {lead} to the old blog, {why}.</p>\n"


def _needing(found: _Survey) -> Iterator[str]:
    if not found.looks:
        return
    yield "<h2>What needs a look</h2>\n<ul class=looks>"
    yield from found.looks
    if found.more_looks:
        more = many(found.more_looks, "more post")
        yield f"<li>and {more}, marked with the same words below.</li>"
    yield "</ul>\n"


def _posts(move: Move, site: str, found: _Survey) -> Iterator[str]:
    """Every post by years, then those without a tick, then the categories and tags."""
    pictures, ticks = Thumbnails(move), move.ticks()
    if found.years:
        yield "<h2>Every post</h2>\n"
    # Those without a date come last, wherever they stand in the blog.
    for year, numbers in sorted(found.years.items(), key=lambda each: not each[0]):
        yield f"<h3>{shown(year) if year else 'No date'}</h3>\n"
        for number in numbers:
            group, open_ = of_post(move, *ticks[number]), number in found.needing
            yield from details(group, number, site, pictures, open_=open_)
    if pictures.full:
        yield "<p class=quiet>Not every photo is shown, so that the page stays small.</p>\n"
    if found.unticked:
        yield (
            "<h2>Left out by you</h2>\n<details class=list><summary>"
            f"{many(found.unticked, 'post')} without a tick</summary><ul>\n"
        )
        for group in groups(move):
            if group.post and _unticked(group):
                post = discreet(group.items[0], site)
                yield f"<li>{day(post)} {title(post)}</li>\n"
        yield "</ul></details>\n"
    if found.terms.items:
        yield from _terms(found.terms)


def _terms(group: Group) -> Iterator[str]:
    numbers = Counter(item.kind for item in group.items)
    yield (
        "<h2>Categories and tags</h2>\n<details class=list><summary>"
        f"{amounts(numbers)}</summary><ul>\n"
    )
    for item in (discreet(item, "") for item in group.items):
        yield f"<li>{item.kind.capitalize()} {title(item)} {ending(item)}</li>\n"
    yield "</ul></details>\n"


def _colophon(move: Move, path: Path) -> str:
    blog = move.blog
    address = web_address(blog.address) if blog else ""
    old = f" from {linked(shown(address), address)}" if address else ""
    now = datetime.now().astimezone()
    table = csv_beside(path).name
    return (
        f"<footer><p>Moved{old} with Moving Day. This page was written on "
        f"{now:%Y-%m-%d at %H:%M %Z}. The same stands as a table in "
        f'<a href="{escape(quote(table))}">{shown(table)}</a> beside it.</p>\n'
        "<p>It can be kept, printed and shown around: it needs nothing but itself, and "
        "it holds no passwords and no e-mail addresses. Of posts that were not public "
        "it tells neither titles nor photos.</p></footer></main></body></html>\n"
    )
