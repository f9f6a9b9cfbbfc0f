"""One post, and every way in which links were seen to name it."""

from __future__ import annotations

import pytest

from wizard.blog import Blog
from wizard.sources import Directory, Named, Target

CID = "2B070A76FD6627CE"
ENTRY = f"cns!{CID}!975"
HOME = "http://sutra.spaces.live.com/"
PAGE = f"{HOME}blog/cns!{CID}!3.entry"
SPACE = Directory(
    Blog(CID, "A Space", "spaces-pages", HOME),
    [Named(ENTRY, f"{HOME}blog/{ENTRY}.entry"), Named(f"cns!{CID}!3", PAGE)],
)


@pytest.mark.parametrize(
    "href",
    [
        f"{HOME}blog/{ENTRY}.entry",
        f"{HOME}Blog/{ENTRY}.entry#comment",
        f"https://SUTRA.spaces.live.com/blog/{ENTRY}.entry?mkt=zh-cn",
        f"http://cid-{CID.lower()}.spaces.live.com/blog/cns!{CID.lower()}!975.entry",
        "http://spaces.msn.com/members/SUTRA/Blog/cns!1pU-rgQVTuuWM1TX8W8PfmDA!975.entry",
        f"http://sutra.spaces.msn.com/blog/{ENTRY}.entry"
        "?_c11_blogpart_blogpart=blogview&_c=blogpart#permalink",
        f"{HOME}blog/cns%21{CID}%21975.entry",
        f"{HOME}blog/cns%2521{CID}%2521975.entry",
        f"{HOME}blog/cns&#33;{CID}&#033;975.entry",
        f"{HOME}blog/{ENTRY}.entry&wa=wsignin1.0&sa=587873557",
        f"{HOME}?_c=BlogPart#permalink{ENTRY}",
        f"{HOME}blog/{ENTRY}.trak",
        f"{HOME}mmm2008-05-17_13.22/mmm2007-10-25_18.59/Blog/{ENTRY}.entry",
        f"/mmm2008-05-17_13.22/blog/{ENTRY}.entry",
        f"/blog/{ENTRY}.entry",
        f"{ENTRY}.entry",
        f"../blog/{ENTRY}.entry",
        f"http://cid-{CID.lower()}.users.api.live.net/Users(3100458374641625038)"
        f"/Blogs('{CID}!242')/Entries('{CID}!975')?authkey=EpZN%24",
        f"https://web.archive.org/web/20070420012958/{HOME}blog/{ENTRY}.entry",
        f"  {HOME}blog/{ENTRY}.entry\n",
        f"{HOME}default.aspx?_c11_BlogPart_BlogPart=blogentry&_c=BlogPart"
        f"&partqs=entry%3d{ENTRY}",
        f"{HOME}default.aspx?partqs=entry%3Dcns%2521{CID}%2521975&_c=BlogPart",
        f"{HOME}default.aspx?partqs=entry%253dcns%252521{CID.lower()}%252521975%2526x%253d1",
        f"{HOME}default.aspx?partqs=entry%3d975&_c=BlogPart",
        f"{HOME}?_c11_BlogPart_handle={ENTRY}&_c=BlogPart",
        f"{HOME}?_c=BlogPart&_c11_blogpart_handle=cns%21{CID}%21975#permalink",
        f"/?_c11_BlogPart_handle={ENTRY}&amp;_c=BlogPart",
        f"{HOME}mmm2008-05-17_13.22/default.aspx?partqs=entry%3d{ENTRY}",
        "http://spaces.msn.com/members/sutra/?_c11_BlogPart_handle="
        "cns!1pU-rgQVTuuWM1TX8W8PfmDA!975&_c11_BlogPart_BlogPart=blogview&_c=BlogPart",
    ],
)
def test_every_address_of_an_entry_leads_to_it(href: str) -> None:
    found = SPACE.target(href, PAGE)
    assert found
    assert found.key == ENTRY


