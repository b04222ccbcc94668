"""A real browser: the Chromium of this system, and pages that fail a test for whatever they complain of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from web.conftest import Server

MISSING = "NO CHROMIUM ON THIS SYSTEM: the pages were not tried in a browser (VIDEOGEN_CHROMIUM names one)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 60_000
"""Milliseconds; a busy machine is no fault of a page."""


def chromium_path() -> str | None:
    """Where a Chromium is."""
    return os.environ.get("VIDEOGEN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a file. It plays without being asked to, and may be root.

    No longer than a file: as long as it is there, an event loop runs in this thread, and no other can.
    """
    path = chromium_path()
    if path is None:
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        )
        yield browser
        browser.close()


@dataclass
class Complaints:
    """What pages complained of."""

    found: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of what a test brings about by itself, such as an answer that is an error."""

    def add(self, what: str) -> None:
        if not any(part in what for part in self.expected):
            self.found.append(what)


OpenPage = Callable[..., "Page"]


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def open_page(chromium: Browser, complaints: Complaints) -> Iterator[OpenPage]:
    """Opens a page of a server in a browser without a past.

    In the end the test fails for an error in the console (a violated policy is one), an exception that nobody caught,
    and a request to any other server.
    """
    contexts: list[Any] = []

    def start(server: Server, path: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=server.url, **{"viewport": {"width": 1100, "height": 800}, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda said: complaints.add(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.add(str(error)))
        page.on("request", lambda request: _stays(request.url, server, complaints))
        page.goto(path)
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints.found == []


def _stays(url: str, server: Server, complaints: Complaints) -> None:
    if not url.startswith((server.url, "data:", "blob:")):
        complaints.add(f"asked another server: {url}")


def serious(page: Page) -> list[str]:
    """What axe-core finds on a page that keeps somebody from using it: rule, and the element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical", "moderate")
        for node in each["nodes"]
    ]
