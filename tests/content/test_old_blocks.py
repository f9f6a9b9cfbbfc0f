"""Posts that were written in WordPress's own blocks: words and pictures of each arrive,
and what is simple stays what it was."""

from __future__ import annotations

import re

import pytest

from wizard.blog import Post
from wizard.content.composing import compose

UPLOADS = "http://old.example/wp-content/uploads"
PICTURE = f'<img src="{UPLOADS}/a.jpg" alt="" class="wp-image-5"/>'
WORDS = "<!-- wp:paragraph -->\n<p>words</p>\n<!-- /wp:paragraph -->"
BLOCKS = {
    "columns": (
        '<div class="wp-block-columns"><!-- wp:column -->\n<div class="wp-block-column" '
        f'style="flex-basis:66.66%">{WORDS}</div>\n<!-- /wp:column -->\n\n<!-- wp:column -->'
        f'\n<div class="wp-block-column"><!-- wp:image -->\n<figure class="wp-block-image">'
        f"{PICTURE}</figure>\n<!-- /wp:image --></div>\n<!-- /wp:column --></div>",
        ["paragraph", "image"],
    ),
    "group": (
        f'<div class="wp-block-group has-background" style="padding:1em">{WORDS}</div>',
        ["paragraph"],
    ),
    "media-text": (
        '<div class="wp-block-media-text has-media-on-the-right"><div '
        f'class="wp-block-media-text__content">{WORDS}</div><figure '
        f'class="wp-block-media-text__media">{PICTURE}</figure></div>',
        ["paragraph", "image"],
    ),
    "buttons": (
        '<div class="wp-block-buttons"><!-- wp:button -->\n<div class="wp-block-button">'
        '<a class="wp-block-button__link wp-element-button" href="http://x.example/">'
        "words</a></div>\n<!-- /wp:button --></div>",
        ["paragraph"],
    ),
    "cover": (
        '<div class="wp-block-cover"><span aria-hidden="true" '
        'class="wp-block-cover__background has-background-dim"></span><img '
        f'class="wp-block-cover__image-background" alt="" src="{UPLOADS}/a.jpg" '
        'data-object-fit="cover"/><div class="wp-block-cover__inner-container">'
        f"{WORDS}</div></div>",
        ["image", "paragraph"],
    ),
    "details": (
        f'<details class="wp-block-details"><summary>more</summary>{WORDS}</details>',
        ["details", "paragraph"],
    ),
    "spacer": (
        '<div style="height:50px" aria-hidden="true" class="wp-block-spacer"></div>',
        [],
    ),
    "pullquote": (
        '<figure class="wp-block-pullquote"><blockquote><p>words</p><cite>who</cite>'
        "</blockquote></figure>",
        ["pullquote"],
    ),
    "quote": (
        f'<blockquote class="wp-block-quote">{WORDS}<cite>who</cite></blockquote>',
        ["quote", "paragraph"],
    ),
    "verse": ('<pre class="wp-block-verse">words\n  <em>of</em> mine</pre>', ["verse"]),
    "preformatted": (
        '<pre class="wp-block-preformatted">words\n  of  mine</pre>',
        ["preformatted"],
    ),
    "code": ('<pre class="wp-block-code"><code>words(1)</code></pre>', ["code"]),
    "table": (
        '<figure class="wp-block-table"><table class="has-fixed-layout"><tbody><tr><td>'
        "words</td></tr></tbody></table><figcaption>its name</figcaption></figure>",
        ["table"],
    ),
    "gallery": (
        f'<figure class="wp-block-gallery has-nested-images columns-2"><figure>{PICTURE}'
        f"</figure><figure>{PICTURE}</figure><figcaption>words</figcaption></figure>",
        ["gallery", "image", "image"],
    ),
    "video": (
        f'<figure class="wp-block-video"><video controls src="{UPLOADS}/a.mp4"></video>'
        "<figcaption>words</figcaption></figure>",
        ["video"],
    ),
    "separator": (
        '<hr class="wp-block-separator has-alpha-channel-opacity"/>',
        ["separator"],
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("blocks", [True, False])
def test_the_words_and_pictures_of_each_block_arrive(name: str, blocks: bool) -> None:
    inside, kinds = BLOCKS[name]
    old = f"<p>before</p><!-- wp:{name} -->\n{inside}\n<!-- /wp:{name} --><p>behind</p>"
    new = compose(Post("k", "t", old, None), {}, blocks=blocks)
    # Of a film classic HTML has the address.
    assert words_of(new).replace(f"{UPLOADS}/a.mp4", "") == words_of(old)
    assert new.count(f'src="{UPLOADS}/a.jpg"') == old.count(f'src="{UPLOADS}/a.jpg"')
    if blocks:
        found = re.findall(r"<!-- wp:([\w-]+)", new)
        assert found == ["paragraph", *kinds, "paragraph"]


def words_of(html: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", html).split())


@pytest.mark.parametrize(
    "html",
    [
        '<p class="has-text-align-{}">words</p>',
        '<h3 class="wp-block-heading has-text-align-{}">words</h3>',
        '<blockquote class="wp-block-quote has-text-align-{}"><p>words</p></blockquote>',
    ],
)
def test_text_is_aligned_as_the_editor_says_it(html: str) -> None:
    for side in ("center", "right"):
        old = Post("k", "", html.format(side), None)
        assert f"text-align:{side}" in compose(old, {})
        assert f"has-text-align-{side}" in compose(old, {}, blocks=True)
    left = compose(Post("k", "", html.format("left"), None), {})
    assert "align" not in left


def test_what_stands_out_with_its_text_on_a_side_is_not_set_aside_itself() -> None:
    html = (
        '<figure class="wp-block-pullquote has-text-align-right"><blockquote>'
        "<p>words</p></blockquote></figure>"
    )
    assert "alignright" not in compose(Post("k", "", html, None), {})
