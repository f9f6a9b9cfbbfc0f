"""A WordPress site as the new home, over its REST interface."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from wizard.credentials import Field, Secret
from wizard.destinations import (
    NEW,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Remote,
    Site,
    Thing,
    full_address,
)
from wizard.destinations.wordpress.answers import (
    gone,
    one,
    other_thing,
    settled,
    status_of,
)
from wizard.destinations.wordpress.discovery import account, vouched
from wizard.destinations.wordpress.rest import Rest
from wizard.destinations.wordpress.values import (
    COMMENT_FIELDS,
    NO_EMAIL,
    PHOTO_FIELDS,
    PHOTO_WORDS,
    POST_FIELDS,
    TERM_FIELDS,
    as_html,
    comment_fields,
    in_three_bytes,
    photo_fields,
    post_fields,
    post_from,
    remote_from,
    zone_from,
)
from wizard.errors import Ambiguous, MoveError, NotAllowed, Refused
from wizard.network import Session

_MARKER = re.compile(r"<!-- moving-day:([\w-]+) -->")
_MARKER_LENGTH = len("md-") + 20
_OLDEST_FIRST = {"context": "edit", "orderby": "id", "order": "asc"}
# So many that a list of them fits into an address; of photos, with their copies, into
# one page of a list.
_PHOTOS_AT_ONCE = 33
_POSTS_AT_ONCE = 50
# Many servers take no address of more than 8,000 characters.
_LONGEST_QUERY = 4000


class WordPress:
    """One site and one account there. See `wizard.destinations.Destination`."""

    name = "wordpress"
    title = "A WordPress blog"
    shared = True
    fields: tuple[Field, ...] = (
        Field("user", "User name", "The name you sign in with at the new blog."),
        Field(
            "password",
            "Application password",
            "Made in the blog's dashboard: Users → Profile → Application Passwords.",
            secret=True,
        ),
    )

    def __init__(self, address: str, user: str, password: Secret) -> None:
        self.address = full_address(address)
        self.user = user.strip()
        self.carries: frozenset[Kind] = frozenset(Kind)
        self._password = password
        self._rest = Rest(self.address, self.user, password)
        self._visitor = Session()
        self._email_required = False

    # Who am I, what may I do

    def check(self) -> Site:
        """Signs in for real. Raises SignInFailed, NotAllowed, WrongParty, Unreachable."""
        root = self._rest.root()
        me = account(root, self._rest.session, self.user, self._password)
        granted = dict(me.get("capabilities", {}))
        may = {name for name, is_so in granted.items() if is_so}
        name = html.unescape(str(root.facts.get("name") or "")) or self.address
        if not {"publish_posts", "upload_files"} <= may:
            raise NotAllowed(
                f"“{self.user}” may not publish posts and photos at “{name}”.",
                "Ask the blog's owner to give this account the role of an author, "
                "an editor or an administrator.",
            )
        warnings = []
        carries = set(Kind)
        if "moderate_comments" not in may:
            carries.discard(Kind.COMMENT)
            warnings.append(
                "This account may not add comments with their old names and dates, so "
                "comments stay behind. An editor or administrator may."
            )
        elif not root.takes("wp/v2/comments"):
            carries.discard(Kind.COMMENT)
            warnings.append(
                "This blog takes no comments from programs, so they stay behind. A "
                "security plugin there may have closed that door."
            )
        if not root.takes("wp/v2/media"):
            warnings.append(
                "This blog takes no photos from programs, so posts arrive without them. "
                "A security plugin there may have closed that door."
            )
        if "manage_categories" not in may:
            carries.discard(Kind.CATEGORY)
            warnings.append(
                "This account may not make categories, so posts arrive without them. "
                "An editor or administrator may."
            )
        if any(space.startswith("jetpack/") for space in root.facts["namespaces"]):
            warnings.append(
                "This blog has Jetpack: followers may get an e-mail for every post "
                "that becomes public. Choose “as drafts” or “private”, or switch "
                "those e-mails off first."
            )
        self.carries = frozenset(carries)
        home = root.facts.get("home", "")
        # People are led there later, and sign in there: not to any place it may name.
        self.address = home if vouched(root.url, home) else self.address
        return Site(
            name=name,
            address=self.address,
            user=html.unescape(str(me.get("name") or self.user)),
            role=", ".join(me.get("roles", [])),
            time_zone=zone_from(root.facts.get("timezone_string")),
            warnings=tuple(warnings),
        )

    # Looking

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        if kind in (Kind.CATEGORY, Kind.TAG):
            return self._find_terms(kind, marker)
        if kind is Kind.COMMENT:
            under = self.ours(Kind.COMMENT, (post,))
            return [remote for found, remote in under if found == marker]
        fields = POST_FIELDS if kind is Kind.POST else PHOTO_FIELDS
        # WordPress appends -2, -3 to a slug that is taken: a copy of ours in disguise.
        slugs = ",".join((marker, f"{marker}-2", f"{marker}-3"))
        query = {"slug": slugs, **_OLDEST_FIRST}
        if kind is Kind.POST:
            query["status"] = "any"
        rows = self._rest.rows(kind, {**query, "_fields": fields})
        if any(row["slug"] not in slugs for row in rows):
            raise other_thing()
        if not rows and kind is Kind.POST:
            rows = list(self._marked_posts(marker))
        return [remote_from(kind, row) for row in rows]

    def ours(
        self, kind: Kind, among: Sequence[str | int] = ()
    ) -> Iterator[tuple[str, Remote]]:
        if kind is Kind.POST:
            for row in self._marked_posts(""):
                mark = _MARKER.search(row["content"]["raw"])
                if mark:
                    yield mark[1], remote_from(kind, row)
        elif kind is Kind.PHOTO:
            for some in _batches(among, _PHOTOS_AT_ONCE):
                slugs = ",".join(f"{m},{m}-2,{m}-3" for m in some)
                query = {**_OLDEST_FIRST, "slug": slugs, "_fields": PHOTO_FIELDS}
                for row in self._rest.all_rows(kind, query):
                    yield row["slug"][:_MARKER_LENGTH], remote_from(kind, row)
        elif kind is Kind.COMMENT:
            for some in _batches(among, _POSTS_AT_ONCE):
                posts = ",".join(map(str, some))
                # "any" is more than "all": spam and trash, too.
                query = {**_OLDEST_FIRST, "post": posts, "status": "any"}
                query["_fields"] = COMMENT_FIELDS
                for row in self._rest.all_rows(kind, query):
                    if row["post"] not in some:
                        raise other_thing()
                    yield row["author_user_agent"], remote_from(kind, row)
        else:
            for some in _batches(among, 100):
                query = {"include": ",".join(map(str, some)), "_fields": TERM_FIELDS}
                for row in self._rest.all_rows(kind, query):
                    yield html.unescape(row["name"]), remote_from(kind, row)

    def read(self, remote: Remote) -> NewPost | None:
        answer = self._rest.get(Kind.POST, {"context": "edit"}, remote.id)
        if gone(answer):
            return None
        row = one(answer, remote.id)
        if not {"status", "title", "content"} <= row.keys():
            raise other_thing()
        if row["status"] == "trash":
            return None
        return post_from(row)

    def shows(self, remote: Remote) -> bool:
        # Pictures on a server of their own are that server's business, and an address
        # that a stranger names is asked for nothing.
        here, there = urlsplit(self._rest.root().url), urlsplit(remote.address)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            return True
        answer = self._visitor.send("HEAD", remote.address)
        length = answer.headers.get("Content-Length", "")
        known = length.isdecimal() and "Content-Encoding" not in answer.headers
        whole = not known or not remote.size or int(length) == remote.size
        return answer.status not in (403, 404, 410) and whole

    def is_unused(self, term: Remote) -> bool:
        query = {"_fields": "id", "context": "edit", "per_page": 1}
        if term.kind is Kind.CATEGORY:
            if self._rest.rows(term.kind, {**query, "parent": term.id}):
                return False
            query["categories"] = term.id
        else:
            query["tags"] = term.id
        return not self._rest.rows(Kind.POST, {**query, "status": "any"})

    def _marked_posts(self, marker: str) -> Iterator[dict[str, Any]]:
        query = {
            "search": f"moving-day:{marker}",
            "search_columns": "post_content",
            "status": "any",
            **_OLDEST_FIRST,
            "_fields": POST_FIELDS,
        }
        for row in self._rest.all_rows(Kind.POST, query):
            mark = _MARKER.search(row["content"]["raw"])
            if mark and marker in ("", mark[1]):
                yield row

    # Making

    def create(self, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return self._create_term(thing)
        if isinstance(thing, NewPhoto):
            return self._upload(thing, marker)
        if isinstance(thing, NewComment):
            return self._add_comment(thing, marker)
        fields = post_fields(thing) | {"slug": marker, "status": "draft"}
        row = self._rest.send(Kind.POST, fields, only=POST_FIELDS)
        if not str(row.get("slug")).startswith(marker):
            raise other_thing()
        return remote_from(Kind.POST, row)

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return remote
        if isinstance(thing, NewPost):
            fields = post_fields(thing) | {"slug": thing.slug, "status": thing.status}
            only = POST_FIELDS
        elif isinstance(thing, NewPhoto):
            fields, only = photo_fields(thing), PHOTO_FIELDS
        else:
            row = self._send_comment(comment_fields(thing, marker), remote.id)
            return remote_from(thing.kind, row)
        row = self._rest.send(thing.kind, fields, number=remote.id, only=only)
        wanted = str(fields.get("slug", marker))
        if not wanted.startswith(marker) and row["slug"].startswith(marker):
            raise other_thing()  # the post as it was before
        if isinstance(thing, NewPhoto) and row.get("missing_image_sizes"):
            url, query = self._rest.place(Kind.PHOTO, f"{remote.id}/post-process")
            row = one(
                self._rest.session.send(
                    "POST", url, params=query, json={"action": "create-image-subsizes"}
                )
            )
        return remote_from(thing.kind, row)

    def delete(self, remote: Remote, *, for_good: bool = False) -> None:
        url, query = self._rest.place(remote.kind, remote.id)
        if for_good or remote.kind not in (Kind.POST, Kind.COMMENT):
            query["force"] = "true"
        answer = self._rest.session.send("DELETE", url, params=query)
        if gone(answer):
            return
        told = settled(answer)
        if isinstance(told, dict) and told.get("deleted"):
            told = told.get("previous")
        if not isinstance(told, dict) or told.get("id") != remote.id:
            raise other_thing()

    def finish(self) -> None:
        """Nothing is kept back: every call has taken effect already."""

    # One kind each

    def _create_term(self, term: NewTerm) -> Remote:
        # WordPress does not recognise a name with a backslash in it and doubles it.
        if "\\" in term.name and (found := self._find_terms(term.kind, term.name)):
            return found[0]
        url, query = self._rest.place(term.kind)
        query["_fields"] = TERM_FIELDS
        fields = {"name": as_html(term.name)}
        answer = self._rest.session.send("POST", url, params=query, json=fields)
        if status_of(answer) == 400 and answer.json().get("code") == "term_exists":
            return Remote(term.kind, int(answer.json()["data"]["term_id"]))
        made = remote_from(term.kind, row := one(answer))
        if _folded(html.unescape(str(row.get("name")))) != _folded(term.name):
            # Tidied up on arrival, or an answer about another term.
            made = next(iter(self._find_terms(term.kind, term.name)), made)
        return replace(made, status=NEW)

    def _find_terms(self, kind: Kind, name: str) -> list[Remote]:
        wanted = _folded(name)
        query = {"_fields": TERM_FIELDS, "orderby": "id"}
        return [
            remote_from(kind, row)
            for row in self._rest.all_rows(kind, query)
            if _folded(html.unescape(row["name"])) == wanted
        ]

    def _upload(self, photo: NewPhoto, marker: str) -> Remote:
        """The raw body passes PHP's upload limits; Content-MD5 makes WordPress check
        that every byte arrived."""
        try:
            return self._upload_now(photo, marker)
        except Refused as refusal:
            if refusal.code != "no-folder":
                raise
        # Two first uploads into one month's folder trip over each other: the loser
        # stored nothing, and finds the folder now.
        return self._upload_now(photo, marker)

    def _upload_now(self, photo: NewPhoto, marker: str) -> Remote:
        url, query = self._rest.place(Kind.PHOTO)
        query |= {"slug": marker, "_fields": PHOTO_FIELDS}
        words = {name: str(value) for name, value in photo_fields(photo).items()}
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
        try:
            return self.update(remote, photo, marker) if is_long else remote
        except MoveError as trouble:  # whatever it is: the photo stands there
            raise Ambiguous(trouble.title, trouble.hint, code=trouble.code) from None

    def _add_comment(self, comment: NewComment, marker: str) -> Remote:
        """WordPress wants an e-mail address that old comments do not have, and refuses
        equal words said twice; both are cured by an update, which it does not check."""
        fields = comment_fields(comment, marker)
        cured = False
        if not comment.email and self._email_required:
            fields["author_email"], cured = f"{marker}{NO_EMAIL}", True
        for _ in range(3):
            try:
                row = self._send_comment(fields)
                if row["post"] != comment.post or _is_another(
                    row["author_user_agent"], marker
                ):
                    raise other_thing()
                break
            except Refused as refusal:
                if refusal.code == "rest_comment_author_data_required":
                    self._email_required = True
                    fields["author_email"] = f"{marker}{NO_EMAIL}"
                elif refusal.code == "comment_duplicate":
                    # Ours already, if something on the way sent it twice by itself.
                    if found := self.find(Kind.COMMENT, marker, comment.post):
                        return self.update(found[0], comment, marker)
                    fields["content"] += f"\n\n{marker}"
                else:
                    raise
                cured = True
        else:
            raise Refused("The new blog refused this comment.", code="comment")
        remote = remote_from(Kind.COMMENT, row)
        try:
            return self.update(remote, comment, marker) if cured else remote
        except MoveError as trouble:  # whatever it is: the comment stands there
            raise Ambiguous(trouble.title, trouble.hint, code=trouble.code) from None

    def _send_comment(self, fields: dict[str, Any], number: int = 0) -> dict[str, Any]:
        """WordPress says an error of its own where its database cannot hold an emoji."""
        try:
            return self._rest.send(
                Kind.COMMENT, fields, number=number, only=COMMENT_FIELDS
            )
        except Refused as refusal:
            plain = in_three_bytes(fields)
            if plain == fields or not refusal.code.startswith("rest_comment_failed_"):
                raise
        return self._rest.send(Kind.COMMENT, plain, number=number, only=COMMENT_FIELDS)


def _is_another(found: str, marker: str) -> bool:
    """Some plugins name things as they like, but none gives one the name of another."""
    return found.startswith("md-") and not found.startswith(marker)


def _batches(things: Sequence[str | int], number: int) -> Iterator[Sequence[str | int]]:
    return (things[at : at + number] for at in range(0, len(things), number))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
