"""Web servers on this machine, for what is fetched: each path does what a test says."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Reply = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request, and the means to answer it well or badly."""

    protocol_version = "HTTP/1.1"
    site: Site
    body: bytes

    def send(self, data: bytes | str = b"", status: int = 200, kind: str = "text/markdown", **headers: str) -> None:
        data = data.encode() if isinstance(data, str) else data
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = urlsplit(self.path).path
        self.site.asked.append(self)
        reply = self.site.replies.get(path)
        with contextlib.suppress(ConnectionError):  # a client that has seen enough
            if reply is None:
                self.send("nothing here", 404, "text/plain")
            else:
                reply(self)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Site:
    """A server: what it answers by path, and what it was asked."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Exchange] = field(default_factory=list)
    scheme: str = "http"
    host: str = "127.0.0.1"
    port: int = 0

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [exchange.path for exchange in self.asked]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # clients that hang up, as some of the tests have them do


@contextlib.contextmanager
def site(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Site]:
    """A site that is there while the block runs; with a context, over TLS."""
    found = Site(scheme="https" if context else "http", host=host)
    server = _Server((host if host.startswith("127.") else "127.0.0.1", 0), type("Here", (Exchange,), {"site": found}))
    found.port = server.server_address[1]
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def raw(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does what a test says with each connection; the port it listens on."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                talk(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
