"""A cleaned post in the blocks of WordPress's editor, which finds nothing to mend in them.

What has no block of its own becomes one of HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from wizard.content.editor_blocks.converting import Converting
from wizard.content.editor_blocks.pictures import Ours, Pictures
from wizard.content.editor_blocks.writing import as_html, block

__all__ = ["Ours", "as_blocks"]

# With more of its text in blocks of HTML than that, a post is better off as it is.
_MOST_AS_IT_IS = 0.3
_TAGS = re.compile(r"<[^>]*>")
_HEAD = re.compile(r"<!-- wp:([\w-]+)(?: (\{.*\}))? -->\n(<[a-z0-9]+)([^>]*)(/?>)")
_CLASS = re.compile(r' class="([^"]*)"')
_NAMELESS = ("html", "more", "nextpage")


def as_blocks(html: str, pictures: Pictures, name: str = "") -> str:
    """``html`` out of `cleaning.sanitised` as blocks; "" when it is better left as it is.

    ``pictures``: those at the new blog, by the address that the text shows.
    ``name``: a class by which the post can be found again; it stays when somebody edits
    and saves the post, and nobody sees it.
    """
    converting = Converting(pictures)
    blocks = converting.post(html)
    left = converting.as_it_is
    if left and left > _MOST_AS_IT_IS * len(_TAGS.sub("", html)):
        return ""
    if name:
        _give(name, blocks)
    return "\n\n".join(blocks)


def _give(name: str, blocks: list[str]) -> None:
    """To the first and the last block: one of them may be deleted or rewritten."""
    ways = range(len(blocks)), reversed(range(len(blocks)))
    ends = {able[0]: able[1] for way in ways if (able := _first_able(blocks, way))}
    for number, head in ends.items():
        blocks[number] = _named(name, head) + blocks[number][head.end() :]
    if not ends:
        blocks.append(as_html(f"<!-- {name} -->"))


def _first_able(
    blocks: list[str], way: Iterable[int]
) -> tuple[int, re.Match[str]] | None:
    """The first of these that can have a name, and its beginning."""
    heads = ((number, _HEAD.match(blocks[number])) for number in way)
    able = ((number, head) for number, head in heads if head)
    return next((one for one in able if one[1][1] not in _NAMELESS), None)


def _named(name: str, head: re.Match[str]) -> str:
    """The beginning of a block with one more class, each where the editor writes it."""
    said = json.loads(head[2] or "{}")
    after = {n: said.pop(n) for n in ("style", "anchor") if n in said}
    said["className"] = f"{said.get('className', '')} {name}".strip()
    said |= after
    tag, rest = head[3], head[4]
    if _CLASS.search(rest):
        rest = _CLASS.sub(rf' class="\1 {name}"', rest, count=1)
    else:
        rest = f' class="{name}"{rest}'
    whole = block(head[1], said, f"{tag}{rest}{head[5]}")
    return whole.removesuffix(f"\n<!-- /wp:{head[1]} -->")
