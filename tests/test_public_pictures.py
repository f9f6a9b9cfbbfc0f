"""Pictures from addresses in old blogs must never lead into a private network."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.lures import FORBIDDEN, PUBLIC, Canary, names
from tests.raw_server import reply, says, serving
from wizard import public_pictures
from wizard.connection import Place, look_up, reach
from wizard.errors import (
    Ambiguous,
    NetworkError,
    PhotoMissing,
    Throttled,
    Unreachable,
    Unsafe,
)
from wizard.network import Session
from wizard.public_pictures import PublicPictures, is_public, reach_exactly

PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def canary() -> Iterator[Canary]:
    with serving(says(reply(PICTURE, kind="image/jpeg"))) as server:
        yield Canary(server)


@pytest.fixture
def pictures(canary) -> Iterator[PublicPictures]:
    fetcher = PublicPictures(look_up=names, reach=canary.reach)
    yield fetcher
    fetcher.close()


# --- what must never be asked


@pytest.mark.parametrize("url", FORBIDDEN)
def test_an_address_that_is_not_public_is_never_asked(url, pictures, canary):
    with pytest.raises((NetworkError, PhotoMissing)):
        pictures.fetch(url)
    assert canary.server.lines == 0
    assert canary.meant == []


def test_the_list_of_forbidden_addresses_is_long_enough():
    assert len(set(FORBIDDEN)) >= 60


def test_a_public_address_is_asked_so_the_canary_does_sing(pictures, canary):
    assert pictures.fetch("http://pictures.example/a.jpg") == PICTURE
    assert canary.server.lines == 1
    assert canary.meant == [("pictures.example", PUBLIC)]


def test_without_the_check_the_forbidden_addresses_do_reach_the_canary(canary):
    def unchecked(host: str, port: int, seconds: float) -> socket.socket:
        return canary.reach(host, names(host, port), seconds)

    session = Session(dial=unchecked)
    reached = 0
    for url in FORBIDDEN:
        before = canary.server.lines
        with suppress(NetworkError, IndexError):
            session.get(url.replace("https:", "http:"))
        session.close()
        reached += canary.server.lines > before
    session.close()
    assert reached >= 40


def test_every_redirect_is_judged_anew(pictures, canary):
    for url in FORBIDDEN:
        if not url.startswith(("http:", "https:", "file:", "ftp:", "gopher:")):
            continue
        canary.server.manners = says(
            reply(b"", "302 Found").replace(
                b"\r\n\r\n", b"\r\nLocation: " + url.encode() + b"\r\n\r\n", 1
            )
        )
        canary.meant.clear()
        try:
            got = pictures.fetch("http://pictures.example/a.jpg")
        except (NetworkError, PhotoMissing):
            got = b""
        assert got == b""
        assert {host for host, _ in canary.meant} <= {"pictures.example"}
        pictures.close()


def test_a_redirect_to_another_public_host_is_followed(pictures, canary):
    canary.server.manners = says(
        reply(b"", "301 Moved", location="http://other.example/b.jpg"), reply(PICTURE)
    )
    assert pictures.fetch("http://pictures.example/a.jpg") == PICTURE
    assert canary.meant == [("pictures.example", PUBLIC), ("other.example", "1.1.1.1")]
    assert b"Host: other.example\r\n" in canary.server.requests[1]


def test_a_name_that_changes_its_mind_is_looked_up_once_and_pinned(canary):
    asked = []

    def rebinding(host: str, port: int) -> list[Place]:
        asked.append(host)
        address = PUBLIC if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, (address, port))]

    pictures = PublicPictures(look_up=rebinding, reach=canary.reach)
    assert pictures.fetch("http://pictures.example/a.jpg") == PICTURE
    assert canary.meant == [("pictures.example", PUBLIC)]
    assert asked == ["pictures.example"]
    pictures.close()
    with pytest.raises(Unsafe):
        pictures.fetch("http://pictures.example/a.jpg")
    assert canary.server.lines == 1


def test_a_line_that_ends_at_another_peer_is_hung_up(monkeypatch):
    with serving(says(reply())) as server:
        here = (socket.AF_INET, ("127.0.0.1", server.port))
        with reach_exactly("a", [here], 1) as line:
            assert line.getpeername()[1] == server.port

        def crooked(host, places, seconds):
            return reach(host, [here], seconds)

        monkeypatch.setattr(public_pictures, "reach", crooked)
        with pytest.raises(Unsafe, match="Somebody else"):
            reach_exactly("a", [(socket.AF_INET, (PUBLIC, 80))], 1)


@pytest.mark.parametrize(
    "address",
    [
        PUBLIC,
        "1.1.1.1",
        "8.8.8.8",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses_are_public(address):
    assert is_public(address)


# --- nothing about the person is told


def test_a_stranger_s_server_learns_nothing_about_the_person(pictures, canary):
    pictures.fetch("http://pictures.example/a.jpg")
    request = canary.server.requests[0].lower()
    for word in (b"authorization", b"cookie", b"referer", b"origin"):
        assert word not in request


# --- the blog's own host


def test_a_blog_in_one_s_own_network_may_show_its_own_pictures(canary):
    home = canary.server.url
    pictures = PublicPictures(home + "/blog/")
    assert pictures.fetch(home + "/a.jpg") == PICTURE
    canary.server.manners = says(
        reply(b"", "302 Found", location=f"http://127.0.0.1:{canary.server.port + 1}/x")
    )
    with pytest.raises(Unsafe):
        pictures.fetch(home + "/a.jpg")
    with pytest.raises(Unsafe):
        pictures.fetch("http://127.0.0.1/a.jpg")
    with pytest.raises(Unsafe):
        pictures.fetch(f"http://localhost:{canary.server.port}/a.jpg")
    pictures.close()


@pytest.mark.parametrize("home", ["", "blog", "http://[", "http://a:b/", "mailto:x@y"])
def test_a_home_that_is_none_opens_no_door(home):
    with pytest.raises(Unsafe):
        PublicPictures(home).fetch("http://127.0.0.1/a.jpg")


# --- answers that are no picture


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(b"gone", "404 Not Found"), PhotoMissing),
        (reply(b"no", "403 Forbidden"), PhotoMissing),
        (reply(b"gone", "410 Gone"), PhotoMissing),
        (reply(b""), PhotoMissing),
        (reply(b" \n<!DOCTYPE html><title>Parked</title>"), PhotoMissing),
        (reply(b"<HTML>sold</HTML>", kind="image/jpeg"), PhotoMissing),
        (reply(b"x", "500 Oh"), Ambiguous),
        (reply(b"x", "429 Slow"), Throttled),
    ],
)
def test_what_is_no_picture_is_told_apart_from_what_may_be_one_later(
    answer, error, pictures, canary
):
    canary.server.manners = says(answer)
    with pytest.raises(error) as caught:
        pictures.fetch("http://pictures.example/a.jpg")
    assert caught.value.title


def test_a_picture_that_unpacks_to_more_than_30_mb_is_missing(pictures, canary):
    bomb = gzip.compress(b"\0" * 100_000_000)
    canary.server.manners = says(reply(bomb, Content_Encoding="gzip"))
    with pytest.raises(PhotoMissing, match="30 MB"):
        pictures.fetch("http://pictures.example/a.jpg")


def test_a_picture_that_drips_is_given_up(canary, monkeypatch):
    monkeypatch.setattr(public_pictures, "PICTURE_SECONDS", 0.6)

    def drips(line, number):
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
        for _ in range(100):
            line.sendall(b"x")
            time.sleep(0.05)

    canary.server.manners = drips
    pictures = PublicPictures(look_up=names, reach=canary.reach)
    begin = time.monotonic()
    with pytest.raises(Ambiguous):
        pictures.fetch("http://pictures.example/a.jpg")
    assert time.monotonic() - begin < 2


def test_a_dead_host_is_not_waited_for_again_and_again():
    tried = []

    def silent(host, places, seconds):
        tried.append(host)
        raise Unreachable("nobody", code="no-answer")

    pictures = PublicPictures(look_up=names, reach=silent)
    for _ in range(20):
        with pytest.raises(Unreachable):
            pictures.fetch("http://pictures.example/a.jpg")
    assert tried == ["pictures.example"]
    with pytest.raises(Unreachable):
        pictures.fetch("http://other.example/a.jpg")
    assert tried == ["pictures.example", "other.example"]


def test_lines_are_kept_between_pictures_of_one_host(pictures, canary):
    for _ in range(5):
        pictures.fetch("http://pictures.example/a.jpg")
    assert canary.server.lines == 1


def test_threads_may_share_it(pictures):
    got: list[bytes] = []

    def work() -> None:
        got.extend(pictures.fetch("http://pictures.example/a.jpg") for _ in range(10))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [PICTURE] * 40


def test_the_real_look_up_finds_this_computer_and_it_is_not_public():
    for host in ("127.0.0.1", "localhost", "::1"):
        assert not any(is_public(str(place[0])) for _, place in look_up(host, 80))
