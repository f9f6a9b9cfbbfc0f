"""A WordPress as the old blog, moved in rounds between which it goes on: every link lives."""

from __future__ import annotations

import html
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urldefrag

from tests.move.real_blogs import between, change, look, opened
from tests.move.whole_site import forget_sample_post, rows
from tests.sources.test_metaweblog_wordpress import Writer
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.ways import ways

PARTS = "<h2 id='part-2'>Two</h2>\n\n<p>It <a name='第三节'>goes</a> on.</p>"


def carry(old: Site, new: Site, path: Path, *titles: str) -> Ended:
    """Read the old blog as it is by now, and carry these posts."""
    with opened(path) as move:
        return between(move, old, new, *titles)


def shown(new: Site, kind: str) -> list[tuple[str, str]]:
    """The links that readers see, each with the page on which it stands."""
    return [
        (html.unescape(href), row["link"])
        for row in rows(new, kind)
        for href in re.findall(r'<a [^>]*?href="([^"]*)"', row["content"]["rendered"])
    ]


def test_links_of_a_blog_that_goes_on_between_the_rounds_all_live(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.move"
    with start() as old, start() as new:
        forget_sample_post(old)
        forget_sample_post(new)
        write = Writer(old)
        day = datetime(2008, 5, 4, 12)
        zulu = write.post("Zulu", PARTS, day, post_name="zulu")
        cafe = write.post("Café", PARTS, day, post_name="咖啡")
        here = f"{old.url}/2008/05/04"
        every = [
            f"{here}/zulu/",
            f"{here}/zulu/#part-2",
            "/2008/05/04/zulu/#%E7%AC%AC%E4%B8%89%E8%8A%82",
            "../zulu#part-2",
            f"{old.url}/?p={zulu}",
            f"{old.url}/?p={zulu}#part-2",
            f"{here}/咖啡/#part-2",
            f"{here}/%E5%92%96%E5%95%A1/",
            f"{here}/alpha/#comments",
            f"{old.url}/",
        ]
        text = "\n\n".join(f'<p><a href="{href}">there</a></p>' for href in every)
        alone = f"\n\n<p>{here}/zulu/#part-2</p>\n\n<p>{old.url}/?p={cafe}</p>"
        alpha = write.post("Alpha", text + alone, day, post_name="alpha")
        write.comment(alpha, f"Compare {here}/zulu/#part-2, or ({here}/咖啡/).")
        assert carry(old, new, path, "Alpha").verdict.complete
        change(old, f"posts/{zulu}", slug="zulu-anew")
        late = [f"{here}/zulu/#part-2", f"{here}/zulu-anew/#part-2", f"{here}/alpha/"]
        last = "\n\n".join(f'<p><a href="{href}">there</a></p>' for href in late)
        write.post("Omega", last, day, post_name="omega")
        assert carry(old, new, path, "Café", "Omega").verdict.complete
        assert carry(old, new, path, "Zulu").verdict.complete

        found = [*shown(new, "posts"), *shown(new, "comments")]
        assert len(found) == len(every) + 2 + len(late) + 2
        for href, page in found:
            assert href.startswith(new.url), (href, page)
            there = look(href)
            assert there.status_code == 200, href
            assert not there.history, href
            part = unquote(urldefrag(href)[1])
            assert f'id="{part}"' in there.text if part else True, href
        parts = [unquote(urldefrag(href)[1]) for href, _ in found]
        assert parts.count("part-2") == 8
        assert parts.count("第三节") == 1
        with Move.open(path) as move:
            assert move.linking() == []
            led = {way.path.decode(): way.new for way in ways(move)}
        places = {row["title"]["raw"]: row["link"] for row in rows(new, "posts")}
        assert led["/2008/05/04/zulu/"] == places["Zulu"]
