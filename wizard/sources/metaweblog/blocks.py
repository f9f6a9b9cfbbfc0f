"""Blocks of WordPress's editor that hold a name instead of HTML, and what it stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from html import escape
from typing import Any

from wizard.errors import NotAllowed, Refused
from wizard.sources.metaweblog.account import Account
from wizard.sources.metaweblog.xmlrpc import Struct, text

# In what a block says of itself there are no angle brackets.
_BLOCK = re.compile(
    r"<!--\s+wp:(?:core/)?(block|footnotes|gallery|embed|social-link|cover|group)"
    r"(\s[^<>]*)-->"
)
# Beside the link to a file stands a button that leads to the same.
_BUTTON = re.compile(r"(?<=</a>)(?=<a\b[^<>]{0,1000}\bwp-block-file__button\b)")
# A block that posts share may hold others.
_DEEPEST = 4
# More than anybody puts into one post by hand, and few enough when each holds others.
_MOST = 200


class Blocks:
    """Those in the posts of one blog, which is asked what they stand for."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._shared: dict[str, str | None] = {}
        self._left = _MOST
        # Whether the blog kept back what stands in the last post.
        self.untold = False

    def filled(self, post: str, html: str, depth: int = 0) -> str:
        """The text of the post with this id, with what the blog showed in their place;
        what it made anew for every reader stays a name."""
        if not depth:
            self._left, self.untold = _MOST, False

        def shown(found: re.Match[str]) -> str:
            name, written = found[1], found[2].strip()
            alone = written.endswith("/")
            said = _said(written.removesuffix("/"))
            if not alone:
                # Up to the next block in it, or its end.
                inside = html[found.end() : html.find("<!--", found.end())]
                return found[0] + _picture(name, said, inside)
            stands: str | None = None
            if name == "block":
                stands = self._block(post, _number(said.get("ref")), depth)
            elif name == "footnotes":
                stands = self._footnotes(post)
            elif name == "gallery":
                stands = _gallery(said)
            elif name in ("embed", "social-link"):
                stands = _link(said)
            return found[0] if stands is None else stands

        return _BLOCK.sub(shown, _BUTTON.sub(" ", html))

    def _block(self, post: str, number: str, depth: int) -> str | None:
        """One that several posts share; None if the blog does not tell."""
        if not number or depth == _DEEPEST or not self._left:
            return None
        self._left -= 1
        if number not in self._shared:
            struct = self._ask(number, "post")
            if struct and text(struct, "post_type") != "wp_block":
                struct = {}
            html = text(struct, "post_content") if struct else None
            if struct and not _is_shown(struct):
                html = ""
            self._shared[number] = html
        html = self._shared[number]
        self.untold = self.untold or html is None
        return html and self.filled(post, html, depth + 1)

    def _footnotes(self, post: str) -> str | None:
        """They are kept beside the text."""
        struct = self._ask(post, "custom_fields")
        fields = struct.get("custom_fields")
        kept = [
            text(field, "value")
            for field in (fields if isinstance(fields, list) else [])
            if isinstance(field, dict) and field.get("key") == "footnotes"
        ]
        notes = "".join(_notes(kept[0])) if kept else ""
        return f"<ol>{notes}</ol>" if notes else None

    def _ask(self, post: str, fields: str) -> Struct:
        """No fields where the blog does not tell them."""
        if self._account.can("wp.getPost"):
            with suppress(NotAllowed, Refused):
                answer = self._account.ask(
                    "wp.getPost", post, [fields], fits=partial(_is_of, post)
                )
                if isinstance(answer, dict):
                    return answer
        self.untold = True
        return {}


def _is_of(post: str, answer: Any) -> bool:
    return not isinstance(answer, dict) or text(answer, "post_id") == post


def _is_shown(struct: Struct) -> bool:
    """Whether readers see it: in a post that is public it would be, too."""
    is_public = text(struct, "post_status") == "publish"
    return is_public and not text(struct, "post_password")


def _said(written: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        said = json.loads(written or "{}")
        return said if isinstance(said, dict) else {}
    return {}


def _number(said: object) -> str:
    return str(said) if isinstance(said, int) and said > 0 else ""


def _gallery(said: dict[str, Any]) -> str | None:
    ids = said.get("ids")
    numbers = list(filter(None, map(_number, ids))) if isinstance(ids, list) else []
    return f'[gallery ids="{",".join(numbers)}"]' if numbers else None


def _link(said: dict[str, Any]) -> str | None:
    url = said.get("url")
    if not isinstance(url, str) or not url:
        return None
    words = said.get("label") or said.get("service")
    link = f'<a href="{escape(url)}">{escape(str(words or url))}</a>'
    return f"<li>{link}</li>" if words else f"<p>{link}</p>"


def _picture(name: str, said: dict[str, Any], inside: str) -> str:
    """The picture behind a block's text, where only its style shows it."""
    url = said.get("url") if name == "cover" else None
    if name == "group":
        with suppress(KeyError, TypeError):
            url = said["style"]["background"]["backgroundImage"]["url"]
    if not isinstance(url, str) or not url or "<img" in inside or "<video" in inside:
        return ""
    return f'<p><img src="{escape(url)}" alt="{escape(str(said.get("alt", "")))}"></p>'


def _notes(kept: str) -> Iterator[str]:
    with suppress(ValueError, RecursionError):
        for note in json.loads(kept):
            if isinstance(note, dict):
                name = escape(str(note.get("id", "")))
                yield (
                    f'<li id="{name}">{note.get("content", "")} '
                    f'<a href="#{name}-link">↩</a></li>'
                )
