"""The WordPress import file as others read it: WordPress, PHP, any reader of XML."""

from __future__ import annotations

import json
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, timedelta
from html import escape, unescape
from pathlib import Path
from shutil import which

import pytest
from hypothesis import example, given, settings

from tests.destinations.contract import DATE, a_comment, a_photo, a_post, marker
from tests.destinations.texts import PIECES, TEXTS
from tests.destinations.wxr_case import CONTENT, SITE, WP, fill, items, word
from wizard.blog import Comment, Photo, Post
from wizard.content.fitting import fit
from wizard.destinations import Kind, NewTerm
from wizard.destinations.wxr import ImportFile


def test_an_independent_reader_sees_what_wordpress_wants(path: Path):
    file = ImportFile(path, SITE)
    fill(file)
    file.finish()
    text = path.read_text("utf-8")
    assert "<!DOCTYPE" not in text
    channel = ET.parse(path).getroot().find("channel")
    assert channel is not None
    assert word(channel, "wxr_version") == "1.2"
    assert word(channel, "base_site_url") == SITE
    category = channel.find(f"{WP}category")
    assert category is not None
    assert word(category, "cat_name") == "花园"
    rain, later = items(path)
    assert rain.findtext("title") == "雨 &amp; &lt;sunshine&gt;"
    assert later.findtext("title") == "Later"
    assert word(rain, "post_date") == "2007-04-20 01:29:58"
    assert word(rain, "post_date_gmt") == "2007-04-19 17:29:58"
    assert (word(rain, "status"), word(later, "status")) == ("publish", "draft")
    assert (word(rain, "post_name"), word(later, "post_name")) == ("rain", "")
    assert "]]> <img" in (rain.findtext(CONTENT) or "")
    assert "\x0b" not in text
    terms = {
        e.get("domain"): (e.get("nicename"), e.text) for e in rain.findall("category")
    }
    assert terms == {
        "category": (word(category, "category_nicename"), "花园"),
        "post_tag": ("beans", "beans"),
    }
    metas = {
        word(e, "meta_key"): word(e, "meta_value")
        for e in rain.findall(f"{WP}postmeta")
    }
    assert metas == {"_moving_day_marker": marker(1)}
    first, answer = rain.findall(f"{WP}comment")
    assert word(answer, "comment_parent") == word(first, "comment_id")
    assert int(word(first, "comment_id")) < int(word(answer, "comment_id"))
    assert word(first, "comment_content") == "Nice \\o/ &amp; warm"
    assert word(first, "comment_approved") == "1"


