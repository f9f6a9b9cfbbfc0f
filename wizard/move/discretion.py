"""What a page that is shown around must not tell: e-mail addresses, and what was private.

Every word of an old blog and of a server's answer passes here on its way into a report.
"""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import category
from urllib.parse import urlsplit, urlunsplit

from wizard.destinations import Kind
from wizard.move.receipt import Item

LONGEST = 1000
_LONGEST_ADDRESS = 2000
_EMAIL = re.compile(r"[\w.+%'’-]{1,64}(?:[@＠]|%40)[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Marks that turn the direction of whatever follows them, also of our own words.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")


def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line, without e-mail addresses and without characters that are
    no text; cut off where it is endless."""
    text = text[: 4 * longest]
    if not text.isprintable():
        text = text.translate(_TURNING)
        text = "".join(" " if category(c) in _UNSEEN else c for c in text)
    text = " ".join(text.split())
    if "@" in text or "＠" in text or "%40" in text:
        text = _EMAIL.sub("(e-mail address)", text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def web_address(address: str) -> str:
    """The address if it is one of the web and may be told, without a name and a
    password in it; else ""."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return ""
    return address if plain(address, _LONGEST_ADDRESS) == address else ""


def discreet(item: Item, site: str) -> Item:
    """The item without what was not public of it. ``site``: address of the new blog."""
    if item.public:
        return item
    kept = item.key if item.kind is Kind.POST else ""
    why = item.why
    for said in sorted({item.name, item.key, item.home} - {""}, key=len, reverse=True):
        why = why.replace(said, "…")
    remote = item.remote
    if remote:
        # The address of a post and the name of a photo's file tell what they are about.
        site = web_address(site) if item.kind is Kind.POST else ""
        place = f"{site.rstrip('/')}/?p={remote.id}" if site else ""
        remote = replace(remote, address=place)
    name = f"(a {item.kind} that was not public)"
    return replace(
        item, key=kept, name=name, home="", why=why, remote=remote, marker="", note=""
    )
