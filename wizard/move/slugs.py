"""Short names of posts in addresses: which of several with one title gets the plain one.

Several posts are carried at once, and WordPress gives it to whoever is published first.
So only the oldest leaves it to WordPress; the others ask for the number that they would
have got one after another. What had a name of its own at the old blog keeps that.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from urllib.parse import quote, unquote

from wizard.sources import Named

_GAPS = re.compile(r"[\s./\u2010-\u2015-]+")
_SIGNS = re.compile(r"[^\w\s./\u2010-\u2015-]")
# WordPress keeps 200 bytes, written as in an address; a number must not be cut off.
_ROOM = 180


def turns(
    posts: Iterable[Named], chosen: Collection[str], there: Iterable[str] = ()
) -> dict[str, int]:
    """The numbers of those of the ``chosen`` posts, oldest first, that would all be
    called by one title and have no other name, but for those that get it plain.
    ``there``: the short names of posts that have moved before."""
    some = [(each.key, each.slug, each.title) for each in posts if each.key in chosen]
    taken = {_alike(slug) for _, slug, _ in some if slug}
    taken |= {_alike(unquote(slug)) for slug in there}
    last = Counter[str]()
    found: dict[str, int] = {}
    for key, slug, title in some:
        name = "" if slug else _alike(_plain(title))
        if not name:
            continue
        last[name] += 1
        while (f"{name}-{last[name]}" if last[name] > 1 else name) in taken:
            last[name] += 1
        if last[name] > 1:
            found[key] = last[name]
    return found


def numbered(title: str, turn: int) -> str:
    """The name to ask for; WordPress still spells it as it spells titles."""
    name = _plain(title)[:_ROOM]
    while len(quote(name)) > _ROOM:
        name = name[:-1]
    return f"{name}-{turn}"


def _plain(title: str) -> str:
    return _GAPS.sub("-", _SIGNS.sub("", title.lower())).strip("-")


def _alike(name: str) -> str:
    """What WordPress may well take for the same, without accents."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
