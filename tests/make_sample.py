"""Makes the sample blog: a Spaces backup zip of our own, the same bytes every time.

Run as ``python -m tests.make_sample``; it takes some minutes, for the pictures are drawn.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from tests.sample_pictures import SCENES
from tests.sample_pictures.stamp import stamp
from tests.sample_texts import ENTRIES, HOST, SPACE, TAGLINE, TITLE, Entry
from wizard.settings import SAMPLE

# Names as cameras, editors and people give them; the rest count like a camera.
_NAMED = {
    "complaint": "img/complaint.gif",
    "plan": "img/garden plan.png",
    "way": "img/way.png",
    "lake": "img/洱海.jpg",
    "sill": "img/tomatoes on the sill.jpg",
    "snow_road": "img/snow-road.jpg",
    "noodles": "img/IMG_0412 (2).jpg",
}
_DATED = {"mug": "'05 7 23", "daisy": "'05 7 23", "cloud_sky": "'05 7 23"}
_UPRIGHT_BY_EXIF = "cat_window"
_WITH_PLACE = "empty_room"
# Old backups do not say where every entry lived.
_WITHOUT_PERMALINK = {115, 217}
_STYLE = (
    "body{font:15px/1.6 Verdana,sans-serif;max-width:44em;margin:2em auto;color:#333}"
    "h5{color:#888;font-weight:normal}.comments{border-top:1px solid #ccc}"
    "img{max-width:100%}"
)


def file_of(scene: str) -> str:
    """Where a picture lies in the backup."""
    number = list(SCENES).index(scene)
    camera = "DSCF%04d.JPG" if number < 16 else "IMG_%04d.jpg"
    return _NAMED.get(scene, "img/" + camera % (7 + number * 23))


def small_of(scene: str) -> str:
    """Where the small copy of an integrated photo lies."""
    return re.sub(r"\.\w+$", "_small.jpg", file_of(scene))


def page_of(entry: Entry) -> str:
    return f"{ENTRIES.index(entry) + 1:03}.html"


def permalink(number: int) -> str:
    return f"{HOST}/blog/cns!{SPACE}!{number}.entry"


def text_of(entry: Entry) -> str:
    """The entry's HTML with every picture and link filled in."""
    pages = {other.number: page_of(other) for other in ENTRIES}
    text = re.sub(r"@(\w+)@", lambda found: quote(file_of(found[1])), entry.html)
    text = re.sub(r"#(\d+)#", lambda found: pages[int(found[1])], text)
    return re.sub(r"~(\d+)~", lambda found: permalink(int(found[1])), text)


def beside_of(entry: Entry) -> str:
    """The table of integrated photos."""
    cells = []
    for place, scene in enumerate(entry.beside):
        full = quote(file_of(scene))
        mark = f"cns!{SPACE}!{entry.number + 1000 + place}"
        join = f' rel="WLPP;url={full};cnsid={mark}"' if entry.date > "2008" else ""
        cells.append(
            f'<td valign="top"><a href="{full}" target="_blank"{join}>'
            f'<img src="{quote(small_of(scene))}" border="0"></a></td>'
        )
    if not cells:
        return ""
    row = '<td width="15"></td>'.join(cells)
    return (
        '<table cellspacing="0" border="0"><tr height="8"><td></td></tr>'
        f"<tr>{row}</tr></table>"
    )


def page(entry: Entry) -> str:
    """One page of the backup, with what readers said."""
    name = f"bp{entry.number}"
    inside, after = text_of(entry), beside_of(entry)
    if entry.inside:
        inside, after = inside + after, ""
    lines = [
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">',
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
        f"<title>{html.escape(TITLE)}: {html.escape(entry.title)}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f'<div id="{name}"><h2 id="{name}Title">{html.escape(entry.title)}</h2>',
        f'<h5 id="{name}publish">{entry.date}</h5>',
        f'<div class="blogpost">{inside}</div>{after}',
    ]
    if entry.category:
        lines.append(f"<div>Category: {html.escape(entry.category)}</div>")
    if entry.number not in _WITHOUT_PERMALINK:
        lines.append(f'<div><a href="{permalink(entry.number)}">Permalink</a></div>')
    if entry.comments:
        lines.append('<div class="comments">')
        for place, (author, date, said) in enumerate(entry.comments, 1):
            lines.append(
                f'<div id="{name}comment{place}"><h5>{html.escape(author)} - {date}</h5>'
                f"<div>{html.escape(said, quote=False)}</div></div>"
            )
        lines.append("</div>")
    return "\r\n".join([*lines, "</div></body></html>"])


