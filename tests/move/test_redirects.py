"""Old addresses lead on: what the files say, and what real web servers make of them."""

from __future__ import annotations

import csv
import http.client
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.move.receipts import SITE, move_in, post
from wizard.blog import Blog, Post, Status
from wizard.destinations import Kind, Remote
from wizard.errors import MoveError
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.records import Step
from wizard.move.redirect_folder import keep_words, words_of, write_redirects
from wizard.move.ways import way_home, ways

OLD = "http://old.example"
# Old path as a browser asks for it, and the new address.
ODD = {
    "/blog/cns!2B070A76FD6627CE!975.entry": f"{SITE}/2007/04/it-moved/",
    "/2005/03/caf%C3%A9/": f"{SITE}/2005/03/caf%C3%A9/",
    "/%E4%BD%A0%E5%A5%BD.html": f"{SITE}/%E4%BD%A0%E5%A5%BD/",
    "/a%20b/%22c%22.html": f"{SITE}/a-b/?x=1&y=%27",
    "/100%25/(a+b)*[c].$1^%7B2%7D%7C%5C.html": f"{SITE}/100%25-$1-%1/",
    "/%B5%D8.html": f"{SITE}/gbk/",
    "/semi;colon,and'quote=1&2.html": f"{SITE}/semi;colon/",
    "/:placeholder/*": f"{SITE}/star/",
    "/blog/?p=12": f"{SITE}/twelve/",
    "/blog/?p=123": f"{SITE}/one-two-three/",
    "/show.asp?id=%E5%A5%BD&x=(1)": f"{SITE}/asp/",
    "/Case.html": f"{SITE}/case/",
    "/case.html": f"{SITE}/small-case/",
    "/Post.aspx?id=3F2A": f"{SITE}/capitals/",
    "/Post.aspx?id=3f2a": f"{SITE}/small-letters/",
    "/2006/either%2for%2F": f"{SITE}/either-or/",
    "/2006/either%252for/%3fwhy%23not%3D1": f"{SITE}/twice/",
    "/2006/a%2F%2f/b%2C%3b": f"{SITE}/slashes/",
    "/show.asp?id=%e5%a5%bd&y=a%2fb": f"{SITE}/asp/lower/",
}


def moved(move: Move, *posts: Post, new: str = "", status: str = "publish") -> None:
    """These posts stand at the new blog now."""
    move.add(posts)
    for found in posts:
        number = int(found.key[1:])
        there = Remote(Kind.POST, number, new or f"{SITE}/new-{number}/", status)
        move.record(
            Step(Kind.POST, found.key, found.key, f"md-{number}", State.SENT, 1),
            remote=there,
        )


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with move_in(tmp_path / "moves") as move:
        yield move


