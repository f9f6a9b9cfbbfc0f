"""Posts of one title, several of which are carried at once, and what they are called."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.move.doubles import HASTY, OldBlog, day, entry
from tests.move.moving import ending
from tests.move.real_blogs import change, delete, signed_in
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from wizard.blog import Post, Status
from wizard.destinations import NewPhoto, Remote, Thing
from wizard.destinations.wordpress import WordPress
from wizard.move.engine import run
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.slugs import numbered, turns
from wizard.sources import Named


def named(*posts: str) -> list[Named]:
    """Such as "title" or "title/slug"; the key is the place."""
    parts = (post.partition("/") for post in posts)
    return [
        Named(str(at), "", slug, title) for at, (title, _, slug) in enumerate(parts)
    ]


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        (("Sea", "Sky"), {}),
        (("Sea", "Sky", "Sea", "sea!"), {"2": 2, "3": 3}),
        (("Sea", "Sea/other"), {}),
        (("Sea", "Whatever/sea", "Sea"), {"0": 2, "2": 3}),
        (("Sea", "Sea", "Whatever/sea-2"), {"1": 3}),
        (("Été", "ÉTÉ", "ete"), {"1": 2, "2": 3}),
        (("Don't", "Don’t", "Dont"), {"1": 2, "2": 3}),
        (("你好 世界", "你好-世界"), {"1": 2}),
        (("", " ", "?!", "…"), {}),
        (("a/b", "a/b"), {}),
    ],
)
def test_the_oldest_gets_the_plain_name(
    posts: tuple[str, ...], expected: dict[str, int]
) -> None:
    assert turns(named(*posts), {str(at) for at in range(9)}) == expected


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (("sea",), {"1": 2, "2": 3}),
        (("sea-2",), {"2": 3}),
        (("sea", "sea-2", "sea-4"), {"1": 3, "2": 5}),
        (("other",), {"2": 2}),
    ],
)
def test_names_of_posts_that_have_moved_before_are_taken(
    there: tuple[str, ...], expected: dict[str, int]
) -> None:
    assert turns(named("Sea", "Sea", "Sea"), {"1", "2"}, there) == expected
    foreign = turns(named("你好 世界", "你好 世界"), {"1"}, [quote("你好-世界")])
    assert foreign == {"1": 2}


def test_what_is_not_chosen_takes_no_turn() -> None:
    assert turns(named("Sea", "Sea", "Sea"), {"1", "2"}) == {"2": 2}


def test_a_long_name_keeps_its_number() -> None:
    assert numbered("海" * 300, 12).endswith("海-12")
    assert len(numbered("海" * 300, 12)) < 30
    assert numbered("x" * 200_000, 2) == f"{'x' * 180}-2"
    assert numbered("50% off: a & b", 2) == "50-off-a-b-2"


class Slow(WordPress):
    """A new blog to which the photos of older posts take a while."""

    def create(self, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewPhoto):
            time.sleep(0.7)
        return super().create(thing, marker)


TITLES = ("Hello & <welcome>: 50% off…", "旅行 2007/04", "Straße", "x" * 190)
OLDER, YOUNGER, OWN = 10, 20, 30


def same(title: str, number: int) -> list[Post]:
    """An older one with a photo, and younger ones that are there before it."""
    return [
        entry(number + OLDER, title=title, photos=1, date=day(1)),
        entry(number + YOUNGER, title=title, date=day(2)),
        entry(number + OWN, title=title, slug=f"own-{number}", date=day(3)),
        entry(number + 40, title=title, date=day(4), status=Status.DRAFT),
    ]


def test_at_wordpress_the_oldest_has_the_plain_name_although_it_comes_last(
    site: Site, tmp_path: Path
) -> None:
    plain = {}
    for title in TITLES:
        written = title.replace("&", "&amp;").replace("<", "&lt;")
        told = change(site, "posts", title=written, status="publish")
        plain[title] = told["slug"]
        # The control: whoever is published first has it.
        again = change(site, "posts", title=told["title"]["raw"], status="publish")
        assert again["slug"] != told["slug"]
        for post in (told, again):
            delete(site, f"posts/{post['id']}")
    posts = [post for at, title in enumerate(TITLES) for post in same(title, at)]
    source = OldBlog(posts)
    blog = signed_in(site, Slow)
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, source, threading.Event()))
        events = list(run(move, source, blog, threading.Event(), patience=HASTY))
        assert ending(events).verdict.complete, ending(events).verdict.sentence
        step = {row.key: row.address for row in move.rows()}
    slugs = {
        row["link"]: row["slug"]
        for row in rows(site, "posts", status="publish,future,draft")
    }
    for at, title in enumerate(TITLES):
        older, younger, own = (
            slugs[step[f"cns!{at + n}"]] for n in (OLDER, YOUNGER, OWN)
        )
        assert older == plain[title]
        assert younger != older
        assert younger.endswith("-2")
        assert own == f"own-{at}"
        if len(title) < 100:
            assert younger == f"{plain[title]}-2"


def test_at_wordpress_names_go_on_where_an_earlier_round_ended(
    site: Site, tmp_path: Path
) -> None:
    """Or the younger one, there first, is called as the older one was to be."""
    posts = [
        entry(500, title="Rounds", date=day(1)),
        entry(501, title="Rounds", photos=1, date=day(2)),
        entry(502, title="Rounds", date=day(3)),
    ]
    blog = signed_in(site, Slow)
    with Move.create(tmp_path / "a.move") as move:
        source = OldBlog(posts)
        list(read(move, source, threading.Event()))
        for chosen in (["cns!500"], ["cns!501", "cns!502"]):
            move.choose(["cns!500", "cns!501", "cns!502"], False)
            move.choose(chosen, True)
            list(run(move, source, blog, threading.Event(), patience=HASTY))
        address = [row.address for row in move.rows()]
    slugs = {row["link"]: row["slug"] for row in rows(site, "posts", search="Words")}
    assert [slugs[each] for each in address] == ["rounds", "rounds-2", "rounds-3"]
