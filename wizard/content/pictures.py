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
    "AVIF": ("image/avif", "avif"),
}
# Some WordPress or some browser does not take these.
_CONVERTED = ("image/bmp", "image/tiff", "image/avif")
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml)", re.IGNORECASE
)


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
    could not show them (BMP, TIFF, AVIF become JPEG or PNG). Raises PhotoMissing."""
    picture, image = _opened(data)
    if picture.mime not in _CONVERTED:
        return data, picture
    file = io.BytesIO()
    try:
        image = ImageOps.exif_transpose(image)
        # A drawing stays sharp as PNG; what has many colours was a photo.
        photo = image.mode in ("RGB", "CMYK", "YCbCr") and not image.getcolors(4096)
        if photo:
            image.convert("RGB").save(file, "JPEG", quality=92)
        else:
            image = image if image.mode in _PNG_MODES else image.convert("RGBA")
            image.save(file, "PNG")
    except (OSError, ValueError, MemoryError):
        raise PhotoMissing(
            "The photo cannot be made into one that WordPress takes.",
            "Open it in a picture program and save it as JPEG.",
        ) from None
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
    if _WEB_PAGE.match(data):
        raise PhotoMissing(
            "Instead of the photo there is only a web page.",
            "The old host had taken the photo down before it was saved.",
        )
    try:
        image = Image.open(io.BytesIO(data), formats=list(_FORMATS))
    except UnidentifiedImageError:
        raise PhotoMissing(
            "This is no picture that we know.",
            "Open it in a picture program and save it as JPEG.",
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels("It says that it is larger than any photo.") from None
    except Exception:
        raise _damaged(cut=False) from None
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_many_pixels(f"It is {width:,} × {height:,}.")
    # Many cameras write a JPEG that holds a second, smaller one: MPO.
    mime, extension = _FORMATS.get(image.format or "", _FORMATS["JPEG"])
    try:
        image.load()
    except MemoryError:
        raise _too_many_pixels(f"It is {width:,} × {height:,}.") from None
    except Exception as trouble:  # decoders fail in every way there is
        cut = "truncated" in str(trouble) or "broken" in str(trouble)
        raise _damaged(cut) from None
    return Picture(mime, extension, width, height), image


def _too_many_pixels(size: str) -> PhotoMissing:
    return PhotoMissing(
        "The photo has too many pixels.", f"{size} Save a smaller copy of it."
    )


def _damaged(cut: bool) -> PhotoMissing:
    return PhotoMissing(
        "The photo is cut off." if cut else "The photo is damaged.",
        "Its file cannot be read to the end. Is there another copy?",
    )
