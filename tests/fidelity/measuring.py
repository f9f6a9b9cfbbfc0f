"""Compares every post of an old blog with what became of it, feature by feature."""

from __future__ import annotations

import html as references
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import unquote, urlsplit

from tests.fidelity.eyes import Eyes, Page, Shown
from tests.fidelity.lines import Lines
from tests.fidelity.moved import There, Verdict
from tests.fidelity.old import Leads, Old, OldBlog
from tests.fidelity.pictures import bytes_at, same_picture
from wizard.content.smileys import smiley

NEW = (".entry-content",)
WORDPRESS_DEFAULT = "Uncategorized"

SAID = ".wp-block-comment-content"
# What one player calls a video, and what stands in every address of it.
_VIDEO = re.compile(
    r"youtube(?:-nocookie)?\.com/(?:v|embed)/([\w-]{6,})"
    r"|(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{6,})"
    r"|vimeo\.com/(?:video/|moogaloop\.swf\?(?:.*&)?clip_id=)?(\d+)"
    r"|dailymotion\.com/(?:swf|embed)?/?(?:video/)?([a-zA-Z0-9]+)"
)
_OPEN = ("draft", "pending", "private", "future", "publish")


class Measure:
    """Of one blog that was moved. ``lines`` are added to."""

    def __init__(
        self,
        blog: OldBlog,
        verdict: Verdict,
        there: There,
        eyes: tuple[Eyes, Eyes],
        lines: Lines,
    ) -> None:
        self._blog = blog
        self._verdict = verdict
        self._there = there
        self._old_eyes, self._new_eyes = eyes
        self._lines = lines

    def post(self, old: Old) -> None:
        """One post, both sides. A post that is not there is a difference of its own."""
        lines, number = self._lines, self._verdict.numbers.get(old.key, 0)
        lines.where = f"{self._blog.name}, “{old.title[:30]}”"
        lines.check("posts", number in self._there.posts, "it did not arrive")
        if number not in self._there.posts:
            return
        row = self._there.posts[number]
        self._about(old, row)
        new, eyes = self._new_eyes, self._old_eyes
        new.open(self._there.address(number))
        eyes.open(old.page)
        # A picture can be no wider than the column of the new theme.
        column = new.width(NEW)
        before = eyes.see(old.roots, column=column)
        said = [words(eyes.text_of(_smileys(each.html))) for each in old.comments]
        videos = [video(each) for each in before.videos]
        after = new.see(NEW, videos=videos, comments=SAID)
        self._text(before, after)
        self._pictures(old, row, before, after, column)
        lines.each("videos", videos, [video(each) for each in after.videos])
        self._links(old, before, after)
        self._comments(old, number, said, after)

    def _about(self, old: Old, row: dict) -> None:
        lines = self._lines
        title = references.unescape(row["title"]["raw"])
        lines.same("titles", name(old.title), name(title))
        if old.date:
            lines.same("dates", told(old.date), row["date_gmt"])
        lines.same("statuses", old.status, row["status"])
        wider = _OPEN.index(row["status"]) > _OPEN.index(old.status)
        lines.check(
            "not wider than it was", not wider, f"{old.status} is {row['status']}"
        )
        names = [
            references.unescape(self._there.terms[n]["name"]) for n in row["categories"]
        ]
        wanted = [name for name in old.categories if name != self._blog.default]
        # WordPress may put a post without one into its own.
        own = [] if wanted else [WORDPRESS_DEFAULT]
        lines.bag("categories", wanted, [name for name in names if name not in own])
        for number in row["categories"]:
            self._parent(number)
        tags = [references.unescape(self._there.terms[n]["name"]) for n in row["tags"]]
        lines.bag("tags", list(old.tags), tags)

    def _parent(self, number: int) -> None:
        term = self._there.terms[number]
        name = references.unescape(term["name"])
        parent = self._there.terms.get(term["parent"])
        over = references.unescape(parent["name"]) if parent else ""
        self._lines.same("tree of categories", self._blog.parents.get(name, ""), over)

    def _text(self, before: Page, after: Page) -> None:
        lines = self._lines
        lines.same("text", words(before.text), words(after.text))
        lines.each("lines of the text", by_line(before.text), by_line(after.text))
        self._letters(
            "bold, italic, code …",
            before.letters,
            before.marks,
            after.letters,
            after.marks,
        )
        self._letters(
            "direction and alignment",
            before.letters,
            before.flow.split(),
            after.letters,
            after.flow.split(),
        )
        lines.each(
            "texts with white space",
            *(list(map(raw, page.pre)) for page in (before, after)),
        )
        for name in ("headings", "items", "tables", "quotes"):
            shown = {"items": "lists and their items", "quotes": "quotations"}.get(
                name, name
            )
            # The title of a page is of the first level, and no other.
            one, two = (
                [re.sub("^h1 ", "h2 ", each) for each in getattr(page, name)]
                for page in (before, after)
            )
            lines.each(shown, one, two)
        lines.check(
            "rules",
            before.rules == after.rules,
            f"{before.rules} became {after.rules}",
            max(before.rules, after.rules),
        )
        wanted = [
            link.href[1:]
            for link in before.links
            if link.href.startswith("#") and link.href[1:] in before.anchors
        ]
        for name in wanted:
            lines.check(
                "places within a post", name in after.anchors, f"#{name} leads nowhere"
            )

    def _letters(
        self, name: str, text: str, old: Sequence[str], other: str, new: Sequence[str]
    ) -> None:
        if text != other:
            return  # told as text
        for way, run in groupby(zip(old, new, strict=True)):
            many = len(list(run))
            equal = way[0] == way[1] or "?" in way
            self._lines.check(
                name, equal, f"{way[0]} became {way[1]} for {many} letters", many
            )

    def _pictures(
        self, old: Old, row: dict, before: Page, after: Page, column: int
    ) -> None:
        lines = self._lines
        was = [self._old_picture(each) for each in before.pictures]
        now = [self._new_picture(each) for each in after.pictures]
        pairs = list(zip(was, now, strict=False))
        lines.check(
            "pictures: how many",
            len(was) == len(now),
            f"{len(was)} became {len(now)}: {[x.kind for x in before.pictures]} {[x.kind for x in after.pictures]}",
        )
        for (kind, data), (other, found) in pairs:
            if kind == "picture":
                equal = other == kind and same_picture(data, found)
                lines.check(
                    "pictures: the file behind each",
                    equal,
                    f"a {kind} became {other}, {len(data)} bytes {len(found)}",
                )
            else:
                lines.check(
                    "pictures that are lost or away",
                    kind == other and (kind == "lost" or data == found),
                    f"{kind} {data!r} became {other} {found!r}",
                )
        if len(was) != len(now):
            return
        for one, other in zip(before.pictures, after.pictures, strict=True):
            if one.kind != "picture" or other.kind != "picture":
                continue
            thumbnail = one.full and bytes_at(one.full) is not None and not one.own
            if not other.gallery and not thumbnail:
                told = f"{one.width} px became {other.width} px, of {one.natural}"
                equal = abs(min(one.width, column) - other.width) <= 1
                lines.check("pictures: size", equal, told)
            if not other.gallery:
                lines.same("pictures: side", one.side, other.side)
            lines.same("pictures: words instead", one.alt.strip(), other.alt.strip())
            if one.caption:
                lines.same("pictures: captions", one.caption, other.caption)
        files = [data for kind, data in was if kind == "picture"]
        first = bytes_at(old.featured) if old.featured else next(iter(files), None)
        number = row["featured_media"]
        shown = self._there.full(number) if number else None
        equal = (first is None) == (shown is None) and (
            first is None or same_picture(first, shown or b"")
        )
        lines.check(
            "featured picture",
            equal,
            f"{'none' if first is None else 'one'} became {'none' if shown is None else 'another'}",
        )

    def _old_picture(self, shown: Shown) -> tuple[str, bytes]:
        """What stands behind a picture of the old page: the file that it links to, if it
        links to one."""
        if shown.full and (data := bytes_at(shown.full)) is not None:
            return "picture", data
        if (data := bytes_at(shown.src)) is not None:
            return "picture", data
        host = urlsplit(shown.src).hostname or ""
        gone = not host or any(
            host.endswith(each) for each in (*self._blog.hosts, *GONE)
        )
        return ("lost", b"") if gone else ("away", shown.src.encode())

    def _new_picture(self, shown: Shown) -> tuple[str, bytes]:
        if shown.kind == "note":
            return "lost", b""
        number = self._there.number(shown.full, shown.src)
        if number and shown.kind == "picture":
            return "picture", self._there.full(number)
        return "away", shown.src.encode()

    def _links(self, old: Old, before: Page, after: Page) -> None:
        wanted = []
        for link in before.links:
            leads = old.links.get(link.href)
            place = link.whole if not link.href.startswith("#") else link.href
            if leads is None and place.startswith(("file:", "javascript:")):
                continue
            wanted.append((link.text, self._new_home(leads) if leads else place))
        found = [
            (link.text, link.href if link.href.startswith("#") else link.whole)
            for link in after.links
        ]
        self._lines.each("links", wanted, found)

    def _new_home(self, leads: Leads) -> str:
        number = self._verdict.numbers.get(leads.key, 0)
        row = self._there.posts.get(number)
        if not row:
            return f"nowhere: {leads.key}"
        site = self._there.site.url
        place = row["link"] if row["status"] == "publish" else f"{site}/?p={number}"
        if isinstance(leads.part, int):
            said = self._there.comments.get(number, [])
            return (
                f"{place}#comment-{said[leads.part]['id']}"
                if leads.part < len(said)
                else place
            )
        return f"{place}#{leads.part}" if leads.part else place

    def _comments(self, old: Old, number: int, said: list[str], after: Page) -> None:
        lines, now = self._lines, self._there.comments.get(number, [])
        lines.check(
            "comments: how many",
            len(said) == len(now),
            f"{len(said)} became {len(now)}",
        )
        places = {row["id"]: place for place, row in enumerate(now)}
        for place, (one, row) in enumerate(zip(old.comments, now, strict=False)):
            lines.same(
                "comments: author",
                words(one.author),
                words(references.unescape(row["author_name"])),
            )
            lines.same(
                "comments: web address",
                one.url.rstrip("/"),
                row["author_url"].rstrip("/"),
            )
            if one.email:
                lines.same("comments: e-mail", one.email, row["author_email"])
            lines.same("comments: date", told(one.date), row["date_gmt"])
            lines.same("comments: thread", one.answers, places.get(row["parent"]))
            lines.same("comments: seen by all", "approved", row["status"])
            text = words(
                references.unescape(re.sub("<[^>]*>", " ", row["content"]["rendered"]))
            )
            lines.same(
                "comments: text", said[place].replace(" ", ""), text.replace(" ", "")
            )
        # Readers see them in this order, answers under what they answer.
        lines.each(
            "comments: as readers see them",
            [said[n] for n in threaded(old)] if len(said) == len(now) else said,
            [words(each) for each in after.comments],
        )


