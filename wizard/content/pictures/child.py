"""What a process that decodes pictures does all its life, and how little it may."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

# Of address space, with what Python and the decoders take before the first picture.
MOST_MEMORY = 640 * 2**20
# Should our parent have died in the middle, nobody else would end a decoder that hangs.
_LAST_SECONDS = 20


def serve(pipe: Connection) -> None:
    """Answer one wish after another until the other end of the pipe is closed."""
    _shut_in()
    from wizard.content.pictures import decoding

    pipe.send_bytes(b"ready")
    while True:
        try:
            wish = json.loads(pipe.recv_bytes())
            data = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        if hasattr(signal, "alarm"):
            signal.alarm(_LAST_SECONDS)
        answer, parts = decoding.fulfil(wish, data)
        del data
        with suppress(BrokenPipeError):
            pipe.send_bytes(json.dumps({**answer, "parts": len(parts)}).encode())
            for part in parts:
                pipe.send_bytes(part)
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _shut_in() -> None:
    """Bounded memory, no core file with somebody's photo in it, no words in between."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with suppress(OSError):
            os.dup2(nowhere, stream)
    if sys.platform != "win32":
        import resource

        # macOS knows the first limit by name only.
        for limit, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(OSError, ValueError):
                resource.setrlimit(limit, (most, most))
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(0)
