"""What a post is called at an old blog: the words of its title."""

from __future__ import annotations

import re
from html import unescape

from wizard.sources.metaweblog.engines import is_movable_type, is_wordpress
from wizard.sources.metaweblog.xmlrpc import Struct, text

# What people set a title with; anything else between such signs is meant to be read.
_FORMATTING = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|nobr|q|"
    r"s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)"
    r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+))*\s*/?>""",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s{0,9}<br(?:\s[^<>]*)?/?>\s{0,9}", re.IGNORECASE)


def title_of(struct: Struct) -> str:
    """The words of its title, as readers saw them."""
    said = text(struct, "post_title", "title")
    if is_wordpress(struct) or is_movable_type(struct):
        # Both show it as the HTML that it is.
        said = _FORMATTING.sub("", _BREAK.sub(" ", said))
    return unescape(said).strip()
