"""A process that can be the program at once: it has loaded everything, and is copied for each run."""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Ready:
    """``run`` starts a copy; for one thread. The copy's files are all below ``folder``:
    its home, its temporary files, where it stands, and what it says."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forking"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def run(
        self,
        folder: Path,
        words: Sequence[object],
        typed: str = "",
        wound: str = "",
        killed: tuple[float, int] | None = None,
        seconds: float = 8,
    ) -> int:
        """The exit status, or the signal that ended it as a negative number. ``wound``:
        what goes wrong inside; ``killed``: after so many seconds, with this signal."""
        assert self._process.stdin
        assert self._process.stdout
        wish = {"folder": str(folder), "words": [*map(str, words)], "typed": typed}
        self._process.stdin.write(json.dumps({**wish, "wound": wound}) + "\n")
        pid = int(self._process.stdout.readline())
        timers = [(seconds, signal.SIGTERM), (seconds + 4, signal.SIGKILL)]
        timers += [killed] if killed else []
        waiting = [threading.Timer(after, _send, (pid, sign)) for after, sign in timers]
        for timer in waiting:
            timer.start()
        status = int(self._process.stdout.readline())
        for timer in waiting:
            timer.cancel()
        return status

    def close(self) -> None:
        self._process.communicate(timeout=60)


def _send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


# What goes wrong inside, by name; each is given the number after the name's colon.


def _at_request(act: Callable[[], None], number: int) -> None:
    """While the password is in the memory of the functions around it."""
    from wizard import network

    send, lock, count = network._Adapter.send, threading.Lock(), [0]

    def wounded(self: Any, *words: Any, **more: Any) -> Any:
        with lock:
            count[0] += 1
            now = count[0] == number
        if now:
            act()
        return send(self, *words, **more)

    network._Adapter.send = wounded  # type: ignore[method-assign]


def _raise(error: BaseException) -> None:
    raise error


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _leak(say: Callable[[str, str], None]) -> None:
    """For those who must find it: the program tells its password."""
    from wizard import network
    from wizard.credentials import Secret

    prepare = network.Session.__init__

    def careless(self: Any, user: str = "", password: Any = None, **more: Any) -> None:
        if isinstance(password, Secret):
            say(user, password.reveal())
        prepare(self, user, password, **more)

    network.Session.__init__ = careless  # type: ignore[method-assign]


def _into_file(form: str) -> Callable[[str, str], None]:
    def say(user: str, secret: str) -> None:
        from tests.faults.hiding_places import forms

        Path("told.bin").write_bytes(b"xyz" + forms(secret, user)[form] + b"zyx")

    return say


def _want_cores(arrange: Callable[[], None]) -> None:
    """As some systems do; but only when the program begins, since this copy of it knows
    the password before it asks for it."""
    from wizard import crashes

    def wanted() -> None:
        _limit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)[1])
        arrange()

    crashes.arrange = wanted


def _core_is_wanted() -> None:
    _want_cores(faulthandler.enable)
    _at_request(os.abort, 3)


WOUNDS: dict[str, Callable[[str], None]] = {
    "error": lambda n: _at_request(
        lambda: _raise(RuntimeError("out of the blue")), int(n)
    ),
    "memory": lambda n: _at_request(lambda: _raise(MemoryError()), int(n)),
    "interrupt": lambda n: _at_request(lambda: _raise(KeyboardInterrupt()), int(n)),
    "recursion": lambda n: _at_request(lambda: _raise(RecursionError()), int(n)),
    "abort": lambda n: _at_request(os.abort, int(n)),
    "segfault": lambda n: _at_request(faulthandler._sigsegv, int(n)),  # type: ignore[attr-defined]
    "disk": lambda n: _limit(resource.RLIMIT_FSIZE, 4096 * int(n)),
    "files": lambda n: _limit(resource.RLIMIT_NOFILE, 8 + int(n)),
    "deep": lambda n: sys.setrecursionlimit(60 + 10 * int(n)),
    "leak": lambda form: _leak(_into_file(form)),
    "leak to stderr": lambda _: _leak(lambda _, word: print(word, file=sys.stderr)),
    "leak to the move file": lambda _: _leak_into_move(),
    "core": lambda _: _core_is_wanted(),
}


def _leak_into_move() -> None:
    from wizard.move.file import Move

    note = Move.note
    known: list[str] = []
    _leak(lambda _, word: known.append(word))

    def careless(self: Any, name: str, value: str) -> None:
        note(self, name, "".join(known) or value)

    Move.note = careless  # type: ignore[method-assign]


def _become(folder: str, words: list[str], typed: str, wound: str) -> None:
    home = Path(folder)
    for name in ("home", "tmp", "cwd"):
        (home / name).mkdir(exist_ok=True)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / "home")
    os.environ["TMPDIR"], tempfile.tempdir = str(home / "tmp"), None
    os.chdir(home / "cwd")
    from wizard import crashes

    _want_cores(crashes.arrange)
    read, write = os.pipe()
    os.write(write, typed.encode())
    os.close(write)
    os.dup2(read, 0)
    os.close(read)
    for number, name in ((1, "out"), (2, "err")):
        file = os.open(home / name, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.argv = ["moving-day", *words]
    name, _, number = wound.partition(":")
    if name:
        WOUNDS[name](number)


def _live() -> int:
    from wizard.__main__ import main

    try:
        return main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        return 1


def _serve() -> None:
    import wizard.content.composing
    import wizard.destinations.wordpress
    import wizard.destinations.wxr
    import wizard.move.engine
    import wizard.sources.metaweblog
    import wizard.sources.spaces_backup
    import wizard.sources.spaces_pages
    from tests.move.doubles import HASTY
    from wizard import cli

    assert cli
    wizard.move.engine.Patience = lambda: HASTY  # type: ignore[assignment,misc]
    for line in sys.stdin:
        wish = json.loads(line)
        pid = os.fork()
        if not pid:
            try:
                _become(**wish)
                status = _live()
                sys.stdout.flush()
                sys.stderr.flush()
            except BaseException:
                os._exit(99)
            os._exit(status)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve()
