"""Authors: who of the old blog is who at the new one. Nobody is made a user there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wizard.destinations import Destination, Person, Site
from wizard.errors import MoveError
from wizard.move.file import Move
from wizard.move.verdict import listed

Pairs = tuple[tuple[str, str], ...]


def authors(move: Move) -> list[str]:
    """Who wrote at the old blog, the busiest first."""
    found = json.loads(move.noted("authors") or "[]")
    return [str(name) for name in found]


def with_people(site: Site, destination: Destination) -> Site:
    """What was learnt there, and who may write there; asked only where it matters whose
    a post is."""
    return replace(site, people=destination.people())


def matched(names: Iterable[str], site: Site) -> Pairs:
    """Of several authors those who are known at the new blog too, by a name or an
    address; the posts of all others are of whoever signed in. One alone is that person,
    whatever the name."""
    several = list(names)
    if len(several) < 2:
        return ()
    if site.anybody:
        return tuple((name, name) for name in several)
    found = ((name, _same(name, site.people)) for name in several)
    return tuple((name, person.name) for name, person in found if person)


def told(names: Sequence[str], site: Site, wishes: Sequence[tuple[str, str]]) -> Pairs:
    """The same with what the person has said: of names at the old blog, who they are at
    the new one, "" for whoever signed in. Raises MoveError for names nobody has."""
    pairs = dict(matched(names, site))
    known = {folded(name): name for name in names}
    for wish, new in wishes:
        old = known.get(folded(wish), "")
        if not old:
            raise MoveError(
                f"Nobody called “{wish}” wrote the old blog.",
                f"These did: {listed([*names]) or 'it names nobody'}.",
            )
        person = _same(new, site.people)
        if new and not person and not site.anybody:
            raise MoveError(
                f"There is no “{new}” at the new blog for whom you may post.",
                f"You may for: {listed([p.shown for p in site.people]) or 'nobody'}.",
            )
        pairs[old] = person.name if person else new
    return tuple((old, new) for old, new in pairs.items() if new)


def in_a_sentence(names: Sequence[str], site: Site, pairs: Pairs) -> str:
    """Whose the posts of several authors will be; "" where there is nothing to say."""
    if len(names) < 2 and not pairs:
        return ""
    shown = {person.name: person.shown for person in site.people}
    there = dict(pairs)
    said = [f"{old} is {shown.get(new, new)} there" for old, new in pairs]
    yours = [name for name in names if name not in there]
    said += [f"the posts of {listed(yours)} will be yours"] if yours else []
    return f"Authors: {'; '.join(said)}."


def _same(name: str, people: tuple[Person, ...]) -> Person | None:
    wanted = folded(name)
    found = [
        person
        for person in people
        if wanted in map(folded, (person.shown, *person.known_as))
    ]
    return found[0] if len(found) == 1 else None


def folded(name: str) -> str:
    """As people compare names."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
