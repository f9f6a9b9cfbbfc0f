"""Secrets: in the system's keyring, or in memory and nowhere else."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


class Secret:
    """A password that does not show itself when printed, logged or pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The password itself; call it at the door to the network and nowhere else."""
        return self._value

    def out_of(self, body: bytes) -> bytes:
        """A server's words without this password, which some repeat to whoever asks, as
        it is or in HTML."""
        form = self._value
        for _ in range(3 if form else 0):
            body = body.replace(form.encode(errors="replace"), "…".encode())
            form = html.escape(form, quote=False)
        return body

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a Secret is never written anywhere")


@dataclass(frozen=True, slots=True)
class Field:
    """One question that a source or destination needs answered.

    ``secret``: the answer is a password; it goes to the keyring and is never shown.
    ``exact``: spaces around it are part of it.
    """

    name: str
    label: str
    hint: str = ""
    secret: bool = False
    exact: bool = False


_NAMED = re.compile(
    r"\s*(?P<scheme>https?://)?(?P<user>[^/?#@:\\\s]*):(?P<password>[^/?#\\\s]*)@(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def taken_apart(address: str) -> tuple[str, str, Secret] | None:
    """What people paste: ``https://ann:secret@blog.example`` as the address without
    name and password, the name, and the password. None if there is no password in it."""
    found = _NAMED.fullmatch(address)
    if not found or not found["password"]:
        return None
    user, password = unquote(found["user"]), unquote(found["password"])
    return f"{found['scheme'] or ''}{found['rest']}", user, Secret(password)


# What the systems themselves protect. Others keep passwords as plain text (keyrings.alt)
# or lose them without a word (null), and would be chosen silently.
_TRUSTED = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
)


class Wallet:
    """Passwords, by site and user: in the system's keyring if it really works, else in
    this object, for as long as it lives. Threads may share it.

    No method raises because of the keyring. Each may wait for the person to unlock it,
    so none is for the thread that draws the window.
    """

    def __init__(self) -> None:
        self._memory: dict[tuple[str, str], Secret] = {}
        self._keyring: KeyringBackend | None = None
        self._tested = False
        self._lock = threading.RLock()

    def works(self) -> bool:
        """Whether `remember` outlives this run; tested once, by really keeping, reading
        and removing something."""
        with self._lock:
            if not self._tested:
                self._tested = True
                self._keyring = next(filter(_keeps_secrets, _candidates()), None)
            return self._keyring is not None

    def recall(self, site: str, user: str) -> Secret | None:
        """The password kept for ``user`` at the address ``site``, if any."""
        service = _service(site)
        with self._lock:
            if kept := self._memory.get((service, user)):
                return kept
            if not self.works() or self._keyring is None:
                return None
            with suppress(Exception):  # locked or denied now, whatever that is called
                value = self._keyring.get_password(service, user)
                return Secret(value) if value else None
            return None

    def remember(self, site: str, user: str, secret: Secret) -> bool:
        """Keeps a password; False: for this run only."""
        service = _service(site)
        with self._lock:
            if self.works() and self._keyring is not None:
                with suppress(Exception):
                    self._keyring.set_password(service, user, secret.reveal())
                    self._memory.pop((service, user), None)
                    return True
            self._memory[service, user] = secret
            return False

    def forget(self, site: str, user: str) -> None:
        """Takes a password away; fine when there is none."""
        service = _service(site)
        with self._lock:
            self._memory.pop((service, user), None)
            if self.works() and self._keyring is not None:
                with suppress(Exception):
                    self._keyring.delete_password(service, user)


def _service(site: str) -> str:
    return f"Moving Day: {site.rstrip('/')}"


def _candidates() -> Iterator[KeyringBackend]:
    """The keyrings on offer, the preferred first, that are on the list of the trusted."""
    # It takes up to half a second, and half of all runs never ask for a password.
    try:
        import keyring

        chosen = keyring.get_keyring()
        offers = list(getattr(chosen, "backends", None) or [chosen])
    except Exception:  # broken configuration files and missing services raise anything
        return
    yield from (offer for offer in offers if type(offer).__module__ in _TRUSTED)


def _keeps_secrets(keyring: KeyringBackend) -> bool:
    service, user, value = "Moving Day: test", token_hex(8), token_hex(8)
    kept = False
    with suppress(Exception):
        keyring.set_password(service, user, value)
        kept = keyring.get_password(service, user) == value
        keyring.delete_password(service, user)
    return kept
