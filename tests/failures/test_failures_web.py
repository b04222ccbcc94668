"""What goes wrong on the way to a web page: one clear line each, within its time and memory."""

from __future__ import annotations

import gzip
import resource
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from weblocal import Exchange, Site, raw, site

from videogen.inputs.fetch import LIMITS, Answer, Head, Limits, fetch
from videogen.model.errors import FetchError, PipelineError, ResourceError, ValidationError, Where

HERE = Where("projects/talk.yaml", 2, 9, "source: there")
PAGE = "# A page\n\nWith a line.\n"


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as there:
        yield there


def at_most(size: int = 1_000_000) -> Callable[[Head], int]:
    return lambda head: size


def patient(waits: list[float] | None = None, **changed: float) -> Limits:
    """Limits that wait for nothing; `waits` learns for how long it would have been."""
    return replace(LIMITS, sleep=(waits if waits is not None else []).append, **changed)  # type: ignore[arg-type]


def refused(kind: type[PipelineError], url: str, admit: Callable[[Head], int] | None = None, **limits: float) -> str:
    """The one line that a fetch ends with."""
    with pytest.raises(kind) as error:
        fetch(url, admit or at_most(), HERE, limits=patient(**limits))
    line = error.value.line()
    assert "\n" not in line
    assert line.startswith("projects/talk.yaml:2:9: "), line
    return line.partition(": ")[2]


def got(url: str, **limits: float) -> Answer:
    return fetch(url, at_most(), HERE, limits=patient(**limits))


# --- private addresses


def test_a_private_address_is_refused_and_never_asked(web: Site) -> None:
    web.replies["/"] = lambda to: to.send(PAGE)
    assert "127.0.0.1 is a private or reserved address" in refused(ValidationError, web.url("/"))
    assert not web.asked


def test_a_name_that_leads_to_a_private_address_is_refused_and_never_asked(web: Site) -> None:
    web.replies["/"] = lambda to: to.send(PAGE)
    line = refused(ValidationError, f"http://localhost:{web.port}/")
    assert "localhost leads to " in line
    assert "a private or reserved address; set VIDEOGEN_ALLOW_PRIVATE=1" in line
    assert not web.asked


def leading(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[list[tuple[str, int]]]]) -> list[str]:
    """Names of a public net, where there is none here: each time one is asked for, the next of its answers."""
    real, asked = socket.getaddrinfo, list[str]()

    def lookup(host: str, port: int, *rest: object, **more: object) -> list[object]:
        if host not in names:
            return real(host, port, *rest, **more)  # type: ignore[arg-type, return-value]
        asked.append(host)
        answers = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", answer) for answer in answers]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def test_a_private_address_among_the_answers_is_refused(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    leading(monkeypatch, {"a.example": [[("192.0.43.8", 80), ("127.0.0.1", web.port)]]})
    assert "a.example leads to 127.0.0.1, a private" in refused(ValidationError, "http://a.example/")


def test_a_redirect_to_a_private_address_is_refused_and_not_followed(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the first server is taken for a public one, for there is none here: only its own address is let through
    from videogen.inputs import guard

    first = ("127.0.0.1", web.port)
    leading(monkeypatch, {"public.example": [[first]], "inner.example": [[("10.0.0.1", 80)]]})
    real = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda ip: str(ip) == "127.0.0.1" or real(ip))
    for to, said in {
        "http://10.0.0.1/secret": "10.0.0.1 is a private or reserved address",
        "http://[::1]/secret": "::1 is a private or reserved address",
        "http://0x0a000001/secret": "unusual form of 10.0.0.1",
        "http://inner.example/secret": "inner.example leads to 10.0.0.1, a private or reserved address",
        "file:///etc/passwd": "file: is not fetched",
        "//user:pw@public.example/": "holds a name or password",
    }.items():
        web.replies["/"] = lambda exchange, to=to: exchange.send(status=302, Location=to)
        assert said in refused(ValidationError, "http://public.example/"), to
    assert set(web.paths) == {"/"}


def test_a_name_is_asked_for_once_and_what_was_checked_is_connected_to(
    web: Site, monkeypatch: pytest.MonkeyPatch, allowed: None
) -> None:
    web.replies["/"] = lambda to: to.send(PAGE)
    asked = leading(monkeypatch, {"a.example": [[("127.0.0.1", web.port)], [("127.0.0.9", 9)]]})
    assert got("http://a.example/").data == PAGE.encode()
    assert asked == ["a.example"]
    assert web.asked[0].headers["Host"] == "a.example"


# --- redirects


