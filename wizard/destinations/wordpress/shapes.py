"""What kind of value each field of WordPress's answers is, so that all else can rely on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Is = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int)


def _size(value: Any) -> bool:
    """Some plugins write numbers as text, and nothing in many ways."""
    as_number = isinstance(value, int | float) and abs(value) < 1e15
    return not value or as_number or (_text(value) and value.isdecimal())


def _numbers(value: Any) -> bool:
    return isinstance(value, list) and all(map(_number, value))


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _written(value: Any) -> bool:
    """What was written, apart from how it is shown."""
    return isinstance(value, dict) and _text(value.get("raw"))


def _map(fields: Mapping[str, Is], of_all: Is = lambda value: True) -> Is:
    """PHP's empty map is a list."""

    def is_map(value: Any) -> bool:
        return value == [] or (
            isinstance(value, dict)
            and all(map(of_all, value.values()))
            and has_shape(value, fields)
        )

    return is_map


_PICTURE = {"width": _size, "height": _size, "source_url": _text}
_SIZES = _map({}, _map(_PICTURE))
_DETAILS = {"original_image": _text, "sizes": _SIZES, "filesize": _size} | _PICTURE
ROW: Mapping[str, Is] = {
    "id": _number,
    **dict.fromkeys(("post", "parent"), lambda value: value is None or _number(value)),
    "date_gmt": lambda value: value is None or _text(value),
    **dict.fromkeys(("link", "slug", "status", "source_url", "name"), _text),
    **dict.fromkeys(("author_user_agent", "author_name", "alt_text"), _text),
    **dict.fromkeys(("comment_status", "ping_status"), _text),
    **dict.fromkeys(("title", "content", "excerpt", "caption"), _written),
    **dict.fromkeys(("categories", "tags"), _numbers),
    "media_details": lambda value: not value or _map(_DETAILS)(value),
}
ROOT: Mapping[str, Is] = {
    **dict.fromkeys(("name", "home", "url"), _text),
    "namespaces": _texts,
}
ACCOUNT: Mapping[str, Is] = {"name": _text, "roles": _texts, "capabilities": _map({})}


def has_shape(row: Mapping[str, Any], fields: Mapping[str, Is]) -> bool:
    """Whether each of these fields that is there is what WordPress makes of it."""
    return all(is_right(row[name]) for name, is_right in fields.items() if name in row)
