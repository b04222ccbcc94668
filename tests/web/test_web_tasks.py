"""Tasks over HTTP: asked for, followed, listed, paused, ended, forgotten."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from studio import long_project, new_studio
from web.conftest import Serve, Server

from videogen.model.task import InputConfig, new_task, now
from videogen.tasks.audit import this_user
from videogen.tasks.home import home_of
from videogen.web.uploads import sweep


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


def test_a_task_that_is_forgotten_takes_its_upload_along(server: Server) -> None:
    task = server.built(text="# A note\n\nIt is short.\n", draft=True)
    folder = server.studio.folder / task["input"]["output_dir"]
    assert list(folder.rglob("*.mp4"))
    with server.client() as client:
        assert client.delete(f"/api/tasks/{task['id']}?videos=true").status_code == 204
        assert client.get(f"/api/tasks/{task['id']}").status_code == 404
    assert not folder.exists()


def test_uploads_that_no_task_names_are_swept(tmp_path: Path) -> None:
    output = str(tmp_path / "build")
    named, film, lost, new = (Path(output, ".uploads", letter * 32) for letter in "abcd")
    for folder in (named, film, lost, new):
        folder.mkdir(parents=True)
        (folder / "note.md").write_text("# A\n")
        os.utime(folder, (0, 0) if folder != new else None)
    (film / "note.en.mp4").write_bytes(b"")
    os.utime(film, (0, 0))
    task = new_task(InputConfig(source="note.md", output_dir=str(named)))
    assert sweep(output, [task]) == 1
    assert [path.exists() for path in (named, film, lost, new)] == [True, True, False, True]


def test_pages_of_tasks_hold_each_once(serve: Serve) -> None:
    server = serve()
    home = home_of(str(server.studio.folder / "build"))
    moment = now()
    made = [
        new_task(InputConfig(project="talk"), this_user(), name=f"film {number}").model_copy(
            update={"status": "completed", "updated_at": moment - timedelta(milliseconds=number // 7)}
        )
        for number in range(40)
    ]
    for task in made:
        home.repository().save(task)
    found, before = [], None
    while True:
        page = server.get("/api/tasks", params={"limit": 6, **({"before": before} if before else {})}).json()
        found += [each["id"] for each in page["tasks"]]
        before = page["next"]
        if before is None:
            break
    assert found == [each.id for each in sorted(made, key=lambda each: (-each.updated_at.timestamp(), each.id))]
    searched = server.get("/api/tasks", params={"q": "FILM 39"}).json()
    assert [each["id"] for each in searched["tasks"]] == [made[39].id]
    assert server.get("/api/tasks", params={"status": "failed"}).json() == {"tasks": [], "next": None}


def test_a_task_is_paused_and_gone_on_with_and_ended(serve: Serve, tmp_path: Path) -> None:
    server = serve(studio=new_studio(tmp_path / "long", long_project(12)))
    task = server.create(project="talk")["id"]
    path = f"/api/tasks/{task}"
    assert server.get(path).json()["user"] == this_user()
    events = server.events(task)
    assert any(each["event"] == "StageComplete" and each["data"]["stage"] == "frames" for each in events)
    assert server.post(f"{path}/pause").status_code == 200
    last = list(events)[-1]
    assert (last["event"], last["data"]["status"]) == ("end", "paused")
    assert server.post(f"{path}/resume").json()["status"] == "pending"
    assert server.ended(task)["status"] == "completed"
    again = server.post(f"{path}/pause")
    assert (again.status_code, again.json()["error_code"]) == (409, "CONFLICT")
    other = server.create(project="talk", draft=True)["id"]
    assert server.post(f"/api/tasks/{other}/cancel").json()["status"] == "cancelled"


def test_a_task_that_has_just_begun_is_ended_without_the_server(serve: Serve) -> None:
    server = serve()
    with server.client() as client:
        for _ in range(3):
            path = f"/api/tasks/{client.post('/api/create', json={'text': '# Tea', 'draft': True}).json()['id']}"
            while client.get(path).json()["status"] == "pending":
                assert server.process.poll() is None
            assert client.post(f"{path}/cancel").status_code == 200
            assert client.get(path).json()["status"] == "cancelled"
    assert server.process.poll() is None
