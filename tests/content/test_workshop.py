"""A picture that takes its decoder down costs that picture only."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.content.bad_children import die_at_once, serve_badly
from tests.content.test_pictures import encoded
from wizard.content import pictures
from wizard.content.pictures import prepare, scaled, workshop
from wizard.content.pictures.workshop import Workshop
from wizard.errors import PhotoMissing

ROOT = Path(__file__).resolve().parent.parent.parent
CRASHES = (b"segfault:", b"aborting:", b"oom kill:", b"leaving::", b"lying::::")
GOOD = encoded("JPEG")


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    """The program's workshop, with a decoder that has holes and a second for each."""
    made = Workshop(places=2, seconds=1, child=serve_badly)
    monkeypatch.setattr(pictures, "shared_workshop", lambda: made)
    yield made
    made.close()


@pytest.mark.parametrize("how", CRASHES)
def test_a_picture_that_kills_its_decoder_is_damaged_and_the_next_one_is_fine(
    fragile: Workshop, how: bytes
) -> None:
    with pytest.raises(PhotoMissing, match="damaged"):
        prepare(how)
    assert prepare(GOOD).data == GOOD


@pytest.mark.parametrize("how", [b"hanging::", b"spinning:"])
def test_a_picture_that_never_ends_is_given_up_in_time(
    fragile: Workshop, how: bytes
) -> None:
    prepare(GOOD)
    before = time.monotonic()
    with pytest.raises(PhotoMissing, match="too long"):
        prepare(how)
    # Not tried again: it would only take as long once more.
    assert time.monotonic() - before < 1.9
    assert prepare(GOOD).data == GOOD


def test_a_decoder_that_somebody_else_ended_gets_a_second_try(
    fragile: Workshop, tmp_path: Path
) -> None:
    with pytest.raises(PhotoMissing, match="no picture"):
        prepare(b"one time:" + bytes(tmp_path / "tried"))
    assert (tmp_path / "tried").exists()


def test_a_decoder_that_died_while_it_was_idle_is_nobodys_fault(
    fragile: Workshop,
) -> None:
    for _ in range(3):
        prepare(GOOD)
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
    assert prepare(GOOD).data == GOOD


def test_what_crashed_twice_is_not_tried_again(
    fragile: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PhotoMissing, match="damaged"):
        prepare(b"aborting:")
    monkeypatch.setattr(workshop, "_Worker", None)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    with pytest.raises(PhotoMissing, match="damaged"):
        prepare(b"aborting:")


def test_crashes_among_good_pictures_from_many_threads_hurt_nobody(
    fragile: Workshop,
) -> None:
    wishes = [CRASHES[n % 5] + b"%d" % n if n % 4 == 0 else GOOD for n in range(40)]

    def ended_well(data: bytes) -> bool:
        try:
            return prepare(data).data == GOOD
        except PhotoMissing:
            return data is not GOOD

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(ended_well, wishes))


def test_a_decoder_cannot_name_the_file_a_program(fragile: Workshop) -> None:
    with pytest.raises(PhotoMissing, match="damaged"):
        prepare(b"php file:")


def test_a_picture_said_to_be_larger_than_its_pixels_is_not_drawn(
    fragile: Workshop,
) -> None:
    with pytest.raises(PhotoMissing, match="damaged"):
        scaled(b"few bits:", 10, 10)


def test_where_no_process_can_be_started_the_photo_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Workshop(places=1, child=die_at_once)
    monkeypatch.setattr(pictures, "shared_workshop", lambda: made)
    for _ in range(2):
        with pytest.raises(PhotoMissing, match="could not be looked at"):
            prepare(GOOD)


@pytest.mark.parametrize("how", [b"segfault:", b"aborting:", b"oom kill:"])
def test_without_a_process_of_its_own_the_same_picture_ends_the_program(
    how: bytes,
) -> None:
    program = f"from tests.content.bad_children import happen; happen({how!r}, None)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60)
    assert done.returncode < 0


PARENT = """
import signal, sys, threading, time
from wizard.content import pictures
from wizard.content.pictures.workshop import Workshop
from tests.content.bad_children import serve_badly

if __name__ == "__main__":
    # Whoever runs the tests in the background may have switched it off.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    made = Workshop(places=2, seconds=60, child=serve_badly)
    pictures.shared_workshop = lambda: made
    def work(data):
        try:
            pictures.prepare(data)
        except Exception:
            pass
    work(b"idle")
    threading.Thread(target=work, args=(b"hanging::",), daemon=True).start()
    import multiprocessing
    deadline = time.monotonic() + 60
    while len(multiprocessing.active_children()) < 2 and time.monotonic() < deadline:
        work(b"idle")
        time.sleep(0.05)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    {then}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks /proc and sends signals")
@pytest.mark.parametrize(
    ("then", "end"),
    [
        ("time.sleep(1000)", signal.SIGKILL),
        ("time.sleep(1000)", signal.SIGTERM),
        ("time.sleep(1000)", signal.SIGINT),
        ("", None),
        ("sys.exit(1)", None),
    ],
)
def test_no_decoder_outlives_the_program(
    tmp_path: Path, then: str, end: signal.Signals | None
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.replace("{then}", then))
    path = os.pathsep.join((str(ROOT), *sys.path))
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout
        assert parent.stderr
        try:
            children = [int(word) for word in parent.stdout.readline().split()]
            assert len(children) == 2
            if end is signal.SIGINT:
                # Ctrl-C in a terminal reaches all of them.
                os.killpg(parent.pid, end)
            elif end:
                parent.send_signal(end)
            parent.wait(30)
        finally:
            parent.kill()  # or leaving the block might wait for ever
        deadline = time.monotonic() + 10
        while any(map(_lives, children)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(_lives, children))
        words = parent.stderr.read()
        assert ("KeyboardInterrupt" in words) == (end is signal.SIGINT)
        assert words.count("Traceback") == (end is signal.SIGINT)


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_decoder_knows_neither_qt_nor_our_network() -> None:
    program = (
        "import sys; from wizard.content.pictures import decoding, child;"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('PySide6', 'requests', 'keyring', 'sqlite3', 'socket', 'lxml')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() in ("[]", "['socket']"), done.stderr
