"""The real editor of WordPress finds nothing to mend in our blocks, not one letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.block_editor import BlockEditor, edit
from tests.content.test_cleaning import soups
from tests.content.test_composing import SAMPLES
from tests.wordpress import WordPress
from wizard.blog import Photo, Post, Status
from wizard.content.composing import Placed, compose
from wizard.credentials import Secret
from wizard.destinations import Kind, NewPost
from wizard.destinations.wordpress import WordPress as NewBlog
from wizard.sources import open_source

SAMPLE = Path(__file__).parents[2] / "resources/sample/sample-space.zip"
MARKER = "md-0123456789abcdef0123"
HOME = Placed("http://new.example/f.jpg", "http://new.example/s.jpg", 640, 480, 7)
SMALL = Placed("http://new.example/t.png", "http://new.example/t.png", 60, 40, 8)
PHOTOS = (
    Photo("i/1.jpg", True, ("http://old.example/1",), alt='one "&" <two>'),
    Photo("i/2.jpg", True, ("http://old.example/2",)),
)
PLACED = {"i/1.jpg": HOME, "i/2.jpg": SMALL}
# Each kind of thing that posts are made of, and the odd ways in which they were written.
POSTS = r"""
words<br>and <b>bold <i>ones</i></b>, a <a href="http://x.example/?a=1&b=2">link</a> &amp; more
<p align=center>middle<p align=right>right<p align=justify>both<p dir=rtl align=center>שלום
<h1>a</h1><h2 align=center>b</h2><h3>c <img src=http://old.example/1> d</h3><h6 dir=rtl>e</h6>
<img src=http://old.example/1><img src=http://old.example/2>
<a href=http://old.example/1><img src=http://old.example/1 width=200 title="a 'title' &quot;x&quot;"></a>
before <img src=http://old.example/1 align=left> after <img src=http://old.example/2> end
<p align=center><a name=x></a><img src="http://x.example/?a=1&b=2" alt="&lt;b&gt;" width=300></p><a href=#x>up</a>
<figure><img src=http://old.example/1><figcaption>a <b>caption</b></figcaption></figure>
<figure><img src=http://old.example/1><img src=http://old.example/2><figcaption>two</figcaption></figure>
<figure><figure><a href=http://old.example/1><img src=http://old.example/1></a><figcaption>one</figcaption></figure><figure><img src=http://old.example/2></figure></figure>
<figure><img src=http://old.example/1 align=right><figcaption>right</figcaption></figure><figure><p align=center><a href=http://old.example/1><img src=http://old.example/1></a></p><figcaption>middle</figcaption></figure>
<figure><ul><li><figure><img src=http://old.example/1><figcaption>one</figcaption></figure></li><li><figure><img src=http://old.example/2></figure></li></ul><figcaption>both</figcaption></figure>
<figure><p>no picture</p><figcaption>but a caption</figcaption></figure>
<div class="wp-caption alignright" style="width:310px"><img src=http://old.example/1 width=300><p class="wp-caption-text">words <b>here</b></p></div>after
<figure class=aligncenter><a href=http://old.example/1><img src=http://old.example/1></a><figcaption>c</figcaption></figure>
<img src=http://old.example/1 style="display:block;margin:0 auto"><img src=http://x.example/a.jpg width="50%"><p><img src=http://x.example/a.jpg height=50>
<p align=center><img src=http://old.example/2> <a href="http://x.example/?a=1&b=2"><img src=http://x.example/i.gif width=32 height=32 alt="&quot;a&quot;"></a></p>
<ul><li>a<li>b<ol start=4><li>c<br>d<li><p>e</p><p>f</p></ol></ul><ol><ul><li>g</ul></ol>
<ul align=center><li>a <img src=http://old.example/1></ul><ul><li>a<ul><li>b</ul>c</ul>
<blockquote align=center>a<br><br>b<ul><li>c</ul><blockquote>d</blockquote></blockquote>
<pre>a⏎⏎	b &lt;&gt; &amp;amp; [x] <b>c</b></pre><pre>d [1]</pre><pre>https://x.example/⏎x</pre>
<pre>⏎⏎a</pre><pre>⏎⏎⏎b [x]</pre><pre><code>⏎c</code></pre>
<ol type=a start=3 reversed><li>a<ol type=I><li>b</ol></ol><ol reversed><li>c</ol><ol><li value=3>d</ol>
<ol start=-3><li>a<li><li>c<ol reversed start=0><li>d<li></ol></ol>
<figure class="columns-2"><figure><img src=http://old.example/1><figcaption>one</figcaption></figure><figure><img src=http://old.example/2></figure></figure>
<p>a <font color=red>r <font color=blue size=6>b</font> r</font> <span style="background:yellow">y</span><p style="color:green" align=center>whole <a href=#x>l</a>
<h2 style="color:#1f497d;font-size:30pt">h</h2><ul style="color:red"><li>i<ul><li style="color:blue">j</ul></ul><table><tr><td style="color:red">c<td><font size=7>d</font></table><blockquote style="color:navy">q</blockquote>
<pre><span style="color:#0000ff">using</span> x[1]; <b style="color:red">y</b></pre><pre><code><span style="color:#0000ff">if</span> (a[i])</code></pre><figure><img src=http://old.example/1><figcaption style="color:red">words</figcaption></figure>
<div style="color:red"><img src=http://old.example/1> beside <img src=http://old.example/2></div><div style="color:maroon;font-size:2em"><a href=http://old.example/1><img src=http://old.example/1></a></div>
<a href=#end>down</a><p>last</p><a name=end></a>
<p style="margin-left:40px">a<p align=center style="margin-left:40px">b<h2 style="margin-left:1in">c</h2><p dir=rtl style="margin-left:2em">d
<pre><code>if (a[i] &lt; b) { c("d") }</code></pre><pre><code>https://x.example/</code></pre>
<table><caption>a<p>b</caption><thead><tr><th>c<tbody><tr><td align=right>d<td colspan=2>e<p>f<tbody><tr><td rowspan=2>g</table>
<table><tr><td>a<table><tr><td>b</table></table>
<h2 id=s>a</h2><p id=v>https://vimeo.com/12<p><a name=w></a><a href=https://vimeo.com/1>https://vimeo.com/1</a><p id=i>b <a name=_1 href=#s>c</a>
<div id=d><pre id=k><code>a<span id=l>b</span></code></pre></div><ul id=u><li id=1>x</ul><table id=t><tr><td id=é>x</table><pre id=z>y</pre>
<p id=p><img src=http://old.example/1><figure id=f><img src=http://old.example/2><figcaption>x</figcaption></figure>
a<hr>b<!--more-->c<hr>
a<!--more "Read" -on… 'é' {"b"}: -->b<!--nextpage-->c
<embed src=http://www.youtube.com/v/abcdefgh><embed src="http://vimeo.com/moogaloop.swf?clip_id=12">
<a href="https://www.youtube.com/watch?v=a--b&amp;t=3">https://www.youtube.com/watch?v=a--b&amp;t=3</a>
<p>https://vimeo.com/12?a=1&amp;b=2<p>https://vimeo.com/12 and more<p>https://x.example/12
<figure>https://vimeo.com/12<figcaption>a <b>film</b> [x]<br>&amp; more</figcaption></figure><figure><audio src="http://x.example/a.mp3"></audio><figcaption>song</figcaption></figure>
<figure class="wp-block-embed"><div>https://x.example/12</div><figcaption>no film</figcaption></figure>
<iframe src="https://www.youtube.com/embed/abcdefgh?start=43&amp;rel=0"></iframe>
<audio src="http://x.example/a.mp3?b=1&c=2"></audio><video src=http://x.example/a.mp4></video>
<dl><dt>a<dd>b</dl> and many, many more words than that, so that it is worth while
[gallery] [1] [[x]] &#91;y&#93; <b>[</b>z] and a &lt;!-- wp:paragraph --&gt; --&gt;
<ruby>漢<rt>kan</rt></ruby> <abbr title="a &quot;b&quot;">c</abbr> <q>d</q> H<sub>2</sub>O &nbsp; é 中 🎉 &shy;
C:\temp\new\u0041 "quoted" 'single' “curly” a -- b &hellip; &#8203;
<dl dir=rtl><dt>only</dl>
<details><summary>a <b>b</b> [x]</summary><p>c</p><img src=http://old.example/1><details open><summary>d<p>e</summary><ul><li>f</ul></details></details>
<details open id=a1><summary id=a2>a</summary>b<blockquote>c</blockquote></details><blockquote><details><summary>d</summary>e</details></blockquote>
<details>no name</details><details><summary><h3>h</h3></summary>b</details><details><summary>only</summary></details><details dir=rtl><summary>a</summary>b</details>
<ul><li>a<details><summary>b</summary>c</details></ul><table><tr><td><details><summary>b</summary>c</details></table>
<summary>alone</summary><details align=center><summary>a</summary>b</details><details><summary>a</summary>b<summary>c</summary></details> and many, many more words than that, so that it is worth while
<pre class="wp-block-verse">⏎⏎ a <b>b</b>⏎  [x] <br>c</pre><pre class=wp-block-verse align=center><code>a</code></pre><pre class=wp-block-verse>a<h2>b</h2><ul><li>c</ul>
<figure class="wp-block-pullquote"><blockquote><p>a <b>b</b><p>c [x]</p><cite>d <a href="http://x.example/">e</a></cite></blockquote></figure>
<figure class="wp-block-pullquote"><blockquote><p>a</p></blockquote></figure><figure class="wp-block-pullquote"><blockquote><ul><li>a</ul></blockquote></figure><figure class=wp-block-pullquote><img src=http://old.example/1></figure>
<blockquote><p>a</p><cite>b [x]</cite></blockquote><blockquote align=right>a<p align=left><cite>b</cite></blockquote><blockquote><cite>only</cite></blockquote>
<a href="#a[x]">go</a><p id="a[x]"><img src=http://old.example/1></p><p id="a&b"><img src=http://old.example/2></p><a href="#a&b">go</a>
<a href="http://x.example/" title="a &quot;b&quot; [x] &lt;i&gt;">b <span title="c [d]">e</span></a> <span title=f style="font-size:30pt">g <span title=h>i</span></span> <bdo dir=rtl>j <bdo dir=ltr>k</bdo></bdo>
<p><a href="http://x.example/" title=t><img src=http://old.example/1></a></p><pre><a href=#z title=t>a</a></pre><figure><img src=http://old.example/1><figcaption><span title=t>c</span></figcaption></figure>
<ul><li><span title=t>a</span></ul><h2><bdo dir=rtl>a</bdo></h2><table><tr><td><a href=#z title=t>a</a></table><details><summary><span title=t>a</span></summary>b</details>
<figure class="wp-block-table"><table><tr><td>a</table><figcaption>b <b>c</b></figcaption></figure><figure><table><caption>a</caption><tr><td>b</table><figcaption>c</figcaption></figure>
""".strip().splitlines()
pieces = st.lists(
    st.one_of(
        soups,
        st.sampled_from(POSTS),
        st.sampled_from(
            [
                f'<img src="http://old.example/{n}" {a}>'
                for n in (1, 2)
                for a in ("", "width=90")
            ]
        ),
    ),
    max_size=4,
).map("".join)


def post_of(html: str) -> Post:
    return Post("k", "t", html.replace("⏎", "\n"), None, photos=PHOTOS)


def composed(html: str) -> str:
    return compose(post_of(html), PLACED, MARKER, blocks=True)


def in_tags(text: str) -> str:
    """With brackets in tags: where one could begin a shortcode, ours is a reference."""
    return re.sub(r"&#91;(?=[^<>]*>)", "[", text)


def assert_untouched(editor: BlockEditor, texts: list[str]) -> None:
    """Every block is valid, none is classic, and saving changes no letter."""
    texts = [text for text in texts if "<!-- wp:" in text]
    for text, read in zip(texts, editor.read(texts), strict=True):
        assert not read.invalid
        assert "core/freeform" not in read.names
        assert "core/missing" not in read.names
        assert in_tags(read.again) == in_tags(text)
        assert text.count(MARKER) in (2, 4) or f"<!-- moving-day:{MARKER} -->" in text


@pytest.mark.parametrize("old", POSTS)
def test_the_editor_saves_each_kind_of_post_as_it_was_sent(
    editor: BlockEditor, old: str
) -> None:
    assert_untouched(editor, [composed(old)])


def test_the_control_what_a_person_may_have_written_is_not_saved_as_it_was(
    editor: BlockEditor,
) -> None:
    classic, bad = editor.read(
        [
            "<p>classic</p>",
            '<!-- wp:heading -->\n<h2 style="color:red">a</h2>\n<!-- /wp:heading -->',
        ]
    )
    assert classic.names == ("core/freeform",)
    assert bad.invalid


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(olds=st.lists(pieces, min_size=5, max_size=15))
def test_the_editor_saves_whatever_old_html_became_as_it_was_sent(
    editor: BlockEditor, olds: list[str]
) -> None:
    assert_untouched(editor, [composed(old) for old in olds])


def test_the_editor_saves_the_sample_blog_as_it_was_sent(editor: BlockEditor) -> None:
    texts = []
    for post in open_source([str(SAMPLE)]).posts():
        placed = {
            photo.address: Placed(
                f"http://new.example/{n}.jpg",
                f"http://new.example/{n}-s.jpg",
                800,
                600,
                n + 1,
            )
            for n, photo in enumerate(post.photos)
        }
        texts.append(compose(post, placed, MARKER, blocks=True))
    assert sum("<!-- wp:" in text for text in texts) == len(texts) > 5
    assert_untouched(editor, texts)


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the real pages are not beside the project"
)
def test_the_editor_saves_real_posts_as_they_were_sent(editor: BlockEditor) -> None:
    posts = [
        post
        for page in SAMPLES.glob("*.html")
        for post in open_source([str(page)]).posts()
    ]
    texts = [compose(post, {}, MARKER, blocks=True) for post in posts]
    assert any("<!-- wp:" in text for text in texts)
    assert_untouched(editor, texts)


def test_the_oldest_editor_knows_all_but_what_it_had_not_learnt(
    oldest_editor: BlockEditor,
) -> None:
    """Before 6.3 sizes of pictures were written otherwise, before 6.4 how a list counts,
    before 6.2 no cell was wide."""
    texts = [text for old in POSTS if "<!-- wp:" in (text := composed(old))]
    for text, read in zip(texts, oldest_editor.read(texts), strict=True):
        assert "core/freeform" not in read.names
        for unknown in read.invalid:
            new = ("is-resized", "span=", "list-style-type")
            assert any(each in unknown for each in new), text


# What people do to the paragraph in which the post's name stands.
CHANGES = {
    "other words": (
        "wp.data.dispatch(blocks).updateBlockAttributes("
        "wp.data.select(blocks).getBlockOrder()[0], {content: 'Other words'})"
    ),
    "another kind of block": (
        "{const id = wp.data.select(blocks).getBlockOrder()[0];"
        "wp.data.dispatch(blocks).replaceBlocks(id, wp.blocks.switchToBlockType("
        "wp.data.select(blocks).getBlock(id), 'core/heading'))}"
    ),
    "not there any more": (
        "wp.data.dispatch(blocks).removeBlock(wp.data.select(blocks).getBlockOrder()[0])"
    ),
    "only a title": "wp.data.dispatch(editor).editPost({title: 'Other title'})",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_post_that_somebody_edited_is_found_again(
    wordpress: WordPress, change: str
) -> None:
    blog = NewBlog(wordpress.url, wordpress.user, Secret(wordpress.password))
    blog.check()
    html = composed("first<hr>second")
    made = blog.create(NewPost("t", html, None, Status.DRAFT), MARKER)
    blog.update(made, NewPost("t", html, None, Status.PRIVATE, slug="other"), MARKER)
    try:
        edit(wordpress, made.id, change)
        now = blog.read(made)
        assert now
        assert (now.title, now.html) != ("t", html)
        assert [(mark, there.id) for mark, there in blog.ours(Kind.POST)] == [
            (MARKER, made.id)
        ]
        assert [there.id for there in blog.find(Kind.POST, MARKER)] == [made.id]
    finally:
        blog.delete(made, for_good=True)
