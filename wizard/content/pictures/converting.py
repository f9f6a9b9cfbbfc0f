"""Making another picture of one: for a WordPress that could not show it, for the list, for
the report."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

from PIL import Image, ImageCms

from wizard.errors import PhotoMissing

THUMBNAIL, THUMBNAIL_BYTES = 96, 4096
_DATE, _CAMERA, _DETAILS, _GPS = (
    (0x0132, 0x9003, 0x9004),
    (0x010F, 0x0110),
    0x8769,
    0x8825,
)


def converted(
    image: Image.Image, orientation: int, location: bool
) -> tuple[bytes, str, tuple[int, int]]:
    """As JPEG or PNG, upright, in the colours that every screen has."""
    try:
        exif = _exif(image, location)
        # A drawing stays sharp as PNG; what has many colours was a photo.
        has_colours = image.mode in ("RGB", "CMYK", "YCbCr", "LAB")
        photo = has_colours and not image.getcolors(4096) and image.format != "PNG"
        image = upright(_in_usual_colours(image), orientation)
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
        details = exif.get_ifd(_DETAILS)
        for tag in (*_CAMERA, *_DATE):
            value = exif.get(tag) or details.get(tag)
            if isinstance(value, str):
                place = kept.get_ifd(_DETAILS) if tag in _DATE[1:] else kept
                place[tag] = value
        if location and exif.get_ifd(_GPS):
            kept.get_ifd(_GPS).update(exif.get_ifd(_GPS))
        return kept.tobytes() if len(kept) else b""
    return b""


def upright(image: Image.Image, orientation: int) -> Image.Image:
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


def drawn(image: Image.Image) -> Image.Image:
    """With 8 bits for each colour, for a screen."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "RGBA"):
        return image
    opaque = image.mode not in ("LA", "PA", "La", "RGBa")
    opaque = opaque and "transparency" not in image.info
    return image.convert("RGB" if opaque else "RGBA")


def fewer(image: Image.Image, width: int, height: int) -> Image.Image:
    """Of a huge picture only some pixels: Pillow would copy it whole before it shrinks
    it, and there is no room for two."""
    step = min(image.width // width, image.height // height) // 4
    if step < 2 or image.width * image.height < 16_000_000:
        return image
    size = image.width // step, image.height // step
    return image.resize(size, Image.Resampling.NEAREST)


def thumbnail(image: Image.Image, orientation: int) -> bytes:
    """A small JPEG on white; b"" if even that cannot be made."""
    with suppress(OSError, ValueError):
        image = fewer(image, THUMBNAIL, THUMBNAIL)
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        image = upright(drawn(image), orientation)
        if image.mode == "RGBA":
            white = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(white, image).convert("RGB")
        for quality in (75, 50, 25):
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality)
            if file.tell() <= THUMBNAIL_BYTES:
                return file.getvalue()
    return b""
