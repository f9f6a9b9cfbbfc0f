"""What a blog's answers say becomes posts and comments, none more visible than before."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape

import pytest

from wizard.blog import Photo, Post, Status
from wizard.content.cleaning import plain_text
from wizard.content.composing import compose
from wizard.sources.metaweblog.library import number_of
from wizard.sources.metaweblog.posts import comments_from, post_from
from wizard.sources.metaweblog.tree import tree_from


def never(address: str) -> bool:
    raise AssertionError("the state is told")


def wp_post(**more: object) -> Post | None:
    struct = {
        "post_id": "5",
        "post_title": "A &amp; B",
        "post_content": "one\ntwo",
        "post_status": "publish",
        "post_date": datetime(2010, 1, 2, 8),
        "post_date_gmt": datetime(2010, 1, 2, 0),
        "post_name": "%e6%97%a5",
        "link": "https://blog.example/5/",
    }
    return post_from({**struct, **more}, "https://blog.example/", never)


def test_a_post_of_wordpress_keeps_its_moment_slug_and_line_breaks():
    post = wp_post()
    assert post
    assert post.date == datetime(2010, 1, 2, tzinfo=UTC)
    assert (post.title, post.slug, post.html) == ("A & B", "日", "<p>one<br>two</p>")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("publish", Status.PUBLISH),
        ("draft", Status.DRAFT),
        ("pending", Status.PENDING),
        ("private", Status.PRIVATE),
        ("future", Status.FUTURE),
        ("members-only", Status.PRIVATE),
    ],
)
def test_nothing_becomes_more_visible_than_it_was(said, status):
    post = wp_post(post_status=said)
    assert post
    assert post.status is status
    assert bool(post.notes) is (said == "members-only")


def test_a_post_with_a_password_becomes_private_with_a_note():
    post = wp_post(post_password="x")
    assert post
    assert post.status is Status.PRIVATE
    assert "password" in post.notes[0]


def test_a_post_that_waits_for_its_day_keeps_waiting():
    post = wp_post(post_date_gmt=datetime(2999, 1, 1))
    assert post
    assert post.status is Status.FUTURE
    unzoned = wp_post(post_date_gmt=None, post_date=datetime(2999, 1, 1))
    assert unzoned
    assert unzoned.status is Status.FUTURE


def test_the_picture_beside_a_post_is_integrated_once():
    picture = {"link": "https://blog.example/x.jpg", "caption": "Us"}
    post = wp_post(post_thumbnail=picture)
    assert post
    assert post.photos == (
        Photo("https://blog.example/x.jpg", True, integrated=True, caption="Us"),
    )
    inside = wp_post(post_thumbnail=picture, post_content='<img src="/x.jpg">')
    assert inside
    assert [photo.integrated for photo in inside.photos] == [False]
    none = wp_post(post_thumbnail=[])
    assert none
    assert none.photos == ()


@pytest.mark.parametrize(
    ("told", "caption", "alt"),
    [
        ({"caption": "Tom &amp; <em>Jerry</em>\n&lt;3"}, "Tom & Jerry <3", ""),
        ({"caption": "Ben & Jerry"}, "Ben & Jerry", ""),
        ({"caption": " <br> ", "alt": "Us &amp; them"}, "", "Us & them"),
        ({"caption": "<!-- -->", "alt": "1 < 2"}, "", "1 < 2"),
        ({"caption": None, "alt": 7}, "", "7"),
    ],
)
def test_words_about_the_picture_beside_a_post_are_read_as_what_they_mean(
    told: dict[str, object], caption: str, alt: str
):
    post = wp_post(post_thumbnail={"link": "https://blog.example/x.jpg", **told})
    assert post
    (photo,) = post.photos
    assert (photo.caption, photo.alt) == (caption, alt)


def test_a_number_without_end_is_not_the_number_of_a_picture():
    assert number_of({"attachment_id": "12"}) == "12"
    assert number_of({"attachment_id": "9" * 5000}) == ""


# As the editor of WordPress wrote them, from its first years on.
IN_BLOCKS = """<!-- wp:paragraph {"dropCap":true} -->
<p class="has-drop-cap">Once</p>
<!-- /wp:paragraph -->

<!-- wp:core-embed/vimeo {"url":"https://vimeo.com/12"} -->
<figure class="wp-block-embed-vimeo wp-block-embed"><div class="wp-block-embed__wrapper">
https://vimeo.com/12
</div><figcaption>Our film</figcaption></figure>
<!-- /wp:core-embed/vimeo -->

