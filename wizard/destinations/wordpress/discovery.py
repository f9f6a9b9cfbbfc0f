"""Finding a WordPress behind an address, and finding out who we are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from xml.sax.saxutils import escape

from wizard.credentials import Secret
from wizard.destinations import full_address
from wizard.destinations.wordpress.answers import reason, settled, status_of
from wizard.destinations.wordpress.shapes import ACCOUNT, ROOT, has_shape
from wizard.errors import (
    MoveError,
    NetworkError,
    NotAllowed,
    SignInFailed,
    Unreachable,
    WrongParty,
)
from wizard.network import Answer, Session

_LINK_HEADER = re.compile(r'<([^>]+)>;\s*rel="https://api\.w\.org/"')
_LINK_TAG = re.compile(
    rb"<link[^>]+rel=['\"]https://api\.w\.org/['\"][^>]*?href=['\"]([^'\"]+)['\"]", re.I
)
# XML-RPC takes the one for the browser as well, and that is the usual mistake.
_APPLICATION_PASSWORD = re.compile(r"(?:[A-Za-z0-9]{4}\s*){6}")


@dataclass(frozen=True, slots=True)
class Root:
    """Where a WordPress takes its requests. ``facts``: what it tells everybody."""

    url: str
    facts: dict[str, Any]

    def place(self, route: str) -> tuple[str, dict[str, str]]:
        """URL and query of one route, such as ``wp/v2/posts``, for pretty and for
        plain permalinks."""
        parts = urlsplit(self.url)
        query = dict(parse_qsl(parts.query))
        bare = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
        if "rest_route" in query:
            return bare, {**query, "rest_route": f"/{route}"}
        return bare.rstrip("/") + "/" + route, {}

    def takes(self, route: str) -> bool:
        """Whether this route is open; plugins close some of them."""
        routes = self.facts.get("routes")
        return not routes or not isinstance(routes, dict) or f"/{route}" in routes


def discover(address: str, session: Session) -> Root:
    """The WordPress at ``address``. ``session`` carries no password.

    Raises WrongParty if what answers is no WordPress, and NetworkError.
    """
    typed = full_address(address)
    usual = f"{typed.rstrip('/')}/wp-json/"
    answer = session.get(usual)
    facts = _facts(answer)
    if answer.url == usual and _calls_itself(facts, typed) and _is_open(facts):
        return Root(usual, facts)
    home = session.get(typed)
    _stays_in_the_house(typed, home)
    tried = []
    for url in _candidates(home):
        if url in tried:
            continue
        tried.append(url)
        answer = session.get(url)
        facts = _facts(answer)
        if facts and _is_open(facts):
            return Root(url, facts)
        if facts or (status_of(answer) in (401, 403) and answer.is_json):
            raise NotAllowed(
                "This blog has closed the door that programs use.",
                "A security plugin there may have switched it off. Switch it on for "
                "the time of the move, or choose a WordPress import file.",
            )
    if home.status >= 500:
        raise Unreachable(
            f"The server at {urlsplit(home.url).hostname} has trouble of its own "
            f"(error {home.status}).",
            "Try again in a few minutes.",
        )
    raise WrongParty(
        f"No WordPress answers at {address.strip()}.",
        "Check the address: it is the one your new blog shows in the browser. If this "
        "network asks you to sign in, do that first.",
    )


def account(root: Root, session: Session, user: str, password: Secret) -> Any:
    """WordPress's own record of the signed-in user, with roles and capabilities.

    Raises SignInFailed, telling a wrong password from a host that drops it.
    Source: ``GET /wp/v2/users/me?context=edit``.
    """
    if not root.facts.get("authentication"):
        raise SignInFailed(
            "This blog does not accept application passwords.",
            "They need a secure address (https) and may be switched off by a security "
            "plugin. Switch them on, or choose a WordPress import file.",
        )
    url, query = root.place("wp/v2/users/me")
    answer = session.get(url, params={**query, "context": "edit"})
    status = status_of(answer)
    if status == 200 and answer.is_json:
        me = answer.json()
        if isinstance(me, dict) and has_shape(me, ACCOUNT):
            return me
    code, _ = reason(answer)
    if code in ("incorrect_password", "invalid_username", "invalid_email"):
        raise _wrong_password(user)
    if code.startswith("application_passwords_disabled"):
        raise SignInFailed(
            "Application passwords are switched off for this account.",
            "A security plugin may have done that. Switch them on, or choose a "
            "WordPress import file.",
        )
    if status in (401, 403):
        made_there = _APPLICATION_PASSWORD.fullmatch(password.reveal().strip())
        if made_there and _known_to_xmlrpc(root, user, password):
            raise SignInFailed(
                "The password is right, but the new blog's host drops it on the way.",
                "In the blog's dashboard open Settings → Permalinks and press Save "
                "once. If that does not help, ask the host to pass on the "
                "“Authorization” header.",
            )
        raise _wrong_password(user)
    if status >= 500:
        settled(answer)
    raise WrongParty(
        "The blog gave an answer that makes no sense here.",
        "Try again; if it stays so, choose a WordPress import file.",
        code=str(status),
    )


def _wrong_password(user: str) -> MoveError:
    return SignInFailed(
        f"The new blog does not accept this password for “{user}”.",
        "Use an application password, not the one you sign in with: in the blog's "
        "dashboard open Users → Profile → Application Passwords, make one, and copy it.",
    )


def _candidates(home: Answer) -> list[str]:
    found = _LINK_HEADER.findall(home.headers.get("Link", ""))
    found += [link.decode("utf-8", "replace") for link in _LINK_TAG.findall(home.body)]
    parts = urlsplit(home.url)
    base = urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")).rstrip("/")
    found += [f"{base}/wp-json/", f"{base}/?rest_route=/"]
    believed = (url.replace("&amp;", "&") for url in found)
    return [url for url in believed if vouched(home.url, url)]


def vouched(page: str, link: str) -> bool:
    """Whether ``page`` may name this place for the password to go to. One that may have
    been changed on its way names no other host."""
    try:
        here, there = urlsplit(page), urlsplit(link)
        return here.hostname == there.hostname or (
            here.scheme == there.scheme == "https"
        )
    except ValueError:
        return False


def _is_open(facts: dict[str, Any]) -> bool:
    return Root("", facts).takes("wp/v2/posts")


def _calls_itself(facts: dict[str, Any], typed: str) -> bool:
    """By the very address that was typed? A blog that does not may want to be asked
    elsewhere, or with TLS: its home page tells."""
    return str(facts.get("home", "")).rstrip("/") == typed.rstrip("/")


def _stays_in_the_house(typed: str, home: Answer) -> None:
    """Raises WrongParty for a blog that is asked without TLS and sends us to another
    house: that may be anybody's doing, and the password would follow."""
    asked, there = urlsplit(typed), urlsplit(home.url)

    def house(host: str | None) -> str:
        return (host or "").lower().removeprefix("www.")

    if asked.scheme == "http" and house(asked.hostname) != house(there.hostname):
        raise WrongParty(
            f"{asked.hostname} sends us on to {there.hostname}.",
            f"If your blog is there, type https://{there.hostname} instead.",
            code="redirect",
        )


