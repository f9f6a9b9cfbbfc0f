"""A real WordPress on loopback: for tests, and by hand with `python -m tests.wordpress`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import wordpress_snapshots
from tests.wordpress_trees import CACHE, SUITES, NotAvailable, driver, tree

FILES = Path(__file__).resolve().parent / "data" / "wordpress"
PRETTY = "/%year%/%monthnum%/%day%/%postname%/"
# Runs the server, and takes everything away when its standard input closes: that happens
# even when we are killed and can do nothing ourselves.
GUARD = """
trap '' TERM INT HUP
silence() { kill -TERM 0; wait; }
while read -r word; do
    case $word in
    serve) (trap - TERM INT HUP; exec "$@") </dev/null >>"$WORDPRESS_SITE/server.log" 2>&1 & ;;
    silence) silence; echo silent ;;
    esac
done
silence
rm -rf "$WORDPRESS_SITE" || { sleep 1; rm -rf "$WORDPRESS_SITE"; }
"""


class WordPress:
    """One running site. `users` tells for each role the login and an application
    password; `login_password` opens every account at wp-login.php and XML-RPC."""

    def __init__(self, version: str, port: int) -> None:
        files, database, program = tree(version), driver(), _php()
        compiled = CACHE / "compiled"
        compiled.mkdir(exist_ok=True)
        self._port = _reserve(port)
        self.url = "http://127.0.0.1:{1}".format(*self._port.getsockname())
        self.folder = Path(tempfile.mkdtemp(prefix="moving-day-wordpress-"))
        self.root = self.folder / "www"
        self.user = "admin"
        self.password = ""
        self.login_password = ""
        self.version = ""
        self.users: dict[str, tuple[str, str]] = {}
        self._php = [program, "-c", str(FILES / "php.ini")]
        self._environment = {
            **os.environ,
            "PHP_CLI_SERVER_WORKERS": "4",
            "WORDPRESS_CACHE": str(compiled),
            "WORDPRESS_CONFIG": str(FILES / "config.php"),
            "WORDPRESS_DRIVER": str(database),
            "WORDPRESS_SITE": str(self.folder),
            "WORDPRESS_TREE": str(files),
            "WORDPRESS_URL": self.url,
        }
        address, router = self.url.removeprefix("http://"), str(FILES / "router.php")
        server = [*self._php, "-S", address, "-t", str(self.root), router]
        self._guard = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", *server],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def install(self, config: str, **wishes: str) -> None:
        """Lay out the site's own files and fill its database."""
        content = self.root / "wp-content"
        for name in ("mu-plugins", "plugins", "uploads"):
            (content / name).mkdir(parents=True)
        themes = Path(self._environment["WORDPRESS_TREE"]) / "wp-content/themes"
        (content / "themes").symlink_to(themes)
        (content / "db.php").symlink_to(FILES / "db.php")
        (self.folder / "temporary").mkdir()
        (self.folder / "config.php").write_text(f"<?php\n{config}\n")
        done = subprocess.run(
            [*self._php, str(FILES / "setup.php")],
            env=self._environment,
            input=json.dumps(wishes),
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode or not done.stdout.startswith("{"):
            words = [done.stderr, done.stdout]
            words += [log.read_text() for log in self.folder.glob("*.log")]
            told = "".join(words)[-1000:]
            raise NotAvailable(f"WordPress cannot be installed: {told}")
        answer = json.loads(done.stdout)
        self.version = answer["version"]
        self.users = {role: tuple(pair) for role, pair in answer["users"].items()}
        self.password = self.users["administrator"][1]
        self.login_password = wishes["login_password"]

    def serve(self) -> None:
        """Answer from now on; returns when the REST API does."""
        self._tell("serve")
        deadline = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > deadline:
                log = (self.folder / "server.log").read_text()
                raise NotAvailable(f"WordPress does not answer: {log[-1000:]}")
            time.sleep(0.02)

    def silence(self) -> None:
        """Gone from the network, with everything kept for `serve`."""
        self._tell("silence")
        assert self._guard.stdout
        self._guard.stdout.readline()
        self._await_end()

    def restart(self) -> None:
        """What a host does now and then: gone for a moment, then back as it was."""
        self.silence()
        self.serve()

    def stop(self) -> None:
        """End every process of the site and take its folder away; may be repeated."""
        if self._guard.returncode is None:
            self._guard.communicate(timeout=60)
            self._await_end()
            self._port.close()

    def plug_in(self, php: str) -> Path:
        """Run this PHP text (without ``<?php``) in every request until the file that is
        given back is deleted."""
        # A new name each time: PHP may keep a compiled file for a second.
        handle, name = tempfile.mkstemp(".php", dir=self.root / "wp-content/mu-plugins")
        with os.fdopen(handle, "w") as file:
            file.write("<?php\n" + php)
        return Path(name)

    def snapshot(self) -> Path:
        """Keep the database and the uploads, and nothing else, for `restore`."""
        return wordpress_snapshots.take(self.folder)

    def restore(self, snapshot: Path) -> None:
        """Be again as at that `snapshot`, any number of times, without a restart.

        Waits for requests under way; raises TimeoutError if one does not end.
        """
        port: int = self._port.getsockname()[1]
        wordpress_snapshots.put_back(self.folder, snapshot, port)

    def _tell(self, word: str) -> None:
        assert self._guard.stdin
        self._guard.stdin.write(word.encode() + b"\n")
        self._guard.stdin.flush()

    def _answers(self) -> bool:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(f"{self.url}/?rest_route=/", timeout=20):
                return True
        except OSError:
            return False

    def _await_end(self) -> None:
        # The port is refused when the last worker has ended; its master ends first.
        deadline = time.monotonic() + 10
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(self._port.getsockname()):
                    return
            if time.monotonic() > deadline:
                os.killpg(self._guard.pid, signal.SIGKILL)
            time.sleep(0.01)


@contextmanager
def start(
    version: str = "newest",
    port: int = 0,
    *,
    permalinks: str = PRETTY,
    time_zone: str = "UTC",
    config: str = "",
    plugin: str = "",
    login_password: str = "adminpw",
) -> Iterator[WordPress]:
    """A fresh WordPress, ``newest`` or ``oldest``, for as long as the block runs.

    ``permalinks``: "" for plain ones. ``config``: PHP lines for wp-config.php.
    ``plugin``: PHP text to run in every request. Raises NotAvailable.
    """
    site = WordPress(version, port)
    try:
        site.install(
            config,
            permalinks=permalinks,
            time_zone=time_zone,
            login_password=login_password,
        )
        if plugin:
            site.plug_in(plugin)
        site.serve()
        yield site
    finally:
        site.stop()


def _php() -> str:
    program = shutil.which("php")
    if not program:
        raise NotAvailable(
            "PHP is missing: apt-get install php-cli php-sqlite3 php-gd"
            " php-mbstring php-xml php-curl php-zip"
        )
    return program


def _reserve(port: int) -> socket.socket:
    """A bound socket that never listens: others keep off its port, PHP may share it."""
    ours = socket.socket()
    # A port asked for by number may still have old connections; for any port, sharing
    # is allowed only when we have one that nobody else holds.
    try:
        if port:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ours.bind(("127.0.0.1", port))
    except OSError as taken:
        ours.close()
        raise NotAvailable(f"Port {port} cannot be had: {taken.strerror}") from taken
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return ours


def main() -> None:
    """Serve one site until standard input closes or somebody ends us."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.wordpress",
        description="A fresh WordPress on this computer, gone when its input closes.",
    )
    parser.add_argument("--version", choices=tuple(SUITES), default="newest")
    parser.add_argument("--port", type=int, default=0)
    wish = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        with start(wish.version, wish.port) as site:
            about = ("url", "user", "password", "version")
            print(json.dumps({name: getattr(site, name) for name in about}), flush=True)
            while sys.stdin.buffer.read(1024):
                pass
    except NotAvailable as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
