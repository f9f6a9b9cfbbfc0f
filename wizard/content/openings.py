"""What readers of an old page could open: text out of sight until somebody clicked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from wizard.content.hiding import CLEAR, Sight, hides, shows
from wizard.content.markup import tags

# What opens something names it in one of these, or is a script.
_OPENER = re.compile(
    r"\s(?:(on[a-z]{4,12}|href)|aria-controls|data-(?:bs-)?target|popovertarget"
    r"|commandfor|for)\s{0,9}=\s{0,9}"
    r"(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'<>]{1,500}))",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"\s*javascript:", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w:.-]*")
# What these say anyway names nothing.
_SCRIPTED = tags(
    "javascript this style display none block inline void return false true if else var "
    "function document window getElementById value hidden show hide toggle visibility"
)
# From the place of what was clicked to what is beside it.
_BESIDE = re.compile(
    r"next(?:Element)?Sibling|parent(?:Node|Element)|getElementsBy|querySelector|children"
    r"|\.(?:next|parent|closest|find|siblings)\w{0,9}\(",
    re.IGNORECASE,
)


class Openings:
    """What can be seen of one text, by those who open whatever can be opened there."""

    def __init__(self, html: str) -> None:
        self._html = html

    def hides(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether neither the element nor anything in it could ever be seen."""
        return hides(tag, attributes) and not self._open(attributes)

    def shows(self, tag: str, attributes: Mapping[str, str], around: Sight) -> Sight:
        """What could be seen of the element, as in `hiding.shows`."""
        sight = shows(tag, attributes, around)
        if sight.seen or not around.seen or not self._open(attributes):
            return sight
        sight = sight._replace(seen=True)
        return CLEAR if sight == CLEAR else sight

    def _open(self, attributes: Mapping[str, str]) -> bool:
        named, beside = self._openers
        names = {attributes.get("id", ""), *attributes.get("class", "").split()}
        return beside or not named.isdisjoint(names)

    @cached_property
    def _openers(self) -> tuple[frozenset[str], bool]:
        """The names of what is opened, and whether anything opens what is beside it."""
        names, beside = set[str](), False
        for opener in _OPENER.finditer(self._html):
            kind, *values = opener.groups("")
            value = "".join(values)
            is_script = kind[:2].lower() == "on" or bool(_SCRIPT.match(value))
            if is_script:
                beside = beside or bool(_BESIDE.search(value))
            elif kind and not value.startswith("#"):
                continue
            for name in _NAME.findall(value):
                names.update((name, *re.split("[.:]", name)))
        return frozenset(names - _SCRIPTED), beside
