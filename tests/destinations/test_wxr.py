"""The WordPress import file: its contract, what kills do to it, and how others read it."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from html import escape, unescape
from pathlib import Path
from shutil import which
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings

from tests.destinations.contract import (
    DATE,
    DestinationContract,
    a_comment,
    a_photo,
    a_post,
    marker,
)
from tests.destinations.texts import PIECES, TEXTS
from wizard.blog import Comment, Photo, Post, Status
from wizard.content.fitting import fit
from wizard.destinations import (
    Kind,
    NewTerm,
    Remote,
    destination_kind,
    open_destination,
)
from wizard.destinations.wxr import ImportFile
from wizard.destinations.wxr.parts import Parts
from wizard.destinations.wxr.writing import NAMESPACES
from wizard.errors import MoveError, NotAllowed, Refused, Unreachable

SITE = "https://new.example"
WP = f"{{{NAMESPACES['wp']}}}"
CONTENT = f"{{{NAMESPACES['content']}}}encoded"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Low Tide 退潮.xml"


class TestContract(DestinationContract):
    @pytest.fixture
    def destination(self, path: Path) -> ImportFile:
        return ImportFile(path, SITE)

    def photo_bytes(self, destination: ImportFile, remote: Remote) -> bytes:
        return photo_at(destination, remote).read_bytes()


def photo_at(destination: ImportFile, remote: Remote) -> Path:
    """The file that lies at this address once the folder was copied."""
    start = f"{SITE}/wp-content/uploads/"
    assert remote.address.startswith(start)
    return destination.path.parent / unquote(remote.address.removeprefix(start))


def items(path: Path) -> list[ET.Element]:
    return ET.parse(path).getroot().findall("channel/item")


def word(element: ET.Element, name: str) -> str:
    return element.findtext(f"{WP}{name}") or ""


def fill(file: ImportFile) -> None:
    """Two posts, an answered comment, a category, a tag and a photo."""
    garden = file.create(NewTerm(Kind.CATEGORY, "花园"), "花园").id
    beans = file.create(NewTerm(Kind.TAG, "beans"), "beans").id
    post = file.create(a_post(marker(1)), marker(1))
    photo = file.create(a_photo(post.id), marker(21))
    done = a_post(
        marker(1),
        html=f'<p>]]> <img src="{photo.address}"> \x0b</p>',
        status=Status.PUBLISH,
        slug="rain",
        categories=(garden,),
        tags=(beans,),
    )
    file.update(post, done, marker(1))
    first = file.create(a_comment(post.id), marker(11))
    file.create(a_comment(post.id, parent=first.id, author="Tom"), marker(12))
    later = a_post(marker(2), title="Later", date=DATE + timedelta(days=2))
    file.update(file.create(later, marker(2)), replace(later, slug=""), marker(2))


def everything(file: ImportFile) -> dict[str, object]:
    """All that the file holds, by marker."""
    held: dict[str, object] = {}
    for mark, post in file.ours(Kind.POST):
        held[mark] = post, file.read(post)
        held.update(file.ours(Kind.COMMENT, [post.id]))
    for kind, mark in (
        (Kind.CATEGORY, "花园"),
        (Kind.TAG, "beans"),
        (Kind.PHOTO, marker(21)),
    ):
        held[mark] = file.find(kind, mark)
    return held


def test_a_finished_file_leaves_nothing_behind_but_file_photos_and_guide(path: Path):
    file = ImportFile(path, SITE)
    fill(file)
    assert not path.exists()
    file.finish()
    left = {entry.name for entry in path.parent.iterdir()}
    assert left == {
        path.name,
        f"{path.stem}-photos",
        f"{path.stem} - READ ME FIRST.txt",
    }
    guide = (path.parent / f"{path.stem} - READ ME FIRST.txt").read_text("utf-8")
    assert path.name in guide
    assert f"{path.stem}-photos" in guide


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


def test_a_second_round_adds_to_a_finished_file(path: Path):
    first = ImportFile(path, SITE)
    fill(first)
    before = everything(first)
    first.finish()
    second = ImportFile(path, SITE)
    assert everything(second) == before
    assert second.create(a_post(marker(1)), marker(1)).id == before[marker(1)][0].id  # type: ignore[index]
    made = second.create(a_post(marker(3), title="Third"), marker(3))
    ids = [at.id for mark, at in second.ours(Kind.POST) if mark != marker(3)]
    assert made.id > max(ids)
    second.finish()
    assert len(items(path)) == 3
    assert everything(ImportFile(path, SITE)).items() >= before.items()


def test_a_document_lies_in_the_folder_and_is_never_opened_as_a_picture(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    def opened(*_: object) -> None:
        raise AssertionError("whatever it holds, it is no picture")

    file = ImportFile(path, SITE)
    post = file.create(a_post(marker(1)), marker(1))
    picture = a_photo(post.id)
    assert file.create(picture, marker(21)).width
    monkeypatch.setattr("wizard.destinations.wxr.photos.Image.open", opened)
    plan = replace(picture, name="plan.pdf", mime="application/pdf")
    made = file.create(plan, marker(22))
    assert made.address.endswith("/plan.pdf")
    assert photo_at(file, made).read_bytes() == picture.data
    file.finish()
    assert ImportFile(path, SITE).find(Kind.PHOTO, marker(22)) == [made]


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


def test_ids_are_never_used_twice_even_after_the_last_thing_went(path: Path):
    file = ImportFile(path)
    file.create(a_post(marker(1)), marker(1))
    last = file.create(a_post(marker(2)), marker(2))
    file.delete(last)
    file.finish()
    again = ImportFile(path)
    assert again.create(a_post(marker(3)), marker(3)).id > last.id


class Killed(BaseException):
    """Nothing catches it: the program is dead from here on."""


def test_killed_between_any_two_writes_everything_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Each rename and each deletion is a moment to die at; the next start goes on."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # a kill is no power cut
    moments = 0
    while not dies_at_and_goes_on(moments + 1, tmp_path / f"{moments}" / "a.xml"):
        moments += 1
        assert moments < 500
    assert moments > 50


def dies_at_and_goes_on(moment: int, path: Path) -> bool:
    """Kill a whole life of an import file at this write, then live it again; True if
    it had come to its end before."""
    count = 0

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count == moment:
                raise Killed
            return real(*arguments, **named)

        return call

    def life() -> None:
        file = ImportFile(path, SITE)
        file.check()
        fill(file)
        file.delete(file.create(a_post(marker(4)), marker(4)))
        file.finish()

    with pytest.MonkeyPatch.context() as patch:
        for place, name in (
            (os, "replace"),
            (os, "unlink"),
            (os, "rmdir"),
            (Path, "unlink"),
        ):
            patch.setattr(place, name, dying(getattr(place, name)))
        try:
            life()
        except Killed:
            survived = False
            gc.collect()  # as a dead process's lock is let go
        else:
            survived = True
    life()
    rain, later = items(path)
    assert word(rain, "post_id") != word(later, "post_id")
    assert len(rain.findall(f"{WP}comment")) == 2, moment
    pictures = [p.name for p in path.parent.glob("*-photos/*/*/*") if p.name[0] != "."]
    assert pictures == ["red.png"]
    assert not list(path.parent.glob("*.parts"))
    return survived


def test_a_program_that_died_while_splitting_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = ImportFile(path, SITE)
    fill(file)
    before = everything(file)
    file.finish()

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Parts, "keep_last", die)
        with pytest.raises(Killed):
            list(ImportFile(path, SITE).ours(Kind.POST))
    gc.collect()
    assert everything(ImportFile(path, SITE)) == before


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


def test_a_renamed_term_keeps_its_id(path: Path):
    file = ImportFile(path)
    made = file.create(NewTerm(Kind.TAG, "bean"), "bean")
    file.update(made, NewTerm(Kind.TAG, "beans"), "beans")
    assert [at.id for at in file.find(Kind.TAG, "beans")] == [made.id]
    assert file.find(Kind.TAG, "bean") == []


def test_an_answer_to_a_deleted_comment_stands_on_its_own(path: Path):
    file = ImportFile(path)
    post = file.create(a_post(marker(1)), marker(1))
    first = file.create(a_comment(post.id), marker(11))
    file.create(a_comment(post.id, parent=first.id), marker(12))
    file.delete(first)
    file.finish()
    [answer] = items(path)[0].findall(f"{WP}comment")
    assert word(answer, "comment_parent") == "0"


def test_a_deleted_post_takes_its_comments_along_for_good(path: Path):
    file = ImportFile(path)
    post = file.create(a_post(marker(1)), marker(1))
    file.create(a_comment(post.id), marker(11))
    file.delete(post)
    with pytest.raises(Refused):
        file.create(a_comment(post.id), marker(12))
    back = file.create(a_post(marker(1)), marker(1))
    assert list(file.ours(Kind.COMMENT, [back.id])) == []


def test_a_photo_whose_file_was_removed_is_missing_and_can_be_made_again(path: Path):
    file = ImportFile(path, SITE)
    post = file.create(a_post(marker(1)), marker(1))
    made = file.create(a_photo(post.id), marker(21))
    photo_at(file, made).unlink()
    assert file.find(Kind.PHOTO, marker(21)) == []
    again = file.create(a_photo(post.id), marker(21))
    assert again == made
    assert photo_at(file, again).is_file()


@pytest.mark.parametrize(
    "name",
    ["../../evil.png", "/etc/evil.png", "..\\evil.png", ".htaccess", "", "con.png"],
)
def test_no_photo_leaves_its_folder_whatever_it_is_called(path: Path, name: str):
    file = ImportFile(path, SITE)
    made = file.create(replace(a_photo(0), name=name), marker(21))
    stored = photo_at(file, made)
    assert stored.parent == path.with_name(f"{path.stem}-photos") / "2007" / "04"
    assert not stored.name.startswith(".")


def test_without_a_site_addresses_begin_at_its_root(path: Path):
    file = ImportFile(path)
    assert file.create(a_photo(0), marker(21)).address.startswith(
        "/wp-content/uploads/"
    )
    assert file.create(a_post(marker(1)), marker(1)).address.startswith("/?p=")


BIG_BLOG = """
import resource, sys
from datetime import timedelta
from pathlib import Path
from tests.destinations.contract import DATE, a_post, marker
from wizard.destinations import Kind
from wizard.destinations.wxr import ImportFile
from wizard.destinations.wxr.parts import Part, Parts

