"""What is another's on this machine: a task of the command line, and how the machine is laid out."""

from __future__ import annotations

import traceback
from pathlib import Path

from studio import PROJECT, new_studio
from web.conftest import Serve, Server

from videogen.build.events import ndjson
from videogen.build.reporter import bug
from videogen.model.events import StageError
from videogen.model.task import InputConfig, Task, new_task
from videogen.tasks.audit import this_user
from videogen.tasks.home import Home, home_of

SHOWN = """\
  - id: shown
    kind: terminal
    content: {header: Now, command: "date +%Y > proof.txt; cat proof.txt"}
    narration: This is what it says.
    min_seconds: 3
"""


def kept(server: Server, **more: object) -> tuple[Home, Task]:
    """A task of the command line, which failed."""
    home = home_of(str(server.studio.folder / "build"))
    task = new_task(InputConfig(project="projects/talk.yaml", draft=True), this_user(), name="talk")
    task = task.model_copy(update={"status": "failed", **more})
    home.repository().save(task)
    return home, task


def test_a_task_of_the_command_line_that_is_resumed_here_is_confined(serve: Serve, tmp_path: Path) -> None:
    server = serve(studio=new_studio(tmp_path / "web", f"allow_commands: true\n{PROJECT}{SHOWN}"))
    home, task = kept(server)
    assert server.post(f"/api/tasks/{task.id}/resume").json()["status"] == "pending"
    ended = server.ended(task.id)
    assert (ended["status"], ended["metadata"]["confined"], ended["metadata"]["name"]) == ("failed", ".", "talk")
    assert "what comes from the web runs nothing" in ended["error"]["error"]
    assert float(home.repository().load(task.id).metadata["max_cost"]) > 0
    assert not (server.studio.folder / "proof.txt").exists()


def test_where_a_bug_is_on_this_machine_is_told_to_nobody_else(serve: Serve) -> None:
    server = serve()
    try:
        raise KeyError("lost")
    except KeyError as error:
        fault = bug("".join(traceback.format_exception(error)))
    home, task = kept(server, error=fault.to_dict())
    record = Path(home.events(task.id))
    record.parent.mkdir(parents=True, exist_ok=True)
    with record.open("w") as file:
        ndjson(file)(StageError("frames", "frames:talk", {**fault.to_dict(), "shown": str(fault)}))
    assert __file__ in record.read_text()
    told = [server.get(path).text for path in (f"/api/tasks/{task.id}", "/api/tasks", f"/api/progress/{task.id}")]
    assert all("unexpected KeyError" in each for each in told)
    assert not [each for each in told if "Traceback" in each or __file__ in each]
    (failed, end) = server.follow(task.id)
    assert (failed["event"], failed["data"]["error"]["details"]) == ("StageError", {})
    assert end["data"]["error"]["hint"] == fault.hint
