"""A WordPress site as the new home, over its REST interface."""

from __future__ import annotations

import hashlib
import html
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from wizard.credentials import Field, Secret
from wizard.destinations import (
    NEW,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Person,
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
from wizard.destinations.wordpress.discovery import Root, account, vouched
from wizard.destinations.wordpress.looking import Looking, folded
from wizard.destinations.wordpress.people import people
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
    remote_from,
    zone_from,
)
from wizard.errors import Ambiguous, MoveError, NotAllowed, Refused

# Many servers take no address of more than 8,000 characters.
_LONGEST_QUERY = 4000


class WordPress(Looking):
    """One site and one account there. See `wizard.destinations.Destination`."""

    name = "wordpress"
    title = "A WordPress blog"
    shared = True
    keeps_ids = True
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
        super().__init__(Rest(self.address, self.user, password))
        self._email_required = False
        self._for_others = False

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
            time_zone=zone_from(
                root.facts.get("timezone_string"), root.facts.get("gmt_offset")
            ),
            warnings=tuple(warnings),
            people=self._others(root, may),
        )

    def _others(self, root: Root, may: set[str]) -> tuple[Person, ...]:
        self._for_others = "edit_others_posts" in may
        if not self._for_others:
            return ()
        return people(root, self._rest.session, in_full="list_users" in may)

    # Making

    def create(self, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return self._create_term(thing)
        if isinstance(thing, NewPhoto):
            return self._upload(thing, marker)
        if isinstance(thing, NewComment):
            return self._add_comment(thing, marker)
        fields = self._fields(thing) | {"slug": marker, "status": "draft"}
        row = self._rest.send(Kind.POST, fields, only=POST_FIELDS)
        if not str(row.get("slug")).startswith(marker):
            raise other_thing()
        return remote_from(Kind.POST, row)

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return remote
        if isinstance(thing, NewPost):
            fields = self._fields(thing) | {"slug": thing.slug, "status": thing.status}
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

    def rewrite(self, remote: Remote, html: str) -> None:
        fields = {"content": html}
        self._rest.send(Kind.POST, fields, number=remote.id, only="id")

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

    def _fields(self, post: NewPost) -> dict[str, Any]:
        return post_fields(post, for_others=self._for_others)

    def _create_term(self, term: NewTerm) -> Remote:
        # WordPress does not recognise a name with a backslash in it and doubles it.
        if "\\" in term.name and (found := self.find_terms(term.kind, term.name)):
            return found[0]
        url, query = self._rest.place(term.kind)
        query["_fields"] = TERM_FIELDS
        fields: dict[str, object] = {"name": as_html(term.name)}
        if term.parent:
            fields["parent"] = term.parent
        answer = self._rest.session.send("POST", url, params=query, json=fields)
        if status_of(answer) == 400 and answer.json().get("code") == "term_exists":
            return Remote(term.kind, int(answer.json()["data"]["term_id"]))
        made = remote_from(term.kind, row := one(answer))
        if folded(html.unescape(str(row.get("name")))) != folded(term.name):
            # Tidied up on arrival, or an answer about another term.
            made = next(iter(self.find_terms(term.kind, term.name)), made)
        return replace(made, status=NEW)

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
