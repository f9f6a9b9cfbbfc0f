"""The same move without a screen: list, move, resume, report."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import date
from enum import IntEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from tzlocal import get_localzone_name

from wizard import __version__, settings
from wizard.destinations import Destination, open_destination
from wizard.errors import MoveError, SignInFailed
from wizard.move.choices import As
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.plan import plan
from wizard.move.reading import read
from wizard.move.report import csv_beside, write_report_beside
from wizard.prompts import new_blog_answers, open_old_blog, without_password
from wizard.sources import Source
from wizard.terminal import Speaker, as_json, complain, in_words, listing, summary


class Exit(IntEnum):
    """What the program's exit status says."""

    DONE = 0
    INCOMPLETE = 1
    WRONG_USE = 2
    NOT_SIGNED_IN = 3
    PAUSED = 4


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit status. Never shows a traceback for a MoveError."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Files and programs get UTF-8 everywhere, a console what it can show.
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    options = _parser().parse_args(arguments)
    options.sources = [*map(without_password, getattr(options, "sources", ()))]
    options.to = without_password(getattr(options, "to", ""))
    try:
        return int(options.verb(options))
    except SignInFailed as trouble:
        complain(trouble)
        return Exit.NOT_SIGNED_IN
    except MoveError as trouble:
        complain(trouble)
        return Exit.WRONG_USE
    except BrokenPipeError:
        # Whoever listened has left; Python must not try to tell them so at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PAUSED
    except KeyboardInterrupt:
        return Exit.PAUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moving-day",
        description="Carries an old blog to WordPress. Without a command it opens the "
        "window.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    lists = verbs.add_parser("list", help="say what is in an old blog; send nothing")
    lists.set_defaults(verb=_list)
    _add_source(lists)

    moving = verbs.add_parser("move", help="move an old blog")
    moving.set_defaults(verb=_move)
    _add_source(moving)
    moving.add_argument(
        "--to",
        required=True,
        metavar="DEST",
        help="the new blog's address, or a file ending in .xml",
    )
    moving.add_argument("--user", default="", help="your name at the new blog")
    moving.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the new blog's application password from standard input",
    )
    moving.add_argument(
        "--only", action="append", metavar="KEY", help="only this post (repeatable)"
    )
    moving.add_argument("--since", type=_day, metavar="YYYY-MM-DD")
    moving.add_argument("--until", type=_day, metavar="YYYY-MM-DD")
    moving.add_argument("--status", type=As, choices=list(As), default=As.WAS)
    moving.add_argument(
        "--time-zone",
        type=_zone,
        metavar="ZONE",
        help="the old blog's clock, such as Asia/Shanghai (else this computer's)",
    )
    moving.add_argument(
        "--keep-location",
        action="store_true",
        help="let photos tell where they were taken (else it is cut out of them)",
    )
    moving.add_argument("--move", type=Path, metavar="FILE.move", dest="file")
    moving.add_argument(
        "--dry-run", action="store_true", help="say what would be done; send nothing"
    )

    for name, verb, text in (
        ("resume", _resume, "go on with a move, and retry what failed"),
        ("report", _report, "write the report of a move"),
    ):
        more = verbs.add_parser(name, help=text)
        more.set_defaults(verb=verb)
        more.add_argument("file", type=Path, metavar="FILE.move")
        more.add_argument("--password-stdin", action="store_true")
        more.add_argument("--source-password-stdin", action="store_true")
        more.add_argument("--json", action="store_true")
    return parser


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a file, a folder or an address; several are merged into one blog",
    )
    parser.add_argument(
        "--source-user", default="", help="your name at the old blog (an address)"
    )
    parser.add_argument(
        "--source-password-stdin",
        action="store_true",
        help="read the old blog's password from standard input, its first line",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day; write it like 2007-04-20"
        ) from None


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise argparse.ArgumentTypeError(
            f"there is no time zone named “{name}”; try one like Asia/Shanghai"
        ) from None


# The commands


def _list(options: argparse.Namespace) -> Exit:
    source = open_old_blog(
        options.sources, options.source_user, options.source_password_stdin
    )
    posts = list(map(summary, source.posts()))
    found = listing(source.blog(), posts)
    print(as_json(found) if options.json else in_words(found))
    return Exit.DONE


