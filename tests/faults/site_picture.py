"""All that a test site holds, straight from its database: nothing hides from this."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

import requests

from tests.move.whole_site import by_name, forget_sample_post
from tests.wordpress import WordPress
from wizard.blog import Status
from wizard.sources import Source

Things = Counter[tuple[Any, ...]]

# The database itself writes down everything that becomes public, at the moment it does.
_WATCH = """
CREATE TABLE watched (title TEXT, slug TEXT, text TEXT, comments INTEGER, what TEXT);
CREATE TRIGGER watch_new AFTER INSERT ON wp_posts
WHEN new.post_type = 'post' AND new.post_status IN ('publish', 'future')
BEGIN INSERT INTO watched VALUES (new.post_title, new.post_name, new.post_content, 0,
    'created in public'); END;
CREATE TRIGGER watch_change AFTER UPDATE ON wp_posts
WHEN new.post_type = 'post' AND new.post_status IN ('publish', 'future')
BEGIN INSERT INTO watched VALUES (new.post_title, new.post_name, new.post_content,
    (SELECT count(*) FROM wp_comments WHERE comment_post_ID = new.ID
        AND comment_approved = '1'), 'public'); END;
CREATE TRIGGER watch_comment AFTER INSERT ON wp_comments
WHEN (SELECT post_status FROM wp_posts WHERE ID = new.comment_post_ID) = 'publish'
BEGIN INSERT INTO watched VALUES ('', '', new.comment_content, 0,
    'comment added in public'); END;
"""


def tidy(site: WordPress) -> None:
    """Take away what WordPress itself puts into a new site, and let it add what it adds
    when it is first looked at."""
    requests.get(site.url, timeout=60)
    forget_sample_post(site)


def watch(site: WordPress) -> None:
    """Have the site note all that becomes public from now on; part of its snapshots."""
    with closing(_open(site)) as database:
        database.executescript(_WATCH)


def seen(site: WordPress, source: Source) -> list[str]:
    """What nobody should have been able to see since `watch`, in words."""
    public = {_head(p.html): p for p in source.posts() if p.status is Status.PUBLISH}
    wrong = []
    with closing(_open(site)) as database:
        for title, slug, text, comments, what in database.execute(
            "SELECT * FROM watched"
        ):
            post = public.get(_head(text))
            if what != "public":
                wrong.append(f"{title or text}: {what}")
            elif post is None:
                wrong.append(f"“{title}” was public")
            elif slug.startswith("md-"):
                wrong.append(f"“{title}” was public at {slug}")
            elif comments != len(post.comments):
                wrong.append(f"“{title}” was public with {comments} comments")
            elif text.count("<img") != len(post.photos):
                wrong.append(f"“{title}” was public without its photos")
    return wrong


def _head(text: str) -> str:
    """The first words, which no two posts share; titles they may share."""
    found = re.search(r"Words of \d+\.", text)
    return found[0] if found else ""


def site_picture(site: WordPress) -> Things:
    """Posts, photos, comments and terms of every status, the trash too, without what
    must differ: numbers and the time of the move. Twice the same counts twice."""
    with closing(_open(site)) as database:
        things = Counter(_posts(database, site.url))
        things.update(_comments(database))
        things.update(_terms(database))
    things.update(_files(site.root / "wp-content/uploads"))
    return things


def differences(before: Things, now: Things) -> list[str]:
    """In words what ``now`` lacks, and what it has too much of."""
    lost, more = before - now, now - before
    return [f"lost: {_short(thing, more)}" for thing in lost] + [
        f"too much: {_short(thing, lost)}" for thing in more
    ]


def _short(thing: tuple[Any, ...], others: Things) -> str:
    """The beginning of each part, and more of where it differs from its like."""
    like: tuple[Any, ...] = next((o for o in others if o[:2] == thing[:2]), ())
    parts = [
        _apart(str(part), str(other))
        for part, other in zip_longest(thing, like)
        if part or other
    ]
    return " ".join(parts)


def _apart(text: str, other: str) -> str:
    differ = (at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b)
    same = next(differ, 0)
    if not same:
        return text[:60]
    return f"{text[:20]}…{text[max(20, same - 20) :][:60]}"


def _open(site: WordPress) -> sqlite3.Connection:
    database = sqlite3.connect(site.folder / "site.sqlite", timeout=15)
    database.row_factory = sqlite3.Row
    return database


def _posts(database: sqlite3.Connection, url: str) -> list[tuple[Any, ...]]:
    terms: dict[int, list[str]] = {}
    for row in database.execute(
        "SELECT object_id, taxonomy, name FROM wp_term_relationships"
        " JOIN wp_term_taxonomy USING (term_taxonomy_id) JOIN wp_terms USING (term_id)"
    ):
        terms.setdefault(row[0], []).append(f"{row[1]} {row[2]}")
    meta = "SELECT post_id, meta_value FROM wp_postmeta WHERE meta_key = ?"
    files = dict(database.execute(meta, ("_wp_attached_file",)))
    featured = dict(database.execute(meta, ("_thumbnail_id",)))
    found = database.execute(
        "SELECT child.*, parent.post_title AS parent_title,"
        " parent.post_date_gmt AS parent_date,"
        " (SELECT meta_value FROM wp_postmeta WHERE post_id = child.ID"
        "  AND meta_key = '_wp_attachment_image_alt') AS alt"
        " FROM wp_posts AS child LEFT JOIN wp_posts AS parent"
        " ON child.post_parent = parent.ID WHERE child.post_type != 'revision'"
    )
    return [
        (
            row["post_type"],
            row["post_title"],
            row["post_status"],
            row["post_name"],
            row["post_date_gmt"],
            row["post_excerpt"],
            by_name(row["post_content"].replace(url, ""), files),
            row["post_password"],
            row["comment_status"],
            row["comment_count"],
            row["parent_title"],
            row["parent_date"],
            files.get(row["ID"]),
            files.get(int(featured.get(row["ID"], 0))),
            row["alt"],
            *sorted(terms.get(row["ID"], [])),
        )
        for row in found
    ]


def _comments(database: sqlite3.Connection) -> list[tuple[Any, ...]]:
    found = database.execute(
        "SELECT 'comment', child.comment_author, child.comment_author_email,"
        " child.comment_content, child.comment_date_gmt, child.comment_approved,"
        " child.comment_agent, parent.comment_agent, post.post_title"
        " FROM wp_comments AS child"
        " LEFT JOIN wp_comments AS parent ON child.comment_parent = parent.comment_ID"
        " LEFT JOIN wp_posts AS post ON child.comment_post_ID = post.ID"
    )
    return [tuple(row) for row in found]


def _terms(database: sqlite3.Connection) -> list[tuple[Any, ...]]:
    found = database.execute(
        "SELECT taxonomy, name, slug, count FROM wp_term_taxonomy"
        " JOIN wp_terms USING (term_id)"
    )
    return [tuple(row) for row in found]


def _files(uploads: Path) -> list[tuple[Any, ...]]:
    return [
        (
            "file",
            str(file.relative_to(uploads)),
            hashlib.sha256(file.read_bytes()).hexdigest(),
        )
        for file in uploads.rglob("*")
        if file.is_file()
    ]
