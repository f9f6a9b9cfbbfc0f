"""Blogs of long ago on loopback: servers that speak XML-RPC in the manner of their time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xmlrpc.client import Fault, dumps, loads

USER, PASSWORD = "ann", "geheim-7f3e ü"
BAD_LOGIN = Fault(403, "Incorrect username or password.")
NO_METHOD = Fault(-32601, "requested method does not exist")
Method = Callable[..., Any]


class Blog:
    """``methods``: what it can do. ``pages``: path → (status, type, body) of GET.

    ``dress`` turns the bytes of an answer into what that server would have sent.
    """

    def __init__(self, endpoint: str, methods: Mapping[str, Method]) -> None:
        self.endpoint = endpoint
        self.methods = dict(methods)
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.dress: Callable[[bytes], bytes] = lambda body: body
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.heads: list[str] = []
        self.url = ""

    def answer(self, body: bytes) -> bytes:
        arguments, method = loads(body, use_builtin_types=True)
        self.calls.append((method or "", arguments))
        try:
            if method not in self.methods:
                raise NO_METHOD
            result = self.methods[method](*arguments)
            text = dumps((result,), methodresponse=True, encoding="utf-8")
        except Fault as fault:
            text = dumps(fault, methodresponse=True, encoding="utf-8")
        return self.dress(text.encode())

    def asked(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)


@contextmanager
def answering(blog: Blog) -> Iterator[Blog]:
    """The blog on a port of its own; ``blog.url`` is its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536  # head and body in one packet, else each answer waits 40 ms

        def do_GET(self) -> None:
            blog.heads.append(f"{self.path}\n{self.headers}")
            self._send(*blog.pages.get(self.path, (404, "text/html", b"<h1>404</h1>")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == blog.endpoint:
                self._send(200, "text/xml", blog.answer(body))
            else:
                self._send(*blog.pages.get(self.path, (404, "text/html", b"404")))

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        blog.url = f"http://127.0.0.1:{server.server_port}"
        yield blog
        server.shutdown()


def rsd(blog_id: str, link: str, *names: str, engine: str = "Some engine") -> bytes:
    """An RSD page that names these interfaces, all at ``link``."""
    apis = "".join(
        f'<api name="{name}" preferred="false" apiLink="{link}" blogID="{blog_id}"/>'
        for name in names
    )
    return (
        '<?xml version="1.0"?><rsd version="1.0" xmlns="http://archipelago.phrasewise.com/rsd">'
        f"<service><engineName>{engine}</engineName><apis>{apis}</apis></service></rsd>"
    ).encode()


def home_page(link: str) -> tuple[int, str, bytes]:
    """A front page whose head says where the RSD is."""
    html = f"<html><head><LINK rel='EditURI' type=application/rsd+xml href='{link}'></head>"
    return 200, "text/html", html.encode()


def checked(user: str, password: str) -> None:
    if (user, password) != (USER, PASSWORD):
        raise BAD_LOGIN


def spaces(posts: list[dict[str, Any]]) -> Blog:
    """As Windows Live Spaces was: at most 20 posts, a mark before the XML, no comments."""

    def users_blogs(_key: str, user: str, password: str) -> list[dict[str, Any]]:
        checked(user, password)
        return [
            {"url": "http://ann.example/", "blogid": "MyBlog", "blogName": "Ann & I"}
        ]

    def recent(
        _blog: str, user: str, password: str, count: int
    ) -> list[dict[str, Any]]:
        checked(user, password)
        return posts[: min(count, 20)]

    blog = Blog(
        "/storageservice/MetaWeblog.rpc",
        {"blogger.getUsersBlogs": users_blogs, "metaWeblog.getRecentPosts": recent},
    )
    blog.dress = lambda body: b"\xef\xbb\xbf\r\n" + body
    return blog


def movable_type(posts: list[dict[str, Any]]) -> Blog:
    """As Movable Type is: RSD, all posts on demand, titles alone, text in two parts, and
    categories only of one post at a time."""

    def users_blogs(_key: str, user: str, password: str) -> list[dict[str, Any]]:
        checked(user, password)
        return [
            {"url": "http://elsewhere.example/", "blogid": "1", "blogName": "Other"},
            {"url": f"{blog.url}/blog/", "blogid": "7", "blogName": "Gärten"},
        ]

    def recent(
        _blog: str, user: str, password: str, count: int
    ) -> list[dict[str, Any]]:
        checked(user, password)
        return [without_categories(post) for post in posts[:count]]

    def titles(
        _blog: str, user: str, password: str, count: int
    ) -> list[dict[str, Any]]:
        checked(user, password)
        short = ("postid", "title", "dateCreated", "userid")
        return [{k: v for k, v in post.items() if k in short} for post in posts[:count]]

    def one(key: str, user: str, password: str) -> dict[str, Any]:
        checked(user, password)
        post = next(post for post in posts if post["postid"] == key)
        return without_categories(post)

    def without_categories(post: dict[str, Any]) -> dict[str, Any]:
        return {name: said for name, said in post.items() if name != "categories"}

    def categories(key: str, user: str, password: str) -> list[dict[str, Any]]:
        checked(user, password)
        post = next(post for post in posts if post["postid"] == key)
        return post.get("categories", [])

    blog = Blog(
        "/cgi-bin/mt/mt-xmlrpc.cgi",
        {
            "blogger.getUsersBlogs": users_blogs,
            "metaWeblog.getRecentPosts": recent,
            "mt.getRecentPostTitles": titles,
            "metaWeblog.getPost": one,
            "mt.getPostCategories": categories,
            "mt.supportedMethods": lambda: sorted(blog.methods),
        },
    )
    blog.pages["/blog/"] = home_page("/blog/rsd.xml")
    described = rsd("7", "/cgi-bin/mt/mt-xmlrpc.cgi", "Blogger", "MetaWeblog")
    blog.pages["/blog/rsd.xml"] = (200, "application/rsd+xml", described)
    return blog


def spaces_posts(count: int) -> list[dict]:
    """Newest first, in the structs that Spaces gave."""
    return [
        {
            "postid": f"2B070A76FD6627CE!{n}",
            "dateCreated": datetime(2007, 1, 1, 10, n % 60) + timedelta(days=n),
            "title": f"Entry {n} &amp; more",
            "description": f"<div>Text {n}</div>",
            "categories": ["Travel"],
            "publish": n % 2 == 0,
            "link": f"http://ann.example/Blog/cns!2B!{n}.entry",
            "permaLink": f"http://ann.example/Blog/cns!2B!{n}.entry",
        }
        for n in range(count, 0, -1)
    ]


def mt_posts(count: int, **more: object) -> list[dict]:
    return [
        {
            "postid": str(n),
            "userid": "1",
            "dateCreated": f"{2008 + n // 300}-03-04T05:06:{n % 60:02d}+09:00",
            "title": f"Eintrag {n}",
            "description": "<p>Anfang</p>",
            "mt_text_more": "<p>Ende</p>" if n == 3 else "",
            "mt_excerpt": "Kurz",
            "mt_keywords": 'Rose, "Tulpe",,Rose',
            "mt_convert_breaks": "0",
            "categories": [
                {"categoryId": "2", "categoryName": "Garten", "isPrimary": True},
                {"categoryId": "3", "categoryName": "Hof", "isPrimary": False},
            ],
            "link": f"https://ann.example/{n}.html",
            "post_status": "publish",
            **more,
        }
        for n in range(count, 0, -1)
    ]