@pytest.mark.parametrize(
    "href",
    [
        "http://spaces.msn.com/members/other/Blog/cns!1pU-rgQVTuuWM1TX8W8PfmDA!975.entry",
        "http://other.spaces.live.com/blog/cns!6E7B9216726D07B8!975.entry",
        "http://other.spaces.live.com/",
        "http://other.spaces.live.com/?_c11_BlogPart_handle=cns!6E7B9216726D07B8!975",
        f"http://example.com/?partqs=entry%3d{ENTRY}",
        "http://example.com/blog/",
        "mailto:somebody@example.com",
        "javascript:void(0)",
        "http://[broken/",
    ],
)
def test_what_is_elsewhere_is_no_business_of_this_blog(href: str) -> None:
    assert SPACE.target(href, PAGE) is None


def test_entries_that_are_not_there_and_other_pages_are_of_the_blog() -> None:
    for href in (
        f"{HOME}blog/cns!{CID}!976.entry",
        f"http://cid-{CID.lower()}.users.api.live.net/Blogs('{CID}!2')/Entries('{CID}!9')",
        f"{HOME}photos/cns!{CID}!120/",
        f"{HOME}default.aspx?partqs=entry%3dcns!{CID}!976",
        f"{HOME}default.aspx?partqs=entry%3d9750",
    ):
        assert SPACE.target(href, PAGE) == Target("")


@pytest.mark.parametrize(
    "href",
    [
        HOME,
        "http://sutra.spaces.live.com",
        f"{HOME}default.aspx",
        f"{HOME}blog/",
        f"{HOME}?_c=BlogPart&mkt=zh-cn",
        f"{HOME}default.aspx?_c11_BlogPart_BlogPart=blogview&_c=BlogPart",
        f"http://cid-{CID.lower()}.spaces.live.com/",
        "http://spaces.msn.com/members/sutra/",
        "http://spaces.live.com/viewspace.aspx?cid=3100458374641625038",
        "/",
    ],
)
def test_the_front_page_of_a_space_is_known(href: str) -> None:
    assert SPACE.target(href, PAGE) == Target("", home=True)


@pytest.mark.parametrize(
    "href",
    [
        f"{HOME}?_c11_BlogPart_pagedir=Next&_c11_BlogPart_handle={ENTRY}"
        "&_c11_BlogPart_BlogPart=blogview&_c=BlogPart",
        f"{HOME}?_c11_BlogPart_BlogPart=blogview&_c=BlogPart&partqs=cat%3d%25e8%25ae",
        f"{HOME}default.aspx?_c=BlogPart&partqs=amonth%3d4%26ayear%3d2007",
        f"{HOME}?_c=PhotoAlbum&_c11_PhotoAlbum_spaFolderID={ENTRY}",
        f"{HOME}?_c=Profile",
        f"{HOME}feed.rss",
        f"{HOME}category/Sea/feed.rss",
    ],
)
def test_a_list_of_posts_is_neither_the_front_page_nor_one_of_them(href: str) -> None:
    assert SPACE.target(href, PAGE) == Target("")


def test_a_token_that_the_move_of_2010_left_is_carried_nowhere() -> None:
    href = f"http://cid-1.users.api.live.net/Entries('{CID}!9')?authkey=EpZN%24"
    assert "authkey" not in SPACE.absolute(href, PAGE)


BLOG = "https://www.example.com/blog/"
POST = f"{BLOG}2005/03/caf%C3%A9-in-town/"
WORDS = Directory(
    Blog(BLOG, "Words", "metaweblog", BLOG),
    [
        Named("12", POST, "café-in-town", "Café in town", "2005-03-01T10:00:00"),
        Named("13", f"{BLOG}?p=13", "", "My long trip to Italy", "2005-04-01"),
        Named(
            "14", f"{BLOG}archives/the_longest_name_of_all.html", "", "", "2006-01-02"
        ),
        Named("15", f"{BLOG}twins-one/", "twins", "", ""),
        Named("16", f"{BLOG}twins-two/", "twins", "", ""),
    ],
)


