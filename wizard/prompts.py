"""What the commands ask: names and passwords, from the keyring, a prompt or a pipe."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from wizard.credentials import Secret, Wallet, taken_apart
from wizard.destinations import destination_kind
from wizard.errors import MoveError, SignInFailed
from wizard.sources import Source, kind_of, open_source


def without_password(place: str) -> str:
    """The same place without a password that was typed into its address. It is not used:
    whoever can see what runs on this computer has seen it."""
    parts = None if Path(place).exists() else taken_apart(place)
    if parts is None:
        return place
    address, user, _ = parts
    print(
        f"The address has the password of “{user}” in it, where others can read it. It is "
        "left out; better withdraw that password and make a new one.",
        file=sys.stderr,
    )
    return address


def open_old_blog(locations: Sequence[str], user: str, from_stdin: bool) -> Source:
    """The old blog. Each place in its turn is asked for its user and password, or the
    password of a zip, if it wants any."""
    answers: dict[str, str | Secret] = {}
    for place in locations:
        for field in kind_of(place).fields:
            if field.name in answers:
                continue
            if field.secret:
                whose = answers.get("user", "") if field.name == "password" else ""
                answers[field.name] = _password(
                    place,
                    str(whose),
                    from_stdin,
                    "--source-password-stdin",
                    exact=field.exact,
                )
            else:
                answers[field.name] = user or _ask(
                    "Your name at the old blog", "--source-user"
                )
    return open_source(locations, answers)


def new_blog_answers(to: str, user: str, from_stdin: bool) -> dict[str, str | Secret]:
    """What the destination at ``to`` has to be told."""
    if not destination_kind(to).fields:
        return {}
    user = user or _ask("Your name at the new blog", "--user")
    return {
        "user": user,
        "password": _password(to, user, from_stdin, "--password-stdin"),
    }


def _password(
    place: str, user: str, from_stdin: bool, option: str, *, exact: bool = False
) -> Secret:
    if from_stdin:
        try:
            line = sys.stdin.readline()
            return Secret(line.rstrip("\r\n") if exact else line.strip())
        except UnicodeDecodeError:
            pass
        # Out here, so that the bytes do not cling to the error as its context.
        raise MoveError(
            "What came in as the password is no text.",
            f"{option} takes one line of UTF-8.",
        )
    known = Wallet().recall(place, user)
    if known:
        return known
    if not sys.stdin.isatty():
        who = f" for “{user}” at" if user else " for"
        raise SignInFailed(
            f"There is no password{who} {place}.",
            f"Give it on standard input with {option}, or run this in a terminal and "
            "type it.",
        )
    whose = f"of {user} at {place}" if user else f"of the zip file {place}"
    return Secret(getpass.getpass(f"Password {whose}: "))


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise MoveError(f"{question} is missing.", f"Give it with {option}.")
    return input(f"{question}: ").strip()
