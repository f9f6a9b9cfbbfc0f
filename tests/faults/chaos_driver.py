"""The move itself in a process of its own that can be killed, impatient, saying all it says into a file."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

from tests.faults.network_faults import DEADLINE, RESEND, SETTLE
from tests.move.doubles import OldBlog
from wizard import answer, connection, network
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress, rest
from wizard.errors import MoveError, SignInFailed
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import Ended, ItemSettled, PostSettled, Trouble, Waiting
from wizard.move.file import Move
from wizard.move.patience import Patience
from wizard.move.reading import read
from wizard.network import Session

PATIENCE = Patience(
    settle=SETTLE, resend=RESEND, first=0.05, longest=0.3, give_up=8, tries=5
)
UNDONE = 4
_CHECKS = 25  # how often a person tries to sign in before leaving it for now


class Hasty(Session):
    """Waits for no answer longer than `DEADLINE`."""

    def __init__(self, user: str = "", password: Secret | None = None) -> None:
        super().__init__(user, password, seconds=DEADLINE)


def be_impatient() -> None:
    """What would take minutes takes fractions of a second, in the same proportions."""
    rest.Session = Hasty  # type: ignore[attr-defined]
    network._PAUSES = (0.02, 0.05)  # type: ignore[assignment]
    network.ANSWER_BYTES = 4 * 1024 * 1024
    answer._LONGEST_WAIT, answer._USUAL_WAIT = 0.3, 0.2
    connection.STALL_SECONDS = DEADLINE


def drive(
    place: tuple[str, str, str], path: Path, blog: OldBlog, said: Path, change: str
) -> None:
    """One start of the program: sign in at ``place`` (address, user, password), read
    the old blog, move. ``change``: of the `CHANGES`, for controls."""
    be_impatient()
    if change:
        from tests.faults.chaos_controls import CHANGES

        CHANGES[change]()
    url, user, password = place
    with said.open("a") as file:

        def say(what: str, trouble: Trouble | MoveError | None) -> None:
            if trouble:
                line = {"what": what, "title": trouble.title, "hint": trouble.hint}
                file.write(json.dumps(line) + "\n")
                file.flush()

        destination = WordPress(url, user, Secret(password))
        for _ in range(_CHECKS):
            try:
                destination.check()
                break
            except MoveError as trouble:
                say("check", trouble)
                time.sleep(0.05)
                if isinstance(trouble, SignInFailed):
                    continue
        else:
            raise SystemExit(UNDONE)
        with Move.open(path) if path.exists() else Move.create(path) as move:
            list(read(move, blog, threading.Event()))
            move.choices = Choices(time_zone="Asia/Shanghai")
            complete = False
            for event in run(
                move, blog, destination, threading.Event(), patience=PATIENCE
            ):
                match event:
                    case Waiting(trouble, _):
                        say("waiting", trouble)
                    case ItemSettled() | PostSettled():
                        say(str(event.state), event.trouble)
                    case Ended():
                        say("ended", event.trouble)
                        complete = event.verdict.complete and not event.paused
        raise SystemExit(0 if complete else UNDONE)