def test_redirects_are_followed_and_the_last_address_is_told(web: Site, allowed: None) -> None:
    web.replies |= {
        "/a": lambda to: to.send(status=301, Location="/b/?q=1#there"),
        "/b/": lambda to: to.send(status=307, Location="c.md"),
        "/b/c.md": lambda to: to.send(PAGE),
    }
    answer = got(web.url("/a"))
    assert (answer.data, answer.head.url, answer.head.name) == (PAGE.encode(), web.url("/b/c.md"), "c.md")


def test_redirects_without_end_are_refused(web: Site, allowed: None) -> None:
    web.replies["/"] = lambda to: to.send(status=302, Location="/")
    assert "redirects more than 5 times" in refused(FetchError, web.url("/"))
    assert len(web.asked) == 6


# --- size


@pytest.mark.parametrize("way", ["length", "chunks"])
def test_what_is_too_large_is_left_where_it_is(web: Site, allowed: None, way: str) -> None:
    sent = []

    def endless(to: Exchange) -> None:
        to.send_response(200)
        to.send_header("Content-Type", "text/markdown")
        to.send_header(*(("Content-Length", str(1 << 40)) if way == "length" else ("Transfer-Encoding", "chunked")))
        to.end_headers()
        piece = b"x" * 65_536
        for _ in range(10_000):
            to.wfile.write(piece if way == "length" else b"10000\r\n" + piece + b"\r\n")
            sent.append(len(piece))

    web.replies["/"] = endless
    assert "is larger than 1 MB; give a smaller document" in refused(ResourceError, web.url("/"))
    assert sum(sent) < 50_000_000  # what the buffers of the system take, not all there is


def test_a_bomb_is_noticed_as_it_grows(web: Site, allowed: None) -> None:
    squeeze = zlib.compressobj(9, wbits=31)
    bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(128)) + squeeze.flush()
    web.replies["/"] = lambda to: to.send(bomb, Content_Encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(bomb) < 1_100_000
    assert "is larger than 1 MB" in refused(ResourceError, web.url("/"))
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    )  # kilobytes: not the 134 MB that it holds


def test_what_is_packed_is_unpacked_and_must_be_whole(web: Site, allowed: None) -> None:
    text = (PAGE * 20_000).encode()
    packed = gzip.compress(text)
    web.replies |= {
        "/good": lambda to: to.send(packed, Content_Encoding="gzip"),
        "/cut": lambda to: to.send(packed[:-20], Content_Encoding="gzip"),
        "/lies": lambda to: to.send(text, Content_Encoding="gzip"),
        "/other": lambda to: to.send(text, Content_Encoding="br"),
    }
    assert got(web.url("/good")).data == text
    assert "packs what it sends wrongly" in refused(FetchError, web.url("/cut"))
    assert "packs what it sends wrongly" in refused(FetchError, web.url("/lies"))
    assert 'packs what it sends as "br"' in refused(FetchError, web.url("/other"))


def test_what_ends_too_early_is_not_taken_for_all(allowed: None) -> None:
    def cut(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/markdown\r\nContent-Length: 1000\r\n\r\n# Half")

    with raw(cut) as port:
        line = refused(FetchError, f"http://127.0.0.1:{port}/")
    assert "127.0.0.1 could not be read 3 times: the connection was closed before all had come" in line


# --- time


@pytest.mark.parametrize(
    ("reply", "limits", "said"),
    [
        (b"", {"stall": 0.2}, "could not be read 3 times: it did not answer in time"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n# A", {"stall": 0.2}, "it did not answer in time"),
        (b"drip", {"total": 0.6}, "did not send all of it within 0.6 s; try again later"),
    ],
    ids=["silence", "a pause without end", "a slow drip"],
)
def test_a_server_that_takes_its_time_is_left(allowed: None, reply: bytes, limits: dict[str, float], said: str) -> None:
    over = threading.Event()

    def slow(connection: socket.socket) -> None:
        connection.recv(4096)
        if reply != b"drip":
            connection.sendall(reply)
            over.wait(20)
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not over.wait(0.02):
            connection.sendall(b"x")

    begun = time.monotonic()
    with raw(slow) as port:
        line = refused(FetchError, f"http://127.0.0.1:{port}/", **limits)
        over.set()
    assert said in line
    assert time.monotonic() - begun < 10


def test_a_resolver_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20) and [])
    line = refused(FetchError, "http://a.example/", total=0.3)
    over.set()
    assert "a.example did not send all of it within 0.3 s" in line


# --- status


