"""Where a blog's interface is: found as Live Writer found it, and believed with care."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.sources.metaweblog_stub import (
    answering,
    home_page,
    rsd,
    spaces,
)
from wizard.errors import (
    NothingFound,
)
from wizard.network import Session
from wizard.sources.metaweblog.rsd import find_interface


def test_an_interface_is_found_by_its_usual_name():
    blog = spaces([])
    blog.endpoint = "/blog/xmlrpc.php"
    blog.pages["/blog"] = (200, "text/html", b"<title>Blog</title>")
    with answering(blog), closing(Session()) as session:
        for address in ("/blog", "/blog/", "/blog/xmlrpc.php", "/blog?p=1"):
            blog.pages.setdefault(address, blog.pages["/blog"])
            found = find_interface(session, blog.url + address)
            assert found.url == blog.url + "/blog/xmlrpc.php"


def test_the_best_of_several_interfaces_is_taken():
    blog = spaces([])
    blog.pages["/"] = home_page("rsd.xml?a=1&amp;b=2")
    blog.pages["/rsd.xml?a=1&b=2"] = (
        200,
        "text/xml",
        rsd(
            "5",
            "/other.php",
            "Blogger",
            "Movable Type",
            "WordPress",
            engine="WordPress",
        ),
    )
    with answering(blog), closing(Session()) as session:
        found = find_interface(session, blog.url)
    assert (found.url, found.blog_id) == (blog.url + "/other.php", "5")
    assert found.engine == "WordPress"


def test_a_page_in_plain_text_cannot_send_the_password_to_another_host():
    blog, thief = spaces([]), spaces([])
    with answering(thief), answering(blog), closing(Session()) as session:
        elsewhere = thief.url.replace("127.0.0.1", "localhost")
        for link in (elsewhere + "/rsd.xml", "/rsd.xml"):
            blog.pages["/"] = home_page(link)
            page = rsd("1", elsewhere + thief.endpoint, "MetaWeblog")
            blog.pages["/rsd.xml"] = thief.pages["/rsd.xml"] = (200, "text/xml", page)
            with pytest.raises(NothingFound):
                find_interface(session, blog.url)
    assert thief.heads == []
    assert thief.calls == []


def test_broken_descriptions_are_passed_over():
    blog = spaces([])
    blog.endpoint = "/xmlrpc.php"
    for page in (
        b"",
        b"<rsd",
        b"<html>no</html>",
        b"\xff\xfe",
        rsd("1", "http://[", "MetaWeblog"),
    ):
        blog.pages["/"] = home_page("/rsd.xml")
        blog.pages["/rsd.xml"] = (200, "text/xml", page)
        with answering(blog), closing(Session()) as session:
            assert find_interface(session, blog.url).url == blog.url + "/xmlrpc.php"
