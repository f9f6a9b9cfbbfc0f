"""The note that says a move is at work, and the proof that what is sent is found again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.move.doubles import HASTY, NewBlog, entry
from tests.move.fates import Fate, all_have_arrived, late, twice, unanswered, well
from tests.move.moving import Moving, ending
from wizard.blog import Status
from wizard.destinations import Kind, NewPost, Remote
from wizard.errors import Refused, Unreachable
from wizard.move.events import Waiting
from wizard.move.file import Move
from wizard.move.markers import marker
from wizard.move.presence import Presence

QUICK = replace(HASTY, beat=0.05)


def refused_but_made(store: Callable[[], Remote]) -> Remote:
    """Some firewalls block the answer to what was done already."""
    store()
    raise Refused("A firewall blocked this.", code="blocked")


NOTE = marker("space!1", Kind.POST, "at work")
PROOF = marker("space!1", Kind.POST, "proof")


@pytest.fixture
def moving(start: Callable[..., Moving]) -> Moving:
    moving = start(entry(1, photos=1, comments=1), entry(2))
    moving.blog.shared = True
    moving.patience = QUICK
    return moving


def notes(blog: NewBlog) -> list[NewPost]:
    posts = [row.thing for row in blog.of(Kind.POST)]
    return [p for p in posts if isinstance(p, NewPost) and "is at work" in p.title]


def leave_a_note(blog: NewBlog, run: str) -> Remote:
    template = NewPost(
        "Moving Day is at work here",
        "<p>Words</p>",
        None,
        Status.DRAFT,
        slug=NOTE,
        excerpt=f"moving-day-at-work {run} 1",
    )
    return blog.create(template, NOTE)


class Elsewhere:
    """Another computer that gives a sign of life now and then."""

    def __init__(self, blog: NewBlog) -> None:
        self.note = leave_a_note(blog, "another")
        self._blog = blog
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live)
        self._thread.start()

    def _live(self) -> None:
        beat = 1
        while not self._over.wait(0.02):
            beat += 1
            row = self._blog.rows[self.note.id]
            assert isinstance(row.thing, NewPost)
            words = f"moving-day-at-work another {beat}"
            row.thing = replace(row.thing, excerpt=words)

    def end(self) -> None:
        self._over.set()
        self._thread.join()


@pytest.fixture
def elsewhere(moving: Moving) -> Iterator[Elsewhere]:
    other = Elsewhere(moving.blog)
    yield other
    other.end()


def test_another_computer_that_ends_while_we_look_whether_it_does_is_over(
    moving: Moving,
) -> None:
    note = leave_a_note(moving.blog, "another")
    reads = []

    def end(verb: str, what: object) -> None:
        if verb == "read" and getattr(what, "id", 0) == note.id:
            reads.append(what)
            if len(reads) == 2:
                del moving.blog.rows[note.id]

    moving.blog.meddle = end
    assert ending(moving.go()).verdict.complete
    assert len(reads) > 1
    assert len(moving.blog.of(Kind.POST)) == 2


def test_nothing_of_note_and_proof_is_left_behind(moving: Moving) -> None:
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 2
    assert len(moving.blog.of(Kind.PHOTO)) == 1
    assert len(moving.blog.of(Kind.COMMENT)) == 1
    assert not moving.blog.trash


def test_what_is_not_shared_needs_no_note(moving: Moving) -> None:
    moving.blog.shared = False
    moving.go()
    assert moving.blog.count("create", Kind.POST) == 2


def test_the_proof_is_made_once_for_a_blog(moving: Moving) -> None:
    moving.go()
    before = moving.blog.count("create")
    moving.go()
    assert moving.blog.count("create") == before + 1, "the note alone"


def test_a_blog_that_hides_what_was_sent_gets_nothing(moving: Moving) -> None:
    real = moving.blog.find

    def hidden(kind: Kind, mark: str, post: int = 0) -> list[Remote]:
        return real(kind, mark, post) if mark == NOTE else []

    moving.blog.find = hidden  # type: ignore[method-assign]
    ended = ending(moving.go())
    assert ended.paused
    assert ended.trouble
    assert "hides" in ended.trouble.title
    assert not any(
        "Entry" in getattr(r.thing, "title", "") for r in moving.blog.of(Kind.POST)
    )


@pytest.mark.parametrize("kind", [Kind.PHOTO, Kind.COMMENT])
def test_so_does_one_that_hides_photos_or_comments(moving: Moving, kind: Kind) -> None:
    real = moving.blog.find

    def hidden(asked: Kind, mark: str, post: int = 0) -> list[Remote]:
        return [] if asked is kind else real(asked, mark, post)

    moving.blog.find = hidden  # type: ignore[method-assign]
    assert ending(moving.go()).paused


def test_a_cache_that_shows_what_was_deleted_is_noticed(moving: Moving) -> None:
    real, seen = moving.blog.find, {}

    def cached(kind: Kind, mark: str, post: int = 0) -> list[Remote]:
        seen[mark] = real(kind, mark, post) or seen.get(mark, [])
        return seen[mark]

    moving.blog.find = cached  # type: ignore[method-assign]
    ended = ending(moving.go())
    assert ended.trouble
    assert "hides" in ended.trouble.title


def test_what_shows_only_after_a_while_is_waited_for(moving: Moving) -> None:
    real, made = moving.blog.find, time.monotonic()

    def late(kind: Kind, mark: str, post: int = 0) -> list[Remote]:
        found = real(kind, mark, post)
        return found if mark == NOTE or time.monotonic() > made + 0.05 else []

    moving.blog.find = late  # type: ignore[method-assign]
    assert ending(moving.go()).verdict.complete


def test_a_blog_that_makes_drafts_public_gets_nothing(moving: Moving) -> None:
    real = moving.blog._store

    def published(thing: NewPost, mark: str) -> Remote:
        made = real(thing, mark)
        moving.blog.rows[made.id].status = "publish"
        return replace(made, status="publish")

    moving.blog._store = published  # type: ignore[method-assign,assignment]
    ended = ending(moving.go())
    assert ended.trouble
    assert "makes public at once" in ended.trouble.title
    assert moving.blog.of(Kind.POST) == []


def test_a_blog_that_forgets_our_marks_once_a_post_is_finished_gets_nothing(
    moving: Moving,
) -> None:
    real = moving.blog.find

    def by_slug(kind: Kind, mark: str, post: int = 0) -> list[Remote]:
        found = real(kind, mark, post)
        return found if kind is not Kind.POST else [r for r in found if r.slug == mark]

    moving.blog.find = by_slug  # type: ignore[method-assign]
    ended = ending(moving.go())
    assert ended.trouble
    assert "hides" in ended.trouble.title


def test_a_note_whose_answer_was_lost_is_not_made_again(moving: Moving) -> None:
    moving.blog.fates[Kind.POST] += [unanswered, unanswered]
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 2
    assert moving.blog.count("create", Kind.POST) == 4


@pytest.mark.parametrize("fate", [refused_but_made, late(0.1)])
def test_of_a_proof_that_came_after_all_nothing_stays(
    moving: Moving, fate: Fate
) -> None:
    moving.blog.fates[Kind.PHOTO].append(fate)
    ending(moving.go())
    all_have_arrived()
    assert len(moving.blog.of(Kind.PHOTO)) == 1


def test_proofs_that_killed_runs_left_are_all_taken_away(moving: Moving) -> None:
    """One that bears the marker as its name hides the one that bears it in its text."""
    words = NewPost("Proof", "<p>Words</p>", None, Status.PRIVATE, slug=PROOF)
    moving.blog.create(words, PROOF)
    named = moving.blog.create(words, PROOF)
    moving.blog.update(named, replace(words, slug="moving-day-proof"), PROOF)
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 2


def test_a_proof_that_came_twice_is_taken_away_twice(moving: Moving) -> None:
    moving.blog.fates[Kind.POST] += [well, twice]
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 2


def test_what_could_not_be_tidied_up_is_tidied_up_by_the_next_run(
    moving: Moving,
) -> None:
    moving.blog.fates[Kind.PHOTO].append(refused_but_made)

    def away(verb: str, what: object) -> None:
        if verb == "delete" and getattr(what, "kind", None) is Kind.PHOTO:
            raise Unreachable("Nobody answers.")

    moving.blog.meddle = away
    moving.go()
    assert len(moving.blog.of(Kind.PHOTO)) == 2
    moving.blog.meddle = lambda verb, what: None
    moving.go()
    assert len(moving.blog.of(Kind.PHOTO)) == 1


def test_whoever_leaves_does_not_miss_the_note_that_it_takes_away(
    moving: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look that takes longer than the leaving sees no note any more."""
    monkeypatch.setattr("wizard.move.presence._PATIENT_END", 0.01)
    real = moving.blog.read

    def slow(remote: Remote) -> NewPost | None:
        if threading.current_thread().name == "move-presence":
            time.sleep(0.3)
        return real(remote)

    moving.blog.read = slow  # type: ignore[method-assign]
    moving.blog.finish = lambda: time.sleep(0.6)  # type: ignore[method-assign]
    moving.patience = replace(QUICK, beat=0.001)
    assert not ending(moving.go()).paused


