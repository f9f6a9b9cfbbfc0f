"""The smiley pictures of Windows Live, as the characters that mean the same today."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SMILEY = re.compile(
    r"(?:^|/)(?:rte/)?emoticons?/(?:.*/)?([\w-]+)\.(?:gif|png)", re.IGNORECASE
)
# No address of one is longer; a search through megabytes would take for ever.
_LONGEST = 500
_CHARACTERS = {
    "smile_regular": "🙂",
    "smile_teeth": "😁",
    "smile_wink": "😉",
    "smile_omg": "😮",
    "smile_tongue": "😛",
    "smile_shades": "😎",
    "smile_angry": "😠",
    "smile_confused": "😕",
    "smile_embaressed": "😳",
    "smile_embarrassed": "😳",
    "smile_sad": "🙁",
    "smile_cry": "😢",
    "smile_whatchutalkingabout": "😐",
    "smile_angel": "😇",
    "angel_smile": "😇",
    "smile_devil": "😈",
    "devil_smile": "😈",
    "smile_baringteeth": "😬",
    "smile_nerd": "🤓",
    "smile_sick": "🤢",
    "smile_party": "🥳",
    "smile_sleepy": "😴",
    "smile_thinking": "🤔",
    "smile_eyeroll": "🙄",
    "heart": "❤️",
    "broken_heart": "💔",
    "kiss": "💋",
    "thumbs_up": "👍",
    "thumbs_down": "👎",
    "rose": "🌹",
    "wilted_rose": "🥀",
    "present": "🎁",
    "cake": "🎂",
    "camera": "📷",
    "film": "🎬",
    "phone": "📞",
    "cat": "🐱",
    "dog": "🐶",
    "coffee": "☕",
    "martini": "🍸",
    "beer_mug": "🍺",
    "lightbulb": "💡",
    "envelope": "✉️",
    "moon": "🌙",
    "star": "⭐",
    "sun": "☀️",
    "rainbow": "🌈",
    "note": "🎵",
    "musical_note": "🎵",
    "clock": "🕒",
    "umbrella": "☂️",
    "airplane": "✈️",
    "car": "🚗",
    "computer": "💻",
    "pizza": "🍕",
    "soccerball": "⚽",
    "island": "🏝️",
    "snail": "🐌",
    "turtle": "🐢",
    "bat": "🦇",
    "sheep": "🐑",
}


def smiley(attributes: Mapping[str, str]) -> str:
    """What a smiley's ``<img>`` says in characters; "" when it is another picture."""
    match = _SMILEY.search(attributes.get("src", "")[:_LONGEST])
    if not match:
        return ""
    name = match[1].lower()
    said = attributes.get("alt") or attributes.get("title") or f"({name})"
    return _CHARACTERS.get(name, said.strip())
