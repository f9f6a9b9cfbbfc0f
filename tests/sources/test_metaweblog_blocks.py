"""Posts that a real WordPress keeps in the blocks of its editor: nothing of them is lost
in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.sources.metaweblog_stub import (
    PASSWORD,
    USER,
    answering,
    movable_type,
    mt_posts,
)
from tests.sources.test_metaweblog_wordpress import Writer, picture
from tests.wordpress import WordPress, start
from wizard.blog import Post
from wizard.content.cleaning import plain_text
from wizard.content.composing import compose
from wizard.content.fitting import fit
from wizard.credentials import Secret
from wizard.sources.metaweblog import MetaWeblog

DAY = datetime(2021, 5, 6)
STAYS = "What the old blog itself put into the post for every reader stays behind: "


def paragraph(words: str) -> str:
    return f"<!-- wp:paragraph -->\n<p>{words}</p>\n<!-- /wp:paragraph -->"


def shared(number: str) -> str:
    return f'<!-- wp:block {{"ref":{number}}} /-->'


def cover(url: str, inside: str) -> str:
    """With its picture as the ground of what stands on it."""
    return (
        f'<!-- wp:cover {{"url":"{url}","alt":"the sea","hasParallax":true}} -->\n'
        f'<div class="wp-block-cover" style="background-image:url({url})"><div>'
        f"{paragraph(inside)}</div></div>\n<!-- /wp:cover -->"
    )


@pytest.fixture(scope="module", params=["newest", "oldest"])
def site(request) -> Iterator[WordPress]:
    """A blog with posts of blocks that have no HTML of their own."""
    with start(request.param) as site:
        write = Writer(site)
        write("deletePost", 1)
        blue = write.picture("blue.png", "blue")
        url = blue["url"]
        inner = write.post("b", paragraph("inner words"), DAY, post_type="wp_block")
        outer = write.post(
            "a", f"{paragraph('outer')}\n{shared(inner)}", DAY, post_type="wp_block"
        )
        hidden = write.post(
            "c", "not out yet", DAY, post_type="wp_block", post_status="draft"
        )
        private = write.post("secret", "for me alone", DAY, post_status="private")
        loop = write.post("d", "round", DAY, post_type="wp_block")
        write("editPost", loop, {"post_content": f"round {shared(loop)}"})
        crowd = write.post("e", "crowd", DAY, post_type="wp_block")
        write("editPost", crowd, {"post_content": "crowd " + shared(crowd) * 40})
        note = {"id": "0f-1", "content": "See <em>there</em>."}
        marked = (
            '<sup data-fn="0f-1" class="fn"><a href="#0f-1" id="0f-1-link">1</a></sup>'
        )
        for title, html in {
            "shared": f"{shared(outer)} and {shared(outer)}",
            "unseen": f"a{shared(hidden)}b{shared(private)}c{shared('99999')}d",
            "round": shared(loop),
            "crowd": shared(crowd),
            "cover": cover(url, "on it"),
            "gallery": f'<!-- wp:gallery {{"ids":[{blue["id"]}]}} /-->',
            "links": '<!-- wp:social-links --><ul><!-- wp:social-link {"url":'
            '"https://x.example/?a\\u0026b","service":"x"} /--></ul><!-- /wp:social-links -->',
            "file": '<!-- wp:file --><div><a href="/a.pdf">a</a><a href="/a.pdf" '
            'class="wp-block-file__button">Download</a></div><!-- /wp:file -->',
            "made": f'{paragraph("x")}<!-- wp:latest-posts {{"n":3}} /-->',
        }.items():
            write.post(title, html, DAY)
        write.post(
            "notes",
            f"{paragraph(f'Words{marked}')}\n<!-- wp:footnotes /-->",
            DAY,
            custom_fields=[{"key": "footnotes", "value": json.dumps([note])}],
        )
        yield site


@pytest.fixture
def posts(site) -> Iterator[dict[str, Post]]:
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    yield {post.title: fit(post) for post in source.posts()}
    source.close()


def test_a_block_that_posts_share_is_in_each_of_them(posts):
    words = plain_text(posts["shared"].html)
    assert words == "outer inner words and outer inner words"
    assert not [note for note in posts["shared"].notes if STAYS in note]


def test_what_no_reader_saw_in_a_shared_block_is_not_in_the_post(posts):
    post = posts["unseen"]
    assert plain_text(post.html) == "abcd"
    assert f"{STAYS}a block that several posts share. If" in " ".join(post.notes)
    # Its owner, who asks, could read it.
    assert "for me alone" in posts["secret"].html


def test_a_block_that_holds_itself_ends(posts):
    assert plain_text(posts["round"].html).count("round") == 4


def test_blocks_that_hold_many_of_each_other_end_before_they_are_millions(posts):
    assert 40 < plain_text(posts["crowd"].html).count("crowd") <= 200
    assert STAYS in " ".join(posts["crowd"].notes)


def test_the_picture_behind_words_comes_along(site, posts):
    (photo,) = posts["cover"].photos
    assert (photo.found, photo.alt) == (True, "the sea")
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    assert source.read(photo) == picture("blue")
    source.close()
    assert plain_text(posts["cover"].html) == "on it"
    (photo,) = posts["gallery"].photos
    assert photo.address.endswith("blue.png")


def test_footnotes_stand_where_they_stood_and_lead_back(posts):
    html = compose(posts["notes"], {}, blocks=True)
    assert "See <em>there</em>." in html
    for name in ("0f-1", "0f-1-link"):
        assert html.count(f'href="#{name}"') == html.count(f'id="{name}"') == 1


def test_links_that_are_only_a_name_are_links(posts):
    html = compose(posts["links"], {})
    assert '<a href="https://x.example/?a&amp;b">x</a>' in html


def test_a_file_and_its_button_are_two_links(posts):
    assert plain_text(posts["file"].html) == "a Download"


def test_what_is_made_anew_for_every_reader_is_told(posts):
    assert f"{STAYS}latest posts. If you need it, add it at the new blog." in (
        posts["made"].notes
    )


def test_a_wordpress_that_cannot_be_asked_has_what_its_texts_say_themselves():
    text = f"{cover('http://old.example/sea.jpg', 'on it')}{shared('12')}"
    with answering(movable_type(mt_posts(1, description=text))) as blog:
        source = MetaWeblog(blog.url + "/blog/", USER, Secret(PASSWORD))
        (post,) = map(fit, source.posts())
        source.close()
    assert [photo.address for photo in post.photos] == ["http://old.example/sea.jpg"]
    assert f"{STAYS}a block that several posts share. If" in " ".join(post.notes)
