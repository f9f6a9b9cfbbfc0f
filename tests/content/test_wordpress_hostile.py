"""Texts made to be lost or changed on the way, sent to a real WordPress and read back."""

from __future__ import annotations

import html
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.move.doubles import HASTY, OldBlog, day, entry
from tests.move.whole_site import rows
from tests.wordpress import start
from wizard.blog import Comment, Post
from wizard.content.cleaning import plain_text
from wizard.content.fitting import fit
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress
from wizard.move import wanted
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.reading import read

TEXTS = (
    "C:\\new\\table \\' \\\\",
    "100%25 sure, %3Cb%3E and %zz",
    "%3Cscript%3E",
    "R&amp;D &lt;b&gt; &#91;",
    "[gallery] <!-- wp:html --> -->",
    "e\u0301 \u202ea\u0007\0b",
    "👩‍👩‍👧 and \ud83d\ude00 and \ud83d",
    "\x93quoted\x94",
    "漢" * 400,
    "&" * 400,
)


def hostile(number: int, text: str) -> Post:
    said = Comment(f"{number}!1", text, html.escape(text), day(number), email=text)
    long = Comment(
        f"{number}!2", "A", f"<p>{html.escape((text * 2000)[:50_000])}</p>", day(number)
    )
    body = f"<p>{number}: {html.escape(text)}</p><script>x</script>"
    name = f"{number} {text}" if number % 2 else text
    post = entry(number, title=text, html=body, excerpt="<script>alert(1)</script>ok")
    comments = (said, replace(long, parent=said.key))
    return replace(post, categories=(name,), tags=(name,), slug=text, comments=comments)


def test_every_item_arrives_as_it_was_made_fit(tmp_path: Path) -> None:
    posts = [hostile(number, text) for number, text in enumerate(TEXTS)]
    stop = threading.Event()
    with start() as site, Move.create(tmp_path / "a.move") as move:
        blog = WordPress(site.url, site.user, Secret(site.password))
        blog.check()
        list(read(move, OldBlog(posts), stop))
        move.choices = Choices(time_zone="UTC")
        list(run(move, OldBlog(posts), blog, stop, patience=HASTY))
        for post in posts:
            for step in move.steps(post.key):
                assert step.state is State.SENT, (post.title, step)
                assert step.trouble is None, (post.title, step)
        there = {row["date"]: row for row in rows(site, "posts")}
        names = {
            row["id"]: html.unescape(row["name"])
            for row in (*rows(site, "categories"), *rows(site, "tags"))
        }
        authors = {html.unescape(row["author_name"]) for row in rows(site, "comments")}
    for post in map(fit, posts):
        assert post.date
        row = there[post.date.isoformat()]
        assert html.unescape(row["title"]["raw"]) == post.title
        assert plain_text(row["content"]["raw"]) == plain_text(post.html)
        assert row["excerpt"]["raw"] == "ok"
        assert {names[n] for n in (*row["categories"], *row["tags"])} == {
            *post.categories,
            *post.tags,
        }
        assert {comment.author for comment in post.comments} <= authors


def test_without_the_cleaning_an_excerpt_brings_a_script_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wanted, "clean_comment", lambda text: text)
    post, stop = hostile(1, "x"), threading.Event()
    with start() as site, Move.create(tmp_path / "a.move") as move:
        blog = WordPress(site.url, site.user, Secret(site.password))
        blog.check()
        list(read(move, OldBlog([post]), stop))
        move.choices = Choices(time_zone="UTC")
        list(run(move, OldBlog([post]), blog, stop, patience=HASTY))
        found = [row["excerpt"]["raw"] for row in rows(site, "posts")]
    assert "<script>alert(1)</script>ok" in found
