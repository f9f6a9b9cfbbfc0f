"""What WordPress makes of a post in blocks: the same page as of classic HTML, whoever sent it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import requests
from lxml import html as tree

from tests.block_editor import BlockEditor
from tests.content.test_block_editor import MARKER, PLACED, POSTS, composed, post_of
from tests.wordpress import WordPress
from wizard.content.cleaning import plain_text
from wizard.content.composing import compose
from wizard.content.editor_blocks import embeds

# Of a page with a video nothing is to be asked: the answer is that there is none.
NO_VIDEOS = (
    "add_filter('pre_oembed_result', fn($html, $url) => \"<p>$url</p>\", 10, 2);"
)


def stored(site: WordPress, role: str, html: str) -> dict[str, Any]:
    """The content of a post with this text, sent by an account with this role."""
    posts = f"{site.url}/index.php?rest_route=/wp/v2/posts"
    with requests.Session() as session:
        session.auth = site.users[role]
        sent = {"title": "t", "content": html, "status": "draft"}
        made = session.post(f"{posts}&context=edit", json=sent, timeout=60).json()
        session.delete(f"{posts}/{made['id']}&force=true", timeout=60)
    content: dict[str, Any] = made["content"]
    return content


@pytest.fixture(params=["newest", "oldest"])
def site(request: pytest.FixtureRequest) -> WordPress:
    name = "wordpress" if request.param == "newest" else "oldest_wordpress"
    found: WordPress = request.getfixturevalue(name)
    return found


def pictures(html: str) -> Counter[str]:
    page = tree.fragment_fromstring(html, create_parent="div")
    return Counter(map(str, page.xpath("//img/@src")))


def sent(*, in_blocks: bool) -> str:
    """All kinds of posts, one after the other, apart from what only can be heard."""
    olds = [old for old in POSTS if "<audio" not in old]
    able = [post_of(old) for old in olds if "<!-- wp:" in composed(old)]
    texts = [compose(post, PLACED, MARKER, blocks=in_blocks) for post in able]
    return "\n\n".join(texts)


def test_readers_see_the_same_as_of_classic_html(site: WordPress) -> None:
    plugin = site.plug_in(NO_VIDEOS)
    try:
        classic, blocks = (
            stored(site, "administrator", sent(in_blocks=in_blocks))["rendered"]
            for in_blocks in (False, True)
        )
    finally:
        plugin.unlink()
    assert "<!-- wp:" not in blocks
    assert words(blocks) == words(classic)
    assert pictures(blocks) == pictures(classic)


def words(html: str) -> Counter[str]:
    return Counter(plain_text(html).split())


@pytest.mark.parametrize("role", ["administrator", "editor"])
def test_what_is_sent_is_kept(site: WordPress, role: str) -> None:
    html = sent(in_blocks=True)
    assert stored(site, role, html)["raw"] == html


def test_what_is_kept_of_an_author_without_rights_to_write_html_is_valid(
    wordpress: WordPress, editor: BlockEditor
) -> None:
    """WordPress writes every tag of theirs anew, in its own spelling."""
    html = sent(in_blocks=True)
    kept = stored(wordpress, "author", html)["raw"]
    assert kept != html
    before, after = editor.read([html, kept])
    assert not after.invalid
    assert after.names == before.names
    assert kept.count(MARKER) == html.count(MARKER)


def test_wordpress_knows_every_page_that_we_make_an_embed_of(site: WordPress) -> None:
    pages = [
        "https://www.youtube.com/watch?v=abcdefgh",
        "https://youtu.be/abcdefgh",
        "https://vimeo.com/12",
        "https://www.dailymotion.com/video/x1",
        "https://dai.ly/x1",
        "https://www.ted.com/talks/a",
        "https://wordpress.tv/2010/a",
        "https://animoto.com/play/a",
        "https://www.kickstarter.com/projects/1/a",
        "https://www.flickr.com/photos/a/1",
        "https://flic.kr/p/a",
        "https://soundcloud.com/a/b",
        "https://www.scribd.com/doc/1/a",
        "https://www.mixcloud.com/a/b",
        "https://open.spotify.com/track/a",
        "https://www.reverbnation.com/a",
        "https://speakerdeck.com/a/b",
        "https://issuu.com/a/docs/b",
    ]
    assert all(map(embeds.embed, pages))
    known = site.plug_in(
        "add_action('rest_api_init', fn() => register_rest_route('t/v1', 'knows', ["
        "'permission_callback' => '__return_true', 'callback' => fn($asked) => (bool)"
        "_wp_oembed_get_object()->get_provider($asked['url'], ['discover' => false])]));"
    )
    try:
        for page in pages:
            answer = requests.get(
                f"{site.url}/index.php",
                params={"rest_route": "/t/v1/knows", "url": page},
                timeout=60,
            )
            assert answer.json() is True, page
    finally:
        known.unlink()
