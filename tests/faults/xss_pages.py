"""The pages of a WordPress on which foreign texts are shown, to readers and in the dashboard."""

from __future__ import annotations

from collections.abc import Iterator

import requests
from lxml import etree

from tests.faults.watching import Watcher
from tests.wordpress import WordPress as Site

TOGETHER = 10
# A theme of the old kind, which shows all that a post has, as many still do.
EVERYTHING = """
add_filter('pre_option_posts_per_page', fn() => isset($_GET['everything']) ? 10 : false);
add_action('template_redirect', function () {
    if (!isset($_GET['everything'])) return;
    echo '<!doctype html><meta charset="utf-8"><title>', wp_get_document_title(), '</title>';
    while (have_posts()) {
        the_post();
        the_title('<h1>', '</h1>');
        the_content();
        the_excerpt();
        the_category(' ');
        the_tags();
        foreach (get_attached_media('image') as $photo) {
            echo wp_get_attachment_image($photo->ID), wp_get_attachment_link($photo->ID);
            echo '<p>', wp_get_attachment_caption($photo->ID), get_the_title($photo), '</p>';
        }
        $comments = get_comments(['post_id' => get_the_ID(), 'status' => 'approve']);
        wp_list_comments([], $comments);
    }
    exit;
});
"""


def pages(site: Site, count: int) -> Iterator[str]:
    """Where all that was moved is shown: lists of posts, each of some posts, terms."""
    for page in range(1, -(-count // TOGETHER) + 1):
        yield f"{site.url}/?everything&paged={page}"
        yield f"{site.url}/?paged={page}"
    for route, most in (("posts", 100), ("categories", 5), ("tags", 5)):
        for row in _rows(site, route, most)[:: 4 if route == "posts" else 1]:
            yield row["link"]


def admin_pages(site: Site) -> Iterator[str]:
    """The lists that an administrator sees."""
    for page in ("edit", "edit-comments", "upload", "edit-tags"):
        yield f"{site.url}/wp-admin/{page}.php?mode=list&taxonomy=category"


def feed_pages(site: Site, watcher: Watcher) -> Iterator[str]:
    """What a reader of feeds makes of them: the HTML in each, on a page."""
    for feed in ("feed", "comments/feed"):
        answer = requests.get(f"{site.url}/{feed}/", timeout=60)
        items = etree.fromstring(answer.content).iter("{*}encoded", "description")
        html = "<hr>".join(item.text or "" for item in items)
        watcher.listener.pages[f"/{feed}"] = f"<!doctype html><body>{html}"
        yield f"{watcher.listener.address}/{feed}"


def _rows(site: Site, route: str, most: int) -> list[dict[str, str]]:
    answer = requests.get(
        f"{site.url}/?rest_route=/wp/v2/{route}",
        params={"per_page": str(most), "_fields": "link"},
        timeout=60,
    )
    rows: list[dict[str, str]] = answer.json()
    return rows


def cookies(site: Site) -> list[tuple[str, str]]:
    """Those of an administrator who has signed in at wp-login.php."""
    session = requests.Session()
    session.get(f"{site.url}/wp-login.php", timeout=60)
    form = {"log": site.user, "pwd": site.login_password, "testcookie": "1"}
    session.post(f"{site.url}/wp-login.php", data=form, timeout=60)
    return [(cookie.name, cookie.value or "") for cookie in session.cookies]