def test_kinds_that_the_blog_refuses_need_no_proof(moving: Moving) -> None:
    def refuse(verb: str, what: object) -> None:
        if verb == "create" and type(what).__name__ == "NewComment":
            raise Refused("No comments here.")

    moving.blog.meddle = refuse
    ended = ending(moving.go())
    assert not ended.paused
    assert ended.verdict.counts["comment"]["refused"] == 1


def test_who_is_at_work_elsewhere_is_left_alone(
    moving: Moving, elsewhere: Elsewhere
) -> None:
    events = moving.go()
    ended = ending(events)
    assert ended.paused
    assert ended.trouble
    assert "Another computer is moving" in ended.trouble.title
    assert [row.id for row in moving.blog.of(Kind.POST)] == [elsewhere.note.id]
    moving.patience = replace(QUICK, beat=0.8)
    assert any(isinstance(event, Waiting) for event in moving.go())


def test_a_note_that_nobody_keeps_alive_is_taken_over(moving: Moving) -> None:
    leave_a_note(moving.blog, "another")
    assert ending(moving.go()).verdict.complete
    assert notes(moving.blog) == []


def test_the_own_note_of_a_killed_run_costs_no_waiting(moving: Moving) -> None:
    leave_a_note(moving.blog, "killed")
    moving.move.note("run", "killed")
    moving.patience = replace(QUICK, beat=100)
    assert ending(moving.go()).verdict.complete