@pytest.fixture
def bench() -> Iterator[Path]:
    """A folder that servers can read which do not run as we do."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def odd(move: Move) -> Move:
    for number, (old, new) in enumerate(ODD.items()):
        moved(move, post(number, address=OLD + old), new=new)
    return move


def renamed(move: Move) -> None:
    """Two posts that had other addresses when the old blog was read before."""
    moved(move, post(1, address=f"{OLD}/first.html"), post(2, address=f"{OLD}/2.html"))
    move.add([post(1, address=f"{OLD}/second.html"), post(2, address=f"{OLD}/3.html")])
    move.add([post(1, address=f"{OLD}/2.html"), post(2, address=f"{OLD}/3.html")])


def test_addresses_from_before_lead_on_too_where_they_are_not_anothers_by_now(
    move: Move,
) -> None:
    renamed(move)
    new = [f"{SITE}/new-{n}/" for n in (1, 2)]
    assert [(way.path, way.new) for way in ways(move)] == [
        (b"/2.html", new[0]),
        (b"/3.html", new[1]),
        (b"/first.html", new[0]),
        (b"/second.html", new[0]),
    ]
    folder = folder_of(move)
    for name in ("apache.htaccess", "nginx.conf", "_redirects"):
        assert "first" in (folder / name).read_text("utf-8"), name
    assert (folder / "pages/first.html").is_file()
    front = (folder / "pages/index.html").read_text("utf-8")
    assert front.count("<li>") == 2, "each post once"
    assert "of 2 posts" in (folder / "READ ME FIRST.txt").read_text("utf-8")


def test_posts_whose_address_nobody_tells_any_more_are_counted_and_listed_too(
    move: Move,
) -> None:
    renamed(move)
    move.add([post(2)])  # a backup, say, that knows no addresses
    folder = folder_of(move)
    front = (folder / "pages/index.html").read_text("utf-8")
    assert front.count("<li>") == 2, "each post once"
    assert "of 2 posts" in (folder / "READ ME FIRST.txt").read_text("utf-8")


def test_where_the_new_blog_is_known_nobody_has_to_say_it(move: Move) -> None:
    assert move.blog
    move.blog = replace(move.blog, address=f"{OLD}/")
    for known, said, leads in (
        ("/tmp/x.xml", "https://said.example", "https://said.example/"),
        (SITE, "https://said.example", f"{SITE}/"),
        (SITE, "", f"{SITE}/"),
    ):
        move.note("destination", known)
        home = way_home(move, said)
        assert home
        assert home.new == leads


def test_of_what_is_not_public_no_address_from_before_is_told(move: Move) -> None:
    renamed(move)
    move.add([post(1, address=f"{OLD}/2.html", status=Status.PRIVATE)])
    assert {way.path for way in ways(move)} == {b"/3.html", b"/2.html"}
    assert {way.new for way in ways(move)} == {f"{SITE}/new-2/"}


def hostile(move: Move) -> None:
    """Addresses that want to be more than addresses."""
    for number, old in enumerate(
        (
            'http://a";return 200 evil;"/x',
            "http://a b/x",
            f"{OLD}/a%0AEvil",
            f"{OLD}/?a=1%0A\nEvil",
            f'{OLD}/x" evil',
            f"{OLD}/${{evil}}/%{{evil}}/=cmd|evil",
        ),
        2000,
    ):
        moved(move, post(number, address=old))
    new = 'https://new.example/"; evil;\\${x}%{y}'
    moved(move, post(2009, address=f"{OLD}/y"), new=new)
    moved(move, post(2010, address=f"{OLD}/z"), new='https://e"vil/')


def folder_of(move: Move, site: str = "") -> Path:
    folder = write_redirects(move, Path(f"{move.path}-report.html"), site)
    assert folder
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, target: str, host: str = "old.example") -> tuple[int, str]:
    """Status and new address in the answer to a request, letter for letter."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.putrequest("GET", target, skip_host=True)
        line.putheader("Host", host)
        line.endheaders()
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")


@contextmanager
def served(words: list[str], port: int) -> Iterator[int]:
    """A web server as long as the block lasts."""
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            for _ in range(200):
                assert server.poll() is None, server.stderr and server.stderr.read()
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield port
        finally:
            server.terminate()
            server.wait(20)


def nginx(folder: Path, bench: Path) -> Iterator[int]:
    binary, port = shutil.which("nginx", path="/usr/sbin:/usr/bin"), free_port()
    if not binary:
        pytest.skip("nginx is not installed (make scorecard does that)")
    temporary = "".join(
        f"{kind}_temp_path {bench}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (bench / "main.conf").write_text(
        f"daemon off; master_process off; pid {bench}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n"
        f"include {folder / 'nginx.conf'};\n"
        f"server {{ listen 127.0.0.1:{port}; root {bench};\n"
        'if ($moving_day_new != "") { return 301 $moving_day_new; } } }\n'
    )
    with served([binary, "-p", str(bench), "-c", str(bench / "main.conf")], port) as it:
        yield it


