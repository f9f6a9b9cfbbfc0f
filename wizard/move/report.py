"""The report of a move: one page of HTML that can be kept, printed and shown around.

It holds no secret and no reader's e-mail address, asks nothing of the network, and is
written row by row, so that a big blog does not have to fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from wizard.destinations import Kind
from wizard.move.events import State, Verdict
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.records import Row, Step
from wizard.move.report_style import STYLE
from wizard.move.report_table import write_table
from wizard.move.verdict import verdict
from wizard.move.whole_file import whole_file

_IN_WORDS = {
    State.SENT: ("good", "arrived"),
    State.REFUSED: ("bad", "not moved"),
    State.LEFT_OUT: ("quiet", "left behind"),
    State.WAITING: ("quiet", "still to go"),
}
# In the order in which a bar shows them; the words are those of `Verdict.counts`.
_SHARES = (State.SENT, State.REFUSED, State.LEFT_OUT, State.WAITING)


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
        file.writelines(_page(move))


def _page(move: Move) -> Iterator[str]:
    blog, result = move.blog, verdict(move)
    rows = [row for row in move.rows() if row.chosen]
    title = escape((blog.title if blog else "") or "An old blog")
    yield (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}: report of the move</title><style>{STYLE}</style>\n<main>"
        f"<p class=from>{title} <span>→</span> {_place(move)}</p>\n"
        f"<h1 class={'good' if result.complete else 'fair'}>"
        f"{escape(result.sentence)}</h1>\n{_numbers(result, rows)}"
    )
    if move.noted("destination").lower().endswith(".xml"):
        yield (
            "<p>One thing is left to do: bring the file into WordPress. “READ ME FIRST” "
            "beside it tells how.</p>\n"
        )
    for note in blog.notes if blog else ():
        yield f"<p>About the old blog: {escape(note)}</p>\n"
    if not result.complete:
        yield from _looks(move, rows)
    yield "<h2>Every post</h2>\n<table>"
    year = ""
    for at, row in enumerate(rows):
        if row.date[:4] != year or not at:
            year = row.date[:4]
            yield f"<tbody><tr class=year><th colspan=5>{escape(year or 'No date')}</tr>\n"
        yield _line(at, row, move.steps(row.key))
    yield "</table>\n" + _colophon(move)


def _place(move: Move) -> str:
    """Where it all went, with its address as link if it has one."""
    address = move.noted("destination")
    name = escape(move.noted("site") or address or "the new blog")
    return _linked(name, address)


def _numbers(result: Verdict, rows: list[Row]) -> str:
    tiles = []
    for kind, states in result.counts.items():
        everything = sum(states.values())
        told = [
            f"{states[state]:,} {_IN_WORDS[state][1]}"
            for state in _SHARES
            if states[state]
        ]
        bar = "".join(
            f'<i class={_IN_WORDS[state][0]} style="flex:{states[state]}"></i>'
            for state in _SHARES
            if states[state]
        )
        tiles.append(
            f"<div><b>{everything:,}</b> {many(everything, kind).split()[1]}"
            f"<div class=bar>{bar}</div><span>{', '.join(told) or 'none'}</span></div>"
        )
    elsewhere = sum(row.comments_elsewhere for row in rows)
    if elsewhere:
        tiles.append(
            f"<div><b>{elsewhere:,}</b> more comment{'s' * (elsewhere != 1)}"
            "<div class=bar></div><span>the old blog had them; what you opened does "
            "not</span></div>"
        )
    return f"<div class=numbers>{''.join(tiles)}</div>\n"


def _looks(move: Move, rows: list[Row]) -> Iterator[str]:
    """The posts that need a person, each with the reasons."""
    begun = False
    for at, row in enumerate(rows):
        reasons = list(_reasons(move, row, move.steps(row.key)))
        if not reasons:
            continue
        if not begun:
            yield "<h2>What needs a look</h2>\n<ul class=looks>"
            begun = True
        yield f'<li><a href="#p{at}">{_title(row)}</a> {_date(row)}<ul>{"".join(reasons)}</ul>\n'
    if begun:
        yield "</ul>\n"


def _reasons(move: Move, row: Row, steps: list[Step]) -> Iterator[str]:
    """One list item for each thing that is not as it should be."""
    if row.trouble:
        yield f"<li>{_told(row.trouble.title, row.trouble.hint)}"
        if row.state is State.REFUSED:
            return
    said: Mapping[str, str] = {}
    for step in steps:
        if (
            step.kind is Kind.POST
            or not step.trouble
            or step.state is not State.REFUSED
        ):
            continue
        reason = _told(step.trouble.title, step.trouble.hint)
        if step.kind is Kind.PHOTO:
            named = step.key in step.trouble.title
            what = "" if named else f"Photo <code>{escape(step.key)}</code>: "
            yield f"<li>{what}{reason}"
        else:
            said = said or {
                comment.key: comment.author for comment in move.post(row.key).comments
            }
            yield f"<li>Comment by {escape(said.get(step.key, '?'))}: {reason}"


def _line(at: int, row: Row, steps: list[Step]) -> str:
    """One row of the table: date, title, photos, comments, what became of it."""
    name = _linked(_title(row), row.address if row.state is State.SENT else "")
    tone, word = _IN_WORDS.get(row.state, _IN_WORDS[State.WAITING])
    lost = any(step.state is State.REFUSED for step in steps)
    if row.state is State.SENT and (lost or row.trouble):
        tone, word = "fair", "arrived, see above"
    notes = []
    if row.comments_elsewhere:
        more = many(row.comments_elsewhere, "more comment")
        notes.append(f"{more} at the old blog, not in what you opened")
    noted = f"<div class=quiet>{'; '.join(notes)}</div>" if notes else ""
    return (
        f'<tr id="p{at}"><td>{_date(row)}<td>{name}{noted}'
        f"<td>{_share(Kind.PHOTO, row.photos, row, steps)}"
        f"<td>{_share(Kind.COMMENT, row.comments, row, steps)}"
        f"<td class={tone}>{word}</tr>\n"
    )


def _share(kind: Kind, expected: int, row: Row, steps: list[Step]) -> str:
    """Such as "3 photos" or "2 of 3 photos"; nothing if there are none."""
    if not expected:
        return ""
    sent = sum(step.kind is kind and step.state is State.SENT for step in steps)
    if sent == expected or row.state is State.WAITING:
        return many(expected, kind)
    left = all(step.state is State.LEFT_OUT for step in steps if step.kind is kind)
    if left and row.state is State.SENT:
        return f"<span class=quiet>{many(expected, kind)} left behind</span>"
    return f"{sent:,} of {many(expected, kind)}"


def _title(row: Row) -> str:
    return escape(row.title.strip()) or "(no title)"


def _date(row: Row) -> str:
    return f"<time>{escape(row.date[:10])}</time>"


def _told(title: str, hint: str) -> str:
    return escape(f"{title} {hint}".strip())


def _linked(name: str, address: str) -> str:
    """The name as a link, if the address is one of the web."""
    if urlsplit(address).scheme not in ("http", "https"):
        return name
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{name}</a>'


def _colophon(move: Move) -> str:
    blog = move.blog
    old = f" from {escape(blog.address)}" if blog and blog.address else ""
    now = datetime.now().astimezone()
    return (
        f"<p class=quiet>Moved{old} with Moving Day. This page was written on "
        f"{now:%Y-%m-%d at %H:%M %Z}; it can be kept, printed and mailed, for it needs "
        "nothing but itself.</p></main></html>\n"
    )
