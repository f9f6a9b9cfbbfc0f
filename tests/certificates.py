"""Certificates of every kind that a server may show, made for one test run."""

from __future__ import annotations

import datetime
import os
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

HERE = ("127.0.0.1", "localhost")
_DAY = datetime.timedelta(days=1)


class Certificates:
    """``trusted``: the file with the one issuer that counts. `bad`: servers' contexts,
    each with one thing wrong."""

    def __init__(self, folder: Path) -> None:
        self._issuer = trustme.CA()
        self.trusted = folder / "issuer.pem"
        self._issuer.cert_pem.write_to_path(str(self.trusted))

    def good(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._issuer.issue_cert(*HERE).configure_cert(context)
        return context

    def bad(self) -> Iterator[tuple[str, ssl.SSLContext]]:
        now = datetime.datetime.now(datetime.UTC)
        long_ago, far_off = now - 400 * _DAY, now + 400 * _DAY
        made = {
            "expired": self._issuer.issue_cert(
                *HERE, not_before=long_ago, not_after=now - _DAY
            ),
            "not valid yet": self._issuer.issue_cert(
                *HERE, not_before=now + _DAY, not_after=far_off
            ),
            "another host": self._issuer.issue_cert("other.example", "127.0.0.2"),
            "unknown issuer": trustme.CA().issue_cert(*HERE),
        }
        for name, leaf in made.items():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            leaf.configure_cert(context)
            yield name, context
        yield "self-signed", self._of(ec.generate_private_key(ec.SECP256R1()), None)
        weak = rsa.generate_private_key(65537, 1024)
        yield "weak key", self._of(weak, self._issuer)
        yield "old protocol", _old(self.good())

    def _of(
        self,
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        issuer: trustme.CA | None,
    ) -> ssl.SSLContext:
        """What trustme does not make: a server that signs itself, or has a small key."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "blog")])
        by, signer = name, key
        if issuer is not None:
            by = x509.load_pem_x509_certificate(issuer.cert_pem.bytes()).subject
            signer = serialization.load_pem_private_key(
                issuer.private_key_pem.bytes(), None
            )
        now = datetime.datetime.now(datetime.UTC)
        names = [x509.DNSName("localhost"), x509.DNSName("127.0.0.1")]
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(by)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _DAY)
            .not_valid_after(now + 30 * _DAY)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(signer, hashes.SHA256())
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        both = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ) + made.public_bytes(serialization.Encoding.PEM)
        with trustme.Blob(both).tempfile() as path:
            context.load_cert_chain(path)
        return context


def _old(context: ssl.SSLContext) -> ssl.SSLContext:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


class Careless(ssl.SSLContext):
    """A client that takes whatever it is shown, whatever it is told: what no product
    should have."""

    def __new__(cls, *_: object) -> Careless:
        made = super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)
        ssl.SSLContext.check_hostname.__set__(made, False)
        ssl.SSLContext.verify_mode.__set__(made, ssl.CERT_NONE)
        made.set_ciphers("DEFAULT:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            made.minimum_version = ssl.TLSVersion.TLSv1
        return made

    verify_mode = property(lambda self: ssl.CERT_NONE, lambda self, value: None)
    check_hostname = property(lambda self: False, lambda self, value: None)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """These variables of the environment, for as long as the block runs."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
