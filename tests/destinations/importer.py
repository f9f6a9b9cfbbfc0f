"""What WordPress's importer does with the terms of an import file, at a real WordPress."""

from __future__ import annotations

from pathlib import Path

import requests

from tests.wordpress import WordPress

# In its order, by the functions of WordPress that it calls.
IMPORT = r"""add_action('init', function () {
    if (!isset($_GET['wxr'])) return;
    require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
    $xml = simplexml_load_file($_GET['wxr']);
    $space = $xml->getDocNamespaces()['wp'];
    foreach ($xml->channel->children($space)->category as $each) {
        $slug = (string) $each->category_nicename;
        if (term_exists($slug, 'category')) continue;
        $above = (string) $each->category_parent;
        wp_insert_category(['category_nicename' => $slug,
            'category_parent' => $above === '' ? 0 : category_exists($above),
            'cat_name' => wp_slash((string) $each->cat_name)]);
    }
    foreach ($xml->channel->children($space)->tag as $each) {
        $slug = (string) $each->tag_slug;
        if (term_exists($slug, 'post_tag')) continue;
        wp_insert_term(wp_slash((string) $each->tag_name), 'post_tag', ['slug' => $slug]);
    }
    foreach ($xml->channel->item as $item) {
        $post = wp_insert_post(wp_slash(['post_title' => (string) $item->title,
            'post_content' => 'x', 'post_status' => 'publish']));
        $terms = ['category' => [], 'post_tag' => []];
        foreach ($item->category as $each) {
            $slug = (string) $each['nicename'];
            $kind = (string) $each['domain'];
            $there = term_exists($slug, $kind)
                ?: wp_insert_term((string) $each, $kind, ['slug' => $slug]);
            $terms[$kind][] = (int) $there['term_id'];
        }
        foreach ($terms as $kind => $ids) wp_set_post_terms($post, $ids, $kind);
    }
    exit('done');
});"""


def import_terms(site: WordPress, file: Path) -> None:
    """Bring the file's posts, with no more than their titles, and their terms there."""
    plugin = site.plug_in(IMPORT)
    answer = requests.get(site.url, params={"wxr": str(file)}, timeout=60)
    plugin.unlink()
    assert answer.text == "done", answer.text
