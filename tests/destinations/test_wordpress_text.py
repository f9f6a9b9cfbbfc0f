"""Whatever people wrote is read back at a real WordPress, letter for letter."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.destinations.texts import PIECES, TEXTS
from tests.destinations.wordpress_case import DATE, Case, picture, plugged, said
from wizard.blog import Comment, Photo, Post, Status
from wizard.content.cleaning import clean_comment, plain_text
from wizard.content.composing import compose
from wizard.content.fitting import fit
from wizard.destinations import Kind, NewPost, NewTerm, Remote

BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module", params=["wordpress", "oldest_wordpress"])
def place(request: pytest.FixtureRequest) -> Iterator[tuple[Case, Remote, Remote]]:
    """A blog, with a post that takes comments and a photo."""
    case = Case(request.getfixturevalue(request.param))
    post = case.open_post("md-text")
    yield case, post, case.blog.create(picture("t.png", post=post.id), "md-text-1")
    case.tidy()


@BOUNDED
@given(TEXTS)
@example("C:\\temp\\new & [brackets] <b>1 < 2</b> %20 \\")
@example("0")
@example("".join(PIECES))
def test_a_post_is_read_back_letter_for_letter(
    place: tuple[Case, Remote, Remote], text: str
) -> None:
    case, remote, _ = place
    said = html.escape(text)
    code = f"<pre>  a\n\n\tb  {said}  \n</pre>"
    post = fit(Post("k", text, f"<p>{said}</p>{code}", DATE, excerpt=said))
    new = NewPost(
        post.title,
        compose(post, {}, "md-text"),
        DATE,
        Status.PRIVATE,
        slug="md-text",
        excerpt=clean_comment(post.excerpt),
    )
    case.blog.update(remote, new, "md-text")
    now = case.blog.read(remote)
    assert now
    assert (now.title, now.html, now.excerpt) == (new.title, new.html, new.excerpt)
    shown = case.there(f"posts/{remote.id}")
    assert html.unescape(shown["title"]["raw"]) == post.title
    # And what was made of it here says the same as the person did.
    assert _bare(plain_text(now.html)) == _bare(plain_text(post.html))
    assert _bare(html.unescape(code[5:-6])) in _bare(plain_text(now.html))


@BOUNDED
@given(TEXTS, TEXTS)
@example("C:\\temp\\new", "\\o/ & <3 [x] %20")
@example("0", "0")
def test_a_comment_is_read_back_letter_for_letter(
    place: tuple[Case, Remote, Remote], author: str, words: str
) -> None:
    case, home, _ = place
    comment = Comment("c", author, f"<p>{html.escape(words)}</p>", DATE)
    fitted = fit(Post("k", "t", "", DATE, comments=(comment,))).comments[0]
    new = said(
        home,
        clean_comment(fitted.html) or "…",
        author=fitted.author.strip() or "Anonymous",
    )
    made = case.blog.create(new, "md-text-comment")
    row = case.there(f"comments/{made.id}")
    # WordPress writes the numbers of references with three digits.
    written = row["content"]["raw"].replace("&#0", "&#")
    assert written == new.html or html.unescape(written) == new.html == "0"
    assert _one_line(html.unescape(row["author_name"])) == _one_line(new.author)
    case.blog.delete(made, for_good=True)


@BOUNDED
@given(TEXTS, st.sampled_from([Kind.CATEGORY, Kind.TAG]))
@example("C:\\temp\\new", Kind.CATEGORY)
@example("0", Kind.TAG)
@example("a %20 b & <c>", Kind.TAG)
def test_a_term_is_read_back_letter_for_letter(
    place: tuple[Case, Remote, Remote], text: str, kind: Kind
) -> None:
    case, _, _ = place
    for name in fit(Post("k", "t", "", DATE, tags=(text,))).tags:
        made = case.blog.create(NewTerm(kind, name), name)
        (found,) = case.blog.find(kind, name)
        assert found.id == made.id
        route = "categories" if kind is Kind.CATEGORY else "tags"
        shown = case.there(f"{route}/{made.id}")["name"]
        assert html.unescape(shown) == name
        case.blog.delete(made)


@BOUNDED
@given(TEXTS, TEXTS)
@example("C:\\temp\\new", "\\o/ & <3 [x] %20")
@example("&amp; <b> %20", "0")
def test_what_is_said_of_a_photo_is_read_back_letter_for_letter(
    place: tuple[Case, Remote, Remote], alt: str, caption: str
) -> None:
    case, _, remote = place
    wrote = Photo("p", True, alt=alt, caption=caption)
    photo = fit(Post("k", "t", "", DATE, photos=(wrote,))).photos[0]
    new = replace(picture("t.png"), alt=photo.alt, caption=photo.caption)
    case.blog.update(remote, new, "md-text-1")
    row = case.there(f"media/{remote.id}")
    assert _bare(html.unescape(row["alt_text"])) == _bare(photo.alt)
    assert html.unescape(row["caption"]["raw"]) == photo.caption


def _bare(text: str) -> str:
    return "".join(text.split())


def _one_line(text: str) -> str:
    return " ".join(text.split())


# A database of before 2015. WordPress itself writes emoji as references there; of any
# other letter of four bytes it says that it could not store the row, or nothing at all.
OLD_DATABASE = r"""
function has_four($text) { return preg_match('/[\x{10000}-\x{10FFFF}]/u', (string) $text); }
add_filter('rest_pre_insert_post', function ($post, $request) {
    $all = ($post->post_title ?? '') . ($post->post_content ?? '') . ($post->post_excerpt ?? '');
    $code = empty($post->ID) ? 'db_insert_error' : 'db_update_error';
    return has_four($all) ? new WP_Error($code, 'Could not.', ['status' => 500]) : $post;
}, 10, 2);
add_filter('rest_pre_insert_attachment', function ($post, $request) {
    return has_four(($post->post_title ?? '') . ($post->post_excerpt ?? ''))
        ? new WP_Error('db_insert_error', 'Could not.', ['status' => 500]) : $post;
}, 10, 2);
add_filter('pre_insert_term', fn($name) => has_four($name)
    ? new WP_Error('db_insert_error', 'Could not.') : $name);
