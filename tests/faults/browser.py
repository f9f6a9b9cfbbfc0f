"""A real browser without a window, told what to do through its DevTools pipe."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# Nothing but pages of this computer: no updates, no accounts, no safety lists.
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--disable-popup-blocking",
    # Frames answer in the page's own process, so that one look sees them all.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,Translate",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)


class NoBrowser(RuntimeError):
    """There is no Chromium on this computer, or it does not start."""


class Browser:
    """One Chromium. Messages of a tab arrive while one waits for an answer of it."""

    def __init__(self, folder: Path) -> None:
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if not program:
            raise NoBrowser("Chromium is missing: apt-get install chromium")
        low_in, self._out = os.pipe()
        self._in, low_out = os.pipe()
        # The browser reads from its file 3 and writes to its file 4; ours lie higher.
        theirs = [fcntl.fcntl(file, fcntl.F_DUPFD, 10) for file in (low_in, low_out)]
        plumbing = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
        files = [str(file) for file in theirs]
        profile = f"--user-data-dir={folder}"
        self._process = subprocess.Popen(
            ["bash", "-c", plumbing, "bash", *files, program, *SWITCHES, profile],
            pass_fds=theirs,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for file in (low_in, low_out, *theirs):
            os.close(file)
        self._rest = b""
        self._number = 0
        self._heard: list[dict[str, Any]] = []

    def ask(
        self, method: str, session: str = "", *, timeout: float = 30, **what: object
    ) -> dict[str, Any]:
        """What the browser answers; raises NoBrowser if it does not, in time."""
        number = self.tell(method, session, **what)
        deadline = time.monotonic() + timeout
        while True:
            message = self._next(deadline)
            if message is None:
                raise NoBrowser(f"{method} was not answered in {timeout:.0f} s")
            if message.get("id") == number:
                return message.get("result", {"error": message.get("error")})
            self._heard.append(message)

    def tell(self, method: str, session: str = "", **what: object) -> int:
        """Say it, and leave the answer to be heard."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": what}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        return self._number

    def heard(self, seconds: float = 0) -> Iterator[dict[str, Any]]:
        """Every message until it has been silent for so long; none is given twice."""
        while True:
            while self._heard:
                yield self._heard.pop(0)
            message = self._next(time.monotonic() + seconds)
            if message is None:
                return
            self._heard.append(message)

    def close(self) -> None:
        """End it, with all of its processes."""
        with suppress(NoBrowser, OSError):
            self.ask("Browser.close", timeout=5)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def _next(self, deadline: float) -> dict[str, Any] | None:
        while b"\0" not in self._rest:
            left = deadline - time.monotonic()
            if not select.select([self._in], [], [], max(0, left))[0]:
                return None
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise NoBrowser("Chromium has ended.")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser with a fresh profile, gone with it at the end. Raises NoBrowser."""
    with tempfile.TemporaryDirectory(
        prefix="moving-day-browser-", ignore_cleanup_errors=True
    ) as folder:
        browser = Browser(Path(folder))
        try:
            yield browser
        finally:
            browser.close()
