"""Processes that decode pictures as a broken decoder would: they crash, hang, or lie."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import time
from multiprocessing.connection import Connection

from wizard.content.pictures import decoding
from wizard.content.pictures.child import serve


def serve_badly(pipe: Connection) -> None:
    """What the picture's bytes say happens while it is decoded; any other is decoded."""
    as_it_is = decoding.fulfil

    def fulfil(wish: dict[str, object], data: bytes) -> tuple[dict[str, object], list]:
        happen(data, pipe)
        return as_it_is(wish, data)

    decoding.fulfil = fulfil  # type: ignore[assignment]
    serve(pipe)


def happen(data: bytes, pipe: Connection) -> None:
    what = data[:9]
    if what == b"segfault:":
        ctypes.string_at(0)
    if what == b"aborting:":
        os.abort()
    if what == b"oom kill:":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == b"leaving::":
        os._exit(0)
    if what == b"hanging::":
        time.sleep(1000)
    if what == b"spinning:":
        # Without letting go of Python's lock, as a decoder in C may.
        ctypes.PyDLL(None).usleep(1_000_000_000)
    if what == b"one time:" and not os.path.exists(data[9:]):
        open(data[9:], "w").close()
        os.abort()
    if what == b"lying::::":
        pipe.send_bytes(b"\x80\x04 no JSON")
        time.sleep(1000)
    if what == b"php file:":
        answer = {"mime": "text/x-php", "width": 1, "height": 1, "parts": 2}
        pipe.send_bytes(json.dumps({**answer, "same": True}).encode())
        pipe.send_bytes(b"")
        pipe.send_bytes(b"")
    if what == b"few bits:":
        pipe.send_bytes(b'{"width": 1000, "height": 1000, "parts": 1}')
        pipe.send_bytes(b"few")


def die_at_once(pipe: Connection) -> None:
    os._exit(3)
