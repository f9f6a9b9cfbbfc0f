"""Links of a finished text, led elsewhere with nothing else of it changed."""

from __future__ import annotations

from wizard.blog import Post
from wizard.content.composing import compose
from wizard.content.links import hrefs, relinked, shown


def post(html: str) -> Post:
    return Post("k", "t", html, None)


def test_only_the_links_that_are_named_change() -> None:
    html = (
        '<p><a id="x" href="http://a/?b=1&amp;c=&quot;2&quot;">http://a/</a> href="http://a/"'
        ' <a href="http://b/">b</a><img src="http://a/"></p>'
    )
    assert list(hrefs(html)) == ['http://a/?b=1&c="2"', "http://b/"]
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
