"""Cleaning: whatever HTML comes in, plain and harmless HTML comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import unescape

import nh3

from wizard.content import framing, markup
from wizard.content.flow import BREAKS, Flow
from wizard.content.hiding import CLEAR, Sight
from wizard.content.keeping import AnyKeeping
from wizard.content.libxml import DEEPEST, TooDeep
from wizard.content.links import nowhere, readdressed
from wizard.content.openings import Openings
from wizard.content.parsing import hear
from wizard.content.places import named_by, named_in
from wizard.content.smileys import smiley
from wizard.errors import Refused

LARGEST = 1 << 25
_STYLED = markup.tags(
    "p h1 h2 h3 h4 h5 h6 pre ul ol li dl dt dd blockquote table td th details summary"
)
_TAGS = {
    "br",
    "hr",
    "img",
    "span",
    *markup.INLINE.values(),
    *markup.CONTAINERS,
    *_STYLED,
}
_ATTRIBUTES = {
    **{tag: {"style", "dir"} for tag in _STYLED},
    "a": {"href", "id", "title"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "mark": {"style"},
    "span": {"style", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "details": {"style", "dir", "open"},
    "ol": {"style", "dir", "start", "type", "reversed"},
    "li": {"style", "dir", "value"},
    "td": {"style", "dir", "colspan", "rowspan"},
    "th": {"style", "dir", "colspan", "rowspan"},
}
_PROPERTIES = {"text-align", "margin-left", "color", "background-color", "font-size"}
_CLASSES = {
    "img": {"alignleft", "alignright", "aligncenter"},
    "figure": {"wp-block-image", framing.PULLED}
    | {"alignleft", "alignright", "aligncenter"}
    | {f"columns-{number}" for number in range(1, 9)},
    "pre": {framing.VERSE},
    "em": {"moving-day-missing"},
    "mark": {"has-inline-color"},
}
_COMMENT = nh3.Cleaner(
    tags=set(markup.tags("a b i em strong code q cite blockquote del s abbr")),
    attributes={"a": {"href", "title"}, "abbr": {"title"}},
    url_schemes=set(markup.LINKS),
    link_rel=None,
)
_ANCHORS = re.compile(
    r"href\s*=\s*(?:([\"'])#([A-Za-z][\w.:+/%&',()=!*$@~;?#\[\] -]{0,99}?)\1|#([A-Za-z][\w.:%#\[\]-]{0,99})[\s>])",
    re.ASCII | re.IGNORECASE,
)
# Beginning with what is rare, it is found to be missing much sooner.
_MAY_BE_ANCHOR = re.compile(r"#(?<=[=\"'\s]#)[A-Za-z]")
_BLOCK_EDGE = re.compile(
    r"</?(?:p|h\d|pre|[uod]l|li|d[td]|table|tr|caption|fig\w*|details|summary|hr)\b[^>]*>"
)
_QUOTE_EDGE = re.compile(r"</?blockquote[^>]*>")
_CELL_END = re.compile(r"</t[dh]>(?=<)")
# Whole runs of spaces only: to begin again inside of one would take quadratic time.
_SPACES = re.compile(r"(<blockquote>)?(\s+)(</blockquote>)?")


class AsItIs:
    """Keeps links and pictures where they lead, as long as they lead anywhere."""

    def image(self, attributes: Mapping[str, str], linked: bool) -> str:
        character = smiley(attributes)
        if character:
            return markup.text(character)
        if framing.is_tracker(attributes):
            return ""
        alt = attributes.get("alt", "")
        src = markup.address(attributes.get("src", ""), picture=True)
        if not src:
            return markup.text(alt)
        return markup.image(
            src,
            alt,
            framing.size_of(attributes),
            framing.side_of(attributes),
            attributes.get("title", ""),
            framing.share_of(attributes),
        )

    def link(self, href: str) -> str:
        return markup.address(href)

    def player(self, attributes: Mapping[str, str]) -> str:
        return ""

    def unlink(self) -> str:
        return ""

    def hide(self, attributes: Mapping[str, str]) -> None:
        pass


class _InComment(AsItIs):
    """WordPress shows no pictures in comments: their words or addresses stay."""

    def __init__(self, links: Callable[[str], str]) -> None:
        self._links = links

    def link(self, href: str) -> str:
        return super().link(self._links(href) or href)

    def image(self, attributes: Mapping[str, str], linked: bool) -> str:
        html = super().image(attributes, linked)
        if not html.startswith("<img"):
            return html
        src, alt = attributes["src"], attributes.get("alt", "")
        return (
            markup.text(alt or src)
            if linked
            else markup.link(src, markup.text(alt or src))
        )


def clean(html: str) -> str:
    """``html`` as plain blocks parted by empty lines, safe to send with any password.

    Raises Refused when it is longer than 32 million characters.
    """
    return sanitised(flow_of(html, AsItIs).html)


def clean_comment(html: str, links: Callable[[str], str] = nowhere) -> str:
    """``html`` with only what WordPress lets readers write; a new line is a new line.

    ``links``: where a link leads from now on, "" where it led. An address of which
    WordPress makes a link is written as what it leads to.
    Raises Refused when it is longer than 32 million characters.
    """
    text = _CELL_END.sub(" ", flow_of(html, lambda: _InComment(links)).html)
    text = BREAKS.sub("", text.replace("<br>", "\n"))
    text = _BLOCK_EDGE.sub("\n\n", _QUOTE_EDGE.sub(r"\n\n\g<0>\n\n", text))
    text = _COMMENT.clean(markup.UNWRITABLE.sub("", text))
    text = _SPACES.sub(_fewer, markup.referenced(text).replace("<a></a>", ""))
    if links is not nowhere:
        text = readdressed(text, links)
    return _escape_brackets(text.strip())


def _fewer(spaces: re.Match[str]) -> str:
    """None at the edges of a quotation, one empty line instead of several."""
    if spaces[1] or spaces[3]:
        return f"{spaces[1] or ''}{spaces[3] or ''}"
    return "\n\n" if spaces[2].count("\n") > 1 else spaces[2]


def plain_text(html: str, limit: int | None = None) -> str:
    """The words of ``html`` with single spaces, at most ``limit`` characters."""
    try:
        words = hear(html, lambda: _Words(limit, Openings(html)))
    except _Enough as enough:
        words = enough.words
    return words.text[:limit].rstrip()


class _Enough(Exception):
    def __init__(self, words: _Words) -> None:
        self.words = words


class _Words:
    """Listens for text only."""

    def __init__(self, limit: int | None, openings: Openings) -> None:
        self._limit = limit
        self._openings = openings
        self._found: list[str] = []
        self._length = 0
        self._around: list[Sight] = []
        self._hidden = 0
        self._sight = CLEAR

    @property
    def text(self) -> str:
        return markup.UNWRITABLE.sub("", " ".join("".join(self._found).split()))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._around.append(self._sight)
        if len(self._around) > DEEPEST:
            raise TooDeep
        if (
            self._hidden
            or tag in markup.HIDDEN
            or self._openings.hides(tag, attributes)
        ):
            self._hidden += 1
            return
        self._sight = self._openings.shows(tag, attributes, self._sight)
        if tag == "img" and self._sight.seen:
            self._add(smiley(attributes))
        elif tag in markup.BLOCKS or tag in ("br", "hr"):
            self._found.append(" ")

    def end(self, tag: str) -> None:
        self._sight = self._around.pop()
        if self._hidden:
            self._hidden -= 1
        elif tag in markup.BLOCKS:
            self._found.append(" ")

    def data(self, text: str) -> None:
        if not self._hidden and self._sight.of_letters:
            self._add(text)

    def paragraph(self, html: str) -> bool:
        return False

    def comment(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass

    def _add(self, text: str) -> None:
        self._found.append(text)
        self._length += len(text)
        if self._limit is not None and self._length > 2 * self._limit:
            self._length = len(self.text)
            if self._length > self._limit:
                raise _Enough(self)


def flow_of(html: str, keeping: Callable[[], AnyKeeping]) -> Flow[AnyKeeping]:
    """``html`` in blocks, not yet sanitised; its pictures as ``keeping`` says.

    Raises Refused when it is longer than 32 million characters.
    """
    if len(html) > LARGEST:
        raise Refused(
            "The text of this post is too long to be a post.",
            f"It has {len(html):,} characters; the longest that can be moved has "
            f"{LARGEST:,}. Perhaps a picture was written into it as text.",
            code="text_too_long",
        )
    anchors = _anchors(html) if _MAY_BE_ANCHOR.search(html) else ()
    openings = Openings(html)
    return hear(html, lambda: Flow(keeping(), frozenset(anchors), openings))


def _anchors(html: str) -> Iterator[str]:
    for _, a, b in _ANCHORS.findall(html):
        yield from named_by(unescape(a or b))


def places(html: str) -> frozenset[str]:
    """The places in ``html`` that links can still lead to once it is cleaned."""
    return named_in(flow_of(html, AsItIs).html)


def sanitised(html: str, schemes: frozenset[str] = frozenset()) -> str:
    """Blocks from `flow_of` with nothing in them that a browser might run.

    Square brackets become character references, so that no text is a shortcode.
    ``schemes``: what addresses may begin with besides the usual.
    """
    # First, because "java\x01script:" is a relative address until the \x01 is gone.
    html = markup.UNWRITABLE.sub("", html)
    cleaner = _cleaner(markup.LINKS | schemes)
    parts = enumerate(BREAKS.split(html))
    html = "".join(part if at % 2 else cleaner.clean(part) for at, part in parts)
    html = markup.referenced(html.replace("<br>", "<br />"))
    return _escape_brackets(html).strip()


@lru_cache(maxsize=8)
def _cleaner(schemes: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        filter_style_properties=_PROPERTIES,
        url_schemes=set(schemes),
        link_rel=None,
    )


def _escape_brackets(html: str) -> str:
    return html.replace("[", "&#91;").replace("]", "&#93;")
