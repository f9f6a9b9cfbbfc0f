"""Comments: answers after what they answer, each once, whoever wrote the same words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.move.doubles import HASTY, NewBlog, Row, day, entry
from tests.move.fates import lost, refused, unanswered, well
from wizard.blog import Blog, Comment, Post, Status
from wizard.destinations import Kind, NewComment, NewPost, Remote, Thing
from wizard.errors import Refused
from wizard.move.asking import Asker
from wizard.move.book import ALONE, BY_YOU, MAY_NOT, Book
from wizard.move.comments import Comments, parents_first
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.links import Links
from wizard.move.records import Step


def said(key: str, parent: str | None = None, **fields: object) -> Comment:
    comment = Comment(key, "Reader", "<p>Yes!</p>", day(1), parent=parent)
    return replace(comment, **fields)  # type: ignore[arg-type]


_trees = st.lists(
    st.tuples(st.integers(0, 12), st.none() | st.integers(0, 12)), max_size=12
).map(
    lambda pairs: tuple(
        said(str(key), None if parent is None else str(parent))
        for key, parent in dict(pairs).items()
    )
)


@given(_trees)
def test_no_answer_comes_before_what_it_answers(comments: tuple[Comment, ...]) -> None:
    ordered = parents_first(comments)
    assert sorted(c.key for c in ordered) == sorted(c.key for c in comments)
    place = {comment.key: number for number, comment in enumerate(ordered)}
    parents = {comment.key: comment.parent for comment in comments}

    def in_a_circle(key: str) -> bool:
        seen: set[str] = set()
        while key in parents and key not in seen:
            seen.add(key)
            key = parents[key] or ""
        return key in seen

    for comment in ordered:
        if comment.parent in place and not in_a_circle(comment.key):
            assert place[comment.parent] < place[comment.key]


def test_an_order_that_is_right_already_stays() -> None:
    comments = (said("1"), said("2"), said("3", "1"), said("4", "gone"))
    assert parents_first(comments) == list(comments)


class Case:
    def __init__(self, move: Move) -> None:
        self.move = move
        self.blog = NewBlog()
        self.told: list[tuple[Step, State]] = []
        self.wanted = True
        home = NewPost("Entry", "", None, Status.PRIVATE)
        self.home = self.blog.create(home, "md-post")

    def comments(self) -> Comments:
        book = Book(self.move, lambda step, was: self.told.append((step, was)))
        stop = threading.Event()
        asker = Asker(self.move, self.blog, stop, lambda event: None, HASTY)
        return Comments("space!1", self.blog, asker, book, self.wanted)

    def carry(self, post: Post, *, look: bool = False) -> None:
        self.move.blog = Blog("space!1", "My Space", "memory")
        links = Links(self.move, self.blog).of(post)
        self.comments().carry(post, self.home, look=look, links=links)

    @property
    def there(self) -> list[NewComment]:
        rows = self.blog.of(Kind.COMMENT)
        return [row.thing for row in rows if isinstance(row.thing, NewComment)]

    def states(self, post: Post) -> list[State]:
        known = {step.key: step.state for step in self.move.steps(post.key)}
        return [known[comment.key] for comment in post.comments]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Move.create(tmp_path / "a.move") as move:
        yield Case(move)


def test_answers_hang_under_what_they_answer(case: Case) -> None:
    post = entry(1, comments=3)
    post = replace(post, comments=tuple(reversed(post.comments)))
    case.carry(post)
    rows = case.blog.of(Kind.COMMENT)
    assert [thing.parent for thing in case.there] == [0, rows[0].id, rows[1].id]
    assert [thing.html for thing in case.there] == [
        f"Remark {number}" for number in range(3)
    ]
    assert {thing.post for thing in case.there} == {case.home.id}
    assert [step.state for step, _ in case.told] == [State.SENT] * 3


def test_the_same_words_by_the_same_reader_are_two_comments(case: Case) -> None:
    post = entry(1, comments=0)
    case.carry(replace(post, comments=(said("1"), said("2"))))
    assert len(case.there) == 2


def test_nobody_and_nothing_get_a_name_and_a_sign(case: Case) -> None:
    empty = said("1", author="  ", html="<script>x</script>", date=None)
    case.carry(replace(entry(1), comments=(empty,)))
    (there,) = case.there
    assert (there.author, there.html) == ("Anonymous", "…")
    assert there.date == entry(1).date


def test_again_sends_nothing(case: Case) -> None:
    post = entry(1, comments=3)
    case.carry(post)
    asked = len(case.blog.asked)
    case.carry(post)
    assert len(case.blog.asked) == asked


def test_a_refused_one_does_not_stop_the_others(case: Case) -> None:
    post = entry(1, comments=3)
    case.blog.fates[Kind.COMMENT] = [well, refused, well]
    case.carry(post)
    assert case.states(post) == [State.SENT, State.REFUSED, State.SENT]
    # The answer to what is not there stands on its own, and is not lost.
    assert [thing.parent for thing in case.there] == [0, 0]
    trouble = next(step.trouble for step, _ in case.told if step.trouble)
    assert (trouble.title, trouble.hint) == ("The new blog refused this.", "Because.")
    # Running again is the retry.
    case.carry(post)
    assert case.states(post) == [State.SENT] * 3
    assert len(case.there) == 3
    ids = {
        thing.html: row.id
        for row, thing in zip(case.blog.of(Kind.COMMENT), case.there, strict=True)
    }
    parents = {thing.html: thing.parent for thing in case.there}
    assert parents == {
        "Remark 0": 0,
        "Remark 1": ids["Remark 0"],
        "Remark 2": ids["Remark 1"],
    }, "and what came alone finds what it answers"


def test_what_came_alone_says_so_until_it_stands_below_what_it_answers(
    case: Case,
) -> None:
    post = entry(1, comments=2)
    case.blog.fates[Kind.COMMENT] = [refused, well]
    case.carry(post)
    (told,) = [step.trouble for step in case.move.steps(post.key) if step.remote]
    assert told == ALONE
    real = case.blog.update

    def busy(remote: Remote, thing: Thing, marker: str) -> Remote:
        raise Refused("The new blog refused this.")

    # What it answers arrives, and then the program dies, or the blog says no.
    case.blog.update = busy  # type: ignore[method-assign]
    case.carry(post)
    assert case.states(post) == [State.SENT] * 2
    assert ALONE in [step.trouble for step in case.move.steps(post.key)]
    case.blog.update = real  # type: ignore[method-assign]
    case.carry(post)
    assert not any(step.trouble for step in case.move.steps(post.key))
    parents = {thing.html: thing.parent for thing in case.there}
    ids = {r.thing.html: r.id for r in case.blog.of(Kind.COMMENT)}  # type: ignore[union-attr]
    assert parents == {"Remark 0": 0, "Remark 1": ids["Remark 0"]}


def test_what_came_alone_is_left_alone_where_nobody_can_tell_if_it_was_edited(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = NewBlog._remote

    def wordless(self: NewBlog, row: Row) -> Remote:
        return replace(told(self, row), print="")

    monkeypatch.setattr(NewBlog, "_remote", wordless)
    post = entry(1, comments=2)
    case.blog.fates[Kind.COMMENT] = [refused, well]
    case.carry(post)
    (row,) = case.blog.of(Kind.COMMENT)
    assert isinstance(row.thing, NewComment)
    row.thing = replace(row.thing, html="Better words")
    case.carry(post)
    assert row.thing.html == "Better words"
    assert ALONE in [step.trouble for step in case.move.steps(post.key)]


def test_one_that_is_half_made_is_finished_whoever_finds_it(case: Case) -> None:
    post = entry(1, comments=1)
    case.carry(post)
    (row,) = case.blog.of(Kind.COMMENT)
    assert isinstance(row.thing, NewComment)
    whole = row.thing
    row.thing, row.status = (
        replace(whole, html=f"{whole.html}\n\n{row.marker}"),
        "half made",
    )
    (step,) = case.move.steps(post.key)
    case.move.record(step, remote=None, state=State.REFUSED)
    case.carry(post, look=True)
    assert row.thing == whole
    assert case.states(post) == [State.SENT]


def test_one_that_arrived_unheard_is_found_again_at_the_retry(case: Case) -> None:
    post = entry(1, comments=1)
    real, case.blog.find = case.blog.find, lambda *_, **__: []  # type: ignore[method-assign]
    case.blog.fates[Kind.COMMENT] = [unanswered, lost, lost, lost, lost]
    case.carry(post)
    assert case.states(post) == [State.REFUSED]
    case.blog.find = real  # type: ignore[method-assign]
    case.carry(post)
    assert case.states(post) == [State.SENT]
    assert len(case.there) == 1


def test_look_finds_what_a_lost_move_file_sent(case: Case, tmp_path: Path) -> None:
    post = entry(1, comments=3)
    case.carry(post)
    before = list(case.there)
    with Move.create(tmp_path / "new.move") as move:
        case.move = move
        case.carry(post, look=True)
        assert case.states(post) == [State.SENT] * 3
    assert case.there == before
    assert case.blog.count("create", Kind.COMMENT) == 3


def test_without_looking_a_lost_move_file_sends_all_twice(
    case: Case, tmp_path: Path
) -> None:
    post = entry(1, comments=3)
    case.carry(post)
    with Move.create(tmp_path / "new.move") as move:
        case.move = move
        case.carry(post, look=False)
    assert len(case.there) == 6


def test_of_copies_the_oldest_is_ours(case: Case) -> None:
    post = entry(1, comments=1)
    case.carry(post)
    (row,) = case.blog.of(Kind.COMMENT)
    case.blog.create(row.thing, row.marker)
    step = case.move.steps(post.key)[0]
    case.move.record(step, remote=None, state=State.WAITING, attempts=0)
    case.carry(post, look=True)
    (step,) = case.move.steps(post.key)
    assert step.remote
    assert step.remote.id == row.id


def test_comments_that_stay_behind_say_why(case: Case) -> None:
    post = entry(1, comments=2)
    case.wanted = False
    assert not case.comments().waiting(post)
    case.carry(post)
    assert [step.trouble for step, _ in case.told] == [BY_YOU] * 2
    case.wanted, case.told = True, []
    case.blog.carries -= {Kind.COMMENT}
    assert not case.comments().waiting(post)
    case.carry(post)
    assert [step.trouble for step, _ in case.told] == [MAY_NOT] * 2
    assert case.states(post) == [State.LEFT_OUT] * 2
    assert not case.there


def test_waiting_knows_whether_any_would_be_sent(case: Case) -> None:
    post = entry(1, comments=2)
    assert case.comments().waiting(post)
    assert not case.comments().waiting(entry(2))
    case.carry(post)
    assert not case.comments().waiting(post)


def test_a_kill_between_made_and_sent_adds_no_second_one(case: Case) -> None:
    post = entry(1, comments=1)
    case.carry(post)
    (step,) = case.move.steps(post.key)
    case.move.record(step, state=State.MADE)
    case.carry(post)
    assert len(case.there) == 1
    assert case.states(post) == [State.SENT]
    assert isinstance(step.remote, Remote)
