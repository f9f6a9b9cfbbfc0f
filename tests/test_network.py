"""The door to the network: what goes out, what comes in, and whose secrets stay."""

from __future__ import annotations

import base64
import gzip
import http.server
import logging
import threading
import time
import traceback
from contextlib import suppress

import pytest

from tests.raw_server import (
    drops,
    free_port,
    reply,
    resets,
    says,
    serving,
)
from wizard import connection
from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    NetworkError,
    Unreachable,
    Unsafe,
    WrongParty,
)
from wizard.network import Session

PASSWORD = "kanarie-7f3e öß"
BASIC = base64.b64encode(f"ann:{PASSWORD}".encode())


def signed_in(**more) -> Session:
    return Session("ann", Secret(PASSWORD), **more)


# --- complete answers


def test_any_complete_answer_is_given_back_whatever_its_status():
    for status in (
        "200 OK",
        "201 Created",
        "400 Bad",
        "404 Gone",
        "500 Oh",
        "503 Busy",
    ):
        with serving(says(reply(b'{"a": 1}', status))) as server:
            for answer in (
                Session().get(server.url),
                Session().send("POST", server.url),
            ):
                assert (answer.status, answer.json()) == (int(status[:3]), {"a": 1})


def test_who_we_are_is_said_and_the_password_only_goes_into_its_header():
    with serving(says(reply())) as server:
        signed_in().send("POST", server.url + "/p", params={"q": "ä b"}, json={"x": 1})
    request = server.requests[0]
    assert b"Authorization: Basic " + BASIC in request
    assert b"User-Agent: Moving-Day/" in request
    assert request.startswith(b"POST /p?q=%C3%A4+b HTTP/1.1")
    assert request.endswith(b'{"x": 1}')


def test_the_environment_s_netrc_proxy_and_key_log_count_nothing(tmp_path, monkeypatch):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login trap password trap\n")
    keys = tmp_path / "keys"
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    with serving(says(reply())) as server:
        Session().get(server.url)
        signed_in().get(server.url)
    assert b"Authorization" not in server.requests[0]
    assert BASIC in server.requests[1]
    with pytest.raises(Unreachable):
        Session().send("POST", f"https://127.0.0.1:{free_port()}/")
    assert not keys.exists()


def test_no_cookie_comes_back():
    with serving(says(reply(Set_Cookie="sid=1; Path=/"))) as server:
        session = Session()
        session.get(server.url)
        session.get(server.url)
    assert b"ookie" not in server.requests[1]


def test_a_zipped_answer_is_unzipped_within_its_limit():
    small = gzip.compress(b'{"a": 1}')
    with serving(says(reply(small, Content_Encoding="gzip"))) as server:
        assert Session().get(server.url).json() == {"a": 1}
    bomb = gzip.compress(b"\0" * 50_000_000)
    with serving(says(reply(bomb, Content_Encoding="gzip"))) as server:
        with pytest.raises(Ambiguous) as caught:
            Session(limit=1_000_000).get(server.url)
        assert caught.value.code == "too-big"
        assert len(server.requests) == 1


def test_an_endless_answer_is_cut_at_the_limit():
    def endless(line, number):
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        with suppress(OSError):
            while True:
                line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    with serving(endless) as server, pytest.raises(Ambiguous, match="too big"):
        Session(limit=1_000_000).get(server.url)


def test_endless_headers_are_no_answer():
    def endless(line, number):
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for n in range(100_000):
                line.sendall(b"X-%d: %s\r\n" % (n, b"y" * 1000))

    with serving(endless) as server, pytest.raises(Ambiguous):
        Session().send("POST", server.url)


# --- questions asked by POST