def threaded(old: Old) -> Iterator[int]:
    """The places of comments as they are read: each with its answers under it."""

    def under(parent: int | None) -> Iterator[int]:
        for place, said in enumerate(old.comments):
            if said.answers == parent:
                yield place
                yield from under(place)

    return under(None)


def name(text: str) -> str:
    """Names are written in one way: letters with their marks are single characters."""
    return unicodedata.normalize("NFC", words(text))


def words(text: str) -> str:
    """Any white space is one space: that is all the normalisation of a text there is."""
    return " ".join(text.split())


def by_line(text: str) -> list[str]:
    """What stands in lines of its own; empty ones are no text."""
    return [line for each in text.split("\n") if (line := words(each))]


def raw(text: str) -> str:
    """A text in which white space counts; not at the ends of lines, nor at its edges."""
    lines = text.replace("\xa0", " ").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def told(date: datetime) -> str:
    """The moment as WordPress writes it."""
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def video(address: str) -> str:
    """What a player's address and that of the page of the same video have in common."""
    found = _VIDEO.search(unquote(references.unescape(address)))
    return next(filter(None, found.groups()), address) if found else address


def _smileys(html: str) -> str:
    def said(image: re.Match[str]) -> str:
        src = re.search(r"src=[\"']?([^\"'\s>]+)", image[0], re.IGNORECASE)
        return smiley({"src": src[1] if src else ""})

    return re.sub(r"<img\b[^>]*>", said, html, flags=re.IGNORECASE)


GONE = (
    "storage.msn.com",
    "storage.live.com",
    "livefilestore.com",
    "spaces.live.com",
    "spaces.msn.com",
)
