"""A real WordPress behind the proxy: put back before each run, watched during it, compared after it."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.faults.proxy import Proxy
from tests.move.doubles import OldBlog, entry, picture
from tests.move.stranger import Stranger, _public
from tests.move.whole_site import forget_sample_post
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Photo, Status
from wizard.destinations import Kind
from wizard.move.markers import marker

# What `network_faults` asks for by a header, and no sending on to the proxy.
PLUGIN = """
remove_filter('template_redirect', 'redirect_canonical');
if (isset($_SERVER['HTTP_X_FATAL'])) {
    foreach (['wp_insert_post', 'add_attachment', 'wp_insert_comment', 'created_term'] as $hook) {
        add_action($hook, function () { throw new Error('A plugin breaks down.'); });
    }
}
"""
_POSTS = """
SELECT p.ID, post_type, post_title, post_content, post_excerpt, post_status, post_name,
    post_date_gmt, comment_status, post_parent,
    (SELECT group_concat(taxonomy || ':' || name, '|') FROM (
        SELECT x.taxonomy, t.name FROM wp_term_relationships r
        JOIN wp_term_taxonomy x USING (term_taxonomy_id) JOIN wp_terms t USING (term_id)
        WHERE r.object_id = p.ID ORDER BY 1, 2)) AS terms
