"""The process of a server: listens, answers, and ends in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn

from videogen.model.errors import Exit, ResourceError, ValidationError
from videogen.web.app import create_app
from videogen.web.connections import BACKLOG, protocol_of, say_shortly
from videogen.web.settings import Settings

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 5
"""Seconds that answers may take to their end once the server is to end."""


class _Server(uvicorn.Server):
    """Has streams end when the server is to end, and does not die of the signal that ended it."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal has come."""
        self._ending()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        asyncio.get_running_loop().set_exception_handler(say_shortly)
        await super().startup(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """While the block runs, signals are for the server."""
        before = {each: signal.signal(each, self.handle_exit) for each in _SIGNALS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def run(settings: Settings, port: int, ready: Callable[[str], None]) -> int:
    """Serve until a signal ends it, which is how a server ends well; `ready` is told its address once it listens.
    Returns the exit code. Raises ResourceError for an address that is taken."""
    listening = listen(settings.host, port)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # what a header says of who asks is worth nothing
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=_PATIENCE,
        timeout_keep_alive=int(settings.head_seconds) or 1,
        http=protocol_of(settings),
        backlog=BACKLOG,
    )
    server = _Server(config, app.state.context.closing.set)
    ready(address_of(settings.host, listening.getsockname()[1]))
    server.run(sockets=[listening])
    return int(Exit.MADE if server.started else Exit.FAILED)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ValidationError for a host that this machine has not, ResourceError for a port that
    is taken."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise ValidationError(f'"{host}" is no address of this machine', hint="give --host 127.0.0.1") from None
    family, kind, protocol, _, address = found[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise ResourceError(
            f"cannot listen on {host}, port {port}: {(error.strerror or str(error)).lower()}",
            hint="choose another --port, or 0 for a free one",
        ) from None
    listening.setblocking(False)
    return listening


def address_of(host: str, port: int) -> str:
    """Where a browser finds it."""
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
