"""A generated blog at a real WordPress that still answers: drafts, secrets, threads, trees."""

from __future__ import annotations

import html
import mimetypes
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests

from tests.faults.xss_pages import cookies
from tests.fidelity.generated import ZONE, Written, posts
from tests.fidelity.moved import PLAIN
from tests.fidelity.old import Leads, Old, OldBlog, Said
from tests.fidelity.pieces import src
from tests.wordpress import WordPress, start
from wizard.credentials import Secret

# Their owner reads posts behind a password without it.
OPEN = "add_filter('post_password_required', '__return_false');"
STATUSES = (
    *("publish", "draft", "publish", "private", "publish", "pending", "publish"),
    *("future", "publish", "password"),
)
TREE = {"Soup & stew": "Food", "汤": "Soup & stew"}
TERMS = (
    ["Food"],
    ["Soup & stew", "Uncategorized"],
    ["汤"],
    ["Uncategorized"],
    ["花园", "Food"],
)
TAGS = ([], ["one two"], ["R&D", "海"], ["a/b", "C#"])
DEFAULT = "Uncategorized"
# What its shortcodes are is no text of a WordPress, and it knows small letters only.
READ = {"[gallery": "[galleries", "[caption": "[captions", "PRE>": "pre>"}


class Desk:
    """Where the owner of the blog writes."""

    def __init__(self, site: WordPress) -> None:
        self._url = f"{site.url}/?rest_route=/wp/v2/"
        self._session = requests.Session()
        self._session.auth = (site.user, site.password)

    def __call__(self, route: str, **fields: object) -> dict[str, Any]:
        answer = self._session.post(self._url + route, json=fields, timeout=60)
        assert answer.ok, (route, answer.text[:500])
        return answer.json()

    def upload(self, name: str, data: bytes) -> str:
        """The address of a picture in the library."""
        ascii_name = re.sub(r"[^\w.-]+", "-", name.rpartition("/")[2], flags=re.ASCII)
        kind = mimetypes.guess_type(name)[0]
        said = {
            "Content-Disposition": f'attachment; filename="{ascii_name}"',
            "Content-Type": kind or "",
        }
        answer = self._session.post(
            self._url + "media", data=data, headers=said, timeout=60
        )
        assert answer.ok, answer.text[:500]
        return str(answer.json()["source_url"])

    def forget(self) -> None:
        for row in self._session.get(self._url + "posts", timeout=60).json():
            self._session.delete(f"{self._url}posts/{row['id']}&force=1", timeout=60)


def placeholders(count: int) -> list[tuple[str, Leads]]:
    """Links that are made good when the posts have their addresses."""
    shapes = ("whole", "number", "relative", "comments", "comment", "encoded")
    return [
        (f"http://to.invalid/{place}/{shape}", Leads(str(place)))
        for place in range(count)
        for shape in shapes
    ]


