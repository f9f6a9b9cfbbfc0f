"""Whether a password ever goes to anybody but the server it is for, and never in the open."""

from __future__ import annotations

import base64
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

from urllib3.exceptions import InsecureRequestWarning

from tests.certificates import Careless, Certificates, environment
from tests.faults.figures import Figure
from tests.raw_server import RawServer, free_port, reply, says, serving
from wizard import connection, network
from wizard.connection import Place, reach
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress, discovery
from wizard.errors import MoveError
from wizard.network import Session
from wizard.sources.metaweblog import MetaWeblog

USER, PASSWORD = "ann", "kanarie-7f3e-wachtwoord"
_FORMS = (
    PASSWORD.encode(),
    base64.b64encode(f"{USER}:{PASSWORD}".encode()),
    b"authorization:",
)
CODES = (301, 302, 303, 307, 308)
OPEN_HOSTS = (
    "blog.example",
    "10.0.0.5",
    "192.168.1.20",
    "localhost.",
    "localhost.example",
    "127.0.0.1.nip.example",
    "[fd00::1]",
    "0.0.0.0",
    "blog.local",
    "8.8.8.8",
)

Call = Callable[[Session, str], object]
CALLS: dict[str, Call] = {
    "GET": lambda session, url: session.get(url),
    "POST": lambda session, url: session.send("POST", url, json={"title": "x"}),
    "DELETE": lambda session, url: session.send("DELETE", url),
    "photo": lambda session, url: session.send("POST", url, data=b"x" * 90_000),
    "question": lambda session, url: session.ask(url, b"<methodCall/>"),
}
Attempt = tuple[str, Callable[[], bool]]  # True: the password got where it must not


