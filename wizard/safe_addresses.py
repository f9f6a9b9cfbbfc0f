"""Which addresses may be asked at all, and which of them with a password."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult

from wizard.errors import Unsafe


def is_loopback(host: str) -> bool:
    """Whether this computer talks to itself, where nobody listens on the way."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def unsafe(parts: SplitResult, secret: bool) -> Unsafe | None:
    """What is wrong with asking this address; the address is not repeated, as it may
    hold a password."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Unsafe(
            "Only addresses that begin with http:// or https:// can be asked.",
            "Check its spelling.",
            code="scheme",
        )
    if parts.username is not None or parts.password is not None:
        return Unsafe(
            "This address has a name or a password in it.",
            "Leave out everything up to the @ and type name and password where they "
            "are asked for.",
            code="password-in-address",
        )
    if secret and parts.scheme == "http" and not is_loopback(parts.hostname):
        return Unsafe(
            f"{parts.hostname} would receive the password for all to read.",
            "Use an address that begins with https://.",
            code="no-https",
        )
    return None
