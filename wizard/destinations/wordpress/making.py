"""Making things at a WordPress: each kind with its own troubles, all of them once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from wizard.destinations import (
    NEW,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Remote,
)
from wizard.destinations.names import as_name
from wizard.destinations.wordpress.answers import one, other_thing, reason, status_of
from wizard.destinations.wordpress.looking import Looking, folded
from wizard.destinations.wordpress.rest import Rest
from wizard.destinations.wordpress.values import (
    COMMENT_FIELDS,
    NO_EMAIL,
    PHOTO_FIELDS,
    PHOTO_WORDS,
    TERM_FIELDS,
    comment_fields,
    in_three_bytes,
    is_half,
    photo_fields,
    post_fields,
    remote_from,
    stands_as,
)
from wizard.errors import Ambiguous, MoveError, Refused
from wizard.network import Answer

# Many servers take no address of more than 8,000 characters.
_LONGEST_QUERY = 4000
# How WordPress calls it when its database cannot hold what it was given.
_NO_ROOM = ("rest_comment_failed_", "db_insert_error", "db_update_error")


class Making(Looking):
    """The half of a destination that makes things. See
    `wizard.destinations.Destination`."""

    def __init__(self, rest: Rest) -> None:
        super().__init__(rest)
        self._for_others = False
        self._sees_users = False

    def _fields(self, post: NewPost) -> dict[str, Any]:
        return post_fields(post, for_others=self._for_others)

    def _send(
        self, kind: Kind, fields: dict[str, Any], *, number: int = 0, only: str
    ) -> dict[str, Any]:
        """WordPress says an error of its own where its database cannot hold a letter;
        of what is said of a photo it says nothing and forgets it."""
        plain = in_three_bytes(fields)
        try:
            row = self._rest.send(kind, fields, number=number, only=only)
            forgotten = fields.get("alt_text") and not row.get("alt_text", "?")
            if plain == fields or not forgotten:
                return row
        except (Refused, Ambiguous) as trouble:
            if plain == fields or not trouble.code.startswith(_NO_ROOM):
                raise
        return self._rest.send(kind, plain, number=number, only=only)

    def _create_term(self, term: NewTerm) -> Remote:
        # WordPress does not recognise a name with a backslash in it and doubles it.
        if "\\" in term.name and (there := self._standing(term)):
            return there
        url, query = self._rest.place(term.kind)
        query["_fields"] = TERM_FIELDS[term.kind]
        fields: dict[str, object] = {"name": as_name(term.name)}
        if term.parent:
            fields["parent"] = term.parent
        answer = self._rest.session.send("POST", url, params=query, json=fields)
        if reason(answer)[0].startswith(_NO_ROOM):
            fields = in_three_bytes(fields)
            answer = self._rest.session.send("POST", url, params=query, json=fields)
        if number := _there_already(answer):
            return Remote(term.kind, number, parent=term.parent)
        made = remote_from(term.kind, one(answer))
        if folded(made.shown) != folded(term.name) or made.parent != term.parent:
            made = self._standing(term) or self._tidied(made, term, fields)
        return replace(made, status=NEW)

    def _tidied(self, made: Remote, term: NewTerm, fields: dict[str, Any]) -> Remote:
        """The name was tidied up on arrival, or the answer is about another term: then
        that one is not what stands in the way of one more like this."""
        if made.parent != term.parent:
            raise other_thing()
        if "\\" in term.name:
            return made
        url, query = self._rest.place(term.kind)
        answer = self._rest.session.send("POST", url, params=query, json=fields)
        if _there_already(answer) != made.id:
            raise other_thing()
        return made

    def _standing(self, term: NewTerm) -> Remote | None:
        found = self.find_terms(term.kind, term.name)
        return next((there for there in found if there.parent == term.parent), None)

    def _upload(self, photo: NewPhoto, marker: str) -> Remote:
        """The raw body passes PHP's upload limits; Content-MD5 makes WordPress check
        that every byte arrived."""
        fields = photo_fields(photo)
        try:
            return self._upload_now(photo, fields, marker)
        except Refused as refusal:
            if refusal.code.startswith(_NO_ROOM):
                fields = in_three_bytes(fields)
            elif refusal.code != "no-folder":
                raise
        # Two first uploads into one month's folder trip over each other: the loser
        # stored nothing, and finds the folder now.
        return self._upload_now(photo, fields, marker)

    def _upload_now(
        self, photo: NewPhoto, fields: dict[str, Any], marker: str
    ) -> Remote:
        url, query = self._rest.place(Kind.PHOTO)
        query |= {"slug": marker, "_fields": PHOTO_FIELDS}
        words = {name: str(value) for name, value in fields.items()}
        is_long = len(urlencode(words)) > _LONGEST_QUERY
        if is_long:
            words = {n: v for n, v in words.items() if n not in PHOTO_WORDS}
        query |= words
        answer = self._rest.session.send(
            "POST",
            url,
            params=query,
            data=photo.data,
            headers={
                "Content-Type": photo.mime,
                "Content-Disposition": f'attachment; filename="{photo.name}"',
                "Content-MD5": hashlib.md5(
                    photo.data, usedforsecurity=False
                ).hexdigest(),
            },
        )
        row = one(answer)
        if _is_another(row["slug"], marker):
            raise other_thing()
        remote = remote_from(Kind.PHOTO, row)
        is_whole = not is_long and (row.get("alt_text", "?") or not photo.alt)
        try:
            if row["slug"] != marker:
                remote = self._first(remote, marker)
            return remote if is_whole else self._describe(remote, photo)
        except MoveError as trouble:  # whatever it is: the photo stands there
            raise Ambiguous(trouble.title, trouble.hint, code=trouble.code) from None

    def _first(self, photo: Remote, marker: str) -> Remote:
        """The oldest of its name, which was taken when ``photo`` came: something on the
        way may send a photo twice by itself. The other is a copy then, like any other."""
        return next(iter(self.find(Kind.PHOTO, marker)), photo)

    def _describe(self, remote: Remote, photo: NewPhoto) -> Remote:
        fields, number = photo_fields(photo), remote.id
        row = self._send(Kind.PHOTO, fields, number=number, only=PHOTO_FIELDS)
        if row.get("missing_image_sizes"):
            url, query = self._rest.place(Kind.PHOTO, f"{number}/post-process")
            row = one(
                self._rest.session.send(
                    "POST", url, params=query, json={"action": "create-image-subsizes"}
                )
            )
        return remote_from(Kind.PHOTO, row)

    def _add_comment(self, comment: NewComment, marker: str) -> Remote:
        """WordPress wants an e-mail address that old comments do not have, and refuses
        equal words said twice; both are cured by an update, which it does not check."""
        fields = comment_fields(comment, marker)
        cured = not comment.email
        if cured:
            fields["author_email"] = f"{marker}{NO_EMAIL}"
        for _ in range(2):
            try:
                row = self._send(Kind.COMMENT, fields, only=COMMENT_FIELDS)
                if row["post"] != comment.post or _is_another(
                    row["author_user_agent"], marker
                ):
                    raise other_thing()
                break
            except Refused as refusal:
                if refusal.code != "comment_duplicate":
                    raise
                # Ours already, if something on the way sent it twice by itself.
                if found := self.find(Kind.COMMENT, marker, comment.post):
                    return self._change_comment(found[0], comment, marker)
                fields["content"] += f"\n\n{marker}"
                cured = True
        else:
            raise Refused("The new blog refused this comment.", code="comment")
        remote = remote_from(Kind.COMMENT, row)
        try:
            if cured:
                return self._change_comment(remote, comment, marker)
            self._believed(comment, row, COMMENT_FIELDS)
            return remote
        except MoveError as trouble:  # whatever it is: the comment stands there
            raise Ambiguous(trouble.title, trouble.hint, code=trouble.code) from None

    def _change_comment(
        self,
        remote: Remote,
        comment: NewComment,
        marker: str,
        those: Collection[str] = (),
    ) -> Remote:
        """``those``: the fields that change, if not all."""
        fields, only = comment_fields(comment, marker), COMMENT_FIELDS
        fields = {name: fields[name] for name in those or fields}
        row = self._send(Kind.COMMENT, fields, number=remote.id, only=only)
        return remote_from(Kind.COMMENT, self._believed(comment, row, only))

    def _believed(
        self, sent: NewPost | NewComment, row: dict[str, Any], only: str
    ) -> dict[str, Any]:
        """The answer, if the thing stands there as it was sent. If not, the blog has
        made something else of it, and says so once more; or it is an answer of a moment
        ago."""
        if stands_as(sent, row):
            return row
        query, number = {"context": "edit", "_fields": only}, row["id"]
        again = one(self._rest.get(sent.kind, query, number), number)
        if again != row or is_half(again):
            raise other_thing()
        return again


def _there_already(answer: Answer) -> int:
    """The number of the term that stands in the way of one more like it, or 0."""
    if status_of(answer) != 400 or answer.json().get("code") != "term_exists":
        return 0
    return int(answer.json()["data"]["term_id"])


def _is_another(found: str, marker: str) -> bool:
    """Some plugins name things as they like, but none gives one the name of another."""
    return found.startswith("md-") and not found.startswith(marker)
