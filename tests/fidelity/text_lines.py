"""Compares the text of a post with what became of it: words, lines, letters, structure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests.fidelity.eyes import Page
from tests.fidelity.lines import Lines
from tests.fidelity.normal import by_line, heading, raw, words


def compare_text(lines: Lines, before: Page, after: Page) -> None:
    lines.same("text", words(before.text), words(after.text))
    lines.each("lines of the text", by_line(before.text), by_line(after.text))
    if before.letters == after.letters:  # else it is told already
        _letters(lines, "bold, italic, code …", before.marks, after.marks)
        flows = before.flow.split(), after.flow.split()
        _letters(lines, "direction and alignment", *flows)
    for name, old, new in (
        ("texts with white space", map(raw, before.pre), map(raw, after.pre)),
        ("headings", map(heading, before.headings), map(heading, after.headings)),
        ("lists and their items", before.items, after.items),
        ("tables", before.tables, after.tables),
        ("quotations", before.quotes, after.quotes),
        ("rules", "-" * before.rules, "-" * after.rules),
    ):
        lines.each(name, list(old), list(new))


def _letters(lines: Lines, name: str, old: Sequence[str], new: Sequence[str]) -> None:
    for (was, now), run in groupby(zip(old, new, strict=True)):
        many = len(list(run))
        told = f"{was} became {now} for {many} letters"
        lines.check(name, was == now or "?" in (was, now), told, many)
