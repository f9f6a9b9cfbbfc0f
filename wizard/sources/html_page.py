"""An HTML file as a tree, and a tree as HTML, with nothing lost on either way."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection

from charset_normalizer import from_bytes
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from wizard.errors import Unreadable

LARGEST_PAGE = 16 * 2**20
# What pages hold in spite of everything, or write as &#1;, and no tree takes.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(
    r"&#(?:x0*([\da-f]{1,6})(?![\da-f])|0*(\d{1,7})(?!\d));?", re.ASCII | re.IGNORECASE
)
_MOST_TAGS = 600_000
_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w:-]{2,30})", re.I)
# What a page calls its encoding, and the larger one that browsers read instead.
_LARGER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
}
# libxml2 drops whatever follows the page's end, and texts pasted from Word have such
# ends in their middle.
_END = re.compile(r"</(?:body|html)\b[^<>]*>", re.IGNORECASE)
# Old editors nested these by the thousand; they hold no structure.
_INLINE = re.compile(r"</?(?:font|span|b|i|u|em|strong|big|small)\b[^<>]*>", re.I)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
# libxml2 reads about twice as deep.
_DEEPEST = 1000
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_DROPPED = ("script", "style", "head")


def decoded(data: bytes) -> str:
    """The text of an HTML file: by its BOM, as UTF-8 if it is that, as it declares,
    or as it looks."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.search(data[:8192])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    # Text that happens to be valid UTF-8 is UTF-8, whatever a stale <meta> says; only
    # seven-bit encodings look like it as well.
    for encoding in ([name] if name.startswith("iso-2022") else []) + ["utf-8", name]:
        try:
            return data.decode(_LARGER.get(encoding, encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    guess = from_bytes(data[:65536]).best()
    if name and name != "utf-8" and _few_errors(data, name):
        return data.decode(_LARGER.get(name, name), "replace")
    return data.decode(guess.encoding if guess else "cp1252", "replace")


def _few_errors(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(_LARGER.get(encoding, encoding), "replace")
    except LookupError:
        return False
    foreign = sum(not character.isascii() for character in text)
    return text.count("\ufffd") * 10 < foreign


def tree(text: str, name: str) -> HtmlElement:
    """The page's tree, without comments. ``name``: the file, for the sentence if it has
    to raise Unreadable: it is empty, or larger or deeper than any page of a blog. Tags
    nested beyond all use are left out, their text never is."""
    if text.count("<") > _MOST_TAGS or len(text) > LARGEST_PAGE:
        raise Unreadable(
            f"The page {name} is larger than any page of a blog.",
            "It was left out.",
            code="size",
        )
    root = _parsed(text, name)
    if root is None:
        root = _parsed(_INLINE.sub("", text), name)
    if root is None:
        root = _parsed(_flattened(text), name)
    if root is None:
        raise Unreadable(
            f"The page {name} is nested more deeply than any page of a blog.",
            "It was left out.",
            code="depth",
        )
    return root


def _parsed(text: str, name: str) -> HtmlElement | None:
    """None if libxml2 dropped what is nested too deep, which it does without raising."""
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    text = _END.sub("", text).replace("\f", " ")
    legal = ILLEGAL.sub("", _REFERENCE.sub(_legal, text))
    source = legal.encode("utf-8")
    try:
        root = document_fromstring(source, parser=parser)
    except etree.LxmlError:
        raise Unreadable(f"The page {name} is empty.", code="empty") from None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        return None
    # In these no reference is one, and no writer of HTML keeps to that.
    for literal in root.iter("xmp", "plaintext"):
        literal.tag = "pre"
    return root


def _legal(reference: re.Match[str]) -> str:
    """A numeric reference as it is, or nothing if it stands for what no tree takes."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    legal = number <= 0x10FFFF and not ILLEGAL.match(chr(number))
    return reference[0] if legal else ""


def _flattened(text: str) -> str:
    """The same page without the tags that are nested more deeply than a tree may be."""
    stack: list[str] = []
    left_out: Counter[str] = Counter()

    def kept(tag: re.Match[str]) -> str:
        closing, name, empty = tag[1], tag[2].lower(), tag[3]
        if empty or name in _VOID:
            return tag[0]
        if not closing:
            if len(stack) >= _DEEPEST:
                left_out[name] += 1
                return ""
            stack.append(name)
        elif left_out[name]:
            left_out[name] -= 1
            return ""
        elif stack and stack[-1] == name:
            stack.pop()
        return tag[0]

    return _TAG.sub(kept, text)


def inner_html(element: HtmlElement, without: Collection[HtmlElement] = ()) -> str:
    """What stands inside the element, with every attribute letter for letter (lxml's own
    writer escapes addresses). Scripts, styles and the elements ``without`` are left out."""
    written: list[str] = []
    stack: list[HtmlElement | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            written.append(item)
            continue
        if item is not element:
            if item.tail:
                stack.append(html.escape(item.tail, quote=False))
            if not isinstance(item.tag, str) or item.tag in _DROPPED or item in without:
                continue
            written.append(f"<{item.tag}{_attributes(item)}>")
            if item.tag not in _VOID:
                stack.append(f"</{item.tag}>")
        written.append(html.escape(item.text or "", quote=False))
        stack.extend(reversed(item))
    return "".join(written).strip()


def _attributes(element: HtmlElement) -> str:
    return "".join(
        f' {name}="{html.escape(str(value))}"' for name, value in element.items()
    )


def text_of(element: HtmlElement) -> str:
    """The element's text in one line."""
    return " ".join("".join(str(part) for part in element.itertext()).split())
