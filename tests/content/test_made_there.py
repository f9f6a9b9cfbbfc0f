"""What an old WordPress made anew for every reader is told of, and nothing else."""

from __future__ import annotations

import time

import pytest

from wizard.blog import Post
from wizard.content.fitting import fit


def made(html: str) -> str:
    """What the note names, "" where there is none."""
    beginning = (
        "What the old blog itself put into the post for every reader stays behind: "
    )
    found = [
        each for each in fit(Post("k", "t", html, None)).notes if beginning in each
    ]
    assert len(found) < 2
    return found[0].removeprefix(beginning).partition(". If ")[0] if found else ""


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ('<!-- wp:latest-posts {"postsToShow":3} /-->', "latest posts"),
        ("a<!-- wp:core/calendar /--><!-- wp:calendar /-->", "calendar"),
        ('<!-- wp:block {"ref":12} /-->', "a block that several posts share"),
        ("<!-- wp:shortcode -->\n[form-7 id=1]\n<!-- /wp:shortcode -->", "[form-7]"),
        (
            "<!-- wp:jetpack/contact-form --><div><!-- wp:jetpack/field-name /--></div>"
            "<!-- /wp:jetpack/contact-form --><!-- wp:rss /-->",
            "contact form, rss",
        ),
        (
            "<!-- wp:query --><div><!-- wp:query --><!-- wp:post-title /-->"
            "<!-- /wp:query --><!-- wp:post-date /--></div><!-- /wp:query -->",
            "query",
        ),
        (
            "".join(f"<!-- wp:a/b{n} /-->" for n in range(8)),
            "b0, b1, b2, b3, b4, b5 and 2 more",
        ),
    ],
)
def test_blocks_without_html_of_their_own_are_named(html: str, named: str) -> None:
    assert made(html) == named


@pytest.mark.parametrize(
    "html",
    [
        "<!-- wp:paragraph -->\n<p>latest-posts</p>\n<!-- /wp:paragraph -->",
        "<!-- wp:image /--><!-- wp:preformatted --><pre>a</pre><!-- /wp:preformatted -->",
        "<!-- wp:freeform --><p>a</p><!-- /wp:freeform --><!-- /wp:query -->",
        "<!-- wp:group --><div><!-- wp:spacer /--></div><!-- /wp:group --><!--more-->",
        "&lt;!-- wp:latest-posts /--&gt; is how it is written",
    ],
)
def test_blocks_with_html_of_their_own_are_not(html: str) -> None:
    assert made(html) == ""


def test_columns_are_told_of_as_what_the_new_blog_shows_its_own_way() -> None:
    html = '<div class="wp-block-columns is-layout-flex"><div>a</div><div>b</div></div>'
    (note,) = fit(Post("k", "t", html, None)).notes
    assert note.endswith("its own way: columns, one below the other.")


def test_no_text_takes_long() -> None:
    before = time.process_time()
    for text in ("<!-- wp:a ", "<!-- wp:query -->", "<!-- wp:a /-->", "<!-- wp:"):
        made(text * (200_000 // len(text)))
    assert time.process_time() - before < 5
