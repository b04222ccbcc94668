"""What there is to choose from, what it will take, and how the server fares."""

from __future__ import annotations

from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families
from web.conftest import Server

from videogen.build.wizard import offered
from videogen.model.kinds import kinds


def get(server: Server, path: str, **asked: Any) -> Any:
    answer = server.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_there_is_to_choose_from(server: Server) -> None:
    voices = get(server, "/api/voices", language="de")["voices"]
    assert voices
    assert {each["language"][:2] for each in voices} == {"de"}
    assert all(each["offline"] for each in get(server, "/api/voices", offline=True)["voices"])
    assert "midnight" in [each["name"] for each in get(server, "/api/themes")["themes"]]
    assert [each["name"] for each in get(server, "/api/kinds")["kinds"]] == list(kinds())
    templates = get(server, "/api/templates")["templates"]
    assert [each["name"] for each in templates] == list(offered())
    assert templates[0]["variables"]
    assert "$defs" in get(server, "/api/schema")


def test_what_is_the_same_is_not_sent_again(server: Server) -> None:
    first = server.get("/api/schema")
    again = server.get("/api/schema", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_estimates_come_from_what_was_recorded(server: Server, talk: dict[str, Any]) -> None:
    known = get(server, "/api/estimate", size=9000, name="a.md")
    assert known["runs"] >= 1
    assert known["seconds"] > 0
    assert get(server, "/api/estimate", size=90_000, name="a.md")["seconds"] > known["seconds"]
    assert get(server, "/api/estimate", size=9000, name="a.md", languages="en,es")["seconds"] > known["seconds"]
    assert get(server, "/api/estimate", size=9000, name="a.pdf")["seconds"] is None
    assert get(server, "/api/estimate", task=talk["id"])["seconds"] == 0


def test_figures_of_what_was_made(server: Server, talk: dict[str, Any]) -> None:
    told = get(server, "/api/stats")
    assert {"frames", "audio", "video"} <= {each["name"] for each in told["stages"]}
    assert told["targets"]["made"] >= 20
    assert told["tasks"]["completed"] >= 1
    assert told["queue"]["fault"] is None
    assert told["disk"]["free_bytes"] > 0


def test_metrics_are_those_of_prometheus(server: Server, talk: dict[str, Any]) -> None:
    answer: httpx.Response = server.get("/metrics")
    families = {each.name: each for each in text_string_to_metric_families(answer.text)}
    assert {sample.labels["status"]: sample.value for sample in families["videogen_tasks"].samples}["completed"] >= 1
    routes = {sample.labels["route"] for sample in families["videogen_http_requests"].samples}
    assert "/api/create" in routes
    assert not any(talk["id"] in route for route in routes)


def test_it_says_whether_it_lives_and_can_work(server: Server) -> None:
    assert get(server, "/api/health") == {"status": "alive"}
    ready = get(server, "/api/ready")
    assert ready["ready"]
    assert [each["name"] for each in ready["checks"]] == ["queue", "folder", "disk"]
