"""Text whose line breaks count becomes the HTML that the old blog showed."""

from __future__ import annotations

import time

import pytest

from wizard.blog import Post
from wizard.content.composing import compose
from wizard.sources.metaweblog.line_breaks import captions, paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one", "<p>one</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one<br />\ntwo", "<p>one<br>two</p>"),
        ("one\r\n\r\n\r\ntwo\rthree", "<p>one</p>\n<p>two<br>three</p>"),
        ("<h2>Head</h2>text", "<h2>Head</h2>\n<p>text</p>"),
        ("text<ul>\n<li>a</li>\n</ul>more", "<p>text</p>\n<ul>\n<li>a</li>\n</ul>\n<p>more</p>"),
        ("<p>mine</p>\n<p>yours</p>", "<p>mine</p>\n<p>yours</p>"),
        ("a\n\n<!--more-->\n\nb", "<p>a</p>\n<!--more-->\n<p>b</p>"),
        ("a<!--more-->b", "<p>a</p>\n<!--more-->\n<p>b</p>"),
        ("a\n<!--nextpage-->\nb", "<p>a</p>\n<!--nextpage-->\n<p>b</p>"),
        ("<pre>\n\na\n  b\n</pre>", "<pre>\n\na\n  b\n</pre>"),
        ("x\n\n<strong>y</strong> z", "<p>x</p>\n<p><strong>y</strong> z</p>"),
        ("C:\\temp\\new [x]", "<p>C:\\temp\\new [x]</p>"),
        ("<div>a\n b\n</div>", "<div>a<br>b</div>"),
        ("<ul>\n<li>a\nb</li>\n</ul>", "<ul>\n<li>a<br>b</li>\n</ul>"),
        ("a <img\nsrc='x'> b", "<p>a <img src='x'> b</p>"),
        ("İİİ<pre>a\nb</pre><p>c</p>", "<p>İİİ</p>\n<pre>a\nb</pre>\n<p>c</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_blank_lines_are_paragraphs_and_line_breaks_stay(text, html):
    assert paragraphs(text) == html


def test_text_made_of_blocks_stays_as_it_is():
    text = "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:more -->"
    assert paragraphs(text) == text


def test_no_text_takes_long():
    for piece in (
        "<pre>",
        "\n",
        "<p",
        "[caption][caption",
        "<figure class=align",
        "<figure><a",
        "<!--more",
        "<br>",
        "a\n\n",
    ):
        text = piece * 20_000
        begin = time.process_time()
        paragraphs(captions(text))
        assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '[caption id="a" align="left" width="3"]<img src="x.jpg" /> Our cat[/caption]',
            '<figure><img align="left" src="x.jpg" /><figcaption>Our cat</figcaption></figure>',
        ),
        (
            '[caption align="alignright"]<a href="y"><img src="x" /></a> b[/caption]',
            '<figure><a href="y"><img align="right" src="x" /></a>'
            "<figcaption>b</figcaption></figure>",
        ),
        (
            "[caption align='aligncenter' width='3']<img src='x'> <b>b</b>[/caption]",
            "<figure><p align=\"center\"><img src='x'></p>"
            "<figcaption><b>b</b></figcaption></figure>",
        ),
        (
            '[caption caption="an alignright" align="alignnone"]<img src="x">[/caption]',
            '<figure><img src="x"><figcaption>an alignright</figcaption></figure>',
        ),
        (
            '<figure class="wp-block-image alignright size-large"><img src="x"/></figure>',
            '<figure class="wp-block-image alignright size-large">'
            '<img align="right" src="x"/></figure>',
        ),
        (
            '[caption caption="Tom &amp; Ann"]<a href="y"><img src="x"></a>[/caption]',
            '<figure><a href="y"><img src="x"></a><figcaption>Tom &amp; Ann</figcaption></figure>',
        ),
        ('[caption]<img src="x">[/caption]', '<figure><img src="x"></figure>'),
        ("[caption]no picture[/caption]", "[caption]no picture[/caption]"),
        ("[brackets] stay", "[brackets] stay"),
    ],
)  # fmt: skip
def test_captions_become_figures(text, html):
    assert captions(text) == html


@pytest.mark.parametrize("side", ["left", "right", "center"])
def test_a_picture_with_a_caption_stays_on_its_side(side):
    text = (
        f'[caption align="align{side}"]<img src="http://x.example/y.jpg"> Our[/caption]'
    )
    html = compose(Post("k", "t", paragraphs(captions(text)), None), {}, blocks=True)
    assert html.startswith("<!-- wp:image ")
    assert f'"align":"{side}"' in html
    assert html.count("<!-- wp:") == 1
    assert "Our</figcaption>" in html
