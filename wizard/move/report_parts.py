"""What the report says of one post: its new place, its photos, its comments, what failed."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import unquote

from wizard.blog import Post
from wizard.destinations import Kind
from wizard.move.discretion import discreet, plain, web_address
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.plan import many
from wizard.move.receipt import Group, Item

IN_WORDS = {
    State.SENT: ("good", "sent"),
    State.REFUSED: ("bad", "refused"),
    State.LEFT_OUT: ("quiet", "left out"),
    State.WAITING: ("quiet", "still to go"),
}
# At the top of the page, where they are only a summary, a post gives so many reasons.
_REASONS = 5


class Thumbnails:
    """The small pictures of photos, until the page has so many that it cannot be mailed
    any more. ``full``: some did not fit."""

    def __init__(self, move: Move, most: int = 8_000_000) -> None:
        self._move = move
        self._left = most
        self.full = False

    def of(self, photo: Item) -> str:
        """The picture as HTML, or "" if there is none."""
        jpeg = self._move.thumbnail(photo.marker) if photo.marker else b""
        if len(jpeg) > self._left:
            self.full = True
        if not jpeg or self.full:
            return ""
        self._left -= len(jpeg)
        name = escape(plain(photo.name))
        data = b64encode(jpeg).decode()
        return f'<img src="data:image/jpeg;base64,{data}" alt="{name}">'


def shown(text: str) -> str:
    """The text as it may stand in HTML, in its own direction of writing."""
    return f"<bdi>{escape(plain(text))}</bdi>"


def linked(text: str, address: str) -> str:
    """The text (HTML) as a link, if the address is one of the web."""
    address = web_address(address)
    if not address:
        return text
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{text}</a>'


def title(item: Item) -> str:
    return shown(item.name) if plain(item.name) else "(no title)"


def day(item: Item) -> str:
    return f"<time>{escape(plain(item.date[:10]))}</time>"


def looks(group: Group, number: int, site: str) -> str:
    """The post and the reasons why it needs a look; "" if there are none."""
    post, *along = (discreet(item, site) for item in group.items)
    reasons = [_reason(item) for item in (post, *along) if _deserves_a_look(item)]
    if not reasons:
        return ""
    if post.gone or post.state is State.REFUSED:
        # That its photos and comments are not there either follows from it.
        reasons = reasons[:1]
    more = len(reasons) - _REASONS
    if more > 1:
        reasons[_REASONS:] = [f"and {more:,} more, see below"]
    told = "".join(f"<li>{reason}</li>" for reason in reasons)
    return (
        f'<li><a href="#p{number}">{title(post)}</a> {day(post)}<ul>{told}</ul></li>\n'
    )


def term_looks(group: Group) -> list[str]:
    """The categories and tags that need a look."""
    return [
        f"<li>{item.kind.capitalize()} {title(item)}<ul><li>{shown(item.why)}</li></ul>"
        "</li>\n"
        for item in (discreet(item, "") for item in group.items)
        if _deserves_a_look(item)
    ]


def ending(item: Item) -> str:
    """How this item ended, in words and in their colour."""
    tone, word = IN_WORDS[item.state]
    by = f" by {item.by}" if item.by else ""
    words = item.why or item.note
    why = f": {shown(words)}" if words else ""
    return f"<span class={tone}>{word}{by}{why}</span>"


def details(
    group: Group, number: int, site: str, pictures: Thumbnails, *, open_: bool
) -> Iterator[str]:
    """One post that can be opened: on its line the sum, in it every detail."""
    assert group.post
    post, *along = (discreet(item, site) for item in group.items)
    photos = [item for item in along if item.kind is Kind.PHOTO]
    comments = [item for item in along if item.kind is Kind.COMMENT]
    tone, word = _end(post, along)
    sums = " · ".join(filter(None, map(_share, (photos, comments))))
    there = post.remote.address if post.remote else ""
    new = linked("open", there) if web_address(there) else ""
    yield (
        f'<div class=post id="p{number}"><details{" open" if open_ else ""}><summary>'
        f"{day(post)} <b>{title(post)}</b> <span class=sums>{sums}</span> "
        f"<span class={tone}>{word}</span></summary>\n<div class=inside>"
    )
    yield from _about(group.post, post, there, group.links)
    yield from _photos(photos, pictures)
    yield from _comments(comments)
    yield f"</div></details><span class=new>{new}</span></div>\n"


def _deserves_a_look(item: Item) -> bool:
    sent = item.state is State.SENT
    return item.gone or item.state is State.REFUSED or bool(sent and item.why)


def _reason(item: Item) -> str:
    """What happened to this item, as HTML."""
    why = shown(item.why)
    if item.kind is Kind.POST:
        return why
    if item.kind is Kind.PHOTO:
        # Reasons of the old blog name the photo themselves.
        named = item.key and item.key in item.why
        name = f"Photo {_called(item)}" if item.public else "A photo"
        return why if named else f"{name}: {why}"
    if not item.public:
        return f"A comment: {why}"
    return f"Comment by {shown(item.name)}: {why}"


def _called(photo: Item) -> str:
    """Where a photo lived; of one that arrived the name of its file is enough."""
    name = photo.home
    if photo.state is State.SENT:
        name = name.split("?")[0].rstrip("/").rpartition("/")[2] or name
    return f"<code>{shown(name)}</code>"


def _end(post: Item, along: Sequence[Item]) -> tuple[str, str]:
    """Tone and words for how a post ended with all that belongs to it."""
    if post.state is State.SENT:
        if any(item.state is State.REFUSED or item.gone for item in along):
            return "fair", "sent, not all of it"
        if any(map(_deserves_a_look, (post, *along))):
            return "fair", "sent, have a look"
        if any(item.state is State.WAITING for item in along):
            return "quiet", "sent, some still to go"
    return IN_WORDS[post.state]


def _share(items: Sequence[Item]) -> str:
    """Such as "3 photos" or "2 of 3 photos"; "" if there are none."""
    if not items:
        return ""
    ends = Counter(item.state for item in items)
    total = many(len(items), items[0].kind)
    if ends[State.LEFT_OUT] == len(items):
        return f"{total} left out"
    whole = len(items) in (ends[State.SENT], ends[State.WAITING])
    return total if whole else f"{ends[State.SENT]:,} of {total}"


def _about(
    source: Post, post: Item, there: str, links: Sequence[Left]
) -> Iterator[str]:
    told: list[tuple[str, str]] = []
    if post.why:
        told.append(("Outcome", ending(post)))
    for name, address in (("New place", there), ("Old place", post.home)):
        if web_address(address):
            # Addresses in other alphabets are written so that they can be read.
            told.append((name, linked(shown(unquote(web_address(address))), address)))
    told.append(("Key", f"<code>{shown(post.key)}</code>"))
    if source.comments_elsewhere:
        more = many(source.comments_elsewhere, "more comment")
        told.append(
            ("Not in the sums", f"{more} at the old blog, not in what you opened")
        )
    for name, some in (
        ("Links to the old blog", [link.href for link in links if not link.kept]),
        ("Links to mend by hand", [link.href for link in links if link.kept]),
    ):
        if some:
            told.append((name, _links(some if post.public else (), some)))
    if post.public:
        told.extend(("Please note", shown(note)) for note in source.notes)
    yield "<dl>"
    yield from (f"<dt>{name}</dt><dd>{words}</dd>" for name, words in told)
    yield "</dl>\n"


def _links(told: Sequence[str], links: Sequence[str]) -> str:
    """Some of these links, or how many they are."""
    if not told:
        return many(len(links), "link")
    names = [linked(f"<code>{shown(link)}</code>", link) for link in told[:_REASONS]]
    more = len(told) - len(names)
    return ", ".join([*names, *([f"{more:,} more"] if more else [])])


def _photos(photos: Sequence[Item], pictures: Thumbnails) -> Iterator[str]:
    if not photos:
        return
    yield "<ul class=photos>"
    for number, photo in enumerate(photos, 1):
        name = _called(photo) if photo.public else f"Photo {number}"
        there = photo.remote.address if photo.remote else ""
        link = linked(f"{pictures.of(photo)}{name}", there)
        if photo.key and photo.key in photo.why:
            link = ""  # the reason names it
        wide = " class=wide" if photo.why else ""
        yield f"<li{wide}>{link} {ending(photo)}</li>\n"
    yield "</ul>\n"


def _comments(comments: Sequence[Item]) -> Iterator[str]:
    """How many ended how; one by one only those that did not arrive."""
    if not comments:
        return
    ends = Counter((item.state, item.by) for item in comments)
    told = [
        f"{number:,} {IN_WORDS[state][1]}{f' by {by}' if by else ''}"
        for (state, by), number in ends.items()
    ]
    yield f"<p>{many(len(comments), 'comment')}: {', '.join(told)}.</p>\n"
    failed = [item for item in comments if _deserves_a_look(item)]
    if failed:
        yield "<ul>"
        yield from (f"<li>{day(each)} {_reason(each)}</li>\n" for each in failed)
        yield "</ul>\n"
