"""What is asked of a task and refused: nothing is lost by it, and its page says so in place, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from studio import long_project, new_studio
from web.browser import Complaints, OpenPage, serious
from web.conftest import Serve, Server
from web.test_web_browser import reaches
from web.test_web_limits import until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@contextmanager
def halted(server: Server, task: str) -> Iterator[None]:
    """While the block runs, the process that builds a task does nothing; after it, it goes on."""
    children = psutil.Process(server.process.pid).children
    until(lambda: any(task in each.cmdline() for each in children()))
    until(lambda: server.get(f"/api/tasks/{task}").json()["last_event"] > 0)
    worker = next(each for each in children() if task in each.cmdline())
    worker.suspend()
    try:
        yield
    finally:
        worker.resume()


def done(server: Server, task: str, action: str) -> int:
    return server.post(f"/api/tasks/{task}/{action}").status_code


def test_a_refused_resume_leaves_a_pause_as_it_was(serve: Serve, tmp_path: Path) -> None:
    server = serve(studio=new_studio(tmp_path / "long", long_project(12)))
    task = server.create(project="talk")["id"]
    with halted(server, task):
        assert done(server, task, "pause") == 200
        for _ in range(3):  # it is not paused yet: what is being made is finished first
            assert done(server, task, "resume") == 409
    assert server.ended(task)["status"] == "paused"
    assert done(server, task, "resume") == 200
    assert server.ended(task)["status"] == "completed"


@pytest.fixture
def page_of(open_page: OpenPage, complaints: Complaints) -> Any:
    """Opens the page of a task, which is not told what happens in it from there on."""
    complaints.expected = ("Failed to load resource",)

    def start(server: Server, task: str) -> Page:
        page = open_page(server, "/login", viewport={"width": 390, "height": 844})
        page.route("**/api/progress/**", lambda route: route.abort())
        page.goto(f"/tasks/{task}")
        page.locator("#actions button").first.wait_for()
        return page

    return start


def told(page: Page, *said: str) -> None:
    """The page says these, in the notice that is read out, and nothing else."""
    notice = page.get_by_role("alert").filter(has_text=said[0])
    notice.wait_for()
    for each in said:
        assert each in notice.inner_text()
    assert not re.search(r"task_|become", notice.inner_text())


def test_what_is_refused_is_told_on_the_page_with_what_to_do(serve: Serve, page_of: Any, tmp_path: Path) -> None:
    server = serve(studio=new_studio(tmp_path / "long", long_project(20)))
    task = server.create(project="talk")["id"]
    with halted(server, task):
        page = page_of(server, task)
    reaches(page, "running")
    assert done(server, task, "cancel") == 200
    page.get_by_role("button", name="Pause").click()
    told(page, "This film is cancelled by now, so it could not be paused", "What can be done now is offered below")
    reaches(page, "cancelled")
    assert page.locator("#connection").is_hidden()
    assert serious(page) == []
    # and what is offered is what its state allows
    assert page.get_by_role("button", name="Pause").count() == 0
    assert done(server, task, "resume") == 200
    page.get_by_role("button", name="Go on after all").click()
    told(page, "so it could not be gone on with")
    assert page.locator("#state").get_attribute("data-state") in ("pending", "running")
    with halted(server, task):
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Pausing").wait_for()
        assert page.get_by_role("alert").filter(has_text="could not be").count() == 0
    until(lambda: server.get(f"/api/tasks/{task}").json()["status"] == "paused")
    page.reload()
    reaches(page, "paused")
    assert done(server, task, "cancel") == 200
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel it").click()
    told(page, "This film is cancelled by now, so it could not be cancelled")


def test_a_film_that_cannot_be_deleted_just_now_says_so(serve: Serve, page_of: Any, tmp_path: Path) -> None:
    server = serve("--at-once", "1", studio=new_studio(tmp_path / "two"))
    task = server.built(project="talk", draft=True)["id"]
    page = page_of(server, task)
    other = server.create(project="talk")["id"]
    with halted(server, other):
        assert done(server, task, "resume") == 200  # it waits for its turn
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("button", name="Delete it").click()
        told(page, "This film waits for its turn by now, so it could not be deleted", "Cancel it first")
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Cancel it").click()
        reaches(page, "cancelled")
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("button", name="Delete it").click()
        page.wait_for_url("**/library")
    assert server.get(f"/api/tasks/{task}").status_code == 404
