"""The child that opens and reads archives, one after another, and says how each ended.

One line of JSON in, one out. What it must never do is watched by the interpreter itself:
writing outside its folder for temporary files, connecting, starting programs.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.faults.hostile_archives.case import SECRET, page
from wizard.blog import Post, post_from_json, to_json
from wizard.credentials import Secret
from wizard.errors import MoveError, PhotoMissing
from wizard.move.comments import parents_first
from wizard.sources import kind_of, open_source

MEMORY = 500 * 2**20
NOBODY = 65534
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def read(
    place: str, answers: Mapping[str, str], then: str, words: Sequence[str]
) -> dict[str, Any]:
    """Opens and reads all of it, as the window and the terminal do."""
    said: dict[str, Any] = {
        "posts": 0,
        "photos": 0,
        "notes": [],
        "date": "",
        "lost": list(words),
    }
    kind_of(place)
    source = open_source([place], {n: Secret(a) for n, a in answers.items()})
    said["comments"] = 0
    said["notes"] = list(source.blog().notes)
    _THEN.get(then, lambda path: None)(Path(place))
    for post in source.posts():
        said["posts"] += 1
        said["notes"] += post.notes
        said["lost"] = [word for word in said["lost"] if word not in post.html]
        said["date"] = post.date.isoformat() if post.date else ""
        said["comments"] += len(post.comments)
        said["status"] = post.status.value
        _carried(post)
        if SECRET in post.html or SECRET in post.title:
            raise AssertionError("a post holds what is outside of the archive")
        for photo in post.photos:
            if not photo.found:
                said["notes"].append("a photo is missing")
                continue
            try:
                if SECRET.encode() in source.read(photo):
                    raise AssertionError("a photo is a file outside of the archive")
            except PhotoMissing as trouble:
                said["notes"].append(trouble.title)
            else:
                said["photos"] += 1
    close = getattr(source, "close", None)
    if close:
        close()
    return said


def _carried(post: Post) -> None:
    """What the move does with every post: it is written down and put in order."""
    line = to_json(post)
    line.encode()
    assert post_from_json(line) == post
    json.dumps(json.loads(line), ensure_ascii=False).encode()
    ordered = parents_first(post.comments)
    assert sorted(c.key for c in ordered) == sorted(c.key for c in post.comments)
    place = {comment.key: at for at, comment in enumerate(ordered)}
    parents = {comment.key: comment.parent for comment in ordered}
    for comment in ordered:
        late = place.get(comment.parent or "", -1) > place[comment.key]
        assert not late or _in_circle(comment.key, parents), "an answer comes too early"


def _in_circle(key: str, parents: Mapping[str, str | None]) -> bool:
    at: str | None = parents[key]
    for _ in parents:
        if at == key or at is None:
            break
        at = parents.get(at)
    return at == key


# What happens to an archive between its first and its second reading.


def _each(pattern: str, change: Callable[[Path], object]) -> Callable[[Path], None]:
    def changed(place: Path) -> None:
        for path in sorted(place.glob(pattern)):
            change(path)

    return changed


def _linked(path: Path) -> None:
    path.unlink()
    path.symlink_to(
        path.parents[len(path.parts) - path.parts.index("space") - 1] / "secret.html"
    )


def _gone(place: Path) -> None:
    place.rename(place.with_name("elsewhere"))


_THEN: dict[str, Callable[[Path], object]] = {
    "pictures vanish": _each("img/*", Path.unlink),
    "pages vanish": _each("*.html", Path.unlink),
    "pages change": _each("*.html", lambda path: path.write_text(page(20))),
    "pages grow": _each("*.html", lambda path: path.write_text(page(21) + page(22))),
    "pages are cut": _each("*.html", lambda path: path.write_bytes(b"<html>")),
    "pages become links": _each("*.html", _linked),
    "pictures become links": _each("img/*", _linked),
    "all is gone": _gone,
    "the zip is cut": lambda path: os.truncate(path, 700),
    "the zip is emptied": lambda path: os.truncate(path, 0),
    "the zip is removed": lambda path: path.unlink(),
    "the zip changes": lambda path: path.write_bytes(bytes(path.stat().st_size)),
}


# The child


def ended(order: Mapping[str, Any]) -> dict[str, Any]:
    """How it ended: fine, note, error, traceback, memory or outside; and what it cost."""
    _reset_peak()
    parts = urlsplit(order["place"])
    _meant[:] = [(parts.hostname, parts.port)] if parts.scheme == "http" else []
    _watch.clear()
    began = time.process_time()
    try:
        if order["as_nobody"]:
            os.seteuid(NOBODY)
        said = read(order["place"], order["answers"], order["then"], order["words"])
        said["end"] = "note" if said["notes"] else "fine"
    except MoveError as trouble:
        clear = trouble.title and trouble.hint and "Traceback" not in str(trouble)
        said = {"end": "error" if clear else "unclear", "why": str(trouble)}
    except MemoryError:
        said = {"end": "memory", "why": "it wanted more memory than it may have"}
    except Exception as trouble:
        said = {"end": "traceback", "why": f"{type(trouble).__name__}: {trouble}"[:300]}
    finally:
        os.seteuid(os.getuid())
    if _watch:
        said = {"end": "outside", "why": "; ".join(_watch)[:300]}
    said |= {"seconds": time.process_time() - began, "peak": _peak()}
    return said


_watch: list[str] = []
# Where it may connect to.
_meant: list[tuple[str | None, int | None]] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if flags & _WRITING and isinstance(path, (str, bytes)):
            _noted(event, os.fsdecode(path))
    elif event in ("os.mkdir", "os.rename", "os.symlink", "os.link", "os.remove"):
        _noted(event, os.fsdecode(arguments[0]))
    elif event == "socket.connect" and arguments[1] in _meant:
        pass
    elif event in ("socket.connect", "subprocess.Popen", "os.system", "os.exec"):
        _watch.append(f"{event} {arguments[-1]}")


def _noted(event: str, path: str) -> None:
    """Only its own temporary files, Python's caches and what a case itself does are fine."""
    fine = (os.environ["TMPDIR"], "/dev/null")
    if path.startswith(fine) or "__pycache__" in path or _by_the_case():
        return
    _watch.append(f"{event} {path}")


def _by_the_case() -> bool:
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code.co_name in ("_gone", "changed", "_linked") or (
            frame.f_code.co_name == "<lambda>" and frame.f_globals is globals()
        ):
            return True
    return False


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """The most memory it has had in this case, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def main() -> None:
    # Loaded once, so that no case pays for it.
    from wizard.sources import SOURCES

    assert SOURCES
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limit = used + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    sys.addaudithook(_audit)
    for line in sys.stdin:
        print(json.dumps(ended(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
