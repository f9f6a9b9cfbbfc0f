"""Signing in at a blog's interface, and asking it as who we are there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from wizard.credentials import Secret
from wizard.errors import (
    MoveError,
    NotAllowed,
    Refused,
    SignInFailed,
    Unreadable,
    WrongParty,
)
from wizard.network import Session
from wizard.sources.metaweblog.rsd import Interface, find_interface
from wizard.sources.metaweblog.xmlrpc import NO_SUCH_METHOD, Fault, call, text

_TRIES = 3  # before an answer that belongs to another question is a trouble
_WHAT = {
    "system.listMethods": "what it can do",
    "mt.supportedMethods": "what it can do",
    "mt.getPostCategories": "its categories",
    "wp.getUsersBlogs": "your blogs",
    "blogger.getUsersBlogs": "your blogs",
    "wp.getComments": "its comments",
    "wp.getTerms": "its categories",
    "metaWeblog.getCategories": "its categories",
    "wp.getAuthors": "those who write there",
    "wp.getMediaItem": "its photos",
    "wp.getMediaLibrary": "its photos",
}

Fits = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Account:
    """One blog of one person. ``methods``: what the server says it can do."""

    session: Session = field(repr=False)
    interface: Interface
    who: tuple[str, Secret] = field(repr=False)
    blog_id: str
    title: str
    address: str
    methods: frozenset[str]
    notes: tuple[str, ...] = ()

    def can(self, method: str) -> bool:
        """Whether the server says that it knows this method."""
        return method in self.methods

    def ask(
        self,
        method: str,
        *more: object,
        fits: Fits | None = None,
        some: bool = False,
    ) -> Any:
        """Calls a method whose arguments begin with the blog and who asks.
        Raises NotAllowed, SignInFailed, Refused or a NetworkError."""
        mine = (self.blog_id, *self.who, *more)
        return self.call(method, *mine, fits=fits, some=some)

    def structs(
        self,
        method: str,
        *more: object,
        fits: Callable[[list[dict[str, Any]]], bool] = lambda _: True,
        some: bool = False,
    ) -> list[dict[str, Any]]:
        """What `ask` gives, as the list of structs that it ought to be."""

        def are_structs(answer: Any) -> bool:
            found = _structs(answer)
            return _only(found, answer) and fits(found)

        return _structs(self.ask(method, *more, fits=are_structs, some=some))

    def call(
        self,
        method: str,
        *arguments: object,
        fits: Fits | None = None,
        some: bool = False,
    ) -> Any:
        """Calls a method whose arguments have an order of their own; see `fitting`."""
        trouble: MoveError
        url = self.interface.url
        try:
            return fitting(self.session, url, method, *arguments, fits=fits, some=some)
        except Fault as no:
            trouble = no
            if no.number in (401, 403):
                trouble = NotAllowed(
                    "This account may not do that on the old blog.",
                    f"Sign in as the blog's owner. It says: {no.words}",
                    code=no.code,
                )
        raise trouble


def fitting(
    session: Session,
    url: str,
    method: str,
    *arguments: object,
    fits: Fits | None,
    some: bool = False,
) -> Any:
    """The answer to this very question: a cache or a guard before a blog may give one
    that belongs to another, and what is missing then would never be missed. ``fits``:
    whether an answer can be one to it; raises WrongParty if none is. ``some``: there
    ought to be something, so nothing is only believed the second time."""
    for again in range(_TRIES):
        answer = call(session, url, method, *arguments, again=again)
        if (fits is None or fits(answer)) and (answer or again or not some):
            return answer
        session.close()  # answers may have got out of step on this line
    raise mixed_up(url, method)


def mixed_up(url: str, method: str) -> WrongParty:
    """The trouble when an answer stays one to another question."""
    host, what = urlsplit(url).hostname, _WHAT.get(method, "its posts")
    return WrongParty(
        f"{host} was asked for {what} and answered something else, several times.",
        f"So {what} cannot be read whole, and nothing was left out in silence. Something "
        "before the blog keeps old answers: ask whoever runs the site to let xmlrpc.php "
        "past its cache, then open the old blog again. Or bring an export file.",
        code="other-answer",
    )


def sign_in(session: Session, address: str, user: str, password: Secret) -> Account:
    """The account at the blog at ``address``; raises SignInFailed, NothingFound, Refused
    or a NetworkError."""
    interface = find_interface(session, address)
    methods: frozenset[str] = frozenset()
    # Movable Type has a name of its own for this question.
    for ask in ("system.listMethods", "mt.supportedMethods"):
        with suppress(Refused, Unreadable):
            listed = fitting(session, interface.url, ask, fits=_are_names)
            methods = frozenset(map(str, listed if isinstance(listed, list) else ()))
        if methods:
            break
    blogs = _blogs(session, interface, methods, user, password)
    blog = _meant(blogs, interface, address)
    title = unescape(text(blog, "blogName")).strip()
    notes = []
    if len(blogs) > 1 and not interface.blog_id:
        notes.append(f"This account has {len(blogs)} blogs; this is “{title}”.")
    if blog.get("isAdmin") is False:
        notes.append(
            "This account may not see all posts of the old blog, as it does not own it."
        )
    return Account(
        session,
        interface,
        (user, password),
        text(blog, "blogid") or interface.blog_id or "1",
        title,
        text(blog, "url").strip() or address,
        methods,
        tuple(notes),
    )


def _blogs(
    session: Session,
    interface: Interface,
    methods: frozenset[str],
    user: str,
    password: Secret,
) -> list[dict[str, Any]]:
    """The person's blogs there; the first call that tells whether the password is right."""
    wordpress = "wp.getUsersBlogs" in methods
    # Blogger's wants a key that nobody looks at.
    ask = ("wp.getUsersBlogs",) if wordpress else ("blogger.getUsersBlogs", "0")
    host = urlsplit(interface.url).hostname
    trouble: MoveError
    try:
        return _structs(
            fitting(
                session, interface.url, *ask, user, password, fits=_are_blogs, some=True
            )
        )
    except Fault as no:
        if no.number == NO_SUCH_METHOD:
            return []
        trouble = SignInFailed(
            f"{host} does not know this user name with this password.",
            f"Check both. It says: {no.words}",
            code=no.code,
        )
        if no.number == 405:
            trouble = Refused(
                f"{host} does not let other programs read the blog.",
                "Switch on XML-RPC in its settings, or bring an export file.",
                code=no.code,
            )
    raise trouble


def _meant(
    blogs: list[dict[str, Any]], interface: Interface, address: str
) -> dict[str, Any]:
    """Of an account's blogs the one at the address."""
    for blog in blogs:
        if interface.blog_id and text(blog, "blogid") == interface.blog_id:
            return blog
    host = urlsplit(address).hostname
    for blog in blogs:
        if urlsplit(text(blog, "url")).hostname == host:
            return blog
    return blogs[0] if blogs else {}


def _structs(answer: Any) -> list[dict[str, Any]]:
    found = answer if isinstance(answer, list) else []
    return [each for each in found if isinstance(each, dict)]


def _are_names(answer: Any) -> bool:
    """No server answers other than with a list; what knows no such call says so."""
    return not isinstance(answer, list) or all(isinstance(each, str) for each in answer)


def _are_blogs(answer: Any) -> bool:
    found = _structs(answer)
    return _only(found, answer) and all("blogid" in each for each in found)


def _only(found: list[dict[str, Any]], answer: Any) -> bool:
    """Is a list of structs all that was answered, or nothing?"""
    return not answer or (isinstance(answer, list) and len(found) == len(answer))
