"""Pages that WordPress shows as what is on them: a video's, for example."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from wizard.content.editor_blocks.writing import attribute, block, classes, rich

# By host, of each: its name among the editor's, what it shows, and which of its
# addresses WordPress knows, the newest and the oldest that we serve.
_VIDEO = "video"
_PROVIDERS = [
    (re.compile(pattern, re.IGNORECASE | re.ASCII), name, kind)
    for pattern, name, kind in (
        (r"((m|www)\.)?youtube\.com/(watch\?|playlist\?)", "youtube", _VIDEO),
        (r"youtu\.be/.", "youtube", _VIDEO),
        (r"(.+\.)?vimeo\.com/.", "vimeo", _VIDEO),
        (r"(www\.)?dailymotion\.com/.", "dailymotion", _VIDEO),
        (r"dai\.ly/.", "dailymotion", _VIDEO),
        (r"(www\.|embed\.)?ted\.com/talks/.", "ted", _VIDEO),
        (r"(.+\.)?wordpress\.tv/.", "wordpress-tv", _VIDEO),
        (r"(www\.)?(animoto|video214)\.com/play/.", "animoto", _VIDEO),
        (r"(www\.)?kickstarter\.com/projects/.", "kickstarter", "rich"),
        (r"(www\.)?flickr\.com/.", "flickr", "photo"),
        (r"flic\.kr/.", "flickr", "photo"),
        (r"(www\.)?soundcloud\.com/.", "soundcloud", "rich"),
        (r"(www\.)?scribd\.com/(doc|document)/.", "scribd", "rich"),
        (r"(www\.)?mixcloud\.com/.", "mixcloud", "rich"),
        (r"(open|play)\.spotify\.com/.", "spotify", "rich"),
        (r"(www\.)?reverbnation\.com/.", "reverbnation", "rich"),
        (r"(www\.)?speakerdeck\.com/.", "speaker-deck", "rich"),
        (r"(www\.)?issuu\.com/.+/docs/.", "issuu", "rich"),
    )
]
# What else than pictures may have a caption.
_CAPTIONED = re.compile(r"<!-- wp:(?:embed|audio|video|table) ")
_END = "</figure>"
_AUDIO_FILE = re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|flac)$", re.IGNORECASE)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|webm|ogv|mov)$", re.IGNORECASE)


def embed(page: str) -> str:
    """The block that shows what is on a page, "" if WordPress does not know it."""
    if not page.startswith(("http://", "https://")) or "[" in page:
        return ""
    address = page.partition("://")[2]
    for pattern, name, kind in _PROVIDERS:
        if pattern.match(address):
            return _embed(page, name, kind)
    return ""


def _embed(page: str, name: str, kind: str) -> str:
    said: dict[str, object] = {"url": page, "type": kind, "providerNameSlug": name}
    shape = ""
    if kind == _VIDEO:
        shape = "wp-embed-aspect-16-9 wp-has-aspect-ratio"
        said |= {"responsive": True, "className": shape}
    names = f"is-type-{kind} is-provider-{name} wp-block-embed-{name}"
    figure = classes("wp-block-embed", names, shape)
    html = attribute(page).replace("&quot;", '"')
    inside = f'<div class="wp-block-embed__wrapper">\n{html}\n</div>'
    return block("embed", said, f"<figure{figure}>{inside}</figure>")


def player(address: str, number: int = 0) -> str:
    """The block that plays the sound or the film at this address, "" if it is none."""
    path = urlsplit(address).path
    for kind, pattern in (("audio", _AUDIO_FILE), ("video", _VIDEO_FILE)):
        if pattern.search(path):
            said = {"id": number} if number else {}
            html = f'<{kind} controls src="{attribute(address)}"></{kind}>'
            figure = classes(f"wp-block-{kind}")
            return block(kind, said, f"<figure{figure}>{html}</figure>")
    return ""


def captioned(block: str, caption: str) -> str:
    """The same block of something to watch or to hear, or of a table, with a caption; ""
    if it is none or has one. ``caption``: HTML."""
    if not _CAPTIONED.match(block) or "<figcaption" in block:
        return ""
    before, end, after = block.rpartition(_END)
    kind = classes("wp-element-caption")
    return f"{before}<figcaption{kind}>{rich(caption)}</figcaption>{end}{after}"


def file(address: str, words: str, number: int) -> str:
    """The block of a file at the new blog, with a button; ``words``: HTML."""
    href = attribute(address)
    said = {"id": number, "href": address} if number else {"href": address}
    kind = classes("wp-block-file__button", "wp-element-button")
    html = f'<a href="{href}">{words}</a><a href="{href}"{kind} download>Download</a>'
    return block("file", said, f'<div class="wp-block-file">{html}</div>')