<!-- wp:more {"customText":"Read on"} -->
<!--more Read on-->
<!-- /wp:more -->

<!-- wp:pullquote -->
<figure class="wp-block-pullquote"><blockquote><p>Wise</p><cite>Ann</cite></blockquote></figure>
<!-- /wp:pullquote -->

<!-- wp:verse -->
<pre class="wp-block-verse">Two
  lines</pre>
<!-- /wp:verse -->

<!-- wp:nextpage -->
<!--nextpage-->
<!-- /wp:nextpage -->

<!-- wp:columns -->
<div class="wp-block-columns"><!-- wp:column -->
<div class="wp-block-column"><!-- wp:paragraph -->
<p>Left</p>
<!-- /wp:paragraph --></div>
<!-- /wp:column -->

<!-- wp:column -->
<div class="wp-block-column"><!-- wp:image {"align":"right"} -->
<div class="wp-block-image"><figure class="alignright size-large"><img src="https://x.example/1.png" alt=""/><figcaption>Shot</figcaption></figure></div>
<!-- /wp:image --></div>
<!-- /wp:column --></div>
<!-- /wp:columns -->"""


def test_of_a_post_written_in_blocks_no_word_is_lost_and_most_keeps_its_kind():
    post = wp_post(post_content=IN_BLOCKS)
    assert post
    html = compose(post, {}, blocks=True)
    assert plain_text(html) == (
        "Once https://vimeo.com/12 Our film Wise Ann Two lines Left Shot"
    )
    assert re.findall(r"<!-- wp:([\w-]+)", html) == [
        "paragraph",
        "embed",
        "more",
        "pullquote",
        "verse",
        "nextpage",
        "paragraph",
        "image",
    ]
    assert "<!--more Read on-->" in html
    assert '"align":"right"' in html


@pytest.mark.parametrize(
    "struct", [{}, {"post_id": ""}, {"postid": None}, {"postid": []}]
)
def test_what_has_no_id_is_no_post(struct):
    assert post_from(struct, "https://blog.example/", never) is None


def comment(key: str, **more: object) -> dict:
    struct = {
        "comment_id": key,
        "status": "approve",
        "type": "comment",
        "content": "Hi\nthere",
        "author": "Tom &amp; Ann",
        "author_url": "https://t.example",
        "author_email": "t@t.example",
        "parent": "0",
        "date_created_gmt": datetime(2010, 1, 1, 0, int(key)),
    }
    return {**struct, **more}


def test_an_answer_to_a_comment_that_is_not_shown_stands_in_its_place_and_is_told():
    structs = [
        comment("1"),
        comment("2", parent="1", status="hold"),
        comment("3", parent="2"),
        comment("4", parent="3"),
        comment("5", status="hold"),
        comment("6", parent="5"),
        comment("7", parent="99"),
    ]
    comments, held, notes = comments_from(structs)
    assert {c.key: c.parent for c in comments} == {
        "1": None,
        "3": "1",
        "4": "3",
        "6": None,
        "7": None,
    }
    assert held == ("2", "5")
    assert any(note.startswith("3 comments answer one that the old") for note in notes)
    assert not any("99" in note for note in notes)
    _, _, notes = comments_from([comment("1"), comment("2", parent="1")])
    assert notes == [], "the control"


def test_comments_come_in_order_with_all_they_have():
    comments, _, notes = comments_from([comment("2", parent="1"), comment("1")])
    assert [c.key for c in comments] == ["1", "2"]
    assert comments[1].parent == "1"
    assert comments[0].parent is None
    assert comments[0].author == "Tom & Ann"
    assert comments[0].email == "t@t.example"
    assert comments[0].url == "https://t.example"
    assert comments[0].html == "<p>Hi<br>there</p>"
    assert comments[0].date == datetime(2010, 1, 1, 0, 1, tzinfo=UTC)
    assert notes == []


def test_comments_of_one_second_come_by_their_numbers():
    keys, then = ["8", "9", "10", "11"], datetime(2010, 1, 1)
    structs = [comment(key, date_created_gmt=then) for key in reversed(keys)]
    comments, _, _ = comments_from(structs)
    assert [each.key for each in comments] == keys


def test_comments_that_were_never_approved_stay_and_are_counted():
    structs = [comment("1", status="hold"), comment("2", parent="1")]
    structs += [comment("3", type="pingback"), comment("4", type="order_note")]
    comments, held, notes = comments_from(structs)
    told = [(c.key, c.parent, c.ping) for c in comments]
    assert told == [("2", None, ""), ("3", None, "pingback")]
    assert held == ("1",), "it may have been approved when it moved"
    assert len(notes) == 3, "one of them tells of the answer to the first"
    assert all("1" in note for note in notes)


@pytest.mark.parametrize(
    ("said", "closed", "pings"),
    [
        ({}, False, False),
        ({"comment_status": "open", "ping_status": "open"}, False, True),
        ({"comment_status": "closed", "ping_status": "closed"}, True, False),
        ({"comment_status": "registered_only"}, False, False),
        ({"mt_allow_comments": 1, "mt_allow_pings": 1}, False, True),
        ({"mt_allow_comments": 0, "mt_allow_pings": 0}, True, False),
        ({"mt_allow_comments": "2", "mt_allow_pings": "1"}, True, True),
        ({"mt_allow_comments": False}, True, False),
        ({"mt_allow_comments": ""}, False, False),
    ],
)
def test_who_may_still_say_something_is_as_the_blog_says(said, closed, pings):
    post = wp_post(**said)
    assert post
    assert (post.closed, post.pings) == (closed, pings)


def test_only_what_is_said_to_be_sticky_is():
    for said, sticky in (
        ({"sticky": True}, True),
        ({"sticky": "no"}, False),
        ({}, False),
    ):
        post = wp_post(**said)
        assert post
        assert post.sticky is sticky


def test_the_author_is_named_as_people_know_them():
    names = {"7": "Mei &amp; Co"}
    for said, author in (
        ({"post_author": "7"}, "Mei & Co"),
        ({"wp_author_id": 7, "wp_author_display_name": "M"}, "Mei & Co"),
        ({"userid": "9", "wp_author_display_name": "Tom"}, "Tom"),
        ({"post_author": "9"}, ""),
        ({"author": "tom@t.example"}, "tom@t.example"),
    ):
        struct = {"post_id": "5", "post_status": "publish", **said}
        post = post_from(struct, "https://blog.example/", never, names)
        assert post
        assert post.author == author


def test_the_tree_of_categories_is_read_from_either_interface():
    terms = [
        {"term_id": "1", "name": "Travel", "parent": "0"},
        {"term_id": "2", "name": "Tom &amp; me", "parent": "1", "description": "x"},
        {"term_id": "3", "name": "Lost", "parent": "99"},
    ]
    assert tree_from(terms).parents == (("Tom & me", "Travel"),)
    categories = [
        {"categoryId": "1", "categoryName": "Travel", "parentId": "0"},
        {"categoryId": 2, "description": "China", "parentId": 1},
    ]
    assert tree_from(categories).parents == (("China", "Travel"),)


@pytest.mark.parametrize(
    "name", ['"quoted"', "a, b", "R&D", "<b>", "&amp;", "C:\\x", '"']
)
def test_the_names_of_terms_keep_every_letter(name: str):
    written = escape(name, quote=False)
    terms = [
        {"term_id": str(number), "name": written, "taxonomy": taxonomy}
        for number, taxonomy in enumerate(("category", "post_tag"))
    ]
    post = wp_post(terms=terms)
    assert post
    assert (post.categories, post.tags) == ((name,), (name,))
    listed = {"postid": "5", "post_status": "publish", "categories": [written]}
    post = post_from(listed, "https://blog.example/", never)
    assert post
    assert post.categories == (name,)


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ('Rose, "Tulpe",,Rose', ("Rose", "Tulpe")),
        ('"a, b", c', ("a, b", "c")),
        ('say "yes", "', ('say "yes"', '"')),
        (["a, b", '"c"'], ("a, b", '"c"')),
        (" , ,", ()),
    ],
)
def test_tags_in_a_list_are_told_apart_by_commas(said: object, tags: tuple[str, ...]):
    struct = {"postid": "5", "post_status": "publish", "mt_keywords": said}
    post = post_from(struct, "https://blog.example/", never)
    assert post
    assert post.tags == tags


def test_a_wordpress_puts_no_quotation_marks_around_a_tag_of_its_own():
    struct = {"postid": "5", "post_status": "publish", "wp_slug": "x"}
    post = post_from(
        {**struct, "mt_keywords": '"b", c'}, "https://blog.example/", never
    )
    assert post
    assert post.tags == ('"b"', "c")
