"""Links of a text that is finished, and how they are made to lead elsewhere."""

from __future__ import annotations

import html as references
import re
from collections.abc import Callable, Iterator, Mapping

from wizard.content import markup

# What is played leads somewhere, too.
_LINK = re.compile(
    r'(<(?:a\b[^>]*?\shref|(?:audio|video)\b[^>]*?\ssrc)=")([^"]*)(")', re.IGNORECASE
)


def _finder(before: str, before_www: str, more: str) -> re.Pattern[str]:
    """``before``: what must be so before an address; ``more``: what may stand in it
    of all that is not ASCII. Punctuation is part of it only where it goes on behind."""
    letter = rf"(?:(?!&(?:lt|gt|quot|nbsp);)[\w#%~/@\[\]*(+=&$-]|{more})"
    return re.compile(
        rf"(?:{before}https?://(?=['.,;:!?)]?{letter})|{before_www}www\.)"
        rf"{letter}*(?:['.,;:!?)]{letter}+)*\)?",
        re.ASCII | re.IGNORECASE,
    )


# Where WordPress sees one in what readers say, and makes a link of it
# (`make_clickable`).
_BARE = _finder(r"(?<![^\s(<.,;:!?])", r"(?<!\S)", r"[^\x00-\x7f]")
# In a post nothing becomes a link by itself. What stands behind a bracket may be a
# shortcode's; where no spaces part words, the next one is no address.
_WRITTEN = _finder(
    r"(?<![a-z0-9/\]])(?<!\w_)",
    r"(?<![\w/\].@-])",
    r"[\u00c0-\u0dff\u1e00-\u1fff\ufdd0]",
)
# In quotation marks or behind an equals sign it may be part of a shortcode, or of code
# that a text shows, if one has begun not far before it.
_SET_IN = ('"', "'", "=")
_FAR = 300
# What most texts have none of, as is seen at once.
_MAY_BE = re.compile(r"://|www\.", re.IGNORECASE)
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


def linked(html: str, lead: Callable[[str], str]) -> str:
    """A post with each address that it only writes out made a link to where ``lead``
    says, so that it reads as it did; "" leaves it as it is. The signs behind one may
    be those that it is set in."""
    if not _MAY_BE.search(html):
        return html

    def new(words: str, address: str) -> str:
        for text in dict.fromkeys((_bared(words), words)) if address else ():
            behind = words[len(text) :]
            there = markup.address(lead(address[: len(address) - len(behind)]))
            if there:
                return markup.link(there, text) + behind
        return words

    return "".join(new(words, address) for words, address in _addresses(html, _WRITTEN))


def _bared(address: str) -> str:
    """Without what ends ``[an address]``, ``*one*`` or ``_one_``."""
    bare = address.rstrip("]*_")
    closes = bare.count("[") > bare.count("]") and address.startswith(f"{bare}]")
    return f"{bare}]" if closes else bare


def _addresses(html: str, finder: re.Pattern[str] = _BARE) -> Iterator[tuple[str, str]]:
    """A text in pieces, each with the address that it is, "" for all else."""
    inside = 0
    for piece in _TAG.split(html):
        if tag := _NEVER_IN.match(piece):
            inside += -1 if tag[1] else 1
        at, is_text = 0, not (inside or piece.startswith("<"))
        is_text = is_text and bool(_MAY_BE.search(piece))
        for found in finder.finditer(piece) if is_text else ():
            if finder is _WRITTEN and _is_part_of_code(piece, found.start()):
                continue
            yield piece[at : found.start()], ""
            words = _balanced(found[0])
            at = found.start() + len(words)
            whole = words if words[:1] in "hH" else f"http://{words}"
            yield words, references.unescape(markup.referenced(whole))
        yield piece[at:], ""


def _is_part_of_code(text: str, at: int) -> bool:
    """Whether an address is what a shortcode or a tag says that is written out."""
    if text[at - 1 : at] not in _SET_IN:
        return False
    before = text[max(0, at - _FAR) : at]
    begun = max(before.rfind("["), before.rfind("\ufdd1"))
    return begun > max(before.rfind("]"), before.rfind("\ufdd2"))


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
