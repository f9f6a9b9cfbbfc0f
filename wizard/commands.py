"""What each command does: list, move, resume, verify, undo, report."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from enum import IntEnum

from tzlocal import get_localzone_name

from wizard.destinations import Destination, Site, open_destination
from wizard.errors import MoveError, NetworkError, SourceError
from wizard.move.authors import authors, in_a_sentence, told, with_people
from wizard.move.checking import verify
from wizard.move.choices import As
from wizard.move.clocks import day_of, of_clocks, of_kept
from wizard.move.engine import run
from wizard.move.events import Ended, Event
from wizard.move.file import Move
from wizard.move.plan import Plan, of_pings, plan
from wizard.move.reading import read
from wizard.move.redirect_folder import keep_words, write_redirects
from wizard.move.report import csv_beside, write_report_beside
from wizard.move.undoing import undo
from wizard.move.verdict import of_looks
from wizard.move.withdrawn import of_withdrawn
from wizard.prompts import new_blog_answers, open_old_blog
from wizard.sources import Source
from wizard.terminal import Speaker, as_json, complain, in_words, listing, summary
from wizard.whereabouts import new_blog, note_places, opened, unknown_places, usual_file

AfterMove = Callable[[Move, Destination, threading.Event], Generator[Event]]


class Exit(IntEnum):
    """What the program's exit status says."""

    DONE = 0
    INCOMPLETE = 1
    WRONG_USE = 2
    NOT_SIGNED_IN = 3
    PAUSED = 4


def list_posts(options: argparse.Namespace) -> Exit:
    source = open_old_blog(
        options.sources, options.source_user, options.source_password_stdin
    )
    posts = list(map(summary, source.posts()))
    found = listing(source.blog(), posts)
    print(as_json(found) if options.json else in_words(found))
    return Exit.DONE


def move_blog(options: argparse.Namespace) -> Exit:
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
    path = options.file or usual_file(source, destination)
    with _stopping() as stop, opened(path, options.dry_run) as move:
        say = Speaker(options.json)
        note_places(move, options.sources, options.source_user, options.to)
        for found in read(move, source, stop):
            say.read(found.count)
        blog = source.blog()
        for note in blog.notes:
            say.tell(f"Please note: {note}")
        zone = (
            move.clock
            or options.time_zone
            or blog.time_zone
            or get_localzone_name()
            or "UTC"
        )
        move.choices = replace(
            move.choices,
            status=As(options.status),
            time_zone=zone,
            location=options.keep_location,
            featured=options.featured,
            repair=options.repair_letters,
            blocks=move.choices.blocks and not options.classic,
        )
        if move.clock and options.time_zone not in (None, zone):
            say.tell(f"Please note: {of_kept(zone)}")
        _choose(move, options)
        going = _tell_plan(move, destination, say)
        if stop.is_set():
            return Exit.PAUSED
        if options.dry_run:
            say.last({"dry_run": True, **asdict(going)})
            return Exit.DONE
        site = _sign_in(move, destination, say)
        names = authors(move)
        if options.authors or len(names) > 1:
            site = with_people(site, destination)
        pairs = told(names, site, options.authors)
        move.choices = replace(move.choices, authors=pairs)
        move.note("authors at", destination.address)
        of_authors = in_a_sentence(names, site, pairs)
        dates = (row.date for row in move.rows() if row.chosen)
        clocks = of_clocks(dates, zone, site.time_zone)
        of_others = of_pings(going.pings, site)
        for sentence in filter(None, (clocks, of_authors, of_others)):
            say.tell(sentence)
        return _hear(move, destination, run(move, source, destination, stop), say)


def resume(options: argparse.Namespace) -> Exit:
    with _stopping() as stop, Move.open(options.file) as move:
        locations = json.loads(move.noted("locations") or "[]")
        if not locations:
            raise unknown_places()
        source = open_old_blog(
            locations, move.noted("old user"), options.source_password_stdin
        )
        destination = new_blog(move, options)
        say = Speaker(options.json)
        _read_again(move, source, stop, say)
        if options.bring_back:
            _sign_in(move, destination, say)
            say.tell("Looking for what is not at the new blog any more.")
            for _ in verify(move, destination, stop):
                pass
            move.bring_back()
        _tell_plan(move, destination, say)
        if not options.bring_back:
            _sign_in(move, destination, say)
        return _hear(move, destination, run(move, source, destination, stop), say)