def _move(options: argparse.Namespace) -> Exit:
    source = open_old_blog(
        options.sources, options.source_user, options.source_password_stdin
    )
    # A dry run knocks at no door, so it asks for no key.
    answers = (
        {}
        if options.dry_run
        else new_blog_answers(options.to, options.user, options.password_stdin)
    )
    destination = open_destination(options.to, answers)
    path = options.file or _usual_file(source, destination)
    with _stopping() as stop, _opened(path, options.dry_run) as move:
        say = Speaker(options.json)
        _note_places(move, options.sources, options.source_user, options.to)
        for found in read(move, source, stop):
            say.read(found.count)
        blog = source.blog()
        for note in blog.notes:
            say.tell(f"Please note: {note}")
        zone = options.time_zone or blog.time_zone or get_localzone_name() or "UTC"
        move.choices = replace(
            move.choices,
            status=options.status,
            time_zone=zone,
            location=options.keep_location,
        )
        _choose(move, options)
        say.tell(plan(move, destination.carries).sentence)
        if stop.is_set():
            return Exit.PAUSED
        if options.dry_run:
            say.last({"dry_run": True, **asdict(plan(move, destination.carries))})
            return Exit.DONE
        return _go(move, source, destination, stop, say)


def _resume(options: argparse.Namespace) -> Exit:
    with _stopping() as stop, Move.open(options.file) as move:
        locations = json.loads(move.noted("locations") or "[]")
        to, user = move.noted("destination"), move.noted("user")
        if not locations or not to:
            raise MoveError(
                "This move does not know yet where it comes from or where it goes.",
                "Open it in the window, or start it again with “moving-day move”.",
            )
        source = open_old_blog(
            locations, move.noted("old user"), options.source_password_stdin
        )
        answers = new_blog_answers(to, user, options.password_stdin)
        destination = open_destination(to, answers)
        return _go(move, source, destination, stop, Speaker(options.json))


def _report(options: argparse.Namespace) -> Exit:
    with Move.open(options.file) as move:
        report = write_report_beside(move)
    paths = {"report": str(report), "csv": str(csv_beside(report))}
    print(as_json(paths) if options.json else "\n".join(paths.values()))
    return Exit.DONE


def _go(
    move: Move,
    source: Source,
    destination: Destination,
    stop: threading.Event,
    say: Speaker,
) -> Exit:
    site = destination.check()
    move.note("user", str(getattr(destination, "user", "")))
    move.note("site", site.name)
    for warning in site.warnings:
        say.tell(f"Please note: {warning}")
    ended = None
    with closing(run(move, source, destination, stop)) as events:
        for event in events:
            say.hear(event)
            if isinstance(event, Ended):
                ended = event
    assert ended
    report = write_report_beside(move)
    say.last(
        {
            "verdict": ended.verdict.sentence,
            "complete": ended.verdict.complete,
            "paused": ended.paused,
            "trouble": asdict(ended.trouble) if ended.trouble else None,
            "counts": ended.verdict.counts,
            "destination": destination.address,
            "move": str(move.path),
            "report": str(report),
            "csv": str(csv_beside(report)),
        }
    )
    if ended.paused:
        return Exit.NOT_SIGNED_IN if ended.signed_out else Exit.PAUSED
    return Exit.DONE if ended.verdict.complete else Exit.INCOMPLETE


# Places


def _usual_file(source: Source, destination: Destination) -> Path:
    """One file for one blog on its way to one place, so that running again goes on."""
    blog = source.blog()
    both = hashlib.sha256(f"{blog.key}\0{destination.address}".encode()).hexdigest()
    plain = re.sub(r"[^\w\- ]+", "", blog.title).strip()[:60].strip() or "Old blog"
    return settings.moves_folder() / f"{plain} {both[:8]}.move"


@contextmanager
def _opened(path: Path, dry_run: bool) -> Iterator[Move]:
    """The move in this file, new or old; for a dry run one that leaves no file."""
    if dry_run:
        with (
            tempfile.TemporaryDirectory() as folder,
            Move.create(Path(folder) / "dry-run.move") as move,
        ):
            yield move
        return
    with Move.open(path) if path.exists() else Move.create(path) as move:
        yield move


def _note_places(move: Move, locations: Sequence[str], user: str, to: str) -> None:
    places = [str(Path(p).absolute()) if Path(p).exists() else p for p in locations]
    move.note("locations", json.dumps(places))
    move.note("old user", user)
    move.note("destination", str(Path(to).absolute()) if to.endswith(".xml") else to)


def _choose(move: Move, options: argparse.Namespace) -> None:
    rows = move.rows()
    unknown = set(options.only or ()) - {row.key for row in rows}
    if unknown:
        raise MoveError(
            f"There is no post with the key {sorted(unknown)[0]}.",
            "“moving-day list SOURCE --json” shows the keys.",
        )

    def wanted(key: str, day: str) -> bool:
        return (
            (not options.only or key in options.only)
            and (not options.since or day >= str(options.since))
            and (not options.until or "" < day <= str(options.until))
        )

    chosen = {row.key for row in rows if wanted(row.key, row.date[:10])}
    move.choose((row.key for row in rows if row.key not in chosen), False)
    move.choose(chosen, True)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Set when the person presses Ctrl+C or the system asks the program to end."""
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
