"""Where requests are sent on to, and where none is ever sent."""

from __future__ import annotations

import base64

import pytest

from tests.raw_server import (
    reply,
    says,
    serving,
)
from wizard.answer import same_party
from wizard.credentials import Secret
from wizard.errors import (
    Unreachable,
    Unsafe,
    WrongParty,
)
from wizard.network import Session

PASSWORD = "kanarie-7f3e öß"
BASIC = base64.b64encode(f"ann:{PASSWORD}".encode())


def signed_in(**more) -> Session:
    return Session("ann", Secret(PASSWORD), **more)


# --- redirects


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_write_is_never_sent_on(code):
    with serving(says(reply())) as elsewhere:
        moved = reply(b"", f"{code} Moved", location=elsewhere.url + "/secret?t=1")
        with serving(says(moved)) as server:
            with pytest.raises(WrongParty) as caught:
                signed_in().send("POST", server.url, json={"x": 1})
            assert len(server.requests) == 1
        assert elsewhere.lines == 0
    assert "secret" not in str(caught.value)


def test_a_read_follows_and_tells_where_it_ended():
    there = reply(b"[]", "301 Moved", location="/b%20c?d=1")
    with serving(says(there, reply(b"[5]"))) as server:
        answer = signed_in().get(server.url + "/a")
        assert answer.json() == [5]
        assert answer.url == server.url + "/b%20c?d=1"
        assert all(BASIC in request for request in server.requests)


def test_a_read_follows_to_an_address_written_in_utf_8():
    there = reply(b"", "302 Found", location="/caf\u00e9/\u65e5")
    with serving(says(there, reply(b"[5]"))) as server:
        Session().get(server.url)
        assert server.requests[1].startswith(b"GET /caf%C3%A9/%E6%97%A5 ")


def test_a_password_is_not_told_to_another_party_that_a_read_is_sent_on_to():
    with serving(says(reply(b"[6]"))) as other:
        for place in (other.url, other.url.replace("127.0.0.1", "localhost")):
            with serving(says(reply(b"", "302 Found", location=place))) as server:
                extra = {"Cookie": "sid=9", "X-Plain": "stays"}
                assert signed_in().get(server.url, headers=extra).json() == [6]
    for request in other.requests:
        assert BASIC not in request
        assert b"Cookie" not in request
        assert b"X-Plain: stays" in request


def test_a_password_once_dropped_is_not_picked_up_again_on_the_way_back():
    with serving(says(b"")) as other, serving(says(b"")) as server:
        other.manners = says(reply(b"", "302 Found", location=server.url + "/back"))
        server.manners = says(reply(b"", "302 Found", location=other.url), reply(b"[]"))
        signed_in().get(server.url)
        assert BASIC in server.requests[0]
        assert BASIC not in server.requests[1]


def test_going_in_circles_ends_after_five_redirects():
    with serving(says(reply(b"", "302 Found", location="/again"))) as server:
        with pytest.raises(WrongParty, match="circles"):
            Session().get(server.url)
        assert len(server.requests) == 6


@pytest.mark.parametrize(
    "place",
    [
        "file:///etc/passwd",
        "ftp://x/",
        "gopher://x",
        "http://u:p@x/",
        "http://a:b/",
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_not_followed(place):
    with (
        serving(says(reply(b"", "302 Found", location=place))) as server,
        pytest.raises(Unsafe),
    ):
        Session().get(server.url)


def test_a_redirect_that_does_not_say_where_is_an_answer():
    for there in (reply(), reply(location="http://[x")):
        with serving(says(there.replace(b"200 OK", b"302 Found"))) as server:
            assert Session().get(server.url).status == 302
            with pytest.raises(WrongParty, match="another place"):
                Session().send("POST", server.url)
    with serving(says(reply(b"", "304 Not Modified"))) as server:
        assert Session().get(server.url).status == 304


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("https://a.b/", "https://a.b/c", True),
        ("https://a.b/", "https://a.b:443/", True),
        ("http://a.b/", "https://a.b/", True),
        ("https://a.b/", "http://a.b/", False),
        ("https://a.b/", "https://a.b:8443/", False),
        ("http://a.b:81/", "https://a.b/", False),
        ("https://a.b/", "https://www.a.b/", False),
        ("https://a.b/", "https://a.b.evil/", False),
        ("https://a.b/", "https://a.b:99999/", False),
    ],
)
def test_the_same_party_is_the_same_scheme_host_and_port(old, new, same):
    assert same_party(old, new) is same


# --- addresses that are not asked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "blog.example",
        "//blog.example/",
        "ftp://blog.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://[::1",
        "http://a:99999/",
        "http://exa mple/",
        "httpx://blog.example/",
    ],
)
def test_what_is_no_address_on_the_web_is_unsafe(url):
    for call in (Session().get, lambda url: Session().send("POST", url)):
        with pytest.raises(Unsafe):
            call(url)


def test_a_password_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(Unsafe) as caught:
        Session().get("https://ann:geheim@blog.example/")
    assert "geheim" not in str(caught.value)
    assert "ann" not in str(caught.value).split()


@pytest.mark.parametrize(
    "host", ["blog.example", "10.0.0.5", "localhost.", "127.0.0.1.nip.io"]
)
def test_a_password_never_goes_over_plain_http_to_another_computer(host):
    def no_line(*_):
        raise AssertionError("nobody may be asked")

    with pytest.raises(Unsafe, match="https"):
        signed_in(dial=no_line).send("POST", f"http://{host}/")
    bearer = {"AUTHORIZATION": "Bearer x"}
    with pytest.raises(Unsafe, match="https"):
        Session(dial=no_line).get(f"http://{host}/", headers=bearer)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_a_password_may_go_over_plain_http_to_this_computer(host):
    asked = []

    def no_line(host, port, seconds):
        asked.append(host)
        raise Unreachable("no")

    with pytest.raises(Unreachable):
        signed_in(dial=no_line).send("POST", f"http://{host}:8080/")
    assert asked
