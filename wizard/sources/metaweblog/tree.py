"""Which category of a blog stands below which, and those of one name kept apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wizard.blog import BELOW
from wizard.sources.metaweblog.posts import category_name
from wizard.sources.metaweblog.xmlrpc import Struct, text

# No tree that people made is so deep; a path grows with every level.
_LONGEST_PATH = 2000


@dataclass(frozen=True, slots=True)
class Tree:
    """``names``: what posts call each category, by its id at the old blog. ``parents``:
    see `wizard.blog.Blog`."""

    names: Mapping[str, str]
    parents: tuple[tuple[str, str], ...]


def tree_from(structs: Iterable[Struct]) -> Tree:
    """The tree in answers to ``wp.getTerms`` or ``metaWeblog.getCategories``."""
    told = {text(each, "term_id", "categoryId"): each for each in structs}
    plain = {number: category_name(each) for number, each in told.items()}
    above = {
        number: parent
        for number, each in told.items()
        if plain.get(parent := text(each, "parent", "parentId")) and plain[number]
    }
    often = Counter(map(_folded, plain.values()))
    names: dict[str, str] = {}
    for number in plain:
        way: dict[str, None] = {}
        while number not in names and number not in way:
            way[number] = None
            number = above.get(number, number)
        for each in reversed(way):
            name, high = plain[each], names.get(above.get(each, ""), "")
            # One that has the sign in its own name must not be read as a path.
            needs_path = often[_folded(name)] > 1 or BELOW in name
            path = f"{high}{BELOW}{name}"
            short = high and len(path) <= _LONGEST_PATH
            names[each] = path if needs_path and short else name
    pairs = {names[low]: names[high] for low, high in above.items()}
    return Tree(names, tuple(pairs.items()))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
