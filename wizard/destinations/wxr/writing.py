"""The import file as XML: WXR 1.2, written thing by thing so that memory stays flat.

What WordPress's importer does decides the form: it rejects a DOCTYPE, finds comments only
directly in their item, wants parents before answers, and takes two posts for one when
their titles and their dates to the second are equal (untitled ones when only dates are).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from urllib.parse import quote

from wizard.destinations import Kind, NewComment, NewPost, NewTerm
from wizard.destinations.names import as_name
from wizard.destinations.wxr.parts import Part, Parts, PhotoFile, legal

OURS = '<!-- generator="Moving Day" -->'
MARKER = "_moving_day_marker"
NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
    # Importers pass over what is in here; it lets this program add to a finished file.
    "md": "urn:moving-day:1",
}
AUTHOR = "owner"
# WordPress keeps 200 bytes of a term's slug.
_SLUG_ROOM = 180


def document(parts: Parts, title: str, site: str) -> Iterator[str]:
    """The whole import file, piece by piece. ``site``: the new blog's address, or ""."""
    slugs: dict[int, tuple[NewTerm, str]] = {}
    spaces = "".join(f'\n\txmlns:{name}="{url}"' for name, url in NAMESPACES.items())
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{OURS}\n<rss version="2.0"{spaces}>\n'
        "<channel>\n"
        + _line("title", _plain(title))
        + _line("link", _plain(site))
        + _line("description", "")
        + _line("pubDate", datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000"))
        + _line("language", "")
        + _line("wp:wxr_version", "1.2")
        + _line("wp:base_site_url", _plain(site))
        + _line("wp:base_blog_url", _plain(site))
        + _line("md:last", str(parts.last))
    )
    order, authors = _by_date(parts)
    yield from _authors(authors)
    for kind in (Kind.CATEGORY, Kind.TAG):
        for part in parts.all(kind):
            assert isinstance(part.thing, NewTerm)
            taken = {slug for term, slug in slugs.values() if term.kind is kind}
            _, above = slugs.get(part.thing.parent, (None, ""))
            slugs[part.id] = part.thing, _term_slug(part, above, taken)
            yield _term(part, part.thing, slugs[part.id][1], above)
    for part in parts.all(Kind.PHOTO):
        assert isinstance(part.thing, PhotoFile)
        yield _photo(part, part.thing)
    told: set[str] = set()
    for _, number in order:
        if found := parts.get(Kind.POST, number):
            yield from _item(found, parts.comments(number), slugs, told, site)
    yield "</channel>\n</rss>\n"


def _by_date(parts: Parts) -> tuple[list[tuple[datetime, int]], list[str]]:
    """The posts in their order, and who wrote them."""
    order: list[tuple[datetime, int]] = []
    authors: dict[str, None] = {}
    for part in parts.all(Kind.POST):
        if isinstance(part.thing, NewPost) and part.thing.date:
            order.append((part.thing.date.astimezone(UTC), part.id))
            authors[part.thing.author] = None
    return sorted(order), sorted(authors)


def _authors(names: list[str]) -> Iterator[str]:
    """Who imports the file is asked who each of them is there."""
    for number, name in enumerate(names or [""], 1):
        yield (
            "<wp:author>"
            + _line("wp:author_id", str(number))
            + _line("wp:author_login", _cdata(name or AUTHOR))
            + _line("wp:author_email", _cdata(""))
            + _line("wp:author_display_name", _cdata(name or "Owner"))
            + "</wp:author>\n"
        )


def _item(
    part: Part,
    comments: list[Part],
    slugs: Mapping[int, tuple[NewTerm, str]],
    told: set[str],
    site: str,
) -> Iterator[str]:
    post = part.thing
    assert isinstance(post, NewPost)
    assert post.date
    date = _own_second(post, told)
    local, gmt = _stamp(date), _stamp(date.astimezone(UTC))
    yield (
        "<item>\n"
        + _line("title", _cdata(html.escape(post.title, quote=False)))
        + _line("link", _plain(f"{site}/?p={part.id}"))
        + _line("pubDate", date.strftime("%a, %d %b %Y %H:%M:%S %z"))
        + _line("dc:creator", _cdata(post.author or AUTHOR))
        + _line(
            "guid",
            f"urn:moving-day:{quote(part.marker)}",
            attributes=' isPermaLink="false"',
        )
        + _line("description", "")
        + _line("content:encoded", _cdata(post.html))
        + _line("excerpt:encoded", _cdata(post.excerpt))
        + _line("wp:post_id", str(part.id))
        + _line("wp:post_date", _cdata(local))
        + _line("wp:post_date_gmt", _cdata(gmt))
        + _line("wp:post_modified", _cdata(local))
        + _line("wp:post_modified_gmt", _cdata(gmt))
        + _line("wp:comment_status", _cdata("closed" if post.closed else "open"))
        + _line("wp:ping_status", _cdata("open" if post.pings else "closed"))
        + _line("wp:post_name", _cdata(post.slug))
        + _line("wp:status", _cdata(post.status))
        + _line("wp:post_parent", "0")
        + _line("wp:menu_order", "0")
        + _line("wp:post_type", _cdata("post"))
        + _line("wp:post_password", _cdata(""))
        + _line("wp:is_sticky", str(int(post.sticky)))
    )
    for number in (*post.categories, *post.tags):
        if number in slugs:
            term, slug = slugs[number]
            domain = "category" if term.kind is Kind.CATEGORY else "post_tag"
            attributes = f' domain="{domain}" nicename="{slug}"'
            yield _line("category", _cdata(as_name(term.name)), attributes=attributes)
    yield _meta("wp:postmeta", MARKER, part.marker)
    # The date as it was, in case it had to give way by a second.
    yield _line("md:date", post.date.isoformat())
    there = {comment.id for comment in comments}
    for comment in comments:
        yield _comment(comment, there)
    yield "</item>\n"


