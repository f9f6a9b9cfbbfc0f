"""Hostile, broken and telling pictures through the door that every picture goes through.

Each must end as *fine*, *fine with a note* or *clear error*, within ten seconds and 500 MB;
what arrives is looked at with Pillow, with exiftool, and byte by byte.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from tests.faults.figures import Figure
from tests.faults.hostile_pictures import ERROR, FINE, NOTE, Case, all_cases, telling
from wizard.content.pictures import Prepared, file_name, prepare, scaled
from wizard.errors import PhotoMissing

SECONDS, MEGABYTES, FLOOR = 10, 500, 150
_SHOWN = {"image/jpeg", "image/png", "image/gif", "image/webp"}


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of one picture; ``wrong``: why that is not right, or ""."""

    case: Case
    how: str
    wrong: str
    ready: Prepared | None = None


def figures(scale: float, seed: int) -> Iterator[Figure]:
    from tests.faults.picture_controls import controls, crashes

    cases = all_cases(seed)
    if scale < 1:
        cases = cases[:: max(1, round(1 / scale))]
    floor = round(FLOOR * min(1, scale))
    ended = [attempt(case) for case in cases]
    counts = Counter(one.how for one in ended)
    yield Figure(
        "hostile and broken pictures, each with a clear outcome",
        len(ended),
        floor,
        tuple(f"{one.case.name}: {one.wrong}" for one in ended if one.wrong),
        note=", ".join(f"{counts[how]} {how}" for how in (FINE, NOTE, ERROR)),
    )
    placed = [one for one in ended if one.case.placed and one.ready]
    yield Figure(
        "photos that told where they were taken, and do not any more",
        len(placed),
        round(40 * min(1, scale)),
        tuple(
            f"{one.case.name}: {words}"
            for one, words in zip(placed, places_told(placed), strict=True)
            if words
        ),
        note="read back by exiftool and byte by byte"
        if shutil.which("exiftool")
        else "read back by Pillow and byte by byte",
    )
    yield from crashes(scale)
    yield from controls([one.case for one in placed])


def attempt(case: Case) -> Ended:
    """Send it through both doors and judge what comes out."""
    data = case.make()
    began = time.monotonic()
    try:
        ready = prepare(data)
    except PhotoMissing as missing:
        wrong = _judge_error(case, missing)
        ended = Ended(case, ERROR, wrong)
    except Exception as trouble:
        return Ended(case, "traceback", repr(trouble))
    else:
        how = NOTE if ready.cut else FINE
        wrong = "" if how in case.ends else f"it is {how}"
        ended = Ended(case, how, wrong or judge(case, data, ready), ready)
    between = time.monotonic()
    try:
        scaled(data, 96, 72, cover=True)
    except PhotoMissing:
        pass
    except Exception as trouble:
        return Ended(case, "traceback", f"thumbnail: {trouble!r}")
    slow = max(between - began, time.monotonic() - between)
    if slow > SECONDS:
        return Ended(case, ended.how, f"it took {slow:.1f} s")
    if (most := peak_memory()) > MEGABYTES:
        return Ended(case, ended.how, f"it took {most:.0f} MB")
    return ended


def _judge_error(case: Case, missing: PhotoMissing) -> str:
    if ERROR not in case.ends:
        return f"refused: {missing}"
    if case.words not in missing.title:
        return f"the words are: {missing.title}"
    return "" if missing.title and missing.hint else "nothing says what to do"


def judge(case: Case, data: bytes, ready: Prepared) -> str:
    """Why what would be uploaded is not what it must be, or ""."""
    if ready.picture.mime not in _SHOWN or case.mime not in (
        "",
        ready.picture.mime,
    ):
        return f"it is {ready.picture.mime}"
    if case.same_file and ready.data != data:
        return "the file was changed"
    if len(ready.thumbnail) > 4096:
        return "the thumbnail is too large"
    if ready.thumbnail and max(opened(ready.thumbnail).size) > 96:
        return "the thumbnail has too many pixels"
    name = file_name("../x.php.\u202egpj\0", ready.picture, "0a")
    if not re.fullmatch(r"[a-z0-9-]+-0a\.(jpg|png|gif|webp)", name):
        return f"the name is {name}"
    return (
        _judge_upright(case, ready.data)
        or _judge_frames(case, ready.data)
        or _judge_pixels(case, data, ready.data)
    )


def _judge_upright(case: Case, sent: bytes) -> str:
    if not case.upright:
        return ""
    image = opened(sent)
    # WordPress turns a JPEG as it says, and knows nothing about the others.
    if image.format == "JPEG":
        image = ImageOps.exif_transpose(image)
    elif image.getexif().get(0x0112, 1) != 1:
        return "only its notes say how it was held"
    if image.size != case.upright:
        return f"its size is {image.size}"
    image = image.convert("RGB")
    red, blue = image.getpixel((10, 10)), image.getpixel((110, 70))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    is_right = red[0] > 150 > red[2] and blue[2] > 150 > blue[0]
    return "" if is_right else f"it does not stand upright: {red} {blue}"


def _judge_frames(case: Case, sent: bytes) -> str:
    if not case.frames:
        return ""
    frames = getattr(opened(sent), "n_frames", 1)
    return "" if frames == case.frames else f"{frames} frames arrive"


def _judge_pixels(case: Case, data: bytes, sent: bytes) -> str:
    if not case.same_pixels:
        return ""
    before, after = opened(data), opened(sent)
    # A second photo behind the first is none of its frames.
    if before.format in ("MPO", "JPEG"):
        return "" if before.tobytes() == after.tobytes() else "pixels differ"
    pairs = zip(
        ImageSequence.Iterator(before), ImageSequence.Iterator(after), strict=True
    )
    same = all(one.tobytes() == other.tobytes() for one, other in pairs)
    return "" if same else "pixels differ"


def places_told(ended: Iterable[Ended]) -> list[str]:
    """For each, what still says where it was taken, or ""."""
    sent = [one.ready.data for one in ended if one.ready]
    found = [_in_bytes(data) or _to_pillow(data) for data in sent]
    if shutil.which("exiftool"):
        told = _to_exiftool(sent)
        found = [one or other for one, other in zip(found, told, strict=True)]
    return found


def _in_bytes(data: bytes) -> str:
    return "its bytes tell" if any(it in data for it in telling.SECRETS) else ""


def _to_pillow(data: bytes) -> str:
    image = opened(data)
    return "Pillow finds GPS" if image.getexif().get_ifd(0x8825) else ""


def _to_exiftool(sent: list[bytes]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:04}.jpg" for number in range(len(sent))]
        for path, data in zip(paths, sent, strict=True):
            path.write_bytes(data)
        done = subprocess.run(
            ["exiftool", "-j", "-a", "-ee", "-G1", "-u", *map(str, paths)],
            capture_output=True,
            text=True,
        )
    told = {answer["SourceFile"]: answer for answer in json.loads(done.stdout)}
    return [_tags(told[str(path)]) for path in paths]


def _tags(answer: dict[str, object]) -> str:
    place = [tag for tag in answer if "GPS" in tag or tag.endswith((":City", ":xyz"))]
    place += [tag for tag, value in answer.items() if "HERE" in str(value)]
    return f"exiftool finds {place}" if place else ""


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def peak_memory() -> float:
    """Of the largest process that decodes pictures, in MB."""
    most = 0.0
    for child in multiprocessing.active_children():
        status = Path(f"/proc/{child.pid}/status")
        if child.name == "pictures" and status.exists():
            words = status.read_text().partition("VmHWM:")[2].split()
            most = max(most, int(words[0]) / 1024 if words else 0)
    return most