def live(count: int, wish: int, stack: ExitStack) -> OldBlog:
    """Fills a new site; it answers until the ``stack`` is closed."""
    site = stack.enter_context(start(plugin=PLAIN + OPEN, time_zone=ZONE))
    desk = Desk(site)
    desk.forget()
    terms = {"Uncategorized": 1}
    for name in ("Food", "Soup & stew", "汤", "花园"):
        over = terms[TREE[name]] if name in TREE else 0
        terms[name] = desk("categories", name=name, parent=over)["id"]
    tags = {name: desk("tags", name=name)["id"] for each in TAGS for name in each}
    made = posts(count, wish, placeholders(count))
    rows = [_begun(desk, post, at) for at, post in enumerate(made)]
    said = [
        _comments(desk, post, row, at)
        for at, (post, row) in enumerate(zip(made, rows, strict=True))
    ]
    olds = []
    for at, (post, row) in enumerate(zip(made, rows, strict=True)):
        text, links = _linked(post, rows, said, site.url)
        for ours, theirs in READ.items():
            text = text.replace(ours, theirs)
        for name, data in post.pictures.items():
            text = text.replace(f'"{src(name)}"', f'"{desk.upload(name, data)}"')
        status, zone = _status(at), ZoneInfo(ZONE)
        moment = post.date.replace(tzinfo=zone)
        if status == "future":
            moment = (datetime.now(UTC) + timedelta(days=400)).replace(microsecond=0)
        names, tagged = TERMS[at % len(TERMS)], TAGS[at % len(TAGS)]
        locked = status == "password"
        desk(
            f"posts/{row['id']}",
            content=text,
            status="publish" if locked else status,
            password="secret" if locked else "",
            date_gmt=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            categories=[terms[name] for name in names],
            tags=[tags[name] for name in tagged],
        )
        olds.append(
            Old(
                key=str(row["id"]),
                title=post.title,
                page=f"{site.url}/?p={row['id']}&preview=true",
                roots=(".entry-content",),
                date=moment,
                status="private" if locked else status,
                categories=tuple(names),
                tags=tuple(tagged),
                comments=tuple(each for each, _ in said[at]),
                links=links,
            )
        )
    return OldBlog(
        name=f"a WordPress of {count} posts",
        locations=(site.url,),
        posts=tuple(olds),
        zone=ZONE,
        hosts=(site.url.removeprefix("http://"),),
        answers={"user": site.user, "password": Secret(site.password)},
        parents=TREE,
        default=DEFAULT,
        cookies=tuple(cookies(site)),
    )


def _status(at: int) -> str:
    return STATUSES[at % len(STATUSES)]


def _begun(desk: Desk, post: Written, at: int) -> dict[str, Any]:
    """It has its address from now on, and takes comments."""
    moment = post.date.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return desk(
        "posts",
        title=html.escape(post.title, quote=False),
        status="publish",
        content="…",
        slug=f"entry-{at}-of-{post.number}",
        date_gmt=moment.strftime("%Y-%m-%dT%H:%M:%S"),
    )


def _comments(
    desk: Desk, post: Written, row: Mapping[str, Any], at: int
) -> list[tuple[Said, int]]:
    """Each comment with its number; every second answers the one before it."""
    found: list[tuple[Said, int]] = []
    for place, said in enumerate(post.comments):
        answers = place - 1 if place % 2 or place == 2 else None
        moment = said.date.replace(tzinfo=ZoneInfo(ZONE))
        made = desk(
            "comments",
            post=row["id"],
            author_name=said.author,
            author_email=said.email or f"reader{at}@example.org",
            author_url=said.url,
            content=said.html.replace("<br>", "\n"),
            date_gmt=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            parent=found[answers][1] if answers is not None else 0,
            status="approved",
        )
        one = replace(
            said,
            author=html.unescape(made["author_name"]),
            date=moment,
            answers=answers,
            email=said.email or f"reader{at}@example.org",
        )
        found.append((one, made["id"]))
    return found


def _linked(
    post: Written,
    rows: Sequence[Mapping[str, Any]],
    said: Sequence[Sequence[tuple[Said, int]]],
    home: str,
) -> tuple[str, dict[str, Leads]]:
    """The text with real links, and where those lead."""
    text, links = post.html, dict[str, Leads]()
    for placeholder in post.links:
        place, shape = placeholder.rsplit("/", 2)[1:]
        row, under = rows[int(place)], said[int(place)]
        leads, link = Leads(str(row["id"])), str(row["link"])
        if _status(int(place)) == "future":
            # Its day is in its address, and that has not come.
            link = f"{home}/?p={row['id']}"
        href = {
            "number": f"{home}/?p={row['id']}",
            "relative": link.removeprefix(home),
            "encoded": link.replace("-", "%2D"),
        }.get(shape, link)
        if under and shape == "comment":
            href, leads = (
                f"{link}#comment-{under[-1][1]}",
                replace(leads, part=len(under) - 1),
            )
        if under and shape == "comments":
            href, leads = f"{link}#comments", replace(leads, part="comments")
        text = text.replace(html.escape(placeholder), html.escape(href))
        links[href] = leads
    return text, links
