"""Blocks that are made of parts: lists of items, tables of rows."""

from __future__ import annotations

import re

from wizard.content import markup
from wizard.content.editor_blocks.nodes import Node
from wizard.content.editor_blocks.writing import align_class, block, classes, rich

_PARAGRAPHS = re.compile(r"(?:</?p(?: [^>]*)?>)+")
_LISTS = ("ul", "ol")
# What the editor cannot have in an item of a list, or in a cell.
_NOT_IN_ITEMS = markup.tags(
    "blockquote table pre hr dl figure details h1 h2 h3 h4 h5 h6"
)
_NOT_IN_CAPTIONS = (markup.BLOCKS - {"p"}) | {"img", "hr"}
_NOT_IN_CELLS = markup.tags("table figure dl details")


def list_of(node: Node) -> str:
    """The block of a list, "" when the editor could not have all of it."""
    for one in node.walk():
        numbered = one.name == "li" and "value" in one.attributes
        if one.right_to_left or numbered or one.name in _NOT_IN_ITEMS:
            return ""
    return "" if node.right_to_left else _list(node)


def _list(node: Node) -> str:
    items: list[tuple[Node, list[Node]]] = []
    for child in node.inside:
        if isinstance(child, str):
            if child.strip():
                return ""
        elif child.name in _LISTS:
            if not items:
                items.append((Node("li"), []))
            items[-1][1].append(child)
        else:
            nested = [n for n in child.inside if _is_list(n)]
            first = child.inside.index(nested[0]) if nested else len(child.inside)
            if any(not _is_list(n) for n in child.inside[first:]):
                return ""
            text = Node("li", child.start, child.inside[:first])
            items.append((text, [n for n in nested if isinstance(n, Node)]))
    written = [_item(text, nested) for text, nested in items]
    if not (written and all(written)):
        return ""
    said, how = _numbers(node) if node.name == "ol" else ({}, "")
    if node.align:
        said["className"] = align_class(node.align)
    how += classes("wp-block-list", align_class(node.align))
    inside = "\n\n".join(written)
    return block("list", said, f"<{node.name}{how}>{inside}</{node.name}>")


def _numbers(node: Node) -> tuple[dict[str, object], str]:
    """How a list counts: what its block says, and what its tag."""
    said: dict[str, object] = {"ordered": True}
    how, written = "", node.attributes
    if kind := markup.KINDS.get(written.get("type", "")):
        said["type"] = kind[0]
    if "start" in written:
        said["start"] = int(written["start"])
    if "reversed" in written:
        said["reversed"] = True
        how = " reversed"
    how += f' start="{said["start"]}"' if "start" in said else ""
    return said, how + (f' style="list-style-type:{kind[0]}"' if kind else "")


def _is_list(node: Node | str) -> bool:
    return isinstance(node, Node) and node.name in _LISTS


def _item(item: Node, nested: list[Node]) -> str:
    """ "" when it cannot be one: of two lists in an item the editor makes blank lines."""
    if len({one.start for one in nested}) > 1:
        return ""
    inside = rich(item.text)
    if nested:
        parts = [part for one in nested for part in one.inside]
        lists = _list(Node(nested[0].name, nested[0].start, parts))
        if not lists:
            return ""
        inside += lists
    align = align_class(item.align)
    said = {"className": align} if align else {}
    return block("list-item", said, f"<li{classes(align)}>{inside}</li>")


def table_of(node: Node) -> str:
    """The block of a table, "" when the editor could not have all of it."""
    within = list(node.walk())
    if any(one.right_to_left or one.name in _NOT_IN_CELLS for one in within):
        return ""
    rows: dict[str, list[Node]] = {"thead": [], "tbody": [], "tfoot": []}
    caption = ""
    for child in node.inside:
        if isinstance(child, str):
            if child.strip():
                return ""
        elif child.name == "caption":
            words = words_of(child)
            if words is None:
                return ""
            caption += words
        elif child.name == "tr":
            rows["tbody"].append(child)
        elif child.name in rows:
            rows[child.name] += [n for n in child.inside if isinstance(n, Node)]
    html = "".join(_section(name, found) for name, found in rows.items())
    if not html or node.right_to_left:
        return ""
    html = f"<table>{html}</table>"
    if caption:
        kind = classes("wp-element-caption")
        html += f"<figcaption{kind}>{rich(caption)}</figcaption>"
    figure = classes("wp-block-table")
    said = {"hasFixedLayout": False}
    return block("table", said, f"<figure{figure}>{html}</figure>")


def split_source(quote: Node) -> tuple[list[Node | str], str]:
    """What a quotation holds, and behind it who said it."""
    inside = [one for one in quote.inside if isinstance(one, Node) or one.strip()]
    last = inside[-1] if len(inside) > 1 else ""
    if isinstance(last, Node) and last.name == "p" and len(last.inside) == 1:
        cite = last.inside[0]
        if isinstance(cite, Node) and cite.name == "cite" and "<img " not in cite.text:
            return inside[:-1], cite.text
    return quote.inside, ""


def pullquote_of(figure: Node) -> str:
    """The block of a quotation that stands out, "" when the editor could not have all
    of it."""
    quote = figure.inside[0] if len(figure.inside) == 1 else ""
    if isinstance(quote, str) or quote.start != "<blockquote>":
        return ""
    inside, source = split_source(quote)
    words = words_of(Node("blockquote", "", inside))
    if not words or "<cite>" in words:
        return ""
    if any(isinstance(one, Node) and one.right_to_left for one in quote.inside):
        return ""
    html = f"<p>{rich(words)}</p>"
    html += f"<cite>{rich(source)}</cite>" if source else ""
    kind = classes("wp-block-pullquote")
    html = f"<figure{kind}><blockquote>{html}</blockquote></figure>"
    return block("pullquote", {}, html)


def words_of(caption: Node) -> str | None:
    """What a caption says, line by line; None if there is more in it than words."""
    if any(n.name in _NOT_IN_CAPTIONS for n in caption.walk()):
        return None
    text = caption.text.removesuffix("</p>")
    return _PARAGRAPHS.sub("<br />", text).removeprefix("<br />")


def _section(name: str, rows: list[Node]) -> str:
    html = "".join(f"<tr>{cells}</tr>" for row in rows if (cells := _cells(row)))
    return f"<{name}>{html}</{name}>" if html else ""


def _cells(row: Node) -> str:
    return "".join(_cell(cell) for cell in row.inside if isinstance(cell, Node))


def _cell(cell: Node) -> str:
    said = cell.attributes
    align = cell.align if cell.align in ("center", "right") else ""
    html = classes(align_class(align))
    html += f' data-align="{align}"' if align else ""
    for name in ("colspan", "rowspan"):
        if said.get(name, "1") != "1":
            html += f' {name}="{said[name]}"'
    return f"<{cell.name}{html}>{rich(cell.text)}</{cell.name}>"
