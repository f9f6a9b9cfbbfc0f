"""What WordPress answers: a yes is never guessed, and a lasting no is never repeated."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from wizard.destinations.wordpress.answers import gone, one, settled
from wizard.errors import (
    Ambiguous,
    MoveError,
    NotAllowed,
    Refused,
    SignInFailed,
    Throttled,
    WrongParty,
)
from wizard.network import Answer


def answer(status: int, body: object = b"", **headers: str) -> Answer:
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, CaseInsensitiveDict(named), body, "https://new.example/")


def no(status: int, code: str, message: str = "Because.") -> Answer:
    return answer(status, {"code": code, "message": message, "data": {}})


@pytest.mark.parametrize("status", [200, 201])
def test_a_yes_is_its_json(status: int) -> None:
    assert settled(answer(status, {"id": 7})) == {"id": 7}
    assert settled(answer(status, [])) == []
    assert settled(answer(status, b'\xef\xbb\xbf{"id": 7}')) == {"id": 7}
    noisy = b'<br />\n<b>Warning</b>: oh [no] in <b>x.php</b><br />\n{"id": 7}'
    assert settled(answer(status, noisy)) == {"id": 7}


@pytest.mark.parametrize(
    ("given_", "error"),
    [
        # Who says yes without saying what has said nothing.
        (answer(200), Ambiguous),
        (answer(201, b'{"id": 7'), Ambiguous),
        (answer(204), Ambiguous),
        (answer(200, b"<!doctype html><html>Welcome to our Wi-Fi</html>"), WrongParty),
        # WordPress's own no.
        (no(400, "rest_invalid_param"), Refused),
        (no(404, "rest_post_invalid_id"), Refused),
        (no(409, "comment_duplicate"), Refused),
        (no(403, "rest_cannot_create"), NotAllowed),
        (no(403, "rest_forbidden_context"), NotAllowed),
        (no(403, "rest_user_cannot_delete_post"), NotAllowed),
        (no(401, "rest_not_logged_in"), SignInFailed),
        (no(401, "rest_cannot_create"), SignInFailed),
        (answer(401, b"<html>Who are you?</html>"), SignInFailed),
        # Server errors in name only.
        (no(500, "rest_upload_sideload_error", "This file type is banned."), Refused),
        (no(500, "db_insert_error"), Refused),
        (no(500, "empty_term_name"), Refused),
        # Server errors that may have happened after the deed.
        (no(500, "internal_server_error"), Ambiguous),
        (answer(500, b"<html>Fatal error</html>"), Ambiguous),
        (answer(502, b"<html>Bad gateway</html>"), Ambiguous),
        (answer(504), Ambiguous),
        (answer(500, [1]), Ambiguous),
        # Somebody in between.
        (answer(403, b"<html>Blocked by the firewall</html>"), Refused),
        (answer(403, {"code": 1020, "message": "Access denied"}), Refused),
        (answer(404, b"<html>No such page</html>"), WrongParty),
        (answer(405, b"<html>Not allowed</html>"), WrongParty),
        (answer(408, b"<html>Too slow</html>"), Ambiguous),
        (answer(200, b"<br /><b>Fatal error</b>: oh <html>"), Ambiguous),
        # Somebody changed what was sent, so WordPress did not take it.
        (no(412, "rest_upload_hash_mismatch"), Throttled),
        (no(400, "rest_invalid_json"), Throttled),
        # Plugins that close the door.
        (no(401, "rest_cannot_access"), NotAllowed),
        (no(401, "rest_api_access_restricted"), NotAllowed),
        (no(400, "rest_upload_limited_space"), Refused),
        (answer(406), Refused),
        (answer(413, b"<html>nginx</html>"), Refused),
        (no(500, "rest_upload_file_too_big"), Refused),
        (no(400, "rest_upload_no_content_disposition"), Refused),
    ],
)
def test_every_other_answer_has_its_error(
    given_: Answer, error: type[MoveError]
) -> None:
    with pytest.raises(MoveError) as caught:
        settled(given_)
    assert type(caught.value) is error
    assert caught.value.title


SAID = {
    "revoked": (no(401, "rest_not_logged_in"), "no longer accepts the password"),
    "second password": (answer(401, b"<html>Who?</html>"), "a password of its own"),
    "firewall": (answer(403, b"<html>Blocked</html>"), "A firewall .* blocked"),
    "café": (answer(200, b"<!DOCTYPE html>Hello"), "A web page answered"),
    "no door": (answer(404, b"<html>Not found</html>"), "door for programs is not"),
    "door closed": (no(403, "rest_api_disabled"), "closed the door"),
    "gateway": (answer(504), "did not answer in time"),
    "database": (
        answer(500, b"<h1>Error establishing a database connection</h1>"),
        "cannot reach its own database",
    ),
    "stumbled": (no(500, "internal_server_error"), "stumbled .error 500"),
    "too big": (answer(413), "too big"),
    "no room": (no(400, "rest_upload_user_quota_exceeded"), "no room left"),
    "cut upload": (no(412, "rest_upload_hash_mismatch"), "did not reach the new blog"),
    "empty": (answer(200), "an empty answer"),
    "half": (answer(200, b'{"id": 7, "lin'), "broke off in the middle"),
}


@pytest.mark.parametrize("what", SAID)
def test_each_trouble_is_told_apart_with_what_it_means(what: str) -> None:
    given_, words = SAID[what]
    with pytest.raises(MoveError, match=words) as caught:
        settled(given_)
    assert caught.value.hint
    others = [other for name, (_, other) in SAID.items() if name != what]
    assert not any(re.search(other, str(caught.value)) for other in others)


@pytest.mark.parametrize(
    ("given_", "is_gone"),
    [
        (no(404, "rest_post_invalid_id"), True),
        (no(404, "rest_comment_invalid_id"), True),
        (no(410, "rest_already_trashed"), True),
        # A page that is not there says nothing about a post.
        (answer(404, b"<html>Not found</html>"), False),
        (answer(410), False),
        (no(404, "rest_no_route"), False),
        (no(403, "rest_forbidden"), False),
        (answer(200, {"id": 7}), False),
    ],
)
def test_only_wordpress_itself_can_say_that_a_thing_is_gone(
    given_: Answer, is_gone: bool
) -> None:
    assert gone(given_) == is_gone


def test_an_answer_about_another_thing_is_no_answer() -> None:
    assert one(answer(200, {"id": 7}), 7) == {"id": 7}
    with pytest.raises(Ambiguous, match="not asked"):
        one(answer(200, {"id": 8}), 7)


def test_the_servers_reason_reaches_the_person_as_plain_text() -> None:
    told = "<strong>Sorry</strong>, you can&#8217;t &amp; won’t." + "x" * 999
    with pytest.raises(Refused) as caught:
        settled(no(400, "rest_x", told))
    assert caught.value.code == "rest_x"
    assert caught.value.hint.startswith("Sorry, you can’t & won’t.")
    assert len(caught.value.hint) <= 300


def test_the_number_of_a_half_finished_photo_is_kept() -> None:
    for told, number in (("41", 41), ("", 0), ("x", 0), ("²", 0)):
        headers = {"X_WP_Upload_Attachment_ID": told}
        with pytest.raises(Ambiguous) as caught:
            settled(answer(500, **headers))
        assert caught.value.attachment == number


def test_a_folder_for_uploads_that_is_closed_or_full_is_told() -> None:
    told = "Unable to create directory wp-content/uploads/2007/04."
    with pytest.raises(Refused, match="could not store") as caught:
        settled(no(500, "rest_upload_sideload_error", told))
    assert told in caught.value.hint


_json: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "message", "data", "id"]), inner)
    ),
    max_leaves=6,
)


@given(st.integers(200, 599), _json | st.binary(max_size=40))
def test_no_answer_at_all_leads_to_anything_but_a_value_or_an_error_in_words(
    status: int, body: object
) -> None:
    error: MoveError | None = None
    try:
        settled(answer(status, body))
    except MoveError as raised:
        error = raised
    assert error.title if error else status < 300