@pytest.mark.parametrize(
    ("change", "words"),
    [("another run", "Another computer"), ("deleted", "forgotten")],
)
def test_a_run_that_was_replaced_or_forgotten_stops(
    moving: Moving, change: str, words: str
) -> None:
    deadline = time.monotonic() + 30

    def meddle(verb: str, what: object) -> None:
        found = moving.blog.find(Kind.POST, NOTE) if verb == "create" else []
        if not found or not isinstance(what, NewPost) or "Entry" not in what.title:
            return
        row = moving.blog.rows[found[0].id]
        assert isinstance(row.thing, NewPost)
        if change == "deleted":
            moving.blog.delete(found[0], for_good=True)
        else:
            words = "moving-day-at-work other 9"
            row.thing = replace(row.thing, excerpt=words)
        # Work enough for the next sign of life to come.
        while not moving.stop.is_set() and time.monotonic() < deadline:
            if not [t for t in threading.enumerate() if t.name == "move-presence"]:
                return
            time.sleep(0.01)

    moving.blog.meddle = meddle
    ended = ending(moving.go())
    assert ended.paused
    assert ended.trouble
    assert words in ended.trouble.title


def test_what_another_computer_finished_meanwhile_does_not_become_public_twice(
    moving: Moving,
) -> None:
    """It took over while this one slept, and brought a post that this one begins."""
    mark, real = marker("space!1", Kind.POST, "cns!1"), moving.blog.create

    def taken_over(thing: NewPost, asked: str) -> Remote:
        if asked == mark and len(moving.blog.of(Kind.POST)) == 1:
            words = replace(thing, slug="entry-1", status=Status.PUBLISH)
            moving.blog.update(real(thing, mark), words, mark)
        return real(thing, asked)

    moving.blog.create = taken_over  # type: ignore[method-assign,assignment]
    ended = ending(moving.go(connections=1))
    assert ended.paused
    assert ended.trouble
    assert "Another computer" in ended.trouble.title
    published = [r.slug for r in moving.blog.of(Kind.POST) if r.status == "publish"]
    assert published == ["entry-1"]
    assert not ending(moving.go()).paused
    assert [r.marker for r in moving.blog.of(Kind.POST)].count(mark) == 1
    assert len(moving.blog.of(Kind.POST)) == 2


def test_of_two_that_begin_in_one_moment_one_yields(moving: Moving) -> None:
    real = moving.blog.create

    def both(thing: NewPost, mark: str) -> Remote:
        if mark == NOTE:  # the other one was faster by a hair
            leave = replace(thing, excerpt="moving-day-at-work other 0")
            real(leave, NOTE)
        return real(thing, mark)

    moving.blog.create = both  # type: ignore[method-assign,assignment]
    ended = ending(moving.go())
    assert ended.paused
    assert ended.trouble
    assert "Another computer" in ended.trouble.title
    assert len(notes(moving.blog)) == 1


def test_without_the_note_two_computers_would_both_go_on(
    moving: Moving, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Presence, "begin", lambda self, kinds: None)
    ended = ending(moving.go())
    assert not ended.paused
    assert isinstance(moving.move, Move)
