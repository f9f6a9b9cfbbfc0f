"""Markers: the same from every computer and every run, and never the same for two things."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.move.doubles import picture
from wizard.destinations import Kind
from wizard.move.markers import marker, photo_marker

_names = st.lists(
    st.text(st.characters(codec=None, exclude_characters="\0")), max_size=3
)


def test_markers_are_written_in_stone() -> None:
    """A change here means that whoever moved before would get everything twice."""
    key = "cns!2B070A76FD6627CE!975"
    assert marker("space!1", Kind.POST, key) == "md-4950c52518622993fdd3"
    assert marker("space!1", Kind.COMMENT, key, "c") == "md-490b7dbf05ed89a9337f"
    assert photo_marker(b"bytes") == "md-277089d91c0bdf4f2e68"


def test_a_marker_is_a_slug_that_wordpress_leaves_alone() -> None:
    assert re.fullmatch(r"[a-z0-9-]{5,30}", marker("海", Kind.POST, "\ud83d", "é"))


@given(_names, _names)
def test_different_names_have_different_markers(one: list[str], two: list[str]) -> None:
    same = marker("b", Kind.POST, *one) == marker("b", Kind.POST, *two)
    assert same == (one == two)


def test_blogs_and_kinds_are_kept_apart() -> None:
    markers = {marker(blog, kind, "key") for blog in ("one", "two") for kind in Kind}
    assert len(markers) == 2 * len(Kind)


def test_equal_pictures_are_one_picture() -> None:
    assert photo_marker(picture(1)) == photo_marker(picture(1))
    assert photo_marker(picture(1)) != photo_marker(picture(2))
