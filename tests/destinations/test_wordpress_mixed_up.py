"""Answers of a moment ago, or to what somebody else has asked: not believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.destinations.wordpress_case import Case, plugged, said
from wizard.blog import Status
from wizard.destinations import Kind, NewTerm, print_of
from wizard.errors import Ambiguous

# Whatever is asked, the answer to this ROUTE is changed so, every time.
ANSWERS = """
add_filter('rest_post_dispatch', function ($reply, $server, $request) {
    $told = $reply->get_data();
    if ($request->get_method() === 'POST' && empty($told['code'])
        && preg_match('#ROUTE#', $request->get_route())) { CHANGE $reply->set_data($told); }
    return $reply;
}, 10, 3);
"""


def answering(route: str, change: str) -> str:
    return ANSWERS.replace("ROUTE", route).replace("CHANGE", change)


@pytest.mark.parametrize("kind", [Kind.CATEGORY, Kind.TAG])
def test_the_answer_about_another_term_is_not_taken_for_ours(
    case: Case, kind: Kind
) -> None:
    """A post would have got that one in place of its own."""
    terms = "/(categories|tags)$"
    other = case.blog.create(NewTerm(kind, "Sea"), "Sea")
    another = f"$told['id'] = {other.id}; $told['name'] = 'Sea';"
    with plugged(case, answering(terms, another)):
        made = case.blog.create(NewTerm(kind, "Été"), "Été")
    assert (
        [made.id] == [found.id for found in case.blog.find(kind, "Été")] != [other.id]
    )
    case.blog.delete(made)
    # Nor does the list know of it yet.
    empty = answering(terms, "$told = [];").replace("=== 'POST'", "=== 'GET'")
    with (
        plugged(case, answering(terms, another)),
        plugged(case, empty),
        pytest.raises(Ambiguous),
    ):
        case.blog.create(NewTerm(kind, "Été"), "Été")
    for left in (*case.blog.find(kind, "Été"), other):
        case.blog.delete(left)


def test_a_category_in_another_place_is_not_ours_either(case: Case) -> None:
    high = case.blog.create(NewTerm(Kind.CATEGORY, "High"), "High")
    below = NewTerm(Kind.CATEGORY, "Low", parent=high.id)
    with plugged(case, answering("/categories$", "$told['parent'] = 0;")):
        made = case.blog.create(below, "Low")
    assert made.parent == high.id
    case.blog.delete(made)
    case.blog.delete(high)


def test_a_name_that_the_blog_tidies_up_is_ours_all_the_same(case: Case) -> None:
    tidy = "add_filter('pre_insert_term', fn($name) => str_replace('\"', '', $name));"
    with plugged(case, tidy):
        made = case.blog.create(NewTerm(Kind.TAG, 'Say "yes"'), 'Say "yes"')
        assert case.there(f"tags/{made.id}")["name"] == "Say yes"
        assert len(case.there("tags", search="Say")) == 1
    case.blog.delete(made)


@pytest.mark.parametrize(
    "change",
    [
        "$told['content']['raw'] = 'Older words';",
        "$told['status'] = 'hold';",
    ],
)
def test_what_a_comment_was_a_moment_ago_is_not_believed(
    case: Case, change: str
) -> None:
    post = case.open_post("md-older")
    made = case.blog.create(said(post), "md-older-1")
    with plugged(case, answering("/comments", change)):
        with pytest.raises(Ambiguous):
            case.blog.update(made, said(post), "md-older-1")
        with pytest.raises(Ambiguous):
            case.blog.create(said(post, "Others"), "md-older-2")


def test_nor_that_it_still_bears_what_made_it_pass(case: Case) -> None:
    """Here each answer to a change and each look at it are of a moment ago."""
    post = case.open_post("md-old")
    made = case.blog.create(said(post), "md-old-1")
    older = """
add_filter('rest_post_dispatch', function ($reply, $server, $request) {
    $told = $reply->get_data();
    if (preg_match('#/comments/[0-9]+$#', $request->get_route())) {
        $told['content']['raw'] = "Yes!\\n\\n{$told['author_user_agent']}";
        $reply->set_data($told);
    }
    return $reply;
}, 10, 3);
"""
    with plugged(case, older), pytest.raises(Ambiguous):
        case.blog.update(made, said(post), "md-old-1")


@pytest.mark.parametrize("title", ["Entry", "Tom & Jerry"])
def test_what_a_post_was_a_moment_ago_is_not_believed(case: Case, title: str) -> None:
    draft = case.post("md-post", title=title)
    words = f"<p>{title}</p><!-- moving-day:md-post -->".replace("&", "&amp;")
    now = case.blog.read(draft)
    assert now
    new = replace(now, html=words, status=Status.PRIVATE, slug="entry")
    for change in (
        "$told['status'] = 'draft';",
        "$told['content']['raw'] = '<p>Words</p><!-- moving-day:md-post -->';",
    ):
        with plugged(case, answering("/posts", change)), pytest.raises(Ambiguous):
            case.blog.update(draft, new, "md-post")
        with plugged(case, answering("/posts", change)), pytest.raises(Ambiguous):
            case.blog.rewrite(draft, new, "md-post")
    assert case.blog.update(draft, new, "md-post").print


def test_what_the_blog_makes_of_words_is_believed(case: Case) -> None:
    """Of each thing once more: the answer to a change, and how it stands then."""
    post = case.open_post("md-louder")
    louder = """
add_filter('preprocess_comment', fn($it) =>
    ['comment_content' => strtoupper($it['comment_content'])] + $it);
add_filter('rest_preprocess_comment', fn($it) =>
    ['comment_content' => strtoupper($it['comment_content'] ?? '')] + $it);
add_filter('wp_insert_post_data', fn($it) =>
    ['post_title' => strtoupper($it['post_title'])] + $it);
"""
    with plugged(case, louder):
        comment = case.blog.create(said(post), "md-louder-1")
        new = case.blog.read(post)
        assert new
        changed = case.blog.update(post, replace(new, title="Hush"), "md-louder")
    assert comment.print == print_of(said(post, "YES!"))
    now = case.blog.read(post)
    assert now
    assert now.title == "HUSH"
    assert changed.print == print_of(now)
