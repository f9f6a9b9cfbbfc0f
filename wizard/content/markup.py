"""Which old tags and attributes mean something, and how that is said today."""

from __future__ import annotations

import re
from collections.abc import Mapping


def tags(names: str) -> frozenset[str]:
    """The tags of these names."""
    return frozenset(names.split())


# What stands inside these was never meant to be read; beside a formula, what programs
# make of it.
HIDDEN = tags(
    "script style title template svg xml noframes noembed iframe canvas datalist "
    "annotation annotation-xml"
)
INLINE = {
    **{tag: tag for tag in tags("a b strong i em u s del ins sub sup code kbd samp")},
    **{tag: tag for tag in tags("var small q cite abbr dfn mark ruby rb rt rp bdo")},
    **{f"k-{tag}": tag for tag in tags("b i s u small")},
    "acronym": "abbr",
    **dict.fromkeys(("strike", "k-strike"), "s"),
    **dict.fromkeys(("tt", "k-tt"), "code"),
}
# They only part one text from the next: what is inside becomes paragraphs.
PARTING = tags(
    "html body p k-p div center address article aside section header footer main nav "
    "hgroup form fieldset legend noscript marquee menuitem dir "
    "select option optgroup button textarea dialog layer ilayer multicol"
)
TEXT_BLOCKS = {
    **{tag: tag for tag in tags("h1 h2 h3 h4 h5 h6 pre")},
    "listing": "pre",
    "xmp": "pre",
    "plaintext": "pre",
}
CONTAINERS = tags(
    "ul ol menu li dl dt dd blockquote table caption thead tbody tfoot tr td th "
    "figure figcaption details summary"
)
BLOCKS = PARTING | TEXT_BLOCKS.keys() | CONTAINERS
PLAYERS = tags("object video audio")
VIDEOS = tags("object param embed iframe video audio source bgsound")

ROWS = tags("table thead tbody tfoot")
PARENTS: dict[str, frozenset[str]] = {
    "li": tags("ul ol"),
    "dt": tags("dl"),
    "dd": tags("dl"),
    "caption": tags("table"),
    "thead": tags("table"),
    "tbody": tags("table"),
    "tfoot": tags("table"),
    "tr": ROWS,
    "td": tags("tr"),
    "th": tags("tr"),
    "figcaption": tags("figure"),
    "summary": tags("details"),
}
# What a container that cannot hold text gets put around a text of its own.
IMPLIED = dict.fromkeys(ROWS, "tr") | {"ul": "li", "ol": "li", "dl": "dd", "tr": "td"}
IMPLIED_PARENT = {"li": "ul", "dt": "dl", "dd": "dl", "td": "tr", "th": "tr"}

LINKS = tags("http https mailto ftp tel sms news nntp xmpp callto irc")
_PICTURES = tags("http https")

# Not part of any text: NUL and its kin, and what XML 1.0 cannot carry.
UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# nh3 takes quadratic time for many references in one text, and its older versions leave
# "<" in attributes, which wpautop takes for a tag. So it is shown none: noncharacters
# stand for them, and whatever else those stand in, they can only become text.
_STAND_INS = {"\ufdd0": "&amp;", "\ufdd1": "&lt;", "\ufdd2": "&gt;", "\ufdd3": "&nbsp;"}
# A line break at the beginning of a `<pre>` that is one more than browsers drop there;
# nh3 would drop it, too.
NEW_LINE = "\ufdd4"
_STAND_INS[NEW_LINE] = "\n"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# In an attribute a tag is only text: it gets its own name back (see `parsing`).
_RESPELLED = re.compile(r"<k-p></k-p>|(?<=[</])k-(?=[a-z]{1,6}[\s>])", re.IGNORECASE)
_STYLES = {
    "b": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    "i": re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE),
    "u": re.compile(r"text-decoration[^;:]{0,20}:[^;]{0,99}underline", re.IGNORECASE),
    "s": re.compile(
        r"text-decoration[^;:]{0,20}:[^;]{0,99}line-through", re.IGNORECASE
    ),
}
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_ALIGN_OF_EDITOR = re.compile(r"(?<!\S)has-text-align-(left|center|right)(?!\S)")
_RIGHT_TO_LEFT = re.compile(r"(?<![\w-])direction\s*:\s*rtl", re.IGNORECASE)
_COUNT = re.compile(r"\s*([+-]?\d{1,9})(?!\d)", re.ASCII)
_SPAN = re.compile(r"(\d{1,4})\Z", re.ASCII)
_NUMBERS = {
    "ol": (_COUNT, ("start",)),
    "li": (_COUNT, ("value",)),
    "td": (_SPAN, ("colspan", "rowspan")),
    "th": (_SPAN, ("colspan", "rowspan")),
}
# How the items of a list are numbered, as its style says it.
KINDS = {
    "a": ("lower-alpha", "lower-latin"),
    "A": ("upper-alpha", "upper-latin"),
    "i": ("lower-roman",),
    "I": ("upper-roman",),
}
_KIND = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,40}?\b((?:lower|upper)-[a-z]+)", re.I
)
_INDENT = re.compile(
    r"(?<![\w-])(?:(?:margin|padding)-left\s*:|margin\s*:\s*(?:[\w.]+\s+){3})"
    r"\s*(\d{0,4}(?:\.\d{1,4})?)(px|pt|em|in|cm|mm)",
    re.IGNORECASE,
)
_NEVER_SET_IN = ROWS | tags("caption tr td th figure figcaption")
_PIXELS = {"px": 1, "pt": 4 / 3, "em": 16, "in": 96, "cm": 37.8, "mm": 3.78}
# What is less is no indent, what is more leaves no room.
_LEAST_INDENT, MOST_INDENT = 16, 320
_ALIGNS = tags("center middle right justify")


