"""Links of a finished text, led elsewhere with nothing else of it changed."""

from __future__ import annotations

import html as references
import re
from urllib.parse import unquote

import pytest
import requests

from tests.wordpress import WordPress
from wizard.blog import Post
from wizard.content.cleaning import clean_comment
from wizard.content.composing import compose
from wizard.content.links import bare, hrefs, readdressed, relinked, shown


def post(html: str) -> Post:
    return Post("k", "t", html, None)


def test_only_the_links_that_are_named_change() -> None:
    html = (
        '<p><a id="x" href="http://a/?b=1&amp;c=&quot;2&quot;">http://a/</a> href="http://a/"'
        ' <a href="http://b/">b</a><img src="http://a/"></p>'
    )
    assert list(hrefs(html)) == ['http://a/?b=1&c="2"', "http://b/"]


def test_what_is_played_leads_somewhere_too() -> None:
    html = '<audio controls src="http://a/1.mp3"></audio><video src="http://a/2.mp4">'
    assert list(hrefs(html)) == ["http://a/1.mp3", "http://a/2.mp4"]
    new = relinked(html, {'http://a/?b=1&c="2"': "https://n/?p=1&q='[x]'#comment-2"})
    assert new == html.replace(
        "http://a/?b=1&amp;c=&quot;2&quot;",
        "https://n/?p=1&amp;q=&#x27;&#91;x&#93;&#x27;#comment-2",
    )
    assert relinked(new, {}) == new


def test_what_was_composed_is_found_again_letter_for_letter() -> None:
    odd = "http://a/b c/(d)'e?f=[g]&h=ü&amp;i#j"
    html = compose(post(f'<p><a href="{odd}">x</a></p>'), {})
    assert list(hrefs(html)) == ["http://a/b c/(d)'e?f=[g]&h=ü&i#j"]


def test_links_lead_where_they_are_told_to_and_are_cleaned_there() -> None:
    asked = []

    def links(href: str) -> str:
        asked.append(href)
        return {"old": "https://new/", "bad": "javascript:alert(1)"}.get(href, "")

    html = compose(
        post('<a href="old">1</a> <a href="bad">2</a> <a href="http://x/">3</a>'),
        {},
        links=links,
    )
    assert asked == ["old", "bad", "http://x/"]
    assert list(hrefs(html)) == ["https://new/", "http://x/"]


def test_the_pictures_of_a_text_are_told_letter_for_letter() -> None:
    odd = "http://a/b c.jpg?e='f&h=[ü]"
    old = post(f'<img alt="a > b" src="{odd}"><a href="http://a/2.jpg">src="x"</a>')
    assert shown(compose(old, {})) == shown(compose(old, {}, blocks=True)) == {odd}


A = "http://old.example/2008/05/a.html"
SAID = {
    A: [A],
    f"See {A}. Or ({A}), <{A}!": [A, A, A],
    f"{A}?x=1&amp;y=[2]#part-2, and then {A}...": [f"{A}?x=1&y=[2]#part-2", A],
    f'no "{A}", no =HTTP://old.example/b,c.htm': [],
    "HTTP://old.example/b,c;d.htm;": ["HTTP://old.example/b,c;d.htm"],
    f"<i>{A}</i><br>{A}": [A, A],
    f'<a href="http://x.example/">{A}</a> <code>{A}</code> <pre>{A}</pre>{A}': [A],
    "(http://old.example/a_(b)) http://old.example/a_(b)": ["http://old.example/a_(b)"]
    * 2,
    "http://old.example/cns!2B!975.entry !http://old.example/!": [
        "http://old.example/cns!2B!975.entry",
        "http://old.example/",
    ],
    "www.old.example/a.html, xwww.old.example": ["http://www.old.example/a.html"],
    "http://old.example/中文/。 看http://old.example/": ["http://old.example/中文/。"],
    "http:// 中文, HTTP:// and http://": [],
    "htp://old.example ftp://old.example mailto:a@old.example old.example": [],
}


@pytest.mark.parametrize("said", SAID)
def test_addresses_that_readers_wrote_are_known(said: str) -> None:
    assert list(bare(said)) == SAID[said]


def test_wordpress_makes_links_of_the_same_addresses(wordpress: WordPress) -> None:
    known = wordpress.plug_in(
        "add_action('rest_api_init', fn() => register_rest_route('t/v1', 'links', ["
        "'methods' => 'POST', 'permission_callback' => '__return_true',"
        "'callback' => fn($asked) => make_clickable($asked['text'])]));"
    )
    try:
        for said in SAID:
            answer = requests.post(
                f"{wordpress.url}/index.php?rest_route=/t/v1/links",
                data={"text": said},
                timeout=60,
            )
            made = re.findall(r'<a href="([^"]*)"[^>]*>\1</a>', answer.json())
            there = [unquote(references.unescape(href)).lower() for href in made]
            ours = [each for each in there if each.startswith("http")]
            assert ours == [each.lower() for each in bare(said)], said
    finally:
        known.unlink()