def index() -> str:
    """The first page: the blog's name and a link to every entry, the newest first."""
    links = "\r\n".join(
        f'<li><a href="{page_of(entry)}">{html.escape(entry.title) or entry.date}</a></li>'
        for entry in reversed(ENTRIES)
    )
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{html.escape(TITLE)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{html.escape(TITLE)}</h1><p>{html.escape(TAGLINE)}</p>"
        f"<ul>\r\n{links}\r\n</ul></body></html>"
    )


def shown_in() -> dict[str, Entry]:
    """Which entry shows which picture."""
    found = {}
    for entry in ENTRIES:
        said = text_of(entry).lower().replace("\\", "/")
        for scene in SCENES:
            path = file_of(scene).lower()
            if scene in entry.beside or quote(path).lower() in said or path in said:
                found.setdefault(scene, entry)
    return found


def files_of(scene: str, taken: datetime, small: bool) -> list[tuple[str, bytes]]:
    """The picture as it lies in the backup, and its small copy if it has one."""
    picture, path = SCENES[scene](), file_of(scene)
    if scene in _DATED:
        picture = stamp(picture, _DATED[scene])
    if path.endswith(".gif"):
        return [(path, _saved(picture.quantize(32), "GIF"))]
    if path.endswith(".png"):
        return [(path, _saved(picture.quantize(48), "PNG", optimize=True))]
    about = Image.Exif()
    about[0x010F], about[0x0110] = "Kestrel", "Kestrel 3.2"
    about.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    stored = picture
    if scene == _UPRIGHT_BY_EXIF:
        # Held upright, the camera stores the picture lying and says so.
        about[0x0112], stored = 6, picture.transpose(Image.Transpose.ROTATE_90)
    if scene == _WITH_PLACE:
        place = about.get_ifd(0x8825)
        place[1], place[2] = "N", (44.0, 38.0, 55.0)
        place[3], place[4] = "W", (63.0, 34.0, 30.0)
    files = [(path, _saved(stored, "JPEG", quality=74, optimize=True, exif=about))]
    if small:
        picture.thumbnail((160, 160))
        files.append((small_of(scene), _saved(picture, "JPEG", quality=70)))
    return files


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    data = BytesIO()
    picture.save(data, kind, **how)
    return data.getvalue()


def moment(date: str) -> datetime:
    return datetime.strptime(date, "%Y/%m/%d %H:%M:%S")


def texts() -> Iterator[tuple[str, datetime, bytes]]:
    """Every page with its date."""
    yield "index.html", datetime(2011, 1, 15, 12, 0), index().encode()
    for entry in ENTRIES:
        yield page_of(entry), moment(entry.date), page(entry).encode()


def make(path: Path) -> None:
    """Write the whole backup to ``path``."""
    shown = shown_in()
    assert set(shown) == set(SCENES), set(SCENES) - set(shown)
    members = list(texts())
    with ProcessPoolExecutor() as pool:
        drawn = pool.map(
            files_of,
            shown,
            [moment(entry.date) for entry in shown.values()],
            [scene in entry.beside for scene, entry in shown.items()],
        )
        for entry, files in zip(shown.values(), drawn, strict=True):
            members += [(name, moment(entry.date), data) for name, data in files]
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as backup:
        for name, when, data in members:
            about = zipfile.ZipInfo(name, when.timetuple()[:6])
            text = name.endswith(".html")
            about.compress_type = zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED
            backup.writestr(about, data)


if __name__ == "__main__":
    make(SAMPLE)
    print(SAMPLE.name, SAMPLE.stat().st_size)
