"""Finding a WordPress behind whatever address a person types, and signing in to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_httpserver import HTTPServer

from tests.wordpress import WordPress, start
from wizard.credentials import Secret
from wizard.destinations import Kind, NewPhoto, full_address
from wizard.destinations.wordpress import WordPress as NewHome
from wizard.destinations.wordpress.discovery import (
    Root,
    account,
    discover,
)
from wizard.destinations.wordpress.values import zone_from
from wizard.errors import (
    NotAllowed,
    Refused,
    SignInFailed,
    Unreachable,
    Unsafe,
    WrongParty,
)
from wizard.network import Session


@contextmanager
def plugged(site: WordPress, php: str) -> Iterator[None]:
    """For as long as the block runs the site does this in every request."""
    file = site.plug_in(php)
    try:
        yield
    finally:
        file.unlink()


def sign_in(site: WordPress, user: str = "", password: str = "") -> dict[str, object]:
    user, password = user or site.user, password or site.password
    secret = Secret(password)
    root = discover(site.url, Session())
    me = account(root, Session(user, secret), user, secret)
    assert isinstance(me, dict)
    return me


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("example.com", "https://example.com"),
        ("  example.com/blog/ ", "https://example.com/blog/"),
        ("http://example.com", "http://example.com"),
        ("localhost", "http://localhost"),
        ("127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("[::1]:80", "http://[::1]:80"),
        ("localhost.example.com", "https://localhost.example.com"),
        ("127.0.0.1.example.com", "https://127.0.0.1.example.com"),
    ],
)
def test_an_address_is_secure_unless_it_says_otherwise(typed: str, full: str) -> None:
    assert full_address(typed) == full


@pytest.mark.parametrize(
    ("url", "place", "query"),
    [
        ("https://a/wp-json/", "https://a/wp-json/wp/v2/posts", {}),
        ("https://a/wp-json", "https://a/wp-json/wp/v2/posts", {}),
        ("https://a/b/?rest_route=/", "https://a/b/", {"rest_route": "/wp/v2/posts"}),
        (
            "https://a/index.php?rest_route=/&lang=de",
            "https://a/index.php",
            {"rest_route": "/wp/v2/posts", "lang": "de"},
        ),
    ],
)
def test_routes_for_pretty_and_for_plain_addresses(
    url: str, place: str, query: dict[str, str]
) -> None:
    assert Root(url, {}).place("wp/v2/posts") == (place, query)


@pytest.mark.parametrize("name", ["wordpress", "oldest_wordpress"])
@pytest.mark.parametrize(
    "below", ["", "/", "/wp-json/", "/?p=1", "/2007/no/such/page/", "/wp-login.php"]
)
def test_any_address_of_the_blog_leads_to_it(
    name: str, below: str, request: pytest.FixtureRequest
) -> None:
    site: WordPress = request.getfixturevalue(name)
    root = discover(site.url.removeprefix("http://") + below, Session())
    assert root.url.startswith(site.url)
    assert root.facts["name"] == "New Home"


def test_it_is_found_without_a_header_and_without_pretty_addresses(
    wordpress: WordPress,
) -> None:
    hide = "add_action('template_redirect', fn() => header_remove('Link'), 99);"
    with plugged(wordpress, hide):
        assert discover(wordpress.url, Session()).url == f"{wordpress.url}/wp-json/"
    hide += "remove_action('wp_head', 'rest_output_link_wp_head');"
    with plugged(wordpress, hide):
        assert discover(wordpress.url, Session()).url == f"{wordpress.url}/wp-json/"
    with start(permalinks="") as plain:
        root = discover(plain.url, Session())
        assert "rest_route" in root.url
        assert sign_in(plain)["slug"] == "admin"


def test_what_is_no_wordpress_is_told_in_words(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html>Hello</html>")
    with pytest.raises(WrongParty, match="No WordPress answers") as caught:
        discover(httpserver.url_for("/"), Session())
    assert caught.value.hint


def test_json_that_is_not_wordpresss_is_no_wordpress(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html>Hello</html>")
    for told in ({"namespaces": ["other/v1"]}, ["wp/v2"], {"namespaces": "x"}):
        httpserver.expect_oneshot_request("/wp-json/").respond_with_json(told)
        with pytest.raises(WrongParty):
            discover(httpserver.url_for("/"), Session())


def test_a_server_with_trouble_of_its_own_is_told_apart(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("oh no", status=500)
    with pytest.raises(Unreachable, match="trouble of its own"):
        discover(httpserver.url_for("/"), Session())


def test_nobody_there_is_told_in_words() -> None:
    with pytest.raises(Unreachable, match=r"There is no server .* “nobody.invalid”"):
        discover("nobody.invalid", Session())


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "http://169.254.169.254.invalid/latest",
        "javascript:alert(1)",
        "http://[broken",
        "",
    ],
)
def test_a_page_that_points_elsewhere_is_not_followed_blindly(
    httpserver: HTTPServer, link: str
) -> None:
    page = f'<html><link rel="https://api.w.org/" href="{link}"></html>'
    httpserver.expect_request("/").respond_with_data(page)
    with pytest.raises((WrongParty, Unsafe, Unreachable)):
        discover(httpserver.url_for("/"), Session())


def test_a_page_without_tls_names_no_other_host_for_the_password(
    httpserver: HTTPServer,
) -> None:
    elsewhere = httpserver.url_for("/wp-json/").replace("localhost", "127.0.0.1")
    link = {"Link": f'<{elsewhere}>; rel="https://api.w.org/"'}
    facts = {"namespaces": ["wp/v2"], "name": "Somebody"}
    page = httpserver.expect_request("/")
    page.respond_with_data("<html>", headers=link)
    root = httpserver.expect_request(
        "/wp-json/", headers={"Host": elsewhere.split("/")[2]}
    )
    root.respond_with_json(facts)
    with pytest.raises(WrongParty):
        discover(httpserver.url_for("/"), Session())
    # The same page at the host that it names is a good one.
    assert discover(elsewhere.removesuffix("wp-json/"), Session()).facts == facts


def test_a_blog_without_tls_that_sends_us_to_another_host_is_told_and_not_believed(
    httpserver: HTTPServer,
) -> None:
    elsewhere = httpserver.url_for("/wp/").replace("localhost", "127.0.0.1")
    httpserver.expect_request("/").respond_with_data(
        status=302, headers={"Location": elsewhere}
    )
    httpserver.expect_request("/wp/").respond_with_data("<html>")
    with pytest.raises(WrongParty, match="sends us on") as caught:
        discover(httpserver.url_for("/"), Session())
    assert "https://127.0.0.1" in caught.value.hint


@pytest.mark.parametrize("calls_itself", ["", "https", "elsewhere"])
def test_only_a_blog_that_calls_itself_so_is_found_without_its_home_page(
    httpserver: HTTPServer, calls_itself: str
) -> None:
    """Each of the others may want to be asked at another place."""
    typed = httpserver.url_for("/blog/")
    named = {
        "": typed,
        "https": typed.replace("http:", "https:"),
        "elsewhere": httpserver.url_for("/"),
    }
    facts = {"namespaces": ["wp/v2"], "name": "A blog", "home": named[calls_itself]}
    httpserver.expect_request("/blog/").respond_with_data("<html>")
    httpserver.expect_request("/blog/wp-json/").respond_with_json(facts)
    assert discover(typed, Session()).facts == facts
    asked = [request.path for request, _ in httpserver.log]
    assert ("/blog/" in asked) is bool(calls_itself)


def test_a_closed_door_is_told_apart_from_no_wordpress(wordpress: WordPress) -> None:
    php = (
        "add_filter('rest_authentication_errors', fn() => new WP_Error("
        "'rest_disabled', 'Closed.', ['status' => 401]));"
    )
    with plugged(wordpress, php), pytest.raises(NotAllowed, match="closed the door"):
        discover(wordpress.url, Session())


def without(route: str) -> str:
    """What plugins do that close a part of the door."""
    return (
        "add_filter('rest_endpoints', fn($all) => array_filter($all,"
        f" fn($route) => !str_starts_with($route, '/wp/v2/{route}'),"
        " ARRAY_FILTER_USE_KEY));"
    )


def test_a_door_that_is_closed_in_part_is_told_before_the_move(
    wordpress: WordPress,
) -> None:
    with (
        plugged(wordpress, without("posts")),
        pytest.raises(NotAllowed, match="closed the door"),
    ):
        discover(wordpress.url, Session())
    blog = NewHome(wordpress.url, wordpress.user, Secret(wordpress.password))
    with plugged(wordpress, without("comments") + without("media")):
        told = " ".join(blog.check().warnings)
        assert "takes no comments" in told
        assert "takes no photos" in told
        assert Kind.COMMENT not in blog.carries
        with pytest.raises(Refused, match="takes no such thing"):
            blog.create(NewPhoto("a.png", "image/png", b"x", None, 0), "md-x")
    blog = NewHome(wordpress.url, wordpress.user, Secret(wordpress.password))
    assert not blog.check().warnings
    assert Kind.COMMENT in blog.carries


@pytest.mark.parametrize("name", ["wordpress", "oldest_wordpress"])
def test_signing_in(name: str, request: pytest.FixtureRequest) -> None:
    site: WordPress = request.getfixturevalue(name)
    for role, (user, password) in site.users.items():
        me = sign_in(site, user, password)
        assert me["roles"] == [role]
        assert "capabilities" in me
    # The spaces that WordPress shows in an application password do not matter.
    assert sign_in(site, "admin", site.password.replace(" ", ""))["slug"] == "admin"


@pytest.mark.parametrize("name", ["wordpress", "oldest_wordpress"])
@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("admin", "wrong wrong wrong wrong"),
        ("nobody", "wrong wrong wrong wrong"),
        ("nobody@example.test", "wrong"),
        ("admin", "adminpw"),  # the one for the browser
        ("админ", "пароль"),
    ],
)
def test_a_wrong_password_is_told_with_where_to_get_a_right_one(
    name: str, user: str, password: str, request: pytest.FixtureRequest
) -> None:
    site: WordPress = request.getfixturevalue(name)
    with pytest.raises(SignInFailed) as caught:
        sign_in(site, user, password)
    assert f"does not accept this password for “{user}”" in caught.value.title
    assert "Application Passwords" in caught.value.hint
    assert password not in str(caught.value)


STRIPPED = (
    "unset($_SERVER['HTTP_AUTHORIZATION'], $_SERVER['PHP_AUTH_USER'],"
    " $_SERVER['PHP_AUTH_PW']);"
)


def test_a_host_that_drops_the_password_on_the_way_is_recognised(
    wordpress: WordPress,
) -> None:
    with plugged(wordpress, STRIPPED):
        with pytest.raises(SignInFailed, match="host drops it") as caught:
            sign_in(wordpress)
        assert "Permalinks" in caught.value.hint
        # A wrong one is still a wrong one.
        with pytest.raises(SignInFailed, match="does not accept"):
            sign_in(wordpress, "admin", "wrong & <wrong>")
    no_xmlrpc = "defined('XMLRPC_REQUEST') && exit('no');"
    with (
        plugged(wordpress, STRIPPED + no_xmlrpc),
        pytest.raises(SignInFailed, match="does not accept"),
    ):
        sign_in(wordpress)


def test_application_passwords_that_are_switched_off_are_told(
    wordpress: WordPress,
) -> None:
    off = (
        "add_filter('wp_is_application_passwords_available{}', '__return_false');"
        "add_filter('application_password_is_api_request', '__return_true');"
        "add_action('init', 'wp_get_current_user');"  # as many plugins do
    )
    with (
        plugged(wordpress, off.format("_for_user")),
        pytest.raises(SignInFailed, match="switched off for this account"),
    ):
        sign_in(wordpress)
    off = "add_filter('wp_is_application_passwords_available', '__return_false');"
    with (
        plugged(wordpress, off),
        pytest.raises(SignInFailed, match="This blog does not accept application"),
    ):
        sign_in(wordpress)


def test_a_plugin_that_asks_early_makes_a_wrong_password_no_riddle(
    wordpress: WordPress,
) -> None:
    early = (
        "add_filter('application_password_is_api_request', '__return_true');"
        "add_action('init', 'wp_get_current_user');"
    )
    with plugged(wordpress, early):
        for user in ("admin", "nobody", "nobody@example.test"):
            with pytest.raises(SignInFailed, match="does not accept this password"):
                sign_in(wordpress, user, "wrong")
        assert sign_in(wordpress)["slug"] == "admin"


def test_a_password_is_never_sent_in_the_open() -> None:
    root = Root("http://blog.example.test/wp-json/", {"authentication": {"x": 1}})
    secret = Secret("abcd")
    with pytest.raises(Unsafe, match="for all to read"):
        account(root, Session("admin", secret), "admin", secret)


def test_nonsense_instead_of_an_account_is_told_in_words(
    httpserver: HTTPServer,
) -> None:
    httpserver.expect_request("/wp-json/wp/v2/users/me").respond_with_data("?", 418)
    root = Root(httpserver.url_for("/wp-json/"), {"authentication": {"x": 1}})
    secret = Secret("abcd")
    with pytest.raises(WrongParty, match="makes no sense"):
        account(root, Session("admin", secret), "admin", secret)


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("", None),
        (None, None),
        ("+08:00", None),
        ("../../etc/passwd", None),
        ("Asia", None),
        ("<b>A</b>\0", None),
        (["Asia/Shanghai"], None),
    ],
)
def test_a_time_zone_is_one_that_exists(told: object, zone: str | None) -> None:
    assert zone_from(told) == zone


@pytest.mark.parametrize(
    ("told", "hours", "zone"),
    [
        ("Asia/Kolkata", "5.5", "Asia/Kolkata"),
        ("", "5.5", "UTC+05:30"),
        ("", 5.75, "UTC+05:45"),
        (None, "-9.5", "UTC-09:30"),
        ("", 0, "UTC+00:00"),
        ("", "", None),
        ("", "nan", None),
        ("", "1e99", None),
        ("", ["8"], None),
    ],
)
def test_a_clock_that_never_changes_is_one_too(
    told: object, hours: object, zone: str | None
) -> None:
    assert zone_from(told, hours) == zone