@pytest.mark.skipif(not which("php"), reason="PHP is not there")
def test_php_reads_it_the_way_the_importer_does(path: Path):
    file = ImportFile(path, SITE)
    fill(file)
    file.finish()
    script = r"""
    $xml = simplexml_load_file($argv[1]);
    $spaces = $xml->getDocNamespaces();
    $version = $xml->xpath('/rss/channel/wp:wxr_version');
    $told = ['version' => (string) $version[0], 'posts' => []];
    foreach ($xml->channel->item as $item) {
        $wp = $item->children($spaces['wp']);
        $content = $item->children('http://purl.org/rss/1.0/modules/content/');
        $terms = [];
        foreach ($item->category as $c) $terms[] = (string) $c['nicename'];
        $told['posts'][] = [(int) $wp->post_id, (string) $content->encoded, count($wp->comment), $terms];
    }
    echo json_encode($told);
    """
    done = subprocess.run(
        ["php", "-r", script, "--", str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["version"] == "1.2"
    rain, later = told["posts"]
    assert rain[1] == items(path)[0].findtext(CONTENT)
    assert (rain[2], later[2]) == (2, 0)
    assert rain[3][1] == "beans"


def test_whose_a_post_is_and_where_its_category_stands_is_in_the_file(path: Path):
    file = ImportFile(path, SITE)
    top = file.create(NewTerm(Kind.CATEGORY, "花园"), "花园")
    low = file.create(NewTerm(Kind.CATEGORY, "Beans", top.id), "Beans")
    for number, author in enumerate(["Mei & 梅", "tom", ""], 1):
        odd = bool(number % 2)
        new = a_post(
            marker(number),
            title=f"By {number}",
            categories=(low.id,),
            author=author,
            sticky=odd,
            closed=odd,
            pings=odd,
        )
        post = file.create(new, marker(number))
        ping = a_comment(post.id, ping="pingback", author=f"Blog {number}")
        file.create(ping, marker(10 + number))
    before = [
        (mark, at, file.read(at), *file.ours(Kind.COMMENT, [at.id]))
        for mark, at in file.ours(Kind.POST)
    ]
    file.finish()
    channel = ET.parse(path).getroot().find("channel")
    assert channel is not None
    logins = [word(author, "author_login") for author in channel.findall(f"{WP}author")]
    creator = "{http://purl.org/dc/elements/1.1/}creator"
    assert sorted(logins) == ["Mei & 梅", "owner", "tom"]
    assert sorted(item.findtext(creator) or "" for item in items(path)) == sorted(
        logins
    )
    first, second = channel.findall(f"{WP}category")
    assert word(first, "category_parent") == ""
    assert word(second, "category_parent") == word(first, "category_nicename")
    for item in items(path):
        odd = item.findtext("title") != "By 2"
        assert word(item, "is_sticky") == ("1" if odd else "0")
        assert word(item, "comment_status") == ("closed" if odd else "open")
        assert word(item, "ping_status") == ("open" if odd else "closed")
        comment = item.find(f"{WP}comment")
        assert comment is not None
        assert word(comment, "comment_type") == "pingback"
    again = ImportFile(path, SITE)
    after = [
        (mark, at, again.read(at), *again.ours(Kind.COMMENT, [at.id]))
        for mark, at in again.ours(Kind.POST)
    ]
    assert after == before
    third = again.create(NewTerm(Kind.CATEGORY, "Peas", low.id), "Peas")
    again.finish()
    told = ET.parse(path).getroot().findall(f"channel/{WP}category")
    assert [word(each, "category_parent") for each in told][2] == "beans"
    assert third.id


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TEXTS, TEXTS)
@example("".join(PIECES), "C:\\temp\\new & [x] ]]> <3")
@example("0", "0")
def test_every_text_is_in_the_file_letter_for_letter(text: str, other: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        file = ImportFile(path, SITE)
        comment = Comment("c", other, f"<p>{escape(other)}</p>", DATE)
        photo = Photo("p", True, alt=other, caption=text)
        post = fit(
            Post(
                "k",
                text,
                f"<p>{escape(other)}</p><pre>  a\n\n\tb {escape(text)}</pre>",
                DATE,
                excerpt=escape(other),
                tags=(other,),
                comments=(comment,),
                photos=(photo,),
            )
        )
        tags = [file.create(NewTerm(Kind.TAG, name), name) for name in post.tags]
        new = a_post(
            marker(1),
            title=post.title,
            html=post.html,
            excerpt=post.excerpt,
            tags=tuple(tag.id for tag in tags),
        )
        made = file.create(new, marker(1))
        said = a_comment(
            made.id, author=post.comments[0].author, html=post.comments[0].html
        )
        file.create(said, marker(11))
        shot = replace(a_photo(made.id), alt=post.photos[0].alt, caption=text)
        kept = file.create(shot, marker(21))
        before = (file.read(made), file.find(Kind.PHOTO, marker(21)))
        file.finish()
        (item,) = items(path)
        assert unescape(item.findtext("title") or "") == post.title
        assert item.findtext(CONTENT) == post.html
        excerpt = "{http://wordpress.org/export/1.2/excerpt/}encoded"
        assert item.findtext(excerpt) == post.excerpt
        told = [unescape(c.text or "") for c in item.findall("category")]
        assert told == list(post.tags)
        wrote = item.find(f"{WP}comment")
        assert wrote is not None
        assert word(wrote, "comment_author") == post.comments[0].author
        assert word(wrote, "comment_content") == post.comments[0].html
        again = ImportFile(path, SITE)
        assert (again.read(made), again.find(Kind.PHOTO, marker(21))) == before
        assert kept.id
        again.finish()


def test_posts_that_the_importer_would_take_for_one_get_their_own_second(path: Path):
    file = ImportFile(path)
    for number, title in enumerate(("", "", "Same", "same ", "Sâme", "Other"), 1):
        file.create(a_post(marker(number), title=title), marker(number))
    file.finish()
    told = [
        (item.findtext("title"), word(item, "post_date")[-2:]) for item in items(path)
    ]
    assert told == [
        ("", "58"),
        ("", "59"),
        ("Same", "58"),
        ("same ", "59"),
        ("Sâme", "00"),
        ("Other", "58"),
    ]
    again = ImportFile(path)
    assert {now.date for _, at in again.ours(Kind.POST) if (now := again.read(at))} == {
        DATE
    }


def test_terms_that_would_share_a_slug_do_not(path: Path):
    file = ImportFile(path)
    for name in ("C", "C++", "C#", "!?", "厨" * 60):
        file.create(NewTerm(Kind.CATEGORY, name), name)
    assert (
        file.create(NewTerm(Kind.CATEGORY, " c "), " c ")
        == file.find(Kind.CATEGORY, "C")[0]
    )
    file.create(a_post(marker(1)), marker(1))
    file.finish()
    channel = ET.parse(path).getroot().find("channel")
    assert channel is not None
    slugs = [word(e, "category_nicename") for e in channel.findall(f"{WP}category")]
    assert len(set(slugs)) == len(slugs) == 5
    assert slugs[0] == "c"
    assert all(slug and len(slug) <= 200 for slug in slugs)


def test_without_a_site_addresses_begin_at_its_root(path: Path):
    file = ImportFile(path)
    assert file.create(a_photo(0), marker(21)).address.startswith(
        "/wp-content/uploads/"
    )
    assert file.create(a_post(marker(1)), marker(1)).address.startswith("/?p=")


def test_comment_dates_come_back_to_the_second_and_zone(path: Path):
    file = ImportFile(path)
    post = file.create(a_post(marker(1)), marker(1))
    late = (DATE + timedelta(hours=3)).astimezone(UTC).replace(microsecond=5)
    file.create(a_comment(post.id, date=late), marker(11))
    file.finish()
    file = ImportFile(path)
    list(file.ours(Kind.POST))
    file.finish()
    [comment] = items(path)[0].findall(f"{WP}comment")
    assert word(comment, "comment_date") == word(comment, "comment_date_gmt")
    assert word(comment, "comment_date_gmt") == "2007-04-19 20:29:58"


def test_what_was_written_on_another_clock_is_not_taken_for_another_post(path: Path):
    """The importer compares titles and `post_date`."""
    file = ImportFile(path)
    made = file.create(a_post(marker(1)), marker(1))
    said = file.create(a_comment(made.id, date=DATE), marker(11))
    there = DATE.astimezone(UTC)
    file.update(made, a_post(marker(1), html="<p>newer</p>", date=there), marker(1))
    file.update(said, a_comment(made.id, date=there), marker(11))
    moved = DATE.astimezone(UTC) + timedelta(hours=1)
    other = file.create(a_post(marker(2)), marker(2))
    file.update(other, a_post(marker(2), title="Other", date=moved), marker(2))
    file.finish()
    first, second = items(path)
    [comment] = first.findall(f"{WP}comment")
    assert "newer" in (first.findtext(CONTENT) or "")
    assert word(first, "post_date") == "2007-04-20 01:29:58"
    assert word(comment, "comment_date") == "2007-04-20 01:29:58"
    assert word(second, "post_date") == "2007-04-19 18:29:58", "the control"
