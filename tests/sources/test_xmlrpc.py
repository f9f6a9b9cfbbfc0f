"""XML-RPC: what is read in spite of its blemishes, and what is refused."""

from __future__ import annotations

import time
import xmlrpc.client
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.raw_server import reply, says, serving
from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    MoveError,
    NothingFound,
    Refused,
    SignInFailed,
    Unreadable,
    Unsafe,
)
from wizard.network import Session
from wizard.sources.metaweblog.xmlrpc import Fault, call, moment, parse


@pytest.mark.parametrize(
    "told", ["kanarie&7f3e", "kanarie&amp;7f3e", "x" * 291 + " kanarie&7f3e"]
)
def test_a_server_that_repeats_the_password_in_its_no_is_not_repeated(told):
    no = xmlrpc.client.Fault(403, f"The password {told} of ann is wrong.")
    answer = reply(xmlrpc.client.dumps(no).encode(), kind="text/xml")
    with serving(says(answer)) as server, pytest.raises(Fault) as caught:
        call(Session(), server.url, "x", "ann", Secret("kanarie&7f3e"))
    assert "The password " in str(caught.value)
    assert "kanarie" not in repr(vars(caught.value)) + repr(caught.value.__context__)


def response(value: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    inside = f"<params><param><value>{value}</value></param></params>"
    return f"{head}<methodResponse>{inside}</methodResponse>".encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("bare text", "bare text"),
        ("<string>a &amp; b</string>", "a & b"),
        ("<string/>", ""),
        ("", ""),
        ("<int>-5</int>", -5),
        ("<i4>5</i4>", 5),
        ("<int>5.0</int>", "5.0"),
        ("<boolean>1</boolean>", True),
        ("<boolean>false</boolean>", False),
        ("<double>2.5</double>", "2.5"),
        ("<base64>w7w=</base64>", "ü"),
        ("<base64>not base64!</base64>", ""),
        ("<nil/>", None),
        ("<ex:nil xmlns:ex='http://ws.apache.org/xmlrpc/namespaces/extensions'/>", None),
        ("<unknown>x</unknown>", "x"),
        ("<dateTime.iso8601>20030729T10:59:48</dateTime.iso8601>", datetime(2003, 7, 29, 10, 59, 48)),
        ("<dateTime.iso8601>00000000T00:00:00Z</dateTime.iso8601>", "00000000T00:00:00Z"),
        ("<array><data/></array>", []),
        ("<array><data><value>a</value><value><int>2</int></value></data></array>", ["a", 2]),
        ("<struct><member><name>n</name><value>v</value></member></struct>", {"n": "v"}),
        ("<struct><member><name>n</name></member></struct>", {}),
    ],
)  # fmt: skip
def test_values_are_read(written, read):
    assert parse(response(written), "host") == read


def test_what_stands_around_the_answer_does_not_matter():
    good = response("<string>日本</string>")
    for body in (
        b"\xef\xbb\xbf" + good,
        b"\r\n \n" + good,
        b"<br /><b>Warning</b>: foo() in bar.php on line 3<br />\n"
        + good
        + b"<!-- 3 ms -->",
        good.replace(b'<?xml version="1.0" encoding="UTF-8"?>', b""),
        good.replace(b"UTF-8", b"utf8"),
    ):
        assert parse(body, "host") == "日本"


def test_characters_that_xml_forbids_are_left_out_and_the_rest_stays():
    assert parse(response("<string>a\x0bb\x00c\x1fd</string>"), "host") == "abcd"
    assert parse(response("<string>a&#11;b&#x1F;c&#0;d</string>"), "host") == "abcd"


def test_careless_markup_loses_no_text():
    assert parse(
        response("<string>Tom & Jerry &nbsp; R&D; &lt;b&gt;</string>"), "host"
    ) == ("Tom & Jerry &nbsp; R&D; <b>")


def test_text_in_another_encoding_than_the_one_declared_is_read():
    body = response("<string>Zażółć gęślą jaźń, mówił król</string>", "").decode()
    assert parse(body.encode("utf-8"), "host").startswith("Zażółć")
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    assert parse(response("<string>x</string>", declared), "host") == "x"
    latin = response("<string>Gärten</string>", declared).decode().encode("latin-1")
    assert parse(latin, "host") == "Gärten"
    undeclared = response("<string>Gärten und Höfe überall</string>").decode()
    assert "rten und H" in parse(undeclared.encode("cp1252"), "host")


def test_a_fault_is_raised_with_its_number_and_plain_words():
    fault = (
        "<?xml version='1.0'?><methodResponse><fault><value><struct>"
        "<member><name>faultCode</name><value><int>403</int></value></member>"
        "<member><name>faultString</name><value>Bad &lt;b&gt;login&lt;/b&gt;\n\x1b[31m "
        "</value></member></struct></value></fault></methodResponse>"
    )
    with pytest.raises(Fault) as caught:
        parse(fault.encode(), "blog.example")
    assert caught.value.number == 403
    assert caught.value.words.split() == ["Bad", "login", "[31m"]
    assert isinstance(caught.value, Refused)
    with pytest.raises(Fault):
        parse(fault.replace("<struct>", "").replace("</struct>", "").encode(), "host")


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_an_answer_that_is_cut_off_is_ambiguous_and_never_a_shorter_list(keep):
    items = "".join(f"<value>{n}</value>" for n in range(100))
    body = response(f"<array><data>{items}</data></array>")
    with pytest.raises(Ambiguous):
        parse(body[: int(len(body) * keep)], "host")


