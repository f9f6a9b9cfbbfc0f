"""Redirects: the ways from old addresses to new ones, as web servers and WordPress read them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, unquote, urlsplit

from wizard.move.ways import Way

_HEX = re.compile(r"\\x25([0-9A-Fa-f]{2})")
_ANY_SLASH = r"(?:/|\x252[Ff])"
_PLAIN = re.compile(rb"[A-Za-z0-9/_!~,@=&;:-]")


def redirection(ways: Sequence[Way]) -> Iterator[str]:
    """For the plug-in "Redirection" of WordPress: Tools → Redirection → Import/Export.

    It knows no hosts. So that it may be used at the new blog, too, where an old domain
    may lead by now, nothing is in it that would lead to itself there.
    """
    there = {unquote(_place(way.new)) for way in ways}
    yield _line("source", "target", "regex", "code")
    for way in ways:
        query = f"?{_in_query(way.query)}" if way.query else ""
        source = f"{way.written}{query}"
        if unquote(source) not in there and source != "/":
            yield _line(source, way.new, "0", "301")


def apache(ways: Sequence[Way]) -> Iterator[str]:
    """For the file ``.htaccess`` in the top folder of the old address."""
    host = re.escape(ways[0].host.removeprefix("www."))
    yield "# Write this above everything else in that file.\n"
    yield "<IfModule mod_rewrite.c>\nRewriteEngine On\n"
    yield "# Not for other names that lead to the same server.\n"
    yield f"RewriteCond %{{HTTP_HOST}} !^(?:www\\.)?{host}(?::\\d+)?$ [NC]\n"
    yield f"RewriteRule ^ - [S={len(ways)}]\n"
    # Addresses with a query first: the others take any query.
    for way in sorted(ways, key=lambda way: not way.query):
        path = _path_pattern(way)
        to = re.sub(r"([%$\\])", r"\\\1", way.new)
        if way.query:
            asked = _asked(way.query)
            yield f'RewriteCond %{{QUERY_STRING}} "(?:^|&){asked}(?:&|$)"\n'
        yield f'RewriteRule "^{path}$" "{to}" [R=301,L,NE,QSD]\n'
    yield "</IfModule>\n"


def nginx(ways: Sequence[Way]) -> Iterator[str]:
    """For nginx: a file to be included in its ``http`` block."""
    host = ways[0].host.removeprefix("www.")
    longest = max(len(way.written) + len(way.query) for way in ways) + 100
    yield (
        "# Include this file in the http block (if that sets map_hash_bucket_size or\n"
        "# map_hash_max_size itself, keep the larger numbers only), and write into the\n"
        "# server block of the old address:\n"
        '#     if ($moving_day_new != "") { return 301 $moving_day_new; }\n'
        f"map_hash_bucket_size {1 << longest.bit_length()};\n"
        f"map_hash_max_size {max(2048, 2 << len(ways).bit_length())};\n"
        'map $host $moving_day_host {\n    default "";\n'
        f'    "{host}" old;\n    "www.{host}" old;\n}}\n'
        'map "$moving_day_host$uri" $moving_day_plain {\n    default "";\n'
    )
    # nginx takes capitals for small letters in plain text, and refuses a file that says
    # something twice.
    paths = dict[bytes, str]()
    for way in ways:
        for each in () if way.query else _with_and_without_slash(_one_slash(way.path)):
            paths.setdefault(each, way.new)
    alike = Counter(each.lower() for each in paths)
    for each, new in paths.items():
        text = each.decode("utf-8", "replace")
        odd = set('"\\$\ufffd') & set(text) or not text.isprintable()
        exact = odd or alike[each.lower()] > 1
        key = f"~^old{_pattern(each)}$" if exact else f"old{text}"
        yield f'    "{key}" "{new}";\n'
    yield (
        "}\n"
        'map "$moving_day_host$uri?$args" $moving_day_new {\n'
        "    default $moving_day_plain;\n"
    )
    for way in ways:
        if way.query:
            asked = f"{_pattern(_one_slash(way.path))}\\x3F{_asked(way.query)}"
            yield f'    "~^old{asked}(?:&|$)" "{way.new}";\n'
    yield "}\n"


def static_host(ways: Sequence[Way]) -> Iterator[str]:
    """The file ``_redirects`` of Netlify and Cloudflare Pages, which knows no queries."""
    met = set[str]()
    for way in ways:
        # Hosts that do not decode it are asked for it as the old address wrote it.
        raw = quote(way.raw, safe="/%!~,;=@&+()'") or "/"
        for source in () if way.query else (way.written, raw):
            if source not in met:
                met.add(source)
                yield f"{source} {way.new} 301\n"
    if with_query := sum(bool(way.query) for way in ways):
        yield f"# Not in here, as such a file knows no “?”: {with_query}\n"


FORMATS: dict[str, Callable[[Sequence[Way]], Iterator[str]]] = {
    "redirection-for-wordpress.csv": redirection,
    "apache.htaccess": apache,
    "nginx.conf": nginx,
    "_redirects": static_host,
}


def _with_and_without_slash(path: bytes) -> tuple[bytes, bytes]:
    """It may be missing at the end."""
    return path, path.rstrip(b"/") or path


def _path_pattern(way: Way) -> str:
    """An old path without its first "/", as Apache knows it: decoded, but for a "%2F"
    where it was told not to decode that one."""
    path = _pattern(_one_slash(way.path).lstrip(b"/"))
    path, end = path.rstrip("/"), "/?" if path.endswith("/") else ""
    if b"//" in way.path or "%2f" in way.raw.lower():
        path = path.replace("/", rf"{_ANY_SLASH}+")
        end = end and f"{_ANY_SLASH}*"
    return path + end


def _one_slash(path: bytes) -> bytes:
    """As servers take it that make one of several slashes."""
    return re.sub(rb"/{2,}", b"/", path)


def _pattern(written: bytes) -> str:
    """As a regular expression that stands between quotes in any of these files."""
    return "".join(
        chr(byte) if _PLAIN.match(bytes([byte])) else f"\\x{byte:02X}"
        for byte in written
    )


def _asked(query: str) -> str:
    """A query as a regular expression; what stands for a character may be written in
    capitals or not."""
    return _HEX.sub(r"\\x25(?i:\1)", _pattern(_in_query(query).encode()))


def _in_query(query: str) -> str:
    return quote(query, safe="/?!~,;=@&+()':%$*[]")


def _place(address: str) -> str:
    """What of an address does not tell the site."""
    parts = urlsplit(address)
    return f"{parts.path}{'?' if parts.query else ''}{parts.query}"


def _line(*cells: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
