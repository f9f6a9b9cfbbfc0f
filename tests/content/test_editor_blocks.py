"""Blocks: what becomes of each part of a post, and that nothing of it is lost."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from lxml import html as tree

from tests.content.test_cleaning import soups
from wizard.content.cleaning import clean, plain_text
from wizard.content.editor_blocks import Ours, as_blocks

LARGE = "http://new.example/sea-1024.jpg"
FULL = "http://new.example/sea.jpg"
OURS = {
    LARGE: Ours(7, FULL, 1024, False),
    FULL.replace("sea", "hill"): Ours(8, FULL.replace("sea", "hill"), 600, True),
}
PICTURE = f'<img src="{LARGE}" alt="sea">'
BLOCK = re.compile(r"<!-- wp:([\w-]+)(?: (\{.*\}))? -->")


def blocks(html: str) -> str:
    return as_blocks(clean(html), OURS)


def kinds(html: str) -> list[str]:
    """The names of all blocks, outer before inner."""
    return [name for name, _ in BLOCK.findall(blocks(html))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a<br>b", "<!-- wp:paragraph -->\n<p>a<br>b</p>\n<!-- /wp:paragraph -->"),
        (
            "<p align=center>a",
            '<!-- wp:paragraph {"style":{"typography":{"textAlign":"center"}}} -->\n'
            '<p class="has-text-align-center">a</p>\n<!-- /wp:paragraph -->',
        ),
        (
            "<p dir=rtl>a",
            '<!-- wp:paragraph {"direction":"rtl"} -->\n<p dir="rtl">a</p>\n'
            "<!-- /wp:paragraph -->",
        ),
        (
            "<h1>a</h1>",
            '<!-- wp:heading -->\n<h2 class="wp-block-heading">a</h2>\n'
            "<!-- /wp:heading -->",
        ),
        (
            "<h4>a</h4>",
            '<!-- wp:heading {"level":4} -->\n<h4 class="wp-block-heading">a</h4>\n'
            "<!-- /wp:heading -->",
        ),
        (
            "<hr>",
            "<!-- wp:separator -->\n"
            '<hr class="wp-block-separator has-alpha-channel-opacity"/>\n'
            "<!-- /wp:separator -->",
        ),
        (
            "<pre>a  &lt;b&gt;\n [1]</pre>",
            "<!-- wp:preformatted -->\n"
            '<pre class="wp-block-preformatted">a  &lt;b&gt;\n [1]</pre>\n'
            "<!-- /wp:preformatted -->",
        ),
        (
            "<pre><code>a[i] &amp;&amp; b</code></pre>",
            "<!-- wp:code -->\n"
            '<pre class="wp-block-code"><code>a&#91;i] &amp;&amp; b</code></pre>\n'
            "<!-- /wp:code -->",
        ),
        (
            "<ol start=3><li>a</ol>",
            '<!-- wp:list {"ordered":true,"start":3} -->\n'
            '<ol start="3" class="wp-block-list"><!-- wp:list-item -->\n<li>a</li>\n'
            "<!-- /wp:list-item --></ol>\n<!-- /wp:list -->",
        ),
        (
            "<table><tr><td align=right>a<td colspan=2>b</table>",
            '<!-- wp:table {"hasFixedLayout":false} -->\n'
            '<figure class="wp-block-table"><table><tbody><tr>'
            '<td class="has-text-align-right" data-align="right">a</td>'
            '<td colspan="2">b</td></tr></tbody></table></figure>\n<!-- /wp:table -->',
        ),
        (
            "<embed src='http://www.youtube.com/v/abcdefgh&hl=en'>",
            '<!-- wp:embed {"url":"https://www.youtube.com/watch?v=abcdefgh",'
            '"type":"video","providerNameSlug":"youtube","responsive":true,'
            '"className":"wp-embed-aspect-16-9 wp-has-aspect-ratio"} -->\n'
            '<figure class="wp-block-embed is-type-video is-provider-youtube '
            "wp-block-embed-youtube wp-embed-aspect-16-9 wp-has-aspect-ratio"
            '"><div class="wp-block-embed__wrapper">\n'
            "https://www.youtube.com/watch?v=abcdefgh\n</div></figure>\n"
            "<!-- /wp:embed -->",
        ),
        (
            "<p>https://vimeo.com/12?a=1&amp;b=2</p>",
            '<!-- wp:embed {"url":"https://vimeo.com/12?a=1\\u0026b=2",'
            '"type":"video","providerNameSlug":"vimeo","responsive":true,'
            '"className":"wp-embed-aspect-16-9 wp-has-aspect-ratio"} -->\n'
            '<figure class="wp-block-embed is-type-video is-provider-vimeo '
            "wp-block-embed-vimeo wp-embed-aspect-16-9 wp-has-aspect-ratio"
            '"><div class="wp-block-embed__wrapper">\n'
            "https://vimeo.com/12?a=1&amp;b=2\n</div></figure>\n"
            "<!-- /wp:embed -->",
        ),
        (
            "<p>https://vimeo.com/12 says</p>",
            "<!-- wp:paragraph -->\n<p>https://vimeo.com/12 says</p>\n"
            "<!-- /wp:paragraph -->",
        ),
        (
            "<audio src='http://a.example/b.mp3'></audio>",
            '<!-- wp:audio -->\n<figure class="wp-block-audio">'
            '<audio controls src="http://a.example/b.mp3"></audio></figure>\n'
            "<!-- /wp:audio -->",
        ),
        (
            f'<a href="{FULL}">{PICTURE}</a>',
            '<!-- wp:image {"id":7,"sizeSlug":"large","linkDestination":"media"} -->\n'
            f'<figure class="wp-block-image size-large"><a href="{FULL}">'
            f'<img src="{LARGE}" alt="sea" class="wp-image-7"/></a></figure>\n'
            "<!-- /wp:image -->",
        ),
        (
            f"<figure><img src='{LARGE}' width=300><figcaption>c</figcaption></figure>",
            '<!-- wp:image {"id":7,"width":"300px","height":"auto",'
            '"sizeSlug":"large","linkDestination":"none"} -->\n'
            '<figure class="wp-block-image size-large is-resized">'
            f'<img src="{LARGE}" alt="" class="wp-image-7" '
            'style="width:300px;height:auto"/>'
            '<figcaption class="wp-element-caption">c</figcaption></figure>\n'
            "<!-- /wp:image -->",
        ),
    ],
)
def test_each_part_of_a_post_has_its_block(old: str, new: str) -> None:
    assert blocks(old) == new


@pytest.mark.parametrize(
    ("old", "names"),
    [
        (f"a{PICTURE}b", "paragraph image paragraph"),
        (f"<b>a<i>{PICTURE}</i></b>", "paragraph image"),
        (f"a<br>{PICTURE}<br>b", "paragraph image paragraph"),
        (f"{PICTURE}<br>{PICTURE}", "image image"),
        (f"{PICTURE} {PICTURE}", "gallery image image"),
        (f"<p>{PICTURE}</p><p>{PICTURE}</p>", "image image"),
        (f"<figure>{PICTURE}</figure>" * 2, "image image"),
        ("a <img src=http://x.example/i.gif width=16 height=16> b", "paragraph"),
        ("<ul><li>a<ul><li>b</ul></ul>", "list list-item list list-item"),
        ("<ul><li>a<blockquote>b</blockquote></ul>", ""),
        ("<blockquote>a<ul><li>b</ul></blockquote>", "quote paragraph list list-item"),
        ("a<!--more-->b", "paragraph more paragraph"),
        (
            f"<ul><li><figure>{PICTURE}</figure><li><figure>{PICTURE}</figure></ul>",
            "gallery image image",
        ),
        (f"<ul><li><figure>{PICTURE}</figure>a<li><figure>{PICTURE}</figure></ul>", ""),
        (
            "a<!--more on-->b<!--nextpage-->c",
            "paragraph more paragraph nextpage paragraph",
        ),
        ("see <a href=https://vimeo.com/1>https://vimeo.com/1</a>", "paragraph"),
        ("<a href=https://vimeo.com/1>a film</a>", "paragraph"),
        ("<a href=https://vimeo.com/1>https://vimeo.com/1</a>", "embed"),
        ("<a href=http://x.example/>http://x.example/</a>", "paragraph"),
        ("<table><tr><td>a<table><tr><td>b</table></table>", ""),
        (f"{'long words ' * 20}<dl><dt>a<dd>b</dl>", "paragraph html"),
        ("a<dl><dt>long words<dd>b</dl>", ""),
        ("", ""),
    ],
)
def test_what_stands_together_and_what_apart(old: str, names: str) -> None:
    assert " ".join(kinds(old)) == names


def test_a_picture_that_text_flows_around_parts_no_text() -> None:
    html = blocks(f"<p>before <img src='{LARGE}' align=right> after</p>")
    assert "alignright" in html
    assert html.index("<figure") < html.index("<p>before after</p>")


@pytest.mark.parametrize(
    "old",
    [
        '<div class="wp-caption {}"><a href="{}">{}</a><p class="wp-caption-text">w</p></div>',
        '<figure class="{}"><a href="{}">{}</a><figcaption>w</figcaption></figure>',
        '<dl class="gallery-item {}"><dt class="gallery-icon"><a href="{}">{}</a></dt>'
        '<dd class="wp-caption-text gallery-caption">w</dd></dl>',
    ],
)
def test_a_picture_with_words_keeps_them_and_its_side(old: str) -> None:
    for side in ("alignleft", "alignright", "aligncenter", "alignnone"):
        html = blocks(f"{old.format(side, FULL, PICTURE)}after")
        assert kinds(f"{old.format(side, FULL, PICTURE)}after") == [
            "image",
            "paragraph",
        ]
        assert (f'"align":"{side[5:]}"' in html) == (side != "alignnone")
        assert f'<a href="{FULL}"><img' in html
        assert '<figcaption class="wp-element-caption">w</figcaption>' in html


def test_captioned_pictures_in_a_row_are_a_gallery_with_their_words() -> None:
    item = '<dl class="gallery-item"><dt class="gallery-icon">{}</dt>{}</dl>'
    words = '<dd class="wp-caption-text gallery-caption">w</dd>'
    old = item.format(PICTURE, words) + item.format(PICTURE, "")
    assert kinds(old) == ["gallery", "image", "image"]
    assert blocks(old).count(">w</figcaption>") == 1


@pytest.mark.parametrize(
    ("around", "columns"),
    [
        ('<figure class="wp-block-gallery columns-2 is-cropped">{}</figure>', 2),
        ('<div class="gallery gallery-columns-8 gallery-size-thumbnail">{}</div>', 8),
        ('<div class="gallery gallery-columns-9">{}</div>', 0),
        ('<figure class="wp-block-gallery columns-default">{}</figure>', 0),
    ],
)
def test_a_gallery_keeps_its_columns(around: str, columns: int) -> None:
    html = blocks(around.format(f"<figure>{PICTURE}</figure>" * 2))
    assert html.count("<!-- wp:image ") == 2
    assert f"wp-block-gallery has-nested-images columns-{columns or 'default'}" in html
    assert (f'<!-- wp:gallery {{"columns":{columns},' in html) == bool(columns)


def test_a_picture_alone_in_a_gallery_keeps_its_side() -> None:
    html = blocks(f'<figure class="columns-2 alignright">{PICTURE}</figure>')
    assert "wp-block-image alignright" in html
    assert "columns" not in html


@pytest.mark.parametrize(
    ("said", "align"),
    [
        ('style="display:block;margin:0 auto"', "center"),
        ('style="display: block; margin-left: auto; margin-right: auto;"', "center"),
        ('style="display:block;margin:1px auto 2px"', "center"),
        ('style="display:block;margin:1px auto 2px auto"', "center"),
        ('style="display:block;margin:auto"', "center"),
        ('class="size-large aligncenter"', "center"),
        ('style="margin:0 auto"', ""),
        ('style="display:block;margin:auto 0"', ""),
        ('style="display:block;margin:0 auto 0 0"', ""),
        ('style="display:block;margin-left:auto"', ""),
        ("align=middle", ""),
        ("align=right", "right"),
    ],
)
def test_a_picture_stands_where_a_browser_put_it(said: str, align: str) -> None:
    html = blocks(f"<p>a</p><p><img src='{LARGE}' {said}></p>")
    assert re.findall(r'"align":"(\w+)"', html) == ([align] if align else [])


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("width=300", "width:300px;height:auto"),
        ("height=50", "width:auto;height:50px"),
        ('width="50%"', "width:50%;height:auto"),
        ('style="width:33.3%" width=600', "width:33%;height:auto"),
        ('style="width:300px" width="50%"', "width:300px;height:auto"),
        ('width="100%"', ""),
        ("width=1024 height=700", ""),
        ('style="max-width:50%"', ""),
    ],
)
def test_a_picture_is_as_large_as_its_author_made_it(said: str, size: str) -> None:
    html = blocks(f"<img src='{LARGE}' {said}>")
    assert re.findall(r' style="([^"]*)"', html) == ([size] if size else [])


def test_a_row_of_icons_stays_a_row_of_icons() -> None:
    icon = '<img src="http://x.example/{}.gif" width=64 height=64>'
    row = " ".join(icon.format(number) for number in range(4))
    html = blocks(
        f'<p align=center>{row}<br><a href="http://x.example/">{icon}</a>{icon}</p>'
    )
    first, second = re.findall(r"<p class.*</p>", html)
    assert first.count('width="64" height="64"') == 4
    assert second.count("<img") == 2
    assert '<a href="http://x.example/"><img' in second
    large = icon.replace("64", "300")
    assert kinds(large * 2) == ["gallery", "image", "image"], "the control"
    assert kinds(large + icon) == ["gallery", "image", "image"]
    assert kinds(icon) == ["image"]


def test_formatting_goes_on_behind_a_picture() -> None:
    html = blocks(f"<a href='http://x.example/'>a <b>b{PICTURE}c</b></a>")
    assert '<p><a href="http://x.example/">a <b>b</b></a></p>' in html
    assert f'<a href="http://x.example/"><img src="{LARGE}"' in html
    assert '<p><a href="http://x.example/"><b>c</b></a></p>' in html


def test_a_place_that_links_lead_to_stays_with_its_picture() -> None:
    html = blocks(f"<a href=#p>x</a><p><a name=p></a>{PICTURE}")
    assert '<figure class="wp-block-image size-large" id="p">' in html


def test_of_pictures_whose_number_may_change_only_the_address_is_named() -> None:
    ours = {LARGE: Ours(0, FULL, 1024, False)}
    html = as_blocks(clean(PICTURE), ours)
    assert "wp-image" not in html
    assert '"id"' not in html


def test_a_file_of_ours_can_be_played_or_loaded() -> None:
    files = {
        name: Ours(9, f"http://new.example/{name}", 0, True)
        for name in ("a.mp3", "b.mp4", "c.pdf", "d.jpg")
    }
    links = "".join(f"<p><a href=http://new.example/{name}>see</a>" for name in files)
    html = as_blocks(clean(links), files)
    names = [name for name, _ in BLOCK.findall(html)]
    assert names == ["audio", "video", "file", "paragraph"]


@pytest.mark.parametrize(
    "old",
    [
        "a",
        "<h2>a</h2>",
        "<ul><li>a</ul>",
        PICTURE,
        PICTURE * 2,
        "<hr>",
        "<dl><dt>a</dl>",
    ],
)
def test_the_name_of_a_post_stands_in_its_first_and_its_last_block(old: str) -> None:
    words = f"<p>{'words ' * 30}</p>"
    able = "<dl>" not in old
    for text, times in (
        (f"{clean(old)}\n\n{words}", 1 + able),
        (words, 1),
        (f"{words}\n\n{words}\n\n{clean(old)}", 2),
    ):
        html = as_blocks(text, OURS, "moving-day:md-1")
        assert len(re.findall(r'"className":"[^"]*moving-day:md-1"', html)) == times
        assert len(re.findall(r'class="[^"]*moving-day:md-1"', html)) == times


def test_a_post_without_words_or_pictures_has_its_name_in_a_comment() -> None:
    html = as_blocks("", {}, "moving-day:md-1")
    assert html == "<!-- wp:html -->\n<!-- moving-day:md-1 -->\n<!-- /wp:html -->"


@pytest.mark.parametrize(
    "text",
    [
        "[gallery]",
        "[[gallery]]",
        "[x_1-y z=1]",
        "[x/]",
        "[x<br>y]",
        "[x&nbsp;y]",
        "<b>[gallery</b>]",
    ],
)
def test_no_text_becomes_a_shortcode(text: str) -> None:
    for old in (text, f"<pre>{text}</pre>", f"<table><tr><td>{text}</table>"):
        html = blocks(old)
        assert not re.search(r"\[[a-z]", html)
        assert plain_text(html) == plain_text(old)
    assert not re.search(r"\[[a-z]", blocks(f"<img src='{LARGE}' alt='{text}'>"))


def test_brackets_that_are_no_shortcode_are_written_as_they_are() -> None:
    for text in ("a[1] [ b ] […]", "[转] [-x] [/b]", "[P.S.: c] [don't] [d, e]"):
        assert f"<p>{text}</p>" in blocks(text)


@pytest.mark.parametrize(
    ("old", "said", "tag"),
    [
        (
            '<ol type="a">',
            '"type":"lower-alpha"',
            ' style="list-style-type:lower-alpha"',
        ),
        ("<ol type=I start=4>", '"type":"upper-roman","start":4', ' start="4" style='),
        (
            "<ol style='list-style: inside lower-roman'>",
            '"type":"lower-roman"',
            "list-style-type:lower-roman",
        ),
        ("<ol reversed>", '"reversed":true', "<ol reversed class"),
        ("<ol type=1>", "", "<ol class"),
    ],
)
def test_a_list_counts_as_it_did(old: str, said: str, tag: str) -> None:
    html = blocks(f"{old}<li>a<li>b</ol>")
    assert said in html
    assert tag in html
    assert clean(clean(f"{old}<li>a</ol>")) == clean(f"{old}<li>a</ol>")


def test_a_list_that_counts_by_itself_stays_as_it_is() -> None:
    html = blocks(f"{'words ' * 9}<ol><li>a<li value=7>b</ol>")
    assert '<!-- wp:html -->\n<ol><li>a</li><li value="7">b</li></ol>' in html


@pytest.mark.parametrize(
    ("said", "indent"),
    [
        ("margin-left: 40px", "40px"),
        ("MARGIN: 0in 0in 0pt 0.5in", "48px"),
        ("padding-left:30px;text-align:right", "30px"),
        ("margin-left:36.0pt", "48px"),
        ("margin-left:2000px", "320px"),
        ("margin-left:-40px", ""),
        ("margin-left:3px", ""),
        ("margin-left:auto", ""),
        ("margin:0 0 40px", ""),
    ],
)
def test_a_text_is_set_in_as_far_as_it_was(said: str, indent: str) -> None:
    for tag in ("p", "div", "h2"):
        html = blocks(f"<{tag} style='{said}'>a</{tag}><p>b")
        wanted = [indent] if indent else []
        assert re.findall(r'"margin":\{"left":"(\w+)"', html) == wanted
        assert re.findall(r'style="margin-left:(\w+)"', html) == wanted


def test_what_is_in_a_text_that_is_set_in_is_set_in_once() -> None:
    html = clean(
        "<div style='margin-left:40px'>a<ul><li>b</ul><p style='margin-left:20px'>c</div>d"
    )
    assert html == (
        '<p style="margin-left:40px">a</p>\n\n<ul style="margin-left:40px"><li>b</li></ul>'
        '\n\n<p style="margin-left:60px">c</p>\n\n<p>d</p>'
    )
    assert clean(html) == html


def test_a_line_that_is_left_free_before_code_stays_free() -> None:
    for old, new in (
        ("<pre>\n\na</pre>", '<pre class="wp-block-preformatted"><br>a</pre>'),
        ("<pre>\na</pre>", '<pre class="wp-block-preformatted">a</pre>'),
        ("<pre>\n\na [x]</pre>", "<code>\na &#91;x]</code>"),
        ("<pre><code>\n\na</code></pre>", "<code>\n\na</code>"),
    ):
        assert new in blocks(old)


@settings(max_examples=300, deadline=None)
@given(soups)
def test_no_word_no_picture_and_no_link_is_lost(old: str) -> None:
    before = clean(old)
    after = as_blocks(before, OURS)
    if not after:
        return
    assert "".join(plain_text(after).split()) == "".join(plain_text(before).split())
    was, now = (
        tree.fragment_fromstring(html or "<p></p>", create_parent="div")
        for html in (before, after)
    )
    pictures = [Counter(page.xpath("//img/@src")) for page in (was, now)]
    assert pictures[0] == pictures[1]
    links = [set(page.xpath("//a[node()]/@href")) for page in (was, now)]
    assert links[0] == links[1]
