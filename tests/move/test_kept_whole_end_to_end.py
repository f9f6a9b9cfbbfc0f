"""An old WordPress that keeps back parts of its posts in a later round: what has arrived
whole stays whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.move.real_blogs import between
from tests.move.whole_site import rows
from tests.sources.test_metaweblog_blocks import DAY, paragraph, shared
from tests.sources.test_metaweblog_wordpress import Writer
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.move.file import Move

# Nobody is told any more what blocks and galleries stand for.
KEPT_BACK = """
add_filter('xmlrpc_methods', function ($methods) {
    foreach (['wp.getPost', 'wp.getMediaItem', 'wp.getMediaLibrary'] as $name)
        $methods[$name] = fn() => new IXR_Error(401, 'Not for you.');
    return $methods;
});
"""


@pytest.fixture
def old() -> Iterator[Site]:
    with start() as site:
        write = Writer(site)
        write("deletePost", 1)
        blue, red = write.picture("blue.png", "blue"), write.picture("red.png", "red")
        image = f'<!-- wp:image --><figure><img src="{blue["url"]}"/></figure><!-- /wp:image -->'
        block = write.post(
            "b", f"{paragraph('in it')}{image}", DAY, post_type="wp_block"
        )
        write.post("block", f"{paragraph('before')}{shared(block)}", DAY)
        write.post("gallery", f'[gallery ids="{red["id"]},{blue["id"]}"]', DAY)
        yield site


def there(site: Site) -> dict[str, tuple[str, int]]:
    """What people read of each post, and the number of the picture that stands for it."""
    return {
        row["title"]["raw"]: (row["content"]["raw"], row["featured_media"])
        for row in rows(site, "posts")
    }


def test_what_an_old_blog_keeps_back_in_a_later_round_is_not_taken_away(
    move: Move, old: Site, new: Site
) -> None:
    assert between(move, old, new).verdict.complete
    whole = there(new)
    assert "in it" in whole["block"][0]
    assert whole["gallery"][0].count("<img ") == 2
    assert all(picture for _, picture in whole.values())

    old.plug_in(KEPT_BACK)
    assert between(move, old, new).verdict.complete
    assert there(new) == whole


def test_what_was_kept_back_from_the_beginning_comes_when_it_is_told(
    move: Move, old: Site, new: Site
) -> None:
    kept_back = old.plug_in(KEPT_BACK)
    between(move, old, new)
    assert "in it" not in there(new)["block"][0]
    kept_back.unlink()
    assert between(move, old, new).verdict.complete
    assert "in it" in there(new)["block"][0]
    assert there(new)["gallery"][0].count("<img ") == 2
