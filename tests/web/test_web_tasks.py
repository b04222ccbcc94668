"""Tasks over HTTP: asked for, followed, listed, paused, ended, forgotten."""

from __future__ import annotations

from typing import Any

import httpx
from web.conftest import Serve, Server


def test_a_project_becomes_a_film(server: Server, talk: dict[str, Any]) -> None:
    assert talk["name"] == "talk"
    assert talk["progress"] == 1
    listed = server.get("/api/tasks").json()["tasks"]
    assert talk["id"] in [each["id"] for each in listed]
    artifacts = server.get(f"/api/tasks/{talk['id']}/artifacts").json()["artifacts"]
    film = next(each for each in artifacts if each["name"] == "talk.en.mp4")
    assert server.get(film["url"]).content == (server.studio.film / "talk.en.mp4").read_bytes()


def test_the_answer_says_where_the_task_is(server: Server) -> None:
    answer = server.post("/api/create", json={"project": "talk"})
    assert answer.headers["location"] == f"/api/tasks/{answer.json()['id']}"
    server.ended(answer.json()["id"])


def test_a_server_that_is_told_to_end_ends_well(serve: Serve) -> None:
    server = serve()
    assert server.get("/api/health").json() == {"status": "alive"}
    assert server.end() == 0
    assert "Traceback" not in server.log.read_text()


def test_there_is_one_clear_line_for_a_port_that_is_taken(server: Server) -> None:
    outcome = server.studio.video_gen("serve", "--port", str(server.port))
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "choose another --port" in outcome.err


def test_what_nobody_can_be_kept_from_is_not_served_to_all(server: Server) -> None:
    outcome = server.studio.video_gen("serve", "--host", "0.0.0.0", "--port", "0")
    assert outcome.code == 2
    assert "--tokens" in outcome.err


def test_errors_are_those_of_every_face(server: Server) -> None:
    answer: httpx.Response = server.get("/api/tasks/task_000000000000")
    assert answer.status_code == 404
    assert answer.json()["error_code"] == "TASK_NOT_FOUND"
