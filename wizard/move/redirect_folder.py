"""The folder of redirects beside the report: old addresses live on, as far as may be told."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from wizard.move.farewell import WORDS, write_pages
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.redirects import FORMATS
from wizard.move.ways import Way, way_home, ways
from wizard.move.whole_file import whole_folder

_NOTE = "farewell"
_READ_ME = "READ ME FIRST.txt"
_WHAT = """\
From old addresses to new ones, of {posts}.

These files lead whoever comes to an old address to the new one. They help only where you
decide what stands at the old address: with a host that has closed for good nobody can.
Take the one that fits:

pages (a folder)
    Pages for any web space at the old address, one for each post and a front page. They
    say your words and lead on after a moment. Put what is in the folder there, as it is.
_redirects
    For a site at Netlify or Cloudflare Pages: beside its pages.
apache.htaccess
    For most hosts that you pay for: copy it to the top of the file .htaccess there.
nginx.conf
    For a server of your own. The first lines say what to do with it.
redirection-for-wordpress.csv
    If a WordPress answers at the old address, or your old domain leads to the new one:
    install the plug-in "Redirection" there, then Tools > Redirection > Import/Export.

Posts that were not public are not in here, and none whose old address nobody knows. The
folder is written anew each time: keep your own changes elsewhere.
"""


def words_of(move: Move) -> str:
    """What the pages at the old address say: the person's own words, or ours."""
    return move.noted(_NOTE) or WORDS


def keep_words(move: Move, words: str) -> None:
    """Say this on the pages at the old address from now on; "" for our own words."""
    move.note(_NOTE, "" if words.strip() == WORDS else words.strip())


def folder_beside(report: Path) -> Path:
    """Where the redirects are written, beside the report."""
    return report.with_name(report.name.removesuffix("-report.html") + "-redirects")


def write_redirects(move: Move, report: Path, site: str = "") -> Path | None:
    """Write the folder beside the report; gives its path, None if no old address may be
    told. ``site``: the new blog's address, where only an import file was made. Raises
    MoveError."""
    known: defaultdict[str, list[Way]] = defaultdict(list)
    for way in ways(move, site):
        known[way.host].append(way)
    if not known:
        return None
    home = way_home(move, site)
    path = folder_beside(report)
    with whole_folder(path, _READ_ME) as folder:
        for host, some in known.items():
            place = folder if len(known) == 1 else folder / host.replace(":", "_")
            place.mkdir(exist_ok=True)
            own_home = home if home and home.host == host else None
            _write_host(place, some, own_home, words_of(move))
        # An earlier round may have known a post by addresses that it has lost since.
        posts = {way.new for some in known.values() for way in some}
        number = many(len(posts), "post")
        _write(folder / _READ_ME, _WHAT.format(posts=number))
    return path


def _write_host(folder: Path, some: list[Way], home: Way | None, words: str) -> None:
    write_pages(folder / "pages", some, home, words)
    front = [home] if home and not _has_front(some, home) else []
    for name, lines in FORMATS.items():
        _write(folder / name, "".join(lines([*some, *front])))


def _has_front(some: list[Way], home: Way) -> bool:
    return any((way.path, way.query) == (home.path, home.query) for way in some)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