path = Path(sys.argv[1])
parts = Parts(path.with_name(path.name + ".parts"))
text = "<p>" + "words and more words " * 2000 + "</p>"
for n in range(600):
    post = a_post(marker(n), html=text, date=DATE + timedelta(hours=n))
    parts.adopt(Part(2000 + n, marker(n), post))

def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = used()
ImportFile(path).finish()
again = ImportFile(path)
assert sum(1 for _ in again.ours(Kind.POST)) == 600
again.finish()
print(used() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is counted otherwise")
def test_memory_stays_flat_however_big_the_blog(tmp_path: Path):
    path = tmp_path / "big.xml"
    done = subprocess.run(
        [sys.executable, "-c", BIG_BLOG, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert path.stat().st_size > 25_000_000
    assert int(done.stdout) < 8_000, "kilobytes"


def test_somebody_elses_file_is_left_as_it_is(path: Path):
    path.write_text("<rss><channel/></rss>", "utf-8")
    file = ImportFile(path)
    for attempt in (file.check, lambda: file.create(a_post(marker(1)), marker(1))):
        with pytest.raises(MoveError, match="not written by Moving Day"):
            attempt()
    file.finish()
    assert path.read_text("utf-8") == "<rss><channel/></rss>"


def test_a_damaged_file_of_ours_is_left_as_it_is(path: Path):
    file = ImportFile(path)
    fill(file)
    file.finish()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MoveError, match="damaged"):
        list(ImportFile(path).ours(Kind.POST))
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_file_that_was_tampered_with_writes_nowhere_else(path: Path):
    file = ImportFile(path)
    fill(file)
    file.finish()
    text = path.read_text("utf-8").replace("2007/04/red.png", "../../evil.png")
    path.write_text(text, "utf-8")
    with pytest.raises(MoveError, match="damaged"):
        list(ImportFile(path).ours(Kind.POST))


def test_two_programs_do_not_write_one_file(path: Path):
    file = ImportFile(path)
    file.create(a_post(marker(1)), marker(1))
    other = ImportFile(path)
    other.check()
    with pytest.raises(MoveError, match="Another window"):
        other.create(a_post(marker(2)), marker(2))
    file.finish()
    other.create(a_post(marker(2)), marker(2))
    other.finish()
    assert len(items(path)) == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do anything")
def test_a_folder_without_rights_is_named(tmp_path: Path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(NotAllowed, match="locked"):
        ImportFile(folder / "a.xml").check()


def test_a_full_disk_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = ImportFile(path)
    file.check()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Unreachable, match="Nothing can be written"):
            file.create(a_post(marker(1)), marker(1))
    assert file.find(Kind.POST, marker(1)) == []
    file.create(a_post(marker(1)), marker(1))
    assert len(list(file.ours(Kind.POST))) == 1


def test_a_disk_that_lets_nobody_write_is_no_matter_of_patience(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(NotAllowed, match="Nothing may be written"):
        ImportFile(path).check()


@pytest.mark.parametrize("where", ["a folder.xml", "file/below.xml"])
def test_a_place_that_cannot_be_is_said_at_once(tmp_path: Path, where: str):
    (tmp_path / "a folder.xml").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(MoveError):
        ImportFile(tmp_path / where).check()


def test_a_path_ending_in_xml_opens_it(path: Path):
    assert destination_kind(str(path)) is ImportFile
    assert destination_kind("https://blog.example") is not ImportFile
    opened = open_destination(f" {path} ", {})
    assert opened.address == str(path)


def test_nothing_made_makes_no_file(path: Path):
    file = ImportFile(path)
    assert list(file.ours(Kind.POST)) == []
    file.finish()
    assert list(path.parent.iterdir()) == []


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
