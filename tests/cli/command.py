"""One run of one command, and what the tests of commands share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import requests

from tests.wordpress import WordPress

ROOT = Path(__file__).resolve().parents[2]
# Of the sample: two posts without photos, and the one with a lost photo.
PLAIN = ("cns!7C3A91E05B24D68F!152", "cns!7C3A91E05B24D68F!157")
LOSSY = "cns!7C3A91E05B24D68F!196"
STDIN = "--password-stdin"


class Run:
    """One run of one command: its exit status and what it printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        return self.lines[-1]


def only(*keys: str) -> list[str]:
    return [word for key in keys for word in ("--only", key)]


def posts_there(site: WordPress) -> dict[str, str]:
    """Title and status of every post."""
    answer = requests.get(
        f"{site.url}/wp-json/wp/v2/posts?status=any&context=edit&per_page=100",
        auth=(site.user, site.password),
        timeout=60,
    )
    return {row["title"]["raw"]: row["status"] for row in answer.json()}
