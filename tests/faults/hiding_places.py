"""Where a secret may lie, and the forms in which it may lie there."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

# A form that is shorter than this may stand somewhere by chance.
_SHORTEST = 10


def forms(secret: str, user: str = "") -> dict[str, bytes]:
    """The secret in each form, by the form's name."""
    plain = secret.encode()
    found = {
        "raw": plain,
        "reversed": plain[::-1],
        "utf-16 le": secret.encode("utf-16-le"),
        "utf-16 be": secret.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "url": quote(secret, safe="").encode(),
        "form": quote_plus(secret, safe="").encode(),
        "json": json.dumps(secret)[1:-1].encode(),
        "html": html.escape(secret).encode(),
        "signed in": b64encode(f"{user}:{secret}".encode()),
    }
    for shift in range(3):
        for name, encode in (("base64", b64encode), ("base64url", urlsafe_b64encode)):
            # What stands before and after decides the first and the last letters.
            whole = encode(b"\0" * shift + plain)
            first = (0, 2, 3)[shift]
            found[f"{name} +{shift}"] = whole[first : len(whole) - 4].rstrip(b"=")
    return {name: form for name, form in found.items() if len(form) >= _SHORTEST}


def every_form(secrets: Mapping[str, str], user: str) -> dict[str, bytes]:
    """All forms of all secrets; a password that is shown in groups also without them."""
    found = {}
    for whose, secret in secrets.items():
        for way in {secret, secret.replace(" ", "")}:
            for name, form in forms(way, user).items():
                found[f"{whose}: {name}{' in groups' if ' ' in way else ''}"] = form
    return found


def inside(data: bytes, searched: Mapping[str, bytes]) -> list[str]:
    """The names of the forms that stand in ``data``."""
    return [name for name, form in searched.items() if form in data]


def below(folder: Path, searched: Mapping[str, bytes]) -> Iterator[str]:
    """The same for all files of a folder, their names, and what links lead to."""
    for path in sorted(folder.rglob("*")):
        texts: Iterable[bytes] = [str(path.relative_to(folder)).encode()]
        if path.is_symlink():
            texts = [*texts, str(path.readlink()).encode()]
        elif path.is_file():
            texts = [*texts, path.read_bytes()]
        for text in texts:
            for name in inside(text, searched):
                yield f"{path.relative_to(folder)} ({name})"


def of_process(pid: int, searched: Mapping[str, bytes]) -> Iterator[str]:
    """What everybody on this computer, or its owner, may read of a running program."""
    for place in ("cmdline", "environ", "comm"):
        try:
            data = Path(f"/proc/{pid}/{place}").read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        for name in inside(data, searched):
            yield f"/proc/{place} ({name})"
