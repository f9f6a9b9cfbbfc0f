"""How Windows Live Spaces names an entry, whatever shape its address has."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_WAYBACK = re.compile(
    r"(?:(?:https?:)?//(?:web\.|replay\.|www\.)?archive\.org(?::\d+)?/web"
    r"|/web(?=/[0-9]{14}(?:[a-z]{2}_)?/(?:https?:)?/))"
    r"/([0-9]{4,14})(?:[a-z]{2}_)?/",
    re.IGNORECASE,
)
_CNS = r"cns!([A-Za-z0-9_.-]{1,64})!([0-9]{1,20})"
_CANONICAL = re.compile(
    r"http://([\w-]+)\.spaces\.live\.com/[bB]log/cns!([0-9A-Fa-f]{1,16})!([0-9]{1,20})\.entry"
)
_MARK = re.compile(rf"^(entry|subj|msg|LastMDate|ccName|ccDate)?{_CNS}$")
_IN_PATH = re.compile(rf"/blog/{_CNS}|{_CNS}\.(?:entry|trak)", re.IGNORECASE)
_PERMALINK = re.compile(rf"#permalink{_CNS}", re.IGNORECASE)
_API = re.compile(
    r"/Entries(?:\(|%28)(?:'|%27)([0-9A-F]{1,16})!([0-9]{1,20})(?:'|%27)",
    re.IGNORECASE,
)
_HEX = re.compile(r"[0-9A-Fa-f]{1,16}")
_HOST = re.compile(
    r"^(?:https?:)?//(?:([\w-]+)\.)?(spaces\.(?:live|msn)\.com|users\.api\.live\.net)(?=[:/?#]|$)",
    re.IGNORECASE,
)
_MEMBER = re.compile(r"/members/([\w-]+)", re.IGNORECASE)
_DECIMAL_CID = re.compile(r"[?&](?:cid|wxp_toCid)=(-?[0-9]{1,20})(?![0-9A-Fa-f])")
# The service put its build into relative links, and a page saved from such a link
# resolves its own links against it, so the segment may stand there several times.
_BUILD = re.compile(r"/mmm\d{4}-\d\d-\d\d_\d\d\.\d\d(?=/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """An entry: the ``space`` it was found under ("" if unknown), the owner's ``cid``
    (upper-case hex, or letter for letter if of the first MSN years), its ``number``."""

    space: str
    cid: str
    number: int

    @property
    def key(self) -> str:
        """The entry's lasting name, such as ``cns!2B070A76FD6627CE!975``."""
        return f"cns!{self.cid}!{self.number}"


def identify(url: str) -> Identity | None:
    """Which entry a link means; None if it is no link to an entry of any Space."""
    if "cns" not in url and "CNS" not in url and "Entries" not in url:
        return None
    if plain := _CANONICAL.match(url):
        space, cid, number = plain.groups()
        return Identity(space.lower(), canonical_cid(cid), int(number))
    url = tidy(_plain(url))
    found = _API.search(url) or _IN_PATH.search(re.split(r"[?#]", url, maxsplit=1)[0])
    if not (found := found or _PERMALINK.search(url)):
        return None
    cid, number = (part for part in found.groups() if part is not None)
    return Identity(space_of(url), canonical_cid(cid), int(number))


def marked(name: str) -> tuple[str, Identity] | None:
    """What an ``id`` such as ``msgcns!CID!N`` marks (``msg``) and of which entry."""
    if "cns" not in name or not (found := _MARK.match(_plain(name.strip()))):
        return None
    kind, cid, number = found.groups(default="")
    return kind, Identity("", canonical_cid(cid), int(number))


def space_of(url: str) -> str:
    """The name of the Space an address lies in, lower case, or "". A Space without a
    name of its own is ``cid-`` and its owner's id in hex."""
    url = tidy(url)
    if not (found := _HOST.match(url)):
        return ""
    if (name := (found[1] or "").lower()) and name not in ("www", "photos", "home"):
        return name
    if member := _MEMBER.search(url):
        return member[1].lower()
    if decimal := _DECIMAL_CID.search(url):
        return f"cid-{cid_from_decimal(int(decimal[1])).lower()}"
    return ""


def canonical_cid(text: str) -> str:
    """An owner's id as Spaces wrote it: hex is upper case without zero padding."""
    return (text.upper().lstrip("0") or "0") if _HEX.fullmatch(text) else text


def is_of_first_years(cid: str) -> bool:
    """Whether this is an owner's id as MSN Spaces had them until 2006."""
    return not _HEX.fullmatch(cid)


def cid_from_decimal(number: int) -> str:
    """The hex form of an owner's id given as a signed 64-bit number."""
    return f"{number & 0xFFFF_FFFF_FFFF_FFFF:X}"


def space_address(space: str, cid: str) -> str:
    """The home page of a Space; "" if neither its name nor a hex id is known."""
    name = space or (f"cid-{cid.lower()}" if _HEX.fullmatch(cid) else "")
    return f"http://{name}.spaces.live.com/" if name else ""


def entry_address(space: str, cid: str, number: int) -> str:
    """The canonical address of an entry; "" if its Space cannot be told."""
    home = space_address(space, cid)
    return f"{home}blog/cns!{cid}!{number}.entry" if home else ""


def tidy(url: str) -> str:
    """The address without the Wayback Machine before it and build numbers in it."""
    return without_build(without_capture(url))


def without_capture(url: str) -> str:
    """The address that a link into the Wayback Machine is about."""
    url = url.strip()
    if found := _WAYBACK.match(url):
        url = url[found.end() :]
        # Hand-made Wayback addresses leave the scheme out.
        url = f"http://{url}" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", url) else url
    return url


def without_build(url: str) -> str:
    """The address without the build numbers that Spaces put into relative links."""
    return _BUILD.sub("", url) if _HOST.match(url) else url


def _plain(text: str) -> str:
    text = html.unescape(text) if "&#" in text else text
    return re.sub(r"%(?:25)*21", "!", text) if "%" in text else text
