"""Fitting: a post made so that any WordPress can take it, with a note on each change.

Nothing is lost on the way: what is too long for its place goes on in the text.
"""

from __future__ import annotations

import html as references
import re
from collections.abc import Iterator
from dataclasses import replace

from wizard.blog import BELOW, Blog, Comment, Photo, Post
from wizard.content import markup
from wizard.content.cleaning import LARGEST, clean_comment, plain_text
from wizard.content.letters import Letters
from wizard.content.looks import told_of_looks
from wizard.content.made_there import told_of_made
from wizard.content.unseen import told_of_drawn, told_of_unseen
from wizard.content.unsorted import without_unsorted

LONGEST_TITLE = 500
LONGEST_NAME = 200
# In bytes, as WordPress counts; each a little less than its column holds.
LONGEST_AUTHOR = 240
LONGEST_EMAIL = 100
LONGEST_LINK = 200
LONGEST_COMMENT = 65_000
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")
_GARBLED = "Some letters look garbled"


def fit(post: Post) -> Post:
    """The same post, fit to be sent; its keys stay. What is fit already stays as it is."""
    letters, notes = Letters(), list(post.notes)
    post = replace(post, html=letters.text(post.html))
    title, rest = _title(post, letters, notes)
    comments = tuple(
        part for comment in post.comments for part in _comment(comment, letters, notes)
    )
    photos = tuple(_photo(photo, letters) for photo in post.photos)
    fitted = replace(
        post,
        title=title,
        html=rest + post.html,
        slug=letters.name(post.slug),
        author=letters.name(post.author),
        excerpt=_excerpt(letters.text(post.excerpt), notes),
        categories=without_unsorted(_names(post.categories, letters, notes)),
        tags=_names(post.tags, letters, notes),
        comments=comments,
        photos=photos,
        notes=(),
    )
    notes += told_of_unseen(fitted.html)
    notes += told_of_drawn(fitted.html)
    notes += told_of_made(fitted.html)
    notes += told_of_looks(fitted.html)
    notes += _told(letters)
    return replace(fitted, notes=tuple(dict.fromkeys(notes)))


def fit_tree(blog: Blog) -> Blog:
    """The same blog, with its categories called as `fit` calls them in its posts."""

    def fitted(name: str) -> str:
        return _fit_name(Letters().name(name))

    pairs = ((fitted(low), fitted(high)) for low, high in blog.parents)
    return replace(
        blog, parents=tuple((low, high) for low, high in pairs if low and high)
    )


def is_garbled(post: Post) -> bool:
    """Whether `fit` found letters in it that were read in the wrong alphabet."""
    return any(note.startswith(_GARBLED) for note in post.notes)


def _title(post: Post, letters: Letters, notes: list[str]) -> tuple[str, str]:
    """The title, and what of it has to stand before the text."""
    title = letters.name(post.title)
    if len(title) > LONGEST_TITLE:
        kept = _cut(title, LONGEST_TITLE - 2)
        rest = title[len(kept) :].strip()
        notes.append("The title was very long: its end now begins the text.")
        return f"{kept} …", f"<p>… {references.escape(rest)}</p>"
    if not title and post.date and not post.photos and not plain_text(post.html, 1):
        title = f"{post.date:%Y-%m-%d}"
        notes.append("It was empty and had no title: its date stands there now.")
    return title, ""


def _names(
    names: tuple[str, ...], letters: Letters, notes: list[str]
) -> tuple[str, ...]:
    """Of categories or tags, each once and none empty."""
    fitted: dict[str, None] = {}
    for name in map(letters.name, names):
        short = _fit_name(name)
        if short != name:
            notes.append(f"A category or tag was too long a name: it is now “{short}”.")
        if short:
            fitted[short] = None
    return tuple(fitted)


def _fit_name(name: str) -> str:
    """The name, or each on its way, no longer than WordPress takes it."""
    parts = name.split(BELOW)
    for number, part in enumerate(parts):
        while len(references.escape(part, quote=False)) > LONGEST_NAME:
            part = part[:-2].rstrip("… ") + "…"
        parts[number] = part
    return BELOW.join(parts)


