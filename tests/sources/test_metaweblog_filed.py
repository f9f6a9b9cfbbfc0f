"""The categories of posts that come without: asked for, told of, never taken for none."""

from __future__ import annotations

from xmlrpc.client import Fault

import pytest

from tests.sources.metaweblog_stub import answering, movable_type, mt_posts
from tests.sources.test_metaweblog import ask
from wizard.sources.metaweblog.filed import NOTHING_TOLD


def test_the_categories_of_each_post_are_asked_for_where_posts_come_without():
    posts = mt_posts(3)
    posts[0]["categories"] = []
    blog = movable_type(posts)
    news = {"categoryName": "News", "parentId": "0"}
    tree = [
        {**news, "categoryId": "1", "categoryName": "Berlin"},
        {**news, "categoryId": "2", "parentId": "1"},
        {**news, "categoryId": "3"},
    ]
    blog.methods["metaWeblog.getCategories"] = lambda *_: tree
    posts[2]["categories"] = [{"categoryId": "2", "categoryName": "News"}]
    posts[1]["categories"] = [{"categoryId": "3", "categoryName": "News"}]
    with answering(blog):
        source = ask(blog.url + "/blog/")
        assert [post.categories for post in source.posts()] == [
            ("Berlin → News",),
            ("News",),
            (),
        ]
        assert not any("categories" in note for note in source.blog().notes)
        source.close()


def test_a_server_that_does_not_say_what_it_can_do_is_tried():
    blog = movable_type(mt_posts(2))
    del blog.methods["mt.supportedMethods"]
    with answering(blog):
        source = ask(blog.url + "/blog/")
        assert [post.categories for post in source.posts()] == [("Garten", "Hof")] * 2
        source.close()


@pytest.mark.parametrize("says", [True, False])
def test_a_server_that_tells_no_categories_at_all_is_asked_once_and_that_is_said(
    says: bool,
):
    blog = movable_type(mt_posts(3))
    del blog.methods["mt.getPostCategories"]
    if not says:
        del blog.methods["mt.supportedMethods"]
    with answering(blog):
        source = ask(blog.url + "/blog/")
        posts = list(source.posts())
        assert [post.categories for post in posts] == [()] * 3
        assert all(not post.notes and not post.unsure for post in posts)
        assert NOTHING_TOLD in source.blog().notes
        source.close()
    assert blog.asked("mt.getPostCategories") == (0 if says else 1)


def test_a_post_whose_categories_are_not_told_is_not_taken_for_one_without():
    blog = movable_type(mt_posts(3))
    told = blog.methods["mt.getPostCategories"]

    def some(key: str, user: str, password: str) -> object:
        if key == "2":
            raise Fault(1, "out of order")
        return told(key, user, password)

    blog.methods["mt.getPostCategories"] = some
    with answering(blog):
        source = ask(blog.url + "/blog/")
        one, two, three = source.posts()
        source.close()
    assert one.categories == three.categories == ("Garten", "Hof")
    assert (two.categories, two.unsure) == ((), ("categories",))
    assert "out of order" in two.notes[0]
