"""Whose a post is, its picture, its comments' door, its category's place: at a real WordPress."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import requests

from tests.destinations.wordpress_case import DATE, HARD, Case, picture, plugged, said
from wizard.blog import Status
from wizard.destinations import Kind, NewPost, NewTerm, Person, Remote
from wizard.errors import Refused

TWICE = 4  # 00:30 UTC, half past two in Berlin for the first time that night
DONE = NewPost("Entry", "<p>Words</p>", DATE, Status.PUBLISH)


def finished(case: Case, marker: str, **fields: object) -> Remote:
    new = replace(DONE, **fields)  # type: ignore[arg-type]
    return case.blog.update(case.post(marker), new, marker)


def test_a_post_gets_its_picture_and_loses_it_again(case: Case) -> None:
    post = case.post("md-picture")
    photo = case.blog.create(picture("face.png", post=post.id), "md-picture-1")
    for number in (photo.id, photo.id, 0, photo.id):
        case.blog.update(post, replace(DONE, featured=number), "md-picture")
        assert case.there(f"posts/{post.id}")["featured_media"] == number
        now = case.blog.read(post)
        assert now
        assert now.featured == number


@pytest.mark.parametrize("sticky", [True, False])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("pings", [True, False])
def test_it_is_sticky_closed_and_open_to_pings_as_it_was(
    newest: Case, sticky: bool, closed: bool, pings: bool
) -> None:
    newest.blog.check()
    post = finished(newest, "md-door", sticky=sticky, closed=closed, pings=pings)
    row = newest.there(f"posts/{post.id}")
    assert row["sticky"] is sticky
    assert row["comment_status"] == ("closed" if closed else "open")
    assert row["ping_status"] == ("open" if pings else "closed")
    now = newest.blog.read(post)
    assert now
    assert (now.sticky, now.closed, now.pings) == (sticky, closed, pings)


def test_a_closed_post_takes_no_comments_until_it_is_opened(newest: Case) -> None:
    """The control: why posts are closed last."""
    post = finished(newest, "md-closed", closed=True)
    with pytest.raises(Refused, match="closed"):
        newest.blog.create(said(post), "md-closed-1")
    newest.blog.update(post, DONE, "md-closed")
    newest.blog.create(said(post), "md-closed-1")


# Whose it is


def people_of(case: Case) -> tuple[Person, ...]:
    case.blog.check()
    return case.blog.people()


def test_an_administrator_learns_all_names_of_those_who_write(case: Case) -> None:
    people = {person.shown: person for person in people_of(case)}
    assert {"Editor", "Author"} <= set(people)
    assert "Subscriber" not in people
    assert {"editor", "editor@example.test"} <= set(people["Editor"].known_as)


def test_an_editor_learns_less_and_an_author_nothing(case: Case) -> None:
    people = {person.shown: person for person in people_of(Case(case.site, "editor"))}
    assert "author" in people["Author"].known_as
    assert "author@example.test" not in people["Author"].known_as
    assert people_of(Case(case.site, "author")) == ()


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_blog_that_hides_its_users_is_still_signed_in_to(
    newest: Case, status: int
) -> None:
    hide = f"""add_filter('rest_pre_dispatch', function ($done, $server, $request) {{
        return $request->get_route() === '/wp/v2/users'
            ? new WP_Error('rest_no', 'No.', ['status' => {status}]) : $done;
    }}, 10, 3);"""
    with plugged(newest, hide):
        assert people_of(Case(newest.site)) == ()


@pytest.mark.parametrize("role", ["administrator", "editor"])
def test_a_post_becomes_somebody_elses_and_stays_within_reach(
    case: Case, role: str
) -> None:
    ours = Case(case.site, role)
    theirs = {person.shown: person.name for person in people_of(ours)}
    for status in Status:
        if status is Status.FUTURE:
            continue
        post = ours.post(f"md-{role[:5]}-{status}")
        case.made.append(post)
        new = replace(DONE, status=status, author=theirs["Author"], sticky=True)
        ours.blog.update(post, new, "md-x")
        row = case.there(f"posts/{post.id}")
        assert str(row["author"]) == theirs["Author"]
        again = ours.blog.update(post, replace(new, title="New", author=""), "md-x")
        assert again.status == status
        assert str(case.there(f"posts/{post.id}")["author"]) == theirs["Author"]
        ours.blog.delete(post)


def test_who_may_not_name_others_still_brings_the_post(newest: Case) -> None:
    """WordPress would refuse all of it, for the name or for being sticky."""
    ours = Case(newest.site, "author")
    ours.blog.check()
    admin = str(newest.there("users/me")["id"])
    post = ours.post("md-mine")
    newest.made.append(post)
    new = replace(DONE, author=admin, sticky=True)
    assert ours.blog.update(post, new, "md-mine").status == "publish"
    user, password = newest.site.users["author"]
    for field, value in (("author", int(admin)), ("sticky", True)):
        refused = requests.post(
            f"{newest.site.url}/?rest_route=/wp/v2/posts/{post.id}",
            json={field: value},
            auth=(user, password),
            timeout=60,
        )
        assert refused.status_code == 403, field


# Where it stands


@pytest.mark.parametrize("name", HARD)
def test_a_category_stands_below_another(case: Case, name: str) -> None:
    top = case.blog.create(NewTerm(Kind.CATEGORY, f"Top {name}"), "")
    low = case.blog.create(NewTerm(Kind.CATEGORY, f"Low {name}", top.id), "")
    row = case.there(f"categories/{low.id}")
    assert row["parent"] == top.id
    assert f"Low {name}" in (row["name"], html.unescape(row["name"]))
    # It is looked for by its name, wherever it stands, and made only once there.
    assert [r.id for r in case.blog.find(Kind.CATEGORY, f"Low {name}")] == [low.id]
    again = case.blog.create(NewTerm(Kind.CATEGORY, f"Low {name}", top.id), "")
    assert again.id == low.id


# What nobody can make over REST


@pytest.mark.parametrize("ping", ["pingback", "trackback"])
def test_a_pingback_becomes_a_comment(case: Case, ping: str) -> None:
    post = case.open_post(f"md-{ping}")
    refused = requests.post(
        f"{case.site.url}/?rest_route=/wp/v2/comments",
        json={"post": post.id, "type": ping, "content": "x", "author_name": "y",
              "author_email": "y@example.test"},
        auth=(case.site.user, case.site.password),
        timeout=60,
    )  # fmt: skip
    assert refused.status_code == 400, "if this is taken one day, send it"
    made = case.blog.create(said(post, ping=ping), f"md-{ping}-1")
    assert case.there(f"comments/{made.id}")["type"] == "comment"


# When


@pytest.mark.parametrize(
    ("zone", "hours", "clock"),
    [
        ("Europe/Berlin", "", "Europe/Berlin"),
        ("America/New_York", "", "America/New_York"),
        ("", "5.5", "UTC+05:30"),
        ("", "-3.5", "UTC-03:30"),
        ("", "0", "UTC+00:00"),
    ],
)
def test_the_instant_is_kept_on_whatever_clock_the_new_blog_has(
    newest: Case, zone: str, hours: str, clock: str
) -> None:
    """Summer and winter, and both sides of the hours at which clocks are changed.

    Of comments WordPress forgets, when they are updated, which of two equal hours in
    autumn it was; what it shows is right all the same.
    """
    php = f"add_filter('pre_option_timezone_string', fn() => '{zone}');" + (
        f"add_filter('pre_option_gmt_offset', fn() => {hours});" if hours else ""
    )
    instants = [
        datetime(2007, 1, 15, 12, tzinfo=UTC),
        datetime(2007, 7, 15, 12, tzinfo=UTC),
        *(datetime(2007, 3, 25, hour, 59, 59, tzinfo=UTC) for hour in (0, 1)),
        *(datetime(2007, 10, 28, hour, 30, tzinfo=UTC) for hour in (0, 1)),
        datetime(2006, 4, 2, 7, tzinfo=UTC),
        datetime(2007, 3, 11, 7, tzinfo=UTC),
    ]
    with plugged(newest, php):
        blog = Case(newest.site)
        told = blog.blog.check().time_zone
        assert told == clock
        for number, instant in enumerate(instants):
            local = instant.astimezone(ZoneInfo("Asia/Shanghai"))
            marker = f"md-clock-{number}"
            post = blog.open_post(marker, local)
            comment = blog.blog.create(said(post, date=local), f"{marker}-1")
            for status in (Status.DRAFT, Status.PRIVATE, Status.PUBLISH):
                new = replace(DONE, date=local, status=status)
                blog.blog.update(post, new, marker)
                now = blog.blog.read(post)
                assert now
                assert now.date == instant, status
            row = newest.there(f"posts/{post.id}")
            shown = datetime.fromisoformat(row["date"])
            offset = shown - instant.replace(tzinfo=None)
            if zone:
                assert offset == instant.astimezone(ZoneInfo(zone)).utcoffset()
            else:
                assert offset.total_seconds() == float(hours) * 3600
            row = newest.there(f"comments/{comment.id}")
            assert datetime.fromisoformat(row["date"]) == shown
            if number != TWICE:
                assert datetime.fromisoformat(row["date_gmt"] + "+00:00") == instant
            newest.made.append(post)
