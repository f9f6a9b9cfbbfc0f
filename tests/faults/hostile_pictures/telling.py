"""Photos that tell where they were taken, in all the places where a file can do that."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.faults.hostile_pictures import Case
from tests.faults.hostile_pictures.paint import (
    HIGH,
    WIDE,
    chunk,
    jpeg_with,
    noise,
    photo,
    png_with,
    riff,
    riff_chunks,
    saved,
    segment,
    sheet,
)

# Stands in every place that must not arrive; a number has it in either order of bytes.
SECRET = b"HERE"
_NUMBER = struct.unpack("<I", SECRET)[0]
SECRETS = (SECRET, SECRET[::-1], SECRET.hex().encode(), SECRET.lower())
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"


def cases() -> Iterator[Case]:
    for orientation in range(1, 9):
        for order in "<>":
            yield Case(
                f"JPEG with GPS, held like {orientation}, {order}",
                lambda n=orientation, o=order: _jpeg(exif(n, o), sheet(n)),
                placed=True,
                upright=(WIDE, HIGH),
                same_pixels=True,
            )
    for name, make in _in_jpeg():
        yield Case(f"JPEG, {name}", make, placed=True, same_pixels=True)
    for name, make in _in_png():
        yield Case(f"PNG, {name}", make, placed=True, same_pixels=True)
    for name, make in _in_webp():
        yield Case(f"WebP, {name}", make, placed=True, same_pixels=True)
    yield Case("GIF, XMP", _gif, placed=True, same_pixels=True, frames=3)
    for form in ("TIFF", "AVIF", "HEIF"):
        yield Case(
            f"{form} with GPS, converted",
            lambda f=form: saved(sheet(), f, exif=b"Exif\0\0" + exif(1)),
            placed=True,
            upright=(WIDE, HIGH),
        )


def exif(orientation: int = 1, order: str = "<", **where: bool) -> bytes:
    """As cameras write it: a main list, a list of details, one of the place and, behind
    it, a small picture with another place. ``where``: "deep" puts the place into the
    details, "second" into the list of the small picture."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    deep, second = where.get("deep", False), where.get("second", False)
    small = photo("JPEG")[:-2] + SECRET + b"\xff\xd9"
    counts = (4 + (not deep and not second), 2 + deep, 4, 2 + second)
    starts = [8]
    for count in counts:
        starts.append(starts[-1] + 6 + 12 * count)
    _, more_at, place_at, second_at, data_at = starts
    date, latitude, maker = data_at, data_at + 20, data_at + 44
    small_at = maker + 40

    def row(tag: int, kind: int, count: int, value: int) -> bytes:
        if kind == 3:
            packed = struct.pack(f"{order}HH", value, 0)
        else:
            packed = struct.pack(f"{order}I", value)
        return struct.pack(f"{order}HHI", tag, kind, count) + packed

    def listed(*rows: bytes, following: int = 0) -> bytes:
        end = struct.pack(f"{order}I", following)
        return struct.pack(f"{order}H", len(rows)) + b"".join(rows) + end

    pointer = row(0x8825, 4, 1, place_at)
    main = [
        row(0x0112, 3, 1, orientation),
        row(0x0131, 2, 2, 0x4141),
        row(0x0132, 2, 20, date),
        row(0x8769, 4, 1, more_at),
        *([] if deep or second else [pointer]),
    ]
    more = [row(0x9003, 2, 20, date), *([pointer] if deep else [])]
    more.append(row(0x927C, 7, 40, maker))
    place = [
        row(1, 2, 2, ord("N") if order == "<" else ord("N") << 24),
        row(2, 5, 3, latitude),
        row(3, 2, 2, ord("E") if order == "<" else ord("E") << 24),
        row(4, 5, 3, latitude),
    ]
    other = [row(0x0201, 4, 1, small_at), row(0x0202, 4, 1, len(small))]
    other += [pointer] if second else []
    degrees = b"".join(
        struct.pack(f"{order}II", _NUMBER, _NUMBER // n) for n in (48, 51, 29)
    )
    return b"".join(
        (
            head,
            listed(*main, following=second_at),
            listed(*more),
            listed(*place),
            listed(*other),
            b"2007:04:20 01:29:58\0",
            degrees,
            (b"the maker says " + SECRET).ljust(40, b"."),
            small,
        )
    )


def xmp() -> bytes:
    return (
        b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x="
        b"'adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-"
        b"ns#'><rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' "
        b"exif:GPSLatitude='48,51.29N' exif:GPSLongitude='2,17.40E' exif:GPSAreaInformation"
        b"='" + SECRET + b"'/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )


def _jpeg(block: bytes, image: Image.Image, *more: bytes, behind: bytes = b"") -> bytes:
    notes = segment(0xE1, b"Exif\0\0" + block)
    plain = saved(image, "JPEG", quality=95)
    return jpeg_with(notes, *more, behind=behind, image=plain)


def _in_jpeg() -> Iterator[tuple[str, Callable[[], bytes]]]:
    def with_notes(notes: bytes, *more: bytes, behind: bytes = b"") -> bytes:
        return jpeg_with(segment(0xE1, notes), *more, behind=behind)

    block = exif()
    named = b"Exif\0\0" + block
    plain = photo("JPEG")
    yield "the place among the details", lambda: _jpeg(exif(deep=True), noise())
    yield (
        "the place beside the small picture",
        lambda: _jpeg(exif(second=True), noise()),
    )
    yield (
        "the notes behind JFIF",
        lambda: plain[:20] + segment(0xE1, named) + plain[20:],
    )
    yield "the notes twice", lambda: with_notes(named, segment(0xE1, named))
    yield "some garbage before the notes", lambda: with_notes(b"\0\1" + named)
    yield (
        "filling bytes before the notes",
        lambda: jpeg_with(b"\xff\xff\xff" + segment(0xE1, named)),
    )
    yield "XMP", lambda: with_notes(_XMP_HEAD + xmp())
    yield "XMP and GPS", lambda: with_notes(named, segment(0xE1, _XMP_HEAD + xmp()))
    yield (
        "XMP that goes on in a second part",
        lambda: with_notes(
            _XMP_HEAD + xmp(),
            segment(
                0xE1,
                b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + bytes(8) + xmp(),
            ),
        ),
    )
    yield "the city in IPTC", lambda: jpeg_with(segment(0xED, _iptc()))
    yield (
        "Photoshop's copy of the notes",
        lambda: jpeg_with(segment(0xED, _photoshop(0x0422, block))),
    )
    yield (
        "Photoshop's copy of XMP",
        lambda: jpeg_with(segment(0xED, _photoshop(0x0424, xmp()))),
    )
    yield "a second photo behind it", lambda: plain + with_notes(named)
    yield "a film of the moment behind it", lambda: plain + _film()
    yield (
        "GPS, a second photo and a list of both",
        lambda: with_notes(
            named, segment(0xE2, b"MPF\0II*\0" + bytes(60)), behind=with_notes(named)
        ),
    )
    yield "the notes between two scans", _between_scans
    yield "GPS in a list that goes in a ring", lambda: with_notes(b"Exif\0\0" + _ring())
    yield (
        "GPS whose place lies in the main list",
        lambda: with_notes(b"Exif\0\0" + _overlapping() + SECRET),
    )
    yield "notes that end too early", lambda: with_notes(named[: 6 + 180] + SECRET)
    yield (
        "notes with an unknown beginning",
        lambda: with_notes(b"Exif\0\0II+\0" + block[4:]),
    )


def _in_png() -> Iterator[tuple[str, Callable[[], bytes]]]:
    raw = (
        b"\nexif\n%8d\n" % (len(exif()) + 6)
        + (b"Exif\0\0" + exif()).hex().encode()
        + b"\n"
    )
    packed = zlib.compress(xmp())
    yield "a chunk of EXIF", lambda: png_with(chunk(b"eXIf", exif()))
    yield (
        "a chunk of EXIF with a name before it",
        lambda: png_with(chunk(b"eXIf", b"Exif\0\0" + exif())),
    )
    yield (
        "XMP",
        lambda: png_with(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp())),
    )
    yield (
        "XMP, packed",
        lambda: png_with(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed)),
    )
    yield (
        "EXIF as ImageMagick writes it",
        lambda: png_with(
            chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(raw))
        ),
    )
    yield (
        "EXIF as ImageMagick writes it, not packed",
        lambda: png_with(chunk(b"tEXt", b"Raw profile type APP1\0" + raw)),
    )
    yield (
        "a text about the place",
        lambda: png_with(chunk(b"tEXt", b"exif:GPSLatitude\0" + SECRET)),
    )
    yield "something behind it", lambda: png_with(behind=b"Exif\0\0" + exif())
    yield "a moving one", lambda: _moving_png()


