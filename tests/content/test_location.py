"""Where a photo was taken is cut out, and nothing else of it changes."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.faults.hostile_pictures import Case, telling
from tests.faults.hostile_pictures.paint import jpeg_with, photo, segment
from wizard.content.pictures import prepare
from wizard.content.pictures.exif import Garbled, without_place
from wizard.content.pictures.location import without_location
from wizard.move.markers import photo_marker

ROOT = Path(__file__).resolve().parents[2]
MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WebP": "image/webp"}
TELLING = [c for c in telling.cases() if c.same_pixels and c.name[:3] != "GIF"]


def orientation(data: bytes) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data)).getexif().get(0x0112)


@pytest.mark.parametrize("order", "<>")
def test_orientation_date_and_details_stay(order: str) -> None:
    block = without_place(telling.exif(6, order))
    assert block
    exif = Image.Exif()
    exif.load(block)
    assert (exif[0x0112], exif[0x0132]) == (6, "2007:04:20 01:29:58")
    assert exif.get_ifd(0x8769)[0x9003] == "2007:04:20 01:29:58"
    assert not exif.get_ifd(0x8825)
    assert not any(secret in block for secret in telling.SECRETS)


def test_notes_without_a_place_are_left_as_they_are() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x0132] = 6, "2007:04:20 01:29:58"
    data = photo("JPEG", exif=exif)
    assert without_location(data, "image/jpeg") is None
    assert without_location(photo("PNG"), "image/png") is None
    assert without_location(photo("WEBP"), "image/webp") is None
    assert without_location(photo("GIF"), "image/gif") is None


@pytest.mark.parametrize("case", TELLING, ids=lambda case: case.name)
def test_what_was_cleaned_has_nothing_left_to_clean(case: Case) -> None:
    mime = MIMES[case.name.split(",")[0].split(" ")[0]]
    once = without_location(case.make(), mime)
    assert once
    assert without_location(once, mime) is None


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from("<>"),
    st.randoms(use_true_random=False),
    st.integers(0, 12),
    st.integers(0, 200),
)
def test_garbled_notes_end_in_some_notes_or_none(
    order: str, chance: random.Random, changes: int, cut: int
) -> None:
    block = bytearray(telling.exif(3, order))
    for _ in range(changes):
        block[chance.randrange(len(block))] = chance.randrange(256)
    garbled = bytes(block[: len(block) - cut])
    try:
        clean = without_place(garbled)
    except Garbled:
        return
    if clean is None:
        return
    again = without_place(clean)
    assert again is None or again == clean
    # What still makes sense makes the same sense.
    before, after = (
        orientation(jpeg_with(segment(0xE1, b"Exif\0\0" + b))) for b in (garbled, clean)
    )
    assert after == before or before not in range(1, 9)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(TELLING),
    st.randoms(use_true_random=False),
    st.integers(1, 30),
)
def test_a_garbled_file_is_cleaned_or_left_and_never_lost(
    case: Case, chance: random.Random, changes: int
) -> None:
    data = bytearray(case.make())
    for _ in range(changes):
        data[chance.randrange(12, len(data))] = chance.randrange(256)
    mime = MIMES[case.name.split(",")[0].split(" ")[0]]
    new = without_location(bytes(data), mime)
    assert new is None or new[:2] == data[:2]


def test_another_computer_gives_the_photo_the_same_marker() -> None:
    """Another process, with other hashes."""
    program = (
        "from tests.faults.hostile_pictures import telling\n"
        "from wizard.content.pictures import prepare\n"
        "from wizard.move.markers import photo_marker\n"
        "if __name__ == '__main__':\n"
        "    for case in telling.cases():\n"
        "        print(photo_marker(prepare(case.make()).data))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT
    )
    here = [photo_marker(prepare(case.make()).data) for case in telling.cases()]
    assert done.stdout.split() == here


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
def test_exiftool_has_nothing_to_complain_about(tmp_path: Path) -> None:
    for number, order in enumerate("<>"):
        data = prepare(
            jpeg_with(segment(0xE1, b"Exif\0\0" + telling.exif(6, order)))
        ).data
        (tmp_path / f"{number}.jpg").write_bytes(data)
    done = subprocess.run(
        ["exiftool", "-validate", "-warning", "-a", "-s3", tmp_path],
        capture_output=True,
        text=True,
    )
    # A camera would have written more than our test does; that is no complaint.
    lines = [
        line for line in done.stdout.splitlines() if "Missing required" not in line
    ]
    assert not [line for line in lines if "GPS" in line or "IFD" in line]
