"""Recordings, films and documents of a post: sent as they are, told where they cannot be."""

from __future__ import annotations

import pytest

from wizard.blog import FILES, Photo, Post
from wizard.content.composing import Placed, compose
from wizard.content.files import MOST_BYTES, prepare_file
from wizard.errors import PhotoMissing

SONG = Photo("files/My song.mp3", True, ("My%20song.mp3",))
FILM = Photo("files/film.wmv", True, ("film.wmv",))
HOME = Placed("https://new.example/my-song.mp3", "https://new.example/my-song.mp3")


def composed(html: str, photo: Photo = SONG, home: Placed | None = HOME) -> str:
    placed = {photo.address: home} if home else {}
    return compose(Post("k", "", html, None, photos=(photo,)), placed)


@pytest.mark.parametrize(
    ("address", "mime"),
    [
        ("files/My song.MP3", "audio/mpeg"),
        ("https://o.example/a.pdf?x=1.jpg", "application/pdf"),
        ("source-2:talk.wmv", "video/x-ms-wmv"),
        ("a/b.docx", FILES["docx"]),
        ("photo.jpg", ""),
        ("page.html", ""),
        ("mp3", ""),
        ("folder.pdf/photo", ""),
        ("", ""),
    ],
)
def test_its_name_tells_what_it_is(address: str, mime: str) -> None:
    assert Photo(address, True).mime == mime


def test_a_link_leads_to_its_new_place() -> None:
    html = composed('<p>Hear <a href="My%20song.mp3">me <b>sing</b></a>!</p>')
    assert html == f'<p>Hear <a href="{HOME.full}">me <b>sing</b></a>!</p>'


@pytest.mark.parametrize(
    "player",
    [
        '<embed src="My%20song.mp3" autostart="true">',
        '<audio src="My%20song.mp3" controls></audio>',
        '<audio controls><source src="My%20song.mp3"></audio>',
        '<bgsound src="My%20song.mp3" loop="infinite">',
        '<object data="My%20song.mp3"><param name="src" value="My%20song.mp3"></object>',
        '<object><param name="FileName" value="My%20song.mp3">'
        '<embed src="My%20song.mp3"></object>',
    ],
)
def test_a_player_becomes_one_link(player: str) -> None:
    html = composed(f"<p>Hear me</p>{player}<p>!</p>")
    assert html.count(HOME.full) == 1
    assert f'<a href="{HOME.full}">My song.mp3</a>' in html
    assert html.index("Hear me") < html.index("My song") < html.index("!</p>")


def test_what_the_text_plays_in_a_way_nobody_knows_comes_after_it() -> None:
    assert composed("<p>x</p>") == (
        f'<p>x</p>\n\n<p><a href="{HOME.full}">My song.mp3</a></p>'
    )


@pytest.mark.parametrize(
    "html", ['<a href="My%20song.mp3">sing</a>', '<embed src="My%20song.mp3">', ""]
)
def test_one_that_could_not_be_sent_is_told_once(html: str) -> None:
    told = composed(f"<p>x</p>{html}", home=None)
    assert told.count("The file behind this link did not come along") == 1
    assert "<img" not in told


def test_the_bytes_stay_what_they_are() -> None:
    data = bytes(range(256)) * 40
    ready = prepare_file(SONG, data)
    assert ready.data == data
    assert (ready.picture.mime, ready.picture.extension) == ("audio/mpeg", "mp3")


def test_where_a_film_was_taken_is_not_told_unless_wanted() -> None:
    place = b"+48.1374+011.5755+519.000/"
    film = b"ftypmp42\xa9xyz\x00\x1a\x15\xc7" + place + b"moov 12+34.5/6 bytes"
    told = prepare_file(FILM, film).data
    assert place not in told
    assert b"+00.0000+000.0000+000.000/" in told
    assert len(told) == len(film)
    assert told.replace(b"+00.0000+000.0000+000.000/", place) == film
    assert prepare_file(FILM, film, location=True).data == film


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html><title>404</title>",
        b"<HTML><body>Sign in",
        b"<?php evil();",
        bytes(MOST_BYTES + 1),
    ],
)
def test_what_is_no_such_file_is_not_sent(data: bytes) -> None:
    with pytest.raises(PhotoMissing) as caught:
        prepare_file(SONG, data)
    assert caught.value.hint
