"""Links of a text that is finished, and how they are made to lead elsewhere."""

from __future__ import annotations

import html as references
import re
from collections.abc import Callable, Iterator, Mapping

_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")', re.IGNORECASE)

# Where WordPress sees an address in what readers say, and makes a link of it
# (`make_clickable`): punctuation is part of it only where it goes on behind that.
_LETTER = r"(?:(?!&(?:lt|gt|quot|nbsp);)[\w#%~/@\[\]*(+=&$-]|[^\x00-\x7f])"
_BARE = re.compile(
    rf"(?:(?<![^\s(<.,;:!?])https?://(?=['.,;:!?)]?{_LETTER})|(?<!\S)www\.)"
    rf"{_LETTER}*(?:['.,;:!?)]{_LETTER}+)*\)?",
    re.ASCII | re.IGNORECASE,
)
_TAG = re.compile(r"(<[^<>]+>)")
_NEVER_IN = re.compile(r"<(/?)(?:a|code|pre)\b", re.IGNORECASE)

_PICTURE = re.compile(r'<img\b[^>]*?\ssrc="([^"]*)"', re.IGNORECASE)


def nowhere(href: str) -> str:
    """Of every link that it leads where it always led."""
    return ""


def hrefs(html: str) -> Iterator[str]:
    """Where the links of a text lead that `compose` has made."""
    return (references.unescape(link[2]) for link in _LINK.finditer(html))


def shown(html: str) -> set[str]:
    """Where the pictures are that such a text shows."""
    return {references.unescape(picture[1]) for picture in _PICTURE.finditer(html)}


def relinked(html: str, new: Mapping[str, str]) -> str:
    """The same text with the links that ``new`` names leading where it says."""

    def lead(link: re.Match[str]) -> str:
        there = new.get(references.unescape(link[2]))
        return link[0] if there is None else f"{link[1]}{_quoted(there)}{link[3]}"

    return _LINK.sub(lead, html)


def bare(html: str) -> Iterator[str]:
    """The addresses in a comment that WordPress will make links of by itself."""
    return (address for _, address in _addresses(html) if address)


def readdressed(html: str, lead: Callable[[str], str]) -> str:
    """The same comment with each such address replaced by the one that ``lead`` gives
    for it; "" leaves it as it is. WordPress makes no link of one without a host."""

    def new(words: str, address: str) -> str:
        there = lead(address) if address else ""
        if not there or there == address:
            return words
        if "://" not in there:
            return f'<a href="{_quoted(there)}">{words}</a>'
        return references.escape(there, quote=False)

    return "".join(new(words, address) for words, address in _addresses(html))


def _addresses(html: str) -> Iterator[tuple[str, str]]:
    """A comment in pieces, each with the address that it is, "" for all else."""
    inside = 0
    for piece in _TAG.split(html):
        if tag := _NEVER_IN.match(piece):
            inside += -1 if tag[1] else 1
        at, is_text = 0, not (inside or piece.startswith("<"))
        for found in _BARE.finditer(piece) if is_text else ():
            yield piece[at : found.start()], ""
            words = _balanced(found[0])
            at = found.start() + len(words)
            whole = words if words[:1] in "hH" else f"http://{words}"
            yield words, references.unescape(whole)
        yield piece[at:], ""


def _balanced(address: str) -> str:
    """Without a parenthesis that ends what began before it."""
    end, more = len(address), address.count(")") - address.count("(")
    while more > 0:
        last = address.rindex(")", 0, end)
        more += address.count("(", last, end) - 1
        end = last
    return address[:end]


def _quoted(address: str) -> str:
    quoted = references.escape(address)
    return quoted.replace("[", "&#91;").replace("]", "&#93;")
