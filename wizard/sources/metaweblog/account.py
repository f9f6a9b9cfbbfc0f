"""Signing in at a blog's interface, and asking it as who we are there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from wizard.credentials import Secret
from wizard.errors import MoveError, NotAllowed, Refused, SignInFailed, Unreadable
from wizard.network import Session
from wizard.sources.metaweblog.rsd import Interface, find_interface
from wizard.sources.metaweblog.xmlrpc import NO_SUCH_METHOD, Fault, call, text


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

    def ask(self, method: str, *more: object) -> Any:
        """Calls a method whose arguments begin with the blog and who asks.
        Raises NotAllowed, SignInFailed, Refused or a NetworkError."""
        return self.call(method, self.blog_id, *self.who, *more)

    def structs(self, method: str, *more: object) -> list[dict[str, Any]]:
        """What `ask` gives, as the list of structs that it ought to be."""
        answer = self.ask(method, *more)
        found = answer if isinstance(answer, list) else []
        return [each for each in found if isinstance(each, dict)]

    def call(self, method: str, *arguments: object) -> Any:
        """Calls a method whose arguments have an order of their own."""
        trouble: MoveError
        try:
            return call(self.session, self.interface.url, method, *arguments)
        except Fault as no:
            trouble = no
            if no.number in (401, 403):
                trouble = NotAllowed(
                    "This account may not do that on the old blog.",
                    f"Sign in as the blog's owner. It says: {no.words}",
                    code=no.code,
                )
        raise trouble


def sign_in(session: Session, address: str, user: str, password: Secret) -> Account:
    """The account at the blog at ``address``; raises SignInFailed, NothingFound, Refused
    or a NetworkError."""
    interface = find_interface(session, address)
    methods: frozenset[str] = frozenset()
    with suppress(Refused, Unreadable):
        listed = call(session, interface.url, "system.listMethods")
        methods = frozenset(map(str, listed if isinstance(listed, list) else ()))
    blogs = _blogs(session, interface, methods, user, password)
    blog = _meant(blogs, interface, address)
    title = text(blog, "blogName").strip()
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
        blogs = call(session, interface.url, *ask, user, password)
        found = blogs if isinstance(blogs, list) else []
        return [blog for blog in found if isinstance(blog, dict)]
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
