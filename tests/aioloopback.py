"""A web server of aiohttp on this machine, in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web


@contextmanager
def running(app: web.Application, ending: Callable[[], None] = lambda: None) -> Iterator[int]:
    """The port on loopback where an app answers while the block runs; at its end, `ending` is called in its loop."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()

    def run() -> None:
        loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        yield runner.addresses[0][1]
    finally:
        loop.call_soon_threadsafe(ending)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
