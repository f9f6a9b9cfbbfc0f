"""Does to a moved blog what a bad program would: whoever measures it has to see it all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import requests

from tests.fidelity.moved import There
from tests.wordpress import WordPress

# What becomes of the text of every post: each line of the measure has one or more.
TEXT = (
    (r"(<h[1-6]) (class=\"wp-block-heading\">)", r'\1 style="color:red" \2more '),
    (r"(<p>[^<]*?)\w+", r"\1lost"),
    (r"<br ?/?>", " "),
    (r"<ol\b", "<ul"),
    (r"</td><td", "</td><td colspan='2'"),
    (r"<blockquote\b", "<section"),
    (r"<hr[^>]*>", ""),
    (r"\n\t|\n  ", "\n"),
    (r"width:\d+px", "width:33px"),
    (r"align(?:left|right|center)", "alignnone"),
    (r"alt=\"[^\"]+\"", 'alt="another"'),
    (r"(<figcaption[^>]*>)", r"\1more "),
    (r"(?:pictures|player)\.example", "elsewhere.example"),
    (r"youtube\.com/watch\?v=\w", "youtube.com/watch?v=X"),
    (r"vimeo\.com/1", "vimeo.com/2"),
    (r"href=\"(?=http)", 'href="http://to.spaces.live.com/blog/?'),
    (r"<a id=", "<a title="),
    (r"moving-day-missing", "missing"),
    (r"$", '<p><a href="/no/such/page/">x</a></p>'),
)
MARKS = (
    # Not those that keep a bracket from being a shortcode: letters would be lost, too.
    (r"(?!<i></i>)(?<!<i>)</?(?:b|strong|i|em|code|s|u)>", ""),
    (r" dir=\"rtl\"| style=\"text-align:\w+\"|has-text-align-\w+", ""),
)


class Vandal:
    """Changes what a site holds, as its owner."""

    def __init__(self, site: WordPress) -> None:
        self._site = site
        self._there = There(site)
        self._session = requests.Session()
        self._session.auth = (site.user, site.password)

    def text(self, changes: tuple[tuple[str, str], ...]) -> None:
        """Change the text of every post."""
        for number, row in self._there.posts.items():
            text = row["content"]["raw"]
            for old, new in changes:
                text = re.sub(old, new, text, flags=re.IGNORECASE)
            self._post(f"posts/{number}", content=text)

    def everything_else(self) -> None:
        """What belongs to posts besides their text."""
        tag = self._post("tags", name="more")["id"]
        over = self._post("categories", name="over")["id"]
        below = self._post("categories", name="below", parent=over)["id"]
        for number in self._there.posts:
            self._post(
                f"posts/{number}",
                title="another",
                date_gmt="2001-01-01T00:00:00",
                categories=[below],
                tags=[tag],
                featured_media=0,
            )
        self._post(f"posts/{number}", status="draft")
        for said in self._there.comments.values():
            for row in said:
                self._comment(row, said[0]["id"])
                last = row["id"]
        self._delete(f"comments/{last}")

    def files(self) -> None:
        """Other bytes in every picture that was sent."""
        uploads = Path(self._site.root) / "wp-content/uploads"
        for path in uploads.rglob("*.*"):
            if path.suffix in (".jpg", ".png", ".gif"):
                path.write_bytes(path.read_bytes() + b"\0")

    def _comment(self, row: dict[str, Any], parent: int) -> None:
        self._post(
            f"comments/{row['id']}",
            author_name="another",
            author_url="http://another.example",
            author_email="another@example.org",
            date_gmt="2001-01-01T00:00:00",
            content="another",
            status="hold",
            parent=parent if parent != row["id"] else 0,
        )

    def _post(self, route: str, **fields: object) -> dict[str, Any]:
        address = f"{self._site.url}/?rest_route=/wp/v2/{route}"
        answer = self._session.post(address, json=fields, timeout=120)
        assert answer.ok, (route, answer.text[:300])
        found: dict[str, Any] = answer.json()
        return found

    def _delete(self, route: str) -> None:
        address = f"{self._site.url}/?rest_route=/wp/v2/{route}&force=1"
        assert self._session.delete(address, timeout=120).ok, route