def apache(folder: Path, bench: Path, slashes: str = "On") -> Iterator[int]:
    binary, port = shutil.which("apache2", path="/usr/sbin:/usr/bin"), free_port()
    if not binary:
        pytest.skip("Apache is not installed (make scorecard does that)")
    site = bench / "site"
    site.mkdir()
    shutil.copy(folder / "apache.htaccess", site / ".htaccess")
    modules = "".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "rewrite", "dir")
    )
    (bench / "main.conf").write_text(
        f"{modules}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {bench}/pid\n"
        f"ErrorLog {bench}/errors\nDocumentRoot {site}\nDefaultRuntimeDir {bench}\n"
        f"<Directory {site}>\nAllowOverride All\nRequire all granted\n"
        "Options FollowSymLinks\n</Directory>\n"
        # As "%2F" and the like reach old addresses, too.
        f"AllowEncodedSlashes {slashes}\n"
    )
    words = [binary, "-X", "-d", str(bench), "-f", str(bench / "main.conf")]
    with served(words, port) as it:
        yield it


Server = Callable[[Path, Path], Iterator[int]]


def apache_that_leaves_slashes(folder: Path, bench: Path) -> Iterator[int]:
    yield from apache(folder, bench, "NoDecode")


@pytest.mark.parametrize("server", [nginx, apache, apache_that_leaves_slashes])
def test_real_servers_lead_from_every_old_address_to_the_new_one(
    odd: Move, bench: Path, server: Server
) -> None:
    with contextmanager(server)(folder_of(odd), bench) as port:
        for old, new in ODD.items():
            expected = new.replace("$", "%24") if "$" in new else new
            assert ask(port, old) == (301, expected), old
            assert ask(port, old, "www.old.example") == (301, expected), old
        # Other ways to write the same, and what readers' programs add.
        plain = f"{SITE}/2007/04/it-moved/"
        for old in (
            "/blog/cns%212B070A76FD6627CE%21975.entry",
            "/blog/cns!2B070A76FD6627CE!975.entry?mkt=zh-cn",
        ):
            assert ask(port, old) == (301, plain)
        assert ask(port, "/2005/03/caf%c3%a9")[0] == 301
        assert ask(port, "/blog/?p=12&utm_source=x") == (301, f"{SITE}/twelve/")
        assert ask(port, "/") == (301, f"{SITE}/")
        for old, to in (
            ("/2006/either%2For%2f", "either-or"),
            ("/2006/a%2f%2F/b,%3B", "slashes"),
            ("/show.asp?id=%E5%A5%BD&y=a%2Fb", "asp/lower"),
        ):
            assert ask(port, old) == (301, f"{SITE}/{to}/"), old
        # What is none of ours, and other names that lead to the same server.
        for old in (
            "/blog/?p=1",
            "/blog/?q=12",
            "/blog/cnsX2B070A76FD6627CE!975.entry",
        ):
            assert ask(port, old)[0] == 404, old
        for old in ODD:
            assert ask(port, old, "new.example")[0] != 301, old


@pytest.mark.parametrize("server", [nginx, apache])
def test_real_servers_take_very_many_of_them(
    move: Move, bench: Path, server: Server
) -> None:
    long = "x" * 200
    posts = [post(n, address=f"{OLD}/{long}/{n}/") for n in range(1000)]
    moved(move, *posts, post(1000, address=f"{OLD}/{long}/1"))
    hostile(move)
    with contextmanager(server)(folder_of(move), bench) as port:
        assert ask(port, f"/{long}/999/") == (301, f"{SITE}/new-999/")
        assert ask(port, "/y")[1].startswith(f"{SITE}/%22;%20evil;%5C%24%7Bx%7D%")
        assert ask(port, "/x%22%20evil")[0] == 301
        assert ask(port, f"/{long}/1/") == (301, f"{SITE}/new-1/")


