"""XML-RPC as blogs really speak it: calls out, and answers in spite of their blemishes."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from xmlrpc.client import dumps

from lxml import etree

from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    MoveError,
    NothingFound,
    Refused,
    SignInFailed,
    Unreadable,
)
from wizard.network import Answer, Session
from wizard.sources.dates.written import EARLIEST, LATEST
from wizard.sources.html_page import decoded

Struct = Mapping[str, Any]

NO_SUCH_METHOD = -32601
_END = b"</methodResponse>"
# What XML 1.0 forbids and old editors sent all the same, raw or as a reference.
_FORBIDDEN = bytes(set(range(32)) - {9, 10, 13})
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,12})|(\d{1,12}));", re.IGNORECASE)
_MOMENT = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?"
    r"\s*(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d))?\s*",
    re.IGNORECASE,
)


class Fault(Refused):
    """The server's own *no*. ``number``: its fault code; the words are in the title."""

    def __init__(self, host: str, number: int, words: str) -> None:
        super().__init__(f"{host} says: {words}", code=str(number))
        self.number = number
        self.words = words


def call(
    session: Session, url: str, method: str, *arguments: object, again: int = 0
) -> Any:
    """What ``method`` returns: strings, numbers, datetimes, lists and dicts. ``again``:
    how often this was asked already; no two of these are one to a cache.

    Secrets among the arguments are revealed here. Raises Fault, and in words what else
    answers there: Refused, SignInFailed, NothingFound, Unreadable or a NetworkError.
    """
    plain: tuple[Any, ...] = tuple(
        each.reveal() if isinstance(each, Secret) else each for each in arguments
    )
    request = dumps(plain, method, encoding="utf-8", allow_none=True) + "\n" * again
    headers = {"Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-cache"}
    answer = session.ask(url, request.encode("utf-8", "replace"), headers=headers)
    if b"<methodResponse" not in answer.body:
        raise _other_answer(answer)
    body = answer.body
    # A post may well hold a word that is a password, too; a server's *no* never needs it.
    for secret in arguments if b"<fault" in body else ():
        body = secret.out_of(body) if isinstance(secret, Secret) else body
    return parse(body, answer.host)


def parse(body: bytes, host: str) -> Any:
    """The value in a ``methodResponse``; raises Fault, Ambiguous if it is cut off and
    Unreadable if it is no XML-RPC. Warnings and marks around it do not matter."""
    starts = [
        at for mark in (b"<?xml", b"<methodResponse") if (at := body.find(mark)) >= 0
    ]
    end = body.rfind(_END)
    if not starts or end < 0:
        raise Ambiguous(f"The answer of {host} is cut off.", "Try again.", code="cut")
    root = _tree(body[min(starts) : end + len(_END)].translate(None, _FORBIDDEN))
    if root is None or root.tag != "methodResponse" or _declares(root):
        raise Unreadable(
            f"The answer of {host} cannot be read.",
            "Its blog may be broken. Is there a backup or an export file of it?",
            code="xml-rpc",
        )
    value = root.find("./params/param/value")
    fault = root.find("./fault/value")
    if fault is not None:
        trouble = _value(fault)
        trouble = trouble if isinstance(trouble, dict) else {}
        number = trouble.get("faultCode", 0)
        words = re.sub(
            r"<[^>]*>|\s+|[\x00-\x1f]", " ", str(trouble.get("faultString", ""))
        )
        raise Fault(host, number if isinstance(number, int) else 0, words.strip()[:300])
    return None if value is None else _value(value)


def moment(text: str) -> datetime | None:
    """A date as such servers write it; aware only if it names its zone, None if it is no
    date of a blog at all (drafts often have the year 0)."""
    if not (found := _MOMENT.fullmatch(text)):
        return None
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    if not EARLIEST <= int(year) <= LATEST:
        return None
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset) if utc or sign else None
        return datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0),
            tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None


def text(struct: Struct, *names: str) -> str:
    """The first of these members that says something, as text."""
    for name in names:
        value = struct.get(name)
        if (
            isinstance(value, (str, int))
            and not isinstance(value, bool)
            and value != ""
        ):
            return str(value)
    return ""


def _tree(body: bytes) -> etree._Element | None:
    """Read as it is, else with its usual faults mended; None if that does not help."""
    try:
        return etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError):
        pass
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(body))
    text = _REFERENCE.sub(_allowed, text).replace("\ufffe", "").replace("\uffff", "")
    # A bare & would take the rest of its text with it, and XML does not know &nbsp;.
    text = re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)", "&amp;", text)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _allowed(found: re.Match[str]) -> str:
    """The reference, or nothing in place of one to what is no letter of XML."""
    number = int(found[1], 16) if found[1] else int(found[2])
    is_letter = (
        number in (9, 10, 13)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
    return found[0] if is_letter else ""


def _parser() -> etree.XMLParser:
    # It could also "recover" from anything, by leaving out what it does not understand.
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _declares(root: etree._Element) -> bool:
    """Whether the document brings definitions of its own, which no blog needs."""
    return root.getroottree().docinfo.internalDTD is not None


def _value(node: etree._Element) -> Any:
    kind = next((child for child in node if isinstance(child.tag, str)), None)
    if kind is None:
        return node.text or ""
    name = etree.QName(kind).localname
    if name == "struct":
        return {
            (member.findtext("name") or ""): _value(value)
            for member in kind.iterfind("member")
            if (value := member.find("value")) is not None
        }
    if name == "array":
        return [_value(value) for value in kind.iterfind("./data/value")]
    text = "".join(str(part) for part in kind.itertext())
    read = _SCALARS.get(name)
    return read(text) if read else text


def _number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def _bytes(text: str) -> str:
    """What is sent as base64 here is text that somebody thought was not ASCII enough."""
    try:
        return decoded(binascii.a2b_base64(text))
    except (binascii.Error, ValueError):
        return ""


_SCALARS: dict[str, Callable[[str], Any]] = {
    "int": _number,
    "i4": _number,
    "i8": _number,
    "boolean": lambda text: text.strip().lower() in ("1", "true"),
    "base64": _bytes,
    # What is no date stays what is written there.
    "dateTime.iso8601": lambda text: moment(text) or text,
    "nil": lambda _: None,
}


def _other_answer(answer: Answer) -> MoveError:
    host, status = answer.host, answer.status
    code = str(status)
    if status == 405:
        return Refused(
            f"{host} does not let other programs read the blog.",
            "Switch on XML-RPC (or MetaWeblog, or “remote publishing”) in its settings, or "
            "bring an export file.",
            code=code,
        )
    if status == 401:
        return SignInFailed(
            f"{host} asks for another password before it lets anybody in.",
            "Ask whoever runs the site.",
            code=code,
        )
    if status in (403, 406, 418, 451):
        return Refused(
            f"A guard in front of {host} turned us away.",
            "Ask whoever runs the site to let XML-RPC through, or bring an export file.",
            code=code,
        )
    if status >= 500 and status != 501:  # 501: it knows no such request at all
        return Ambiguous(
            f"{host} has trouble of its own.", "Try again later.", code=code
        )
    return NothingFound(
        f"There is no blog at {host} that we know how to ask.",
        "Try the address its settings name for Live Writer or other programs, often one "
        "that ends in xmlrpc.php. Or bring an export file.",
        code=code,
    )