def test_a_question_asked_by_post_is_repeated_like_a_read_and_never_sent_on():
    def twice_bad(line, number):
        drops(line, number) if number < 3 else line.sendall(reply(b"[3]"))

    with serving(twice_bad) as server:
        assert Session().ask(server.url, b"<xml/>").json() == [3]
        assert all(r.endswith(b"<xml/>") for r in server.requests)
        assert len(server.requests) == 3
    with serving(says(reply())) as other:
        moved = reply(b"", "301 Moved", location=other.url)
        with serving(says(moved)) as server, pytest.raises(WrongParty):
            Session().ask(server.url, b"<xml/>")
        assert other.lines == 0


def test_a_question_may_hold_a_password_and_is_not_asked_over_plain_http():
    with pytest.raises(Unsafe, match="https"):
        Session().ask("http://blog.invalid/xmlrpc.php", b"<xml/>")


# --- lines that are kept


def test_a_line_is_used_again_while_it_is_warm_and_not_when_it_rested(monkeypatch):
    with serving(says(reply())) as server:
        session = Session()
        for _ in range(3):
            session.send("POST", server.url)
        assert server.lines == 1
        monkeypatch.setattr(connection, "IDLE_SECONDS", 0.1)
        time.sleep(0.2)
        session.send("POST", server.url)
        assert server.lines == 2


def test_a_line_that_the_server_closed_meanwhile_costs_nothing():
    def once(line, number):
        line.sendall(reply(b"[1]"))
        drops(line, number)

    with serving(once) as server:
        session = Session()
        for _ in range(5):
            assert session.send("POST", server.url).status == 200
            time.sleep(0.05)
        assert len(server.requests) == 5


def test_threads_share_a_session_and_each_gets_its_own_answer():
    class Echo(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.wfile.write(reply(body))

        def log_message(self, *_):
            pass

    wrong = []

    def work(worker: int) -> None:
        for turn in range(20):
            sent = [worker * 1000 + turn]
            if session.send("POST", url, json=sent).json() != sent:
                wrong.append(sent)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url, session = f"http://127.0.0.1:{server.server_port}/", Session()
        threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        session.close()
        server.shutdown()
    assert wrong == []


# --- secrets


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized", "500 Oh"])
def test_a_server_that_repeats_the_sign_in_is_not_repeated(status):
    told = f"You are ann:{PASSWORD}. Authorization: Basic {BASIC.decode()}. {PASSWORD}!"
    with serving(says(reply(told.encode(), status))) as server:
        for call in (signed_in().get, lambda url: signed_in().send("POST", url)):
            words = call(server.url).body.decode()
            assert words == "You are …. Authorization: Basic …. …!"


def test_a_short_password_that_is_a_word_does_not_change_what_posts_say():
    with serving(says(reply(b"all you need is love"))) as server:
        answer = Session("ann", Secret("love")).get(server.url)
    assert answer.body == b"all you need is love"


def test_a_password_that_is_half_a_character_is_only_wrong():
    with serving(says(reply())) as server:
        Session("ann", Secret("kanarie\udcff")).get(server.url)
    assert base64.b64encode(b"ann:kanarie?") in server.requests[0]


def test_the_password_is_in_no_error_no_log_and_no_repr(caplog, recwarn):
    caplog.set_level(logging.DEBUG)
    session = signed_in(seconds=1.0)
    seen, contexts = [repr(session), repr(vars(session))], []
    manners = [
        drops,
        resets,
        says(reply(b"x", "511 Portal")),
        says(reply(b"", "429 Wait")),
    ]
    manners.append(says(reply(b"", "302 Found", location="http://elsewhere.example/")))
    manners.append(says(b"HTTP/1.1 200 OK\r\nbroken header\r\n\r\n"))
    for manner in manners:
        with serving(manner) as server:
            for _ in range(2):
                try:
                    answer = session.send("POST", server.url, json={"x": 1})
                    seen.append(repr(answer))
                except NetworkError as error:
                    seen += [repr(error), *traceback.format_exception(error)]
                    contexts.append(error.__context__)
    assert set(contexts) == {None}
    seen.append(caplog.text)
    everything = "\n".join(seen)
    for form in (PASSWORD, BASIC.decode(), PASSWORD[:12]):
        assert form not in everything