def test_the_table_for_wordpress_is_read_as_it_is_meant(odd: Move) -> None:
    text = (folder_of(odd) / "redirection-for-wordpress.csv").read_text("utf-8")
    head, *lines = csv.reader(text.splitlines())
    assert head == ["source", "target", "regex", "code"]
    found = {source: target for source, target, regex, code in lines}
    assert all(line[2:] == ["0", "301"] for line in lines)
    assert found["/blog/cns!2B070A76FD6627CE!975.entry"] == f"{SITE}/2007/04/it-moved/"
    assert found["/blog/?p=12"] == f"{SITE}/twelve/"
    assert found["/a%20b/%22c%22.html"].startswith(f"{SITE}/a-b/")
    for source, target in found.items():
        assert source.startswith("/"), "never a formula"
        assert target.startswith("https://")
        assert (source + target).isascii()
    assert found["/2006/either%2For%2F"] == f"{SITE}/either-or/"
    # As the plug-in decodes what is asked for, once.
    assert (
        unquote("/2006/either%252for/%3Fwhy%23not=1") == "/2006/either%2for/?why#not=1"
    )
    assert found["/2006/either%252for/%3Fwhy%23not=1"] == f"{SITE}/twice/"
    # Where the domain leads to the new blog by now, these would lead to themselves.
    assert "/" not in found
    assert "/2005/03/caf%C3%A9/" not in found


def test_the_list_of_static_hosts_has_three_words_a_line(odd: Move) -> None:
    lines = (folder_of(odd) / "_redirects").read_text("utf-8").splitlines()
    rules = [line.split(" ") for line in lines if not line.startswith("#")]
    assert all(len(rule) == 3 and rule[2] == "301" for rule in rules)
    found = {source: target for source, target, _ in rules}
    assert found["/a%20b/%22c%22.html"].startswith(f"{SITE}/a-b/")
    assert found["/%3Aplaceholder/%2A"] == f"{SITE}/star/", "no placeholder, no star"
    assert found["/"] == f"{SITE}/"
    # Some hosts compare what was asked for as it stands, others decode it first.
    assert found["/2006/either%2For%2F"] == found["/2006/either%2for%2F"]
    assert found["/2006/either%2For%2F"] == f"{SITE}/either-or/"
    assert "/2006/either/or/" not in found
    assert found["/2006/either%252for/%3Fwhy%23not=1"] == f"{SITE}/twice/"
    assert lines[-1] == "# Not in here, as such a file knows no “?”: 6"


def test_the_pages_lie_where_a_web_server_looks_for_them(odd: Move) -> None:
    keep_words(odd, "We left.\n<b>Thank you</b> & bye!")
    pages = folder_of(odd) / "pages"
    page = (pages / "blog/cns!2B070A76FD6627CE!975.entry/index.html").read_text("utf-8")
    new = f"{SITE}/2007/04/it-moved/"
    assert f'<link rel="canonical" href="{new}">' in page
    assert f'content="5; url={new}"' in page
    assert f'<a href="{new}">' in page
    assert "We left.<br>\n&lt;b&gt;Thank you&lt;/b&gt; &amp; bye!" in page
    assert (pages / "2005/03/café/index.html").is_file()
    assert (pages / "你好.html").is_file()
    front = (pages / "index.html").read_text("utf-8")
    assert front.count("<li>") == len(ODD)
    assert f'<link rel="canonical" href="{SITE}/">' in front
    assert "refresh" not in front
    files = [path for path in pages.rglob("*") if path.is_file()]
    assert len(files) == len(ODD) + 1


def test_no_page_is_written_outside_of_its_folder(move: Move) -> None:
    for number, path in enumerate(
        (
            "/../../up.html",
            "/%2e%2e/%2e%2e/up.html",
            "/a/..%2f..%2fup",
            "/c:%5Cx",
            "/CON",
        )
    ):
        moved(move, post(number, address=OLD + path))
    for number, path in ((7, "/x.html"), (8, "/X.html"), (9, "/x.html/y"), (10, "/")):
        moved(move, post(number, address=OLD + path))
    folder = folder_of(move)
    names = {
        str(path.relative_to(folder / "pages"))
        for path in (folder / "pages").rglob("*")
        if path.is_file()
    }
    assert len(names) == 9, "none in the place of another"
    assert not list(move.path.parent.glob("up*"))
    assert {"index.html", "x.html"} <= names
    assert all(re.fullmatch(r"(more/\d+|x|index)\.html", name) for name in names)


