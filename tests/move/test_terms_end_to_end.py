"""Categories and tags from one real WordPress to another: where they stood, letter for letter."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import pytest
import requests

from tests.destinations.texts import NAMES
from tests.move.real_blogs import between, take_back
from tests.move.whole_site import forget_sample_post, rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.destinations import Kind
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.receipt import groups
from wizard.move.report import write_report

# Of each post the way to its category.
MANY = "of all names"
WAYS = {
    "of Berlin": "Berlin/News",
    "of Paris": "Paris/NEWS",
    "of all": "News",
    "of the Spree": "Berlin/News/Spree",
}


@pytest.fixture(scope="module", params=["newest", "oldest"])
def sites(request: pytest.FixtureRequest) -> Iterator[tuple[Site, Site]]:
    """An old blog, and a new one of this version with categories of its own."""
    other = {"newest": "oldest", "oldest": "newest"}[request.param]
    with start(other) as old, start(request.param) as new:
        fill(Writer(old))
        forget_sample_post(new)
        there = Writer(new)
        there.category("Else/News")
        there.category("Paris")
        yield old, new


class Writer:
    """Makes posts and their terms as an owner of a blog would have."""

    def __init__(self, site: Site) -> None:
        self._server: Any = ServerProxy(f"{site.url}/xmlrpc.php")
        self._who = (1, site.user, site.login_password)
        self._made: dict[str, int] = {}

    def __call__(self, method: str, *more: object) -> Any:
        return getattr(self._server.wp, method)(*self._who, *more)

    def category(self, way: str) -> int:
        if way not in self._made:
            above, _, name = way.rpartition("/")
            term: dict[str, object] = {"name": name, "taxonomy": "category"}
            if above:
                term["parent"] = self.category(above)
            self._made[way] = int(self("newTerm", term))
        return self._made[way]

    def term(self, taxonomy: str, name: str) -> int:
        # As who types it into WordPress, which reads it as HTML.
        written = escape(name, quote=False).replace("&amp;#", "&#38;#")
        written = written.replace("%2", "&#37;2")
        return int(self("newTerm", {"name": written, "taxonomy": taxonomy}))

    def post(self, title: str, **terms: object) -> None:
        words = {"post_title": title, "post_content": "x", "post_status": "publish"}
        self("newPost", {**words, "terms": terms})


def fill(old: Writer) -> None:
    old("deletePost", 1)
    for title, way in WAYS.items():
        old.post(title, category=[old.category(way)])
    kinds = ("category", "post_tag")
    old.post(MANY, **{kind: [old.term(kind, n) for n in NAMES] for kind in kinds})


def ways(site: Site) -> dict[str, str]:
    """The same as `WAYS`, as it is at a blog."""
    terms = {row["id"]: row for row in rows(site, "categories")}

    def way(number: int) -> str:
        name = unescape(terms[number]["name"])
        above = terms[number]["parent"]
        return f"{way(above)}/{name}" if above else name

    return {
        row["title"]["raw"]: "+".join(map(way, row["categories"]))
        for row in rows(site, "posts")
        if row["title"]["raw"] in WAYS
    }


def names(site: Site) -> list[list[str]]:
    """What people read as categories and as tags of the post that has so many."""
    (post,) = [row for row in rows(site, "posts") if row["title"]["raw"] == MANY]
    return [
        sorted(unescape(r["name"]) for r in rows(site, route) if r["id"] in post[route])
        for route in ("categories", "tags")
    ]


def bring(move: Move, old: Site, new: Site, *, whole: bool = True) -> str:
    """Gives the verdict; ``whole``: there is nothing in it that deserves a look."""
    ended = between(move, old, new)
    assert ended.verdict.complete is whole, ended.verdict.sentence
    return ended.verdict.sentence


def test_equal_names_below_different_ones_stay_different(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    assert ways(old) == WAYS, "the old blog is what this test believes"
    before = {row["id"] for row in rows(new, "categories")}
    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        assert ways(new) == WAYS
        made = {row["id"]: row["slug"] for row in rows(new, "categories")}
        assert len(set(made.values())) == len(made)
        # Berlin, three of News and the one below; Paris was there.
        assert len(made) == len(before) + 5 + len(NAMES)
        bring(move, old, new)
        with Move.create(tmp_path / "b.move") as second:
            bring(second, old, new)
        assert {row["id"]: row["slug"] for row in rows(new, "categories")} == made
        take_back(move, new)
    assert rows(new, "posts") == []
    assert rows(new, "tags") == []
    assert {row["id"] for row in rows(new, "categories")} == before


def test_names_arrive_letter_for_letter(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    all_names = [sorted(NAMES)] * 2
    assert names(old) == all_names, "the old blog is what this test believes"
    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        assert names(new) == all_names
        *_, last = groups(move)
        assert {item.state for item in last.items} == {State.SENT}
        assert {item.why for item in last.items} == {""}
        tags = rows(new, "tags")
        bring(move, old, new)
        assert rows(new, "tags") == tags
        take_back(move, new)


def test_a_name_that_the_new_blog_changes_is_told(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    change = "add_filter('pre_insert_term', fn($name) => str_replace('\"', '', $name));"
    plugin = new.plug_in(change)
    try:
        with Move.create(tmp_path / "a.move") as move:
            for _ in range(2):
                assert "deserve a look" in bring(move, old, new, whole=False)
                *_, last = groups(move)
                told = {item.name: item.why for item in last.items if item.why}
                assert set(told) == {name for name in NAMES if '"' in name}
                assert "there it is “say yes, twice”" in told['say "yes", twice']
            take_back(move, new)
    finally:
        plugin.unlink()


def test_names_that_differ_in_capital_letters_become_one_and_that_is_told(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    writer = Writer(old)
    pairs = {"PHP": "php", "Straße": "STRASSE", "Reise": "REISE"}
    numbers = {
        name: int(writer("newTerm", {"name": name, "taxonomy": taxonomy, "slug": slug}))
        for taxonomy, names in (
            ("post_tag", ("PHP", "Straße")),
            ("category", ("Reise",)),
        )
        for first in names
        for name, slug in ((first, f"{first}-1"), (pairs[first], f"{first}-2"))
    }
    assert len(set(numbers.values())) == 6, "at the old blog they are different ones"
    first, second = (
        {"post_tag": [numbers[a], numbers[b]], "category": [numbers[c]]}
        for a, b, c in (("PHP", "Straße", "Reise"), ("php", "STRASSE", "REISE"))
    )
    for title, terms in (("capital A", first), ("capital B", second)):
        writer.post(title, **terms)
    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        there = {row["title"]["raw"]: row for row in rows(new, "posts")}
        for route in ("tags", "categories"):
            assert there["capital A"][route] == there["capital B"][route]
        *_, last = groups(move)
        items = {item.name: item for item in last.items if item.name in numbers}
        assert {item.state for item in items.values()} == {State.SENT}
        assert [item.kind for item in items.values()].count(Kind.TAG) == 4
        noted = {name: item.note for name, item in items.items() if item.note}
        assert len(noted) == 3
        other = pairs | {small: capital for capital, small in pairs.items()}
        for name, note in noted.items():
            assert f"There it is “{other[name]}”" in note
        write_report(move, tmp_path / "a.html")
        page = (tmp_path / "a.html").read_text("utf-8")
        assert "1 category and 2 tags have become one with another name" in page
        take_back(move, new)


def test_wordpress_itself_keeps_one_of_each_name_below_one(
    sites: tuple[Site, Site],
) -> None:
    """The control: what is asked for without a place is the one on top, or a new one."""
    _, new = sites
    made = [
        requests.post(
            f"{new.url}/?rest_route=/wp/v2/categories",
            json={"name": "News"},
            auth=(new.user, new.password),
            timeout=60,
        ).json()
        for _ in range(2)
    ]
    assert made[0]["parent"] == 0
    assert made[1]["code"] == "term_exists"
    assert made[1]["data"]["term_id"] == made[0]["id"]


def test_wordpress_itself_knows_the_small_letters_of_english_only(
    sites: tuple[Site, Site],
) -> None:
    """The control: what one finds there who types the names in."""
    _, new = sites
    made = [
        requests.post(
            f"{new.url}/?rest_route=/wp/v2/tags",
            json={"name": name},
            auth=(new.user, new.password),
            timeout=60,
        ).json()
        for name in ("PERL", "perl", "Gasse Straße", "GASSE STRASSE")
    ]
    assert made[1]["code"] == "term_exists"
    assert made[1]["data"]["term_id"] == made[0]["id"]
    assert made[2]["id"] != made[3]["id"]
