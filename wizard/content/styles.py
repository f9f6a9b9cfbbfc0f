"""What a ``style`` says, as browsers read it: the last good word, an important one first.

Only of what may hide something, and of the spaces in a text.
"""

from __future__ import annotations

import re

# Neither in quotes nor in brackets does a semicolon end anything.
_OPAQUE = re.compile(r"(/\*.*?(?:\*/|\Z))|\"[^\"]*\"|'[^']*'|\([^()]*\)", re.DOTALL)
ZERO = r"[-+]?(?:0+(?:\.0*)?|\.0+)"
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)"
_LENGTH = rf"{_NUMBER}(?:px|r?em|ex|ch|pt|pc|[cm]m|in|v[wh]|%)"
_USUAL = r"inherit|initial|unset|revert|revert-layer"
_ANY_LENGTH = rf"{_LENGTH}|{ZERO}|auto|none|{_USUAL}|(?:calc|var|min|max)\(.*"
_SIZE = rf"{_LENGTH}|{ZERO}|(?:xx?-)?small|medium|x{{0,3}}-?large|smaller|larger"
_VALUES = {
    "display": "none|block|inline|inline-block|flex|inline-flex|grid|inline-grid|table|"
    "inline-table|list-item|contents|flow-root|run-in|table-row|table-cell|"
    "table-caption|table-column|table-row-group|table-header-group|"
    f"table-footer-group|table-column-group|-webkit-box|-webkit-inline-box|{_USUAL}",
    "visibility": f"visible|hidden|collapse|{_USUAL}",
    "opacity": rf"{_NUMBER}%?|var\(.*|{_USUAL}",
    "position": f"static|relative|absolute|fixed|sticky|{_USUAL}",
    "float": f"left|right|none|{_USUAL}",
    "overflow": f"(?:(?:hidden|clip|visible|auto|scroll) ?){{1,2}}|{_USUAL}",
    "white-space": f"normal|nowrap|pre|pre-wrap|pre-line|break-spaces|{_USUAL}",
    "white-space-collapse": f"collapse|preserve|preserve-breaks|break-spaces|{_USUAL}",
    "font-size": rf"{_SIZE}|{_USUAL}|(?:calc|var|min|max|clamp)\(.*",
    **dict.fromkeys(("left", "top", "right"), _ANY_LENGTH),
    **dict.fromkeys(("width", "height", "max-width", "max-height"), _ANY_LENGTH),
    "clip": rf"rect\(.*\)|auto|{_USUAL}",
    "clip-path": rf"[a-z-]+\(.*\)|none|{_USUAL}",
}
_GOOD = {name: re.compile(values) for name, values in _VALUES.items()}
_FONT = re.compile(
    rf"(?:(?:[a-z-]+|\d00) +){{0,4}}?({_SIZE})(?: */ *[^\s/]+)? +\S.*|({_USUAL})"
)


def said(style: str) -> dict[str, str]:
    """The values that count, by name, in small letters."""
    found: dict[str, str] = {}
    important = set()
    for declaration in _OPAQUE.sub(_closed, style).lower().split(";"):
        name, _, value = declaration.partition(":")
        value, mark, rest = value.partition("!")
        name, value, strong = name.strip(), value.strip(), rest.strip() == "important"
        if name == "font" and (font := _FONT.fullmatch(value)):
            name, value = "font-size", font[1] or font[2]
        good = name in _GOOD and _GOOD[name].fullmatch(value) and bool(mark) == strong
        if good and (strong or name not in important):
            found[name] = value
            if strong:
                important.add(name)
    return found


def _closed(opaque: re.Match[str]) -> str:
    return " " if opaque[1] else opaque[0].replace(";", ",")