def test_only_what_was_public_and_is_so_again_is_named(move: Move) -> None:
    moved(move, post(1, address=f"{OLD}/open", title="Open"))
    for number, status in enumerate((Status.PRIVATE, Status.DRAFT, Status.PENDING), 2):
        moved(
            move,
            post(number, address=f"{OLD}/shut{number}", title="Shut", status=status),
        )
    for number, there in enumerate(("private", "draft", "future"), 6):
        moved(
            move,
            post(number, address=f"{OLD}/shut{number}", title="Shut"),
            status=there,
        )
    move.add([post(9, address=f"{OLD}/shut9", title="Shut")])
    moved(move, post(10, address="001.html#shut", title="Shut"))
    moved(move, post(11, address="http://shut:secret@old.example/open2", title="Open"))
    folder = folder_of(move)
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert "shut" not in text.lower(), path
            assert "secret" not in text
    assert len(list(ways(move))) == 2


def test_a_blog_that_keeps_its_name_never_leads_in_circles(move: Move) -> None:
    moved(move, post(1, address=f"{SITE}/a/"), new=f"{SITE}/b/")
    moved(move, post(2, address=f"{SITE}/b/"), new=f"{SITE}/c/")
    moved(move, post(3, address=f"{SITE}/same/"), new=f"{SITE}/same/")
    # However these are written, they are the same to a server.
    moved(move, post(4, address=f"{SITE}/caf%C3%A9"), new=f"{SITE}/caf%c3%a9/")
    moved(move, post(5, address="http://www.new.example/x/"), new=f"{SITE}/x/")
    move.blog = Blog("k", "t", "metaweblog", f"{SITE}/")
    assert [(way.written, way.new) for way in ways(move)] == [("/a/", f"{SITE}/b/")]
    folder = folder_of(move)
    assert "/c/" not in (folder / "nginx.conf").read_text("utf-8")


def test_several_old_addresses_have_a_folder_each(move: Move) -> None:
    moved(move, post(1, address=f"{OLD}/a"), post(2, address="http://other.example/a"))
    folder = folder_of(move)
    assert (folder / "old.example" / "_redirects").is_file()
    assert (folder / "other.example" / "_redirects").is_file()
    assert (folder / "READ ME FIRST.txt").is_file()


def test_an_import_file_needs_to_be_told_where_it_went(move: Move) -> None:
    move.note("destination", "/home/me/a.xml")
    moved(move, post(1, address=f"{OLD}/a"), new="/?p=1001")
    report = Path(f"{move.path}-report.html")
    assert write_redirects(move, report) is None
    folder = folder_of(move, "https://me.example/blog/")
    text = (folder / "_redirects").read_text("utf-8")
    assert text.splitlines() == [
        "/a https://me.example/blog/?p=1001 301",
        "/ https://me.example/blog/ 301",
    ]


def test_it_is_written_anew_and_never_over_what_is_not_ours(move: Move) -> None:
    moved(move, post(1, address=f"{OLD}/a"))
    folder = folder_of(move)
    moved(move, post(2, address=f"{OLD}/b"))
    (folder / "old.txt").write_text("left over")
    assert folder_of(move) == folder
    assert not (folder / "old.txt").exists()
    assert (folder / "pages/b/index.html").is_file()
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "my own.txt").write_text("mine")
    with pytest.raises(MoveError):
        folder_of(move)
    assert [path.name for path in folder.iterdir()] == ["my own.txt"]


def test_no_address_breaks_out_of_its_line(move: Move) -> None:
    hostile(move)
    folder = folder_of(move)
    for name in ("nginx.conf", "apache.htaccess", "_redirects"):
        for line in (folder / name).read_text("utf-8").splitlines():
            assert line.count('"') in (0, 2, 4), line
            assert not re.search(r'"; evil|\s\${|[^\\H]%{[ey]', line), line
    assert len(list(ways(move))) == 4


def test_a_move_without_old_addresses_writes_nothing(move: Move) -> None:
    moved(move, post(1), post(2, address="page.html"))
    assert write_redirects(move, Path(f"{move.path}-report.html")) is None


def test_words_are_kept_and_can_be_taken_back(move: Move) -> None:
    ours = words_of(move)
    keep_words(move, "  Mine.  ")
    assert words_of(move) == "Mine."
    keep_words(move, "")
    assert words_of(move) == ours
