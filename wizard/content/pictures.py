"""Pictures: checked by really decoding them, and made fit for a WordPress that shows them."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from PIL import Image, ImageOps, UnidentifiedImageError

from wizard.errors import PhotoMissing

MOST_BYTES = 64 * 2**20
MOST_PIXELS = 100_000_000
_FORMATS = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
    "BMP": ("image/bmp", "bmp"),
    "TIFF": ("image/tiff", "tif"),
}
# WordPress refuses these or browsers do not show them.
_CONVERTED = ("BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class Picture:
    """What the bytes of a picture really are; ``width`` and ``height`` in pixels."""

    mime: str
    extension: str
    width: int
    height: int


def examine(data: bytes) -> Picture:
    """Decode every pixel of it; raises PhotoMissing, in words, if that fails."""
    return _opened(data)[0]


def prepare(data: bytes) -> tuple[bytes, Picture]:
    """The bytes to be uploaded and what they are: the very same bytes, unless WordPress
    could not show them (BMP, TIFF become PNG or JPEG). Raises PhotoMissing."""
    picture, image = _opened(data)
    if picture.mime not in [_FORMATS[name][0] for name in _CONVERTED]:
        return data, picture
    image = ImageOps.exif_transpose(image)
    # A drawing stays sharp as PNG; what has many colours was a photo.
    photo = image.mode not in ("1", "L", "P") and not image.getcolors(4096)
    file = io.BytesIO()
    if photo and "A" not in image.mode:
        image.convert("RGB").save(file, "JPEG", quality=92)
    else:
        mode = image.mode if image.mode in ("1", "L", "P", "RGBA") else "RGB"
        image.convert(mode).save(file, "PNG")
    return file.getvalue(), examine(file.getvalue())


def file_name(wanted: str, picture: Picture, distinct: str) -> str:
    """An ASCII name for the upload, from its old address, with the extension its bytes
    deserve; ``distinct`` keeps two uploads from ever sharing a name."""
    last = re.split(r"[/\\]", unquote(wanted.split("?")[0].split("#")[0]))[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{2,4}$", "", last)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()
    # The old host's picture names are a hundred random letters: no name at all.
    short = words[:40].strip("-") if len(words) <= 80 else ""
    return f"{short or 'photo'}-{distinct}.{picture.extension}"


def _opened(data: bytes) -> tuple[Picture, Image.Image]:
    if not data:
        raise PhotoMissing("The photo's file is empty.", "It holds not a single byte.")
    if len(data) > MOST_BYTES:
        raise PhotoMissing(
            "The photo's file is too large to be a photo.",
            f"It has {len(data) / 2**20:.0f} MB. Save a smaller copy of it.",
        )
    if data[:512].lstrip()[:9].lower().startswith((b"<!doctype", b"<html", b"<head")):
        raise PhotoMissing(
            "Instead of the photo there is only a web page.",
            "The old host had taken the photo down before it was saved.",
        )
    try:
        image = Image.open(io.BytesIO(data), formats=list(_FORMATS))
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise PhotoMissing(
                "The photo has too many pixels.",
                f"It is {width:,} × {height:,}. Save a smaller copy of it.",
            )
        mime, extension = _FORMATS[image.format or ""]
        image.load()
    except UnidentifiedImageError:
        raise PhotoMissing(
            "This is no picture that we know.",
            "Open it in a picture program and save it as JPEG.",
        ) from None
    except (OSError, ValueError, SyntaxError, KeyError, IndexError) as trouble:
        cut = "truncated" in str(trouble) or "broken" in str(trouble)
        raise PhotoMissing(
            "The photo is cut off." if cut else "The photo is damaged.",
            "Its file cannot be read to the end. Is there another copy?",
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PhotoMissing(
            "The photo has too many pixels.", "Save a smaller copy of it."
        ) from None
    return Picture(mime, extension, width, height), image
