"""Where each post is filed, asked post by post where a server tells that only by itself."""

from __future__ import annotations

from typing import Any

from wizard.errors import NotAllowed, Refused, Unreadable
from wizard.sources.metaweblog.account import Account
from wizard.sources.metaweblog.xmlrpc import Struct, text

_METHOD = "mt.getPostCategories"
NOTHING_TOLD = (
    "This blog does not hand out the categories of its posts; they stay behind."
)


class Filed:
    """Asks one blog, as Movable Type wants to be asked, for the categories of its posts."""

    def __init__(self, account: Account) -> None:
        self._account = account
        # Not every server says what it can do; then the first answer tells.
        self._offered = account.can(_METHOD) if account.methods else None
        self._told = self._asked = False

    def of(self, key: str, struct: Struct) -> tuple[list[Any] | None, str]:
        """The categories of the post with this answer, and what is to be said about them;
        None if this time they are not known. Raises a NetworkError."""
        if "categories" in struct:
            self._told = True
            return struct["categories"], ""
        self._asked = True
        if self._offered is False:
            return [], ""
        try:
            found = self._account.call(_METHOD, key, *self._account.who, fits=_are_such)
        except (NotAllowed, Refused, Unreadable) as no:
            if self._offered is None:
                self._offered = False
                return [], ""
            return None, (
                "The old blog did not tell the categories of this post, so none are "
                f"brought along that are not known already. ({no.title})"
            )
        self._offered = self._told = True
        return found or [], ""

    @property
    def limit(self) -> str:
        """What there is to say about all posts, "" if nothing."""
        return NOTHING_TOLD if self._asked and not self._told else ""


def _are_such(answer: Any) -> bool:
    found = answer or []
    return isinstance(found, list) and all(
        isinstance(each, dict) and text(each, "categoryName", "categoryId")
        for each in found
    )
