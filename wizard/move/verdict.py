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
    present = [kind for kind in _KINDS if sum(counts[kind].values())]
    if not present:
        return "Nothing was chosen, so nothing was moved."
    if complete:
        sent = [many(counts[kind][State.SENT], kind) for kind in present]
        left = sum(states[State.LEFT_OUT] for states in counts.values())
        rest = f" {many(left, 'item')} stayed behind as you chose." if left else ""
        every = "All " if counts["post"][State.SENT] > 1 else ""
        verb = "was" if every == "" and len(sent) == 1 else "were"
        is_ = "is" if verb == "was" else "are"
        return f"{every}{_listed(sent)} {is_} {where} and {verb} checked.{rest}"
    waiting = sum(states[State.WAITING] for states in counts.values())
    refused = sum(states[State.REFUSED] for states in counts.values())
    sent = [
        f"{counts[kind][State.SENT]:,} of {many(sum(counts[kind].values()), kind)}"
        for kind in present
    ]
    parts = [f"{_listed(sent)} arrived {where}."]
    if refused:
        parts.append(f"{many(refused, 'item')} could not be moved; the list says why.")
    if waiting:
        parts.append(f"{many(waiting, 'item')} still to go.")
    if not refused and not waiting:
        parts.append("The list says which ones deserve a look.")
    return " ".join(parts)


def _listed(parts: list[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
