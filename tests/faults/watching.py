"""Looks at pages in a real browser, touches all that is on them, and tells what ran."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.faults.browser import Browser, open_browser

TABS = 4
PATIENCE = 20.0
# In every frame, before anything of the page: whoever calls one of these has run.
TELL = """
for (const name of ['alert', 'confirm', 'prompt'])
    window[name] = said => { ran(String(said)); return true; };
window.print = () => {};
"""
# All that a hand can do to an element. Links and forms that lead to another page are
# held back, so that the page stays under our eyes; those that run a script are not.
TOUCH = """
(() => {
    const types = %s;
    const stays = place => /^(https?|mailto|ftp|tel|sms|news|nntp|xmpp|irc|callto):$/
        .test(place) && !(place || '').startsWith('javascript');
    function held(event) {
        const link = event.target.closest && event.target.closest('a, area');
        if (event.type === 'click' && link && link.protocol && stays(link.protocol))
            event.preventDefault();
    }
    function touch(root) {
        root.addEventListener('click', held, true);
        for (const element of root.querySelectorAll('*')) {
            for (const type of types)
                try { element.dispatchEvent(new Event(type, {cancelable: true})); }
                catch (trouble) {}
            try { element.focus(); element.click && element.click(); element.blur(); }
            catch (trouble) {}
            if (element.localName === 'a')
                element.dispatchEvent(new MouseEvent('click',
                    {cancelable: true, bubbles: true}));
            if (element.shadowRoot) touch(element.shadowRoot);
            try { if (element.contentDocument) touch(element.contentDocument); }
            catch (trouble) {}
        }
    }
    if (document.body) touch(document);
})()
"""


class Listener:
    """A server on loopback that nobody has a reason to ask: ``asked`` has the numbers."""

    def __init__(self) -> None:
        self.asked: set[int] = set()
        self.pages: dict[str, str] = {}
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = listener.pages.get(self.path)
                number = re.match(r"/(\d+)", self.path)
                if number and page is None:
                    listener.asked.add(int(number[1]))
                body = (page or (f"alert({number[1]})" if number else "")).encode()
                self.send_response(200)
                kind = "text/javascript" if page is None else "text/html; charset=utf-8"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Watcher:
    """A browser with a few tabs. ``ran``: the numbers that scripts have said so far."""

    def __init__(self, browser: Browser, listener: Listener, events: list[str]) -> None:
        self.listener = listener
        self.said: set[int] = set()
        self.seen = 0
        self._browser = browser
        self._touch = TOUCH % [event.removeprefix("on") for event in events]
        self._tabs = [self._tab() for _ in range(TABS)]

    @property
    def ran(self) -> set[int]:
        return self.said | self.listener.asked

    def sign_in(self, cookies: Iterable[tuple[str, str]], url: str) -> None:
        """Be somebody at the site at ``url`` from now on."""
        for name, value in cookies:
            self._browser.ask(
                "Network.setCookie", self._tabs[0], name=name, value=value, url=url
            )

    def look(self, urls: Iterable[str], pause: float = 0.12) -> set[int]:
        """Open each page and touch everything; gives the numbers that ran meanwhile."""
        before = set(self.ran)
        waiting = list(urls)
        while waiting:
            batch, waiting = waiting[:TABS], waiting[TABS:]
            at = dict(zip(self._tabs, batch, strict=False))
            for tab, url in at.items():
                self._browser.tell("Page.navigate", tab, url=url)
            self._await("Page.loadEventFired", set(at))
            asked = {
                self._browser.tell("Runtime.evaluate", tab, expression=self._touch)
                for tab in at
            }
            self._await("", set(), asked, patience=5)  # a page that leaves has none
            self._listen(pause)
            self.seen += len(at)
            for tab in at:  # a page that still works on something is left behind
                self._browser.tell("Page.navigate", tab, url="about:blank")
            self._await("Page.loadEventFired", set(at), patience=2)
        return self.ran - before

    def _tab(self) -> str:
        ask = self._browser.ask
        target = ask("Target.createTarget", url="about:blank")["targetId"]
        tab: str = ask("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        ask("Page.enable", tab)
        ask("Runtime.enable", tab)
        ask("Runtime.addBinding", tab, name="ran")
        ask("Page.addScriptToEvaluateOnNewDocument", tab, source=TELL)
        return tab

    def _await(
        self,
        event: str,
        tabs: set[str],
        answers: set[int] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Until this event has come from all these tabs and these answers are there."""
        answers = answers or set()
        deadline = time.monotonic() + patience
        while (tabs or answers) and time.monotonic() < deadline:
            for message in self._browser.heard(0.02):
                self._note(message)
                answers.discard(message.get("id", 0))
                if message.get("method") == event:
                    tabs.discard(message.get("sessionId", ""))
                if not tabs and not answers:
                    break

    def _listen(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in self._browser.heard(0.02):
                self._note(message)

    def _note(self, message: dict[str, object]) -> None:
        what = message.get("params")
        if not isinstance(what, dict):
            return
        if message.get("method") == "Runtime.bindingCalled":
            said = str(what.get("payload", ""))
            self.said.update(int(number) for number in re.findall(r"\d+", said)[-1:])
        if message.get("method") == "Page.javascriptDialogOpening":
            said = str(what.get("message", ""))
            self.said.update(int(number) for number in re.findall(r"\d+", said)[-1:])
            self._browser.tell(
                "Page.handleJavaScriptDialog", str(message["sessionId"]), accept=True
            )


@contextmanager
def watching(events: list[str]) -> Iterator[Watcher]:
    """A watcher with a listener; ``events``: names of handlers to set off."""
    listener = Listener()
    try:
        with open_browser() as browser:
            yield Watcher(browser, listener, events)
    finally:
        listener.close()
