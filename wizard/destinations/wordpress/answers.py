"""What WordPress answers, sorted into: yes, a lasting no, not signed in, or unclear.

The HTTP status alone does not tell (lasting refusals come as 500), so WordPress's own
JSON ``code`` decides. Whatever is not known here is Ambiguous, never a yes.
"""

from __future__ import annotations

import html
import re
from typing import Any

from wizard.destinations.wordpress.shapes import ROW, has_shape
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
    "rest_comment_failed_edit",
    "db_insert_error",
    "empty_term_name",
}
_TOO_BIG = {"rest_upload_no_content_disposition", "rest_upload_file_too_big"}
_NO_ROOM = {"rest_upload_limited_space", "rest_upload_user_quota_exceeded"}
# WordPress looks at these before it does anything.
_ARRIVED_BROKEN = {"rest_upload_hash_mismatch", "rest_invalid_json"}
_MAY_NOT = re.compile(r"^rest_(cannot_|forbidden|user_cannot|comment_invalid_author)")
_CLOSED = re.compile(r"^rest_(cannot_access|(api_)?disabled|login_required)|^rest_api_")
_GONE = re.compile(r"^rest_((post|comment)_invalid_id|term_invalid|already_trashed)$")
_CODE = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)+|[a-z]{5,}")


def settled(answer: Answer) -> Any:
    """The JSON of a clear yes; raises the MoveError that any other answer means."""
    status = status_of(answer)
    if 200 <= status < 300:
        if not answer.is_json and b"Fatal error" in answer.body:
            raise _stumbled(answer, "")
        if not answer.is_json and answer.is_page:
            raise WrongParty(
                "A web page answered instead of the blog.",
                "This network may want you to sign in first: open the blog in a "
                "browser. The move goes on by itself once the blog itself answers.",
                code="page",
            )
        return answer.json()
    code, message = reason(answer)
    if code in _ARRIVED_BROKEN:
        raise Throttled(
            "Something did not reach the new blog as it was sent.",
            "The line cut or changed it on its way, so the blog did not take it. It is "
            "sent again.",
            code=code,
            seconds=2,
        )
    if status in (401, 403) and _CLOSED.match(code):
        raise NotAllowed(
            "The new blog has closed the door that programs use.",
            "A security plugin there may have done that. Switch it off for the time of "
            "the move, then go on.",
            code=code,
        )
    if status == 401 and not code:
        raise SignInFailed(
            "Something in front of the new blog asks for a password of its own.",
            "Its host may protect the whole site with a second password. Take that away "
            "for the time of the move; it goes on where it was.",
            code="second-password",
        )
    # Asking for drafts, too, is a wrong question only for strangers.
    if status == 401 or b"rest_forbidden_status" in answer.body:
        raise SignInFailed(
            "The new blog no longer accepts the password.",
            "It may have been revoked there. Make a new application password and type "
            "it in; the move goes on where it was.",
            code=code,
        )
    if status == 413 or code in _TOO_BIG:
        raise Refused(
            "This is too big for the new blog's host.",
            "Ask the host to allow larger uploads, then press Retry.",
            code=code or "too_big",
        )
    if code in _NO_ROOM:
        raise Refused(
            "The new blog has no room left for this.",
            "Make room there or ask its host for more, then press Retry.",
            code=code,
        )
    if code == "rest_upload_sideload_error" and "uploads" in message:
        raise Refused(
            "The new blog could not store this photo in its folder for uploads.",
            f"That folder may be full or closed for writing. It says: {message}",
            code="no-folder",
        )
    if (status >= 500 and code not in _LASTING) or status in (408, 421, 425):
        raise _stumbled(answer, code)
    if _MAY_NOT.match(code):
        raise NotAllowed(
            "Your account may not do this at the new blog.",
            message or "Ask the blog's owner for the role of an editor.",
            code=code,
        )
    if code == "rest_no_route":
        raise Refused(
            "The new blog takes no such thing from programs.",
            "A security plugin there may have closed that door. Switch it off for the "
            "time of the move, then press Retry.",
            code=code,
        )
    if code == "rest_comment_closed":
        raise Refused(
            "The new blog takes no more comments under this post.",
            "They are closed there: for this post, or for all that are old, under "
            "Settings → Discussion. Open them for a while, then press Retry.",
            code=code,
        )
    if code == "rest_comment_draft_post":
        raise Refused(
            "The new blog takes no comments under a draft.",
            "Make the post private or public there, then press Retry.",
            code=code,
        )
    if not code and status in (404, 405, 410):
        raise WrongParty(
            f"The new blog's door for programs is not where it was (error {status}).",
            "A plugin may have closed it, or the blog is being moved or repaired. The "
            "move goes on by itself once it is back.",
            code="no-door",
        )
    if not code:
        raise Refused(
            f"A firewall in front of the new blog blocked this (error {status}).",
            "It may dislike something in the text, or this computer. Ask the host to "
            "allow it, then press Retry.",
            code="blocked",
        )
    raise Refused("The new blog refused this.", message, code=code)


def gone(answer: Answer) -> bool:
    """Whether WordPress itself says that there is no such thing (any more)."""
    return status_of(answer) in (404, 410) and bool(_GONE.match(reason(answer)[0]))


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


def one(answer: Answer, number: int = 0) -> dict[str, Any]:
    """The JSON of a clear yes that tells of one thing, namely of the one with this
    ``number`` if any; raises as `settled` does."""
    told = settled(answer)
    found = told.get("id") if isinstance(told, dict) else None
    if not isinstance(found, int) or found < 1:
        raise Ambiguous("The new blog said yes, but not to what.", code="no-id")
    if (number and found != number) or not has_shape(told, ROW):
        raise other_thing()
    return dict(told)


def other_thing() -> Ambiguous:
    """What is wrong with an answer that speaks of something else than was asked."""
    return Ambiguous(
        "The new blog answered something that was not asked.",
        "A cache in front of it may mix up answers; nothing of it is believed.",
        code="other-thing",
    )


def reason(answer: Answer) -> tuple[str, str]:
    """WordPress's error code and its message as plain text, or empty strings."""
    if not answer.is_json:
        return "", ""
    try:
        told = answer.json()
    except Ambiguous:
        return "", ""
    if not isinstance(told, dict):
        return "", ""
    code = str(told.get("code", ""))
    message = re.sub(r"<[^>]*>", "", str(told.get("message", "")))
    # Others speak JSON, too, but their codes are numbers or sentences.
    known = code if _CODE.fullmatch(code) else ""
    return known, html.unescape(message)[:300].strip()


def _stumbled(answer: Answer, code: str) -> Ambiguous:
    if b"Error establishing a database connection" in answer.body:
        title = "The new blog cannot reach its own database."
    elif answer.status in (408, 502, 504, 522, 524):
        title = f"The new blog's server did not answer in time (error {answer.status})."
    else:
        title = f"The new blog's server stumbled (error {answer.status})."
    return Ambiguous(
        title,
        "Nothing is lost: what may have arrived is looked for before it is sent again.",
        code=code,
        attachment=_attachment(answer),
    )


def _attachment(answer: Answer) -> int:
    number = answer.headers.get("X-WP-Upload-Attachment-ID", "")
    return int(number) if number.isdecimal() else 0