def _facts(answer: Answer) -> dict[str, Any]:
    if answer.status != 200 or not answer.is_json:
        return {}
    try:
        facts = answer.json()
    except NetworkError:
        return {}
    if not isinstance(facts, dict) or not has_shape(facts, ROOT):
        return {}
    return facts if "wp/v2" in facts.get("namespaces", []) else {}


def _known_to_xmlrpc(root: Root, user: str, password: Secret) -> bool:
    """Does the same password work when it travels in the body, not in the header?

    ``root`` has been asked with the password before, so its scheme and host are safe.
    """
    call = (
        "<?xml version='1.0'?><methodCall><methodName>wp.getUsersBlogs</methodName>"
        f"<params><param><value><string>{escape(user)}</string></value></param>"
        f"<param><value><string>{escape(password.reveal())}</string></value>"
        "</param></params></methodCall>"
    )
    parts = urlsplit(root.url)
    path = urlsplit(str(root.facts.get("url", ""))).path.rstrip("/")
    try:
        answer = Session().send(
            "POST",
            f"{parts.scheme}://{parts.netloc}{path}/xmlrpc.php",
            data=call.encode(),
            headers={"Content-Type": "text/xml"},
        )
    except NetworkError:
        return False
    return answer.status == 200 and b"blogid" in answer.body
