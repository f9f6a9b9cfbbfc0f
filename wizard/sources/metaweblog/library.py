"""The pictures in a WordPress blog's own library, which texts name only by number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from wizard.errors import MoveError, NotAllowed, PhotoMissing, Refused
from wizard.sources.metaweblog.account import Account, Fits
from wizard.sources.metaweblog.xmlrpc import Struct, text

_UNKNOWN = re.compile(r"(?:/\?attachment_id=(\d{1,18})|#gallery-\d+)$", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
# Places behind and before all pictures that nobody has put anywhere.
_BEHIND, _BEFORE = re.compile(r"0*[1-9]\d{0,17}"), re.compile(r"-0*[1-9]\d{0,17}")
_PAGE = 200
_BY_HAND = "Sign in as the blog's owner, or add the photo to the post by hand."


class Library:
    """Asks one blog about its pictures; threads may share it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._last: tuple[str, list[Struct]] = ("", [])
        self._closed: PhotoMissing | None = None
        self._places: dict[str, int] | None = None

    def attached(self, post: str, some: bool = False) -> list[Struct]:
        """The pictures that were uploaded for a post, in the order of their numbers;
        raises PhotoMissing if the blog does not tell. ``some``: there ought to be any."""
        of, found = self._last
        if of != post or (some and not found):
            wanted = {"parent_id": post, "mime_type": "image"}
            listed = self._ask(
                "wp.getMediaLibrary", wanted, partial(_are_of, post), some
            )
            found = [each for each in listed or () if isinstance(each, dict)]
            found.sort(key=lambda each: int(number_of(each) or 0))
            self._last = (post, found)
        return found

    def arranged(self) -> Mapping[str, int]:
        """The places of the pictures that somebody put in an order by hand, by number;
        all others, or all if the blog does not tell, have the place 0."""
        if self._places is None:
            places: dict[str, int] = {}
            with suppress(NotAllowed, Refused):
                self._read_places(places, "DESC", _BEHIND)
                self._read_places(places, "ASC", _BEFORE)
            self._places = places
        return self._places

    def _read_places(
        self, places: dict[str, int], order: str, such: re.Pattern[str]
    ) -> None:
        wanted = {"post_type": "attachment", "post_status": "inherit", "number": _PAGE}
        # ``such`` come first in this order, and behind them nobody need read on.
        wanted |= {"orderby": "menu_order ID", "order": order}
        fields = ["post_id", "menu_order"]
        for offset in count(0, _PAGE):
            page = wanted | {"offset": offset}
            found = {
                text(each, "post_id"): int(place)
                for each in self._account.structs(
                    "wp.getPosts", page, fields, fits=partial(_are_in, order)
                )
                if such.fullmatch(place := text(each, "menu_order"))
            }
            known = len(places)
            places |= found
            if len(found) < _PAGE or len(places) == known:
                return

    def item(self, number: str) -> Struct:
        """The picture with this number; raises PhotoMissing."""
        found = self._ask("wp.getMediaItem", number, partial(_is_item, number))
        if isinstance(found, dict) and text(found, "link"):
            return found
        raise PhotoMissing("The old blog's library does not say where this photo is.")

    def address(self, name: str) -> str:
        """Where the picture is by now that was not known when the blog was read; see
        `is_unknown`. Raises PhotoMissing."""
        found = _UNKNOWN.search(name)
        if not found or not _same_host(name, self._account.address):
            return name
        if found[1]:
            return text(self.item(found[1]), "link")
        self._ask("wp.getMediaLibrary", {"number": 1})
        raise PhotoMissing(
            "Which photos are in this gallery was not known when the blog was read.",
            "Open the old blog again.",
            code="gallery",
        )

    def _ask(
        self,
        method: str,
        wanted: object,
        fits: Fits | None = None,
        some: bool = False,
    ) -> Any:
        trouble: MoveError | None = self._closed
        if not self._account.can(method):
            trouble = _closed("The old blog does not let programs into its library.")
        if not trouble:
            try:
                return self._account.ask(method, wanted, fits=fits, some=some)
            except NotAllowed:
                trouble = _closed(
                    "This account may not look into the old blog's library."
                )
                self._closed = trouble
            except Refused as no:
                trouble = PhotoMissing(
                    "This photo is not in the old blog's library any more.",
                    f"If you still have it, add it by hand. {no.title}",
                    code=no.code,
                )
        raise trouble


def number_of(item: Struct) -> str:
    """A picture's number in the library, "" if it says none."""
    number = text(item, "attachment_id")
    return number if _NUMBER.fullmatch(number) else ""


def _is_item(number: str, answer: Any) -> bool:
    """Can this be about the picture of this number? Old blogs do not repeat it."""
    said = text(answer, "attachment_id") if isinstance(answer, dict) else "?"
    return not said or _same(said, number)


def _are_of(post: str, answer: Any) -> bool:
    """Can these be the pictures of this post?"""
    return isinstance(answer, list) and all(
        isinstance(each, dict)
        and "link" in each
        and (not _NUMBER.fullmatch(post) or _same(text(each, "parent"), post))
        for each in answer
    )


def _same(one: str, other: str) -> bool:
    """Are these numbers one, however a text wrote it?"""
    return one.lstrip("0") == other.lstrip("0")


def _are_in(order: str, answer: list[dict[str, Any]]) -> bool:
    """Are these the places of pictures, in this order?"""
    if not all("menu_order" in each for each in answer):
        return False
    said = [text(each, "menu_order") for each in answer]
    places = [int(each) for each in said if re.fullmatch(r"-?\d{1,18}", each)]
    return places == sorted(places, reverse=order == "DESC")


def unknown(number: str, home: str) -> str:
    """What stands in a text for a picture that could not be looked up: the path of the
    page that shows it. ``home``: the blog's address."""
    path = ""
    with suppress(ValueError):
        path = urlsplit(home).path.rstrip("/")
    return f"{path}/?attachment_id={number}"


def unknown_gallery(number: int) -> str:
    """What stands in a text for a gallery when nobody says what is in it: where it is on
    the post's own page. ``number``: which gallery of the post, from 1."""
    return f"#gallery-{number}"


def is_unknown(name: str) -> bool:
    """Whether a picture's address may be one of these."""
    return bool(_UNKNOWN.search(name))


def _same_host(one: str, other: str) -> bool:
    with suppress(ValueError):
        return urlsplit(one).hostname == urlsplit(other).hostname
    return False


def _closed(words: str) -> PhotoMissing:
    return PhotoMissing(words, _BY_HAND, code="library")
