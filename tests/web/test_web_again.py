"""What was made is shown again and made again, also by a build that finds everything up to date."""

from __future__ import annotations

from typing import Any

from web.conftest import Serve, Server


def test_a_task_that_had_nothing_to_make_has_its_film_and_its_scenes(server: Server, talk: dict[str, Any]) -> None:
    again = server.built(project="talk")
    assert again["result"]["counts"]["made"] == 0
    assert again["title"] == talk["title"] == "A small film"
    films = [each for each in artifacts(server, again["id"]) if each["path"].endswith(".mp4")]
    assert [each["url"] for each in films if each["stage"] == "video"] == [again["film"]]
    assert server.get(again["film"], headers={"Range": "bytes=4-7"}).content == b"ftyp"
    scenes = server.get(f"/api/tasks/{again['id']}/scenes").json()["scenes"]
    assert [each["scene"] for each in scenes] == ["opening", "rules", "closing"]
    assert all(each["image"] and each["status"] == "completed" for each in scenes)
    starts = [each["start"] for each in scenes]
    assert starts[0] == 0
    assert starts == sorted(set(starts))


def test_a_film_that_was_removed_is_in_no_list(serve: Serve) -> None:
    server = serve()
    task = server.built(project="talk", draft=True)
    (listed,) = server.get("/api/tasks").json()["tasks"]
    assert listed["film"] == task["film"]
    for film in (server.studio.folder / "build").rglob("talk.en.mp4"):
        film.unlink()
    (listed,) = server.get("/api/tasks").json()["tasks"]
    assert listed["film"] is None


def test_a_draft_becomes_a_film_without_its_document_being_sent_again(serve: Serve) -> None:
    server = serve()
    text = "# Kettles\n\nA kettle boils water.\n\n## Use\n\nFill it. Put it on the stove. Wait until it whistles.\n"
    draft = server.built(text=text, name="kettles", theme="paper", draft=True)
    film = server.built(task=draft["id"], voice="draft:")
    assert (film["input"]["draft"], film["input"]["theme"], film["input"]["voice"]) == (False, "paper", "draft:")
    assert film["input"]["source"] == draft["input"]["source"]
    assert film["metadata"] == draft["metadata"]
    assert film["film"] != draft["film"]
    assert server.get(draft["film"]).content != server.get(film["film"]).content
    # the one can go without the other
    with server.client() as client:
        assert client.delete(f"/api/tasks/{draft['id']}", params={"videos": True}).status_code == 204
    assert server.get(film["film"]).status_code == 200
    for other in ("task_000000000000", "task_x"):
        assert server.post("/api/create", json={"task": other}).status_code in (404, 422)
    assert server.post("/api/create", json={"task": film["id"], "text": "# More"}).status_code == 400


def test_the_figures_tell_of_what_failed_before_anything_was_made(serve: Serve) -> None:
    server = serve()
    server.studio.project.write_text("title: Wrong\nscenes:\n  - kind: bulets\n    narration: Hello.\n")
    tasks = [server.ended(server.create(project="talk")["id"]) for _ in range(2)]
    assert [task["status"] for task in tasks] == ["failed"] * 2
    (failure,) = server.get("/api/stats").json()["failures"]
    assert (failure["error_code"], failure["count"]) == ("VALIDATION_ERROR", 2)
    assert "bulets" in failure["error"]


def artifacts(server: Server, task: str) -> list[dict[str, Any]]:
    return server.get(f"/api/tasks/{task}/artifacts").json()["artifacts"]
