"""Reading an old blog into the move file: all of it, in order, and stoppable."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator

import pytest

from tests.move.doubles import OldBlog, entry
from wizard.blog import Post
from wizard.credentials import Field
from wizard.destinations import Kind
from wizard.errors import NothingFound, Unreadable
from wizard.move.events import FoundPost, State
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.records import Step


def test_every_post_is_said_and_written_in_the_blogs_order(move: Move) -> None:
    posts = [entry(n, photos=n % 2, comments=n % 3) for n in range(120)]
    said = list(read(move, OldBlog(posts), threading.Event()))
    assert [event.count for event in said] == list(range(1, 121))
    assert said[5] == FoundPost("cns!5", "Entry 5", 6, 1, 2)
    assert [move.post(key) for key in move.chosen_keys()] == posts
    assert move.blog == OldBlog(posts).blog()


def test_reading_again_keeps_ticks_and_drops_what_is_gone(move: Move) -> None:
    list(read(move, OldBlog([entry(1), entry(2), entry(3)]), threading.Event()))
    move.choose(["cns!1"], False)
    move.record(Step(Kind.POST, "cns!2", "cns!2", "md"), state=State.SENT)
    list(read(move, OldBlog([entry(1), entry(4)]), threading.Event()))
    assert [(row.key, row.chosen) for row in move.rows()] == [
        ("cns!1", False),
        ("cns!2", True),
        ("cns!4", True),
    ]


def test_posts_of_later_rounds_take_their_place_in_the_blogs_order(move: Move) -> None:
    def order(*numbers: int) -> list[str]:
        posts = [entry(n) if n != 7 else entry(7, date=None) for n in numbers]
        list(read(move, OldBlog(posts), threading.Event()))
        return [row.key.removeprefix("cns!") for row in move.rows()]

    order(2, 5)
    for key in ("cns!2", "cns!5"):
        move.record(Step(Kind.POST, key, key, "md"), state=State.SENT)
    assert order(1, 3, 7, 6) == ["1", "2", "3", "7", "5", "6"], "beside those of before"
    assert order(1, 2, 3, 5, 6) == ["1", "2", "3", "5", "6"]
    assert order(1, 3, 2, 5, 6) == ["1", "3", "2", "5", "6"], "as the blog says"
    assert move.chosen_keys() == ["cns!1", "cns!3", "cns!2", "cns!5", "cns!6"]


@pytest.mark.parametrize("after", [0, 3, 60])
def test_stopping_keeps_what_was_found_and_drops_nothing(
    move: Move, after: int
) -> None:
    list(read(move, OldBlog([entry(500)]), threading.Event()))
    stop = threading.Event()
    if not after:
        stop.set()
    for event in read(move, OldBlog(entry(n) for n in range(200)), stop):
        if event.count >= after:
            stop.set()
    assert len(move.rows()) == 1 + after
    assert "cns!500" in move.chosen_keys()


def test_a_source_without_posts_is_told_in_words(move: Move) -> None:
    with pytest.raises(NothingFound, match="no posts") as caught:
        list(read(move, OldBlog([]), threading.Event()))
    assert caught.value.hint
    assert move.blog is None


def test_where_somebody_signs_in_there_is_no_other_file_to_try(move: Move) -> None:
    class Asking(OldBlog):
        fields = (Field("user", "Your name"),)

    with pytest.raises(NothingFound) as caught:
        list(read(move, Asking([]), threading.Event()))
    assert "file" not in caught.value.hint
    assert "may this user see" in caught.value.hint


def test_damage_in_the_middle_loses_nothing_of_what_was_known(move: Move) -> None:
    class Damaged(OldBlog):
        def posts(self) -> Iterator[Post]:
            yield from self.all[:60]
            raise Unreadable("It is damaged.")

    posts = [entry(n) for n in range(100)]
    list(read(move, OldBlog(posts), threading.Event()))
    with pytest.raises(Unreadable):
        list(read(move, Damaged(posts), threading.Event()))
    assert len(move.rows()) == 100


def test_memory_stays_flat_as_blogs_grow(move: Move) -> None:
    class Long(OldBlog):
        def posts(self) -> Iterator[Post]:
            for number in range(1500):
                yield entry(number, html=f"{number} " * 5_000)

    tracemalloc.start()
    try:
        for _ in read(move, Long([]), threading.Event()):
            pass
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(move.rows()) == 1500
    assert most < 10_000_000, "of 37 million letters"
