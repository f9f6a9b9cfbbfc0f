"""What posts are made of, as old editors wrote it: every piece is a few tags of HTML."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import quote

from tests.fidelity.pen import Pen

Piece = Callable[[Pen], str]


def src(name: str) -> str:
    """The name of a file as it stands in an attribute."""
    return html.escape(quote(name))


def paragraphs(pen: Pen) -> str:
    return f"<P>{pen.say()}</P>\r\n<P>{pen.say()}<P>{pen.say()}"


def divs(pen: Pen) -> str:
    return (
        f"<DIV><FONT face=Verdana size=2>{pen.say()}</FONT></DIV>\n<DIV>&nbsp;</DIV>\n"
        f"<div>{pen.say()}\n  {pen.say()}</div><DIV><FONT></FONT>&nbsp;</DIV>"
    )


def breaks(pen: Pen) -> str:
    return f"{pen.say()}<br>{pen.say()}<BR><BR>{pen.say()}<br />&nbsp;<br>{pen.say()}"


def formats(pen: Pen) -> str:
    tag = pen.one_of(
        ("B", "STRONG", "I", "EM", "U", "S", "STRIKE", "TT", "CODE", "SUB")
    )
    other = pen.one_of(("sup", "i", "b", "del", "ins", "kbd", "samp"))
    style = pen.one_of(
        (
            "font-weight:bold",
            "font-style: italic",
            "text-decoration:underline",
            "color:red",
        )
    )
    return (
        f"<p>{pen.say(3)} <{tag}>{pen.say(3)} <{other}>{pen.say(2)}</{other}></{tag}>"
        f'{pen.say_plainly()}<SPAN style="{style}">{pen.say(3)}</SPAN> {pen.say(2)}</p>'
    )


def quotation(pen: Pen) -> str:
    inner = f"<blockquote><p>{pen.say()}</p></blockquote>" if pen.one_of((0, 1)) else ""
    return f"<BLOCKQUOTE dir=ltr style='MARGIN-RIGHT:0px'><P>{pen.say()}</P>{inner}</BLOCKQUOTE>"


def headings(pen: Pen) -> str:
    one, two = pen.one_of("123456"), pen.one_of("2345")
    return (
        f"<H{one}>{pen.say(4)}</H{one}>{pen.say()}<h{two}><b>{pen.say(3)}</b></h{two}>"
    )


def bullets(pen: Pen) -> str:
    return f"<UL>\n<LI>{pen.say()}\n<LI><B>{pen.say(3)}</B>\n<li>{pen.say(2)}<br>{pen.say(2)}</UL>"


def numbers(pen: Pen) -> str:
    start = pen.one_of(("", " start=4", " type=a", " reversed"))
    return f"<ol{start}><li>{pen.say()}</li><li>{pen.say(4)}</li></ol>"


def nested_list(pen: Pen) -> str:
    inner = f"<li>{pen.say(3)}</li><li>{pen.say(3)}<ol><li>{pen.say(2)}</li></ol></li>"
    if pen.one_of((0, 1)):
        return f"<ul><li>{pen.say(3)}<ul>{inner}</ul></li><li>{pen.say(2)}</li></ul>"
    # As Internet Explorer wrote it.
    return f"<UL><LI>{pen.say(3)}</LI><UL>{inner}</UL><LI>{pen.say(2)}</LI></UL>"


def table(pen: Pen) -> str:
    head = f"<TR><TH>{pen.say(2)}</TH><TH>{pen.say(2)}</TH></TR>" * pen.one_of((0, 1))
    wide = f"<TR><TD colSpan=2>{pen.say(4)}</TD></TR>" * pen.one_of((0, 1))
    return (
        f"<TABLE cellSpacing=0 cellPadding=4 border=1><TBODY>{head}"
        f"<TR><TD>{pen.say(4)}</TD><TD>{pen.say(3)}</TD></TR>{wide}"
        f"<TR><TD><B>{pen.say(2)}</B></TD><TD>{pen.say(2)}</TD></TR></TBODY></TABLE>"
    )


def code(pen: Pen) -> str:
    text = (
        'if (a &lt; b &amp;&amp; c[i] &gt; 0) {\n\tprint("%s\\n", x);\n}\n\n    # end'
    )
    if pen.one_of((0, 1)):
        return f"<pre><code>{text}</code></pre>"
    lines = pen.one_of(("", "\n", "\n\n\n"))
    return f"<PRE>{lines}{pen.say(3)}\n  {text}\n{pen.say(2)}</PRE>"


def rule(pen: Pen) -> str:
    return f"<p>{pen.say()}</p><HR>{pen.say()}"


def centred(pen: Pen) -> str:
    if pen.one_of((0, 1)):
        return f"<P align=center>{pen.say()}</P><p style='text-align:right'>{pen.say()}</p>"
    return f"<CENTER>{pen.say()}</CENTER><DIV align=right>{pen.say(4)}</DIV>"


def right_to_left(pen: Pen) -> str:
    one, two, three = (pen.say_to_the_left() for _ in range(3))
    return f"<P dir=rtl>{one}</P><div dir=rtl align=center>{two}</div><ul dir=rtl><li>{three}</ul>"


def picture_alone(pen: Pen) -> str:
    name = pen.file()
    alt = html.escape(pen.say_plainly())
    return f'<P>{pen.say(4)}</P><P><IMG src="{src(name)}" alt="{alt}" border=0></P>'


def picture_sized(pen: Pen) -> str:
    name, width = pen.file(640, 480), pen.one_of((100, 200, 320, 500))
    size = pen.one_of(
        (
            f"width={width}",
            f'style="width:{width}px"',
            f"width={width} height={width * 3 // 4}",
            f"height={width * 3 // 4}",
            'width="40%"',
        )
    )
    return f'<p><img src="{src(name)}" {size}></p><p>{pen.say(3)}</p>'


def picture_in_text(pen: Pen) -> str:
    name = pen.file(160, 120)
    return f'<p>{pen.say_plainly()} <img src="{src(name)}"> {pen.say_plainly()}</p>'


def picture_floating(pen: Pen) -> str:
    name, side = pen.file(320, 240), pen.one_of(("left", "right"))
    how = pen.one_of((f"align={side}", f'style="float:{side}"'))
    return f'<P><IMG {how} src="{src(name)}" width=200 alt="{side}">{pen.say()}</P>'


def picture_centred(pen: Pen) -> str:
    image = f'<IMG src="{src(pen.file(320, 200))}"'
    middle = f'<p>{image} style="display:block;margin:0 auto"></p>'
    return pen.one_of((f"<P align=center>{image}></P>", middle))


def picture_linked(pen: Pen) -> str:
    name = pen.file(800, 600)
    return f'<p><a href="{src(name)}"><img src="{src(name)}" width=300></a></p>'


def thumbnail(pen: Pen) -> str:
    name = pen.file(800, 600)
    return f'<a href="{src(name)}" target="_blank"><img src="{src(pen.small_of(name))}"></a>'


def picture_to_a_post(pen: Pen) -> str:
    return f'<p><a href="{pen.link()}"><img src="{src(pen.file(200, 100))}"></a></p>'


def gallery(pen: Pen) -> str:
    names = [pen.file(640, 480) for _ in range(pen.one_of((2, 3)))]
    return "<p>" + " ".join(f'<img src="{src(name)}">' for name in names) + "</p>"


def captioned(pen: Pen) -> str:
    image, words = f'<img src="{src(pen.file(300, 200))}">', pen.say(4)
    return pen.one_of(
        (
            f"<figure>{image}<figcaption>{words}</figcaption></figure>",
            f'<div class="wp-caption" style="float:right;width:310px">{image}'
            f'<p class="wp-caption-text">{words}</p></div>',
        )
    )


def icons(pen: Pen) -> str:
    row = (f'<img src="{src(pen.file(96, 96))}" width=48 height=48>' for _ in "123")
    return f"<p>{' '.join(row)}</p>"


def picture_in_table(pen: Pen) -> str:
    return (
        f'<table><tr><td><img src="{src(pen.file(120, 90))}"></td>'
        f"<td>{pen.say(3)}</td></tr></table>"
    )


def lost_picture(pen: Pen) -> str:
    return f'<p>{pen.say(3)}</p><p><img src="{pen.lost()}"></p>'


def picture_elsewhere(pen: Pen) -> str:
    return f'<p><img src="http://pictures.example/{pen.number}.jpg" width=300></p>'


def smileys(pen: Pen) -> str:
    name = pen.one_of(("smile_regular", "smile_wink", "heart", "rose", "thumbs_up"))
    face = f"http://shared.live.com/x/emoticons/{name}.gif"
    return f'<p>{pen.say(3)} <img src="{face}" height=19 width=19> {pen.say(3)}</p>'


def links(pen: Pen) -> str:
    words = [pen.say_plainly() for _ in range(3)]
    return (
        f'<p>{pen.say(3)} <a href="{pen.link()}">{words[0]}</a> {pen.say(2)} '
        f"<A href='{pen.link()}' target=_blank><b>{words[1]}</b></A>"
        f' <a href="{pen.link()}">{words[2]}</a>.</p>'
    )


def links_away(pen: Pen) -> str:
    far = pen.one_of(
        (
            "https://example.com/?a=1&amp;b=2#c",
            "http://user.example.org/~me/a%20b.html",
            "mailto:me@example.org?subject=a%20b",
            "http://例子.example/路径?问=答",
            "ftp://ftp.example.org/pub/",
            "https://example.com/[x]/(y)",
        )
    )
    return f'<p>{pen.say(3)} <a href="{far}" title="x">{pen.say_plainly()}</a></p>'


def documents(pen: Pen) -> str:
    return (
        f'<p>{pen.say(2)} <a href="{src(pen.document())}">{pen.say_plainly()}</a></p>'
    )


def picture_behind_words(pen: Pen) -> str:
    return f'<p><a href="{src(pen.file(300, 200))}">{pen.say_plainly()}</a></p>'


def places(pen: Pen) -> str:
    name = f"part{pen.number}"
    return (
        f'<p><a href="#{name}">{pen.say_plainly()}</a></p><p>{pen.say()}</p>'
        f'<a name="{name}"></a><p>{pen.say()}</p>'
    )


def video(pen: Pen) -> str:
    name = pen.one_of(("dQw4w9WgXcQ", "a-b_cdefghi", "0123456789A"))
    player = f"http://www.youtube.com/v/{name}&amp;hl=en"
    vimeo = "http://vimeo.com/moogaloop.swf?clip_id=1084537&amp;server=vimeo.com"
    return (
        pen.one_of(
            (
                f'<object width="425" height="344"><param name="movie" value="{player}"></param>'
                f'<embed src="{player}" type="application/x-shockwave-flash"></embed></object>',
                f'<EMBED src="{player}" width=425 height=350>',
                f'<iframe src="https://www.youtube.com/embed/{name}?rel=0"></iframe>',
                f'<div><embed src="{vimeo}"></div>',
                '<embed src="http://player.example/play.swf?id=77" width=400>',
            )
        )
        + f"<p>{pen.say()}</p>"
    )


def definitions(pen: Pen) -> str:
    return f"<dl><dt>{pen.say(2)}</dt><dd>{pen.say(4)}</dd></dl>"


def hidden(pen: Pen) -> str:
    how = pen.one_of(("hidden", 'style="DISPLAY: none"', 'style="visibility:hidden"'))
    return (
        f"<p>{pen.say(3)}<span {how}>{pen.say()}</span></p><div {how}>{pen.say()}</div>"
    )


PIECES: tuple[Piece, ...] = (
    *(paragraphs, divs, breaks, formats, quotation, headings, bullets, numbers),
    *(nested_list, table, code, rule, centred, right_to_left, definitions),
    *(picture_alone, picture_sized, picture_in_text, picture_floating),
    *(picture_centred, picture_linked, thumbnail, picture_to_a_post, gallery),
    *(captioned, icons, picture_in_table, lost_picture, picture_elsewhere, smileys),
    *(links, links_away, places, video, documents, picture_behind_words, hidden),
)
