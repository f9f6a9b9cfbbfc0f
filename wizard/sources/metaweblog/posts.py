"""What the answers of a blog's interface say, as posts and comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

from wizard.blog import Comment, Photo, Post, Status
from wizard.errors import Unreadable
from wizard.sources.dates.impossible import told_of
from wizard.sources.html_page import text_of, tree
from wizard.sources.metaweblog.blocks import Blocks
from wizard.sources.metaweblog.engines import is_wordpress, typed_in
from wizard.sources.metaweblog.library import Library, is_unknown
from wizard.sources.metaweblog.line_breaks import captions, paragraphs
from wizard.sources.metaweblog.shortcodes import Shortcodes
from wizard.sources.metaweblog.titles import slug_of, title_of
from wizard.sources.metaweblog.web_photos import photos_in, reachable
from wizard.sources.metaweblog.when import date_of, estimate, near, order, utc
from wizard.sources.metaweblog.xmlrpc import Struct, text

_STATUS = {
    "publish": Status.PUBLISH,
    "future": Status.FUTURE,
    "draft": Status.DRAFT,
    "auto-draft": Status.DRAFT,
    "pending": Status.PENDING,
    "private": Status.PRIVATE,
}
_NOBODY = (None, "", "0")
_PINGS = ("pingback", "trackback")
# One of a list with commas; Movable Type puts those in quotation marks that have some.
_TAG = re.compile(r'\s*"([^"]*)"\s*(?:,|$)|([^,]+)')
_LOCKED = (
    "It was protected by a password. It stays private, so that only you can read it."
)
_UNSURE = "The old blog does not say who may read it. It stays private."
_UNSEEN = (
    "The old blog does not say who may read it, and its page there could not be opened "
    "this time. It stays private; move once more when the page opens again."
)


def post_from(
    struct: Struct,
    home: str,
    is_public: Callable[[str], bool | None],
    writers: Mapping[str, str] | None = None,
    library: Library | None = None,
    categories: Mapping[str, str] | None = None,
    blocks: Blocks | None = None,
) -> Post | None:
    """The post in an answer to ``wp.getPosts`` or ``metaWeblog.getRecentPosts``; None if
    it has no id. ``home``: the blog's address. ``is_public`` is asked about the address
    of a post whose state the server does not tell, and says None if that is not known.
    ``writers``, ``categories``: what they are called, by id. ``library``: where pictures
    are looked up that a text names by number; ``blocks``: what looks up the rest of it."""
    key = text(struct, "post_id", "postid", "postId")
    if not key:
        return None
    address = text(struct, "link", "permaLink", "permalink")
    body, more = (
        text(struct, "post_content", "description"),
        text(struct, "mt_text_more"),
    )
    if more.strip():
        body = f"{body}\n<!--more-->\n{more}"
    html = captions(blocks.filled(key, body) if blocks else body)
    if library and is_wordpress(struct):
        html = Shortcodes(key, home, library).shown(html)
    if _breaks_count(struct, html):
        html = paragraphs(html, embeds=is_wordpress(struct))
    date = date_of(struct)
    status, notes = _status(struct, date, address, is_public)
    estimated = False
    if date is None and status not in (Status.DRAFT, Status.PENDING):
        date, note = estimate(struct)
        estimated, notes = date is not None, [*notes, note]
    photos = photos_in(html, address or home)
    featured = _featured(struct)
    beside = featured and featured.address not in [each.address for each in photos]
    return Post(
        key=key,
        title=title_of(struct),
        html=html,
        date=date,
        status=status,
        address=address,
        slug=slug_of(struct, address),
        excerpt=text(struct, "post_excerpt", "mt_excerpt"),
        categories=_terms(struct, "category", categories)
        or _categories(struct, categories),
        tags=_terms(struct, "post_tag") or _tags(struct),
        photos=(*photos, featured) if featured and beside else photos,
        notes=(*notes, *typed_in(struct)),
        author=_author(struct, writers or {}),
        featured=featured.address if featured else "",
        sticky=struct.get("sticky") is True,
        closed=_door(struct, "comment_status", "mt_allow_comments") is False,
        pings=_door(struct, "ping_status", "mt_allow_pings") is True,
        estimated=estimated,
        unsure=tuple(_unsure(notes, photos, blocks)),
    )


def _unsure(
    notes: Iterable[str], photos: Iterable[Photo], blocks: Blocks | None
) -> Iterator[str]:
    """What of a post the blog did not tell."""
    if _UNSEEN in notes:
        yield "status"
    if (blocks and blocks.untold) or any(is_unknown(each.address) for each in photos):
        yield "html"


def comments_from(
    structs: Iterable[Struct],
) -> tuple[tuple[Comment, ...], tuple[str, ...], list[str]]:
    """The approved comments in answers to ``wp.getComments``, oldest first, the keys of
    those that are not approved, and notes on what is left behind."""
    kept: dict[str, Comment] = {}
    parents: dict[str, str] = {}
    held: list[str] = []
    others = guessed = 0
    for struct in structs:
        key, kind = text(struct, "comment_id"), text(struct, "type")
        parents[key] = text(struct, "parent")
        if kind not in ("", "comment", *_PINGS):
            others += 1
        elif text(struct, "status") != "approve":
            held.append(key)
        elif key:
            date = utc(struct.get("date_created_gmt"))
            guess = None if date else near(text(struct, "date_created_gmt"))
            guessed += guess is not None
            kept[key] = Comment(
                key=key,
                author=unescape(text(struct, "author")).strip(),
                html=paragraphs(text(struct, "content")),
                date=date or utc(guess),
                estimated=guess is not None,
                email=text(struct, "author_email").strip(),
                url=text(struct, "author_url").strip(),
                parent=text(struct, "parent"),
                ping=kind if kind in _PINGS else "",
            )
    notes = []
    if held:
        notes.append(f"Comments that are not approved there, left behind: {len(held)}.")
    if others:
        notes.append(f"What plugins keep among the comments, left behind: {others}.")
    # Of one second, by their numbers: the longer one is the higher.
    ordered = sorted(kept.values(), key=lambda c: (order(c.date), len(c.key), c.key))
    shown = tuple(_under(comment, kept, parents) for comment in ordered)
    answers = (each.parent for each in kept.values() if each.parent not in _NOBODY)
    if alone := sum(parent not in kept for parent in answers):
        answer = "1 comment answers" if alone == 1 else f"{alone} comments answer"
        notes.append(
            f"{answer} one that the old blog does not show, and that stays behind. What "
            "is said stands where that one would stand, without saying whom it answers."
        )
    return shown, tuple(filter(None, held)), [*notes, *told_of(shown, guessed)]


def category_name(struct: Struct) -> str:
    """What a category is called in answers to ``wp.getTerms`` or the like; "" if they
    do not say."""
    # What WordPress calls the description of a term of its own is a text about it.
    names = ("name",) if "term_id" in struct else ("categoryName", "description")
    return _name(text(struct, *names, "title", "name"))


def _under(
    comment: Comment, kept: Mapping[str, Comment], parents: Mapping[str, str]
) -> Comment:
    """The same comment, an answer only to one that comes along: to what is above the
    one that it answers, where that stays behind."""
    above, met = comment.parent or "", {comment.key}
    while above not in kept and above in parents and above not in met:
        met.add(above)
        above = parents[above]
    if above in kept and above != comment.key:
        return replace(comment, parent=above)
    return replace(comment, parent=None)


def _status(
    struct: Struct,
    date: datetime | None,
    address: str,
    is_public: Callable[[str], bool | None],
) -> tuple[Status, list[str]]:
    if text(struct, "post_password", "wp_password"):
        return Status.PRIVATE, [_LOCKED]
    said, publish = text(struct, "post_status").lower(), struct.get("publish")
    if said:
        status = _STATUS.get(said)
    elif publish is not None:
        shown = str(publish).lower() in ("true", "1")
        status = Status.PUBLISH if shown else Status.DRAFT
    else:
        seen = is_public(address) if address else False
        if seen is None:
            return Status.PRIVATE, [_UNSEEN]
        status = Status.PUBLISH if seen else None
    if status is None:
        return Status.PRIVATE, [_UNSURE]
    # A post that waits for its day is called published; nobody can read it yet.
    ahead = timedelta(hours=0 if date and date.tzinfo else 14)
    if status is Status.PUBLISH and order(date) > datetime.now(UTC) + ahead and date:
        status = Status.FUTURE
    return status, []


def _breaks_count(struct: Struct, html: str) -> bool:
    if "\n" not in html.strip():
        return False
    if is_wordpress(struct):
        return True
    converted = text(struct, "mt_convert_breaks")
    return converted not in ("", "0", "none", "richtext") or "<" not in html


def _terms(
    struct: Struct, taxonomy: str, named: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    terms, named = struct.get("terms"), named or {}
    found = [
        named.get(text(term, "term_id")) or _name(text(term, "name"))
        for term in (terms if isinstance(terms, list) else [])
        if isinstance(term, dict) and term.get("taxonomy") == taxonomy
    ]
    return _once(found)


def _categories(
    struct: Struct, named: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    listed, named = struct.get("categories"), named or {}
    return _once(
        named.get(text(each, "categoryId")) or category_name(each)
        if isinstance(each, dict)
        else _name(each or "")
        for each in (listed if isinstance(listed, list) else [])
    )


def _author(struct: Struct, writers: Mapping[str, str]) -> str:
    number = text(struct, "post_author", "wp_author_id", "userid", "userId")
    said = text(struct, "wp_author_display_name", "wp_author", "author", "dc:creator")
    return unescape(writers.get(number) or said).strip()


def _door(struct: Struct, *names: str) -> bool | None:
    """Whether comments or pings are let in: WordPress says "open" or "closed", Movable
    Type 1 for open, 0 for never and 2 for no more. None where nobody says."""
    said = next((struct[name] for name in names if name in struct), None)
    word = str(said).strip().lower()
    if word in ("open", "1", "true"):
        return True
    return False if word in ("closed", "0", "2", "false") else None


def _tags(struct: Struct) -> tuple[str, ...]:
    said = struct.get("mt_keywords") or struct.get("mt_tags") or ""
    if isinstance(said, list):
        return _once(map(_name, said))
    if is_wordpress(struct):
        return _once(map(_name, str(said).split(",")))
    return _once(_name(quoted or bare) for quoted, bare in _TAG.findall(str(said)))


def _name(written: object) -> str:
    return unescape(str(written)).strip()


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _featured(struct: Struct) -> Photo | None:
    """The picture that stands for the post there."""
    picture = struct.get("post_thumbnail")
    if not isinstance(picture, dict) or not (address := text(picture, "link")):
        return None
    # Written as HTML; the words about it are told again as what they mean.
    said = text(picture, "caption")
    try:
        caption = text_of(tree(said, "")) if said.strip() else ""
    except Unreadable:
        caption = ""
    alt = " ".join(unescape(text(picture, "alt")).split())
    found = reachable(address)
    return Photo(address, found, integrated=True, alt=alt, caption=caption)
