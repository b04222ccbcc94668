"""Who is connected and asks nothing, or asks slowly, takes the server away from nobody."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import time
from collections.abc import Iterator

import pytest
from web.conftest import LONGEST, Serve, Server

from videogen.web import connections

HEAD = b"POST /api/create HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
FILES = 700


@contextlib.contextmanager
def connected(server: Server, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many connections, each with the same bytes sent."""
    with contextlib.ExitStack() as stack:
        made: list[socket.socket] = []
        for _ in range(count):
            made.append(stack.enter_context(socket.create_connection(("127.0.0.1", server.port), LONGEST)))
            if sent:
                made[-1].sendall(sent)
        yield made


def closed(one: socket.socket) -> bool:
    """Whether the server ends a connection before a test's time is up."""
    try:
        while one.recv(65536):
            pass
    except ConnectionError:
        return True
    return True


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: "], ids=["nothing", "half a head"])
def test_quiet_connections_make_room_for_who_asks(serve: Serve, sent: bytes) -> None:
    server = serve(settings="connections=20")
    with connected(server, 60, sent):
        assert server.get("/api/health").status_code == 200
        assert server.get("/api/me").status_code == 200


def test_more_connections_than_files_may_be_open_are_no_harm(serve: Serve) -> None:
    resource = pytest.importorskip("resource")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2 * FILES:
        pytest.skip("this process may not open as many itself")
    bounded = f"**(__import__('resource').setrlimit(__import__('resource').RLIMIT_NOFILE, ({FILES}, {FILES})) or {{}})"
    server = serve(settings=bounded)
    with connected(server, FILES + 100):
        assert server.get("/api/health").status_code == 200
        assert server.get("/api/tasks").status_code == 200
    assert server.log.read_text() == ""


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /api/health HTTP/1.1\r\nHost: ",
        HEAD + b"Content-Length: 200000000\r\n\r\n--b\r\n",
        HEAD
        + b'Content-Length: 200000000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n',
        b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET ",
    ],
    ids=["nothing", "half a head", "a body that does not come", "a file that does not come", "half of a second head"],
)
def test_what_does_not_come_is_not_waited_for(serve: Serve, sent: bytes) -> None:
    server = serve(settings="head_seconds=0.5, body_seconds=0.5")
    with connected(server, 1, sent) as made:
        assert closed(made[0])
    assert server.get("/api/health").status_code == 200
    assert server.log.read_text() == ""


def test_who_sends_byte_by_byte_is_not_waited_for(serve: Serve) -> None:
    server = serve(settings="head_seconds=0.5")
    deadline = time.monotonic() + LONGEST
    with connected(server, 1) as [one]:
        one.settimeout(0.05)
        while True:
            assert time.monotonic() < deadline, "it waits on"
            try:
                one.sendall(b"G")
                if not one.recv(1):
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break


def test_a_connection_that_is_used_stays(serve: Serve) -> None:
    server = serve(settings="connections=8, head_seconds=60")
    task = server.create(project="talk", draft=True)["id"]
    told = server.events(task)
    first = next(told)
    with connected(server, 30):
        assert [first["id"], *(each["id"] for each in told if "id" in each)][:3] == [1, 2, 3]


def test_that_no_file_can_be_opened_is_told_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_said", {})
    loop = asyncio.new_event_loop()
    try:
        loop.set_exception_handler(connections.say_shortly)
        for _ in range(3):
            full = OSError(errno.EMFILE, "Too many open files")
            loop.call_exception_handler({"message": "socket.accept() out of system resource", "exception": full})
        assert [each.getMessage() for each in caplog.records] == ["no connection can be taken: too many open files"]
        loop.call_exception_handler({"message": "another", "exception": ValueError("x")})
        assert len(caplog.records) == 2
    finally:
        loop.close()
