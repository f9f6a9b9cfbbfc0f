"""The door to the network: what was surely not sent, what may have been, what answered."""

from __future__ import annotations

import base64
import gzip
import http.server
import logging
import os
import socket
import ssl
import struct
import subprocess
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path

import pytest

from tests.raw_server import reply, says, serving
from wizard import connection, network
from wizard.answer import Answer, same_party, seconds_to_wait
from wizard.connection import dial, reach
from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    NetworkError,
    Throttled,
    Unreachable,
    Unsafe,
    WrongParty,
)
from wizard.network import Session

PASSWORD = "kanarie-7f3e öß"
BASIC = base64.b64encode(f"ann:{PASSWORD}".encode())


def signed_in(**more) -> Session:
    return Session("ann", Secret(PASSWORD), **more)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def drops(line: socket.socket, number: int) -> None:
    line.shutdown(socket.SHUT_RDWR)
    line.close()


def resets(line: socket.socket, number: int) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def says_and_drops(what: bytes):
    def manners(line: socket.socket, number: int) -> None:
        line.sendall(what)
        drops(line, number)

    return manners


def drips(what: bytes, seconds: float = 0.05):
    def manners(line: socket.socket, number: int) -> None:
        with suppress(OSError):
            for byte in what:
                line.sendall(bytes([byte]))
                time.sleep(seconds)

    return manners


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


# --- what was surely not sent


def test_a_closed_port_is_unreachable_and_says_so():
    with pytest.raises(Unreachable) as caught:
        Session().send("POST", f"http://127.0.0.1:{free_port()}/")
    assert caught.value.code == "refused"
    assert "127.0.0.1" in caught.value.title
    assert caught.value.hint


def test_a_name_that_does_not_exist_is_told_apart_from_a_computer_that_is_offline(
    monkeypatch,
):
    def failing(number):
        def getaddrinfo(*_, **__):
            raise socket.gaierror(number, "no")

        return getaddrinfo

    monkeypatch.setattr(socket, "getaddrinfo", failing(socket.EAI_NONAME))
    with pytest.raises(Unreachable, match="no server with the name") as caught:
        Session().get("http://blog.example/")
    assert caught.value.code == "no-such-name"
    monkeypatch.setattr(socket, "getaddrinfo", failing(socket.EAI_AGAIN))
    with pytest.raises(Unreachable, match="connected to the internet"):
        Session().get("http://blog.example/")


