"""What the fuzzer begins with: small, good inputs of each kind, made here."""

from __future__ import annotations

import io
import json
import zipfile
from xmlrpc.client import DateTime, Fault, dumps

from PIL import Image

from tests.raw_server import reply
from tests.sources import space_pages


def zips() -> list[bytes]:
    made = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        for names in (("a.html",), ("Blog/1.html", "Blog/照片/1.jpg", "../b", "/c")):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", method) as packed:
                for name in names:
                    packed.writestr(name, b"<html>words</html>" * 9)
                packed.comment = b"a comment"
            made.append(file.getvalue())
    return made


def pages() -> list[bytes]:
    old, when = "A remark", "4/21/2007 8:01 AM"
    comments = (
        space_pages.comment_2007("Ann", old, when),
        space_pages.comment_2008(3, "Ann", old, when),
        space_pages.comment_2009("Ann", old, when),
        space_pages.comment_2010("Ann", old, "Apr. 21"),
    )
    one = space_pages.entry(975, "A text.")
    made = [
        space_pages.page_2006(),
        space_pages.page_2007_header(7),
        space_pages.list_page(1, 2, 3),
        space_pages.from_wayback(space_pages.list_page(4, 5)),
        *(space_pages.page(one, foot=space_pages.pane(c, 975)) for c in comments),
    ]
    return [page.encode() for page in made]


def htmls() -> list[bytes]:
    return [
        b"<p>Words <b>bold</b> &amp; <a href='http://a.example/'>a link</a></p>",
        b"<table><tr><td background=x><font size=7 color=red>old</font></table>",
        b"<script>alert(1)</script><svg onload=a()><style>p{x:y}</style><math>",
        b"<div><div><span><ul><li>1<li>2<p>3</ul><pre> a\n b</pre><hr><br></span>",
        b'<embed src="http://www.youtube.com/v/abc"><object><param name=movie value=x>',
        b"<a href='jav&#x09;ascript:x'>y</a><img src=\"data:image/png;base64,AA\">",
        b"<!-- c --><![CDATA[ d ]]><?php e ?><!DOCTYPE f>&nbsp;&#0;&#xD800;&bogus;",
        "<p>[caption]中文\u202e مرحبا 👨‍👩‍👧</p>\0".encode() + b"\xff\xc3(",
    ]


def dates() -> list[bytes]:
    lines = (
        "2010/9/28 21:05:09\n2010/9/27 7:00:00",
        "June 24, 2007 3:04 PM\nJune 24\n24 juin 2007 à 15h04",
        "4 hours ago\n3 天前\nvor 2 Tagen\nNov. 6\nyesterday",
        "28.9.2010 21:05\n1.10.2010 7:00\n3/4/07\n4/13/07",
        "2007年4月20日 下午 1:29\n平成19年4月20日\n2007-04-20T01:29:58Z",
        "20 أبريل 2007\n2007. 4. 20. 오후 1:29\n20 апреля 2007 г.",
    )
    return [text.encode() for text in lines]


def answers() -> list[bytes]:
    row = {"id": 7, "link": "http://127.0.0.1/?p=7", "status": "draft", "slug": "md-1"}
    more = {"title": {"raw": "t"}, "content": {"raw": "<!-- moving-day:md-1 -->"}}
    full = row | more | {"excerpt": {"raw": ""}, "date_gmt": "2007-01-02T03:04:05"}
    full |= {"author_user_agent": "md-1", "name": "a", "categories": [1], "tags": []}
    root = {"namespaces": ["wp/v2"], "name": "B", "authentication": {"a": {}}}
    root |= {"capabilities": {"publish_posts": True, "upload_files": True}, "id": 1}
    no = {"code": "rest_invalid_param", "message": "No.", "data": {"status": 400}}
    told = [full, [full], [], root, no, {"code": "term_exists", "data": {"term_id": 3}}]
    bodies = [json.dumps(each).encode() for each in told]
    bodies += [b"<br><b>Warning</b>" + bodies[0], b"<html><title>Sign in</title>", b""]
    made = [reply(body) for body in bodies]
    made += [reply(bodies[4], "400 Bad"), reply(bodies[4], "500 Oh")]
    made.append(reply(b"", "429 Slow", retry_after="Wed, 21 Oct 2015 07:28:00 GMT"))
    made.append(reply(b"", "302 Found", location="http://127.0.0.1/x"))
    made.append(reply(b"{}", link='<http://127.0.0.1/j/>; rel="https://api.w.org/"'))
    return made


def calls() -> list[bytes]:
    things = ({"a": [1, 2.5, True, "ä", DateTime("20070420T01:29:58")]}, [], "")
    made = [dumps((each,), methodresponse=True).encode() for each in things]
    made.append(dumps(Fault(403, "No, <b>never</b>"), methodresponse=True).encode())
    made.append(b"<b>Warning</b>\n" + made[0] + b"<!-- 0.1 s -->")
    return made


def pictures() -> list[bytes]:
    made = []
    image = Image.new("RGB", (3, 2), "red")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (1.0, 2.0, 3.0)})
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        file = io.BytesIO()
        image.save(file, kind, exif=exif, comment=b"a comment")
        made.append(file.getvalue())
    return made
