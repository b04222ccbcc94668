"""Files of a task: which there are, their parts, and how they are sent."""

from __future__ import annotations

from typing import Any

import pytest
from web.conftest import Server

FILM = "talk/talk/en/talk.en.mp4"


@pytest.fixture
def film(server: Server, talk: dict[str, Any]) -> str:
    return f"/api/tasks/{talk['id']}/artifacts/{FILM}"


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-19", slice(10, 20)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-50", slice(-50, None)),
        ("bytes=5-999999999", slice(5, None)),
        ("bytes=-999999999", slice(0, None)),
    ],
)
def test_a_player_is_given_the_part_that_it_asks_for(server: Server, film: str, asked: str, part: slice) -> None:
    whole = (server.studio.film / "talk.en.mp4").read_bytes()
    answer = server.get(film, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == whole[part]
    start, stop, _ = part.indices(len(whole))
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=", "0-5", "bytes=-"])
def test_what_is_no_range_is_answered_with_all_of_it(server: Server, film: str, asked: str) -> None:
    answer = server.get(film, headers={"Range": asked})
    assert answer.status_code == 200
    assert answer.content == (server.studio.film / "talk.en.mp4").read_bytes()


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_that_there_is_not(server: Server, film: str, asked: str) -> None:
    size = (server.studio.film / "talk.en.mp4").stat().st_size
    answer = server.get(film, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert answer.json()["error_code"] == "RANGE_NOT_SATISFIABLE"


def test_a_part_of_another_version_is_all_of_it(server: Server, film: str) -> None:
    etag = server.get(film).headers["etag"]
    ask = {"Range": "bytes=0-9"}
    assert server.get(film, headers={**ask, "If-Range": etag}).status_code == 206
    assert server.get(film, headers={**ask, "If-Range": '"another"'}).status_code == 200
    assert server.get(film, headers={"If-None-Match": etag}).status_code == 304


def test_head_tells_what_get_would_send(server: Server, film: str) -> None:
    with server.client() as client:
        head, get = client.head(film), client.get(film)
        part = client.head(film, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "etag", "accept-ranges"):
        assert head.headers[name] == get.headers[name]
    assert (part.status_code, part.headers["content-length"]) == (206, "10")


def test_each_kind_is_sent_as_what_it_is(server: Server, talk: dict[str, Any]) -> None:
    kinds = {
        "talk.en.mp4": "video/mp4",
        "talk.en.vtt": "text/vtt; charset=utf-8",
        "talk.en.jpg": "image/jpeg",
        "talk.en.transcript.md": "text/plain; charset=utf-8",
        "manifest.json": "application/json",
    }
    listed = {each["name"]: each for each in server.get(f"/api/tasks/{talk['id']}/artifacts").json()["artifacts"]}
    for name, kind in kinds.items():
        answer = server.get(listed[name]["url"])
        assert answer.headers["content-type"] == kind
        assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
        assert len(answer.content) == listed[name]["size_bytes"]
    saved = server.get(f"{listed['talk.en.mp4']['url']}?download=1")
    assert saved.headers["content-disposition"].startswith("attachment")


def test_a_task_that_found_nothing_to_do_has_the_film_too(server: Server, talk: dict[str, Any]) -> None:
    again = server.built(project="talk")
    assert again["result"]["counts"]["made"] <= 3  # that they are confined, its first stages take note of
    names = {each["name"] for each in server.get(f"/api/tasks/{again['id']}/artifacts").json()["artifacts"]}
    assert {"talk.en.mp4", "talk.en.vtt", "final.png"} <= names
    scenes = server.get(f"/api/tasks/{again['id']}/scenes").json()["scenes"]
    assert [each["scene"] for each in scenes] == ["opening", "rules", "closing"]
    assert all(each["image"] and each["voice"] and each["status"] == "completed" for each in scenes)
    assert sum(each["seconds"] for each in scenes) == pytest.approx(11.2)
