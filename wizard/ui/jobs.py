"""The slow things the pages ask for: no Qt here, each runs on a worker's thread.

What reads pages, pictures or the network is imported inside the functions, so that the
window is on the screen before any of it is loaded.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard import settings
from wizard.blog import Blog
from wizard.credentials import Secret, Wallet
from wizard.destinations import Destination, Kind, Site
from wizard.errors import MoveError
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Row
from wizard.sources import Source
from wizard.ui.state import Answers

SHOWN_EARLIER = 12


@dataclass(frozen=True, slots=True)
class Opened:
    """The old blog answers; its posts are about to be read into ``move``."""

    source: Source
    blog: Blog
    move: Move


@dataclass(frozen=True, slots=True)
class AllRead:
    """Every post is in the move file."""

    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier move, as the list on the first page shows it."""

    path: Path
    title: str
    sent: int
    chosen: int
    when: datetime


@dataclass(frozen=True, slots=True)
class Connected:
    """The new blog answers, and this is who we are there."""

    destination: Destination
    site: Site
    answers: Answers


@dataclass(frozen=True, slots=True)
class Resumed:
    """An earlier move, with as much of both blogs as could be opened again."""

    move: Move
    rows: list[Row]
    locations: tuple[str, ...]
    kinds: tuple[type[Source], ...]
    source: Source | None
    connected: Connected | None
    trouble: MoveError | None


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that did not arrive. ``kind`` is Kind.POST for the post itself."""

    post: str
    title: str
    kind: Kind
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Counted:
    """How everything stands after a run."""

    rows: list[Row]
    failures: list[Failure]


def warm_up() -> None:
    """Load beforehand what the later pages need."""
    import wizard.content.composing
    import wizard.destinations.wordpress
    import wizard.move.engine  # noqa: F401


def recognise(locations: Sequence[str]) -> tuple[type[Source], ...]:
    """What kind of old blog each of these places holds; raises MoveError."""
    from wizard.sources import kind_of

    return tuple(kind_of(location) for location in locations)


def read_blog(
    locations: Sequence[str],
    answers: Answers,
    wallet: Wallet | None,
    stop: threading.Event,
) -> Iterator[object]:
    """Opened, a FoundPost for each post, AllRead. Told to stop it leaves no file.
    A ``wallet`` keeps the password."""
    from wizard.move.reading import read
    from wizard.sources import open_source

    source = open_source(locations, answers)
    blog = source.blog()
    _keep(wallet, locations[0], answers)
    move = Move.create(_free_path(blog.title))
    complete = False
    try:
        move.blog = blog
        move.note("locations", json.dumps(list(locations)))
        move.note("old user", str(answers.get("user", "")))
        yield Opened(source, blog, move)
        yield from read(move, source, stop)
        if not stop.is_set():
            rows = move.rows()
            complete = True
            yield AllRead(rows)
    finally:
        if not complete:
            move.close()
            move.path.unlink(missing_ok=True)


def connect(
    address: str, answers: Answers, move: Move, wallet: Wallet | None = None
) -> Connected:
    """Sign in for real; raises MoveError, also if ``move`` has begun towards another
    place. A ``wallet`` keeps the password."""
    from wizard.destinations import open_destination
    from wizard.move.engine import bind

    destination = open_destination(address, answers)
    site = destination.check()
    bind(move, destination)
    _keep(wallet, destination.address, answers)
    return Connected(destination, site, answers)


def resume(path: Path, wallet: Wallet) -> Resumed:
    """Open an earlier move; blogs that cannot be opened again are asked for anew."""
    from wizard.sources import open_source

    move = Move.open(path)
    try:
        locations = tuple(json.loads(move.noted("locations") or "[]"))
        kinds = recognise(locations)
        secrets = any(field.secret for kind in kinds for field in kind.fields)
        answers: Answers = {}
        if secrets:
            answers = _recalled(wallet, locations[0], move.noted("old user"))
        source = None if secrets and not answers else open_source(locations, answers)
        connected, trouble = None, None
        try:
            connected = _reconnect(move, wallet)
        except MoveError as failure:
            # A site that is away now is a matter for its own page.
            trouble = failure
        rows = move.rows()
        return Resumed(move, rows, locations, kinds, source, connected, trouble)
    except BaseException:
        move.close()
        raise


def carry(
    move: Move,
    source: Source,
    destination: Destination,
    only: Collection[str] | None,
    stop: threading.Event,
) -> Iterator[object]:
    """The engine's events, and Counted at the end."""
    from wizard.move.engine import run

    yield from run(move, source, destination, stop, only=only)
    rows = move.rows()
    yield Counted(rows, failures(move, rows))


def failures(move: Move, rows: Sequence[Row]) -> list[Failure]:
    """Everything chosen that was refused, post by post."""
    if not any(states.get(State.REFUSED) for states in move.counts().values()):
        return []
    return [
        Failure(
            row.key, row.title, step.kind, step.trouble or Trouble("No reason given.")
        )
        for row in rows
        if row.chosen
        for step in move.steps(row.key)
        if step.state is State.REFUSED
    ]


def write_report_of(move: Move) -> Path:
    """Write the report beside the move file, or beside the import file it made."""
    from wizard.move.report import write_report

    to = move.noted("destination")
    beside = Path(to) if is_file(to) else move.path
    path = beside.with_name(f"{beside.stem}-report.html")
    write_report(move, path)
    return path


def earlier_moves() -> list[Earlier]:
    """The newest moves that can be gone on with; those open elsewhere are left out."""
    found = []
    for path in settings.earlier_moves()[:SHOWN_EARLIER]:
        # A file in that folder that is damaged or in use is no reason to fail here.
        with suppress(MoveError, ValueError, KeyError), Move.open(path) as move:
            blog = move.blog
            if blog is None:
                continue
            sent = move.counts().get(Kind.POST, {}).get("sent", 0)
            when = datetime.fromtimestamp(path.stat().st_mtime)
            chosen = len(move.chosen_keys())
            found.append(Earlier(path, blog.title, sent, chosen, when))
    return found


def is_file(address: str) -> bool:
    """Whether this destination is an import file rather than a site."""
    return address.lower().endswith(".xml")


def _reconnect(move: Move, wallet: Wallet) -> Connected | None:
    address, user = move.noted("destination"), move.noted("user")
    if not address:
        return None
    answers = {} if is_file(address) else _recalled(wallet, address, user)
    if not answers and not is_file(address):
        return None
    return connect(address, answers, move)


def _recalled(wallet: Wallet, place: str, user: str) -> Answers:
    """The answers with the password that was kept, or none at all."""
    secret = wallet.recall(place, user) if user else None
    return {"user": user, "password": secret} if secret else {}


def _keep(wallet: Wallet | None, place: str, answers: Answers) -> None:
    secret, user = answers.get("password"), answers.get("user")
    if wallet is not None and isinstance(secret, Secret) and isinstance(user, str):
        wallet.remember(place, user, secret)


def _free_path(title: str) -> Path:
    """A name for a new move file that a person can tell from the others."""
    plain = re.sub(r"[^\w\- ]+", "", title).strip()[:60].strip() or "Old blog"
    stem = f"{plain} {datetime.now():%Y-%m-%d %H%M}"
    folder = settings.moves_folder()
    names = (f"{stem}{f' {n}' if n > 1 else ''}.move" for n in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())
