"""Certificates: the good ones are trusted, the others named, none is waved through."""

from __future__ import annotations

import base64
import os
import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.raw_server import (
    drips,
    reply,
    resets,
    says,
    serving,
)
from wizard import network
from wizard.connection import dial
from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    Unreachable,
)
from wizard.network import Session

PASSWORD = "kanarie-7f3e öß"
BASIC = base64.b64encode(f"ann:{PASSWORD}".encode())


def signed_in(**more) -> Session:
    return Session("ann", Secret(PASSWORD), **more)


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


@pytest.mark.parametrize("linger", [False, True])
def test_a_handshake_that_somebody_cuts_is_tried_again_and_told(linger):
    """As those do who block a site by its name."""
    lines = []

    def cut(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                lines.append(line.recv(5000))
                if linger:
                    resets(line, 0)
                line.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=cut, args=(listener,), daemon=True).start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(Unreachable, match="broke before") as caught:
            signed_in().get(url)
        assert "another one" in caught.value.hint
        assert len(lines) == 3
        with pytest.raises(Unreachable):
            signed_in().send("POST", url)
        assert len(lines) == 4
        listener.shutdown(socket.SHUT_RDWR)


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
