"""Tasks that are confined stay so in the process that builds them, whoever begins it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studio import PROJECT
from tasks.tasks_kit import Office

from videogen.model.task import InputConfig, Task
from videogen.tasks import lifecycle
from videogen.tasks.confined import confinement

Opened = Callable[[str], Office]
SHOWN = """\
  - id: shown
    kind: terminal
    content: {header: Now, command: "date +%Y > proof.txt; cat proof.txt"}
    narration: This is what it says.
    min_seconds: 3
"""
RUNS = f"allow_commands: true\n{PROJECT}{SHOWN}"


def asked(here: Office, given: InputConfig, folder: str = ".") -> Task:
    return lifecycle.submit(here.home, given, "stranger", **confinement(folder, 0.25))


def failure(here: Office, task: Task) -> str:
    here.start(task)
    ended = here.ended(task)
    assert ended.status == "failed", ended
    assert ended.error is not None
    return ended.error["error"]


def test_a_command_is_run_neither_by_the_server_nor_by_who_resumes_it(office: Opened) -> None:
    here = office(RUNS)
    task = asked(here, InputConfig(project="talk"))
    assert "is not run: what comes from the web runs nothing" in failure(here, task)
    resumed = here.studio.video_gen("resume", task.id)
    assert resumed.code == 1, resumed.err
    assert "is not run: what comes from the web runs nothing; where it is trusted, `video-gen create`" in resumed.err
    assert not Path("proof.txt").exists()
    trusted = here.studio.video_gen("create", "talk", "--quiet")
    assert trusted.code == 0, trusted.err
    assert Path("proof.txt").exists()
    # what it printed is kept, so that the film can be edited from the web
    here.studio.edit("Every file knows its inputs]", "Every file knows]")
    edited = asked(here, InputConfig(project="talk"))
    here.start(edited)
    assert here.ended(edited).status == "completed"


def test_a_film_of_ones_own_folder_is_made_and_one_of_a_file_outside_is_not(office: Opened) -> None:
    here = office(PROJECT)
    secret = here.studio.folder.parent / "secret.md"
    secret.write_text("# Secret\n\nNobody is to hear that the key is under the mat.\n")
    uploads = Path("build/.uploads/3f1c")
    uploads.mkdir(parents=True)
    (uploads / "own.md").write_text("# Notes\n\nA film has scenes, and each of them shows one thing.\n")
    own = asked(here, InputConfig(source=f"{uploads}/own.md", voice="draft:", draft=True), str(uploads))
    here.start(own)
    assert here.ended(own).status == "completed", here.load(own).error
    for source in (str(secret), "../secret.md", "md:../secret.md", "projects/talk.yaml"):
        theirs = asked(here, InputConfig(source=source), str(uploads))
        assert "lies outside the folder that is allowed" in failure(here, theirs), source
