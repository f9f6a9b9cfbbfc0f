"""What WordPress's shortcodes stand for stands in the text, and all others stay words."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.sources.metaweblog_stub import (
    PASSWORD,
    USER,
    answering,
    movable_type,
    mt_posts,
)
from tests.sources.test_metaweblog_wordpress import Writer
from tests.wordpress import WordPress, start
from wizard.blog import Post
from wizard.content.composing import compose
from wizard.credentials import Secret
from wizard.sources.metaweblog import MetaWeblog
from wizard.sources.metaweblog.line_breaks import paragraphs
from wizard.sources.metaweblog.shortcodes import Shortcodes

# A file that nobody looks into.
FILE = """add_action('init', function () {
    if (!isset($_GET['file'])) return;
    exit((string) wp_insert_attachment(['post_mime_type' => 'audio/mpeg',
        'post_title' => 'A & B of ' . $_GET['file'], 'post_status' => 'inherit'],
        $_GET['file']));
});"""
TUBE = "https://www.youtube.com/watch?v=abc_efg-ijk"
# What is written, and the addresses of what is shown alone in the place of it.
SHOWN = {
    f"[embed]{TUBE}&t=43[/embed]": f"{TUBE}&t=43",
    f"[embed width='3']{TUBE}&amp;t=43[/embed]": f"{TUBE}&t=43",
    '[embed src="https://x.example/a,b?c=1&amp;d=2"]': "https://x.example/a,b?c=1&d=2",
    f"[youtube={TUBE}&w=320&h=240]": TUBE,
    f"[youtube {TUBE}&amp;t=43&amp;rel=0]": f"{TUBE}&t=43",
    '[youtube id="abc_efg-ijk" width="600"]': TUBE,
    "[youtube abc_efg-ijk]": TUBE,
    f"[youtube]{TUBE}[/youtube]": TUBE,
    "[vimeo 123456 w=500&h=280]": "https://vimeo.com/123456",
    "[vimeo http://vimeo.com/123456]": "http://vimeo.com/123456",
    "[audio http://a.example/b.mp3|titles=C]": "http://a.example/b.mp3",
    '[audio mp3="http://a.example/b.mp3"][/audio]': "http://a.example/b.mp3",
    '[video width="6" webm="//a.example/b.webm"][/video]': "http://a.example/b.webm",
    "[video src='https://vimeo.com/123456']": "https://vimeo.com/123456",
}
WORDS = (
    "[embed]no address[/embed]",
    "[embed]",
    "[audio] [video] [youtube] [vimeo me]",
    "[youtube description]",
    '[soundcloud url="https://x.example/"]',
    "[audiobooks] and [video-of-us]",
    '[audio src="javascript:alert(1)"]',
    '[playlist ids="1,2"]',
    "[1] see [the list]",
)


@pytest.fixture(scope="module")
def posts() -> Iterator[dict[str, Post]]:
    """A post of a WordPress for each text, by the text."""
    texts = (*SHOWN, *WORDS, "[[audio src='x']]", f"a\n{TUBE}\nb")
    structs = mt_posts(len(texts))
    with answering(movable_type(structs)) as blog:
        for text, struct in zip(texts, structs, strict=True):
            link = f"{blog.url}/blog/{struct['postid']}"
            said = {"title": text, "description": text, "mt_text_more": ""}
            struct.update(said, wp_slug="x", link=link)
        source = MetaWeblog(blog.url + "/blog/", USER, Secret(PASSWORD))
        yield dict(zip(texts, reversed(list(source.posts())), strict=True))
        source.close()


@pytest.mark.parametrize(("written", "shown"), SHOWN.items())
def test_what_a_shortcode_plays_stands_alone_in_its_place(posts, written, shown):
    html = compose(posts[written], {}, blocks=True)
    address = shown.replace("&", "&amp;")
    name = html.removeprefix("<!-- wp:").partition(" ")[0]
    if name == "embed":
        assert f"\n{address}\n</div>" in html
    elif name == "paragraph":
        assert f'<p><a href="{address}">{address}</a></p>' in html
    else:
        assert name in ("audio", "video")
        assert f' src="{address}">' in html
    assert (name == "paragraph") is ("x.example" in shown)
    assert html.count("<!-- wp:") == 1


@pytest.mark.parametrize("written", WORDS)
def test_a_shortcode_that_says_nothing_we_know_stays_text(posts, written):
    assert posts[written].html == written


def test_a_shortcode_that_is_only_spoken_of_loses_one_pair_of_brackets(posts):
    assert posts["[[audio src='x']]"].html == "[audio src='x']"


def test_an_address_alone_in_its_line_is_shown_as_what_is_there(posts):
    post = posts[f"a\n{TUBE}\nb"]
    assert post.html == f"<p>a</p>\n<p>{TUBE}</p>\n<p>b</p>"
    assert "<!-- wp:embed " in compose(post, {}, blocks=True)


def test_in_code_and_in_other_texts_it_stays_where_it_is():
    code = f"<pre>\n{TUBE}\n</pre>"
    assert paragraphs(code, embeds=True) == code
    assert paragraphs(f"a\n{TUBE}\nb") == f"<p>a<br>{TUBE}<br>b</p>"


def test_no_text_takes_long():
    shortcodes = Shortcodes("1", "https://x.example/", None)  # type: ignore[arg-type]
    for piece in ("[audio", "[embed]", "[[video ", "<[youtube=", "[audio a a=", "x://"):
        begin = time.process_time()
        shortcodes.shown(piece * 20_000)
        paragraphs(f"{piece}\n" * 20_000, embeds=True)
        assert time.process_time() - begin < 3


@pytest.fixture(scope="module", params=["newest", "oldest"])
def site(request) -> Iterator[WordPress]:
    with start(request.param) as site:
        yield site


def test_the_pieces_of_a_playlist_are_played_one_after_the_other(site):
    write = Writer(site)
    plugin = site.plug_in(FILE)
    one, two = (
        urllib.request.urlopen(f"{site.url}/?file={name}", timeout=60).read().decode()
        for name in ("one.mp3", "two.mp3")
    )
    plugin.unlink()
    ids = f"{two},{one}"
    for text in (f'[playlist ids="{ids}"]', f'[playlist ids="{ids},9999"]'):
        write("newPost", {"post_title": text, "post_content": text})
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    posts = {post.title: post for post in source.posts()}
    source.close()
    html = compose(posts[f'[playlist ids="{ids}"]'], {}, blocks=True)
    after, before = (
        html.index(f'/{name}"></audio>') for name in ("one.mp3", "two.mp3")
    )
    assert before < after < html.index("A &amp; B of one.mp3")
    whole = f'[playlist ids="{ids},9999"]'
    assert posts[whole].html == whole
