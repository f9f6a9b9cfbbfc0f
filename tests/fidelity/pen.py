"""The pen that writes one post of a generated blog: its words, its pictures, its links."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as some
from PIL import Image

from tests.fidelity.old import Leads
from tests.fidelity.words import plain_sentence, sentence, sentence_to_the_left

Any_ = TypeVar("Any_")
# Hosts of old blogs and of their pictures, all gone.
LOST = (
    "http://tkfiles.storage.msn.com/x1pWq8LrT0vKZ3mYd7-{}",
    "http://blufiles.storage.live.com/y1pd{}/thumb.jpg",
    "http://byfiles.storage.msn.com/y1p{}?PARTNER=WRITER",
)


class Pen:
    """``number``: of the post, ``count``: of all posts. ``address``: gives one of the
    ways to write a link to a post; ``pictures``: by file name, as they were drawn."""

    def __init__(
        self,
        draw: Callable[[some.SearchStrategy[Any]], Any],
        number: int,
        addresses: Sequence[tuple[str, Leads]],
    ) -> None:
        self.draw = draw
        self.number = number
        self.pictures: dict[str, bytes] = {}
        self.links: dict[str, Leads] = {}
        self._addresses = addresses

    def one_of(self, things: Sequence[Any_]) -> Any_:
        return self.draw(some.sampled_from(things))

    def say(self, most: int = 9) -> str:
        """Words as HTML."""
        return html.escape(self.draw(sentence(most)), quote=False)

    def say_plainly(self) -> str:
        return html.escape(self.draw(plain_sentence()), quote=False)

    def say_to_the_left(self) -> str:
        return self.draw(sentence_to_the_left())

    def file(self, width: int = 0, height: int = 0) -> str:
        """The name of a new picture that no other looks like."""
        kind = self.one_of(("jpg", "png", "jpg", "gif"))
        width = width or self.one_of((120, 320, 500, 640, 1200))
        height = height or width * self.one_of((2, 3, 4)) // 4
        place = len(self.pictures)
        said = self.one_of(("", " two words", "图", "(1)", "_&"))
        name = f"img/{self.number:03}-{place}{said}.{kind}"
        code = self.number * 37 + place * 11
        colour = (code % 251, code * 7 % 241, code * 13 % 239)
        picture = Image.new("RGB", (width, height), colour)
        picture.paste(tuple(255 - each for each in colour), (8, 8, 24, 24))
        self.pictures[name] = written(picture, kind)
        return name

    def small_of(self, name: str) -> str:
        """The name of a thumbnail of this picture."""
        picture = Image.open(io.BytesIO(self.pictures[name])).convert("RGB")
        picture.thumbnail((96, 96))
        small = f"{name.rpartition('.')[0]}_small.jpg"
        self.pictures[small] = written(picture, "jpg")
        return small

    def document(self) -> str:
        """The name of a document, which has only its name and its bytes."""
        name = f"files/{self.number:03} & {len(self.pictures)}.pdf"
        self.pictures[name] = f"%PDF-1.4\n{name}\n%%EOF\n".encode()
        return name

    def link(self) -> str:
        """An address of another post, as it stands in HTML."""
        href, leads = self.one_of(self._addresses)
        self.links[href] = leads
        return html.escape(href)

    def lost(self) -> str:
        return self.one_of(LOST).format(
            f"{self.number}-{self.draw(some.integers(1, 999))}"
        )


def written(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, {"jpg": "JPEG", "png": "PNG", "gif": "GIF"}[kind])
    return out.getvalue()
