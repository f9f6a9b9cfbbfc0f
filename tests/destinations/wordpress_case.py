"""One real WordPress with an account of ours there, and a way to look at it that is not ours."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import requests
from PIL import Image

from tests.wordpress import WordPress as Site
from wizard.blog import Status
from wizard.credentials import Secret
from wizard.destinations import NewComment, NewPhoto, NewPost, Remote
from wizard.destinations.wordpress import WordPress

DATE = datetime(2007, 4, 20, 1, 29, 58, tzinfo=timezone(timedelta(hours=8)))
HARD = [
    "Tom & <Jerry>",
    r"C:\temp\new",
    "你好 🎉 ไทย עברית",
    "&amp; <b>“bold”</b> 'one' \"two\" 100 % ?#+",
]


class Case:
    """One site, our account there, and a way to look at it that is not ours."""

    def __init__(self, site: Site, role: str = "administrator") -> None:
        self.site = site
        user, password = site.users[role]
        self.blog = WordPress(site.url, user, Secret(password))
        self.made: list[Remote] = []

    def there(self, route: str, **query: object) -> Any:
        answer = requests.get(
            f"{self.site.url}/?rest_route=/wp/v2/{route}",
            params={"context": "edit", **query},  # type: ignore[arg-type]
            auth=(self.site.user, self.site.password),
            timeout=60,
        )
        assert answer.ok, answer.text
        return answer.json()

    def post(self, marker: str, **fields: object) -> Remote:
        words = f"<p>Words</p><!-- moving-day:{marker} -->"
        new = NewPost("Entry", words, DATE, Status.DRAFT)
        remote = self.blog.create(replace(new, **fields), marker)  # type: ignore[arg-type]
        self.made.append(remote)
        return remote

    def open_post(self, marker: str, date: datetime = DATE) -> Remote:
        new = NewPost("Entry", "<p>Words</p>", date, Status.PRIVATE, slug=marker)
        return self.blog.update(self.post(marker), new, marker)

    def tidy(self) -> None:
        for remote in self.made:
            requests.delete(
                f"{self.site.url}/?rest_route=/wp/v2/posts/{remote.id}&force=1",
                auth=(self.site.user, self.site.password),
                timeout=60,
            )


@contextmanager
def plugged(case: Case, php: str) -> Iterator[None]:
    file = case.site.plug_in(php)
    try:
        yield
    finally:
        file.unlink()


def picture(
    name: str, size: tuple[int, int] = (30, 20), kind: str = "PNG", post: int = 0
) -> NewPhoto:
    file = io.BytesIO()
    seed = hashlib.sha256(name.encode()).digest()
    Image.new("RGB", size, tuple(seed[:3])).save(file, kind)
    mime = f"image/{kind.lower()}"
    return NewPhoto(name, mime, file.getvalue(), DATE, post)


def said(post: Remote, words: str = "Yes!", **fields: object) -> NewComment:
    comment = NewComment(post.id, 0, "Reader", "", "", words, DATE)
    return replace(comment, **fields)  # type: ignore[arg-type]
