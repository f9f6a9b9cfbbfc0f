"""What a browser shows of a post, told in the same terms for an old page and a new one."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.browser import Browser, NoBrowser, open_browser
from wizard.content.smileys import smiley

SCRIPT = (Path(__file__).parent / "eyes.js").read_text()
# The widest that both sides may be; a theme makes its own column within.
WIDTH, HEIGHT = 1280, 1000
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture, or a word in its place. ``kind``: "picture", "away" for one that does
    not load, "note" for a line about one that is lost.

    ``size``: as displayed, in CSS pixels. ``own``: the author said how large.
    ``side``: "left", "right", "center" or "".
    """

    kind: str
    src: str
    full: str
    alt: str
    caption: str
    width: int
    natural: int
    own: bool
    side: str
    gallery: bool
    column: int


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    whole: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A post as it is shown. ``letters``: everything but white space; ``marks`` and
    ``flow``: for each of them, how it is written and which way its line goes."""

    text: str
    letters: str
    marks: str
    flow: str
    pre: tuple[str, ...]
    headings: tuple[str, ...]
    items: tuple[str, ...]
    tables: tuple[str, ...]
    quotes: tuple[str, ...]
    rules: int
    pictures: tuple[Shown, ...]
    links: tuple[Link, ...]
    videos: tuple[str, ...]
    anchors: tuple[str, ...]
    comments: tuple[str, ...]


class Eyes:
    """One tab of a browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        target = browser.ask("Target.createTarget", url="about:blank")
        self._tab = browser.ask(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )["sessionId"]
        browser.ask("Page.enable", self._tab)
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=WIDTH,
            height=HEIGHT,
            deviceScaleFactor=1,
            mobile=False,
        )

    def sign_in(self, cookies: Iterable[tuple[str, str]], url: str) -> None:
        """Be somebody at the site at ``url`` from now on."""
        for name, value in cookies:
            self._ask("Network.setCookie", name=name, value=value, url=url)

    def open(self, url: str) -> None:
        """Go to a page and wait until it is there."""
        for _ in self._browser.heard():
            pass
        self._ask("Page.navigate", url=url)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for message in self._browser.heard(0.05):
                if message.get("method") == "Page.loadEventFired":
                    return
        raise NoBrowser(f"{url} was not loaded in {PATIENCE:.0f} s")

    def width(self, roots: Sequence[str]) -> int:
        """Of a paragraph there, in pixels."""
        self._evaluate(f"window.eyes = {SCRIPT}")
        return int(self._evaluate(f"eyes.width({json.dumps({'roots': list(roots)})})"))

    def see(
        self,
        roots: Sequence[str],
        *,
        column: int = 0,
        videos: Sequence[str] = (),
        comments: str = "",
    ) -> Page:
        """What stands in the elements with these selectors.

        ``column``: the width of the text in pixels, 0 for what the page gives it.
        ``videos``: what addresses of players have in them; a line with nothing but such
        an address is no text. ``comments``: the selector of what readers said.
        """
        asked = {
            "roots": list(roots),
            "column": column,
            "videos": list(videos),
            "comments": comments,
        }
        self._evaluate(f"window.eyes = {SCRIPT}")
        smileys = {
            each["src"]: smiley(each)
            for each in self._evaluate(f"eyes.images({json.dumps(asked)})")
        }
        asked["smileys"] = {src: said for src, said in smileys.items() if said}
        found = self._evaluate(f"eyes.see({json.dumps(asked)})")
        return Page(
            **{
                **{
                    name: tuple(value) if isinstance(value, list) else value
                    for name, value in found.items()
                },
                "pictures": tuple(Shown(**each) for each in found["pictures"]),
                "links": tuple(Link(**each) for each in found["links"]),
            }
        )

    def text_of(self, html: str) -> str:
        """The text of a piece of HTML, as it would be read on the page that is open."""
        return str(self._evaluate(f"eyes.textOf({json.dumps(html)})"))

    def picture(self, path: Path) -> None:
        """Write what the page looks like, from top to bottom, to ``path``."""
        size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": size["height"], "scale": 1}
        data = self._ask(
            "Page.captureScreenshot", clip=clip, captureBeyondViewport=True
        )
        path.write_bytes(base64.b64decode(data["data"]))

    def _ask(self, method: str, **what: object) -> dict[str, Any]:
        return self._browser.ask(method, self._tab, timeout=PATIENCE, **what)

    def _evaluate(self, script: str) -> Any:
        answer = self._ask(
            "Runtime.evaluate",
            expression=script + "\n",
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in answer or "result" not in answer:
            raise NoBrowser(str(answer.get("exceptionDetails", answer)))
        return answer["result"].get("value")


@contextmanager
def two_eyes() -> Iterator[tuple[Eyes, Eyes]]:
    """One for the old blog and one for the new, as long as the block runs.

    Raises NoBrowser.
    """
    with open_browser() as browser, open_browser() as other:
        yield Eyes(browser), Eyes(other)
