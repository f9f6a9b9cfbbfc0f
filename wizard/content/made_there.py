"""What the old blog itself put into a post for every reader: the text has only its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.content.markup import tags

# In what a block says of itself there are no angle brackets.
_BLOCK = re.compile(r"<!--\s+(/?)wp:([a-z][a-z0-9_/-]*)\s([^<>]*)-->")
_SHORTCODE = re.compile(r"\s*\[([A-Za-z][\w-]{0,40})")
# Of these nothing that is in them comes along as it was.
_WHOLE = re.compile(r"(?:^|[/-])(?:forms?|query|comments|navigation)(?![^/-])")
# They have HTML of their own; where they have none, nobody has filled them in.
_WRITTEN = tags(
    "paragraph heading list list-item quote pullquote verse code preformatted table "
    "image gallery video audio file embed cover media-text button buttons column columns "
    "group details html freeform shortcode spacer separator more nextpage missing"
)
_NAMES = {"block": "a block that several posts share"}
_SHOWN = 6


def told_of_made(html: str) -> Iterator[str]:
    """A note on the blocks of WordPress's editor in ``html`` that have nothing in them
    before somebody reads the post, and on shortcodes in such blocks; none if there are
    no such blocks."""
    if " wp:" not in html:
        return
    made = list(dict.fromkeys(_made(html)))
    if not made:
        return
    more = f" and {len(made) - _SHOWN} more" if len(made) > _SHOWN else ""
    yield (
        "What the old blog itself put into the post for every reader stays behind: "
        f"{', '.join(made[:_SHOWN])}{more}. If you need it, add it at the new blog."
    )


def _made(html: str) -> Iterator[str]:
    around, depth = "", 0
    for found in _BLOCK.finditer(html):
        ends, name, said = found.groups()
        name = name.removeprefix("core/")
        alone = said.rstrip().endswith("/")
        if around:
            depth += 0 if name != around or alone else -1 if ends else 1
            around = around if depth else ""
        elif ends or (alone and name in _WRITTEN):
            continue
        elif alone:
            yield _called(name)
        elif _WHOLE.search(name):
            around, depth = name, 1
            yield _called(name)
        elif name == "shortcode" and (code := _SHORTCODE.match(html, found.end())):
            yield f"[{code[1]}]"


def _called(name: str) -> str:
    """“contact form” for ``jetpack/contact-form``."""
    return _NAMES.get(name) or name.rpartition("/")[2].replace("-", " ")