def test_a_look_up_that_hangs_does_not_hang_us(monkeypatch):
    monkeypatch.setattr(connection, "NAME_SECONDS", 0.2)

    def hangs(*_, **__):
        time.sleep(1.5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    begin = time.monotonic()
    with pytest.raises(Unreachable):
        Session().send("POST", "http://blog.example/")
    assert time.monotonic() - begin < 1


def test_nobody_answering_is_unreachable_and_the_next_address_is_tried():
    deaf = socket.socket()
    deaf.bind(("127.0.0.1", 0))
    deaf.listen(0)
    fillers = []
    for _ in range(
        4
    ):  # a full queue of a listener that never accepts drops what follows
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(deaf.getsockname())
        fillers.append(filler)
    place = (socket.AF_INET, deaf.getsockname())
    with pytest.raises(Unreachable) as caught:
        reach("deaf", [place], 0.3)
    assert caught.value.code == "no-answer"
    with serving(says(reply())) as server:
        good = (socket.AF_INET, ("127.0.0.1", server.port))
        reach("half deaf", [place, good], 0.3).close()
    for one in (deaf, *fillers):
        one.close()


def test_a_line_that_is_cut_before_the_first_byte_leaves_is_unreachable():
    def no_line(host, port, seconds):
        raise ConnectionResetError

    with pytest.raises(Unreachable):
        Session(dial=no_line).send("POST", "http://blog.example/")


# --- what may have been sent


@pytest.mark.parametrize(
    "manners",
    [
        drops,
        resets,
        says_and_drops(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}"),
        says_and_drops(b"HTTP/1.1 201 Cre"),
        says_and_drops(b"HTTP/1.1 201 Created\r\nX-A: b\r\n"),
        says_and_drops(b"garbage\r\n\r\n"),
        says_and_drops(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        says(reply(b"not zipped", Content_Encoding="gzip")),
        says(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
    ids=["drop", "reset", "half", "status", "head", "garbage", "chunks", "gzip", "1xx"],
)
def test_a_write_that_broke_after_it_left_is_ambiguous_and_sent_once(manners):
    with serving(manners) as server:
        with pytest.raises(Ambiguous):
            signed_in().send("POST", server.url, json={"title": "once"})
        assert len(server.requests) == 1


def test_a_read_that_broke_is_repeated_at_most_twice():
    def twice_bad(line, number):
        drops(line, number) if number < 3 else line.sendall(reply(b"[3]"))

    with serving(twice_bad) as server:
        assert Session().get(server.url).json() == [3]
        assert len(server.requests) == 3
    with serving(drops) as server:
        with pytest.raises(Ambiguous):
            Session().get(server.url)
        assert len(server.requests) == 3


@pytest.mark.parametrize(
    "what",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + b"x" * 4000,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 4000,
        b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 4000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 400,
    ],
    ids=["body", "body until the end", "header", "continue"],
)
def test_a_server_that_drips_a_byte_now_and_then_cannot_hold_us(what):
    with serving(drips(what)) as server:
        begin = time.monotonic()
        with pytest.raises(Ambiguous) as caught:
            Session(seconds=0.6).send("POST", server.url)
        assert time.monotonic() - begin < 2
        assert caught.value.code == "late"


def test_dripping_within_the_deadline_is_only_slow():
    with serving(drips(reply(b'{"slow": true}'), 0.002)) as server:
        assert Session(seconds=5).get(server.url).json() == {"slow": True}


def test_a_big_photo_on_a_slow_line_is_not_given_up_after_five_seconds(monkeypatch):
    monkeypatch.setattr(network, "CONNECT_SECONDS", 0.3)
    got = bytearray()

    def sluggish(server_side: socket.socket) -> None:
        line, _ = server_side.accept()
        with line:
            while len(got) < 6_000_000:
                time.sleep(0.01)
                got.extend(line.recv(80_000))
            line.sendall(reply(b'{"id": 1}', "201 Created"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        thread = threading.Thread(target=sluggish, args=(listener,))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        begin = time.monotonic()
        answer = Session().send("POST", url, data=b"x" * 6_000_000)
        assert time.monotonic() - begin > 0.5
        thread.join()
    assert answer.json() == {"id": 1}


def test_a_server_that_answers_before_it_read_everything_is_heard():
    server_answer = reply(b"<h1>413</h1>", "413 Too Large", "text/html")

    def hasty(listener: socket.socket) -> None:
        line, _ = listener.accept()
        line.recv(2000)
        line.sendall(server_answer)
        line.shutdown(socket.SHUT_WR)
        time.sleep(0.5)
        line.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=hasty, args=(listener,))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert Session().send("POST", url, data=b"x" * 20_000_000).status == 413
        thread.join()


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


# --- secrets


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


# --- TLS


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    """An issuer of our own, and what it signed: good, for another name, expired."""
    folder = tmp_path_factory.mktemp("certificates")

    def path(name: str) -> str:
        return str(folder / name)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(
        "req", "-x509", *key, "-keyout", path("ca.key"), "-out", path("ca.pem"),
        "-subj", "/CN=An issuer", "-days", "5",
    )  # fmt: skip
    (folder / "serial").write_text("01\n")
    for name, host, begin, end in (
        ("good", "IP:127.0.0.1", "20200101000000Z", "20990101000000Z"),
        ("other", "DNS:other.example", "20200101000000Z", "20990101000000Z"),
        ("expired", "IP:127.0.0.1", "20200101000000Z", "20210101000000Z"),
        ("early", "IP:127.0.0.1", "20980101000000Z", "20990101000000Z"),
    ):
        (folder / "index").write_text("")
        (folder / "config").write_text(
            f"[ca]\ndefault_ca = here\n[here]\ndatabase = {path('index')}\n"
            f"serial = {path('serial')}\nnew_certs_dir = {folder}\ndefault_md = sha256\n"
            f"policy = any\nx509_extensions = names\n[any]\ncommonName = supplied\n"
            f"[names]\nsubjectAltName = {host}\n"
        )
        openssl(
            "req", "-new", *key, "-keyout", path(f"{name}.key"), "-out", path("csr"),
            "-subj", "/CN=blog",
        )  # fmt: skip
        openssl(
            "ca", "-batch", "-notext", "-config", path("config"), "-in", path("csr"),
            "-out", path(f"{name}.pem"), "-cert", path("ca.pem"), "-keyfile", path("ca.key"),
            "-startdate", begin, "-enddate", end,
        )  # fmt: skip
    return folder


def secure(certificates: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    return context


def test_a_certificate_this_computer_trusts_is_trusted(certificates, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    with serving(says(reply(b"[1]")), secure(certificates, "good")) as server:
        session = signed_in()
        assert session.get(server.url).json() == [1]
        assert session.send("POST", server.url).json() == [1]
        assert server.lines == 1
        with pytest.raises(Unreachable, match="another name"):
            session.get(server.url.replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize(
    ("name", "trusted", "code"),
    [
        ("good", False, "certificate-issuer"),
        ("other", True, "certificate-wrong-name"),
        ("expired", True, "certificate-expired"),
        ("early", True, "certificate-expired"),
    ],
)
def test_a_certificate_that_is_not_right_stops_us_with_the_reason(
    certificates, monkeypatch, name, trusted, code
):
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    with serving(says(reply()), secure(certificates, name)) as server:
        for call in (signed_in().get, lambda url: signed_in().send("POST", url)):
            with pytest.raises(Unreachable) as caught:
                call(server.url)
            assert caught.value.code == code
            assert caught.value.hint
        assert server.requests == []
        assert server.lines == 2


def test_a_slow_body_over_tls_is_cut_off_as_well(certificates, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    for head in (b"Content-Length: 4000\r\n", b""):
        slow = drips(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + b"x" * 4000)
        with serving(slow, secure(certificates, "good")) as server:
            begin = time.monotonic()
            with pytest.raises(Ambiguous):
                Session(seconds=0.6).send("POST", server.url)
            assert time.monotonic() - begin < 2


def test_a_handshake_that_drips_is_cut_off_and_nothing_was_sent():
    hello = b"\x16\x03\x03\x40\x00" + b"\x02" + b"\x00" * 5000

    def greet(listener: socket.socket) -> None:
        line, _ = listener.accept()
        with line, suppress(OSError):
            line.recv(5000)
            for byte in hello:
                line.sendall(bytes([byte]))
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=greet, args=(listener,), daemon=True).start()
        begin = time.monotonic()
        with pytest.raises(Unreachable):
            signed_in(seconds=0.6).send(
                "POST", f"https://127.0.0.1:{listener.getsockname()[1]}/"
            )
        assert time.monotonic() - begin < 2


def test_no_switch_turns_certificates_off():
    folder = Path(network.__file__).parent
    for file in folder.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for way in (
            "verify=False",
            "CERT_NONE",
            "_create_unverified",
            "check_hostname",
        ):
            assert way not in text, file


def test_lines_are_closed_with_their_session():
    with serving(says(reply())) as server:
        session = Session()
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc") else 0
        for _ in range(50):
            session.get(server.url)
        session.close()
        after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc") else 0
        assert after <= before + 2


def test_dialling_tries_what_the_system_says():
    with serving(says(reply())) as server:
        line = dial("localhost", server.port, 2)
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert line.recv(15) == b"HTTP/1.1 200 OK"
        line.close()
