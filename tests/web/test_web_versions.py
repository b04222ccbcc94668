"""The film of a task stays what it was, whatever is built of the same project later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from web.conftest import Serve, Server


def film(server: Server, task: dict[str, Any]) -> bytes:
    answer = server.get(task["film"])
    assert answer.status_code == 200
    return answer.content


def scenes(server: Server, task: dict[str, Any]) -> list[dict[str, Any]]:
    return server.get(f"/api/tasks/{task['id']}/scenes").json()["scenes"]


def kept(server: Server, task: dict[str, Any]) -> Path:
    return server.studio.folder / "build" / ".tasks" / "films" / task["id"]


def test_each_build_of_a_project_keeps_its_own_film_and_scenes(serve: Serve) -> None:
    server = serve()
    first = server.built(project="talk", draft=True)
    before, pictures = film(server, first), scenes(server, first)
    server.studio.edit("Every result is a file, Every", "All results are files, Every")
    server.studio.edit("  - id: closing", "  - id: between\n    kind: section\n    content: {title: Between}\n"
                       "    narration: Between.\n  - id: closing")  # fmt: skip
    second = server.built(project="talk", draft=True)
    assert film(server, first) == before != film(server, second)
    assert scenes(server, first) == pictures
    assert [each["scene"] for each in scenes(server, second)] == ["opening", "rules", "between", "closing"]
    images = [
        {each["scene"]: server.get(each["image"]).content for each in scenes(server, one)} for one in (first, second)
    ]
    assert images[0]["rules"] != images[1]["rules"]
    assert images[0]["opening"] == images[1]["opening"]
    # what is the same takes no room
    opening = "talk.draft/talk/en/opening/final.png"
    assert os.path.samefile(kept(server, first) / opening, server.studio.folder / "build" / opening)
    # a version goes with its task, and no other film does
    with server.client() as client:
        assert client.delete(f"/api/tasks/{first['id']}", params={"videos": True}).status_code == 204
    assert not kept(server, first).exists()
    assert film(server, second)


def test_no_more_versions_are_kept_than_somebody_looks_at(serve: Serve) -> None:
    from videogen.tasks.versions import MOST

    server = serve()
    tasks = [server.built(project="talk", draft=True) for _ in range(MOST + 2)]
    assert [kept(server, task).exists() for task in tasks] == [False] * 2 + [True] * MOST
    # of the oldest the film of today is shown, which is what there is
    assert film(server, tasks[0]) == film(server, tasks[-1])
