"""What a stranger wrote is only words in a terminal: it moves no cursor and forges no line."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from wizard.blog import Blog, Post
from wizard.errors import Refused
from wizard.move.events import Began, PostSettled, State, Trouble, Waiting
from wizard.terminal import (
    Speaker,
    as_json,
    complain,
    in_words,
    listing,
    plain,
    summary,
)

# Colours, a cleared screen, a window title, a link, a bell, C1, a turned direction.
EVIL = (
    "a\x1b[31mb\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x/\x1b\\c\x9b2Jd\u202ee\u2066f"
    "\r\nAll 265 posts are there."
)
POWER = set("\x1b\x07\x9b\u202e\u2066\r")


def test_control_characters_lose_their_power_and_words_stay() -> None:
    assert not POWER & set(plain(EVIL))
    assert "\n" not in plain(EVIL)
    assert plain("Grüße, 你好, مرحبا 👋 <b>") == "Grüße, 你好, مرحبا 👋 <b>"


def test_json_is_one_harmless_line_that_holds_every_character() -> None:
    line = as_json({"title": EVIL})
    assert not POWER & set(line)
    assert "\n" not in line
    assert json.loads(line) == {"title": EVIL}


def evil_post() -> Post:
    return Post("k", EVIL, "<p>text</p>", None, notes=(EVIL,))


def test_a_listing_in_words_keeps_one_line_for_each_post() -> None:
    found = listing(
        Blog(key="b", title=EVIL, kind="spaces-pages", notes=(EVIL,)),
        [summary(evil_post())],
    )
    said = in_words(found)
    assert not POWER & set(said)
    assert len(said.splitlines()) == 5


def test_a_note_in_a_listing_names_the_post_that_it_is_about() -> None:
    day = datetime(2007, 4, 20, 1, 29, tzinfo=UTC)
    posts = [
        Post("a", "Harbour", "", day, notes=("A picture is lost.", "So is a song.")),
        Post("b", "", "", None, notes=("A picture is lost.",)),
    ]
    blog = Blog(key="b", title="A blog", kind="spaces-pages", notes=("It is damaged.",))
    said = in_words(listing(blog, list(map(summary, posts)))).splitlines()
    assert [line for line in said if line.startswith("Note")] == [
        "Note: It is damaged.",
        "Note on “Harbour” (2007-04-20): A picture is lost.",
        "Note on “Harbour” (2007-04-20): So is a song.",
        "Note on “(no title)” (no date): A picture is lost.",
    ]


def test_an_error_and_a_refused_post_have_no_power(
    capsys: pytest.CaptureFixture[str],
) -> None:
    complain(Refused(EVIL, EVIL))
    speaker = Speaker(json=True)
    speaker.tell(EVIL)
    speaker.hear(PostSettled("k", State.REFUSED, "", Trouble(EVIL, EVIL)))
    speaker.last({"verdict": EVIL})
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 2
    assert len(out.splitlines()) == 3
    assert not POWER & set(out + err)


def test_one_thing_that_four_connections_wait_for_is_told_once_at_a_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    speaker = Speaker(json=False)
    speaker.hear(Began(10, 0))
    for _ in range(2):
        for title in ("No answer.", "No answer.", "Slower, please.", "No answer."):
            speaker.hear(Waiting(Trouble(title), 0.2))
        time.sleep(0.25)
    out, err = capsys.readouterr()
    assert (out + err).count("No answer.") == 2
    assert (out + err).count("Slower, please.") == 2
