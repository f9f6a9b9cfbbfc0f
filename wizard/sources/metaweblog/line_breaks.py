"""Text whose line breaks count, as blogs keep it, made into the HTML that they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from string import ascii_uppercase

_BLOCKS = (
    "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|map|nav|"
    "object|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BEFORE = re.compile(rf"<(?:{_BLOCKS})\b[^<>]*>|<!--(?:more|nextpage)\b", re.IGNORECASE)
_AFTER = re.compile(
    rf"</(?:{_BLOCKS})\s*>|<hr\b[^<>]*>|<!--(?:more|nextpage)\b[^<>]*>", re.IGNORECASE
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b|<!--", re.IGNORECASE)
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
# Letters of other alphabets may become two when they become small.
_LOWER = {ord(capital): capital.lower() for capital in ascii_uppercase}
_TAG = re.compile(r"<[^<>]*>")
# Between their parts there is no text.
_FRAME = re.compile(
    r"</|<!--|<(?:table|t(?:head|body|foot|r)|colgroup|[uod]l|object)\b", re.IGNORECASE
)
# What WordPress shows in place of an address that stands alone in its line, it shows
# only if it stands alone in its paragraph, too.
_ALONE = re.compile(
    r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_BREAK_BEFORE_END = re.compile(r"<br>\s{0,99}(</[^<>]*>)$")
_LAST_BREAK = re.compile(r"<br\b[^<>]*>$", re.IGNORECASE)
# Where a style says so, the spaces of a text can be seen, and its line breaks again.
_SPACES_COUNT = re.compile(r"white-space", re.IGNORECASE)
# No pattern here can look far ahead from many places, so no text takes long.
_CAPTION = re.compile(
    r"\[caption\b([^\[\]]{0,1000})\]\s{0,9}"
    r"((?:<a\b[^<>]*>\s{0,9})?<img\b[^<>]*>(?:\s{0,9}</a>)?)(.{0,3000}?)\[/caption\]",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(
    r"(<figure\b([^<>]{0,1000})>\s{0,9})"
    r"((?:<a\b[^<>]*>\s{0,9})?<img\b[^<>]*>(?:\s{0,9}</a>)?)",
    re.IGNORECASE,
)
_SIDE = re.compile(r"""\b(?:align=["']?|align)(left|right|center)\b""", re.IGNORECASE)
_CAPTION_WORDS = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def paragraphs(text: str, *, embeds: bool = False) -> str:
    """HTML in which a blank line is a new paragraph and a line break a ``<br>``, as
    WordPress and Movable Type show such text. Text made of blocks stays as it is.

    ``embeds``: an address alone in its line may stand for what is there.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<!-- wp:" in text:
        return text
    spaced = bool(_SPACES_COUNT.search(text))
    html: list[str] = []
    for piece, verbatim in _pieces(text):
        html += [piece] if verbatim else _wrapped(piece, embeds, spaced)
    return "\n".join(html)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in turn, and whether its line breaks stay what they are."""
    lower, at = text.translate(_LOWER), 0
    last: dict[str, int] = {}
    for found in _VERBATIM.finditer(text):
        end_tag = f"</{found[1].lower()}"
        if end_tag not in last:
            last[end_tag] = lower.rfind(end_tag)
        if found.start() < at or last[end_tag] < found.end():
            continue
        end = lower.find(">", lower.find(end_tag, found.end())) + 1 or len(text)
        yield text[at : found.start()], False
        yield text[found.start() : end], True
        at = end
    yield text[at:], False


def _wrapped(text: str, embeds: bool, spaced: bool) -> Iterator[str]:
    """``spaced``: spaces and line breaks stay as well, where WordPress leaves them."""
    text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
    if embeds:
        text = _ALONE.sub(r"\n\n<p>\1</p>\n\n", text)
    text = _AFTER.sub(r"\g<0>\n\n", _BEFORE.sub(r"\n\n\g<0>", text))
    broken = _broken_spaced if spaced else _broken
    for written in re.split(r"\n\s*\n", text):
        piece = written.strip()
        if _FRAME.match(piece):
            yield piece
        elif _BLOCK.match(piece) and (start := _TAG.match(piece)):
            yield start[0] + broken(piece[start.end() :])
        elif piece:
            words = broken(written.strip("\n") if spaced else piece)
            yield f"<p>{words}</p>"


def _broken(text: str) -> str:
    """Every line but the last ends with a ``<br>``."""
    lines = [line.strip() for line in text.strip().split("\n")]
    broken = "<br>".join(_LAST_BREAK.sub("", line) for line in lines)
    return _BREAK_BEFORE_END.sub(r"\1", broken)


def _broken_spaced(text: str) -> str:
    """The same with the line breaks behind them, and with the spaces that begin a line."""
    lines = [_LAST_BREAK.sub("", line.rstrip()) for line in text.rstrip().split("\n")]
    broken = "<br>\n".join(lines).removeprefix("<br>")
    return _BREAK_BEFORE_END.sub(r"\1", broken)


def captions(text: str) -> str:
    """WordPress's ``[caption]`` around a picture as a figure with its caption; the
    picture itself says on which side of the text it stands, in figures of its blocks,
    too."""

    def figure(found: re.Match[str]) -> str:
        words = found[3].strip()
        if not words and (written := _CAPTION_WORDS.search(found[1])):
            words = escape(unescape(written[1] or written[2] or ""), quote=False)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        said = _CAPTION_WORDS.sub("", found[1])
        return f"<figure>{_set(found[2], said)}{caption}</figure>"

    text = _FIGURE.sub(lambda found: f"{found[1]}{_set(found[3], found[2])}", text)
    return _CAPTION.sub(figure, text)


def _set(picture: str, said: str) -> str:
    """The picture where it is said to stand."""
    side = _SIDE.search(said)
    if not side:
        return picture
    if side[1].lower() == "center":
        return f'<p align="center">{picture}</p>'
    return re.sub(r"<img\b", rf'<img align="{side[1].lower()}"', picture, count=1)
