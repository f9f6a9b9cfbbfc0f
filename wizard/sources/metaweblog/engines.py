"""Which software wrote an answer, told by what no other sends."""

from __future__ import annotations

from wizard.sources.metaweblog.xmlrpc import Struct

# BlogEngine.NET and others took the short name over from WordPress, but none of these.
_WORDPRESS = {"wp_password", "custom_fields", "wp_post_format", "post_status"}


def is_wordpress(struct: Struct) -> bool:
    """Is this a post as WordPress tells it, from ``wp.getPosts`` or in older calls?"""
    if "post_content" in struct:
        return True
    return "wp_slug" in struct and not _WORDPRESS.isdisjoint(struct)


def is_movable_type(struct: Struct) -> bool:
    """Is this a post as Movable Type and its kin tell it?"""
    return not is_wordpress(struct) and any(name.startswith("mt_") for name in struct)