def _comment(part: Part, there: set[int]) -> str:
    comment = part.thing
    assert isinstance(comment, NewComment)
    assert comment.date
    # The importer takes comments by id, so an answer must have the higher one.
    parent = comment.parent if comment.parent in there else 0
    return (
        "<wp:comment>\n"
        + _line("wp:comment_id", str(part.id))
        + _line("wp:comment_author", _cdata(comment.author))
        + _line("wp:comment_author_email", _cdata(comment.email))
        + _line("wp:comment_author_url", _cdata(comment.url))
        + _line("wp:comment_author_IP", _cdata(""))
        + _line("wp:comment_date", _cdata(_stamp(comment.date)))
        + _line("wp:comment_date_gmt", _cdata(_stamp(comment.date.astimezone(UTC))))
        + _line("wp:comment_content", _cdata(comment.html))
        + _line("wp:comment_approved", _cdata("0" if comment.held else "1"))
        + _line("wp:comment_type", _cdata(comment.ping or "comment"))
        + _line("wp:comment_parent", str(parent if parent < part.id else 0))
        + _line("wp:comment_user_id", "0")
        + _meta("wp:commentmeta", MARKER, part.marker)
        + "</wp:comment>\n"
    )


def _term(part: Part, term: NewTerm, slug: str, above: str) -> str:
    marked = f"<md:marker>{_plain(part.marker)}</md:marker>"
    name = as_name(term.name)
    if term.kind is Kind.CATEGORY:
        return (
            f"<wp:category><wp:term_id>{part.id}</wp:term_id>"
            f"<wp:category_nicename>{slug}</wp:category_nicename>"
            f"<wp:category_parent>{above}</wp:category_parent>"
            f"<wp:cat_name>{_cdata(name)}</wp:cat_name>{marked}</wp:category>\n"
        )
    return (
        f"<wp:tag><wp:term_id>{part.id}</wp:term_id><wp:tag_slug>{slug}</wp:tag_slug>"
        f"<wp:tag_name>{_cdata(name)}</wp:tag_name>{marked}</wp:tag>\n"
    )


def _photo(part: Part, photo: PhotoFile) -> str:
    return (
        f'<md:photo id="{part.id}" marker="{html.escape(part.marker)}"'
        f' post="{photo.post}" width="{photo.width}" height="{photo.height}">'
        f"<md:path>{_cdata(photo.path)}</md:path><md:alt>{_cdata(photo.alt)}</md:alt>"
        f"<md:caption>{_cdata(photo.caption)}</md:caption></md:photo>\n"
    )


def _own_second(post: NewPost, told: set[str]) -> datetime:
    """The post's date, a little later if the importer would take it for another."""
    assert post.date
    date, title = post.date, _as_compared(post.title)
    while f"{_stamp(date)} {title}" in told or (not title and _stamp(date) in told):
        date += timedelta(seconds=1)
    told |= {_stamp(date), f"{_stamp(date)} {title}"}
    return date


def _as_compared(title: str) -> str:
    """The title as MySQL compares: without case, accents and blanks at its end."""
    bare = unicodedata.normalize("NFKD", title).casefold()
    return "".join(c for c in bare if not unicodedata.combining(c)).strip()


def _term_slug(part: Part, above: str, taken: set[str]) -> str:
    """The short name of a term in addresses, as WordPress would make it; never twice.
    ``above``: that of the category that it stands below, if any."""
    assert isinstance(part.thing, NewTerm)
    slug = ""
    for letter in re.sub(r"\s+", "-", part.thing.name.strip().lower()):
        told = quote(letter).lower() if letter in "-_" or _is_told(letter) else ""
        if len(slug) + len(told) > _SLUG_ROOM:
            break
        slug += told
    slug = re.sub("-+", "-", slug).strip("-")
    numbered = (f"{slug}-{number}".strip("-") for number in count(part.id))
    below = f"{slug}-{above}" if slug and above else ""
    names = (slug, below if len(below) <= _SLUG_ROOM else "")
    return next(n for n in chain(names, numbered) if n and n not in taken)


def _is_told(letter: str) -> bool:
    """Whether WordPress leaves it in a slug: of “q” nothing stays but the q."""
    kind = unicodedata.category(letter)[0]
    return kind in "LN" or (kind == "M" and not "\u0300" <= letter <= "\u036f")


def _stamp(date: datetime) -> str:
    return date.strftime("%Y-%m-%d %H:%M:%S")


def _line(name: str, content: str, *, attributes: str = "") -> str:
    return f"\t<{name}{attributes}>{content}</{name}>\n"


def _meta(name: str, key: str, value: str) -> str:
    return (
        f"\t<{name}><wp:meta_key>{_cdata(key)}</wp:meta_key>"
        f"<wp:meta_value>{_cdata(value)}</wp:meta_value></{name}>\n"
    )


def _plain(text: str) -> str:
    return html.escape(legal(text), quote=False)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
