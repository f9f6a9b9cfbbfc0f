"""What WordPress makes of a cleaned post: its real ``wpautop`` must change nothing."""

from __future__ import annotations

import random
import re

import pytest
import requests
from lxml import html as tree

from tests.content.test_cleaning import ATTRIBUTES, TAGS, TEXTS, VOID
from tests.wordpress import WordPress
from wizard.blog import Photo, Post
from wizard.content.cleaning import clean
from wizard.content.composing import Placed, compose

SOUPS = 60
GAPS = re.compile(
    r"\s*(</?(?:p|h[1-6]|ul|ol|li|dl|d[td]|table|t(?:body|head|foot|r|d|h)|blockquote|pre|"
    r"hr|caption|fig(?:ure|caption))\b[^>]*>)\s*"
)


def shown(html: str) -> str:
    """``html`` as a browser reads it: spaces between blocks do not show."""
    if not html.strip():
        return ""
    page = tree.fragment_fromstring(html, create_parent="div")
    for picture in page.iter("img"):
        for hint in ("decoding", "loading", "fetchpriority"):
            picture.attrib.pop(hint, None)
    for pre in page.iter("pre"):
        for element in pre.iter():
            element.text = (element.text or "").replace("\n", "⏎")
            if element is not pre:
                element.tail = (element.tail or "").replace("\n", "⏎")
    text = re.sub(r"[ \t\r\n]+", " ", tree.tostring(page, encoding="unicode"))
    return GAPS.sub(r"\1", text.replace("<br> ", "<br>"))


def soup(chance: random.Random) -> str:
    pieces, opened = [], []
    for _ in range(chance.randint(3, 30)):
        kind = chance.random()
        if kind < 0.4:
            opened.append(chance.choice(TAGS))
            pieces.append(f"<{opened[-1]}{chance.choice(ATTRIBUTES)}>")
        elif kind < 0.6 and opened:
            pieces.append(f"</{opened.pop()}>")
        else:
            pieces.append(chance.choice(TEXTS + VOID))
    return "".join(pieces)


def composed() -> str:
    photos = (
        Photo("i/1.jpg", True, ("http://old.example/1",), alt="one"),
        Photo("i/2.jpg", True, integrated=True, caption="two"),
        Photo("http://a.storage.live.com/3", False, integrated=True),
    )
    home = Placed("http://new.example/f.jpg", "http://new.example/s.jpg", 40, 30)
    old = (
        'a<a href="http://old.example/1"><img src="http://old.example/1"></a><li>b<br>c'
    )
    post = Post("k", "t", old, None, photos=photos)
    return compose(post, {"i/1.jpg": home, "i/2.jpg": home}, "md-0123")


@pytest.fixture(scope="module")
def writer(wordpress: WordPress) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.auth = (wordpress.user, wordpress.password)
    session.headers["Accept"] = "application/json"
    return session


def as_shown(writer: requests.Session, site: WordPress, html: str) -> str:
    """The post as readers get it; taken away again at once."""
    posts = f"{site.url}/index.php?rest_route=/wp/v2/posts"
    made = writer.post(posts, json={"title": "t", "content": html}, timeout=30).json()
    writer.delete(f"{posts}/{made['id']}&force=true", timeout=30)
    return str(made["content"]["rendered"])


def test_wordpress_shows_a_cleaned_post_as_it_is(
    writer: requests.Session, wordpress: WordPress
) -> None:
    chance = random.Random(2010)
    olds = [soup(chance) for _ in range(SOUPS)]
    for html in [*map(clean, olds), composed()]:
        if html:
            assert shown(as_shown(writer, wordpress, html)) == shown(html)


def test_the_control_an_old_post_is_changed_by_wordpress(
    writer: requests.Session, wordpress: WordPress
) -> None:
    old = "a\nb<br><br>c<table><tr><td>d<p>e</td></tr></table>[gallery]"
    assert shown(as_shown(writer, wordpress, old)) != shown(old)
