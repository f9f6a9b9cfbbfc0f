"""Strangers' scripts on their way to a real WordPress, and who runs them in a browser.

The posts are moved as administrator, of whom WordPress keeps every script it is sent.
"""

from __future__ import annotations

import random
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

import requests

from tests.faults.figures import Figure
from tests.faults.watching import Watcher, watching
from tests.faults.xss_pages import EVERYTHING, admin_pages, cookies, feed_pages, pages
from tests.faults.xss_vectors import EVENTS, Vector, vectors
from tests.move.doubles import HASTY, OldBlog, picture
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Comment, Photo, Post
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import Ended, State
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.report import write_report_beside

FLOOR = 300


class Place(IntEnum):
    """Where in a post a vector stands."""

    BODY = 0
    TITLE = 1
    EXCERPT = 2
    SLUG = 3
    ADDRESS = 4
    COMMENT = 5
    AUTHOR = 6
    COMMENT_LINK = 7
    CATEGORY = 8
    TAG = 9
    ALT = 10
    CAPTION = 11
    FILE_NAME = 12
    CAPTION_BESIDE = 13


ALWAYS = (Place.BODY, Place.TITLE, Place.EXCERPT, Place.SLUG, Place.ADDRESS)
COMMENT = (Place.COMMENT, Place.AUTHOR, Place.COMMENT_LINK)
TERMS = (Place.CATEGORY, Place.TAG)
PHOTO = (Place.ALT, Place.CAPTION, Place.FILE_NAME, Place.CAPTION_BESIDE)


@dataclass(frozen=True, slots=True)
class Case:
    """One vector in one post, in several places, with a number for each."""

    number: int
    vector: Vector
    places: tuple[Place, ...]

    def at(self, place: Place) -> int:
        """What the script says that stands there."""
        return self.number * 16 + place

    def text(self, place: Place, listener: str) -> str:
        """The vector as it stands there, or nothing."""
        if place not in self.places:
            return ""
        return self.vector.text(self.at(place), listener)


def cases(scale: float, seed: int) -> list[Case]:
    """Every vector in the text; comments, terms and photos take turns."""
    every = vectors()
    chosen = random.Random(seed).sample(
        every, max(1, round(len(every) * min(1, scale)))
    )
    return [
        Case(number, vector, ALWAYS + (COMMENT, TERMS, PHOTO, ())[number % 4])
        for number, vector in enumerate(chosen, 1)
    ]


def post_of(case: Case, listener: str) -> Post:
    """The old post, which has the vector wherever the case says."""

    def there(place: Place) -> str:
        return case.text(place, listener)

    key = f"xss!{case.number}"
    date = datetime(2008, 1, 1, 12) + timedelta(hours=case.number)
    photos: tuple[Photo, ...] = ()
    if Place.ALT in case.places:
        name = f"photos/{there(Place.FILE_NAME)}.png"
        beside = f"photos/beside-{case.number}.png"
        photos = (
            Photo(
                name, True, (name,), alt=there(Place.ALT), caption=there(Place.CAPTION)
            ),
            Photo(beside, True, integrated=True, caption=there(Place.CAPTION_BESIDE)),
        )
    comments: tuple[Comment, ...] = ()
    if Place.COMMENT in case.places:
        said, author = there(Place.COMMENT), there(Place.AUTHOR)
        link = there(Place.COMMENT_LINK)
        comments = (Comment(f"{key}!1", author, said, date, url=link),)
    shown = "".join(f'<p><img src="{_quoted(p.address)}"></p>' for p in photos[:1])
    return Post(
        key=key,
        title=there(Place.TITLE),
        html=f"<p>Before {case.number}.</p>{shown}{there(Place.BODY)}<p>After.</p>",
        date=date,
        address=there(Place.ADDRESS),
        slug=there(Place.SLUG),
        excerpt=there(Place.EXCERPT),
        categories=tuple(filter(None, [there(Place.CATEGORY)])),
        tags=tuple(filter(None, [there(Place.TAG)])),
        comments=comments,
        photos=photos,
    )


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