def address(value: str, *, picture: bool = False) -> str:
    """An address that may stand in a post, or "" if it is none (``javascript:``)."""
    if value.isprintable():
        value = value.strip()
    else:
        value = UNWRITABLE.sub("", value).strip()
        value = value.replace("\n", "").replace("\r", "").replace("\t", "")
    scheme = _SCHEME.match(value)
    if scheme and scheme[1].lower() not in (_PICTURES if picture else LINKS):
        return ""
    if " " in value and not picture:
        # Two would become one where it stands, and behind the "#" each one counts.
        start, mark, part = value.partition("#")
        value = start.replace("  ", "%20%20") + mark + part.replace(" ", "%20")
    return value


def text(value: str) -> str:
    """``value`` as it stands in HTML outside of any tag, until `referenced`."""
    value = value.replace("&", "\ufdd0").replace("<", "\ufdd1").replace(">", "\ufdd2")
    return value.replace("\xa0", "\ufdd3")


def referenced(html: str) -> str:
    """With the character references that `text` left out."""
    for stand_in, reference in _STAND_INS.items():
        html = html.replace(stand_in, reference)
    return html


def quoted(value: str) -> str:
    """``value`` as it stands between the quotes of an attribute, until `referenced`."""
    value = _RESPELLED.sub("", value) if "k-" in value else value
    if "  " in value or not value.isprintable():
        value = _SPACE.sub(" ", value)
    value = value.strip(" ").replace("&", "&amp;").replace('"', "&quot;")
    return value.replace("<", "\ufdd1").replace(">", "\ufdd2")


def titled(attributes: Mapping[str, str]) -> str:
    """What is said when somebody points there, as an attribute again."""
    title = attributes.get("title", "")
    return f' title="{quoted(title)}"' if title.strip() else ""


def image(
    src: str,
    alt: str,
    size: tuple[int, int] = (0, 0),
    side: str = "",
    title: str = "",
    share: int = 0,
) -> str:
    """An ``<img>``. ``size``: pixels, 0 for unknown; ``side``: where the text goes by;
    ``share``: its width in per cent, before which ``size`` does not count."""
    parts = [f'<img src="{quoted(src)}" alt="{quoted(alt)}"']
    if title and title != alt:
        parts.append(f' title="{quoted(title)}"')
    if share:
        parts.append(f' width="{share}%"')
    else:
        sides = zip(("width", "height"), size, strict=True)
        parts += [f' {name}="{pixels}"' for name, pixels in sides if pixels]
    if side:
        parts.append(f' class="align{side}"')
    return "".join(parts) + ">"


def link(href: str, html: str) -> str:
    """``html`` as the text of a link."""
    return f'<a href="{quoted(href)}">{html}</a>'


def align_of(attributes: Mapping[str, str]) -> str | None:
    """center, right, justify, "" for left; None when nothing is said."""
    said = attributes.get("align")
    style = _ALIGN.search(attributes["style"]) if "style" in attributes else None
    if style:
        said = style[1]
    elif "class" in attributes:
        editor = _ALIGN_OF_EDITOR.search(attributes["class"])
        said = editor[1] if editor else said
    if said is None:
        return None
    said = said.strip().lower()
    return {"middle": "center"}.get(said, said) if said in _ALIGNS else ""


def is_right_to_left(attributes: Mapping[str, str]) -> bool | None:
    """Which way the text runs, None when nothing is said."""
    if "dir" in attributes:
        return attributes["dir"].strip().lower() == "rtl"
    if "style" in attributes and _RIGHT_TO_LEFT.search(attributes["style"]):
        return True
    return None


def emphasis_of(attributes: Mapping[str, str]) -> list[str]:
    """Tags for what a ``style`` says about the letters: bold, italic, lines."""
    style = attributes.get("style")
    return [tag for tag, said in _STYLES.items() if said.search(style)] if style else []


def indent_of(tag: str, attributes: Mapping[str, str]) -> int:
    """How far in a text is set, in pixels. Of lists only the margin says so."""
    said = _INDENT.search(attributes.get("style", ""))
    if not said or said[1] in ("", ".") or tag in _NEVER_SET_IN:
        return 0
    if tag in CONTAINERS and said[0][0] in "pP":
        return 0
    pixels = round(float(said[1]) * _PIXELS[said[2].lower()])
    return min(pixels, MOST_INDENT) if pixels >= _LEAST_INDENT else 0


def numbers_of(tag: str, attributes: Mapping[str, str]) -> str:
    """How a list counts and how far a cell reaches, as attributes again."""
    if not attributes:
        return ""
    counts = _counts(attributes) if tag == "ol" else ""
    if tag == "details" and "open" in attributes:
        return ' open=""'
    if tag not in _NUMBERS:
        return counts
    written, names = _NUMBERS[tag]
    return counts + "".join(
        f' {name}="{int(number[1])}"'
        for name in names
        if (number := written.match(attributes.get(name, "")))
    )


def _counts(attributes: Mapping[str, str]) -> str:
    """With letters or Roman numbers, and backwards."""
    said = _KIND.search(attributes.get("style", ""))
    name = said[1].lower() if said else ""
    styled = (kind for kind, names in KINDS.items() if name in names)
    kind = next(styled, attributes.get("type", "").strip())
    backwards = ' reversed=""' if "reversed" in attributes else ""
    return (f' type="{kind}"' if kind in KINDS else "") + backwards
