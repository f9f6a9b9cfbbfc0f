"""One blog moved by the real program to a real WordPress, and what is there afterwards."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import requests

from tests.fidelity.old import OldBlog
from tests.move.doubles import HASTY
from tests.move.whole_site import forget_sample_post, rows
from tests.wordpress import WordPress as Site
from wizard.credentials import Secret
from wizard.destinations import Kind
from wizard.destinations.wordpress import WordPress
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.sources import open_source

# What WordPress itself does to letters when it shows them is none of the post's: curly
# quotes, pictures for ":)".
PLAIN = """
add_filter('run_wptexturize', '__return_false');
add_filter('pre_option_use_smilies', fn() => '0');
remove_action('wp_head', 'print_emoji_detection_script', 7);
remove_action('wp_print_footer_scripts', 'print_emoji_detection_script');
add_filter('show_admin_bar', '__return_false');
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``ended``: how the program itself calls it. ``left``: the links that it says still
    lead to the old blog."""

    ended: Ended
    numbers: Mapping[str, int]
    left: frozenset[str]


def carry(site: Site, blog: OldBlog, path: Path) -> Verdict:
    """The whole move, as the window would make it; ``path``: of the move file."""
    forget_sample_post(site)
    source = open_source(blog.locations, blog.answers)  # type: ignore[arg-type]
    there = WordPress(site.url, site.user, Secret(site.password))
    there.check()
    stop = threading.Event()
    with Move.create(path) as move:
        list(read(move, source, stop))
        move.choices = Choices(time_zone=blog.zone, blocks=blog.blocks)
        *_, ended = run(move, source, there, stop, patience=HASTY)
        assert isinstance(ended, Ended)
        numbers, left = {}, set[str]()
        for row in move.rows():
            for step in move.steps(row.key):
                if step.kind is Kind.POST and step.remote:
                    numbers[row.key] = step.remote.id
            left.update(move.links(row.key) if hasattr(move, "links") else ())
    return Verdict(ended, numbers, frozenset(left))


class There:
    """What the site holds, read over REST without any code of the program."""

    def __init__(self, site: Site) -> None:
        self.site = site
        status = "publish,future,draft,pending,private"
        self.posts = {row["id"]: row for row in rows(site, "posts", status=status)}
        self.media = {row["id"]: row for row in rows(site, "media")}
        self.terms = {
            row["id"]: row
            for route in ("categories", "tags")
            for row in rows(site, route)
        }
        self.comments: dict[int, list[dict[str, Any]]] = {}
        for status in ("approve", "hold", "spam", "trash"):
            for row in rows(site, "comments", status=status):
                self.comments.setdefault(row["post"], []).append(row)
        for said in self.comments.values():
            said.sort(key=lambda row: (row["date_gmt"], row["id"]))
        self._files: dict[str, bytes] = {}

    @cached_property
    def _homes(self) -> dict[str, int]:
        """The picture of which each file is a size, by the end of the file's address."""
        homes = {}
        for number, row in self.media.items():
            about = row["media_details"]
            sizes = about.get("sizes", {}).values()
            folder = row["source_url"].rsplit("/", 1)[0]
            addresses = [row["source_url"], *(size["source_url"] for size in sizes)]
            if original := about.get("original_image"):
                addresses.append(f"{folder}/{original}")
            homes.update(dict.fromkeys(addresses, number))
        return homes

    def number(self, *addresses: str) -> int:
        """Which picture of the library one of these addresses shows, 0 for none."""
        found = (self._homes.get(re.split("[?#]", each)[0]) for each in addresses)
        return next((number for number in found if number), 0)

    def full(self, number: int) -> bytes:
        """The file as it was sent: what is big is shown as a smaller one."""
        row = self.media[number]
        address = row["source_url"]
        if original := row["media_details"].get("original_image"):
            address = f"{address.rsplit('/', 1)[0]}/{original}"
        if address not in self._files:
            self._files.clear()
            answer = requests.get(address, timeout=60)
            self._files[address] = answer.content if answer.ok else b""
        return self._files[address]

    def address(self, number: int) -> str:
        """Where its owner reads a post, whoever else may."""
        row = self.posts[number]
        if row["status"] == "publish":
            return str(row["link"])
        return f"{self.site.url}/?p={number}&preview=true"
