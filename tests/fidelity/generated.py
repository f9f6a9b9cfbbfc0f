"""Blogs that nobody wrote: a post for each kind of piece, and others of several."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from tests.fidelity.old import Leads, Said
from tests.fidelity.pen import Pen
from tests.fidelity.pieces import PIECES, Piece
from tests.fidelity.words import plain_sentence, sentence

ZONE = "America/New_York"
SPACE, CID = "quietharbour", "1A2B3C4D5E6F708"
CATEGORIES = ("", "Food & drink", "花园", "Travel", "C:\\ and [x]", "日记")
# Around the nights in which clocks were changed, and whenever.
NIGHTS = (
    datetime(2006, 4, 2, 1, 30),
    datetime(2006, 10, 29, 0, 59, 59),
    datetime(2007, 3, 11, 3, 0),
    datetime(2007, 11, 4, 2, 0),
)


@dataclass(frozen=True, slots=True)
class Written:
    """One generated post, before it is put into a file of some kind."""

    number: int
    title: str
    html: str
    beside: tuple[tuple[str, str], ...]
    date: datetime
    category: str
    comments: tuple[Said, ...]
    pictures: Mapping[str, bytes]
    links: Mapping[str, Leads]

    @property
    def key(self) -> str:
        return f"cns!{CID}!{self.number}"


def number_of(place: int) -> int:
    return 101 + 3 * place


def addresses(count: int) -> list[tuple[str, Leads]]:
    """Ways to write links to the posts of a Space, and where each leads."""
    home = f"http://{SPACE}.spaces.live.com"
    ways: list[tuple[str, Leads]] = []
    for place in range(count):
        number = number_of(place)
        post = Leads(f"cns!{CID}!{number}")
        name, coded = f"cns!{CID}!{number}", f"cns%21{CID}%21{number}"
        decimal = int(CID, 16)
        ways += [
            (f"{home}/blog/{name}.entry", post),
            (f"{home}/Blog/{name}.entry?mkt=zh-cn&wa=wsignin1.0", post),
            (f"http://cid-{CID.lower()}.spaces.live.com/blog/{name}.entry", post),
            (f"http://spaces.msn.com/members/{SPACE}/Blog/{name}.entry", post),
            (f"http://{SPACE}.spaces.msn.com/blog/{name}.entry?_c=blogpart", post),
            (f"{home}/blog/{coded}.entry", post),
            (f"{home}/mmm2008-05-17_13.22/mmm2007-10-25_18.59/Blog/{name}.entry", post),
            (
                f"{home}/?_c11_BlogPart_BlogPart=blogview&_c=blogpart#permalink{name}",
                post,
            ),
            (
                f"http://cid-{CID.lower()}.users.api.live.net/Users({decimal})/"
                f"Blogs('{CID}!105')/Entries('{CID}!{number}')?authkey=EpZNAU0huAk%24",
                post,
            ),
            (
                f"http://web.archive.org/web/20080517132205/{home}/blog/{name}.entry",
                post,
            ),
            (f"{home}/blog/{name}.entry#comment", Leads(post.key, "comments")),
        ]
    return ways


@some.composite
def written(
    draw: Callable,
    place: int,
    ways: Sequence[tuple[str, Leads]],
    first: Sequence[Piece],
) -> Written:
    number = number_of(place)
    pen = Pen(draw, number, ways)
    more = draw(some.lists(some.sampled_from(PIECES), max_size=4))
    text = "\n".join(piece(pen) for piece in (*first, *more))
    beside = [
        pen.file(640, 480) for _ in range(draw(some.sampled_from((0, 0, 0, 1, 3))))
    ]
    date = draw(some.sampled_from(NIGHTS)) if place % 4 == 0 else datetime(2005, 1, 1)
    minutes = draw(some.integers(0, 90))
    # No two posts share a moment, nor do the pages of one blog run out of order.
    date += timedelta(
        days=0 if place % 4 == 0 else 23 * place, minutes=minutes, seconds=place % 60
    )
    return Written(
        number=number,
        title=draw(sentence(5)) if place else "",
        html=text,
        beside=tuple((name, pen.small_of(name)) for name in beside),
        date=date,
        category=draw(some.sampled_from(CATEGORIES)),
        comments=tuple(draw(comments(date))),
        pictures=pen.pictures,
        links=pen.links,
    )


@some.composite
def comments(draw: Callable, posted: datetime) -> list[Said]:
    said = []
    for place in range(draw(some.sampled_from((0, 0, 1, 2, 4)))):
        posted += timedelta(minutes=draw(some.integers(1, 5000)), seconds=place)
        text = html.escape(draw(sentence(8)), quote=False)
        more = html.escape(draw(plain_sentence(4)), quote=False)
        text += draw(
            some.sampled_from(
                (
                    "",
                    f"<br>{more}",
                    f" <b>{more}</b>",
                    f'<br><br><a href="http://example.org/?a=1&amp;b=2">{more}</a>',
                )
            )
        )
        name = draw(
            some.sampled_from(("Tom", "小鱼", "A - B", "Zoë & Co", "R. <ok>", "🎈"))
        )
        url = draw(
            some.sampled_from(("", "", f"http://reader{place}.example.org/blog"))
        )
        email = "" if url else draw(some.sampled_from(("", "reader@example.org")))
        said.append(Said(name, text, posted, email, url))
    return said


def posts(
    count: int, wish: int, ways: Sequence[tuple[str, Leads]] = ()
) -> list[Written]:
    """The first ``count`` posts of the blog with this seed: always the same ones.
    ``ways``: to write links to them, those of Spaces unless others are given."""
    ways = ways or addresses(count)
    return [
        _one(written(place, ways, _pieces(place, count)), wish * 10_000 + place)
        for place in range(count)
    ]


def _pieces(place: int, count: int) -> Sequence[Piece]:
    """Each kind of piece is in at least one post, however few there are."""
    if count < len(PIECES):
        return PIECES[place::count]
    return PIECES[place % len(PIECES) :][:1]


def _one(strategy: some.SearchStrategy[Written], wish: int) -> Written:
    found: list[Written] = []

    @seed(wish)
    @settings(
        max_examples=3,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(post: Written) -> None:
        found.append(post)

    keep()
    # The first that Hypothesis tries is the simplest of all.
    return found[-1]