def _in_webp() -> Iterator[tuple[str, Callable[[], bytes]]]:
    named = b"Exif\0\0" + exif()
    yield "EXIF", lambda: photo("WEBP", exif=exif())
    yield "EXIF with a name before it", lambda: photo("WEBP", exif=named)
    yield "XMP", lambda: photo("WEBP", xmp=xmp())
    yield "EXIF and XMP", lambda: photo("WEBP", exif=exif(), xmp=xmp())
    yield (
        "a moving one",
        lambda: saved(
            noise(), "WEBP", save_all=True, append_images=[sheet()], exif=exif()
        ),
    )
    yield (
        "EXIF twice",
        lambda: riff(*riff_chunks(photo("WEBP", exif=exif())), (b"EXIF", exif())),
    )


def _gif() -> bytes:
    frames = [Image.new("P", (20, 10), n) for n in (1, 2, 3)]
    plain = saved(
        frames[0], "GIF", save_all=True, append_images=frames[1:], optimize=False
    )
    trailer = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    block = b"\x21\xff\x0bXMP DataXMP" + xmp() + trailer
    place = 13 + 3 * 2 ** (plain[10] % 8 + 1) * (plain[10] >> 7)
    return plain[:place] + block + plain[place:]


def _iptc() -> bytes:
    city = b"\x1c\x02\x5a" + struct.pack(">H", len(SECRET)) + SECRET
    return _photoshop(0x0404, city)


def _photoshop(number: int, body: bytes) -> bytes:
    head = b"Photoshop 3.0\x008BIM" + struct.pack(">H", number) + b"\0\0"
    return head + struct.pack(">I", len(body)) + body + bytes(len(body) % 2)


def _film() -> bytes:
    return (
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
        b"\0\0\0\x20moov\0\0\0\x18udta\0\0\0\x10\xa9xyz" + SECRET + b"\0\0\0\0"
    )


def _between_scans() -> bytes:
    data = saved(noise(), "JPEG", progressive=True)
    second = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
    return data[:second] + segment(0xE1, b"Exif\0\0" + exif()) + data[second:]


def _ring() -> bytes:
    rows = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    return b"II*\0" + struct.pack("<IH", 8, 2) + rows + struct.pack("<I", 8) + SECRET


def _overlapping() -> bytes:
    rows = struct.pack("<HHII", 0x0112, 3, 1, 1) + struct.pack(
        "<HHII", 0x8825, 4, 1, 10
    )
    return b"II*\0" + struct.pack("<IH", 8, 2) + rows + bytes(4)


def _moving_png() -> bytes:
    frames = [noise(), sheet()]
    return saved(
        frames[0], "PNG", save_all=True, append_images=frames[1:], exif=exif(3)
    )