add_filter('update_post_metadata', fn($done, $id, $key, $value) =>
    has_four($value) ? true : $done, 10, 4);
add_filter('add_post_metadata', fn($done, $id, $key, $value) =>
    has_four($value) ? true : $done, 10, 4);
"""


def test_letters_that_an_old_database_cannot_hold_arrive_in_another_way(
    newest: Case,
) -> None:
    rare = "\U00020000 and \U00020001"
    told = "&#x20000; and &#x20001;"
    with plugged(newest, OLD_DATABASE):
        post = newest.post("md-rare", title=rare, excerpt=rare)
        new = NewPost(rare, f"<p>{rare}</p>", DATE, Status.PUBLISH, excerpt=rare)
        newest.blog.update(post, new, "md-rare")
        row = newest.there(f"posts/{post.id}")
        assert row["title"]["raw"] == told
        assert row["content"]["raw"] == f"<p>{told}</p>"
        assert row["excerpt"]["raw"] == told
        now = newest.blog.read(post)
        assert now
        assert now.title == rare
        tag = newest.blog.create(NewTerm(Kind.TAG, rare), rare)
        assert newest.there(f"tags/{tag.id}")["name"] == told
        assert [found.id for found in newest.blog.find(Kind.TAG, rare)] == [tag.id]
        for mark, words in (("md-rare-1", rare), ("md-rare-2", "plain")):
            shot = replace(
                picture(f"{mark}.png", post=post.id), alt=rare, caption=words
            )
            photo = newest.blog.create(shot, mark)
            row = newest.there(f"media/{photo.id}")
            assert html.unescape(row["alt_text"]) == rare
            assert html.unescape(row["caption"]["raw"]) == words
