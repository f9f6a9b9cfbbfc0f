"""All that a WordPress site holds, read over REST by hand, without any code of ours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from tests.wordpress import WordPress

Things = dict[str, dict[str, Any]]  # by marker
# How blocks name their pictures, and links what they lead to.
_NUMBER = re.compile(r'("id":|wp-image-|\?p=|#comment-)(\d+)')


def rows(site: WordPress, route: str, **query: object) -> list[dict[str, Any]]:
    """Every row of a list, as the administrator sees it."""
    found: list[dict[str, Any]] = []
    for page in range(1, 100):
        answer = requests.get(
            f"{site.url}/?rest_route=/wp/v2/{route}",
            params={
                "context": "edit",
                "per_page": 100,
                "page": page,
                "orderby": "id",
                "order": "asc",
                **query,
            },  # type: ignore[arg-type]
            auth=(site.user, site.password),
            timeout=60,
        )
        assert answer.ok, answer.text
        found += answer.json()
        if page >= int(answer.headers["X-WP-TotalPages"]):
            break
    return found


def everything(site: WordPress) -> dict[str, Things]:
    """Posts, photos and comments by marker. Numbers, times of day of the move and the
    address of the site are left out, so that two sites can be compared.

    Fails when anything is there twice or bears no marker.
    """
    names = {
        row["id"]: row["name"]
        for route in ("categories", "tags")
        for row in rows(site, route)
    }
    posts: Things = {}
    marks: dict[int, str] = {}
    for row in rows(site, "posts", status="publish,future,draft,pending,private"):
        html = row["content"]["raw"].replace(site.url, "")
        mark = re.search(r"moving-day:([\w-]+)", html)
        assert mark, row["title"]["raw"]
        assert mark[1] not in posts, f"{row['title']['raw']} is there twice"
        marks[row["id"]] = mark[1]
        posts[mark[1]] = {
            "title": row["title"]["raw"],
            "html": html,
            "date": row["date_gmt"],
            "status": row["status"],
            # Of a post without a title it is the number.
            "slug": re.sub(rf"(?<![\w%]){row['id']}(?!\w)", "(number)", row["slug"]),
            "excerpt": row["excerpt"]["raw"],
            "terms": sorted(names[n] for n in row["categories"] + row["tags"]),
        }
    media = {row["id"]: row["slug"] for row in rows(site, "media")}
    said = {row["id"]: row["author_user_agent"] for row in _said(site)}
    for post in posts.values():
        post["html"] = by_name(post["html"], media, {"?p=": marks, "#comment-": said})
    return {
        "posts": posts,
        "photos": _photos(site, marks),
        "comments": _comments(site),
    }


def _photos(site: WordPress, marks: dict[int, str]) -> Things:
    photos: Things = {}
    media = rows(site, "media")
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(_original, media))
    for row, data in zip(media, files, strict=True):
        assert row["slug"] not in photos, f"{row['source_url']} is there twice"
        photos[row["slug"]] = {
            "post": marks[row["post"]],
            "bytes": hashlib.sha256(data).hexdigest(),
            "alt": row["alt_text"],
            "caption": row["caption"]["raw"],
            "name": _address(row).rsplit("/", 1)[1],
        }
    return photos


def _address(row: dict[str, Any]) -> str:
    """Of the file that was sent: what is big or lies on its side is replaced by another."""
    address: str = row["source_url"]
    if original := row["media_details"].get("original_image"):
        address = f"{address.rsplit('/', 1)[0]}/{original}"
    return address


def _original(row: dict[str, Any]) -> bytes:
    answer = requests.get(_address(row), timeout=60)
    assert answer.ok, _address(row)
    return answer.content


def by_name(
    html: str,
    pictures: Mapping[int, str],
    others: Mapping[str, Mapping[int, str]] | None = None,
) -> str:
    """With names for the numbers of pictures, and ``others`` by what stands before."""
    named = {'"id":': pictures, "wp-image-": pictures, **(others or {})}

    def name(number: re.Match[str]) -> str:
        return number[1] + named.get(number[1], {}).get(int(number[2]), number[2])

    return _NUMBER.sub(name, html)


def _said(site: WordPress) -> list[dict[str, Any]]:
    """Every comment but WordPress's own."""
    return [
        row
        for status in ("approve", "hold", "spam", "trash")
        for row in rows(site, "comments", status=status)
        if row["author_user_agent"] or row["author_name"] != "A WordPress Commenter"
    ]


def _comments(site: WordPress) -> Things:
    comments: Things = {}
    found = _said(site)
    marks = {row["id"]: row["author_user_agent"] for row in found}
    for row in found:
        mark = row["author_user_agent"]
        assert mark not in comments, f"{row['content']['raw']} is there twice"
        comments[mark] = {
            "author": row["author_name"],
            "email": row["author_email"],
            "html": row["content"]["raw"],
            "date": row["date_gmt"],
            "status": row["status"],
            "parent": marks.get(row["parent"], ""),
        }
    return comments


def touched(site: WordPress) -> dict[int, str]:
    """When each post and photo was last changed: the same before and after means that
    nothing was sent in between."""
    found = rows(site, "posts", status="any", _fields="id,modified_gmt")
    found += rows(site, "media", _fields="id,modified_gmt")
    return {row["id"]: row["modified_gmt"] for row in found}


def forget_sample_post(site: WordPress) -> None:
    """Delete what WordPress itself puts into a new site."""
    for row in rows(site, "posts"):
        requests.delete(
            f"{site.url}/?rest_route=/wp/v2/posts/{row['id']}&force=1",
            auth=(site.user, site.password),
            timeout=60,
        )
