"""Decoding with Pillow, in a process that may die of it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

# Named one by one, so that Pillow does not load its other forty (Ghostscript's is one).
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from wizard.content.pictures.converting import (
    THUMBNAIL,
    converted,
    drawn,
    fewer,
    thumbnail,
    upright,
)
from wizard.content.pictures.location import without_location
from wizard.content.pictures.strangers import damaged, what_it_is
from wizard.errors import PhotoMissing

MOST_PIXELS = 100_000_000
TOO_MANY = "The photo has too many pixels."
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_PLUGINS = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
_HEIF = re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL)
# WordPress shows these; some WordPress or some browser does not take the others.
_SHOWN = {
    "JPEG": "image/jpeg",
    # Many cameras write a JPEG that holds a second, smaller one.
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_ORIENTATION = 0x0112
_TURNED = range(2, 9)
_ON_ITS_SIDE = range(5, 9)


def fulfil(wish: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What `prepare` and `scaled` of this folder ask for; "missing": why not, in words."""
    work: Callable[..., tuple[dict[str, Any], list[bytes]]]
    work = _prepare if wish["job"] == "prepare" else _scale
    options = {name: value for name, value in wish.items() if name != "job"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return work(data, **options)
    except PhotoMissing as missing:
        return {"missing": [missing.title, missing.hint]}, []
    except MemoryError:
        hint = "It does not fit into memory. Save a smaller copy of it."
        return {"missing": [TOO_MANY, hint]}, []
    except Exception:  # of what a hostile file does to a decoder nobody has a list
        return {"missing": [damaged().title, damaged().hint]}, []


def _prepare(data: bytes, location: bool) -> tuple[dict[str, Any], list[bytes]]:
    picture = _Opened(data, fraction=THUMBNAIL * 2)
    new, mime = data, picture.mime
    # Of a GIF that was cut off Pillow cannot say whether it moves.
    moves = mime == "image/gif" or getattr(picture.image, "is_animated", False)
    if moves and mime and mime != "image/jpeg":
        picture.read_on(data)
    size = picture.size
    if not mime:
        new, mime, size = converted(picture.image, picture.orientation, location)
    elif not location:
        cleaned = without_location(data, mime)
        new = data if cleaned is None else cleaned
        if cleaned is not None and not _opens(cleaned):
            # Nobody's program writes such a file; what can be seen of it is drawn anew.
            whole = _Opened(data, fraction=max(size))
            new, mime, size = converted(whole.image, whole.orientation, location)
    about = {
        "mime": mime,
        "width": size[0],
        "height": size[1],
        "cut": picture.cut,
        "same": new is data,
    }
    return about, [
        b"" if new is data else new,
        thumbnail(picture.image, picture.orientation),
    ]


def _opens(data: bytes) -> bool:
    try:
        _Opened(data, fraction=THUMBNAIL)
    except PhotoMissing:
        return False
    return True


def _scale(
    data: bytes, width: int, height: int, cover: bool
) -> tuple[dict[str, Any], list[bytes]]:
    picture = _Opened(data, fraction=max(width, height))
    sideways = picture.orientation in _ON_ITS_SIDE
    box = (height, width) if sideways else (width, height)
    image = picture.image
    image = fewer(image, *box)
    if cover:
        image = ImageOps.fit(drawn(image), box, Image.Resampling.BILINEAR)
    else:
        image.thumbnail(box, Image.Resampling.BILINEAR)
        image = drawn(image)
    image = upright(image, picture.orientation).convert("RGBA")
    return {"width": image.width, "height": image.height}, [image.tobytes()]


class _Opened:
    """A picture of which every byte was decoded; raises PhotoMissing.

    ``fraction``: a JPEG need have no more pixels than that on a side; ``size`` is the
    whole picture's. ``cut``: the end of it is missing.
    """

    def __init__(self, data: bytes, fraction: int) -> None:
        self.cut = False
        try:
            self._read(data, fraction)
        except (MemoryError, PhotoMissing):
            raise
        except Exception as trouble:  # decoders fail in every way there is
            # Half a photo is more than none; Pillow gives it if it is told to.
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            try:
                self._read(data, fraction)
                something = _shows_something(self.image)
            except (MemoryError, PhotoMissing):
                raise
            except Exception:
                something = False
            finally:
                ImageFile.LOAD_TRUNCATED_IMAGES = False
            words = str(trouble)
            # Pillow also stumbles over too long a text beside a picture that is whole.
            self.cut = "too large" not in words and "Too much" not in words
            if not something:
                raise damaged("truncated" in words or "broken" in words) from None

    def read_on(self, data: bytes) -> None:
        """An animation is whole if its other frames are, as far as there is time and room
        to see: Pillow holds some of them at once, in full colour."""
        try:
            again = _open(data)
            frames = getattr(again, "n_frames", 1)
            if max(frames, 4) <= MOST_PIXELS // (again.width * again.height):
                for number in range(1, frames):
                    again.seek(number)
                    if again.size != self.size:
                        # Pillow would make room for all that such a frame claims to be.
                        raise ValueError("a frame beyond the picture's edges")
                    again.load()
        except MemoryError:
            raise
        except Exception:  # as above
            self.cut = True

    def _read(self, data: bytes, fraction: int) -> None:
        image = _open(data)
        self.size = image.size
        if image.width * image.height > MOST_PIXELS:
            raise PhotoMissing(
                TOO_MANY,
                f"It is {image.width:,} × {image.height:,}. Save a smaller copy of it.",
            )
        self.mime = _SHOWN.get(image.format or "", "")
        if self.mime == "image/jpeg":
            image.draft(None, (fraction, fraction))
        image.load()
        # Only now: some of Pillow's decoders turn the picture themselves.
        self.orientation = 1
        with suppress(Exception):  # what its camera noted may be garbage
            self.orientation = int(image.getexif().get(_ORIENTATION, 1))
        # WordPress knows how a JPEG is to be turned, and nothing else.
        turned = self.mime != "image/jpeg" and self.orientation in _TURNED
        if turned and getattr(image, "n_frames", 1) == 1:
            self.mime = ""
        self.image = image


def _shows_something(image: Image.Image) -> bool:
    """Where nothing was decoded, all is of one colour: black, or a JPEG's grey."""
    bands = image.split() if len(image.getbands()) > 1 else (image,)
    return any(low != high for low, high in (band.getextrema() for band in bands))


def _open(data: bytes) -> Image.Image:
    formats = list(_FORMATS)
    if _HEIF.match(data):
        import pillow_heif

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener()
        formats = ["HEIF", "AVIF"]
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except UnidentifiedImageError:
        pass
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoMissing(
            TOO_MANY, "It says that it is larger than any photo. Save a smaller copy."
        ) from None
    raise what_it_is(data)
