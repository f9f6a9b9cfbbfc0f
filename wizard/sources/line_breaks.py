"""Text whose line breaks count, as blogs keep it, made into the HTML that they show."""

from __future__ import annotations

import re
from html import escape, unescape

_BLOCKS = (
    "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|map|nav|"
    "object|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BEFORE = re.compile(rf"\s*(<(?:{_BLOCKS})\b[^<>]*>|<!--\s*more\b)", re.IGNORECASE)
_AFTER = re.compile(
    rf"(</(?:{_BLOCKS})\s*>|<hr\b[^<>]*>|<!--\s*more\b[^<>]*-->)\s*", re.I
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b|<!--", re.IGNORECASE)
_KEPT = re.compile(
    r"<(pre|script|style|textarea)\b[^<>]*>.*?</\1\s*>", re.I | re.DOTALL
)
_BREAK = re.compile(r"(?:<br\b[^<>]*>)?[ \t]*\n[ \t]*", re.IGNORECASE)
_CAPTION = re.compile(
    r"\[caption\b([^\]]*)\]\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*?)\[/caption\]",
    re.IGNORECASE | re.DOTALL,
)
_CAPTION_WORDS = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def paragraphs(text: str) -> str:
    """HTML in which a blank line is a new paragraph and a line break a ``<br>``, as
    WordPress and Movable Type show such text. Text made of blocks stays as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<!-- wp:" in text:
        return text
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n<!--kept {len(kept) - 1}-->\n\n"

    text = _KEPT.sub(keep, text)
    text = _AFTER.sub(r"\1\n\n", _BEFORE.sub(r"\n\n\1", text))
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n", text)]
    html = "\n".join(
        piece if _BLOCK.match(piece) else f"<p>{_BREAK.sub('<br>', piece)}</p>"
        for piece in pieces
        if piece
    )
    return re.sub(r"<!--kept (\d+)-->", lambda found: kept[int(found[1])], html)


def captions(text: str) -> str:
    """WordPress's ``[caption]`` around a picture as a figure with its caption."""

    def figure(found: re.Match[str]) -> str:
        words = found[3].strip()
        if not words and (written := _CAPTION_WORDS.search(found[1])):
            words = escape(unescape(written[1] or written[2] or ""), quote=False)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        return f"<figure>{found[2]}{caption}</figure>"

    return _CAPTION.sub(figure, text)
