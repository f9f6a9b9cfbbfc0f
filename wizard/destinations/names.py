"""How WordPress reads titles and names: as HTML, while ours are text."""

from __future__ import annotations

import html
import re

_OCTET = re.compile("%(?=[0-9a-f]{2})", re.IGNORECASE)


def as_html(text: str) -> str:
    """The text as it is sent. WordPress takes "%20" and the like out of names, unless
    the sign is written as a reference."""
    return _OCTET.sub("&#37;", html.escape(text, quote=False))


def as_name(text: str) -> str:
    """The same of a category or a tag. Older versions take "&amp;#39;" for a reference
    itself, and not for the five letters that it means."""
    return as_html(text).replace("&amp;#", "&#38;#")
