"""A real WordPress behind the proxy: put back before each move, watched during it, compared after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.faults.proxy import Proxy
from tests.faults.site_picture import Things, seen, site_picture, tidy, watch
from tests.faults.small_blog import small_blog
from tests.move.doubles import OldBlog, entry
from tests.move.stranger import Stranger
from tests.wordpress import WordPress as Site
from tests.wordpress import start

# What `network_faults` asks for by a header, and no sending on to the proxy.
PLUGIN = """
remove_filter('template_redirect', 'redirect_canonical');
if (isset($_SERVER['HTTP_X_FATAL'])) {
    foreach (['wp_insert_post', 'add_attachment', 'wp_insert_comment', 'created_term'] as $hook) {
        add_action($hook, function () { throw new Error('A plugin breaks down.'); });
    }
}
"""
# A post may be public without what was refused, if that was told.
_INCOMPLETE = re.compile("was public with(out its photos| .* comments)|added in public")


def blog() -> OldBlog:
    """The small blog with a scheduled post, and two public posts of one title; the
    second has an address of its own, which no order of arrival changes."""
    old = small_blog(twins=False)
    old.all[3] = replace(old.all[3], title=old.all[0].title, slug="of-its-own")
    old.all.append(
        entry(4, date=datetime(2037, 1, 1, 8), comments=1, tags=("é", "sea"))
    )
    return old


class Arena:
    """One site and its proxy, with a snapshot from before any move."""

    def __init__(self, site: Site, proxy: Proxy) -> None:
        self.site, self.proxy = site, proxy
        self.place = (proxy.url, site.user, site.password)
        self.undisturbed: Things = Counter()
        tidy(site)
        watch(site)
        self._snapshot = site.snapshot()

    def restore(self) -> None:
        self.proxy.settle()
        self.site.restore(self._snapshot)

    def path(self, name: str) -> Path:
        """A place beside the site, gone with it."""
        return self.site.folder / name

    def picture(self) -> Things:
        """All that the site holds, but for what late requests left in the trash."""
        things: Things = Counter()
        for thing, count in site_picture(self.site).items():
            row = [str(part).replace(self.proxy.url, "") for part in thing]
            if row[0] == "post":
                # Which of two equal titles comes first is a matter of chance.
                row[3] = re.sub(r"-\d$", "", row[3])
            if row[0] != "post" or row[2] != "trash":
                things[tuple(row)] += count
        return things

    def trashed(self) -> int:
        """Copies that a late request left, taken away as people know it."""
        return sum(
            count
            for thing, count in site_picture(self.site).items()
            if thing[0] == "post" and thing[2] == "trash"
        )

    def seen(self, source: OldBlog, *, strict: bool) -> list[str]:
        """What nobody should have seen, as the database saw it."""
        return [
            words
            for words in seen(self.site, source)
            if strict or not _INCOMPLETE.search(words)
        ]


class Passer(Stranger):
    """Looks in from time to time and leaves the site some time for the move. Whether
    posts are complete is for the database to see, which knows them by more than a title."""

    def _poll(self) -> None:
        while not self._over.wait(0.3):
            self._look()

    @property
    def scandals(self) -> list[str]:
        return sorted({words for words in self.wrong if "comments" not in words})


@contextmanager
def arena() -> Iterator[Arena]:
    """A fresh site that knows itself by the address of its proxy."""
    proxy = Proxy()
    names = ("WP_HOME", "WP_SITEURL")
    config = "".join(f"define('{name}', '{proxy.url}');" for name in names)
    try:
        with start(config=config, plugin=PLUGIN) as site:
            proxy.serve(int(site.url.rpartition(":")[2]))
            yield Arena(site, proxy)
    finally:
        proxy.close()
