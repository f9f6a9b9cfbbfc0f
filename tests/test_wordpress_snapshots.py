"""A test site put back as it was, under the eyes of its running server."""

from __future__ import annotations

import socket
import sqlite3
import time
from contextlib import closing

import pytest
import requests

from tests import wordpress_snapshots
from tests.move.doubles import picture
from tests.move.whole_site import rows
from tests.wordpress import WordPress, start

PHOTO = picture(7, "JPEG", (800, 600))


def _send(site: WordPress, route: str, **what: object) -> requests.Response:
    return requests.post(
        f"{site.url}/wp-json/wp/v2/{route}",
        auth=(site.user, site.password),
        timeout=60,
        **what,  # type: ignore[arg-type]
    )


def _upload(site: WordPress) -> requests.Response:
    about = {
        "Content-Disposition": 'attachment; filename="photo.jpg"',
        "Content-Type": "image/jpeg",
    }
    made = _send(site, "media", data=PHOTO, headers=about)
    assert made.status_code == 201, made.text
    return made


def _files(site: WordPress) -> list[str]:
    uploads = site.root / "wp-content/uploads"
    return sorted(str(f.relative_to(uploads)) for f in uploads.rglob("*.*"))


def test_what_came_later_is_gone_and_what_was_there_is_back() -> None:
    # A site of its own: nobody else has uploaded anything there.
    with start() as site:
        empty = site.snapshot()
        kept = _send(site, "posts", json={"title": "Kept", "status": "publish"}).json()
        photo = _upload(site).json()
        files, snapshot = _files(site), site.snapshot()
        for _ in range(2):
            site.restore(snapshot)
            later = _send(site, "posts", json={"title": "Later"}).json()
            _send(site, f"posts/{kept['id']}", json={"title": "Changed"})
            second = _upload(site).json()
            (site.root / "wp-content/uploads" / files[0]).write_bytes(b"")
            assert len(_files(site)) > len(files)
            began = time.monotonic()
            site.restore(snapshot)
            assert time.monotonic() - began < 2
            titles = {row["title"]["raw"] for row in rows(site, "posts", status="any")}
            assert "Kept" in titles
            assert not titles & {"Changed", "Later"}
            assert _files(site) == files
            assert requests.get(photo["source_url"], timeout=60).content == PHOTO
            # Numbers and file names begin again where they were.
            again = _send(site, "posts", json={"title": "Later"}).json()
            assert again["id"] == later["id"]
            assert _upload(site).json()["source_url"] == second["source_url"]
        # A month's folder that is gone is made anew.
        site.restore(empty)
        assert _files(site) == []
        assert _upload(site).json()["source_url"] == photo["source_url"]


def test_a_request_under_way_does_not_reach_into_the_restored_site(
    wordpress: WordPress,
) -> None:
    site, snapshot = wordpress, wordpress.snapshot()
    plugged = site.plug_in(
        """add_action('init', function () {
            if (isset($_GET['slow'])) {
                ignore_user_abort(true);
                usleep(700000);
                update_option('late', 'yes');
            }
        });"""
    )
    try:
        place = ("127.0.0.1", int(site.url.rpartition(":")[2]))
        with socket.create_connection(place) as slow:
            slow.sendall(b"GET /?slow HTTP/1.0\r\n\r\n")
        time.sleep(0.1)
        site.restore(snapshot)
        time.sleep(1)
        assert not _option(site, "late")
        # Without that patience it does.
        with socket.create_connection(place) as slow:
            slow.sendall(b"GET /?slow HTTP/1.0\r\n\r\n")
        time.sleep(0.1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(wordpress_snapshots, "await_idle", lambda port: None)
            site.restore(snapshot)
        time.sleep(1)
        assert _option(site, "late")
    finally:
        plugged.unlink()
        site.restore(snapshot)


def _option(site: WordPress, name: str) -> list[tuple[str]]:
    with closing(sqlite3.connect(site.folder / "site.sqlite")) as database:
        query = "SELECT option_value FROM wp_options WHERE option_name = ?"
        return database.execute(query, (name,)).fetchall()
