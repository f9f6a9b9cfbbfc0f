"""What posts call the categories of a blog, so that each can be told from every other."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.blog import own_name
from wizard.sources.metaweblog.tree import Tree, tree_from


def tree(**terms: tuple[str, str]) -> Tree:
    """By id the name and the id of the one above."""
    return tree_from(
        {"term_id": number[1:], "name": name, "parent": above}
        for number, (name, above) in terms.items()
    )


def own(told: Tree) -> Mapping[str, str]:
    above = dict(told.parents)
    return {n: own_name(name, above.get(name, "")) for n, name in told.names.items()}


def test_names_are_names_as_long_as_there_is_only_one_of_each():
    told = tree(_1=("Travel", "0"), _2=("China", "1"), _3=("travels", "2"))
    assert told.names == {"1": "Travel", "2": "China", "3": "travels"}
    assert told.parents == (("China", "Travel"), ("travels", "China"))


def test_those_that_share_a_name_are_called_by_their_way():
    told = tree(
        _1=("Berlin", "8"), _2=("News", "1"), _3=("NEWS", "4"), _4=("Paris", "0"),
        _5=("news", "0"), _6=("Local", "2"), _7=("Berlin", "9"),
        _8=("Germany", "0"), _9=("USA", "0"), _10=("News", "7"),
    )  # fmt: skip
    assert told.names == {
        "1": "Germany → Berlin",
        "2": "Germany → Berlin → News",
        "3": "Paris → NEWS",
        "4": "Paris",
        "5": "news",
        "6": "Local",
        "7": "USA → Berlin",
        "8": "Germany",
        "9": "USA",
        "10": "USA → Berlin → News",
    }
    assert dict(told.parents)["Local"] == "Germany → Berlin → News"
    assert own(told)["10"] == "News"
    assert own(told)["3"] == "NEWS"


def test_a_name_that_looks_like_a_way_keeps_every_letter():
    names = {"_1": ("A", "0"), "_2": ("A → B", "1"), "_3": ("x → y", "0")}
    told = tree(**names)
    assert own(told) == {"1": "A", "2": "A → B", "3": "x → y"}


def test_a_tree_that_nobody_can_have_made_is_read_all_the_same():
    circle = tree(_1=("A", "2"), _2=("A", "1"), _3=("A", "3"), _4=("", "1"))
    assert set(circle.names) == {"1", "2", "3", "4"}
    deep = {f"_{n}": ("News", str(n - 1)) for n in range(1, 5_000)}
    told = tree(**deep)
    assert max(map(len, told.names.values())) <= 2000
    assert set(own(told).values()) == {"News"}
