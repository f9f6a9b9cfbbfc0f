"""A blog to measure with: so many posts, each with a photo of about 200 kB."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from PIL import Image

from wizard.blog import Blog, Comment, Photo, Post
from wizard.credentials import Field

_WORDS = ("the", "old", "house", "by", "a", "river", "where", "summer", "rain", "fell")


class MadeBlog:
    """A source with ``posts`` posts, a photo and two comments each, out of thin air."""

    name = "made"
    title = "A blog made for measuring"
    fields: tuple[Field, ...] = ()

    def __init__(self, posts: int, seed: int = 0) -> None:
        self._posts = posts
        self._seed = seed
        self._noise = random.Random(seed)
        self._picture = _picture(seed)

    def blog(self) -> Blog:
        return Blog(f"made-{self._seed}", "Measured", self.name, time_zone="UTC")

    def posts(self) -> Iterator[Post]:
        for number in range(self._posts):
            yield self._post(number)

    def read(self, photo: Photo) -> bytes:
        # A comment after the end of a JPEG makes equal pictures different files.
        return self._picture + photo.address.encode()

    def _post(self, number: int) -> Post:
        date = datetime(2006, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        words = random.Random(number)
        text = "".join(
            f"<p>{' '.join(words.choices(_WORDS, k=60))}</p>" for _ in range(8)
        )
        name = f"img/{self._seed}-{number}.jpg"
        return Post(
            key=f"{number}",
            title=f"Day {number}",
            html=f'{text}<p><img src="{name}" alt="A day"></p>',
            date=date,
            categories=("Days",),
            comments=tuple(
                Comment(
                    key=f"{number}-{who}",
                    author=f"Reader {who}",
                    email=f"reader{who}@example.test",
                    html=f"<p>{' '.join(words.choices(_WORDS, k=30))} {number}</p>",
                    date=date + timedelta(hours=who),
                )
                for who in (1, 2)
            ),
            photos=(Photo(name, found=True, names=(name,), alt="A day"),),
        )


def _picture(seed: int) -> bytes:
    """A JPEG of 1200 × 900 pixels and about 200 kB."""
    low = Image.effect_noise((150, 112), 70 + seed % 7)
    image = Image.merge("RGB", (low, low.rotate(90).resize(low.size), low.rotate(180)))
    data = io.BytesIO()
    image.resize((1200, 900), Image.Resampling.BICUBIC).save(data, "JPEG", quality=80)
    return data.getvalue()


if __name__ == "__main__":
    print(len(_picture(0)))
