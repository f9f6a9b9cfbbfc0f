"""Where a blog's interface for programs is: found as Live Writer did, by RSD."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from wizard.errors import (
    MoveError,
    NetworkError,
    NothingFound,
    Refused,
    SignInFailed,
    Unreachable,
    Unreadable,
)
from wizard.network import Answer, Session
from wizard.safe_addresses import is_loopback
from wizard.sources.html_page import decoded
from wizard.sources.metaweblog.xmlrpc import Fault, call

# The names that Really Simple Discovery gives to interfaces, those we like best first.
_APIS = ("wordpress", "metaweblog", "movable type", "movabletype", "blogger")
_ENDPOINT = re.compile(
    r"(?:xmlrpc\.php|mt-xmlrpc\.cgi|metaweblog\.(?:axd|ashx|rpc)|/metaweblog(?:/[^/]*)?"
    r"|/xmlrpc|/rpc|\.rpc)/?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"<link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


@dataclass(frozen=True, slots=True)
class Interface:
    """``url``: where to send calls. ``blog_id``: "" if only the account knows it."""

    url: str
    blog_id: str = ""
    engine: str = ""


def find_interface(session: Session, address: str) -> Interface:
    """The interface of the blog whose page, or interface, is at ``address``.

    ``session`` has no password. Raises NothingFound, Refused (switched off) or a
    NetworkError.
    """
    page = _page(session, address)
    refusals: list[MoveError] = []
    if _ENDPOINT.search(urlsplit(page.url).path) and _speaks(
        session, page.url, refusals
    ):
        return Interface(page.url)
    if found := _described(session, page):
        return found
    folder = re.split(r"[?#]", page.url, maxsplit=1)[0].rstrip("/") + "/"
    places = (urljoin(folder, "xmlrpc.php"), urljoin(folder, "/xmlrpc.php"), page.url)
    for url in dict.fromkeys(places):
        if _speaks(session, url, refusals):
            return Interface(url)
    if refusals:
        raise refusals[0]
    raise NothingFound(
        f"There is no blog at {page.host} that we know how to ask.",
        "Try the address its settings name for Live Writer or other programs, often one "
        "that ends in xmlrpc.php. Or bring an export file.",
        code="no-interface",
    )


def _speaks(session: Session, url: str, refusals: list[MoveError]) -> bool:
    """Whether XML-RPC is spoken at ``url``; keeps what says why not."""
    try:
        call(session, url, "system.listMethods")
    except Fault:
        return True  # not every server lists its methods
    except NothingFound:
        return False
    except (Refused, SignInFailed, Unreadable, NetworkError) as no:
        refusals.append(no)
        return False
    return True


def _page(session: Session, address: str) -> Answer:
    """The page at ``address``, over TLS if the server offers that."""
    parts = urlsplit(address)
    plain = parts.scheme == "http" and not is_loopback(parts.hostname or "")
    if plain and parts.port in (None, 80):
        try:
            return session.get("https" + address[4:])
        except (Unreachable, ValueError):
            pass
    return session.get(address)


def _described(session: Session, page: Answer) -> Interface | None:
    """What the page's RSD says, or None when it has none that helps."""
    if b"<rsd" in page.body[:2000]:
        return _understood(page)
    for link in _LINK.findall(decoded(page.body[:262_144])):
        words = {
            name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(link)
        }
        if words.get("rel", "").lower() != "edituri" or not words.get("href"):
            continue
        url = _vouched(page, words["href"].replace("&amp;", "&"))
        with suppress(NetworkError):
            if url and (found := _understood(session.get(url))):
                return found
    return None


def _understood(answer: Answer) -> Interface | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(answer.body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    engine, apis = "", {}
    for element in root.iter("{*}engineName", "{*}api"):
        if etree.QName(element).localname == "engineName":
            engine = (element.text or "").strip()
            continue
        words = {str(name).lower(): str(v) for name, v in element.attrib.items()}
        if url := _vouched(answer, words.get("apilink", "")):
            name = words.get("name", "").strip().lower()
            apis[name] = Interface(url, words.get("blogid", "").strip(), engine)
    return next((apis[name] for name in _APIS if name in apis), None)


def _vouched(page: Answer, link: str) -> str:
    """The address that ``page`` names, or "" if it is none or not to be believed. The
    password goes there, so a page that may have been changed on its way names no other
    host."""
    try:
        url = urljoin(page.url, link.strip())
        here, there = urlsplit(page.url), urlsplit(url)
    except ValueError:
        return ""
    own = here.hostname == there.hostname or here.scheme == there.scheme == "https"
    return url if link.strip() and own else ""
