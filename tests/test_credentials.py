"""Passwords: in a keyring that really keeps them, or in memory, and nowhere else."""

from __future__ import annotations

import copy
import os
import pickle
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as Forgetful
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

from wizard.credentials import Secret, Wallet, taken_apart

SITE = "https://blog.example"
SECRET = Secret("kanarie-7f3e")


class Chest(KeyringBackend):
    """A keyring like the system's, by what it does and by the name of its module."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None

    def _turn(self) -> None:
        if self.trouble:
            raise self.trouble

    def get_password(self, service, username):
        self._turn()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._turn()
        self.kept[service, username] = password

    def delete_password(self, service, username):
        self._turn()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, username]


class TrustedChest(Chest):
    __module__ = "keyring.backends.SecretService"


class PlaintextKeyring(Chest):
    """What keyrings.alt brings along: a file that anybody can read."""

    __module__ = "keyrings.alt.file"


class AbsentMinded(TrustedChest):
    __module__ = "keyring.backends.kwallet"

    def get_password(self, service, username):
        return None


class Chain(KeyringBackend):
    __module__ = "keyring.backends.chainer"
    priority = 10

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = list(backends)

    def get_password(self, service, username):
        raise AssertionError("members are asked one by one")

    set_password = delete_password = get_password


@pytest.fixture(autouse=True)
def _the_keyring_of_the_run() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def wallet(backend: KeyringBackend) -> Wallet:
    keyring.set_keyring(backend)
    return Wallet()


# --- a Secret


def test_a_secret_does_not_show_itself():
    for text in (
        repr(SECRET),
        str(SECRET),
        f"{SECRET}",
        f"{[SECRET]}",
        repr({1: SECRET}),
    ):
        assert "kanarie" not in text
    assert SECRET.reveal() == "kanarie-7f3e"
    assert not Secret("")


def test_a_secret_cannot_be_written_anywhere():
    for write in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            write(SECRET)


# --- passwords in addresses


@pytest.mark.parametrize(
    ("pasted", "address", "user", "password"),
    [
        (
            "https://ann:geheim@blog.example/a",
            "https://blog.example/a",
            "ann",
            "geheim",
        ),
        ("ann:geheim@blog.example", "blog.example", "ann", "geheim"),
        (" HTTP://ann:ge%20h%40im@b.example", "HTTP://b.example", "ann", "ge h@im"),
        ("https://:geheim@b.example", "https://b.example", "", "geheim"),
        ("https://ann:ge:h@im@b.example", "https://b.example", "ann", "ge:h@im"),
    ],
)
def test_a_password_is_taken_out_of_an_address(pasted, address, user, password):
    assert taken_apart(pasted) == (address, user, Secret(password))


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "https://blog.example/",
        "https://blog.example:8080/a@b",
        "https://blog.example/a:b@c",
        "https://blog.example/?a:b@c",
        "ann@blog.example",
        "https://ann:@blog.example",
        "C:\\Users\\ann@home\\space.zip",
        "/home/a:b@c/space.zip",
    ],
)
def test_an_address_without_a_password_stays_as_it_is(pasted):
    assert taken_apart(pasted) is None


# --- a keyring that works


def test_a_working_keyring_keeps_and_gives_back_and_forgets():
    chest = TrustedChest()
    first = wallet(chest)
    assert first.works()
    assert first.remember(SITE + "/", "ann", SECRET)
    assert chest.kept == {(f"Moving Day: {SITE}", "ann"): "kanarie-7f3e"}
    second = wallet(chest)
    assert second.recall(SITE, "ann") == SECRET
    assert second.recall(SITE, "bob") is None
    assert second.recall("https://other.example", "ann") is None
    second.forget(SITE, "ann")
    second.forget(SITE, "ann")
    assert chest.kept == {}
    assert second.recall(SITE, "ann") is None


def test_trying_a_keyring_leaves_nothing_behind():
    chest = TrustedChest()
    assert wallet(chest).works()
    assert chest.kept == {}


def test_a_keyring_is_tried_once_and_only_when_asked():
    chest = TrustedChest()
    asked = wallet(chest)
    chest.trouble = KeyringLocked()
    assert not asked.works()
    chest.trouble = None
    assert not asked.works()


def test_what_was_in_memory_does_not_hide_what_is_newer_in_the_keyring():
    chest = TrustedChest()
    both = wallet(chest)
    assert both.works()
    chest.trouble = KeyringLocked()
    assert not both.remember(SITE, "ann", Secret("old"))
    chest.trouble = None
    assert both.remember(SITE, "ann", Secret("new"))
    assert both.recall(SITE, "ann") == Secret("new")


# --- keyrings that are none


@pytest.mark.parametrize(
    "backend",
    [
        NoKeyring(),
        Forgetful(),
        PlaintextKeyring(),
        AbsentMinded(),
        Chain(NoKeyring(), Forgetful(), PlaintextKeyring()),
        Chain(),
    ],
    ids=lambda backend: type(backend).__name__,
)
def test_without_a_keyring_passwords_stay_in_memory(backend):
    memory = wallet(backend)
    assert not memory.works()
    assert not memory.remember(SITE, "ann", SECRET)
    assert memory.recall(SITE, "ann") == SECRET
    assert "kanarie-7f3e" not in getattr(backend, "kept", {}).values()
    assert wallet(backend).recall(SITE, "ann") is None
    memory.forget(SITE, "ann")
    assert memory.recall(SITE, "ann") is None


def test_of_a_chain_only_the_members_that_can_be_trusted_are_used():
    plain, good = PlaintextKeyring(), TrustedChest()
    chained = wallet(Chain(NoKeyring(), plain, AbsentMinded(), good))
    assert chained.remember(SITE, "ann", SECRET)
    assert list(good.kept.values()) == ["kanarie-7f3e"]
    assert plain.kept == {}


@pytest.mark.parametrize(
    "trouble",
    [
        KeyringLocked("locked"),
        InitError("Prompt dismissed"),
        OSError("no bus"),
        RuntimeError("denied"),
        ValueError("strange"),
    ],
)
def test_a_keyring_that_fails_later_is_no_trouble_of_ours(trouble):
    chest = TrustedChest()
    locked = wallet(chest)
    assert locked.works()
    chest.trouble = trouble
    assert locked.recall(SITE, "ann") is None
    assert not locked.remember(SITE, "ann", SECRET)
    assert locked.recall(SITE, "ann") == SECRET
    locked.forget(SITE, "ann")
    assert locked.recall(SITE, "ann") is None


def test_a_broken_configuration_of_keyring_is_no_trouble_of_ours(monkeypatch):
    def broken():
        raise RuntimeError("keyringrc.cfg names a class that does not exist")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert not Wallet().works()


def test_threads_may_share_a_wallet():
    shared = wallet(TrustedChest())
    wrong = []

    def work(user: str) -> None:
        for turn in range(50):
            shared.remember(SITE, user, Secret(f"{user}{turn}"))
            if shared.recall(SITE, user) != Secret(f"{user}{turn}"):
                wrong.append(user)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_keyring_is_not_loaded_before_somebody_asks():
    code = "import sys, wizard.credentials; print('keyring' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


# --- a real one


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon",
)
def test_the_keyring_of_a_real_desktop_keeps_a_password_between_runs(tmp_path):
    start = tmp_path / "start.sh"
    start.write_text(
        "eval \"$(printf '\\n' | gnome-keyring-daemon --unlock --components=secrets)\"\n"
        'for code in "$@"; do "$PYTHON" -c "$code" || exit 1; done\n'
    )
    begin = "from wizard.credentials import Secret, Wallet; w = Wallet(); "
    steps = (
        "assert w.works() and w.remember('https://a.example', 'ann', Secret('x'))",
        "assert w.recall('https://a.example/', 'ann') == Secret('x')",
        "w.forget('https://a.example', 'ann')",
        "assert w.recall('https://a.example', 'ann') is None",
    )
    home = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS")
    }
    home |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    home |= {"PYTHON": sys.executable, "XDG_RUNTIME_DIR": str(tmp_path)}
    home |= {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", str(start), *(begin + step for step in steps)],
        env=home,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
