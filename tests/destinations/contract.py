"""What every destination promises: one class of tests, run against each adapter."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from PIL import Image

from wizard.blog import Status
from wizard.destinations import (
    Destination,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Remote,
    print_of,
)
from wizard.errors import MoveError

DATE = datetime(2007, 4, 20, 1, 29, 58, tzinfo=timezone(timedelta(hours=8)))


def marker(number: int) -> str:
    """A marker as the move makes them."""
    return f"md-{number:020x}"


def a_post(mark: str = "", **changes: object) -> NewPost:
    """A draft as the move first sends it, or with these changes."""
    post = NewPost(
        title="雨 & <sunshine>",
        html=(
            f"<!-- moving-day:{mark} -->\n<!-- wp:paragraph -->\n"
            "<p>C:\\temp\\new, [brackets], “quotes” &amp; 好的 😀</p>\n"
            "<!-- /wp:paragraph -->"
        ),
        date=DATE,
        status=Status.DRAFT,
        slug=mark,
        excerpt="short",
    )
    return replace(post, **changes)  # type: ignore[arg-type]


def a_comment(post: int, **changes: object) -> NewComment:
    comment = NewComment(
        post=post,
        parent=0,
        author="Mei - 梅",
        email="",
        url="",
        html="Nice \\o/ &amp; warm",
        date=DATE + timedelta(hours=1),
    )
    return replace(comment, **changes)  # type: ignore[arg-type]


def a_photo(
    post: int, colour: str = "red", size: tuple[int, int] = (60, 40)
) -> NewPhoto:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return NewPhoto(
        name=f"{colour}.png",
        mime="image/png",
        data=data.getvalue(),
        date=DATE,
        post=post,
        alt="a patch",
        caption="of colour",
    )


class DestinationContract:
    """Subclass it and give a checked, empty ``destination`` as fixture."""

    @pytest.fixture
    def destination(self) -> Destination:
        raise NotImplementedError

    def photo_bytes(self, destination: Destination, remote: Remote) -> bytes | None:
        """What lies at a photo's address; None where it cannot be had."""
        return None

    @staticmethod
    def make(destination: Destination, number: int = 1, **changes: object) -> Remote:
        mark = marker(number)
        return destination.create(a_post(mark, **changes), mark)

    def test_it_says_where_it_is_and_what_it_carries(self, destination: Destination):
        site = destination.check()
        assert site.name
        assert destination.address == site.address
        assert destination.name
        assert destination.title
        assert destination.carries <= frozenset(Kind)
        assert Kind.POST in destination.carries

    def test_what_was_made_is_found_by_its_marker_and_nothing_else_is(
        self, destination: Destination
    ):
        assert destination.find(Kind.POST, marker(1)) == []
        made = self.make(destination)
        other = self.make(destination, 2)
        assert [found.id for found in destination.find(Kind.POST, marker(1))] == [
            made.id
        ]
        assert made.id != other.id
        assert made.kind is Kind.POST
        assert destination.find(Kind.POST, marker(3)) == []

    def test_a_new_post_is_a_draft_that_bears_its_marker(
        self, destination: Destination
    ):
        made = self.make(destination)
        assert made.status == "draft"
        assert made.slug == marker(1)

    def test_a_post_is_read_back_as_it_was_sent(self, destination: Destination):
        made = self.make(destination)
        now = destination.read(made)
        assert now is not None
        sent = a_post(marker(1))
        assert (now.title, now.html, now.excerpt) == (
            sent.title,
            sent.html,
            sent.excerpt,
        )
        assert now.date == DATE
        assert now.status is Status.DRAFT

    def test_an_update_may_be_repeated_and_changes_nothing_else(
        self, destination: Destination
    ):
        made, other = self.make(destination), self.make(destination, 2)
        changed = a_post(
            marker(1), title="New", status=Status.PUBLISH, slug="my-own-words"
        )
        first = destination.update(made, changed, marker(1))
        again = destination.update(made, changed, marker(1))
        assert first == again
        assert (first.id, first.status, first.slug) == (
            made.id,
            "publish",
            "my-own-words",
        )
        now, untouched = destination.read(made), destination.read(other)
        assert now is not None
        assert (now.title, now.status) == ("New", Status.PUBLISH)
        assert untouched is not None
        assert untouched.title == a_post().title

    def test_a_text_alone_may_be_changed_again_and_again(
        self, destination: Destination
    ):
        made = self.make(destination)
        term = destination.create(NewTerm(Kind.TAG, "Sea"), "Sea")
        mark = marker(1)
        full = a_post(mark, tags=(term.id,), status=Status.PUBLISH, slug="by-the-sea")
        destination.update(made, full, mark)
        before = destination.read(made)
        assert before is not None
        new = before.html.replace(
            "<p>", '<p><a href="https://a.example/?b=1&amp;c">c</a> '
        )
        for _ in range(2):
            destination.rewrite(made, replace(before, html=new), marker(1))
            assert destination.read(made) == replace(before, html=new)
        now = destination.read(made)
        assert now is not None
        assert now.extra == before.extra

    def test_a_finished_post_is_still_found_by_its_marker(
        self, destination: Destination
    ):
        made = self.make(destination)
        done = a_post(marker(1), status=Status.PUBLISH, slug="")
        after = destination.update(made, done, marker(1))
        assert not after.slug.startswith("md-")
        assert [found.id for found in destination.find(Kind.POST, marker(1))] == [
            made.id
        ]

    def test_ours_tells_every_post_with_its_marker(self, destination: Destination):
        made = {marker(n): self.make(destination, n).id for n in (1, 2, 3)}
        assert {mark: at.id for mark, at in destination.ours(Kind.POST)} == made
        one = [at.id for _, at in destination.ours(Kind.POST, (marker(2),))]
        assert one == [made[marker(2)]]

    def test_a_deleted_post_is_gone_and_may_be_deleted_again(
        self, destination: Destination
    ):
        made, kept = self.make(destination), self.make(destination, 2)
        destination.delete(made)
        destination.delete(made)
        assert destination.read(made) is None
        assert [at.id for _, at in destination.ours(Kind.POST)] == [kept.id]

    def test_comments_are_found_under_their_post_in_a_thread(
        self, destination: Destination
    ):
        if Kind.COMMENT not in destination.carries:
            pytest.skip("no comments here")
        post = self.make(destination, status=Status.PRIVATE)
        elsewhere = self.make(destination, 2, status=Status.PRIVATE)
        for number, at in enumerate((post, elsewhere), 1):
            private = a_post(marker(number), status=Status.PRIVATE)
            destination.update(at, private, marker(number))
        first = destination.create(a_comment(post.id), marker(11))
        answer = destination.create(
            a_comment(post.id, parent=first.id, author="Tom", html="Yes"), marker(12)
        )
        assert [
            at.id for at in destination.find(Kind.COMMENT, marker(11), post.id)
        ] == [first.id]
        assert destination.find(Kind.COMMENT, marker(11), elsewhere.id) == []
        assert {
            mark: at.id for mark, at in destination.ours(Kind.COMMENT, [post.id])
        } == {
            marker(11): first.id,
            marker(12): answer.id,
        }
        destination.delete(first, for_good=True)
        destination.delete(first, for_good=True)
        assert [mark for mark, _ in destination.ours(Kind.COMMENT, [post.id])] == [
            marker(12)
        ]

    def test_what_somebody_edits_there_has_another_print(
        self, destination: Destination
    ):
        self.make(destination)
        before = dict(destination.ours(Kind.POST))[marker(1)]
        assert before.print
        destination.update(before, a_post(marker(1)), marker(1))
        assert dict(destination.ours(Kind.POST))[marker(1)] == before
        destination.update(before, a_post(marker(1), title="Other"), marker(1))
        assert dict(destination.ours(Kind.POST))[marker(1)].print != before.print

    def test_a_comment_that_stands_as_it_was_sent_has_the_print_of_what_was_sent(
        self, destination: Destination
    ):
        if Kind.COMMENT not in destination.carries:
            pytest.skip("no comments here")
        post = self.make(destination)
        private = a_post(marker(1), status=Status.PRIVATE)
        destination.update(post, private, marker(1))
        comment = a_comment(post.id)
        made = destination.create(comment, marker(11))
        assert made.print == print_of(comment)
        assert dict(destination.ours(Kind.COMMENT, [post.id]))[marker(11)] == made
        other = replace(comment, html="Other words")
        assert destination.update(made, other, marker(11)).print == print_of(other)

    def test_photos_are_found_many_at_once_and_people_can_get_them(
        self, destination: Destination
    ):
        if Kind.PHOTO not in destination.carries:
            pytest.skip("no photos here")
        post = self.make(destination)
        photos = [a_photo(post.id, colour) for colour in ("red", "blue")]
        made = {
            marker(n): destination.create(photo, marker(n))
            for n, photo in enumerate(photos, 21)
        }
        found = dict(destination.ours(Kind.PHOTO, [*made, marker(99)]))
        assert {mark: at.id for mark, at in found.items()} == {
            mark: at.id for mark, at in made.items()
        }
        assert all(found[mark].print == at.print for mark, at in made.items())
        assert all(destination.shows(at) for at in made.values())
        destination.delete(made[marker(21)])
        assert not destination.shows(made[marker(21)])

    def test_a_photo_is_unused_until_a_text_shows_it(self, destination: Destination):
        if Kind.PHOTO not in destination.carries:
            pytest.skip("no photos here")
        post, other = self.make(destination), self.make(destination, 2)
        photo = replace(a_photo(post.id), name="sunshine-12345678.png")
        made = destination.create(photo, marker(21))
        assert destination.is_unused(made)
        shown = a_post(marker(2), html=f'<p><img src="{made.shown}"></p>')
        destination.update(other, shown, marker(2))
        assert not destination.is_unused(made)

    @pytest.mark.parametrize("kind", [Kind.CATEGORY, Kind.TAG])
    def test_a_term_is_unused_until_any_post_has_it(
        self, destination: Destination, kind: Kind
    ):
        if kind not in destination.carries:
            pytest.skip("no such terms here")
        term = destination.create(NewTerm(kind, "Garden"), "Garden")
        other = destination.create(NewTerm(kind, "Beans"), "Beans")
        assert dict(destination.ours(kind, [term.id, other.id + 999])).keys() == {
            "Garden"
        }
        assert destination.is_unused(term)
        ids = {"categories" if kind is Kind.CATEGORY else "tags": (term.id,)}
        self.make(destination, **ids)
        assert not destination.is_unused(term)
        assert destination.is_unused(other)
        destination.delete(other)
        destination.delete(other)
        assert list(destination.ours(kind, [other.id])) == []

    def test_a_comment_that_is_rewritten_changes_its_words_alone(
        self, destination: Destination
    ):
        home = self.make(destination)
        destination.update(home, a_post(marker(1), status=Status.PRIVATE), marker(1))
        sent = a_comment(home.id, email="mei@example.org", url="https://mei.example/")
        made = destination.create(sent, marker(9))
        new = replace(
            sent, html='Nice \\o/ &amp; <a href="https://a.example/">a</a> 😀'
        )
        for _ in range(2):
            now = destination.rewrite(made, new, marker(9))
            assert now.print != made.print
        ((mark, there),) = destination.ours(Kind.COMMENT, (home.id,))
        assert (mark, there.id, there.print) == (marker(9), made.id, now.print)
        assert there.status == made.status

    def test_a_comment_that_is_held_waits_for_somebody_and_is_otherwise_as_it_was(
        self, destination: Destination
    ):
        home = self.make(destination)
        destination.update(home, a_post(marker(1), status=Status.PRIVATE), marker(1))
        made = destination.create(a_comment(home.id), marker(9))
        assert made.status == "approved"
        for _ in range(2):
            held = destination.hold(made, marker(9))
            assert held == replace(made, status="hold", address=held.address)
        destination.finish()
        ((mark, there),) = destination.ours(Kind.COMMENT, (home.id,))
        assert (mark, there) == (marker(9), replace(held, address=there.address))

    def test_equal_words_said_twice_are_two_comments(self, destination: Destination):
        if Kind.COMMENT not in destination.carries:
            pytest.skip("no comments here")
        post = self.make(destination)
        private = a_post(marker(1), status=Status.PRIVATE)
        destination.update(post, private, marker(1))
        ids = {destination.create(a_comment(post.id), marker(n)).id for n in (11, 12)}
        assert len(ids) == 2
        assert len(list(destination.ours(Kind.COMMENT, [post.id]))) == 2

    @pytest.mark.parametrize("kind", [Kind.CATEGORY, Kind.TAG])
    def test_a_term_is_found_by_its_name_and_made_once(
        self, destination: Destination, kind: Kind
    ):
        if kind not in destination.carries:
            pytest.skip("no such terms here")
        name = "花园 & Küche"
        made = destination.create(NewTerm(kind, name), name)
        assert destination.create(NewTerm(kind, name), name).id == made.id
        assert [at.id for at in destination.find(kind, name)] == [made.id]
        assert destination.find(kind, "Kitchen") == []

    def test_a_post_keeps_its_terms(self, destination: Destination):
        if not {Kind.CATEGORY, Kind.TAG} <= destination.carries:
            pytest.skip("no terms here")
        garden = destination.create(NewTerm(Kind.CATEGORY, "Garden"), "Garden").id
        beans = destination.create(NewTerm(Kind.TAG, "beans"), "beans").id
        made = self.make(destination, categories=(garden,), tags=(beans,))
        now = destination.read(made)
        assert now is not None
        assert (now.categories, now.tags) == ((garden,), (beans,))

    def test_a_photo_has_an_address_and_its_size(self, destination: Destination):
        if Kind.PHOTO not in destination.carries:
            pytest.skip("no photos here")
        post = self.make(destination)
        photo = a_photo(post.id)
        made = destination.create(photo, marker(21))
        assert made.address.endswith(".png")
        assert (made.width, made.height) == (60, 40)
        assert made.shown
        assert [at.id for at in destination.find(Kind.PHOTO, marker(21))] == [made.id]
        stored = self.photo_bytes(destination, made)
        assert stored is None or stored == photo.data
        destination.delete(made)
        assert destination.find(Kind.PHOTO, marker(21)) == []

    def test_photos_of_one_name_do_not_replace_each_other(
        self, destination: Destination
    ):
        if Kind.PHOTO not in destination.carries:
            pytest.skip("no photos here")
        post = self.make(destination)
        red = a_photo(post.id)
        blue = replace(a_photo(post.id, "blue"), name=red.name)
        first = destination.create(red, marker(21))
        second = destination.create(blue, marker(22))
        assert first.address != second.address
        stored = self.photo_bytes(destination, first)
        assert stored is None or stored == red.data

    def test_threads_do_not_disturb_each_other(self, destination: Destination):
        start = threading.Barrier(4)

        def some(worker: int) -> list[int]:
            start.wait(10)
            return [self.make(destination, worker * 10 + n).id for n in range(3)]

        with ThreadPoolExecutor(4) as pool:
            made = [number for ids in pool.map(some, range(1, 5)) for number in ids]
        assert len(set(made)) == 12
        assert {at.id for _, at in destination.ours(Kind.POST)} == set(made)

    def test_finishing_may_be_repeated_and_keeps_everything(
        self, destination: Destination
    ):
        made = self.make(destination)
        destination.finish()
        destination.finish()
        now = destination.read(made)
        assert now is not None
        assert (now.title, now.html) == (a_post().title, a_post(marker(1)).html)
        assert [at.id for at in destination.find(Kind.POST, marker(1))] == [made.id]

    def test_a_post_without_a_date_gets_that_of_today(self, destination: Destination):
        made = self.make(destination, date=None)
        done = a_post(marker(1), date=None, status=Status.PRIVATE)
        destination.update(made, done, marker(1))
        now = destination.read(made)
        assert now is not None
        assert now.date is not None
        assert abs(now.date - datetime.now(UTC)) < timedelta(minutes=10)

    def test_what_is_gone_cannot_be_changed(self, destination: Destination):
        made = self.make(destination)
        destination.delete(made)
        gone = Remote(Kind.POST, made.id + 4000)
        with pytest.raises(MoveError):
            destination.update(gone, a_post(marker(1)), marker(1))
        with pytest.raises(MoveError):
            destination.rewrite(gone, a_post(marker(1)), marker(1))