def _excerpt(excerpt: str, notes: list[str]) -> str:
    if len(excerpt.encode()) <= LONGEST_COMMENT:
        return excerpt
    notes.append("Its excerpt was as long as a post: WordPress makes a new one.")
    return ""


def _photo(photo: Photo, letters: Letters) -> Photo:
    """Its address is how the source finds it, its names are how the text finds it."""
    return replace(
        photo,
        alt=letters.text(photo.alt),
        caption=letters.text(photo.caption),
        names=tuple(map(Letters().text, photo.names)),
    )


def _comment(comment: Comment, letters: Letters, notes: list[str]) -> Iterator[Comment]:
    """The comment, or the parts of one that is longer than WordPress takes."""
    author, email = letters.name(comment.author), letters.name(comment.email)
    url = letters.name(markup.address(comment.url, picture=True))
    if url and not url.startswith(("http:", "https:", "//")):
        url = f"http://{url}"
    short = _cut_bytes(author, LONGEST_AUTHOR)
    if short != author:
        notes.append(f"A reader's name was too long: it is now “{short}”.")
    if email and not (_EMAIL.fullmatch(email) and len(email) <= LONGEST_EMAIL):
        notes.append("A reader's e-mail address was none, and stays behind.")
        email = ""
    if comment.url.strip() and not (url and len(url.encode()) <= LONGEST_LINK):
        notes.append("The web address of a reader could not be one, and stays behind.")
        url = ""
    fitted = replace(
        comment, author=short, email=email, url=url, html=letters.text(comment.html)
    )
    parts = list(_parts(fitted.html))
    if len(parts) > 1:
        notes.append(
            f"A comment by {short or 'somebody'} is longer than WordPress takes: "
            f"it arrives in {len(parts)} parts."
        )
    for number, html in enumerate(parts, 1):
        key = comment.key if number == 1 else f"{comment.key}/{number}"
        yield replace(fitted, key=key, html=html)


def _parts(html: str) -> Iterator[str]:
    """``html`` as it is, or the words of it in pieces that fit."""
    # A bracket becomes five bytes, no character more than twelve.
    if len(html) * 12 <= LONGEST_COMMENT or len(html) > LARGEST:
        yield html
        return
    clean = clean_comment(html)
    if len(clean.encode()) <= LONGEST_COMMENT:
        yield html
        return
    words = references.unescape(_TAG.sub("", clean)).strip()
    while words:
        room = LONGEST_COMMENT
        html = _as_html(_cut(words, room))
        while len(clean_comment(html).encode()) > LONGEST_COMMENT:
            room = room * 3 // 4
            html = _as_html(_cut(words, room))
        words = words[len(_cut(words, room)) :].strip()
        yield html


def _as_html(words: str) -> str:
    return references.escape(words.strip(), quote=False).replace("\n", "<br>")


def _cut(text: str, most: int) -> str:
    """The beginning of ``text``, to the end of a word if there is one in reach."""
    if len(text) <= most:
        return text
    space = max(text.rfind(" ", most // 2, most), text.rfind("\n", most // 2, most))
    return text[: space if space > 0 else most]


def _cut_bytes(text: str, most: int) -> str:
    """``text``, or as much of it as has room when it is written as HTML."""
    short = text
    while len(references.escape(short, quote=False).encode()) > most:
        short = short[:-2].rstrip("… ") + "…"
    return short


def _told(letters: Letters) -> Iterator[str]:
    if letters.removed:
        yield (
            "Invisible characters that no page can show, or that turn the writing "
            f"around, were taken out: {letters.removed:,}."
        )
    if letters.damaged:
        yield f"Characters that had been cut in half show as �: {letters.damaged:,}."
    if letters.garbled:
        written, meant = letters.garbled
        yield (
            f"{_GARBLED}, such as “{written}”, which may have been "
            f"“{meant}”. They arrive as they are."
        )
