"""Strangers' scripts moved to a real WordPress and looked at in a real browser: in small."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from tests.faults.watching import Watcher, watching
from tests.faults.xss import Place, cases, figures, post_of
from tests.faults.xss_vectors import EVENTS, vectors
from tests.move.doubles import OldBlog
from wizard.content import cleaning
from wizard.content.cleaning import clean, clean_comment
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.ui.preview import Preview, prepare

SHARE = 0.05


@pytest.fixture(scope="module")
def watcher() -> Iterator[Watcher]:
    with watching(EVENTS) as watcher:
        yield watcher


def pages(watcher: Watcher, bodies: dict[str, str]) -> list[str]:
    """Their addresses, once they can be asked for."""
    for name, body in bodies.items():
        page = f"<!doctype html><meta charset=utf-8><body>{body}"
        watcher.listener.pages[name] = page.encode("utf-8", "replace").decode()
    return [f"{watcher.listener.address}{name}" for name in bodies]


def test_there_are_enough_ways_and_no_two_are_the_same() -> None:
    every = vectors()
    assert len({vector.template for vector in every}) == len(every) >= 500
    assert sum(vector.live for vector in every) > 450


def test_none_runs_after_a_move_and_nearly_all_do_past_our_cleaning() -> None:
    moved, control = figures(SHARE, 1)
    assert moved.fine, moved.wrong
    assert control.control
    assert control.fine, control.wrong


def test_none_runs_out_of_what_we_clean_and_all_do_when_it_is_not_cleaned(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [case for case in cases(0.25, 2) if case.vector.live]
    texts = [case.text(Place.BODY, watcher.listener.address) for case in some]
    cleaned = pages(watcher, {"/c": "".join(map(clean, texts))})
    said = pages(watcher, {"/d": "".join(map(clean_comment, texts))})
    assert watcher.look([*cleaned, *said]) == set()
    # The control: the same way through the program, but nothing is taken out.
    monkeypatch.setattr(cleaning, "flow_of", lambda html, _: _Uncleaned(html))
    monkeypatch.setattr(cleaning, "sanitised", lambda html: html)
    raw = pages(watcher, {f"/r{n}": clean(text) for n, text in enumerate(texts)})
    assert len(watcher.look(raw)) > 0.9 * len(texts)


class _Uncleaned:
    def __init__(self, html: str) -> None:
        self.html = html


def test_the_preview_is_as_harmless_as_the_post(
    watcher: Watcher, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    load = Preview.loadResource

    def noted(self: Preview, kind: int, name: QUrl) -> object:
        found = load(self, kind, name)
        assert found is None or name.scheme() == "photo", "none but the post's own"
        asked.append(name)
        return found

    monkeypatch.setattr(Preview, "loadResource", noted)
    source = OldBlog([post_of(c, watcher.listener.address) for c in cases(0.25, 3)])
    stop = threading.Event()
    shown: dict[str, str] = {}
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, source, stop))
        preview = Preview()
        qtbot.addWidget(preview)
        for post in source.all:
            prepared = prepare(move, source, post.key, 300, 1, stop)
            assert prepared
            shown[f"/{post.key}"] = prepared.html
            preview.setHtml(prepared.html)
            preview.grab()
    assert (
        watcher.look(pages(watcher, {"/preview": "<hr>".join(shown.values())})) == set()
    )
    assert asked, "the control: there were pictures to ask for"