def figures(scale: float, seed: int) -> Iterator[Figure]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = Certificates(folder)
        stack.enter_context(environment(SSL_CERT_FILE=str(made.trusted)))
        good = stack.enter_context(serving(says(reply()), made.good()))
        certificates = list(_bad_certificates(stack, made))
        redirects = list(_redirects(stack, made))
        pages = list(_pages(stack))
        in_the_open = list(_in_the_open())
        every = [*certificates, *redirects, *pages, *in_the_open]
        wrong = tuple(name for name, attempt in every if attempt())
        heard = _heard(good)
        yield Figure(
            "Passwords to another host, in the open, or past a bad certificate",
            len(every),
            200,
            wrong,
            note=f"{len(certificates)} bad certificates, {len(redirects)} redirects, "
            f"{len(pages)} pages that name another host, {len(in_the_open)} times http; "
            f"the right server got it {heard} times",
        )
        # The protections, one after the other, taken away.
        with (
            patch.object(connection.truststore, "SSLContext", Careless),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore", InsecureRequestWarning)
            yield _control("past a bad certificate, unchecked", certificates)
        reads = [each for each in redirects if each[0].startswith("GET")]
        with patch.object(network, "same_party", lambda *_: True):
            yield _control("to another host, unchecked", reads)
        with (
            patch.object(discovery, "vouched", lambda *_: True),
            patch.object(discovery, "_stays_in_the_house", lambda *_: None),
        ):
            believed = [each for each in pages if each[0].startswith("new blog")]
            yield _control("to a host that a page names, believed", believed)
        with patch.object(network, "unsafe", lambda *_, **__: None):
            yield _control("in the open, unchecked", in_the_open)
        yield _environment(folder, good)


def _control(name: str, attempts: list[Attempt]) -> Figure:
    quiet = tuple(name for name, attempt in attempts if not attempt())
    return Figure(f"Passwords {name}", len(attempts), 1, quiet, control=True)


def _signed_in(**more: object) -> Session:
    return Session(USER, Secret(PASSWORD), seconds=5, **more)  # type: ignore[arg-type]


def _tries(call: Call, url: str, session: Session | None = None) -> None:
    session = session or _signed_in()
    with suppress(MoveError):
        call(session, url)
    session.close()


def _told(server: RawServer) -> bool:
    """Whether this server has been told the password since it was last asked."""
    heard = b"".join(server.requests)
    server.requests.clear()
    return any(form in heard or form in heard.lower() for form in _FORMS)


def _heard(server: RawServer) -> int:
    """The right server is told: else nothing of this would prove anything."""
    count = 0
    for call in CALLS.values():
        _tries(call, server.url)
        count += _told(server)
    return count


def _bad_certificates(stack: ExitStack, made: Certificates) -> Iterator[Attempt]:
    for kind, context in made.bad():
        server = stack.enter_context(serving(says(reply()), context))
        for host in ("127.0.0.1", "localhost"):
            url = server.url.replace("127.0.0.1", host)
            for name, call in CALLS.items():

                def attempt(call: Call = call, url: str = url, server=server) -> bool:
                    _tries(call, url)
                    return _told(server)

                yield f"{name} {host}: {kind}", attempt


def _redirects(stack: ExitStack, made: Certificates) -> Iterator[Attempt]:
    """From the right server, over TLS, to somebody else."""
    first = stack.enter_context(serving(says(reply()), made.good()))
    secure = stack.enter_context(serving(says(reply(b"[]")), made.good()))
    plain = stack.enter_context(serving(says(reply(b"[]"))))
    targets = {
        "another port": (secure, secure.url),
        "another name": (secure, secure.url.replace("127.0.0.1", "localhost")),
        "plain http": (plain, plain.url),
        "plain http by name": (plain, plain.url.replace("127.0.0.1", "localhost")),
        "no scheme": (secure, secure.url.removeprefix("https:")),
    }
    for code in CODES:
        for where, (server, url) in targets.items():
            moved = says(reply(b"", f"{code} Moved", location=f"{url}/x"))
            for name, call in CALLS.items():

                def attempt(call=call, moved=moved, server=server) -> bool:
                    first.manners = moved
                    _tries(call, first.url)
                    return _told(server)

                yield f"{name} {code} to {where}", attempt


def _pages(stack: ExitStack) -> Iterator[Attempt]:
    """A page without TLS, which anybody on the way may have written."""
    answers = b'{"namespaces": ["wp/v2"], "name": "x", "authentication": {"a": 1}}'
    other = stack.enter_context(serving(says(reply(answers))))
    link = other.url.replace("127.0.0.1", "localhost") + "/wp-json/"
    rsd = (
        f'<rsd><service><apis><api name="WordPress" blogID="1" apiLink="{link}"/>'
        "</apis></service></rsd>"
    ).encode()
    tag = f'<link rel="https://api.w.org/" href="{link}">'.encode()
    header = f'<{link}>; rel="https://api.w.org/"'
    pages = {
        "a header": reply(b"<html>", kind="text/html", Link=header),
        "a tag": reply(b"<html>" + tag, kind="text/html"),
        "RSD": reply(rsd, kind="text/xml"),
        "a redirect": reply(b"", "302 Found", location=link),
    }
    for name, page in pages.items():
        server = stack.enter_context(serving(says(page)))

        def new_blog(server: RawServer = server) -> bool:
            with suppress(MoveError):
                WordPress(server.url, USER, Secret(PASSWORD)).check()
            return _told(other)

        def old_blog(server: RawServer = server) -> bool:
            with suppress(MoveError):
                MetaWeblog(server.url, USER, Secret(PASSWORD)).blog()
            return _told(other)

        if name != "RSD":  # which is for programs older than that
            yield f"new blog, {name} names another host", new_blog
        yield f"old blog, {name} names another host", old_blog


def _in_the_open() -> Iterator[Attempt]:
    for host in OPEN_HOSTS:
        for name, call in CALLS.items():

            def attempt(call: Call = call, host: str = host) -> bool:
                with serving(says(reply())) as server:
                    here: Place = (socket.AF_INET, ("127.0.0.1", server.port))
                    session = _signed_in(
                        dial=lambda host, port, seconds: reach(host, [here], seconds)
                    )
                    _tries(call, f"http://{host}/", session)
                    return _told(server)

            yield f"{name} http://{host}/", attempt


def _environment(folder: Path, good: RawServer) -> Figure:
    """What the surroundings say about passwords, proxies and keys counts nothing."""
    netrc, keys, none = folder / "netrc", folder / "keys", folder / "none.pem"
    netrc.write_text("machine 127.0.0.1 login trap password trap\n")
    none.write_text("")
    proxy = serving(says(reply()))
    wrong = []
    with proxy as trap:
        variables = {
            "NETRC": str(netrc),
            "HTTPS_PROXY": trap.url,
            "HTTP_PROXY": trap.url,
            "ALL_PROXY": trap.url,
            "https_proxy": f"http://u:p@127.0.0.1:{free_port()}",
            "REQUESTS_CA_BUNDLE": str(none),
            "CURL_CA_BUNDLE": str(none),
            "SSLKEYLOGFILE": str(keys),
        }
        for name, value in variables.items():
            with environment(**{name: value, "no_proxy": "", "NO_PROXY": ""}):
                before = trap.lines
                _tries(CALLS["POST"], good.url)
                if not _told(good) or trap.lines > before or keys.exists():
                    wrong.append(name)
    return Figure(
        "Variables of the environment that would lead a password astray",
        len(variables),
        8,
        tuple(wrong),
    )
