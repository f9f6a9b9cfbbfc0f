"""Garbled letters are put right where that is wanted, and nothing else is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.blog import Comment, Photo, Post
from wizard.content.cleaning import clean
from wizard.content.fitting import fit, is_garbled
from wizard.content.repairing import repaired, sample


def garbled(text: str) -> str:
    """UTF-8 read as Windows-1252, as it happened to many blogs on their way."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode()
    )


WORDS = ["Café déjà vu", "it’s “so”", "北京的冬天", "Привет, мир", "C:\\temp\\é & <b>"]


@pytest.mark.parametrize("words", WORDS)
def test_every_text_of_a_post_is_put_right(words: str) -> None:
    def of(text: str) -> Post:
        picture = f'<img src="é.jpg" alt="{text}" title=\'{text}\'>'
        html = f"<p>{text}</p><pre>  {text}\n</pre>{picture}"
        return Post(
            "k",
            text,
            html,
            None,
            excerpt=text,
            categories=(text,),
            tags=(text,),
            comments=(Comment("c", text, f"<p>{text}</p>", None),),
            photos=(Photo("é.jpg", True, ("é.jpg",), alt=text, caption=text),),
        )

    words = words.replace("<b>", "")
    assert repaired(of(garbled(words))) == of(words)


@pytest.mark.parametrize("words", WORDS)
def test_what_no_blog_can_show_is_kept_where_it_is_part_of_a_letter(words: str) -> None:
    odd = f"\x81{garbled(words)}\x9d"
    came = fit(Post("k", odd, f"<p>{odd}</p>", None))
    now = repaired(came)
    assert (now.title, now.html) == (words, f"<p>{words}</p>")
    assert clean(came.html).isprintable()


def test_addresses_are_left_letter_for_letter() -> None:
    """A photo and a link are found by them."""
    name = garbled("é.jpg")
    html = f'<p><a href="{name}"><img src="{name}"></a></p>'
    post = Post("k", "", html, None, photos=(Photo(name, True, (name,)),))
    assert repaired(post) == post


@pytest.mark.parametrize(
    "text",
    ["São João, ÃO", "« à Paris »", "naïve £5 – “x”", "漢字 🎉", "ÄÖÜ", "C:\\new\\é"],
)
def test_what_is_only_foreign_stays(text: str) -> None:
    post = Post("k", text, f"<p>{text}</p>", None)
    assert repaired(post) == post


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_tags_are_never_made_or_lost(text: str) -> None:
    html = f"<p class=x>{text}</p>"
    tags = re.findall(r"<[^>]*>", html)
    again = repaired(Post("k", "", html, None)).html
    if '"' not in text and "'" not in text:
        assert re.findall(r"<[^>]*>", again) == tags


def test_the_sample_shows_the_first_difference_in_its_surroundings() -> None:
    words = "It was a long way to the sea, and we had a Café crème in the harbour."
    post = fit(Post("k", "Plain", f"<p>{garbled(words)}</p>", None))
    assert is_garbled(post)
    found = sample(post)
    assert found
    assert "Café crème in the harbour" in found[1]
    assert garbled("Café crème") in found[0]
    assert len(found[0]) <= 60
    assert sample(Post("k", "Plain", "<p>Café</p>", None)) is None


def test_a_sample_is_found_in_a_title_or_a_comment_too() -> None:
    said = Comment("c", "Zoë", f"<p>{garbled('Très bien')}</p>", None)
    assert sample(Post("k", "", "", None, comments=(said,))) == (
        f"Zoë: {garbled('Très bien')}",
        "Zoë: Très bien",
    )
    assert sample(Post("k", garbled("Été"), "", None)) == (garbled("Été"), "Été")
