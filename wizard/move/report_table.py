"""The receipt as a table for spreadsheets: one line for every item of the old blog."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from wizard.destinations import Kind
from wizard.move.discretion import discreet, plain, web_address
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.receipt import Item, groups
from wizard.move.whole_file import whole_file

COLUMNS = (
    "kind",
    "title or author",
    "date",
    "post",
    "old key",
    "old address",
    "new address",
    "outcome",
    "why",
    "left out by",
    "links to the old blog",
)
_ENDS = {State.WAITING: "still to go"}
# What a spreadsheet takes for a formula, also behind the mark that ends a cell in
# countries where numbers have a comma.
_FORMULA = re.compile(r"(^|;[\"\s]*)(?=[=+\-@＝＋－＠\t\r])")
_LONGEST = 2000


def write_table(move: Move, path: Path) -> None:
    """Write the table to ``path``, all of it or nothing; raises MoveError.

    UTF-8 with a byte order mark, without which Excel takes it for another alphabet.
    """
    site = move.noted("destination")
    with whole_file(path, "utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(COLUMNS)
        for group in groups(move):
            post = group.post.key if group.post else ""
            for item in group.items:
                of_post = item.kind is Kind.POST and item.public
                told = group.links if of_post else ()
                links = " ".join(link.href for link in told)
                line = (*_line(discreet(item, site), post), links)
                writer.writerow([_cell(text) for text in line])


def _line(item: Item, post: str) -> tuple[str, ...]:
    return (
        item.kind,
        item.name,
        item.date,
        post,
        item.key,
        item.home,
        web_address(item.remote.address) if item.remote else "",
        _ENDS.get(item.state, item.state),
        item.why or item.note,
        item.by,
    )


def _cell(text: str) -> str:
    """The text as it may stand in a cell: never a formula."""
    text = plain(text, _LONGEST)
    return _FORMULA.sub(r"\1'", text) if _FORMULA.search(text) else text
