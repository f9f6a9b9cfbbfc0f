"""The same move without a screen: which commands there are, and how they end."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from wizard import __version__, commands
from wizard.commands import Exit
from wizard.errors import MoveError, SignInFailed
from wizard.move.choices import As
from wizard.move.ways import site_from
from wizard.prompts import without_password
from wizard.terminal import complain


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
        epilog="For example: moving-day move space.zip --to https://my-blog.example "
        "--user me",
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    lists = verbs.add_parser("list", help="say what is in an old blog; send nothing")
    lists.set_defaults(verb=commands.list_posts)
    _add_source(lists)

    moving = verbs.add_parser("move", help="move an old blog")
    moving.set_defaults(verb=commands.move_blog)
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
    moving.add_argument(
        "--status",
        choices=[str(choice) for choice in As],
        default=str(As.WAS),
        help="how posts arrive (private ones stay private)",
    )
    moving.add_argument(
        "--time-zone",
        type=_zone,
        metavar="ZONE",
        help="the old blog's clock, such as Asia/Shanghai (else what it tells itself, "
        "or this computer's)",
    )
    moving.add_argument(
        "--keep-location",
        action="store_true",
        help="let photos tell where they were taken (else it is cut out of them)",
    )
    moving.add_argument(
        "--no-featured",
        action="store_false",
        dest="featured",
        help="no photo stands for a post (else the one that did, or its first)",
    )
    moving.add_argument(
        "--author",
        action="append",
        default=[],
        type=_pair,
        metavar="OLD=NEW",
        dest="authors",
        help="whose posts of OLD will be, “OLD=” for yours (repeatable; else by name)",
    )
    moving.add_argument(
        "--repair-letters",
        action="store_true",
        help="put letters right that were garbled (“CafÃ©”); “list” tells of them",
    )
    moving.add_argument(
        "--classic",
        action="store_true",
        help="write posts as classic HTML (else in the blocks of WordPress's editor)",
    )
    moving.add_argument("--move", type=Path, metavar="FILE.move", dest="file")
    moving.add_argument(
        "--dry-run", action="store_true", help="say what would be done; send nothing"
    )

    for name, verb, text in (
        ("resume", commands.resume, "go on with a move, and retry what failed"),
        (
            "verify",
            commands.check_again,
            "see whether all is still there as it was sent",
        ),
        ("undo", commands.take_back, "take away what a move made, edited posts apart"),
        (
            "report",
            commands.report,
            "write the report of a move, and redirects from old addresses to new ones",
        ),
    ):
        more = verbs.add_parser(name, help=text)
        if verb is commands.resume:
            more.add_argument(
                "--bring-back",
                action="store_true",
                help="move again what is gone at the new blog",
            )
        if verb is commands.report:
            more.add_argument(
                "--words",
                metavar="TEXT",
                help="what pages at the old address say (a file for each post)",
            )
            more.add_argument(
                "--site",
                type=_site,
                metavar="ADDRESS",
                help="where an import file was brought into: redirects need to know",
            )
        more.set_defaults(verb=verb)
        more.add_argument(
            "file",
            type=Path,
            metavar="FILE.move",
            help="what remembers the move; “move” says at its end where it is",
        )
        for option, words in (
            ("--password-stdin", "read the new blog's password from standard input"),
            ("--source-password-stdin", "read the old blog's from its first line"),
            ("--json", "answer in JSON"),
        ):
            more.add_argument(option, action="store_true", help=words)
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


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not old.strip():
        raise argparse.ArgumentTypeError(
            f"“{text}” names no two people; write it like “Mei=mei.chen”"
        )
    return old.strip(), new.strip()


def _site(text: str) -> str:
    if address := site_from(text):
        return address
    raise argparse.ArgumentTypeError(
        f"“{text}” is no address; write it like https://my-blog.example"
    )


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise argparse.ArgumentTypeError(
            f"there is no time zone named “{name}”; try one like Asia/Shanghai"
        ) from None
