"""Whatever became of a blog's items, the receipt adds up to all of them, and whatever
strangers wrote into it stays words."""

from __future__ import annotations

import csv
import re
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parser
from lxml.html import HtmlElement

from tests.move.receipts import move_in
from wizard.blog import Blog, Comment, Photo, Post, Status
from wizard.destinations import Kind, Remote
from wizard.move import discretion, report_parts, report_table
from wizard.move.book import BY_YOU, EDITED, GONE, MAY_NOT
from wizard.move.discretion import plain
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.receipt import ENDS, NEW_BLOG, THERE, YOU, groups
from wizard.move.records import Step
from wizard.move.report import write_report
from wizard.move.report_table import COLUMNS, write_table
from wizard.move.verdict import verdict

some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
FORMULAS = "=+-@＝＋－＠\t\r"
troubles = st.sampled_from(
    [None, BY_YOU, MAY_NOT, EDITED, GONE, Trouble("The new blog said no.", "Why?")]
)
ends = st.tuples(st.sampled_from(State), troubles) | st.none()
words = st.text(max_size=30) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '=HYPERLINK("http://evil.example","x")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        ';"=1+1',
        "\u202egnp.exe\u2066",
        "</title></style><img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "tom@mail.example",
        "\ud83d half \x00 \x85 \u2028",
        "&lt;b&gt; &#60;i&#62;",
    ]
)


@st.composite
def found_posts(draw: st.DrawFn, text: st.SearchStrategy[str]) -> list[Post]:
    """Posts with distinct keys; a category may stand in several of them."""
    posts = []
    for number in range(draw(st.integers(0, 5))):
        names = st.lists(text, max_size=3, unique=True)
        posts.append(
            Post(
                key=f"p{number}",
                title=draw(text),
                html="<p>never in a report</p>",
                date=None,
                status=draw(st.sampled_from(Status)),
                address=draw(text),
                categories=tuple(draw(names)),
                tags=tuple(draw(names)),
                photos=tuple(Photo(name, True) for name in draw(names)),
                comments=tuple(
                    Comment(f"c{at}", name, "never", None, email="tom@mail.example")
                    for at, name in enumerate(draw(names))
                ),
                notes=tuple(draw(names)),
            )
        )
    return posts


def end_somehow(move: Move, posts: list[Post], data: st.DataObject) -> None:
    """Every item ends in any way, or was never begun; so do ticks and choices."""
    move.add(posts)
    keys = [post.key for post in posts]
    move.choose(
        data.draw(st.lists(st.sampled_from(keys)) if keys else st.just([])), False
    )
    choices = replace(move.choices, categories=data.draw(st.booleans()))
    move.choices = choices
    for kind, post, key in all_items(posts):
        end = data.draw(ends)
        if end:
            state, trouble = end
            there = Remote(kind, 7, f"https://new.example/{key}")
            remote = there if state in (State.MADE, State.SENT) else None
            owner = "" if kind in (Kind.CATEGORY, Kind.TAG) else post.key
            step = Step(kind, owner, key, "md-x", state, remote=remote, trouble=trouble)
            move.record(step)


def all_items(posts: list[Post]) -> list[tuple[Kind, Post, str]]:
    items = []
    terms = set()
    for post in posts:
        items.append((Kind.POST, post, post.key))
        items += [(Kind.PHOTO, post, photo.address) for photo in post.photos]
        items += [(Kind.COMMENT, post, comment.key) for comment in post.comments]
        for kind, names in ((Kind.CATEGORY, post.categories), (Kind.TAG, post.tags)):
            for name in names:
                term = (kind, name.strip())
                if name.strip() and term not in terms:
                    terms.add(term)
                    items.append((kind, post, name))
    return items


@some
@given(posts=found_posts(st.text(max_size=8)), data=st.data())
def test_the_parts_add_up_to_what_the_old_blog_holds(
    posts: list[Post], data: st.DataObject
):
    with tempfile.TemporaryDirectory() as folder, move_in(Path(folder)) as move:
        end_somehow(move, posts, data)
        expected = Counter(kind for kind, _, _ in all_items(posts))
        told = verdict(move)
        for kind in Kind:
            counts = told.counts[kind]
            assert set(counts) == set(ENDS)
            assert sum(counts.values()) == expected[kind]
        listed = Counter(item.kind for group in groups(move) for item in group.items)
        assert listed == expected
        for group in groups(move):
            for item in group.items:
                assert item.state in ENDS
                assert bool(item.by) == (item.state is State.LEFT_OUT)
                assert item.by in ("", YOU, NEW_BLOG, THERE)
                if item.state in (State.REFUSED, State.LEFT_OUT):
                    assert item.why, "nobody is left without a reason"
        write_table(move, move.path.with_suffix(".csv"))
        lines = read_table(move.path.with_suffix(".csv"))
        for kind in Kind:
            ended = Counter(line["outcome"] for line in lines if line["kind"] == kind)
            ended["waiting"] = ended.pop("still to go", 0)
            assert +ended == +Counter(told.counts[kind])


