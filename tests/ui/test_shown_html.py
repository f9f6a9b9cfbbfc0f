"""A post's blocks in the preview: nothing is missing that a reader will see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.content.test_block_editor import PLACED, POSTS, pieces, post_of
from wizard.content.cleaning import plain_text
from wizard.content.composing import compose
from wizard.ui.shown_html import for_browser

WIDTH = 300


def composed(old: str, *, blocks: bool = True) -> str:
    return compose(post_of(old), PLACED, blocks=blocks)


@pytest.mark.parametrize(
    ("old", "parts"),
    [
        (
            "<p align=center>a",
            ['<p class="has-text-align-center" align="center">a</p>'],
        ),
        (
            "<embed src=http://www.youtube.com/v/abcdefgh>",
            ["▶ https://www.youtube.com/watch?v=abcdefgh"],
        ),
        ("<audio src=http://x.example/a%20song.mp3></audio>", ["▶ a song.mp3"]),
        ("<img src=http://old.example/1 align=right>a", ["float:right", "<p>a"]),
        ("<img src=http://old.example/1 width=200>", ['width="200"']),
        ("<img src=http://old.example/1 width=500>", [f'width="{WIDTH}"']),
        ("a<table><caption>b</caption><tr><td>c</table>", ["<table>", "<small"]),
    ],
)
def test_what_the_browser_does_not_know_is_said_otherwise(
    old: str, parts: list[str]
) -> None:
    shown = for_browser(composed(old), WIDTH)
    for part in parts:
        assert part in shown
    assert "<figure" not in shown
    assert "<!--" not in shown


def test_a_gallery_is_a_row_of_pictures_that_fit() -> None:
    shown = for_browser(composed("<p>a</p>"), WIDTH)
    assert shown.count("<td") == 2
    assert shown.count(f'width="{(WIDTH - 8) // 2}"') == 2


def test_a_gallery_has_as_many_columns_as_it_will_have() -> None:
    picture = '<figure class="wp-block-image"><img src="a.jpg"></figure>'
    for columns, rows in ((1, 3), (2, 2), (4, 1)):
        kind = f"wp-block-gallery has-nested-images columns-{columns}"
        shown = for_browser(f'<figure class="{kind}">{picture * 3}</figure>', WIDTH)
        assert shown.count("<tr") == rows


@settings(max_examples=100, deadline=None)
@given(pieces)
def test_no_word_and_no_picture_is_missing(old: str) -> None:
    for blocks in (True, False):
        sent = composed(old, blocks=blocks)
        shown = for_browser(sent, WIDTH)
        expected, there = ("".join(plain_text(h).split()) for h in (sent, shown))
        if "<audio" not in sent:
            assert there.replace("▶", "") == expected
        assert shown.count("<img") == sent.count("<img")


@pytest.mark.parametrize("old", POSTS)
def test_every_kind_of_post_can_be_shown(old: str) -> None:
    sent = composed(old)
    shown = "".join(plain_text(for_browser(sent, WIDTH)).split())
    for word in plain_text(sent).split():
        assert word in shown