def moved(site: Site, posts: list[Post], folder: Path) -> tuple[list[str], Path]:
    """Carry the posts to the site; gives what was not sent, and the report's path."""
    blog = WordPress(site.url, site.user, Secret(site.password))
    blog.check()
    numbers = {p.address: i for i, p in enumerate(p for q in posts for p in q.photos)}
    source = OldBlog(posts, {name: picture(n + 1) for name, n in numbers.items()})
    stop = threading.Event()
    with Move.create(folder / "xss.move") as move:
        list(read(move, source, stop))
        move.choices = Choices(time_zone="UTC")
        *_, ended = run(move, source, blog, stop, patience=HASTY)
        assert isinstance(ended, Ended)
        missing = [
            f"{step.kind} {step.key} was not sent: {step.trouble}"
            for post in posts
            for step in move.steps(post.key)
            if step.state is not State.SENT
        ]
        return missing, write_report_beside(move)


def sent_past_us(site: Site, some: list[Case], listener: str) -> list[str]:
    """The same vectors straight to WordPress, each in a post; gives their pages."""

    def send(case: Case) -> str:
        session = requests.Session()
        session.auth = (site.user, site.password)
        route = f"{site.url}/?rest_route=/wp/v2/"
        title, html = case.text(Place.TITLE, listener), case.text(Place.BODY, listener)
        fields = {
            "title": _writable(title),
            "content": f"<p>Before.</p>{_writable(html)}<p>After.</p>",
            "excerpt": _writable(case.text(Place.EXCERPT, listener)),
            "status": "publish",
        }
        number = session.post(route + "posts", json=fields, timeout=60).json()["id"]
        if Place.COMMENT in case.places:
            said = {
                "post": number,
                "author_name": _writable(case.text(Place.AUTHOR, listener)),
                "author_email": "reader@example.test",
                "author_url": _writable(case.text(Place.COMMENT_LINK, listener)),
                "content": _writable(case.text(Place.COMMENT, listener)),
                "status": "approved",
            }
            session.post(route + "comments", json=said, timeout=60)
        return f"{site.url}/?p={number}&everything"

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(send, some))


def _writable(text: str) -> str:
    return text.replace("\0", "")


def _told(ran: set[int], some: list[Case]) -> tuple[str, ...]:
    """Which vectors have run, and where they stood."""
    by_number = {case.number: case for case in some}
    return tuple(
        f"{Place(said % 16).name.lower()}: {by_number[said // 16].vector.template!r}"
        for said in sorted(ran)
        if said // 16 in by_number
    )


def figures(scale: float, seed: int) -> Iterator[Figure]:
    """Moved: none may run. Past us: all must that a browser of today still runs."""
    some = cases(scale, seed)
    floor = round(FLOOR * min(1, scale))
    with start(plugin=EVERYTHING) as site, watching(EVENTS) as watcher:
        yield _moved_figure(site, watcher, some, floor)
        yield _control_figure(site, watcher, some, floor // 2)


def _moved_figure(site: Site, watcher: Watcher, some: list[Case], floor: int) -> Figure:
    posts = [post_of(case, watcher.listener.address) for case in some]
    with tempfile.TemporaryDirectory() as folder:
        missing, report = moved(site, posts, Path(folder))
        ran = watcher.look(pages(site, len(posts)))
        ran |= watcher.look(feed_pages(site, watcher))
        ran |= watcher.look([report.as_uri()])
        watcher.sign_in(cookies(site), site.url)
        ran |= watcher.look(admin_pages(site))
    places = sum(len(case.places) for case in some)
    return Figure(
        "scripts in foreign texts that ran after the move",
        len(some),
        floor,
        (*missing, *_told(ran, some)),
        note=f"in {places:,} places, on {watcher.seen:,} pages",
    )


def _control_figure(
    site: Site, watcher: Watcher, some: list[Case], floor: int
) -> Figure:
    live = [case for case in some if case.vector.live]
    at = dict(
        zip(sent_past_us(site, live, watcher.listener.address), live, strict=True)
    )
    ran = watcher.look(at)
    cases_of = {said // 16 for said in ran}
    # On a busy computer a frame may come late.
    again = [url for url, case in at.items() if case.number not in cases_of]
    ran |= watcher.look(again, pause=1)
    cases_of = {said // 16 for said in ran}
    elsewhere = ", ".join(
        f"{sum(said % 16 == place for said in ran):,} as {place.name.lower()}"
        for place in (Place.BODY, Place.TITLE, Place.EXCERPT, Place.COMMENT)
    )
    return Figure(
        "the same scripts sent past our cleaning, which must run",
        len(live),
        floor,
        tuple(
            repr(case.vector.template) for case in live if case.number not in cases_of
        ),
        control=True,
        note=f"{elsewhere}; {len(some) - len(live)} that no browser runs today left out",
    )
