"""Which addresses may be fetched: public ones, in their usual form."""

from __future__ import annotations

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.inputs.guard import check_addresses, check_url, is_public
from videogen.model.errors import PipelineError, ValidationError

PRIVATE = re.split(
    r"\s+",
    """0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255
100.64.0.1 100.127.255.254 127.0.0.1 127.255.0.9 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.5
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:c0a8:101::1 fc00::1 fd12:3456::1 fe80::1
fec0::1 ff02::1 4000::1""",
)
PUBLIC = re.split(
    r"\s+",
    """1.1.1.1 8.8.8.8
93.184.215.14 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 2606:4700:4700::1111
2a00:1450:4001:82b::200e ::ffff:8.8.8.8 64:ff9b::808:808""",
)


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_private_or_reserved_address_is_no_public_one(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_public(ipaddress.ip_address(ip))
    shown = f"[{ip}]" if ":" in ip else ip
    with pytest.raises(ValidationError, match="private or reserved address; set VIDEOGEN_ALLOW_PRIVATE=1"):
        check_url(f"http://{shown}/notes.md")
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    check_url(f"http://{shown}/notes.md")


@pytest.mark.parametrize("ip", PUBLIC)
def test_a_public_address_is_one(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))
    check_url(f"https://{f'[{ip}]' if ':' in ip else ip}/notes.md")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_one_is_judged_as_itself(ip: ipaddress.IPv4Address) -> None:
    for within in ("::ffff:0:0", "64:ff9b::"):
        assert is_public(ipaddress.IPv6Address(int(ipaddress.IPv6Address(within)) + int(ip))) == is_public(ip)
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) + (int(ip) << 80)))
    assert not is_public(ipaddress.IPv6Address(int(ip)))


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "017700000001", "127.1", "127.0.1", "0x7f.1", "0177.0.0.1", "127.0.0.1.", "0x7f.1."],
)
@pytest.mark.parametrize("allowed", ["", "1"])
def test_an_unusual_form_of_an_address_is_refused(host: str, allowed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", allowed)
    with pytest.raises(ValidationError, match=r"unusual form of 127\.0\.0\.1; write the server's name"):
        check_url(f"http://{host}/notes.md")


REFUSED = {
    "ftp://example.com/a.md": "ftp: is not fetched; give an http or https address",
    "file:///etc/passwd": "file: is not fetched",
    "gopher://example.com/": "gopher: is not fetched",
    "http:///a.md": "names no server",
    "https://": "names no server",
    "http://user@example.com/": "holds a name or password",
    "https://user:secret@example.com/": "holds a name or password",
    "http://example.com\\@127.0.0.1/": "is no web address",
    "http://exa mple.com/": "is no web address; write spaces as %20",
    "http://example.com/a\nHost: b": "is no web address",
    "http://example.com:0x50/": "is no web address: Port",
    "http://example.com:99999/": "is no web address: Port",
    "http://[::1/": "is no web address",
    "http://example.com:25/": "port 25 is not one of web servers",
    "http://example.com:22/": "port 22 is not one of web servers",
    "http://example.com/" + "a" * 3000: "of 3019 characters; at most 2048",
}


@pytest.mark.parametrize("url", REFUSED, ids=lambda url: url[:30].encode("unicode_escape").decode())
def test_what_is_no_address_of_a_page_is_one_line(url: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_url(url)
    assert REFUSED[url] in refused.value.line()
    assert "\n" not in refused.value.line()
    assert "secret" not in refused.value.line()


@pytest.mark.parametrize(
    "url", ["https://example.com", "http://example.com:8080/a?b=c#d", "https://1e100.net/", "HTTPS://B.DE/"]
)
def test_addresses_of_pages_are_let_through(url: str) -> None:
    check_url(url)


def test_one_private_answer_among_public_ones_is_enough() -> None:
    answers = [ipaddress.ip_address("8.8.8.8"), ipaddress.ip_address("10.1.2.3")]
    with pytest.raises(ValidationError, match=r"a\.example leads to 10\.1\.2\.3, a private or reserved address"):
        check_addresses("a.example", answers)


def test_a_setting_that_is_no_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "yes")
    with pytest.raises(ValidationError, match='VIDEOGEN_ALLOW_PRIVATE is "yes"; set it to 1'):
        check_url("http://127.0.0.1/")


@given(st.text(max_size=60) | st.from_regex(r"https?://[^/]{0,20}/.{0,10}", fullmatch=True))
def test_any_text_is_let_through_or_refused_in_one_line(text: str) -> None:
    try:
        check_url(text)
    except PipelineError as error:
        assert "\n" not in error.line()  # noqa: PT017