@pytest.mark.parametrize(
    ("href", "key"),
    [
        (POST, "12"),
        ("http://example.com/blog/2005/03/caf%c3%a9-in-town", "12"),
        ("//example.com:443/blog/2005/03/café-in-town/?utm_source=feed#more-12", "12"),
        ("http://www.example.com/blog/2005/03/cafe%CC%81-in-town/", "12"),
        (f"{POST}2/", "12"),  # its second page
        (f"{POST}comment-page-2/#comment-7", "12"),
        (f"{POST}trackback/", "12"),
        (f"{POST}feed/", "12"),
        ("../../04/", ""),
        ("../caf%C3%A9-in-town/", "12"),
        ("/blog/2005/03/caf%C3%A9-in-town/", "12"),
        (f"{BLOG}?p=12", "12"),
        (f"{BLOG}index.php?p=12", "12"),
        (f"{BLOG}?p=13&fbclid=x", "13"),
        (f"{BLOG}?p=99", ""),
        (f"{BLOG}archives/the_longest_name_of_all.html", "14"),
        (f"{BLOG}2006/01/the_longest_nam.html", "14"),
        (f"{BLOG}2005/04/my_long_trip_to_italy.html", "13"),
        (f"{BLOG}2005/04/my_long_trip_to.html", "13"),
        (f"{BLOG}2005/05/my_long_trip_to.html", ""),
        (f"{BLOG}2005/04/my_long_tri.html", ""),
        (f"{BLOG}other/twins/", ""),
        (f"{BLOG}twins-two/", "16"),
        (f"{BLOG}wp-content/uploads/a.pdf", ""),
        (f"{BLOG}category/cafe%CC%81-in-town/", ""),
        (f"{BLOG}tag/café-in-town", ""),
    ],
)
def test_other_blogs_name_their_posts_in_many_ways(href: str, key: str) -> None:
    found = WORDS.target(href, POST)
    assert found
    assert found.key == key


def test_another_site_with_the_same_words_is_another_site() -> None:
    assert WORDS.target("https://other.example/2005/03/café-in-town/", POST) is None
    assert WORDS.target("https://example.com/shop/café-in-town/", POST) is None


@pytest.mark.parametrize("href", ["http://", "http:", " HTTP:// ", "https:///"])
def test_what_leads_nowhere_does_not_lead_to_its_own_post(href: str) -> None:
    assert WORDS.target(href, POST) is None
    assert WORDS.absolute(href, POST) == href


def test_the_front_page_is_known_with_and_without_its_file() -> None:
    for href in (BLOG, "http://example.com/blog", f"{BLOG}index.php", "../../../"):
        assert WORDS.target(href, POST) == Target("", home=True)
    for query in ("cat=3", "m=200704", "m=2007"):
        assert WORDS.target(f"{BLOG}?{query}", POST) == Target(""), "some of its posts"


def test_what_stood_behind_the_hash_is_told() -> None:
    assert WORDS.target(f"{POST}#comment-7", "") == Target("12", "comment-7")


def test_blogspot_is_one_blog_in_every_country() -> None:
    home = "http://me.blogspot.com/"
    blog = Directory(Blog("b", "", "blogger", home), [Named("7", f"{home}2005/a.html")])
    for host in ("me.blogspot.co.uk", "me.blogspot.de", "www.me.blogspot.com.au"):
        found = blog.target(f"https://{host}/2005/a.html?m=1")
        assert found
        assert found.key == "7"


def test_pages_in_an_archive_name_each_other_by_their_paths() -> None:
    archive = Directory(
        Blog("b", "", "spaces-backup"),
        [Named("a", "blog/one.html"), Named("b", "blog/two%20x.html#second")],
    )
    assert archive.target("two x.html#second", "blog/one.html") == Target("b", "second")
    for part in ("secondcomment2", "second-comment-2"):
        found = archive.target(f"two x.html#{part}", "blog/one.html")
        assert found == Target("b", part), "of several posts on a page that one's"
    assert archive.target("../blog/one.html", "blog/two x.html") == Target("a")
    assert archive.target("three.html", "blog/one.html") == Target("")
    assert archive.target("../index.html", "blog/one.html") == Target("", home=True)
    assert archive.target("https://other.example/one.html", "blog/one.html") is None


def test_a_post_is_found_by_its_page_in_the_archive_and_by_its_address() -> None:
    post = Named(ENTRY, f"{HOME}blog/{ENTRY}.entry", names=("blog/two.html",))
    both = Directory(Blog(CID, "", "spaces-backup", HOME), [post])
    assert both.target("two.html", "blog/one.html") == Target(ENTRY)
    assert both.target(f"/blog/{ENTRY}.entry", "blog/one.html") == Target(ENTRY)
