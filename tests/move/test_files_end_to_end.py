"""A backup's recordings, films and documents at a real WordPress: the same bytes, linked."""

from __future__ import annotations

import math
import struct
import threading
import wave
from io import BytesIO
from pathlib import Path

import pytest
import requests

from tests.move.doubles import HASTY
from tests.move.whole_site import forget_sample_post, rows
from tests.sources.backups import post_page, write_folder, write_zip
from tests.wordpress import start
from wizard.credentials import Secret
from wizard.destinations import Kind
from wizard.destinations.wordpress import WordPress
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.sources import open_source


def sound() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        tone = (int(9000 * math.sin(n / 5)) for n in range(4000))
        file.writeframes(b"".join(struct.pack("<h", each) for each in tone))
    return out.getvalue()


def mp3() -> bytes:
    """Silence: frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz."""
    return (b"\xff\xfb\x90\x64" + bytes(413)) * 40


ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(600)
FILES = {
    "files/song one.mp3": mp3(),
    "files/sound.wav": sound(),
    "files/film.wmv": ASF + struct.pack("<Q", 30) + bytes(600),
    "files/clip.mp4": MP4,
    "files/plan.pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n",
    "files/notes.zip": b"PK\x05\x06" + bytes(18),
    "files/gone.doc": b"<html><body>404</body></html>",
}
PAGES = {
    "first.html": post_page(
        "Listen",
        "5/1/2007 10:00:00 AM",
        '<p>My <a href="files/song%20one.mp3">song</a> and <a href="files/plan.pdf">plan'
        '</a>.</p><embed src="files/film.wmv"><p>Bye <a href="files/never.mp3">x</a></p>'
        '<p><a href="files/gone.doc">letter</a></p>',
    ),
    "second.html": post_page(
        "Again",
        "6/1/2007 10:00:00 AM",
        '<p><a href="files/song%20one.mp3">The same song</a></p>'
        '<bgsound src="files/sound.wav"><video src="files/clip.mp4"></video>'
        '<p><a href="files/notes.zip">Notes</a></p>',
        mark="bp2",
    ),
}


@pytest.mark.parametrize("pack", [write_folder, write_zip])
@pytest.mark.parametrize("blocks", [True, False])
def test_they_arrive_once_with_every_byte_and_are_linked(
    tmp_path: Path, pack, blocks: bool
) -> None:
    name = "space.zip" if pack is write_zip else "space"
    source = open_source([str(pack(tmp_path / name, {**PAGES, **FILES}))])
    with start() as site, Move.create(tmp_path / "a.move") as move:
        forget_sample_post(site)
        list(read(move, source, threading.Event()))
        move.choices = Choices(blocks=blocks)
        user, password = site.users["administrator"]
        blog = WordPress(site.url, user, Secret(password))
        blog.check()
        list(run(move, source, blog, threading.Event(), patience=HASTY))
        there = {row["title"]["raw"]: row["source_url"] for row in rows(site, "media")}
        got = {requests.get(url, timeout=60).content for url in there.values()}
        wanted = {data for name, data in FILES.items() if name != "files/gone.doc"}
        assert got == wanted, "each once, and not a byte different"
        posts = {row["title"]["raw"]: row for row in rows(site, "posts")}
        text = {name: row["content"]["raw"] for name, row in posts.items()}
        for url in there.values():
            linked = [name for name in text if url in text[name]]
            both = "song" in url
            assert len(linked) == (2 if both else 1), url
        assert {row["featured_media"] for row in posts.values()} == {0}
        assert "did not come along" in text["Listen"], "the letter that was a web page"
        steps = [s for key in move.chosen_keys() for s in move.steps(key)]
        refused = [s for s in steps if s.state is State.REFUSED]
        assert [s.key for s in refused] == ["files/gone.doc"]
        assert refused[0].trouble
        assert "web page" in refused[0].trouble.title
        assert sum(s.kind is Kind.PHOTO and s.state is State.SENT for s in steps) == 7
