"""What is asked and what is answered, as the proxy reads, changes and writes it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from http import HTTPStatus

_ROUTE = re.compile(r"/wp/v2/(\w+)(/\d+)?")
_HOP = ("connection", "content-length", "transfer-encoding", "keep-alive")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """As it arrived. ``route``: such as ``posts``, or "" for what is no thing's."""

    method: str
    target: str
    headers: Pairs
    body: bytes

    @classmethod
    def read(cls, data: bytes) -> Request:
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        pairs = (line.partition(":")[::2] for line in lines)
        headers = tuple((name.strip(), value.strip()) for name, value in pairs)
        return cls(method, target, headers, body)

    @property
    def route(self) -> str:
        found = _ROUTE.search(self.target.replace("%2F", "/"))
        return found[1] if found else ""

    @property
    def makes(self) -> bool:
        """Whether it makes something new."""
        found = _ROUTE.search(self.target.replace("%2F", "/"))
        return self.method == "POST" and found is not None and not found[2]

    def header(self, name: str) -> str:
        return {n.lower(): v for n, v in self.headers}.get(name.lower(), "")

    def without(self, *names: str) -> Request:
        kept = tuple(pair for pair in self.headers if pair[0].lower() not in names)
        return replace(self, headers=kept)

    def with_body(self, body: bytes) -> Request:
        bare = self.without("content-length")
        headers = (*bare.headers, ("Content-Length", str(len(body))))
        return replace(bare, body=body, headers=headers)

    @property
    def raw(self) -> bytes:
        lines = [f"{self.method} {self.target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server, or somebody in its place, says."""

    status: int
    headers: Pairs = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        return {n.lower(): v for n, v in self.headers}.get(name, "0")

    def raw(self, length: int | None = None) -> bytes:
        known = {status.value: status.phrase for status in HTTPStatus}
        lines = [f"HTTP/1.1 {self.status} {known.get(self.status, 'Odd')}"]
        lines += [f"{n}: {v}" for n, v in self.headers if n.lower() not in _HOP]
        lines.append(f"Content-Length: {len(self.body) if length is None else length}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


def page(words: str) -> bytes:
    return f"<!DOCTYPE html><html><title>{words}</title><p>{words}</html>".encode()


def told(code: str, message: str, status: int) -> bytes:
    """An error as WordPress words it."""
    return json.dumps(
        {"code": code, "message": message, "data": {"status": status}}
    ).encode()


HTML: Pairs = (("Content-Type", "text/html; charset=UTF-8"),)
JSON: Pairs = (("Content-Type", "application/json; charset=UTF-8"),)
PORTAL = Reply(200, HTML, page("Welcome to our Wi-Fi. Please sign in."))
