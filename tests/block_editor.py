"""WordPress's own block editor, asked in a browser what it makes of a text."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL.Image import Image
from PIL.Image import open as open_image

from tests.faults.browser import Browser, NoBrowser, open_browser
from tests.faults.xss_pages import cookies
from tests.wordpress import WordPress

# The scripts that the editor's page loads for its blocks, in WordPress's own order, and
# what the server tells them of each kind of block.
PAGE = """
add_action('template_redirect', function () {
    if (!isset($_GET['block-editor'])) {
        return;
    }
    require_once ABSPATH . 'wp-admin/includes/post.php';
    echo '<!doctype html><meta charset="utf-8"><title>blocks</title>';
    $kinds = wp_json_encode(get_block_editor_server_block_settings());
    $tell = "wp.blocks.unstable__bootstrapServerSideBlockDefinitions($kinds);";
    wp_add_inline_script('wp-blocks', $tell);
    wp_print_scripts(['wp-block-library']);
    exit;
});
"""
READY = """
window.wp.oldEditor = {};
wp.blockLibrary.registerCoreBlocks();
window.asked = function (texts) {
    const all = (blocks) => blocks.flatMap((block) => [block, ...all(block.innerBlocks)]);
    for (const kind of ['log', 'info', 'warn', 'error']) {
        console[kind] = () => {};
    }
    return texts.map((text) => {
        const blocks = wp.blocks.parse(text), every = all(blocks);
        return {
            names: every.map((block) => block.name),
            invalid: every
                .filter((block) => !block.isValid)
                .map((block) => block.originalContent),
            again: wp.blocks.serialize(blocks),
            attributes: every.map((block) => JSON.stringify(block.attributes)),
        };
    });
};
wp.blocks.getBlockTypes().length;
"""

# The editor writes a text anew only when something in it has been changed.
SAVE = """
(async () => {
    const [blocks, editor] = ['core/block-editor', 'core/editor'];
    const tick = () => new Promise((go) => setTimeout(go, 50));
    while (!wp.data.select(blocks)?.getBlockCount()) await tick();
    %s;
    await wp.data.dispatch(editor).savePost();
    return wp.data.select(editor).didPostSaveRequestSucceed();
})()
"""


@dataclass(frozen=True, slots=True)
class Read:
    """What the editor reads: the kinds of all blocks, outer before inner, what of the
    text it calls invalid, and the text as it would save it."""

    names: tuple[str, ...]
    invalid: tuple[str, ...]
    again: str
    attributes: tuple[str, ...]


class Tab:
    """A tab of a browser that runs scripts in the page it shows."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        target = browser.ask("Target.createTarget", url="about:blank")
        self._session = browser.ask(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )["sessionId"]
        browser.ask("Page.enable", self._session)

    def keep(self, cookies: list[tuple[str, str]], url: str) -> None:
        for name, value in cookies:
            self._browser.ask(
                "Network.setCookie", self._session, name=name, value=value, url=url
            )

    def open(self, url: str) -> None:
        """Show this page; returns when it and its scripts have come."""
        self._browser.ask("Page.navigate", self._session, timeout=60, url=url)
        for message in self._browser.heard(60):
            if message.get("method") == "Page.loadEventFired":
                return
        raise NoBrowser(f"{url} has not come")

    def run(self, script: str) -> Any:
        """What the script's last line is, or what it promises."""
        answer = self._browser.ask(
            "Runtime.evaluate",
            self._session,
            timeout=120,
            expression=script,
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in answer:
            raise NoBrowser(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def names(self, role: str) -> list[str]:
        """What a program that reads aloud would say of all things of that kind."""
        tree = self._browser.ask("Accessibility.getFullAXTree", self._session)
        nodes = (node for node in tree["nodes"] if not node["ignored"])
        return [
            node["name"]["value"] for node in nodes if node["role"]["value"] == role
        ]

    def picture(self) -> Image:
        """What the tab shows, as it is painted."""
        shot = self._browser.ask("Page.captureScreenshot", self._session, format="png")
        return open_image(BytesIO(b64decode(shot["data"]))).convert("RGB")


class BlockEditor:
    """The editor's reader and writer."""

    def __init__(self, tab: Tab, url: str) -> None:
        self._tab = tab
        tab.open(f"{url}/?block-editor")
        kinds = tab.run(READY)
        if not isinstance(kinds, int) or kinds < 50:
            raise NoBrowser(f"The editor's scripts have not come: {kinds}")

    def read(self, texts: Sequence[str]) -> list[Read]:
        """What it makes of each text."""
        answer = self._tab.run(f"asked({json.dumps(list(texts))})")
        return [
            Read(
                tuple(found["names"]),
                tuple(found["invalid"]),
                found["again"],
                tuple(found["attributes"]),
            )
            for found in answer
        ]


@contextmanager
def block_editor(site: WordPress) -> Iterator[BlockEditor]:
    """The block editor of this site, as long as the block runs. Raises NoBrowser."""
    page = site.plug_in(PAGE)
    try:
        with open_browser() as browser:
            yield BlockEditor(Tab(browser), site.url)
    finally:
        page.unlink()


def edit(site: WordPress, number: int, change: str) -> None:
    """Open a post in the dashboard as its administrator, run the script ``change``
    there, and press *Save*."""
    with open_browser() as browser:
        tab = Tab(browser)
        tab.keep(cookies(site), site.url)
        tab.open(f"{site.url}/wp-admin/post.php?post={number}&action=edit")
        if tab.run(SAVE % change) is not True:
            raise NoBrowser("The editor has not saved the post.")
