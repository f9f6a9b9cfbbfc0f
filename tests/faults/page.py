"""The scorecard as one page of Markdown."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Iterator, Sequence

from tests.faults.figures import Figure
from tests.faults.running import Outcome
from tests.wordpress_trees import NotAvailable, tree
from wizard import __version__

_NAMED = 10  # cases named of those that went wrong
_HEAD = """| what was tried | tried | floor | as it must be | |
|---|---:|---:|---:|---|"""


def page(
    outcomes: Sequence[Outcome], seconds: float, missing: Sequence[str] = ()
) -> str:
    """Everything that was found, with the command that finds it again. ``missing``:
    harnesses that were not run."""
    parts = [
        "# Scorecard",
        f"{_today()}: Moving Day {__version__} on {_machine()}.\n"
        f"{_duration(seconds)}. `make scorecard` writes this page anew.",
        _verdict(outcomes, missing),
        "A *control* switches a protection off, so its cases must fail; a figure whose "
        "control does not fail would mean nothing. The floor is the number of cases "
        "below which a figure proves nothing.",
    ]
    parts += map(_section, outcomes)
    return "\n\n".join(parts) + "\n"


def _verdict(outcomes: Sequence[Outcome], missing: Sequence[str]) -> str:
    figures = [figure for outcome in outcomes for figure in outcome.figures]
    cases = [figure for figure in figures if not figure.control]
    controls = [figure for figure in figures if figure.control]
    sums = (
        f"{len(figures)} figures. {_sum(cases)} cases, of which {_right(cases)} ended "
        f"as they must; {_sum(controls)} controls, of which {_right(controls)} failed "
        "as they must."
    )
    wrong = ", ".join(outcome.harness for outcome in outcomes if not outcome.fine)
    partly = ", ".join(o.harness for o in outcomes if o.fine and o.scale < 1)
    said = f"**Not everything is as it must be: {wrong}.**" if wrong else ""
    said += f" **Run in part: {partly}.**" if partly else ""
    said += f" **Not run: {', '.join(missing)}.**" if missing else ""
    return f"{said.strip() or '**Everything is as it must be.**'} {sums}"


def _section(outcome: Outcome) -> str:
    again = f"python -m tests.faults --only {outcome.harness} --seed {outcome.seed}"
    if outcome.scale != 1:
        again += f" --scale {outcome.scale:g}"
    about = f"{outcome.when}, program {outcome.program}, {_duration(outcome.seconds)}"
    lines = [f"## {outcome.harness}", f"{about}, `{again}`"]
    if outcome.broke:
        lines.append(f"**It broke down:** {_plain(outcome.broke)}")
    if outcome.figures:
        lines.append("\n".join((_HEAD, *map(_row, outcome.figures))))
    lines += [
        f"**{_plain(figure.name)}:** {shown}"
        for figure in outcome.figures
        if (shown := "; ".join(_complaints(figure)))
    ]
    return "\n\n".join(lines)


def _row(figure: Figure) -> str:
    name = f"*control:* {_plain(figure.name)}" if figure.control else figure.name
    right = f"{figure.tried - len(figure.wrong):,}"
    cells = (
        name if figure.control else _plain(name),
        f"{figure.tried:,}",
        f"{figure.floor:,}",
        right if figure.fine else f"**{right}**",
        _plain(figure.note),
    )
    return f"| {' | '.join(cells)} |"


def _complaints(figure: Figure) -> Iterator[str]:
    if figure.tried < figure.floor:
        yield f"only {figure.tried:,} of at least {figure.floor:,} were tried"
    yield from (_plain(case) for case in figure.wrong[:_NAMED])
    if len(figure.wrong) > _NAMED:
        yield f"and {len(figure.wrong) - _NAMED:,} more"


def _sum(figures: Sequence[Figure]) -> str:
    return f"{sum(figure.tried for figure in figures):,}"


def _right(figures: Sequence[Figure]) -> str:
    return f"{sum(figure.tried - len(figure.wrong) for figure in figures):,}"


def _plain(text: str) -> str:
    """In one line, and nothing that would end a cell or begin something else."""
    return re.sub(r"([|<`*\\])", r"\\\1", " ".join(text.split()))[:400]


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _today() -> str:
    today = datetime.datetime.now(datetime.UTC).date()
    return f"{today.day} {today:%B %Y}"


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, WordPress {_version('newest')} "
        f"and {_version('oldest')}"
    )


def _version(suite: str) -> str:
    try:
        text = (tree(suite) / "wp-includes/version.php").read_text()
    except NotAvailable:
        return "(none)"
    found = re.search(r"\$wp_version = '([^']+)'", text)
    return found[1] if found else "(unknown)"
