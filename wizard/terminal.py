"""What the commands print: an old blog, a progress bar, a verdict; or JSON lines."""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from wizard.blog import Blog, Post
from wizard.content.cleaning import plain_text
from wizard.errors import MoveError
from wizard.move.events import (
    Began,
    Ended,
    Event,
    ItemSettled,
    PostSettled,
    State,
    Waiting,
)
from wizard.move.plan import many

# What moves a cursor, changes colours, or turns the direction of reading.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

Summary = tuple[dict[str, Any], tuple[str, ...]]


def plain(text: str) -> str:
    """Words that an old blog or a server may have written, on one line of a terminal
    and without power over it."""
    return _CONTROL.sub(lambda found: " " if found[0].isspace() else "�", text)


def as_json(value: object) -> str:
    """One line of JSON that is as harmless as `plain`, and still holds every character."""
    written = json.dumps(value, ensure_ascii=False)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def summary(post: Post) -> Summary:
    """One post as ``list --json`` prints it, and its notes."""
    return {
        "key": post.key,
        "title": post.title,
        "date": post.date.isoformat() if post.date else None,
        "status": post.status,
        "categories": post.categories,
        "tags": post.tags,
        "comments": len(post.comments),
        "comments_elsewhere": post.comments_elsewhere,
        "photos": [
            {"address": p.address, "found": p.found, "integrated": p.integrated}
            for p in post.photos
        ],
        "text": plain_text(post.html, 200),
    }, post.notes


def _counts(posts: list[Summary]) -> dict[str, int]:
    photos = [photo for post, _ in posts for photo in post["photos"]]
    return {
        "posts": len(posts),
        "comments": sum(post["comments"] for post, _ in posts),
        "comments_elsewhere": sum(post["comments_elsewhere"] for post, _ in posts),
        "photos": len(photos),
        "photos_missing": sum(not photo["found"] for photo in photos),
        "categories": len({name for post, _ in posts for name in post["categories"]}),
        "tags": len({name for post, _ in posts for name in post["tags"]}),
    }


def listing(blog: Blog, posts: list[Summary]) -> dict[str, Any]:
    """All of an old blog as ``list --json`` prints it."""
    of_blog = [{"key": "", "note": note} for note in blog.notes]
    of_posts = [{"key": post["key"], "note": n} for post, notes in posts for n in notes]
    return {
        "blog": {
            "title": blog.title,
            "address": blog.address,
            "kind": blog.kind,
            "time_zone": blog.time_zone,
        },
        "counts": _counts(posts),
        "posts": [post for post, _ in posts],
        "notes": of_blog + of_posts,
    }


def in_words(found: dict[str, Any]) -> str:
    """The same for people: a line for every post, then the sum."""
    lines = [plain(found["blog"]["title"]) or "A blog without a title"]
    names = {"": ""}
    for post in found["posts"]:
        when = _when(post["date"]) or "no date"
        along = (
            f"{many(len(post['photos']), 'photo')}, {many(post['comments'], 'comment')}"
        )
        title = plain(post["title"]) or "(no title)"
        lines.append(f"  {when:16}  {title}  [{along}]")
        names[post["key"]] = f" on “{title}” ({when[:10].strip()})"
    lines += [f"Note{names[n['key']]}: {plain(n['note'])}" for n in found["notes"]]
    counts = found["counts"]
    sum_ = f"{many(counts['posts'], 'post')}, {many(counts['photos'], 'photo')}"
    if counts["photos_missing"]:
        sum_ += f" ({counts['photos_missing']:,} of them missing)"
    sum_ += f", {many(counts['comments'], 'comment')}"
    if counts["comments_elsewhere"]:
        sum_ += f" (and {counts['comments_elsewhere']:,} that are not in here)"
    return "\n".join([*lines, f"{sum_}."])


def _when(date: str | None) -> str:
    """To the minute, and in which zone if the old blog told that; "" for none."""
    if not date:
        return ""
    zone = datetime.fromisoformat(date).tzname()
    return f"{date[:16]} {zone or ''}".replace("T", " ", 1).rstrip()


def complain(trouble: MoveError) -> None:
    """What happened and what to do, on standard error."""
    print(plain(trouble.title), file=sys.stderr)
    if trouble.hint:
        print(plain(trouble.hint), file=sys.stderr)


@dataclass
class Speaker:
    """Says what happens: a progress bar for people, JSON lines for programs."""

    json: bool
    bar: tqdm[Any] | None = None
    waits: dict[str, float] = field(default_factory=dict)  # title: till when

    def tell(self, sentence: str) -> None:
        if self.json:
            print(as_json({"event": "Said", "text": sentence}), flush=True)
        else:
            print(plain(sentence), flush=True)

    def read(self, count: int) -> None:
        if not self.json and sys.stderr.isatty():
            print(f"\r{count:,} posts found", end="\r", file=sys.stderr, flush=True)

    def hear(self, event: Event) -> None:
        if self.json:
            if not isinstance(event, Ended):
                named = {"event": type(event).__name__, **asdict(event)}
                print(as_json(named), flush=True)
            return
        if isinstance(event, Began):
            self.bar = tqdm(
                total=event.total,
                initial=event.done,
                unit="item",
                file=sys.stderr,
                # A bar that is full from the beginning says nothing.
                disable=event.done >= event.total,
            )
        assert self.bar is not None
        if isinstance(event, ItemSettled):
            self.bar.update(event.done - self.bar.n)
        if isinstance(event, Waiting):
            self._wait(event)
        if isinstance(event, PostSettled) and event.state is State.REFUSED:
            assert event.trouble
            said = plain(f"{event.trouble.title} {event.trouble.hint}")
            self.bar.write(f"Not moved: {said}")
        if isinstance(event, Ended):
            self.bar.close()

    def _wait(self, event: Waiting) -> None:
        """Several connections wait for one thing: it is told once."""
        assert self.bar is not None
        title, now = event.trouble.title, time.monotonic()
        if self.waits.get(title, now) <= now:
            self.waits[title] = now + event.seconds
            self.bar.write(f"{plain(title)} Waiting {event.seconds:.0f} seconds.")

    def last(self, words: dict[str, Any]) -> None:
        if self.json:
            print(as_json(words), flush=True)
            return
        if words.get("dry_run"):
            print("Nothing was sent, and nobody was signed in.")
            return
        if words["trouble"]:
            print(plain(f"{words['trouble']['title']} {words['trouble']['hint']}"))
        print(plain(words["verdict"]))
        for look in words["looks"]:
            print(f"  {plain(look)}")
        to = plain(words["destination"])
        if not to.lower().endswith(".xml"):
            print(f"New blog:  {to}")
        elif Path(words["destination"]).is_file():
            print(f"To import: {to}")
        if "report" in words:
            print(f"Report:    {words['report']}")
            print(f"Table:     {words['csv']}")
        else:
            again = f'moving-day report "{words["move"]}"'
            print(f"Report:    none could be written; “{again}” tries again")
        print(f"Move file: {words['move']}")
        if words["paused"]:
            print(f"To go on:  {words['go_on']}")
