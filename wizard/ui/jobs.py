"""The slow things the pages ask for: no Qt here, each runs on a worker's thread.

What reads pages, pictures or the network is imported inside the functions, so that the
window is on the screen before any of it is loaded.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard import settings
from wizard.blog import Blog
from wizard.credentials import Secret, Wallet
from wizard.destinations import Destination, Kind, Site
from wizard.errors import MoveError
from wizard.move.events import Ended, State
from wizard.move.file import Move
from wizard.move.records import Row
from wizard.sources import Source
from wizard.ui.runs import Counted, counted
from wizard.ui.state import Answers

SHOWN_EARLIER = 12


@dataclass(frozen=True, slots=True)
class Opened:
    """The old blog answers; its posts can be read."""

    source: Source
    blog: Blog


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
    """An earlier move, with as much of both blogs as could be opened again.

    ``lost``: why the old one could not; ``trouble``: why the new one could not.
    ``ended``: how it stood at the end of the last sitting, None if it never began.
    """

    now: Counted
    locations: tuple[str, ...]
    kinds: tuple[type[Source], ...]
    source: Source | None
    lost: MoveError | None
    connected: Connected | None
    trouble: MoveError | None
    ended: Ended | None


def warm_up() -> None:
    """Load beforehand what the later pages need."""
    import wizard.content.composing
    import wizard.move.engine  # noqa: F401
    from wizard.destinations import destination_kind

    destination_kind("https://")


def recognise(locations: Sequence[str]) -> tuple[type[Source], ...]:
    """What kind of old blog each of these places holds; raises MoveError."""
    from wizard.sources import kind_of

    return tuple(kind_of(location) for location in locations)


def open_old_blog(
    locations: Sequence[str], answers: Answers, wallet: Wallet | None
) -> Opened:
    """Raises MoveError. A ``wallet`` keeps the password."""
    from wizard.sources import open_source

    source = open_source(locations, answers)
    opened = Opened(source, source.blog())
    if wallet is not None:
        _keep_old(wallet, locations, answers)
    return opened


def new_move(blog: Blog, locations: Sequence[str], user: str) -> Move:
    """A move file for this blog, in the folder for them; raises MoveFileError."""
    move = Move.create(_free_path(blog.title))
    move.blog = blog
    move.note("locations", json.dumps(list(locations)))
    move.note("old user", user)
    return move


def take_in(move: Move, source: Source, stop: threading.Event) -> Iterator[object]:
    """A FoundPost for each post, and AllRead."""
    from wizard.move.reading import read

    yield from read(move, source, stop)
    yield AllRead(move.rows())


def connect(
    address: str, answers: Answers, move: Move, wallet: Wallet | None = None
) -> Connected:
    """Sign in for real; raises MoveError, also if ``move`` has begun towards another
    place. A ``wallet`` keeps the password."""
    from wizard.destinations import open_destination
    from wizard.move.authors import with_people
    from wizard.move.engine import bind

    destination = open_destination(address, answers)
    site = with_people(destination.check(), destination)
    bind(move, destination)
    _keep(wallet, destination.address, answers)
    return Connected(destination, site, answers)


def resume(move: Move, wallet: Wallet) -> Resumed:
    """Open both blogs of an earlier move again, as far as that needs no questions.

    Raises MoveError. A move that has begun can be looked at without its old blog.
    """
    locations = tuple(json.loads(move.noted("locations") or "[]"))
    ended = _how_it_ended(move)
    kinds: tuple[type[Source], ...] = ()
    source, lost = None, None
    try:
        kinds = recognise(locations)
        answers = _recalled_old(wallet, locations, kinds, move.noted("old user"))
        if all(field.name in answers for kind in kinds for field in kind.fields):
            source = open_old_blog(locations, answers, None).source
    except MoveError as failure:
        if ended is None:
            raise
        kinds, lost = (), failure
    connected, trouble = None, None
    try:
        connected = _reconnect(move, wallet)
    except MoveError as failure:
        # A site that is away now is a matter for its own page.
        trouble = failure
    now = counted(move)
    return Resumed(now, locations, kinds, source, lost, connected, trouble, ended)


def write_report_of(move: Move) -> Path:
    """Write the report beside the move file, or beside the import file it made."""
    from wizard.move.report import write_report_beside

    return write_report_beside(move)


def write_redirects_of(move: Move, words: str, site: str) -> Path | None:
    """Write where old addresses lead, beside the report; None if none may be told.
    ``site``: the new blog's address, where only an import file was made."""
    from wizard.move.redirect_folder import keep_words, write_redirects
    from wizard.move.report import write_report_beside
    from wizard.move.ways import site_from

    keep_words(move, words)
    report = write_report_beside(move)
    return write_redirects(move, report, site_from(site) if site.strip() else "")


def earlier_moves(stop: threading.Event) -> list[Earlier]:
    """The newest moves that can be gone on with; those open elsewhere are left out."""
    found = []
    for path in settings.earlier_moves()[:SHOWN_EARLIER]:
        if stop.is_set():
            break
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


def _how_it_ended(move: Move) -> Ended | None:
    from wizard.move.verdict import verdict

    states = [State(state) for of in move.counts().values() for state in of]
    if all(state is State.WAITING for state in states):
        return None
    now = verdict(move)
    return Ended(now, any(of.get(State.WAITING) for of in now.counts.values()))


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


def _recalled_old(
    wallet: Wallet, locations: Sequence[str], kinds: Sequence[type[Source]], user: str
) -> Answers:
    """What is known of the questions of these places."""
    answers: dict[str, str | Secret] = {}
    for place, kind in zip(locations, kinds, strict=True):
        named = any(not field.secret for field in kind.fields)
        for field in kind.fields:
            secret = wallet.recall(place, user if named else "") if field.secret else ""
            if answer := secret or (user if not field.secret else None):
                answers[field.name] = answer
    return answers


def _keep_old(wallet: Wallet, locations: Sequence[str], answers: Answers) -> None:
    """Keeps each password under the place that asked for it."""
    for place, kind in zip(locations, recognise(locations), strict=True):
        names = {field.name for field in kind.fields}
        user = answers.get("user", "") if "user" in names else ""
        for name in names:
            answer = answers.get(name)
            if isinstance(answer, Secret):
                wallet.remember(place, str(user), answer)


def _keep(wallet: Wallet | None, place: str, answers: Answers) -> None:
    secret, user = answers.get("password"), answers.get("user")
    if wallet is not None and isinstance(secret, Secret) and isinstance(user, str):
        wallet.remember(place, user, secret)


def _free_path(title: str) -> Path:
    """A name for a new move file that a person can tell from the others."""
    plain = (
        " ".join(re.sub(r"[^\w\-]+", " ", settings.spelt(title)).split())[:60]
        or "Old blog"
    )
    stem = f"{plain} {datetime.now():%Y-%m-%d %H%M}"
    folder = settings.moves_folder()
    names = (f"{stem}{f' {n}' if n > 1 else ''}.move" for n in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())
