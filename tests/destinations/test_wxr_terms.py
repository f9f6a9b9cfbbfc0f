"""Categories and tags in an import file: each once, in its place, under its own name."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tests.destinations.contract import a_post, marker
from tests.destinations.importer import import_terms
from tests.destinations.texts import NAMES
from tests.destinations.wxr_case import WP, word
from tests.move.whole_site import forget_sample_post, rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.destinations import Kind, NewTerm, Remote
from wizard.destinations.wxr import ImportFile
from wizard.destinations.wxr.parts import Parts


@pytest.fixture(scope="module", params=["newest", "oldest"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with start(request.param) as site:
        forget_sample_post(site)
        yield site


def category(file: ImportFile, name: str, above: Remote | None = None) -> Remote:
    return file.create(NewTerm(Kind.CATEGORY, name, above.id if above else 0), name)


def cities(file: ImportFile) -> list[Remote]:
    """Berlin, Paris, and News below each, below nothing, and below one of itself."""
    berlin, paris = category(file, "Berlin"), category(file, "Paris")
    news = category(file, "News", berlin)
    return [
        *(berlin, paris, news, category(file, "news", paris), category(file, "News")),
        category(file, "News", news),
    ]


def test_equal_names_in_different_places_are_kept_apart(tmp_path: Path):
    file = ImportFile(tmp_path / "a.xml")
    made = cities(file)
    assert len({each.id for each in made}) == 6
    again = cities(file)
    assert [each.id for each in again] == [each.id for each in made]
    assert {at.id for at in file.find(Kind.CATEGORY, "NEWS")} == {
        each.id for each in made[2:]
    }
    file.finish()
    second = ImportFile(tmp_path / "a.xml")
    assert [each.id for each in cities(second)] == [each.id for each in made]
    assert {at.id: at.parent for at in second.find(Kind.CATEGORY, "News")} == {
        each.id: each.parent for each in made[2:]
    }
    assert not second.is_unused(made[0])
    assert not second.is_unused(made[2])
    for each in reversed(made):
        assert second.is_unused(each)
        second.delete(each)
    assert second.find(Kind.CATEGORY, "News") == []


def test_the_file_names_each_and_the_one_above_it_by_a_slug_of_its_own(tmp_path: Path):
    file = ImportFile(tmp_path / "a.xml")
    cities(file)
    category(file, "News 1005")
    file.create(a_post(marker(1)), marker(1))
    file.finish()
    told = ET.parse(tmp_path / "a.xml").getroot().findall(f"channel/{WP}category")
    assert [
        (word(each, "category_nicename"), word(each, "category_parent"))
        for each in told
    ] == [
        ("berlin", ""),
        ("paris", ""),
        ("news", "berlin"),
        ("news-paris", "paris"),
        ("news-1005", ""),
        ("news-news", "news"),
        ("news-1005-1007", ""),
    ]


def test_wordpress_makes_of_it_the_tree_that_it_was(site: Site, tmp_path: Path):
    file = ImportFile(tmp_path / "a.xml")
    for number, each in enumerate(cities(file)):
        post = a_post(marker(number), title=f"In {number}", categories=(each.id,))
        file.create(post, marker(number))
    file.finish()
    import_terms(site, tmp_path / "a.xml")
    terms = {row["id"]: row for row in rows(site, "categories")}

    def way(number: int) -> str:
        name, above = unescape(terms[number]["name"]), terms[number]["parent"]
        return f"{way(above)}/{name}" if above else name

    found = {
        row["title"]["raw"]: [way(number) for number in row["categories"]]
        for row in rows(site, "posts")
    }
    assert found == {
        "In 0": ["Berlin"],
        "In 1": ["Paris"],
        "In 2": ["Berlin/News"],
        "In 3": ["Paris/news"],
        "In 4": ["News"],
        "In 5": ["Berlin/News/News"],
    }


def test_wordpress_gets_every_name_letter_for_letter(site: Site, tmp_path: Path):
    path = tmp_path / "a.xml"
    kinds = (Kind.CATEGORY, Kind.TAG)
    for number, some in enumerate((NAMES[::2], NAMES[1::2])):
        # The second program takes the file of the first apart again.
        file = ImportFile(path)
        for kind in kinds if number else ():
            assert [len(file.find(kind, name)) for name in NAMES[::2]] == [1] * len(
                some
            )
        ids = [
            tuple(file.create(NewTerm(kind, name), name).id for name in some)
            for kind in kinds
        ]
        post = a_post(
            marker(number), title=f"N{number}", categories=ids[0], tags=ids[1]
        )
        file.create(post, marker(number))
        file.finish()
    import_terms(site, path)
    posts = [r for r in rows(site, "posts") if r["title"]["raw"] in ("N0", "N1")]
    for route in ("categories", "tags"):
        used = {number for post in posts for number in post[route]}
        there = [unescape(r["name"]) for r in rows(site, route) if r["id"] in used]
        assert sorted(there) == sorted(NAMES)


def test_a_file_that_was_finished_by_an_earlier_version_keeps_its_names(tmp_path: Path):
    """It wrote them down as they are."""
    path = tmp_path / "a.xml"
    file = ImportFile(path)
    made = category(file, "&amp; <b>")
    file.finish()
    words = path.read_text("utf-8")
    now = "<![CDATA[&amp;amp; &lt;b&gt;]]>"
    assert now in words
    path.write_text(words.replace(now, "<![CDATA[&amp; <b>]]>"), "utf-8")
    (there,) = ImportFile(path).find(Kind.CATEGORY, "&amp; <b>")
    assert there == replace(made, status="")


def test_a_file_that_an_earlier_version_left_unfinished_is_gone_on_with(
    tmp_path: Path,
):
    """It kept the marks of all categories in one place."""
    file = ImportFile(tmp_path / "a.xml")
    berlin = category(file, "Berlin")
    news = category(file, "News", berlin)
    del file
    marks = Parts(tmp_path / "a.xml.parts").folder / "marks/category"
    for mark in (marks / str(berlin.id)).iterdir():
        mark.rename(marks / "0" / mark.name)
    (marks / str(berlin.id)).rmdir()
    again = ImportFile(tmp_path / "a.xml")
    assert category(again, "News", berlin).id == news.id
    top = category(again, "News")
    assert top.id not in (berlin.id, news.id)
    assert {at.id: at.parent for at in again.find(Kind.CATEGORY, "News")} == {
        top.id: 0,
        news.id: berlin.id,
    }