BILLION_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


@pytest.mark.parametrize(
    "head",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE a [<!ENTITY d SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd">',
    ],
)
def test_definitions_of_its_own_are_refused(head):
    body = response("<string>&d;</string>", f'<?xml version="1.0"?>{head}')
    with pytest.raises(Unreadable):
        parse(body, "host")


@pytest.mark.parametrize(
    "body",
    [
        b"<methodResponse></methodResponse>",
        b"<methodResponse><params/></methodResponse>",
    ],
)
def test_an_answer_without_a_value_is_nothing(body):
    assert parse(body, "host") is None


def test_what_nests_too_deep_is_refused_and_quickly():
    deep = "<array><data><value>" * 5000 + "</value></data></array>" * 5000
    begin = time.monotonic()
    with pytest.raises(MoveError):
        parse(response(deep), "host")
    assert time.monotonic() - begin < 5


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_bytes_bring_the_reader_down(noise, place):
    good = response("<array><data><value><int>1</int></value></data></array>")
    for body in (noise, good[:place] + noise + good[place:]):
        with suppress(MoveError):
            parse(body, "host")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20030729T10:59:48", datetime(2003, 7, 29, 10, 59, 48)),
        ("2003-07-29T10:59:48", datetime(2003, 7, 29, 10, 59, 48)),
        ("2003-07-29 10:59", datetime(2003, 7, 29, 10, 59)),
        (" 20030729T10:59:48Z ", datetime(2003, 7, 29, 10, 59, 48, tzinfo=UTC)),
        ("2003-07-29T10:59:48.123Z", datetime(2003, 7, 29, 10, 59, 48, tzinfo=UTC)),
        ("20030729T105948", datetime(2003, 7, 29, 10, 59, 48)),
        ("20030729T10:59:48+0530", datetime(2003, 7, 29, 10, 59, 48, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
        ("20030729T10:59:48-08:00", datetime(2003, 7, 29, 10, 59, 48, tzinfo=timezone(-timedelta(hours=8)))),
        ("00000000T00:00:00", None),
        ("-00011130T00:00:00", None),
        ("20031329T10:59:48", None),
        ("20030729T10:59:48+99:00", None),
        ("yesterday", None),
        ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_and_keep_the_zone_they_name(written, read):
    found = moment(written)
    assert found == read
    assert (found and found.tzinfo) == (read and read.tzinfo)


# --- calls


def test_a_call_sends_its_arguments_and_reveals_the_password_only_there():
    with serving(says(reply(response("<int>7</int>"), kind="text/xml"))) as server:
        assert call(Session(), server.url, "a.b", "ü&<", 5, Secret("geheim")) == 7
    request = server.requests[0].decode()
    assert "Content-Type: text/xml" in request
    assert "<methodName>a.b</methodName>" in request
    for part in ("ü&amp;&lt;", "<int>5</int>", "<string>geheim</string>"):
        assert part in request


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("200 OK", NothingFound),
        ("404 Not Found", NothingFound),
        ("405 Method Not Allowed", Refused),
        ("403 Forbidden", Refused),
        ("401 Unauthorized", SignInFailed),
        ("501 Not Implemented", NothingFound),
        ("502 Bad Gateway", Ambiguous),
    ],
)
def test_an_answer_that_is_no_xml_rpc_is_told_in_words(status, error):
    page = reply(b"<html>hello</html>", status, "text/html")
    with serving(says(page)) as server, pytest.raises(error) as caught:
        call(Session(), server.url, "a.b")
    assert caught.value.title
    assert caught.value.hint


def test_a_password_is_not_sent_in_plain_text_to_another_computer():
    with pytest.raises(Unsafe, match="https"):
        call(Session(), "http://blog.invalid/xmlrpc.php", "a.b", Secret("geheim"))


@pytest.mark.parametrize("year", ["0000", "0001", "1601", "1899", "9999"])
def test_a_day_on_which_no_blog_was_written_is_no_date(year: str) -> None:
    assert moment(f"{year}0101T00:00:00") is None
    assert moment(f"{year}-12-31T23:59:59-14:00") is None


@pytest.mark.parametrize(
    "odd", ["&#xD800;", "&#55296;", "&#0;", "&#xFFFE;", "&#x110000;"]
)
def test_a_reference_to_no_letter_costs_only_itself(odd: str) -> None:
    body = (
        "<methodResponse><params><param><value><string>a"
        f"{odd}b&#233;</string></value></param></params></methodResponse>"
    )
    assert parse(body.encode(), "host") == "abé"
