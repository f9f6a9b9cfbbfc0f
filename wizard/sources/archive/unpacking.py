"""The ways in which files are packed inside a zip, each unpacked with a limit."""

from __future__ import annotations

import bz2
import lzma
import zipfile
import zlib

from wizard.errors import Unreadable

METHODS = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_BZIP2,
    zipfile.ZIP_LZMA,
)
_NAMES = {
    1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard",
    95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
}  # fmt: skip
# A dictionary of this size unpacks whatever was packed at the usual levels.
_MEMORY = 100 * 2**20


def unpacked(packed: bytes, method: int, size: int) -> bytes | None:
    """At most one byte more than ``size``, so that a lie is seen and costs nothing; None
    if the bytes are damaged."""
    try:
        match method:
            case zipfile.ZIP_STORED:
                return packed
            case zipfile.ZIP_DEFLATED:
                return zlib.decompressobj(-15).decompress(packed, size + 1)
            case zipfile.ZIP_BZIP2:
                return bz2.BZ2Decompressor().decompress(packed, size + 1)
            case zipfile.ZIP_LZMA:
                return _lzma(packed, size)
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError):
        pass
    return None


def _lzma(packed: bytes, size: int) -> bytes | None:
    # Zip keeps the same facts in another order than files of the LZMA kind do.
    if packed[2:4] != b"\x05\x00":
        return None
    unknown_size = b"\xff" * 8
    reader = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)
    return reader.decompress(packed[4:9] + unknown_size + packed[9:], size + 1)


def unsupported(name: str, method: int) -> Unreadable:
    """Says how ``name``, a zip or a file in it, is packed."""
    return Unreadable(
        f"“{name}” is packed in an unusual way ({_NAMES.get(method, f'method {method}')}).",
        "Unpack it with the program that made it, or with 7-Zip, and choose the folder "
        "that comes out.",
        code="method",
    )