@pytest.mark.parametrize(
    ("status", "kind", "said", "times"),
    [
        (404, ValidationError, "127.0.0.1 has no such page (404); check the address", 1),
        (410, ValidationError, "has no such page (410)", 1),
        (401, ValidationError, "does not show that page (401); download it and name the file", 1),
        (403, ValidationError, "does not show that page (403)", 1),
        (418, FetchError, "answered status 418", 1),
        (204, FetchError, "answered status 204", 1),
        (304, FetchError, "answered status 304", 1),
        (500, FetchError, "could not be read 3 times: an error of its own (500); try again later", 3),
        (503, FetchError, "could not be read 3 times: it is not available now (503)", 3),
        (429, FetchError, "could not be read 3 times: too many requests (429)", 3),
    ],
)
def test_an_answer_that_is_none(
    web: Site, allowed: None, status: int, kind: type[PipelineError], said: str, times: int
) -> None:
    web.replies["/"] = lambda to: to.send("" if status in (204, 304) else "no", status)
    assert said in refused(kind, web.url("/"))
    assert len(web.asked) == times


def test_a_server_that_mends_is_asked_again_when_it_says(web: Site, allowed: None) -> None:
    soon = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=20), usegmt=True)
    answers = [(429, {"Retry-After": "7"}), (503, {"Retry-After": soon}), (200, {})]

    def mends(to: Exchange) -> None:
        status, headers = answers.pop(0)
        to.send(PAGE, status, **headers)

    web.replies["/"] = mends
    waits: list[float] = []
    assert fetch(web.url("/"), at_most(), HERE, limits=patient(waits)).data == PAGE.encode()
    assert waits[0] == 7
    assert 15 < waits[1] <= 20


def test_a_server_that_asks_for_an_hour_is_not_waited_for(web: Site, allowed: None) -> None:
    web.replies["/"] = lambda to: to.send("no", 429, Retry_After="3600")
    assert "asks to wait 3600 s: too many requests (429); build again then" in refused(FetchError, web.url("/"))
    assert len(web.asked) == 1


def test_what_is_no_web_server_is_said(allowed: None) -> None:
    with raw(lambda connection: connection.sendall(b"220 mail.example ESMTP\r\n")) as port:
        line = refused(FetchError, f"http://127.0.0.1:{port}/")
    assert "127.0.0.1 could not be read 3 times: " in line
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "no connection (" in refused(FetchError, f"http://127.0.0.1:{port}/")


def test_a_name_that_is_not_known_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "a.example could not be read 3 times: its name is not known" in refused(FetchError, "http://a.example/")


# --- what is sent


def test_no_cookie_is_kept_and_no_proxy_is_used(web: Site, allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.replies |= {
        "/a": lambda to: to.send(status=302, Location="/b", Set_Cookie="who=me; Path=/"),
        "/b": lambda to: to.send(PAGE),
    }
    got(web.url("/a"))
    assert [exchange.headers["Cookie"] for exchange in web.asked] == [None, None]
    assert web.asked[0].headers["User-Agent"].startswith("videogen ")
    assert str(Path.home()) not in str(web.asked[0].headers)


# --- TLS


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], ssl.SSLContext]:
    """A server's TLS with a certificate for a name, of an authority that is trusted here."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    def context(name: str) -> ssl.SSLContext:
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(server)
        return server

    return context


def test_a_valid_certificate_is_one(
    secure: Callable[[str], ssl.SSLContext], allowed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site(secure("a.example")) as web:
        web.replies["/"] = lambda to: to.send(PAGE)
        leading(monkeypatch, {"a.example": [[("127.0.0.1", web.port)]]})
        assert got("https://a.example/").data == PAGE.encode()


def test_the_certificate_of_another_is_none(
    secure: Callable[[str], ssl.SSLContext], allowed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site(secure("b.example")) as web:
        leading(monkeypatch, {"a.example": [[("127.0.0.1", web.port)]]})
        line = refused(FetchError, "https://a.example/")
        assert "the certificate of a.example is not valid: Hostname mismatch" in line
        assert not web.asked


def test_a_certificate_that_nobody_vouches_for_is_none(allowed: None) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(server)
    with site(server) as web:
        line = refused(FetchError, web.url("/"))
        assert "the certificate of 127.0.0.1 is not valid: " in line
        assert not web.asked


def test_a_redirect_that_gives_up_tls_is_refused(
    secure: Callable[[str], ssl.SSLContext], allowed: None, web: Site
) -> None:
    with site(secure("127.0.0.1")) as tls:
        tls.replies["/"] = lambda to: to.send(status=302, Location=web.url("/"))
        assert "127.0.0.1 redirects from https to http" in refused(FetchError, tls.url("/"))
    assert not web.asked
