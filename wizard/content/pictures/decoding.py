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
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from wizard.content.pictures.location import without_location
from wizard.errors import PhotoMissing

MOST_PIXELS = 100_000_000
TOO_MANY = "The photo has too many pixels."
THUMBNAIL, THUMBNAIL_BYTES = 96, 4096
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
_ORIENTATION, _DATE, _CAMERA, _GPS = (
    0x0112,
    (0x0132, 0x9003, 0x9004),
    (271, 272),
    0x8825,
)
_TURNED = range(2, 9)
_ON_ITS_SIDE = range(5, 9)
_OTHER_THINGS = (
    (rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*"
     rb"<svg\b", "SVG drawing"),
    (rb"%PDF", "PDF document"),
    (rb"....ftyp|RIFF....AVI |\x1aE\xdf\xa3|FLV|\x30\x26\xb2\x75|....moov", "film"),
    (rb"ID3|RIFF....WAVE|OggS|fLaC", "piece of music"),
)  # fmt: skip
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|II\*\0|MM\0\*", re.S)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml|!--)", re.IGNORECASE
)


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
        return {"missing": [TOO_MANY, "It does not fit into memory."]}, []


def _prepare(data: bytes, location: bool) -> tuple[dict[str, Any], list[bytes]]:
    picture = _Opened(data, fraction=THUMBNAIL * 2)
    new, mime = data, picture.mime
    size = picture.size
    located = False
    if not mime:
        new, mime, size = _converted(picture, location)
    elif not location:
        cleaned = without_location(data, mime)
        located = cleaned is not None
        new = data if cleaned is None else cleaned
    about = {
        "mime": mime,
        "width": size[0],
        "height": size[1],
        "cut": picture.cut,
        "located": located,
        "same": new is data,
    }
    return about, [b"" if new is data else new, _thumbnail(picture)]


def _scale(
    data: bytes, width: int, height: int, cover: bool
) -> tuple[dict[str, Any], list[bytes]]:
    picture = _Opened(data, fraction=max(width, height))
    sideways = picture.orientation in _ON_ITS_SIDE
    box = (height, width) if sideways else (width, height)
    image = picture.image
    image = _fewer(image, *box)
    if cover:
        image = ImageOps.fit(_drawn(image), box, Image.Resampling.BILINEAR)
    else:
        image.thumbnail(box, Image.Resampling.BILINEAR)
        image = _drawn(image)
    image = _upright(image, picture.orientation).convert("RGBA")
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
                raise _damaged("truncated" in words or "broken" in words) from None

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


def _damaged(cut: bool = False) -> PhotoMissing:
    return PhotoMissing(
        "The photo is cut off." if cut else "The photo is damaged.",
        "Its file cannot be read. Is there another copy?",
    )


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
            TOO_MANY, "It says that it is larger than any photo."
        ) from None
    for pattern, name in _OTHER_THINGS:
        if re.match(pattern, data[:5000], re.DOTALL | re.IGNORECASE):
            raise PhotoMissing(
                f"This is no photo but a {name}.",
                "It stays where it is; upload it yourself if the new blog is to have it.",
            )
    if _WEB_PAGE.match(data):
        raise PhotoMissing(
            "Instead of the photo there is only a web page.",
            "The old host had taken the photo down before it was saved.",
        )
    if _PICTURE.match(data):
        raise _damaged()
    raise PhotoMissing(
        "This is no picture that we know.",
        "Open it in a picture program and save it as JPEG.",
    )


def _converted(picture: _Opened, location: bool) -> tuple[bytes, str, tuple[int, int]]:
    """As JPEG or PNG, upright, in the colours that every screen has."""
    try:
        image, exif = picture.image, _exif(picture.image, location)
        # A drawing stays sharp as PNG; what has many colours was a photo.
        has_colours = image.mode in ("RGB", "CMYK", "YCbCr", "LAB")
        photo = has_colours and not image.getcolors(4096) and image.format != "PNG"
        image = _upright(_in_usual_colours(image), picture.orientation)
        file = io.BytesIO()
        if photo:
            image.save(file, "JPEG", quality=92, exif=exif)
        else:
            image.save(file, "PNG", exif=exif)
    except (OSError, ValueError):
        raise PhotoMissing(
            "The photo cannot be made into one that WordPress takes.",
            "Open it in a picture program and save it as JPEG.",
        ) from None
    return file.getvalue(), "image/jpeg" if photo else "image/png", image.size


def _in_usual_colours(image: Image.Image) -> Image.Image:
    """In sRGB, whatever colours its maker meant; 16 bits of grey stay what they are."""
    profile: Any = image.info.get("icc_profile")
    if image.mode == "LAB":
        profile = ImageCms.createProfile("LAB")
    elif profile and image.mode in ("L", "RGB", "RGBA", "CMYK"):
        profile = io.BytesIO(profile)
    else:
        profile = None
    if profile:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            image = ImageCms.profileToProfile(
                image, profile, ImageCms.createProfile("sRGB"), outputMode=mode
            ) or image  # fmt: skip
    image.info.pop("icc_profile", None)
    if image.mode in ("CMYK", "YCbCr", "HSV", "LAB", "RGBX"):
        return image.convert("RGB")
    if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        return image
    return image.convert("RGBA")


def _exif(image: Image.Image, location: bool) -> bytes:
    """When and with what it was taken, and where only if that is wanted."""
    kept = Image.Exif()
    with suppress(Exception):
        exif = image.getexif()
        details = exif.get_ifd(0x8769)
        for tag in (*_CAMERA, *_DATE):
            value = exif.get(tag) or details.get(tag)
            if isinstance(value, str):
                place = kept.get_ifd(0x8769) if tag in _DATE[1:] else kept
                place[tag] = value
        if location and exif.get_ifd(_GPS):
            kept.get_ifd(_GPS).update(exif.get_ifd(_GPS))
        return kept.tobytes() if len(kept) else b""
    return b""


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)


def _drawn(image: Image.Image) -> Image.Image:
    """With 8 bits for each colour, for a screen."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "RGBA"):
        return image
    opaque = image.mode not in ("LA", "PA", "La", "RGBa")
    opaque = opaque and "transparency" not in image.info
    return image.convert("RGB" if opaque else "RGBA")


def _fewer(image: Image.Image, width: int, height: int) -> Image.Image:
    """Of a huge picture only some pixels: Pillow would copy it whole before it shrinks
    it, and there is no room for two."""
    step = min(image.width // width, image.height // height) // 4
    if step < 2 or image.width * image.height < 16_000_000:
        return image
    size = image.width // step, image.height // step
    return image.resize(size, Image.Resampling.NEAREST)


def _thumbnail(picture: _Opened) -> bytes:
    """A small JPEG on white; b"" if even that cannot be made."""
    with suppress(OSError, ValueError):
        image = _fewer(picture.image, THUMBNAIL, THUMBNAIL)
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        image = _upright(_drawn(image), picture.orientation)
        if image.mode == "RGBA":
            white = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(white, image).convert("RGB")
        for quality in (75, 50, 25):
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality)
            if file.tell() <= THUMBNAIL_BYTES:
                return file.getvalue()
    return b""
