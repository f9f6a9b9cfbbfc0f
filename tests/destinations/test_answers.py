"""What WordPress answers: a yes is never guessed, and a lasting no is never repeated."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from wizard.destinations.wordpress.answers import settled
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


def test_two_first_uploads_that_trip_over_each_other_wait_a_moment() -> None:
    told = "Unable to create directory wp-content/uploads/2007/04."
    with pytest.raises(Throttled) as caught:
        settled(no(500, "rest_upload_sideload_error", told))
    assert caught.value.seconds < 10


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
