"""What every WordPress can take: no item is lost for a letter or a length, and each
change is told."""

from __future__ import annotations

import html as references
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wizard.blog import Comment, Photo, Post, post_from_json, to_json
from wizard.content.cleaning import clean, clean_comment, plain_text
from wizard.content.composing import Placed, compose
from wizard.content.fitting import LONGEST_COMMENT, LONGEST_TITLE, fit

DATE = datetime(2008, 8, 8, 20)


def post(**fields: object) -> Post:
    made = {"key": "k", "title": "T", "html": "<p>x</p>", "date": DATE, **fields}
    return Post(**made)  # type: ignore[arg-type]


def answered(**fields: object) -> tuple[Comment, Post]:
    made = {"key": "c", "author": "A", "html": "hello", "date": DATE, **fields}
    fitted = fit(post(comments=(Comment(**made),)))  # type: ignore[arg-type]
    return fitted.comments[0], fitted


def test_an_ordinary_post_stays_as_it_is() -> None:
    ordinary = post(
        title="Größe & <b> C:\\new 100% 漢字 👩‍👩‍👧",
        html="<p>a\\b 50% &amp;amp; \u202eabc\u202c</p>",
        categories=("R&D",),
        photos=(Photo("a.jpg", True, ("x.jpg",), alt="a", caption="b"),),
        comments=(Comment("c", "A", "<p>hi</p>", DATE, "a@b.example", "http://a.cn/"),),
    )
    assert fit(ordinary) == ordinary


def test_letters_that_no_page_can_show_are_taken_out_and_counted() -> None:
    fitted = fit(post(title="a\0b", html="<p>c\x01\x0b</p>", tags=("t\x7f",)))
    assert (fitted.title, fitted.html, fitted.tags) == ("ab", "<p>c</p>", ("t",))
    assert any(note.endswith("taken out: 4.") for note in fitted.notes)


def test_halves_of_letters_are_joined_or_told() -> None:
    fitted = fit(post(html="\ud83d\ude00 and \ud83d"))
    assert fitted.html == "😀 and \ufffd"
    assert any("cut in half" in note and "1." in note for note in fitted.notes)


def test_quotes_of_windows_are_read_as_every_browser_reads_them() -> None:
    assert fit(post(html="\x93hello\x94 \x96 \x80")).html == "“hello” – €"


def test_a_photo_is_still_found_when_the_text_around_it_was_mended() -> None:
    photo = Photo("p/1.jpg", True, ("img\x92s\0.jpg",))
    fitted = fit(post(html='<img src="img\x92s\0.jpg">', photos=(photo,)))
    html = compose(
        fitted, {"p/1.jpg": Placed("http://n.example/1", "http://n.example/2")}
    )
    assert html.count("http://n.example/2") == 1
    assert "moving-day-missing" not in html


def test_garbled_letters_are_told_and_never_changed() -> None:
    for word in (
        "caf\u00e9 d\u00e9j\u00e0 vu",
        "it’s “so“",
        "北京的冬天",
        "Привет, мир",
    ):
        garbled = "".join(
            bytes([byte]).decode("cp1252", "ignore") or chr(byte)
            for byte in word.encode()
        )
        fitted = fit(post(html=f"<p>{garbled}</p>"))
        assert fitted.html == f"<p>{garbled}</p>"
        assert any("look garbled" in note for note in fitted.notes), word


@pytest.mark.parametrize(
    "text", ["São João, ÃO", "« à Paris »", "naïve Â£5", "ÄÖÜ äöüß", "Ünïcödé", "漢字"]
)
def test_what_is_only_foreign_is_not_called_garbled(text: str) -> None:
    assert fit(post(title=text, html=text * 3)).notes == ()


def test_what_turns_the_writing_around_leaves_titles_and_stays_in_texts() -> None:
    fitted = fit(post(title="a\u202egpj.exe", slug="s\u2066x", html="a\u202eb\u202c"))
    assert (fitted.title, fitted.slug) == ("agpj.exe", "sx")
    assert "\u202e" in clean(fitted.html)


