"""A WordPress site as the new home, over its REST interface."""

from __future__ import annotations

import html

from wizard.credentials import Field, Secret
from wizard.destinations import (
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
from wizard.destinations.wordpress.answers import gone, other_thing, settled
from wizard.destinations.wordpress.discovery import account, vouched
from wizard.destinations.wordpress.making import Making
from wizard.destinations.wordpress.people import who_may_write
from wizard.destinations.wordpress.rest import Rest
from wizard.destinations.wordpress.values import (
    COMMENT_FIELDS,
    POST_FIELDS,
    SAID,
    remote_from,
    said,
    zone_from,
)
from wizard.errors import NotAllowed

# What it takes to be shown all posts and pages, those of others and unpublished ones, too.
_TO_SEE_ALL = {
    *("edit_others_posts", "read_private_posts"),
    *("edit_pages", "edit_others_pages", "read_private_pages"),
}


class WordPress(Making):
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
        self._for_others = "edit_others_posts" in may
        self._sees_users = "list_users" in may
        self._sees_all = may >= _TO_SEE_ALL
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
        )

    def people(self) -> tuple[Person, ...]:
        if not self._for_others:
            return ()
        return who_may_write(
            self._rest.root(), self._rest.session, in_full=self._sees_users
        )

    # Making

    def create(self, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return self._create_term(thing)
        if isinstance(thing, NewPhoto):
            return self._upload(thing, marker)
        if isinstance(thing, NewComment):
            return self._add_comment(thing, marker)
        fields = self._fields(thing) | {"slug": marker, "status": "draft"}
        row = self._send(Kind.POST, fields, only=POST_FIELDS)
        if not str(row.get("slug")).startswith(marker):
            raise other_thing()
        return remote_from(Kind.POST, row)

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return remote
        if isinstance(thing, NewPhoto):
            return self._describe(remote, thing)
        if isinstance(thing, NewComment):
            return self._change_comment(remote, thing, marker)
        fields = self._fields(thing) | {"slug": thing.slug, "status": thing.status}
        row = self._send(Kind.POST, fields, number=remote.id, only=POST_FIELDS)
        if not thing.slug.startswith(marker) and row["slug"].startswith(marker):
            raise other_thing()  # the post as it was before
        return remote_from(Kind.POST, self._believed(thing, row, POST_FIELDS))

    def rewrite(
        self, remote: Remote, thing: NewPost | NewComment, marker: str
    ) -> Remote:
        if isinstance(thing, NewComment):
            return self._change_comment(remote, thing, marker, SAID)
        # Without a word about categories a post that has none gets the usual one.
        fields = {"content": thing.html, "categories": list(thing.categories)}
        only = POST_FIELDS
        row = self._rest.send(Kind.POST, fields, number=remote.id, only=only)
        return remote_from(Kind.POST, self._believed(thing, row, only))

    def hold(self, remote: Remote, marker: str) -> Remote:
        fields = said(marker) | {"status": "hold"}
        only = COMMENT_FIELDS
        row = self._send(Kind.COMMENT, fields, number=remote.id, only=only)
        return remote_from(Kind.COMMENT, row)

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
