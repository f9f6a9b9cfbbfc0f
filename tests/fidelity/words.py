"""Words of every kind that blogs are written in, for posts that nobody wrote."""

from __future__ import annotations

from hypothesis import strategies as some

LATIN = (
    *("the", "harbour", "and", "a", "kettle", "of", "rain", "Grüße", "façade", "naïve"),
    *("Ελλάδα", "Москва", "Žižkov", "smörgås", "Ærø", "İstanbul", "cafe\u0301"),
)
FAR = (
    *(
        "退潮之后",
        "港口",
        "花园里的豆子",
        "こんにちは",
        "カメラ",
        "안녕하세요",
        "繁體字",
    ),
    *("𠮷野家", "𝒻ancy", "🎈", "👩‍👩‍👧", "🇨🇦", "👍🏽", "हिन्दी", "ไทย", "தமிழ்"),
)
ODD = (
    *(r"C:\temp\new", r"\\server\share\n", r"\u0041", "\\", "[brackets]", "[[x]]"),
    *(
        "[gallery]",
        '[caption id="1"]',
        "[/b]",
        "AT&T",
        "a < b && b > c",
        "&amp;",
        "<b>",
    ),
    *("1 < 2", '"quoted"', "it's", "-- and ---", "...", "“curly”", "50%", "$1", "{x}"),
    *(
        "#1",
        "@home",
        "100 % sure",
        "%s",
        "<!-- more -->",
        "http://",
        "user@example.org",
    ),
    *("½", "©", "™", "€", "1st", "2x4", ":)", ";-)", "a_b*c", "~", "`tick`", "^", "|"),
)
RIGHT = ("שלום", "עולם", "مرحبا", "بالعالم", "2008", "הים")

# Letters, marks, digits, punctuation and signs that are in Unicode since long.
_ANY = some.text(
    some.characters(
        categories=("Lu", "Ll", "Lo", "Nd", "Po", "Sm", "So"),
        max_codepoint=0x1F6FF,
        exclude_characters="\ufffd",
    ),
    min_size=1,
    max_size=8,
)
_word = some.one_of(
    *[some.sampled_from(LATIN)] * 5,
    *[some.sampled_from(FAR)] * 2,
    *[some.sampled_from(ODD)] * 2,
    _ANY,
)


def sentence(most: int = 9) -> some.SearchStrategy[str]:
    """Some words, not yet as HTML."""
    return some.lists(_word, min_size=1, max_size=most).map(" ".join)


def plain_sentence(most: int = 6) -> some.SearchStrategy[str]:
    """Words without anything odd in them."""
    return some.lists(some.sampled_from(LATIN + FAR), min_size=1, max_size=most).map(
        " ".join
    )


def sentence_to_the_left(most: int = 7) -> some.SearchStrategy[str]:
    return some.lists(some.sampled_from(RIGHT), min_size=2, max_size=most).map(" ".join)
