"""Files in a zip that are locked with a password, and how they are unlocked.

Two locks are in use: ZipCrypto of 1993, which every program knows, and AES as WinZip and
7-Zip write it. Sources: PKWARE's APPNOTE 6.1, WinZip's note on AE-1 and AE-2.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from Cryptodome.Cipher import AES
from Cryptodome.Util import Counter

from wizard.credentials import Secret

AES_METHOD = 99
_AES_EXTRA = 0x9901
_SALT = {1: 8, 2: 12, 3: 16}
_KEY = {1: 16, 2: 24, 3: 32}
_TAG = 10
_ROUNDS = 1000
_HEADER = 12
# A password is letters, but what was locked with it were bytes of that computer's kind.
_ALPHABETS = ("utf-8", "cp1252", "cp850", "cp437", "gbk", "shift_jis", "cp1251")


@dataclass(frozen=True, slots=True)
class AesLock:
    """``strength``: 1 to 3 for 128, 192 and 256 bits. ``method``: how it is packed
    below the lock."""

    strength: int
    method: int


def aes_lock(extra: bytes) -> AesLock | None:
    """What an entry's extra field says about its AES, or None."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _AES_EXTRA and length == 7 and at + 11 <= len(extra):
            _, _, strength, method = struct.unpack_from("<HHBH", extra, at + 4)
            return AesLock(strength, method) if strength in _SALT else None
        at += 4 + length
    return None


def keys_of(password: Secret) -> Iterator[bytes]:
    """What the password may have been as bytes, the likeliest first."""
    found = []
    for alphabet in _ALPHABETS:
        with suppress(UnicodeEncodeError):
            found.append(password.reveal().encode(alphabet))
    yield from dict.fromkeys(found)


def unlocked(data: bytes, key: bytes, check: int, aes: AesLock | None) -> bytes | None:
    """The packed bytes below the lock, or None if this is not its key or they are
    damaged. ``check``: the byte that ZipCrypto tests a key with."""
    return _unlocked_aes(data, key, aes) if aes else _unlocked_1993(data, key, check)


def _unlocked_aes(data: bytes, key: bytes, aes: AesLock) -> bytes | None:
    salt, length = data[: _SALT[aes.strength]], _KEY[aes.strength]
    head = len(salt) + 2
    if len(data) < head + _TAG:
        return None
    made = hashlib.pbkdf2_hmac("sha1", key, salt, _ROUNDS, 2 * length + 2)
    if made[-2:] != data[head - 2 : head]:
        return None
    locked = data[head:-_TAG]
    tag = hmac.digest(made[length : 2 * length], locked, "sha1")[:_TAG]
    if not hmac.compare_digest(tag, data[-_TAG:]):
        return None
    counter = Counter.new(128, initial_value=1, little_endian=True)
    return AES.new(made[:length], AES.MODE_CTR, counter=counter).decrypt(locked)


_ALL = 0xFFFFFFFF
_TABLE = tuple(zlib.crc32(bytes([n]), _ALL) ^ _ALL for n in range(256))


def _unlocked_1993(data: bytes, key: bytes, check: int) -> bytes | None:
    if len(data) < _HEADER:
        return None
    table = _TABLE
    one, two, three = 0x12345678, 0x23456789, 0x34567890
    plain = bytearray()
    for at in range(-len(key), len(data)):
        if at == _HEADER and plain[-1] != check:
            return None
        if at < 0:
            byte = key[at]
        else:
            mask = three | 2
            byte = data[at] ^ (mask * (mask ^ 1)) >> 8 & 0xFF
            plain.append(byte)
        one = one >> 8 ^ table[(one ^ byte) & 0xFF]
        two = ((two + (one & 0xFF)) * 134775813 + 1) & _ALL
        three = three >> 8 ^ table[(three ^ two >> 24) & 0xFF]
    if plain[_HEADER - 1] != check:
        return None
    return bytes(plain[_HEADER:])
