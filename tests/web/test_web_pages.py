"""The pages as they are sent: what they load is there, and nothing in them needs a laxer policy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from web.conftest import Server

from videogen.build.flow import FIRST, STAGES
from videogen.web.pages import PAGES, STATIC

HTML = sorted(STATIC.glob("*.html"))
SCRIPTS = sorted(STATIC.glob("*.js"))
ADDRESSES = [path.replace("{task}", "task_0f3a9c27d1b4").replace("{project}", "talk") for path in PAGES]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_and_all_that_it_loads_are_there(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text)
    assert loaded
    for each in loaded:
        file = server.get(each)
        assert file.status_code == 200, each
        again = server.get(each, headers={"If-None-Match": file.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_page_has_one_head_and_says_what_it_is(server: Server, path: str) -> None:
    head = server.get(path).text.partition("</head>")[0]
    assert head.index('<meta charset="utf-8" />') < 100  # before any letter that needs it
    for once in ("<title>", 'name="viewport"', 'rel="icon"', "/static/base.css", "/static/bar.js"):
        assert head.count(once) == 1, once
    assert "<!--" not in head


def test_the_bar_says_which_page_is_open(server: Server) -> None:
    assert server.get("/").text.count('aria-current="page"') == 1
    assert '<a href="/library" aria-current="page">' in server.get("/tasks/task_0f3a9c27d1b4").text


@pytest.mark.parametrize("path", ["/task", "/library/more", "/index.html"])
def test_a_person_who_follows_a_wrong_link_gets_a_page_that_leads_on(server: Server, path: str) -> None:
    answer = server.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'href="/library"' in answer.text
    assert 'aria-current="page"' not in answer.text


@pytest.mark.parametrize("path", ["/task", "/api/none", "/static/none.js"])
def test_a_program_that_asks_for_what_is_not_there_gets_json(server: Server, path: str) -> None:
    accept = "*/*" if path == "/task" else "text/html"
    answer = server.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("name", ["%2e%2e", "%2e%2e%2fpages.py", "new.html", "bar.html", "x.js", ""])
def test_nothing_else_is_sent_as_a_file_of_the_pages(server: Server, name: str) -> None:
    assert server.get(f"/static/{name}").status_code in (404, 405)


@pytest.mark.parametrize("file", HTML, ids=lambda file: file.name)
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_never_makes_markup_of_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\b|new Function", text)
    assert "https://" not in re.sub(r'"[^"\n]*https://[^"\n]{0,3}"', "", text)


@pytest.mark.parametrize("file", [*SCRIPTS, *HTML, *STATIC.glob("*.css")], ids=lambda file: file.name)
def test_what_is_loaded_is_small(file: Path) -> None:
    assert file.stat().st_size < 24_000


def test_a_theme_has_a_picture_in_every_accent_and_nothing_else_has(server: Server) -> None:
    blue, green = (server.get(f"/pictures/themes/paper.webp?accent={each}") for each in ("blue", "green"))
    assert blue.headers["content-type"] == "image/webp"
    assert blue.content[8:12] == b"WEBP"
    assert blue.content != green.content
    etag = {"If-None-Match": blue.headers["etag"]}
    assert server.get("/pictures/themes/paper.webp?accent=blue", headers=etag).status_code == 304
    for other in ("nothing.webp", "..%2fpaper.webp", "paper.yaml.webp", "paper.webp?accent=beige"):
        assert server.get(f"/pictures/themes/{other}").status_code == 404


def test_the_page_of_a_task_has_every_stage_in_the_order_of_the_flow() -> None:
    found = re.search(r"STAGES = (\[.*?),\n\];", (STATIC / "fold.js").read_text(), re.DOTALL)
    assert found
    stages = [names for _, names in json.loads(f"{found[1]}]")]
    assert sorted(name for names in stages for name in names) == sorted(STAGES)
    assert [*stages[0], *stages[1]] == [*FIRST]  # which decide what scenes there are
