"""Spaces pages of every year, written by us after the facts about their markup."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from wizard.sources.spaces_pages.markup import entries_on
from wizard.sources.spaces_pages.outline import outline_of
from wizard.sources.spaces_pages.records import SeenEntry
from wizard.sources.spaces_pages.saved_page import open_page

CID = "1A2B3C4D5E6F708"
SPACE = "quietharbour"
HOME = f"http://{SPACE}.spaces.live.com/"


def address(number: int) -> str:
    return f"{HOME}blog/cns!{CID}!{number}.entry"


def key(number: int) -> str:
    return f"cns!{CID}!{number}"


def coded(url: str) -> str:
    """As Spaces wrote addresses: every mark as a numeric entity."""
    return "".join(c if c.isalnum() or c in "._-" else f"&#{ord(c)};" for c in url)


def photo(
    full: str = "http://tkfiles.storage.msn.com/x1full",
    thumb: str = "http://tkfiles.storage.msn.com/x1thumb",
    number: int = 0,
) -> str:
    rel = f' rel="WLPP;url={full};cnsid=cns&#033;{CID}&#033;{number}"' if number else ""
    return f'<td valign="top"><a href="{full}"{rel} target="_blank"><img src="{thumb}" border="0"></a></td>'


def photo_table(*photos: str) -> str:
    rows = '<tr height="8"><td></td></tr><tr>' + '<td width="15"></td>'.join(photos)
    return (
        f'<table cellspacing="0" border="0">{rows + "</tr>" if photos else ""}</table>'
    )


def entry(
    number: int,
    text: str = "A text.",
    *,
    title: str = "A title",
    date: str = "2007/4/20 1:29:58",
    category: str = "",
    photos: Sequence[str] = (),
    comments: int = 0,
    at: int = 0,
    listed: bool = False,
) -> str:
    """An entry in the markup of 2007 and later; ``listed`` as on a page of several."""
    url = coded(address(number))
    shown = f'<a href="{url}">{title}</a>' if listed else title
    when = f"<nobr>{date}</nobr>" if listed else date
    said = (
        f'&nbsp;| <nobr><a href="{coded(address(number) + "#comment")}" id="blogComments{at}">'
        f"View comments &#40;{comments}&#41;</a></nobr>"
        if comments
        else ""
    )
    named = (
        f'&nbsp;| <a id="blogCategory{at}" href="#">{category}</a>' if category else ""
    )
    return (
        f'<div id="entrycns!{CID}!{number}" class="fixedTable bvEntry" '
        f'bv:cns="cns!{CID}!{number}" bv:ca="true" bv:cat="{category}">'
        f'<h4 class="TextColor1" id="subjcns!{CID}!{number}">{shown}</h4>'
        f'<div id="msgcns!{CID}!{number}" class="bvMsg">{text}</div>{photo_table(*photos)}'
        f'<div class="footerLinks">{when}{said}'
        f'&nbsp;| <nobr><a href="{url}" id="blogPermalink{at}">Permalink</a></nobr>{named}'
        '</div><div class="footer"></div></div>'
    )


def page(
    *entries: str,
    title: str = "Quiet Harbour",
    culture: str = "en-US",
    base: str = f"{HOME}mmm2007-04-13_21.29/",
    head: str = "",
    foot: str = "",
) -> str:
    """A whole page around these entries. ``foot``: what stands behind them."""
    return (
        f'<html xmlns:bv web:culture="{culture}"><head><title>{title}</title>{head}'
        f'<base href="{base}" /></head><body id="ctl00_Body"><div id="MainFocus">'
        f"{''.join(entries)}{foot}</div>"
        "<!--Microsoft.Spaces.WebUser, Version=12.0.0.0 --></body></html>"
    )


def list_page(*numbers: int, **more: str) -> str:
    entries = (
        entry(
            n, f"Text of {n}.", at=at, listed=True, date=f"2007/4/20 1:{n % 60:02}:00"
        )
        for at, n in enumerate(numbers)
    )
    return page(*entries, **more)


def pane(comments: str, number: int = 0) -> str:
    """The box under an entry in which its comments stand."""
    mark = f' bv:cns="cns!{CID}!{number}"' if number else ""
    return f'<div class="bvSection bvEntryComments bvCommentsPane"{mark}><h5>Comments</h5>{comments}</div>'


def comment_2007(
    author: str,
    text: str,
    date: str,
    email: str = "",
    url: str = "",
    wrap: bool = False,
) -> str:
    name = f'<a href="mailto:{email}">{author}</a>' if email else author
    site = f'<br><a href="{url}">{url}</a>' if url else ""
    inner = f"{name}<div>{text}</div>{date}{site}"
    inner = f"<span>{inner}</span>" if wrap else inner
    return f'<div class="bvCommentText bvwordwrap">{inner}</div>'


def comment_2008(
    number: int, author: str, text: str, date: str, email: str = ""
) -> str:
    name = f'<a href="mailto:{email}">{author}</a>' if email else author
    return (
        f'<div class="row"><span id="ccNamecns!{CID}!{number}">{name}</span>'
        f'<span id="ccDatecns!{CID}!{number}">{date}</span>'
        f'<div class="ccViewComment">{text}</div></div>'
    )


def comment_2008_february(author: str, url: str, text: str, date: str) -> str:
    return (
        f'<div class="ccViewComment"><div class="ccViewAuthorUrl ltrText"><a href="{url}">'
        f'{author}</a></div><span id="ccDatecns!{CID}!77">{date}</span><p>{text}</p></div>'
    )


def comment_2009(author: str, text: str, date: str) -> str:
    return (
        f'<div class="ccCommentBox"><div class="ccName"><span>{author}</span></div>'
        f'<div class="Comment">{text}</div></div>'
        f'<div class="ccDateBoxLeft"><span>{date}</span></div>'
    )


def comment_2010(author: str, text: str, date: str, url: str = "") -> str:
    name = f'<a href="{url}">{author}</a>' if url else author
    return (
        f'<div class="cc2_cmt"><div class="cc2_dnmmain">{name}</div>'
        f'<div class="cc2_tsmain"> - {date}</div><div class="cc2_txt">{text}</div></div>'
    )


def page_2006(number: int = 1073, cid: str = "1pU-rgQVTuuWM1TX8W8PfmDA") -> str:
    """The first years: nothing but the text has a mark, the date stands above."""
    url = f"http://spaces.msn.com/members/QuietHarbour/Blog/cns!{cid}!{number}.entry"
    return (
        "<HTML><HEAD><TITLE>Quiet Harbour</TITLE></HEAD><BODY>"
        "<TABLE><TR><TD>June 24, 2006</TD></TR></TABLE><TABLE><TR><TD>"
        f'<H3>First light</H3><DIV id="msgcns!{cid}!{number}"><P>We moved in.<P>At last.</DIV>'
        "</TD></TR><TR><TD valign=top nowrap>15:42"
        f'<TD><A href="{url}?_c11_blogpart_blogpart=blogview&_c=blogpart#permalink">Permalink</A>'
        "</TR></TABLE><img src='/Web/images/arrow_next.gif'></BODY></HTML>"
    )


def page_2007_header(number: int, day: str = "June 24", time: str = "3:34 PM") -> str:
    """Until July 2007, for owners who chose the date above the title."""
    return page(
        f'<span class="bold" id="LastMDatecns!{CID}!{number}">{day}</span>'
        f'<h4 id="subjcns!{CID}!{number}">Title of {number}</h4>'
        f'<div id="msgcns!{CID}!{number}" class="bvMsg">Text of {number}.</div>'
        f'<div class="footer"><span>{time}</span> | <a href="{address(number)}">Permalink</a></div>'
    )


def from_wayback(html: str, stamp: str = "20080517132205") -> str:
    """As the Wayback Machine shows a page: addresses behind a prefix, and a toolbar."""
    prefix = f"http://web.archive.org/web/{stamp}"
    html = html.replace('href="http', f'href="{prefix}/http')
    html = html.replace('href="/', f'href="{prefix}/{HOME}')
    html = html.replace('src="http', f'src="{prefix}im_/http')
    toolbar = (
        '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><div id="wm-ipp">'
        '<a href="http://web.archive.org/web/20070101000000/http://x.invalid/">before</a>'
        "4 captures 1 Jan 2007 - 5 May 2009</div></div>"
    )
    return html.replace('<body id="ctl00_Body">', f'<body id="ctl00_Body">{toolbar}')


def seen(
    html: str | bytes,
    name: str = "page.html",
    files: Collection[str] = (),
    modified: datetime | None = None,
) -> list[SeenEntry]:
    """What the page says of its entries. ``files``: what was saved beside it."""
    data = html.encode() if isinstance(html, str) else html
    opened = open_page(name, data, modified)
    assert opened is not None
    files = set(files)
    resolve = {each: each for each in files}.get
    return list(entries_on(opened, outline_of(opened.root), resolve))