def read_table(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, strict=True))
    assert all(set(line) == set(COLUMNS) and None not in line for line in lines)
    return lines


# All that the report itself is made of; anything else somebody else has made.
OURS = {
    *("html", "head", "meta", "title", "style", "body", "main", "footer", "p", "h1"),
    *("h2", "h3", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li"),
    *(
        "div",
        "span",
        "a",
        "b",
        "bdi",
        "img",
        "code",
        "time",
        "details",
        "summary",
        "dl",
    ),
    *("dt", "dd"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "rel"),
    *("open", "scope", "src", "alt"),
}


def only_ours(text: str) -> HtmlElement:
    """The page as a tree, in which nothing stands that the report does not make."""
    tree = parser.document_fromstring(text.encode())
    for element in tree.iter():
        assert element.tag in OURS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("src", "data:image/jpeg;base64,").startswith("data:image/")
        assert re.match(r"(https?://|#p\d|a\.csv)|$", element.get("href", ""))
    return tree


def never_formulas(lines: list[dict[str, str]]) -> None:
    """No cell that a spreadsheet would calculate, whatever it takes for its end."""
    for line in lines:
        for cell in line.values():
            assert cell == plain(cell, 10_000), "one line, and only words"
            assert not cell.startswith(tuple(FORMULAS))
            assert not re.search(r";[\"\s]*[=+\-@＝＋－＠]", cell)


@some
@given(posts=found_posts(words), name=words, data=st.data())
def test_whatever_strangers_wrote_stays_words(
    posts: list[Post], name: str, data: st.DataObject
):
    with tempfile.TemporaryDirectory() as folder, move_in(Path(folder)) as move:
        move.blog = Blog("k", name, "kind", address=name, notes=(name,))
        move.note("site", name)
        end_somehow(move, posts, data)
        for kind, post, key in all_items(posts):
            if data.draw(st.booleans()):
                owner = "" if kind in (Kind.CATEGORY, Kind.TAG) else post.key
                said = Trouble(data.draw(words), data.draw(words))
                move.record(move.step(kind, owner, key), trouble=said)
        move.keep_thumbnails({"md-x": b"\xff\xd8"})
        path = move.path.with_suffix(".html")
        write_report(move, path)
        text = path.read_text("utf-8")
        tree = only_ours(text)
        assert "never" not in text
        assert "@mail.example" not in text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
        titles = " ".join(tree.xpath("string(//main)").split())
        for post in posts:
            public = post.status is Status.PUBLISH
            if public and plain(post.title):
                assert plain(post.title) in titles
        write_table(move, move.path.with_suffix(".csv"))
        never_formulas(read_table(path.with_suffix(".csv")))
        names = [
            line["title or author"] for line in read_table(path.with_suffix(".csv"))
        ]
        for post in posts:
            if post.status is Status.PUBLISH:
                assert {plain(post.title), f"'{plain(post.title)}"} & {
                    re.sub(r"(;[\"\s]*)'", r"\1", name) for name in names
                }


def test_without_its_protections_strangers_would_have_power(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    evil = Post("p1", "=1+1 <script>alert(1)</script>", "", None)
    with move_in(tmp_path) as move:
        move.add([evil])
        page, table = tmp_path / "a.html", tmp_path / "a.csv"
        write_report(move, page)
        write_table(move, table)
        only_ours(page.read_text("utf-8"))
        never_formulas(read_table(table))
        monkeypatch.setattr(report_parts, "escape", str)
        monkeypatch.setattr(report_table, "_cell", str)
        write_report(move, page)
        write_table(move, table)
        with pytest.raises(AssertionError):
            only_ours(page.read_text("utf-8"))
        with pytest.raises(AssertionError):
            never_formulas(read_table(table))


def test_a_reader_whose_address_is_in_every_place_is_told_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tom = "tom.o'brien+blog@mail.example"
    comment = Comment("c0", tom, tom, None, email=tom, url=f"mailto:{tom}")
    found = Post("p1", f"To {tom}", tom, None, comments=(comment,), notes=(tom,))
    found = replace(found, address=f"http://old.example/{quote(tom)}")
    with move_in(tmp_path) as move:
        move.add([found])
        step = move.step(Kind.COMMENT, "p1", "c0")
        move.record(step, state=State.REFUSED, trouble=Trouble(f"{tom} is banned."))
        page, table = tmp_path / "a.html", tmp_path / "a.csv"

        def told() -> str:
            write_report(move, page)
            write_table(move, table)
            return page.read_text("utf-8") + table.read_text("utf-8")

        assert "(e-mail address) is banned." in told()
        assert "mail.example" not in told()
        monkeypatch.setattr(discretion, "_EMAIL", re.compile("(?!)"))
        assert told().count("@mail.example") > 5


def test_no_text_is_so_long_that_it_takes_long():
    before = time.process_time()
    for text in (
        "a" * 9_000_000 + "@",
        "a" * 7_990 + " @",
        "a@" * 9_000,
        "%40" * 9_000,
    ):
        plain(text, 2_000)
    assert time.process_time() - before < 1
