"""The real WordPress of the tests: that it is one, and that nothing of it is left behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xmlrpc.client import ServerProxy

import pytest
import requests

from tests.conftest import LeftThisComputer
from tests.wordpress import WordPress, start

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "tests.wordpress")


def _get(site: WordPress, route: str, role: str = "administrator") -> requests.Response:
    return requests.get(
        f"{site.url}/wp-json/wp/v2/{route}", auth=site.users[role], timeout=60
    )


def _processes_of(place: Path | str) -> list[str]:
    """The command lines of all living processes that speak of this place."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(place) in line:
            found.append(line)
    return found


def _wait_until(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.05)
    return False


def test_the_newest_is_newer_than_the_oldest(
    wordpress: WordPress, oldest_wordpress: WordPress
) -> None:
    newest, oldest = (
        tuple(map(int, site.version.split(".")[:2]))
        for site in (wordpress, oldest_wordpress)
    )
    assert newest >= (6, 8)
    assert oldest == (6, 1)


@pytest.mark.parametrize("name", ["wordpress", "oldest_wordpress"])
def test_every_role_signs_in_with_its_application_password(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: WordPress = request.getfixturevalue(name)
    assert set(site.users) == {
        "administrator",
        "editor",
        "author",
        "contributor",
        "subscriber",
    }
    for role in site.users:
        me = _get(site, "users/me?context=edit", role).json()
        assert (me["roles"], me["slug"]) == ([role], site.users[role][0])
    assert site.users["administrator"] == (site.user, site.password)


def test_a_photo_comes_back_byte_for_byte(oldest_wordpress: WordPress) -> None:
    site, gif = oldest_wordpress, b"GIF89a\1\0\1\0\0\0\0;"
    made = requests.post(
        f"{site.url}/wp-json/wp/v2/media",
        auth=(site.user, site.password),
        data=gif,
        headers={
            "Content-Type": "image/gif",
            "Content-Disposition": 'attachment; filename="dot.gif"',
        },
        timeout=60,
    )
    assert made.status_code == 201, made.text
    assert requests.get(made.json()["source_url"], timeout=60).content == gif


def test_options_shape_the_site_and_a_restart_keeps_what_was_sent() -> None:
    with start(
        permalinks="",
        time_zone="Asia/Shanghai",
        config="define('WP_POST_REVISIONS', false);",
        plugin="header('X-Plugged-In: ' . var_export(WP_POST_REVISIONS, true));",
        login_password="open sesame",
    ) as site:
        old_way = ServerProxy(f"{site.url}/xmlrpc.php")
        post = {"post_title": "Kept", "post_status": "publish"}
        number = old_way.wp.newPost(1, "admin", "open sesame", post)
        index = requests.get(f"{site.url}/?rest_route=/", timeout=60)
        assert index.headers["X-Plugged-In"] == "false"
        assert index.json()["timezone_string"] == "Asia/Shanghai"
        plain = requests.get(f"{site.url}/wp-json/", timeout=60)
        assert plain.headers["Content-Type"].startswith("text/html")
        # Somebody who is still being answered must not hold up the restart.
        site.plug_in("isset($_GET['slow']) && sleep(60);")
        slow = socket.create_connection(("127.0.0.1", int(site.url.rpartition(":")[2])))
        slow.sendall(b"GET /?slow HTTP/1.0\r\n\r\n")
        began = time.monotonic()
        site.restart()
        slow.close()
        assert time.monotonic() - began < 20
        answer = requests.get(
            f"{site.url}/?rest_route=/wp/v2/posts/{number}", timeout=60
        )
        assert answer.json()["title"]["rendered"] == "Kept"


def test_stopping_leaves_no_process_no_folder_and_no_port(
    fresh_wordpress: WordPress,
) -> None:
    site = fresh_wordpress
    assert _processes_of(site.folder)
    site.stop()
    assert not _processes_of(site.folder)
    assert not site.folder.exists()
    with pytest.raises(requests.ConnectionError):
        requests.get(site.url, timeout=5)


@pytest.mark.parametrize("ending", ["input closes", signal.SIGTERM, signal.SIGKILL])
def test_the_command_serves_until_it_is_told_to_end(ending: object) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--version", "oldest"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    with process:
        about = json.loads(process.stdout.readline())
        assert set(about) == {"url", "user", "password", "version"}
        who = (about["user"], about["password"])
        me = f"{about['url']}/wp-json/wp/v2/users/me?context=edit"
        assert requests.get(me, auth=who, timeout=60).json()["slug"] == who[0]
        address = about["url"].removeprefix("http://")
        server = _processes_of(address)[0].split()
        folder = Path(server[server.index("-t") + 1])
        assert folder.is_dir()
        if isinstance(ending, signal.Signals):
            os.kill(process.pid, ending)
        else:
            process.stdin.close()
        # Even when it is killed and can do nothing itself.
        assert _wait_until(lambda: not _processes_of(address))
        assert _wait_until(lambda: not folder.parent.exists())
    assert process.returncode == (-9 if ending is signal.SIGKILL else 0)


def test_a_port_in_use_is_told_in_words(wordpress: WordPress) -> None:
    port = wordpress.url.rpartition(":")[2]
    done = subprocess.run(
        [*COMMAND, "--port", port], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert f"Port {port} cannot be had" in done.stderr


def test_no_test_leaves_this_computer() -> None:
    with pytest.raises(LeftThisComputer):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(LeftThisComputer):
        socket.getaddrinfo("wordpress.org", 443)
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nobody.invalid", 443)
    assert Path.home().name.startswith("moving-day-home-")
