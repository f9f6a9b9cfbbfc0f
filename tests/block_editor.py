"""WordPress's own block editor, asked in a browser what it makes of a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.faults.browser import Browser, NoBrowser, open_browser
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


@dataclass(frozen=True, slots=True)
class Read:
    """What the editor reads: the kinds of all blocks, outer before inner, what of the
    text it calls invalid, and the text as it would save it."""

    names: tuple[str, ...]
    invalid: tuple[str, ...]
    again: str
    attributes: tuple[str, ...]


class BlockEditor:
    """The editor of one site."""

    def __init__(self, browser: Browser, site: WordPress) -> None:
        self._browser = browser
        target = browser.ask("Target.createTarget", url="about:blank")
        self._tab = browser.ask(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )["sessionId"]
        browser.ask("Page.enable", self._tab)
        site.plug_in(PAGE)
        address = f"{site.url}/?block-editor"
        browser.ask("Page.navigate", self._tab, timeout=60, url=address)
        for message in browser.heard(60):
            if message.get("method") == "Page.loadEventFired":
                break
        kinds = self._run(READY)
        if not isinstance(kinds, int) or kinds < 50:
            raise NoBrowser(f"The editor's scripts have not come: {kinds}")

    def read(self, texts: Sequence[str]) -> list[Read]:
        """What it makes of each text."""
        answer = self._run(f"asked({json.dumps(list(texts))})")
        return [
            Read(
                **{
                    name: value if name == "again" else tuple(value)
                    for name, value in found.items()
                }
            )
            for found in answer
        ]

    def _run(self, script: str) -> Any:
        answer = self._browser.ask(
            "Runtime.evaluate",
            self._tab,
            timeout=120,
            expression=script,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise NoBrowser(str(answer["exceptionDetails"]))
        return answer["result"].get("value")


@contextmanager
def block_editor(site: WordPress) -> Iterator[BlockEditor]:
    """The block editor of this site, as long as the block runs. Raises NoBrowser."""
    with open_browser() as browser:
        yield BlockEditor(browser, site)
