"""The sum of a move in one sentence, from what the move file knows."""

from __future__ import annotations

from wizard.move.events import State, Verdict
from wizard.move.file import Move
from wizard.move.plan import many

_KINDS = ("post", "photo", "comment")


def verdict(move: Move) -> Verdict:
    """Every chosen item is counted: sent, refused, left out, or still waiting."""
    rows = [row for row in move.rows() if row.chosen]
    expected = {
        "post": len(rows),
        "photo": sum(row.photos for row in rows),
        "comment": sum(row.comments for row in rows),
    }
    counts: dict[str, dict[str, int]] = {}
    known = move.counts()
    for kind in _KINDS:
        states = known.get(kind, {})
        told = {
            str(state): states.get(state, 0)
            for state in (State.SENT, State.REFUSED, State.LEFT_OUT)
        }
        told[State.WAITING] = max(0, expected[kind] - sum(told.values()))
        counts[kind] = told
    complete = all(
        states[State.REFUSED] == states[State.WAITING] == 0
        for states in counts.values()
    ) and not any(row.trouble for row in rows)
    return Verdict(_sentence(move, counts, complete), complete, counts)


def _sentence(move: Move, counts: dict[str, dict[str, int]], complete: bool) -> str:
    place = move.noted("destination") or "the new blog"
    where = f"{'at' if '://' in place else 'in'} {place}"
    wanted = {
        kind: sum(states.values()) - states[State.LEFT_OUT]
        for kind, states in counts.items()
    }
    if not any(sum(states.values()) for states in counts.values()):
        return "Nothing was chosen, so nothing was moved."
    sent = {kind: counts[kind][State.SENT] for kind in _KINDS if wanted[kind]}
    several = sum(sent.values()) > 1
    are = "are" if several else "is"
    if not any(sent.values()):
        parts = [f"Nothing is {where} yet."]
    elif complete:
        every = "All " if sent["post"] > 1 else ""
        told = _listed([many(number, kind) for kind, number in sent.items()])
        checked = "were checked" if several else "was checked"
        parts = [f"{every}{told} {are} {where} and {checked}."]
    else:
        told = _listed([_share(sent[kind], wanted[kind], kind) for kind in sent])
        parts = [f"{told[0].upper()}{told[1:]} {are} {where}."]
    for state, words in (
        (State.REFUSED, "could not be moved; the report says why"),
        (State.WAITING, "{is} still to go"),
        (State.LEFT_OUT, "{was} left behind"),
    ):
        number = sum(states[state] for states in counts.values())
        told = _listed(
            [many(counts[kind][state], kind) for kind in _KINDS if counts[kind][state]]
        )
        verbs = (
            {"is": "is", "was": "was"} if number == 1 else {"is": "are", "was": "were"}
        )
        if number:
            parts.append(f"{told} {words.format(**verbs)}.")
    if not complete and len(parts) == 1:
        parts.append("The report says which ones deserve a look.")
    return " ".join(parts)


def _share(sent: int, wanted: int, kind: str) -> str:
    """Such as "22 of 24 posts" or "all 68 comments"."""
    if sent == wanted:
        return f"{'all ' if sent > 1 else ''}{many(sent, kind)}"
    return f"{sent:,} of {many(wanted, kind)}"


def _listed(parts: list[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
