"""Which software wrote an answer, told by what no other sends."""

from __future__ import annotations

from wizard.sources.metaweblog.xmlrpc import Struct, text

# BlogEngine.NET and others took the short name over from WordPress, but none of these.
_WORDPRESS = {"wp_password", "custom_fields", "wp_post_format", "post_status"}
# What Movable Type made into HTML only for readers, as its posts name it.
_TYPED = (("markdown", "Markdown"), ("textile", "Textile"))


def is_wordpress(struct: Struct) -> bool:
    """Is this a post as WordPress tells it, from ``wp.getPosts`` or in older calls?"""
    if "post_content" in struct:
        return True
    return "wp_slug" in struct and not _WORDPRESS.isdisjoint(struct)


def is_movable_type(struct: Struct) -> bool:
    """Is this a post as Movable Type and its kin tell it?"""
    return not is_wordpress(struct) and any(name.startswith("mt_") for name in struct)


def typed_in(struct: Struct) -> tuple[str, ...]:
    """What a person should know of the signs in which the post was typed there."""
    said = text(struct, "mt_convert_breaks").lower()
    return tuple(
        f"It was typed in {name}, which the old blog made into HTML only when it showed "
        "it. It arrives as it was typed, signs and all: look it over at the new blog."
        for begin, name in _TYPED
        if said.startswith(begin)
    )