def test_an_address_that_a_reader_wrote_becomes_the_new_one_and_no_other_letter() -> (
    None
):
    new = {A: "https://n/?p=1&q=<2>"}
    said = f'{A}, <a href="{A}">{A}</a> (www.x.example), {A}/b and &amp; [{A}]'
    assert readdressed(said, lambda href: new.get(href, "")) == said.replace(
        f"{A}, <a", "https://n/?p=1&amp;q=&lt;2&gt;, <a"
    )
    assert clean_comment(f"<p>Oh: {A}", lambda href: new.get(href, "")) == (
        "Oh: https://n/?p=1&amp;q=&lt;2&gt;"
    )
    assert clean_comment(f"<p>Oh: {A}") == f"Oh: {A}"
    within = clean_comment(f"See {A}.", lambda href: "/?p=1&q=[2]")
    assert within == f'See <a href="/?p=1&amp;q=&#91;2&#93;">{A}</a>.'


@pytest.mark.parametrize("blocks", [True, False])
def test_an_address_that_is_only_written_out_leads_on_and_reads_as_it_was(
    blocks: bool,
) -> None:
    new = {f"{A}?a=1&b": "https://n/a/", "http://old.example/ü/": "https://n/u/"}
    html = (
        f"<p align=center>{A}?a=1&amp;b<p>{A}<p>see <b>{A}?a=1&amp;b</b>, or:"
        f"（{A}?a=1&amp;b）看{A}?a=1&amp;b。<br>(www.old.example/ü/)!&nbsp;www.old.example/ü/&lt;"
    )
    lead = {**new, "http://www.old.example/ü/": "https://n/u/"}
    made = compose(
        post(html), {}, written=lambda href: lead.get(href, ""), blocks=blocks
    )
    assert list(hrefs(made)) == [*["https://n/a/"] * 4, *["https://n/u/"] * 2]
    assert f'see <b><a href="https://n/a/">{A}?a=1&amp;b</a></b>, or:' in made
    assert f'（<a href="https://n/a/">{A}?a=1&amp;b</a>）看' in made
    assert '!&nbsp;<a href="https://n/u/">www.old.example/ü/</a>&lt;' in made
    bare = compose(post(html), {}, blocks=blocks)
    assert re.sub("</?a[^>]*>", "", made) == bare, "it reads as it did"


@pytest.mark.parametrize(
    "html",
    [
        f"<pre>{A}</pre>",
        f"<p>so: <code>GET {A}</code> or <tt>{A}</tt>",
        f"<p>[tag url={A} a='{A}' b=\"{A}\"] [tag]{A}[/tag] mailto:me@www.old.example",
        f'<p>so: &lt;a href="{A}"&gt; or &lt;a href={A}&gt;',
        f'<p><a href="https://elsewhere.example/">{A} and <b>{A}</b></a>',
        f'<p><img src="{A}" alt="see {A} or &lt;b> {A}"> x{A}',
    ],
)
def test_what_is_code_quoted_or_a_link_already_stays_as_it_is(html: str) -> None:
    made = compose(post(html), {})
    lead = compose(
        post(html), {}, written=lambda href: "https://n/" if href == A else ""
    )
    assert lead == made


def test_the_signs_that_an_address_is_set_in_are_no_part_of_it() -> None:
    html = f"<p>[{A}] *{A}* _{A}_ **{A}** {A}?x[1] {A}_] x_{A} {A}_b"
    odd = f"{A}?x[1]"
    made = compose(
        post(html), {}, written=lambda a: "https://n/" if a in (A, odd) else ""
    )

    def to(address: str) -> str:
        return f'<a href="https://n/">{address}</a>'

    assert made == (
        f"<p>[{to(A)}] *{to(A)}* _{to(A)}_ **{to(A)}** {to(odd)} {to(A)}_] x_{A} {A}_b</p>"
    ).replace("[", "&#91;").replace("]", "&#93;")


def test_an_address_in_quotation_marks_or_behind_an_equals_sign_leads_on_as_well() -> (
    None
):
    html = f"<p>\"{A}\", '{A}', x={A} [a] \"{A}\" 1 &lt; 2 &gt; 0 ='{A}'. {A}"
    made = compose(post(html), {}, written=lambda a: "https://n/" if a == A else "")
    assert made.count('<a href="https://n/">') == html.count(A)
    assert re.sub("</?a[^>]*>", "", made) == compose(post(html), {})


def test_an_address_that_does_end_with_such_a_sign_is_known_as_well() -> None:
    made = compose(
        post(f"<p>{A}_"), {}, written=lambda a: "https://n/" if a == f"{A}_" else ""
    )
    assert made == f'<p><a href="https://n/">{A}_</a></p>'
