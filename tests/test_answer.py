"""What a server's answer says: wait, somebody else, or data in spite of everything."""

from __future__ import annotations

import time

import pytest

from tests.raw_server import (
    reply,
    says,
    serving,
)
from wizard.answer import Answer, seconds_to_wait
from wizard.errors import (
    Ambiguous,
    Throttled,
    WrongParty,
)
from wizard.network import Session

# --- waiting, and strangers who answer


def test_a_server_that_asks_to_wait_is_throttled_for_reads_and_writes():
    for status in ("429 Too Many", "503 Maintenance"):
        with serving(
            says(reply(b"<p>", status, "text/html", retry_after="7"))
        ) as server:
            for call in (Session().get, lambda url: Session().send("POST", url)):
                with pytest.raises(Throttled) as caught:
                    call(server.url)
                assert caught.value.seconds == 7
            assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("5", 5),
        ("0", 1),
        ("2.5", 2.5),
        ("", 60),
        ("-3", 60),
        ("soon", 60),
        ("nan", 60),
        ("inf", 900),
        ("999999999999", 900),
        ("Wed, 21 Oct 2015 07:28:30 GMT", 30),
        ("Wed, 21 Oct 2015 07:27:00 GMT", 1),
        ("Wed, 21 Oct 2099 07:27:00 GMT", 900),
        ("Wed, 99 Oct 2015 07:27:00 GMT", 60),
    ],
)
def test_how_long_to_wait(said, seconds):
    assert seconds_to_wait(said, "Wed, 21 Oct 2015 07:28:00 GMT") == seconds


def test_a_date_to_wait_for_is_read_even_when_the_server_does_not_tell_its_own():
    assert seconds_to_wait("Wed, 21 Oct 2099 07:27:00 GMT") == 900


def test_a_network_that_wants_a_sign_in_is_another_party():
    with serving(says(reply(b"<html>", "511 Network Auth", "text/html"))) as server:
        for call in (Session().get, lambda url: Session().send("POST", url)):
            with pytest.raises(WrongParty, match="sign in"):
                call(server.url)


# --- JSON in spite of everything


def answer(body: bytes) -> Answer:
    return Answer(200, {}, body, "https://blog.example/wp-json/?x=1")


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": 5}',
        b'\xef\xbb\xbf{"id": 5}',
        b'\r\n\r\n {"id": 5}\n',
        b'<br />\n<b>Warning</b>: Undefined key "x" in <b>/a.php</b> on line 3<br />{"id": 5}',
        b'Warning: array[0] is [] in {main} [internal function]\n{"id": 5}',
        b'{"id": 5}<!-- cached by nobody -->',
        b'{"id": 5}{"profile": [1, 2, 3, 4, 5, 6, 7, 8]}',
    ],
)
def test_json_is_found_in_spite_of_what_stands_around_it(body):
    assert answer(body).json() == {"id": 5}
    assert answer(body).is_json


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b'{"id": 5',
        b"<!DOCTYPE html><html><script>var x = {}; f([1])</script>",
        b'<p>hi</p><html><script type="application/ld+json">{"id": 5}</script></html>',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
    ],
    ids=range(9),
)
def test_what_is_no_json_is_ambiguous(body):
    begin = time.monotonic()
    assert not answer(body).is_json
    with pytest.raises(Ambiguous) as caught:
        answer(body).json()
    assert "x=1" not in str(caught.value)
    assert time.monotonic() - begin < 2