FROM wp_posts p WHERE post_type IN ('post', 'attachment')
"""
_PUBLIC = """
SELECT post_title, post_name, post_content FROM wp_posts
WHERE post_type = 'post' AND post_status = 'publish'
"""
Picture = dict[str, Counter[tuple[Any, ...]]]


def blog() -> OldBlog:
    """Few posts with all that is hard: equal titles, equal names of files, equal words,
    answers, and what must stay hidden."""
    first = entry(0, photos=2, comments=3, tags=("Sea", "é"), categories=("Trips",))
    second = entry(1, photos=1, comments=3, tags=("Sea",), categories=("Trips",))
    twin = replace(first.comments[0], key="again", date=datetime(2009, 1, 1))
    posts = [
        replace(
            _renamed(first, "a"), title="Equal", comments=(*first.comments[:2], twin)
        ),
        replace(_renamed(second, "b"), title="Equal"),
        entry(2, status=Status.PRIVATE, photos=1, comments=1),
        entry(3, status=Status.DRAFT, tags=("é", "new")),
        entry(4, date=datetime(2037, 1, 1, 8), comments=1),
    ]
    old = OldBlog(posts)
    old.pictures = {
        photo.address: picture(number, "PNG", (40, 30))
        for number, photo in enumerate(p for post in posts for p in post.photos)
    }
    return old


def _renamed(post: Any, folder: str) -> Any:
    names = [f"{folder}{n}/photo.png" for n, _ in enumerate(post.photos)]
    html = "".join(f'<img src="{name}">' for name in names)
    photos = tuple(Photo(name, True, (name,)) for name in names)
    return replace(post, html=f"<p>Words of {post.key[4:]}.</p>{html}", photos=photos)


class Arena:
    """One site and its proxy, with a snapshot from before any move."""

    def __init__(self, site: Site, proxy: Proxy) -> None:
        self.site, self.proxy = site, proxy
        self.place = (proxy.url, site.user, site.password)
        forget_sample_post(site)
        self.snapshot = site.snapshot()
        self.undisturbed: Picture = {}

    def restore(self) -> None:
        self.proxy.settle()
        self.site.restore(self.snapshot)

    def rows(self, query: str) -> list[sqlite3.Row]:
        """Straight from the database, whatever REST would say."""
        path = f"file:{self.site.folder / 'site.sqlite'}?mode=ro"
        with closing(sqlite3.connect(path, timeout=20, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query).fetchall()

    def picture(self) -> Picture:
        """All that the site holds, without numbers, each as often as it is there."""
        posts = {row["ID"]: row for row in self.rows(_POSTS)}
        marks = {number: _mark(row) for number, row in posts.items()}
        names = self.rows("SELECT comment_ID, comment_agent FROM wp_comments")
        agents = {row[0]: row[1] for row in names}
        kept = [row for row in posts.values() if row["post_status"] != "trash"]
        return {
            "posts": Counter(
                (
                    *tuple(row)[1:3],
                    row["post_content"].replace(self.proxy.url, ""),
                    *tuple(row)[4:6],
                    # Which of two equal titles comes first is a matter of chance.
                    re.sub(r"-\d$", "", row["post_name"]),
                    *tuple(row)[7:9],
                    marks.get(row["post_parent"], ""),
                    row["terms"],
                )
                for row in kept
            ),
            "comments": Counter(
                (
                    marks.get(row["comment_post_ID"]),
                    agents.get(row["comment_parent"]),
                    *tuple(row)[2:],
                )
                for row in self.rows(
                    "SELECT comment_post_ID, comment_parent, comment_agent,"
                    " comment_author, comment_author_email, comment_author_url,"
                    " comment_content, comment_date_gmt, comment_approved,"
                    " comment_author_IP FROM wp_comments WHERE comment_agent LIKE 'md-%'"
                    " OR comment_author != 'A WordPress Commenter'"
                )
            ),
            "terms": Counter(
                tuple(row)
                for row in self.rows(
                    "SELECT taxonomy, name, count FROM wp_term_taxonomy"
                    " JOIN wp_terms USING (term_id)"
                    " WHERE taxonomy IN ('category', 'post_tag')"
                )
            ),
            "files": Counter(
                (path.name, hashlib.sha256(path.read_bytes()).hexdigest()[:12])
                for path in (self.site.root / "wp-content/uploads").rglob("*")
                if path.is_file()
            ),
            "traces": Counter(
                (row["meta_value"],)
                for row in self.rows(
                    "SELECT meta_value FROM wp_postmeta JOIN wp_posts ON ID = post_id"
                    " WHERE meta_key = '_wp_old_slug' AND post_status != 'trash'"
                )
            ),
        }

    def trashed(self) -> int:
        """Copies that a late request left, taken away as people know it."""
        found = self.rows("SELECT count(*) FROM wp_posts WHERE post_status = 'trash'")
        return int(found[0][0])


def differences(arena: Arena) -> list[str]:
    """How the site differs from one to which the same blog was moved undisturbed."""
    wrong = []
    now = arena.picture()
    for kind, expected in arena.undisturbed.items():
        wrong += [f"lost from {kind}: {_short(it)}" for it in expected - now[kind]]
        wrong += [f"too much in {kind}: {_short(it)}" for it in now[kind] - expected]
    return wrong


def _short(row: tuple[Any, ...]) -> str:
    return ", ".join(str(value)[:60] for value in row if value)[:200]


def _mark(row: sqlite3.Row) -> str:
    found = re.search(r"moving-day:(md-\w+)", row["post_content"])
    return found[1] if found else str(row["post_name"])


class Watch:
    """Sees all that becomes public: as a stranger at the door, and, more often than
    any stranger can, in the database."""

    def __init__(self, arena: Arena, source: OldBlog) -> None:
        self.wrong: set[str] = set()
        self.looks = 0
        self._arena = arena
        key = source.blog().key
        self._public = {
            marker(key, Kind.POST, post.key): post
            for post in source.all
            if _public(post)
        }
        self._stranger = _Calm(arena.site, source)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on)

    def __enter__(self) -> Watch:
        self._thread.start()
        self._stranger.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._stranger.__exit__()
        self.looks += self._stranger.looks
        # A comment that was refused and told is missing, not unfinished.
        self.wrong |= {w for w in self._stranger.wrong if "comments" not in w}

    def _look_on(self) -> None:
        while not self._over.wait(0.03):
            self.looks += 1
            for title, slug, text in self._arena.rows(_PUBLIC):
                found = re.search(r"moving-day:(md-\w+)", text)
                post = self._public.get(found[1] if found else "")
                if post is None:
                    self.wrong.add(f"{title} ({slug}) is public")
                elif slug.startswith("md-"):
                    self.wrong.add(f"{title} is public under {slug}")
                elif f"Words of {post.key[4:]}." not in text:
                    self.wrong.add(f"{title} is public without its words")


class _Calm(Stranger):
    """Leaves the site some time for the move."""

    def _poll(self) -> None:
        while not self._over.wait(0.4):
            self._look()


@contextmanager
def arena() -> Iterator[Arena]:
    """A fresh site that knows itself by the address of its proxy."""
    proxy = Proxy()
    names = ("WP_HOME", "WP_SITEURL")
    config = "".join(f"define('{name}', '{proxy.url}');" for name in names)
    try:
        with start(config=config, plugin=PLUGIN) as site:
            proxy.serve(int(site.url.rpartition(":")[2]))
            yield Arena(site, proxy)
    finally:
        proxy.close()


def path_of(arena: Arena, name: str) -> Path:
    """A place beside the site, gone with it."""
    return arena.site.folder / name
