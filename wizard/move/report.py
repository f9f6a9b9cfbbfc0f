"""The report of a move: one page of HTML that can be kept, printed and shown around.

It holds no secret and no reader's address, and is written row by row, so that a big blog
does not have to fit into memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from wizard.destinations import Kind
from wizard.errors import MoveError
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.records import Row, Step
from wizard.move.verdict import verdict

_STYLE = """
:root { color-scheme: light dark; --line: #d8d4cc; --quiet: #6b675f; --bad: #a8381f;
  --good: #2f6f4f; --paper: #fbfaf7; --ink: #25231f; }
@media (prefers-color-scheme: dark) { :root { --line: #45423c; --quiet: #a8a397;
  --bad: #f0927a; --good: #86c9a4; --paper: #1f1e1b; --ink: #ece8df; } }
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 60rem;
  padding: 2.5rem 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.1rem; font-weight: 600; color: var(--quiet); margin: 0; }
.verdict { font-size: 1.6rem; line-height: 1.3; margin: .4rem 0 1.6rem; }
.numbers { display: flex; flex-wrap: wrap; gap: 1.2rem 2.5rem; margin: 0 0 2rem;
  padding: 1rem 0; border: solid var(--line); border-width: 1px 0; }
.numbers b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.numbers span, .quiet { color: var(--quiet); font-size: .9rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; font-size: .85rem; color: var(--quiet); }
th, td { padding: .55rem .8rem .55rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
td { overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; color: var(--quiet);
  font-variant-numeric: tabular-nums; }
td:last-child { white-space: nowrap; }
a { color: inherit; text-underline-offset: .15em; }
ul { margin: .3rem 0 0; padding-left: 1.1rem; font-size: .9rem; }
.bad { color: var(--bad); } .good { color: var(--good); }
@media print { body { padding: 0; } tr { break-inside: avoid; } }
"""
_IN_WORDS = {
    State.SENT: ("good", "arrived"),
    State.REFUSED: ("bad", "not moved"),
    State.LEFT_OUT: ("quiet", "left out"),
}


def write_report(move: Move, path: Path) -> None:
    """Write the report to ``path``, all of it or nothing; raises MoveError."""
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(_page(move))
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError as trouble:
        raise MoveError(
            f"The report could not be written to {path}.",
            f"Is there room on the disk, and may you write there? ({trouble.strerror})",
        ) from None


def _page(move: Move) -> Iterator[str]:
    blog = move.blog
    title = escape((blog.title if blog else "") or "An old blog")
    result = verdict(move)
    site = escape(move.noted("site") or "the new blog")
    yield (
        "<!doctype html>\n<html lang=en><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{title} has moved</title><style>{_STYLE}</style>\n"
        f"<h1>{title} → {site}</h1>\n"
        f"<p class=verdict>{escape(result.sentence)}</p>\n<div class=numbers>"
    )
    for kind, states in result.counts.items():
        everything = sum(states.values())
        told = [
            f"{number:,} {escape(word)}" for word, number in states.items() if number
        ]
        yield (
            f"<div><b>{everything:,}</b>{kind}{'' if everything == 1 else 's'}<br>"
            f"<span>{', '.join(told) or 'none'}</span></div>"
        )
    elsewhere = sum(row.comments_elsewhere for row in move.rows() if row.chosen)
    if elsewhere:
        yield (
            f"<div><b>{elsewhere:,}</b>more comments<br><span>the old blog had them, "
            "but they are not in what you opened</span></div>"
        )
    yield "</div>\n<table><thead><tr><th>Date<th>Post<th>Result</tr></thead><tbody>\n"
    for row in move.rows():
        if row.chosen:
            yield _line(row, move.steps(row.key))
    now = datetime.now().astimezone()
    yield (
        "</tbody></table>\n<p class=quiet>Written by Moving Day on "
        f"{now:%Y-%m-%d %H:%M %Z}.</p>\n</html>\n"
    )


def _line(row: Row, steps: list[Step]) -> str:
    name = escape(row.title or "(no title)")
    if row.state is State.SENT and urlsplit(row.address).scheme in ("http", "https"):
        name = f'<a href="{escape(row.address)}" rel="noopener">{name}</a>'
    tone, word = _IN_WORDS.get(row.state, ("quiet", "waiting"))
    along = [
        many(sum(s.kind is kind and s.state is State.SENT for s in steps), kind)
        for kind in (Kind.PHOTO, Kind.COMMENT)
        if any(s.kind is kind for s in steps)
    ]
    notes = [_reason("", row.trouble)] if row.trouble else []
    notes += [
        _reason(f"Photo {step.key}: ", step.trouble)
        if step.kind is Kind.PHOTO
        else _reason("A comment: ", step.trouble)
        for step in steps
        if step.kind is not Kind.POST and step.state is State.REFUSED and step.trouble
    ]
    listed = f"<ul>{''.join(notes)}</ul>" if notes else ""
    with_ = f"<div class=quiet>with {' and '.join(along)}</div>" if along else ""
    return (
        f"<tr><td>{escape(row.date[:10] or '—')}<td>{name}{with_}{listed}"
        f"<td class={tone}>{word}</tr>\n"
    )


def _reason(what: str, trouble: Trouble) -> str:
    said = escape(f"{what}{trouble.title} {trouble.hint}".strip())
    return f"<li class=bad>{said}</li>"
