"""Texts that have gone wrong somewhere before, and every letter there is."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    *("C:\\temp\\new", "\\", "\\\\server\\x", "\\'", '\\"', "\\u00e9", "\\0", "a\\"),
    *("[brackets]", "[1]", "[x=\"y\"]", "[/b]", "]]>", "[[", "{{x}}", "%s", "$1", "#"),
    *("&", "&amp;", "&lt;b&gt;", "&#8230;", "&nbsp;", "a&b=c", "AT&T"),
    *("<", ">", "<b>", "a<b", "1 < 2 > 0", "<3", "</p>", "<!-- x -->", "<?php ?>"),
    *("%20", "%e4%bd%a0", "100 %", "%", "--", "...", "''", '"', "`", "*", "~"),
    *("🎉", "👩‍👩‍👧", "𠀀", "𝒳", "\U0010fffd", "é", "e\u0301", "ﬁ", "ß", "İ", "你好", "עברית", "ไทย"),
    *("\u00a0", "\u200b", "\u200d", "\u3000", "\u00ad", "\ufeff", "\u200f", "\u2028"),
]  # fmt: skip
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(LETTERS, min_size=1, max_size=8) | st.just(" "),
    min_size=1,
    max_size=8,
).map("".join)
# Names of categories and tags that lose letters wherever somebody is careless; some are
# what would be left of another then.
NAMES = [
    *('"quoted"', "quoted", 'say "yes", twice', "it's", "a, b", "R&D", "AT&amp;T", "&"),
    *("a < b", "<b>bold</b>", "<3", "C:\\temp", "\\'", "100%20x", "Tom & Jerry"),
    *("Tom Jerry", "“q”", "q", "C", "C++", "&#8217;", "’", "🎉 你好", "über"),
]
