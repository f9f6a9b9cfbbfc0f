"""How a block of WordPress's editor is written, letter for letter as the editor does."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from wizard.content.editor_blocks.nodes import TAG, Node
from wizard.content.framing import VERSE

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SIDES = ("center", "right")
# A shortcode's name, as plugins give them, follows its bracket at once, and one of these
# ends it: WordPress looks for no others.
_SHORTCODE = re.compile(r"&#91;(?=[A-Za-z_][\w-]*(?:[\s\]/<>&=]|\Z))")
_INERT = "[<i></i>"
# In code the editor keeps WordPress from making a video of an address.
_LONE_ADDRESS = re.compile(r"^(\s*https?:)//([^\s<>\"]+\s*)$", re.MULTILINE)


def block(name: str, attributes: Mapping[str, object], html: str) -> str:
    """The block of this name with ``html`` in it."""
    if not attributes:
        return f"<!-- wp:{name} -->\n{html}\n<!-- /wp:{name} -->"
    said = _JSON.encode(attributes)
    # In a comment of HTML nothing may end it.
    for letters, code in (
        ("--", "\\u002d\\u002d"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ('\\"', "\\u0022"),
    ):
        said = said.replace(letters, code)
    return f"<!-- wp:{name} {said} -->\n{html}\n<!-- /wp:{name} -->"


def rich(html: str) -> str:
    """Text with formatting, as the editor writes it. No bracket begins a shortcode."""
    html = html.replace("<br />", "<br>").replace("&#93;", "]")
    if "&#91;" not in html:
        return html
    pieces, at = [], 0
    for tag in TAG.finditer(html):
        pieces.append(_brackets(html[at : tag.start()], _INERT))
        # In a tag nothing but the reference keeps a shortcode from being one.
        pieces.append(_brackets(tag[0], "\0").replace("\0", "&#91;"))
        at = tag.end()
    pieces.append(_brackets(html[at:], _INERT))
    return "".join(pieces)


def _brackets(html: str, shortcode: str) -> str:
    return _SHORTCODE.sub(shortcode, html).replace("&#91;", "[")


def attribute(text: str) -> str:
    """``text`` between the quotes of an attribute."""
    text = text.replace("&", "&amp;").replace('"', "&quot;")
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    if "[" not in text:
        return text
    return _brackets(text.replace("[", "&#91;"), "\0").replace("\0", "&#91;")


def classes(*names: str) -> str:
    """As an attribute, "" for none."""
    said = " ".join(filter(None, names))
    return f' class="{said}"' if said else ""


def align_class(align: str) -> str:
    return f"has-text-align-{align}" if align else ""


def paragraph(html: str, like: Node | None = None) -> str:
    """A paragraph of this text, which is not yet `rich`, set ``like`` the one it is of."""
    if not like or like.start == "<p>":
        return f"<!-- wp:paragraph -->\n<p>{rich(html)}</p>\n<!-- /wp:paragraph -->"
    said: dict[str, object] = {"direction": "rtl"} if like.right_to_left else {}
    direction = ' dir="rtl"' if like.right_to_left else ""
    opening = f"<p{classes(align_class(like.align))}{direction}{indented(like)}>"
    return block("paragraph", said | set_like(like), f"{opening}{rich(html)}</p>")


def set_like(node: Node) -> dict[str, object]:
    """What a paragraph or a heading says of itself; the editor knows no justified text,
    but leaves the word for it alone."""
    said: dict[str, object] = {}
    style: dict[str, object] = {}
    if node.indent:
        style["spacing"] = {"margin": {"left": node.indent}}
    if node.align in _SIDES:
        style["typography"] = {"textAlign": node.align}
    elif node.align:
        said["className"] = align_class(node.align)
    return said | ({"style": style} if style else {})


def indented(node: Node) -> str:
    return f' style="margin-left:{node.indent}"' if node.indent else ""


def heading(node: Node) -> str:
    """A heading; of the first rank there is one already, the post's title."""
    level = max(2, int(node.name[1]))
    said = {"level": level} if level != 2 else {}
    kind = classes("wp-block-heading", align_class(node.align))
    html = f"<h{level}{kind}{indented(node)}>{rich(node.text)}</h{level}>"
    return block("heading", said | set_like(node), html)


def preformatted(node: Node) -> str:
    """Text whose spaces count; as code, if it is all code or has brackets like code."""
    align = align_class(node.align)
    said = {"className": align} if align else {}
    places, rest = split_places(node.inside)
    only = rest[0] if len(rest) == 1 else ""
    is_verse = VERSE in node.start
    is_code = isinstance(only, Node) and only.name == "code" and not is_verse
    inside = node.text
    if isinstance(only, Node) and is_code:
        inside = "".join(place.html for place in places) + only.text
    if not is_code:
        # Of two line breaks at its beginning a browser shows one.
        inside = inside.removeprefix("\n")
    inside = inside.replace("<br />", "\n").replace("&#93;", "]")
    name = "verse" if is_verse else "preformatted"
    if is_code or (_SHORTCODE.search(inside) and not is_verse):
        inside = _LONE_ADDRESS.sub(r"\1&#47;&#47;\2", inside, count=1)
        start = f"<pre{classes('wp-block-code', align)}>"
        return block("code", said, f"{start}<code>{inside}</code></pre>")
    if inside.startswith("\n"):
        inside = f"<br>{inside[1:]}"
    start = f"<pre{classes(f'wp-block-{name}', align)}>"
    return block(name, said, f"{start}{rich(inside)}</pre>")


def split_places(nodes: list[Node | str]) -> tuple[list[Node], list[Node | str]]:
    """The places that links lead to with which a text begins, and the rest of it."""
    places = []
    for node in nodes:
        if isinstance(node, str) or node.inside or not node.start.startswith('<a id="'):
            break
        places.append(node)
    return places, nodes[len(places) :]


def separator() -> str:
    kind = classes("wp-block-separator", "has-alpha-channel-opacity")
    return block("separator", {}, f"<hr{kind}/>")


def more(node: Node) -> str:
    """Here the beginning of a post ends; some posts have words of their own for that."""
    words = node.start.removeprefix("<!--more").removesuffix("-->").strip()
    return block("more", {"customText": words} if words else {}, node.start)


def next_page() -> str:
    return block("nextpage", {}, "<!--nextpage-->")


def as_html(html: str) -> str:
    """A block that holds HTML as it is."""
    return block("html", {}, html)
