"""What was surely not sent, and what may have been."""

from __future__ import annotations

import base64
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.raw_server import (
    drips,
    drops,
    free_port,
    reply,
    resets,
    says,
    says_and_drops,
    serving,
)
from wizard import connection, network
from wizard.connection import reach
from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    Unreachable,
)
from wizard.network import Session

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "kanarie-7f3e öß"
BASIC = base64.b64encode(f"ann:{PASSWORD}".encode())


def signed_in(**more) -> Session:
    return Session("ann", Secret(PASSWORD), **more)


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


def test_a_computer_without_a_network_says_so():
    # In a network of its own, in which there is nobody else.
    ask = (
        "from wizard.connection import reach; import socket\n"
        "try: reach('blog', [(socket.AF_INET, ('192.0.2.1', 80))], 1)\n"
        "except Exception as trouble: print(trouble.code, trouble)"
    )
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", ask],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "unshare" in done.stderr:
        pytest.skip(done.stderr)
    assert done.stdout.startswith("offline This computer has no connection"), done


def test_a_computer_that_slept_says_so_and_looks_again():
    """SIGSTOP is the sleep of one program."""
    ask = (
        "import sys; from wizard import connection; from wizard.network import Session\n"
        "connection._NAP = 0.5\n"
        "try: Session(seconds=0.3).send('POST', sys.argv[1])\n"
        "except Exception as trouble: print(trouble.code, trouble)"
    )
    arrived = threading.Event()
    with serving(lambda line, number: arrived.set()) as server:
        for sleeps in (True, False):
            arrived.clear()
            with subprocess.Popen(
                [sys.executable, "-c", ask, server.url],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            ) as process:
                assert arrived.wait(60)
                if sleeps:
                    process.send_signal(signal.SIGSTOP)
                    time.sleep(1.5)
                    process.send_signal(signal.SIGCONT)
                said, _ = process.communicate(timeout=60)
            assert said.startswith("slept This computer slept") == sleeps, said
            assert said.startswith("late 127.0.0.1 took too long") != sleeps, said


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
