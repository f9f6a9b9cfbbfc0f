"""What WordPress answers, sorted into: yes, a lasting no, not signed in, or unclear.

The HTTP status alone does not tell (lasting refusals come as 500), so WordPress's own
JSON ``code`` decides. Whatever is not known here is Ambiguous, never a yes.
"""

from __future__ import annotations

import html
import re
from typing import Any

from wizard.errors import (
    Ambiguous,
    NotAllowed,
    Refused,
    SignInFailed,
    Throttled,
    WrongParty,
)
from wizard.network import Answer

# Server errors in name only: sending the same again gives the same answer.
_LASTING = {
    "rest_upload_sideload_error",
    "rest_upload_unknown_error",
    "rest_comment_failed_create",
    "db_insert_error",
    "empty_term_name",
}
_TOO_BIG = {"rest_upload_no_content_disposition", "rest_upload_file_too_big"}
_MAY_NOT = re.compile(r"^rest_(cannot_|forbidden|user_cannot|comment_invalid_author)")


def settled(answer: Answer) -> Any:
    """The JSON of a clear yes; raises the MoveError that any other answer means."""
    status = status_of(answer)
    if 200 <= status < 300:
        if not answer.is_json and _looks_like_a_page(answer):
            raise WrongParty(
                "A web page answered instead of the blog.",
                "Is this network asking you to sign in? Open the blog in a browser, "
                "then go on.",
            )
        return answer.json()
    code, message = _reason(answer)
    # Asking for drafts, too, is a wrong question only for strangers.
    if status == 401 or b"rest_forbidden_status" in answer.body:
        raise SignInFailed(
            "The new blog no longer accepts the password.",
            "Make a new application password there and type it in; the move goes on "
            "where it was.",
            code=code,
        )
    if status == 413 or code in _TOO_BIG:
        raise Refused(
            "This is too big for the new blog's host.",
            "Ask the host to allow larger uploads, then press Retry.",
            code=code or "too_big",
        )
    if code == "rest_upload_sideload_error" and "uploads" in message:
        # Two first uploads into one month's folder trip over each other; the loser
        # stored nothing.
        raise Throttled(
            "The new blog could not make a folder for its photos.", message, seconds=2
        )
    if status >= 500 and code not in _LASTING:
        raise Ambiguous(
            f"The new blog's server stumbled (error {status}).",
            "Nothing is lost; it is asked again.",
            code=code,
            attachment=_attachment(answer),
        )
    if _MAY_NOT.match(code):
        raise NotAllowed(
            "Your account may not do this at the new blog.",
            message or "Ask the blog's owner for the role of an editor.",
            code=code,
        )
    if not code:
        raise Refused(
            f"Something in front of the new blog blocked this (error {status}).",
            "A firewall or security plugin may dislike the text. Ask the host, then "
            "press Retry.",
            code="blocked",
        )
    raise Refused("The new blog refused this.", message, code=code)


def status_of(answer: Answer) -> int:
    """The HTTP status that WordPress meant. Where PHP prints a warning before the
    answer, every status arrives as 200 and only the JSON knows."""
    if 200 <= answer.status < 300 and answer.is_json:
        told = answer.json()
        data = told.get("data") if isinstance(told, dict) and "code" in told else None
        meant = data.get("status") if isinstance(data, dict) else None
        if isinstance(meant, int) and meant >= 400:
            return meant
    return answer.status


def one(answer: Answer) -> dict[str, Any]:
    """The JSON of a clear yes that tells of one thing; raises as `settled` does."""
    told = settled(answer)
    number = told.get("id") if isinstance(told, dict) else None
    if not isinstance(number, int) or number < 1:
        raise Ambiguous("The new blog said yes, but not to what.", code="no-id")
    return dict(told)


def _reason(answer: Answer) -> tuple[str, str]:
    """WordPress's error code and its message as plain text, or empty strings."""
    if not answer.is_json:
        return "", ""
    try:
        told = answer.json()
    except Ambiguous:
        return "", ""
    if not isinstance(told, dict):
        return "", ""
    message = re.sub(r"<[^>]*>", "", str(told.get("message", "")))
    return str(told.get("code", "")), html.unescape(message)[:300].strip()


def _attachment(answer: Answer) -> int:
    number = answer.headers.get("X-WP-Upload-Attachment-ID", "")
    return int(number) if number.isdecimal() else 0


def _looks_like_a_page(answer: Answer) -> bool:
    return b"<html" in answer.body[:2000].lower()