@pytest.mark.parametrize(
    "unsorted",
    ["Uncategorized", "uncategorized", "未分类", "Nezařazené", "NEZAŘAZENÉ"],
)
def test_the_category_of_those_without_one_goes_when_another_stands(
    unsorted: str,
) -> None:
    both = fit(post(categories=(unsorted, "Travel")))
    assert both.categories == ("Travel",)
    alone = fit(post(categories=(unsorted,))).categories
    assert len(alone) == 1, "what is the only one stays"
    assert fit(post(categories=("General", "Travel"))).categories == (
        "General",
        "Travel",
    ), "people choose that word, too"


def test_names_are_composed_letters_and_stand_once() -> None:
    names = ("cafe\u0301", "caf\u00e9", " a \n b ", "")
    assert fit(post(categories=names)).categories == ("caf\u00e9", "a b")


@pytest.mark.parametrize("letter", ["x", "漢", "x y ", "<", "👩‍👩‍👧", "z\u0300\u0301"])
def test_a_title_of_any_length_loses_no_word(letter: str) -> None:
    title = letter * (70_000 // len(letter))
    fitted = fit(post(title=title))
    assert len(fitted.title) <= LONGEST_TITLE
    whole = fitted.title + plain_text(fitted.html)
    assert whole.replace(" ", "").replace("…", "") == title.replace(" ", "") + "x"
    assert fitted.notes
    assert fit(fitted) == fitted


def test_only_what_is_quite_empty_is_called_by_its_date() -> None:
    assert fit(post(title="", html="<p> </p>")).title == "2008-08-08"
    assert fit(post(title="", html="<p>words</p>")).title == ""
    assert fit(post(title="", html="", photos=(Photo("a", True),))).title == ""


def test_a_name_that_is_too_long_is_cut_and_told() -> None:
    fitted = fit(post(tags=("&" * 300, "漢" * 300)))
    assert all(len(references.escape(tag)) <= 200 for tag in fitted.tags)
    assert all(any(tag in note for note in fitted.notes) for tag in fitted.tags)


def test_a_long_comment_arrives_in_parts_with_every_word() -> None:
    words = " ".join(f"word{n} [x] & 漢" for n in range(8_000))
    _, fitted = answered(html=f"<p>{references.escape(words)}</p>")
    parts = [clean_comment(comment.html) for comment in fitted.comments]
    assert 1 < len(parts) < 10
    assert all(len(part.encode()) <= LONGEST_COMMENT for part in parts)
    assert " ".join(map(plain_text, parts)) == words
    assert [comment.key for comment in fitted.comments[:3]] == ["c", "c/2", "c/3"]
    assert fit(fitted) == fitted


def test_readers_names_and_addresses_cost_no_comment() -> None:
    comment, fitted = answered(
        author="漢" * 200, email="not one", url="http://a.example/" + "x" * 300
    )
    assert len(comment.author.encode()) <= 245
    assert (comment.email, comment.url) == ("", "")
    assert len(fitted.notes) == 3


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "jav\tascript:x"]
)
def test_a_reader_leads_nobody_to_a_script(url: str) -> None:
    assert answered(url=url)[0].url == ""


def test_an_address_without_a_beginning_gets_one() -> None:
    assert answered(url="www.example.com/~me")[0].url == "http://www.example.com/~me"


texts = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\0\x85\x93\ud83d\ude00\ufdd1\ufffe\u202e<>&[]"),
    ),
    max_size=200,
)


@settings(max_examples=200, deadline=None)
@given(texts, texts)
@example("", "\ufdd0")
def test_whatever_is_written_can_be_kept_and_sent(title: str, text: str) -> None:
    comment = Comment("c", title, text, DATE, title, text)
    fitted = fit(
        post(title=title, html=text, slug=text, tags=(title,), comments=(comment,))
    )
    assert fit(fitted) == fitted
    assert post_from_json(to_json(fitted)) == fitted
    to_json(fitted).encode()
    for sent in (fitted.title, fitted.html, *fitted.tags, fitted.comments[0].author):
        sent.encode()
        assert "\0" not in sent
