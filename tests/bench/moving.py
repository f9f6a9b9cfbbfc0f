"""A move into a real WordPress beside a bare loop that sends the same requests."""

from __future__ import annotations

import hashlib
import resource
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.bench.blog import MadeBlog
from tests.wordpress import WordPress, start
from wizard.blog import Post
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress as Destination
from wizard.move.engine import CONNECTIONS, run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read

ROUNDS = 3


def measure(posts: int) -> dict[str, float]:
    """Seconds of each contender for ``posts`` posts, in turns on fresh sites."""
    spent = {"ours": 0.0, "one connection": 0.0, "as many connections": 0.0}
    for turn in range(ROUNDS):
        blog = MadeBlog(posts // ROUNDS, seed=turn)
        contenders = [
            ("ours", lambda site, blog: _ours(site, blog)),
            ("one connection", lambda site, blog: _bare(site, blog, 1)),
            ("as many connections", lambda site, blog: _bare(site, blog, CONNECTIONS)),
        ]
        # Forwards, then backwards, so that a machine that slows down is unjust to none.
        for name, contender in contenders if turn % 2 == 0 else reversed(contenders):
            with start("newest") as site:
                before = time.monotonic()
                contender(site, blog)
                spent[name] += time.monotonic() - before
    return spent


def peak_memory() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ours(site: WordPress, blog: MadeBlog) -> None:
    destination = Destination(site.url, site.user, Secret(site.password))
    stop = threading.Event()
    with (
        tempfile.TemporaryDirectory() as folder,
        Move.create(Path(folder) / "bench.move") as move,
    ):
        move.blog = blog.blog()
        for _ in read(move, blog, stop):
            pass
        destination.check()
        *_, last = run(move, blog, destination, stop)
        assert isinstance(last, Ended)
        assert last.verdict.complete, last.verdict.sentence


def _bare(site: WordPress, blog: MadeBlog, connections: int) -> None:
    """No journal, no looking twice, no sorting of answers: just the requests."""
    posts = list(blog.posts())
    local = threading.local()
    category = _bare_session(site).post(
        f"{site.url}/wp-json/wp/v2/categories", json={"name": "Days"}
    )
    number = category.json()["id"]

    def carry(post: Post) -> None:
        if not hasattr(local, "session"):
            local.session = _bare_session(site)
        _bare_post(local.session, site.url, blog, post, number)

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(carry, posts))


def _bare_session(site: WordPress) -> requests.Session:
    session = requests.Session()
    session.auth = (site.user, site.password)
    session.trust_env = False
    return session


def _bare_post(
    session: requests.Session, url: str, blog: MadeBlog, post: Post, category: int
) -> None:
    rest = f"{url}/wp-json/wp/v2"
    fields = {
        "title": post.title,
        "slug": f"bare-{post.key}",
        "date_gmt": f"{post.date:%Y-%m-%dT%H:%M:%S}",
        "categories": [category],
    }
    begun = {**fields, "status": "draft", "content": "<!-- -->"}
    number = _ask(session, "POST", f"{rest}/posts", json=begun)["id"]
    data = blog.read(post.photos[0])
    _ask(
        session,
        "POST",
        f"{rest}/media",
        params={"post": number, "slug": f"bare-photo-{post.key}"},
        data=data,
        headers={
            "Content-Type": "image/jpeg",
            "Content-Disposition": f'attachment; filename="{post.key}.jpg"',
            "Content-MD5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
        },
    )
    private = {**fields, "status": "private", "content": post.html}
    _ask(session, "POST", f"{rest}/posts/{number}", json=private)
    for comment in post.comments:
        said = {
            "post": number,
            "author_name": comment.author,
            "author_email": comment.email,
            "content": comment.html,
            "status": "approved",
        }
        _ask(session, "POST", f"{rest}/comments", json=said)
    query = {"slug": fields["slug"], "status": "any", "context": "edit"}
    _ask(session, "GET", f"{rest}/posts", params=query)
    _ask(session, "POST", f"{rest}/posts/{number}", json={**private, "slug": ""})
    public = {**private, "slug": "", "status": "publish"}
    _ask(session, "POST", f"{rest}/posts/{number}", json=public)
    _ask(session, "GET", f"{rest}/posts/{number}", params={"context": "edit"})


def _ask(session: requests.Session, method: str, url: str, **parts: object) -> dict:
    for _ in range(5):
        answer = session.request(method, url, timeout=120, **parts)
        # Two first uploads into one month's folder: the loser stored nothing.
        if answer.status_code != 500:
            break
    answer.raise_for_status()
    return answer.json()
