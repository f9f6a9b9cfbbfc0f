"""Compares every post of an old blog with what became of it, feature by feature."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from tests.fidelity.eyes import Eyes, Page
from tests.fidelity.lines import Lines
from tests.fidelity.link_lines import compare_links
from tests.fidelity.moved import There, Verdict
from tests.fidelity.normal import moment, name, video, with_smileys, words
from tests.fidelity.old import Old, OldBlog
from tests.fidelity.picture_lines import compare_pictures
from tests.fidelity.text_lines import compare_text

NEW = (".entry-content",)
SAID = ".wp-block-comment-content"
# Where WordPress may put a post that has no category.
UNSORTED = "Uncategorized"
# Who may see it: each more people than the one before.
OPEN = ("draft", "pending", "private", "future", "publish")


class Measure:
    """Of one blog that was moved. ``eyes``: on the old one and on the new one."""

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
        self._eyes = eyes
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
        before, after = self._eyes
        after.open(self._there.address(number))
        before.open(old.page)
        column = after.width(NEW)
        was = before.see(old.roots, column=column)
        said = [words(before.text_of(with_smileys(each.html))) for each in old.comments]
        videos = [video(each) for each in was.videos]
        now = after.see(NEW, videos=videos, comments=SAID)
        pages = was, now
        compare_text(lines, was, now)
        compare_pictures(lines, old, row, pages, self._there, column)
        lines.each("videos", videos, [video(each) for each in now.videos])
        compare_links(lines, old, pages, self._verdict, self._there)
        self._comments(old, number, said, now)

    def _about(self, old: Old, row: dict[str, Any]) -> None:
        lines = self._lines
        title = html.unescape(row["title"]["raw"])
        lines.same("titles", name(old.title), name(title))
        if old.date:
            lines.same("dates", moment(old.date), row["date_gmt"])
        lines.same("statuses", old.status, row["status"])
        wider = OPEN.index(row["status"]) > OPEN.index(old.status)
        told = f"{old.status} is {row['status']}"
        lines.check("not wider than it was", not wider, told)
        categories = [self._term(number) for number in row["categories"]]
        wanted = [each for each in old.categories if each != self._blog.default]
        found = [each for each in categories if wanted or each != UNSORTED]
        lines.bag("categories", wanted, found)
        for number, called in zip(row["categories"], categories, strict=True):
            over = self._term(self._there.terms[number]["parent"])
            lines.same("tree of categories", self._blog.parents.get(called, ""), over)
        tags = [self._term(number) for number in row["tags"]]
        lines.bag("tags", list(old.tags), tags)

    def _term(self, number: int) -> str:
        term = self._there.terms.get(number)
        return html.unescape(term["name"]) if term else ""

    def _comments(self, old: Old, number: int, said: list[str], page: Page) -> None:
        lines, rows = self._lines, self._there.comments.get(number, [])
        lines.same("comments: how many", len(said), len(rows))
        places = {row["id"]: place for place, row in enumerate(rows)}
        for place, (one, row) in enumerate(zip(old.comments, rows, strict=False)):
            author = html.unescape(row["author_name"])
            lines.same("comments: author", words(one.author), words(author))
            addresses = one.url.rstrip("/"), row["author_url"].rstrip("/")
            lines.same("comments: web address", *addresses)
            lines.same("comments: e-mail", one.email, row["author_email"])
            lines.same("comments: date", moment(one.date), row["date_gmt"])
            lines.same("comments: thread", one.answers, places.get(row["parent"]))
            lines.same("comments: seen by all", "approved", row["status"])
            text = re.sub("<[^>]*>", " ", row["content"]["rendered"])
            # Where a tag parts letters, only the page that is seen tells.
            letters = (each.replace(" ", "") for each in (said[place], _plain(text)))
            lines.same("comments: text", *letters)
        # Readers see them in this order, answers under what they answer.
        order = _threaded(old) if len(said) == len(rows) else range(len(said))
        seen = [words(each) for each in page.comments]
        lines.each("comments: as they are read", [said[n] for n in order], seen)


def _plain(text: str) -> str:
    return words(html.unescape(text))


def _threaded(old: Old) -> Iterator[int]:
    """The places of comments as they are read: each with its answers under it."""

    def under(parent: int | None) -> Iterator[int]:
        for place, said in enumerate(old.comments):
            if said.answers == parent:
                yield place
                yield from under(place)

    return under(None)
