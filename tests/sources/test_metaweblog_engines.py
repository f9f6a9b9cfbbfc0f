"""Posts are read as the software that tells them means them: titles, short names, texts."""

from __future__ import annotations

import pytest

from tests.sources.test_metaweblog_posts import never, wp_post
from wizard.sources.metaweblog.posts import post_from

# As BlogEngine.NET tells a post, and as WordPress does in the same call.
BLOGENGINE = {
    "postid": "5f1a",
    "title": "Nr 1",
    "description": "<p>Nr 1\nwrapped line</p>[caption]",
    "wp_slug": "nr-1",
    "mt_excerpt": "",
    "mt_allow_comments": "1",
    "mt_keywords": '"a, b"',
    "publish": True,
    "categories": [],
}


def test_a_blog_that_only_borrows_the_short_name_of_wordpress_keeps_its_html():
    post = post_from(BLOGENGINE, "https://blog.example/", never)
    assert post
    assert post.html == BLOGENGINE["description"]
    assert (post.slug, post.tags) == ("nr-1", ("a, b",))


@pytest.mark.parametrize("more", ["wp_password", "custom_fields", "wp_post_format"])
def test_a_wordpress_of_any_age_is_known_by_what_it_alone_sends(more: str):
    post = post_from({**BLOGENGINE, more: ""}, "https://blog.example/", never)
    assert post
    assert "Nr 1<br>wrapped line" in post.html


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Zweiter & <i>kursiv</i>", "Zweiter & kursiv"),
        ("Zweiter &amp; <EM class='x'>kursiv</EM>", "Zweiter & kursiv"),
        ('On <a href="https://x.example/?a&amp;b">a link</a>', "On a link"),
        ("One<br />Two <br> Three", "One Two Three"),
        ("H<sub>2</sub>O", "H2O"),
        # What is no tag, or was shown as one, is read as before.
        ("I <3 you", "I <3 you"),
        ("a < b and c > d", "a < b and c > d"),
        ("a<b and c>d", "a<b and c>d"),
        ("How &lt;i&gt; works", "How <i> works"),
        ("Say &amp;lt;i&amp;gt;", "Say &lt;i&gt;"),
        ("<Untitled>", "<Untitled>"),
        ("<bold>", "<bold>"),
    ],
)
def test_of_a_title_the_words_arrive_and_not_what_set_them(written: str, read: str):
    told = wp_post(post_title=written)
    movable = {"postid": "5", "post_status": "publish", "mt_keywords": ""}
    older = post_from({**movable, "title": written}, "https://blog.example/", never)
    assert told
    assert older
    assert (told.title, older.title) == (read, read)


def test_a_server_whose_titles_are_plain_text_keeps_every_sign():
    plain = {"postid": "5", "publish": True, "title": "What <b> means"}
    post = post_from(plain, "https://blog.example/", never)
    assert post
    assert post.title == "What <b> means"


@pytest.mark.parametrize(
    ("told", "slug"),
    [
        ({"mt_basename": "my_roses", "link": "/2008/other.html"}, "my_roses"),
        ({"link": "/2008/03/my_roses.html"}, "my_roses"),
        ({"permaLink": "/2008/03/my_roses/"}, "my_roses"),
        ({"link": "/2008/03/my_roses/index.php"}, "my_roses"),
        ({"link": "/archives/%E6%97%A5.html"}, "日"),
        # None of these is a name of the post alone.
        ({"link": "/archives/000123.html"}, ""),
        ({"link": "/2008_03.html#a123"}, ""),
        ({"link": "/mt.cgi?entry_id=5"}, ""),
        ({"link": "/"}, ""),
        ({}, ""),
    ],
)
def test_a_post_of_movable_type_keeps_its_short_name(told: dict[str, str], slug: str):
    home = "https://blog.example"
    links = {n: home + v if n.lower() != "mt_basename" else v for n, v in told.items()}
    struct = {"postid": "5", "post_status": "publish", "mt_keywords": "", **links}
    post = post_from(struct, home, never)
    assert post
    assert post.slug == slug


def test_where_movable_type_is_not_spoken_an_address_is_no_short_name():
    link = "https://blog.example/cns!2B!975.entry"
    struct = {"postid": "5", "publish": True, "link": link}
    post = post_from(struct, "https://blog.example/", never)
    assert post
    assert post.slug == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("markdown", "Markdown"),
        ("markdown_with_smartypants", "Markdown"),
        ("textile_2", "Textile"),
        ("__default__", ""),
        ("1", ""),
        ("0", ""),
    ],
)
def test_of_a_post_typed_in_signs_that_nobody_turns_into_html_that_is_said(
    said: str, name: str
):
    struct = {"postid": "5", "post_status": "publish", "mt_convert_breaks": said}
    struct |= {"description": "Some **bold** words"}
    post = post_from(struct, "https://blog.example/", never)
    assert post
    assert "**bold**" in post.html
    typed = [note for note in post.notes if "typed in" in note]
    assert len(typed) == bool(name)
    assert all(name in note for note in typed)


def test_text_of_the_editor_of_movable_type_is_html_already():
    struct = {"postid": "5", "post_status": "publish", "mt_convert_breaks": "richtext"}
    struct |= {"description": "<p>one\ntwo</p>"}
    post = post_from(struct, "https://blog.example/", never)
    assert post
    assert post.html == "<p>one\ntwo</p>"
