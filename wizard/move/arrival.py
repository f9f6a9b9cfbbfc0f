"""Whether a post arrived as it was sent, and what the destination made of it otherwise."""

from __future__ import annotations

from datetime import UTC

from wizard.blog import PUBLIC, Status
from wizard.content.cleaning import plain_text
from wizard.destinations import NewPost
from wizard.move.book import ALTERED, EXPOSED
from wizard.move.events import Trouble


def difference(sent: NewPost, now: NewPost | None) -> Trouble | None:
    """What the destination made of a post, if it is not what was sent."""
    if now is None:
        return None
    if now.status in PUBLIC and sent.status not in PUBLIC:
        return EXPOSED
    same = (
        " ".join(now.title.split()) == " ".join(sent.title.split())
        and _same_text(now.html, sent.html)
        and (now.status == sent.status or Status.FUTURE in (now.status, sent.status))
        and set(sent.categories) <= set(now.categories)
        and set(sent.tags) <= set(now.tags)
        and (
            sent.date is None
            or now.date == sent.date.astimezone(UTC).replace(microsecond=0)
        )
    )
    return None if same else ALTERED


def _same_text(one: str, other: str) -> bool:
    return one == other or (
        "".join(plain_text(one).split()) == "".join(plain_text(other).split())
        and one.count("<img") == other.count("<img")
        and _links(one) == _links(other)
    )


def _links(html: str) -> int:
    """A video that is shown is a link to where it can be watched."""
    return html.count("<a ") + html.count("wp-block-embed__wrapper")
