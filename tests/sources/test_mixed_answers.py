"""Answers of an old blog that belong to other questions, as a broken cache gives them."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xmlrpc.client import dumps, loads

import pytest

from tests.sources.metaweblog_stub import Blog, answering
from tests.sources.test_metaweblog_wordpress import Writer, picture
from tests.wordpress import start
from wizard.blog import Post
from wizard.credentials import Secret
from wizard.errors import WrongParty
from wizard.sources.metaweblog import MetaWeblog

Question = tuple[str, dict[str, object]]  # a method, and some of what is said to it
Read = tuple[list[Post], tuple[str, ...]]
NOTHING = dumps(([],), methodresponse=True).encode()
# More than a page of each, with some of all kinds.
FILL = """add_action('init', function () {
    if (!isset($_GET['fill'])) return;
    for ($n = 1; $n <= 70; $n++) {
        $post = wp_insert_post(['post_title' => "Day $n", 'post_content' => "Text $n",
            'post_status' => 'publish', 'post_date' => sprintf('2008-%02d-%02d 10:00:00', 1 + intdiv($n, 28), 1 + $n % 28)]);
        for ($c = 0; $c < ($n % 7 ? 3 : 5); $c++)
            wp_insert_comment(['comment_post_ID' => $post, 'comment_content' => "$n $c",
                'comment_author' => 'B', 'comment_approved' => ['1', '1', '1', '0', 'spam'][$c],
                'comment_date' => sprintf('2009-01-%02d 10:%02d:00', 1 + $n % 28, $c)]);
    }
    exit('done');
});"""


class Cache(Blog):
    """Keeps what the blog ``behind`` it answers ``who``. ``wrong``: what it gives in
    place of the right answer, by question; ``often``: how many times."""

    def __init__(self, behind: str, *who: Any) -> None:
        super().__init__("/xmlrpc.php", {})
        self.behind = behind
        self.who = who
        self.kept: dict[bytes, bytes] = {}
        self.wrong: dict[bytes, bytes] = {}  # by question, without its last line breaks
        self.often = 0

    def answer(self, body: bytes) -> bytes:
        if self.often and body.rstrip() in self.wrong:
            self.often -= 1
            return self.wrong[body.rstrip()]
        if body not in self.kept:
            request = urllib.request.Request(
                self.behind, body, {"Content-Type": "text/xml"}
            )
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.kept[body] = answer.read()
        return self.kept[body]

    def of(self, method: str, said: dict[str, object]) -> bytes:
        """The question that calls this method with these words."""
        for body in self.kept:
            arguments, name = loads(body)
            wanted = [each for each in arguments if isinstance(each, dict)]
            if name == method and said.items() <= dict(*wanted).items():
                return body
        raise AssertionError(method)


@pytest.fixture(scope="module")
def cache() -> Iterator[Cache]:
    with start("newest") as site:
        plugin = site.plug_in(FILL)
        with urllib.request.urlopen(f"{site.url}/?fill", timeout=60) as answer:
            assert answer.read() == b"done"
        plugin.unlink()
        write = Writer(site)
        bits = {"name": "red.png", "type": "image/png", "bits": picture("red")}
        post = write.post("Seen", "[gallery orderby=menu_order]", datetime(2010, 1, 1))
        write("uploadFile", {**bits, "post_id": post})
        cache = Cache(f"{site.url}/xmlrpc.php", site.user, Secret(site.password))
        with answering(cache):
            read(cache)
            yield cache


def read(cache: Cache) -> Read:
    source = MetaWeblog(f"{cache.url}/xmlrpc.php", *cache.who)
    try:
        posts = list(source.posts())
        return posts, source.blog().notes
    finally:
        source.close()


def mixed(cache: Cache, asked: Question, given: Question | None, often: int) -> Read:
    """What is read when this is answered by what belongs to that, or by nothing."""
    wrong = cache.kept[cache.of(*given)] if given else NOTHING
    cache.wrong, cache.often = {cache.of(*asked).rstrip(): wrong}, often
    try:
        return read(cache)
    finally:
        assert cache.often < often, "it was asked"
        cache.often = 0


COMMENTS, MORE = ("wp.getComments", {"offset": 0}), ("wp.getComments", {"offset": 180})
NEWEST, SPAM = ("wp.getComments", {"number": 1}), ("wp.getComments", {"status": "spam"})
LIST, PAGE = ("wp.getPosts", {"number": 1000}), ("wp.getPosts", {"number": 50})
SECOND = ("wp.getPosts", {"number": 50, "offset": 50})
PLACES, LIBRARY = ("wp.getPosts", {"order": "DESC"}), ("wp.getMediaLibrary", {})
WRITERS, METHODS = ("wp.getAuthors", {}), ("system.listMethods", {})
BLOGS = ("wp.getUsersBlogs", {})


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (COMMENTS, NEWEST),
        (COMMENTS, SPAM),
        (COMMENTS, None),
        (MORE, COMMENTS),
        (MORE, None),
        (SPAM, COMMENTS),
        (SPAM, None),
        (LIST, PLACES),
        (LIST, PAGE),
        (LIST, None),
        (SECOND, PAGE),
        (SECOND, COMMENTS),
        (SECOND, None),
        (LIBRARY, None),
        (WRITERS, COMMENTS),
        (METHODS, BLOGS),
        (METHODS, None),
        (BLOGS, METHODS),
    ],
)
def test_an_answer_to_another_question_loses_nothing(cache, asked, given):
    right = read(cache)
    assert (len(right[0]), sum(len(post.comments) for post in right[0])) == (72, 211)
    assert mixed(cache, asked, given, 1) == right


@pytest.mark.parametrize(
    ("asked", "given", "what"),
    [
        (COMMENTS, None, "was asked for its comments"),
        (MORE, COMMENTS, "was asked for its comments"),
        (MORE, None, "was asked for its comments"),
        (SECOND, None, "did not hand out 22 posts"),
        (SECOND, COMMENTS, "was asked for its posts"),
        (LIST, PAGE, "was asked for its posts"),
        (BLOGS, METHODS, "was asked for your blogs"),
    ],
)
def test_what_stays_unanswered_is_told_and_never_left_out(cache, asked, given, what):
    with pytest.raises(WrongParty, match=what) as caught:
        mixed(cache, asked, given, 1000)
    assert "xmlrpc.php past its cache" in caught.value.hint


def test_spam_that_cannot_be_known_is_told(cache):
    _, notes = mixed(cache, SPAM, COMMENTS, 1000)
    assert any("takes for spam" in note for note in notes)


def test_a_cache_that_keeps_a_wrong_answer_is_passed(cache):
    """It knows questions by their bytes, and what is asked again has others."""
    right = read(cache)
    body, wrong = cache.of(*COMMENTS), cache.kept[cache.of(*SPAM)]
    kept, cache.kept[body] = cache.kept[body], wrong
    try:
        assert read(cache) == right
    finally:
        cache.kept[body] = kept