def _tell_plan(move: Move, destination: Destination, say: Speaker) -> Plan:
    """What is about to be done, and what the old blog does not show any more."""
    going = plan(move, destination.carries)
    say.tell(f"{going.sentence} {going.before}".strip())
    for sentence in of_withdrawn(move):
        say.tell(f"Please note: {sentence}")
    return going


def _read_again(
    move: Move, source: Source, stop: threading.Event, say: Speaker
) -> None:
    """What the old blog hides by now must not become public; what is new in it nobody
    has chosen."""
    if move.blog is None:
        return  # it was never read to its end, and nobody could choose
    known = {key for key, _ in move.ticks()}
    try:
        for found in read(move, source, stop):
            say.read(found.count)
    except (SourceError, NetworkError) as trouble:
        say.tell(
            "Please note: The old blog cannot be read again, so what is known of it from "
            f"before is moved. ({trouble.title})"
        )
    later = [key for key, _ in move.ticks() if key not in known]
    move.choose(later, False)
    move.leave_unasked(later)


def check_again(options: argparse.Namespace) -> Exit:
    """``verify``: how does everything stand at the new blog?"""
    return _look_after(options, verify, "verify")


def take_back(options: argparse.Namespace) -> Exit:
    """``undo``."""
    return _look_after(options, undo, "undo")


def report(options: argparse.Namespace) -> Exit:
    with Move.open(options.file) as move:
        report = write_report_beside(move)
        if options.words is not None:
            keep_words(move, options.words)
        redirects = write_redirects(move, report, options.site or "")
        is_known = options.site or "://" in move.noted("destination")
    paths = {"report": str(report), "csv": str(csv_beside(report))}
    if redirects:
        paths["redirects"] = str(redirects)
    else:
        why = "no old address of a public post is known"
        if not is_known:
            why = "say with --site where the file is imported"
        paths["no redirects"] = f"No redirects: {why}."
    print(as_json(paths) if options.json else "\n".join(paths.values()))
    return Exit.DONE


def _look_after(options: argparse.Namespace, work: AfterMove, verb: str) -> Exit:
    """What needs the new blog only: the old one may be long gone."""
    with _stopping() as stop, Move.open(options.file) as move:
        destination = new_blog(move, options)
        say = Speaker(options.json)
        _sign_in(move, destination, say)
        events = work(move, destination, stop)
        return _hear(move, destination, events, say, verb)


def _sign_in(move: Move, destination: Destination, say: Speaker) -> Site:
    site = destination.check()
    move.note("user", str(getattr(destination, "user", "")))
    move.note("site", site.name)
    for warning in site.warnings:
        say.tell(f"Please note: {warning}")
    return site


def _hear(
    move: Move,
    destination: Destination,
    events: Generator[Event],
    say: Speaker,
    verb: str = "resume",
) -> Exit:
    """Say what happens, and at the end what came of it. ``verb``: with which command it
    goes on if it was stopped."""
    ended = None
    with closing(events):
        for event in events:
            say.hear(event)
            if isinstance(event, Ended):
                ended = event
    assert ended
    found: dict[str, str] = {}
    try:
        report = write_report_beside(move)
        found = {"report": str(report), "csv": str(csv_beside(report))}
    except MoveError as trouble:
        # What came of the move is worth more than where one may read it; and a disk that
        # is full was told of already.
        if not ended.trouble:
            complain(trouble)
    say.last(
        {
            "verdict": ended.verdict.sentence,
            "complete": ended.verdict.complete,
            "paused": ended.paused,
            "trouble": asdict(ended.trouble) if ended.trouble else None,
            "looks": of_looks(move),
            "counts": ended.verdict.counts,
            "destination": destination.address,
            "move": str(move.path),
            "go_on": f'moving-day {verb} "{move.path}"',
            **found,
        }
    )
    if ended.paused:
        return Exit.NOT_SIGNED_IN if ended.signed_out else Exit.PAUSED
    return Exit.DONE if ended.verdict.complete and found else Exit.INCOMPLETE


def _choose(move: Move, options: argparse.Namespace) -> None:
    rows, zone = move.rows(), move.choices.time_zone
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

    chosen = {row.key for row in rows if wanted(row.key, day_of(row.date, zone))}
    # What neither blog has any more goes only where it is called by its name.
    chosen -= set(move.lost()) - set(options.only or ())
    move.choose((row.key for row in rows if row.key not in chosen), False)
    move.choose(chosen, True)
    move.leave_unasked(())


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
