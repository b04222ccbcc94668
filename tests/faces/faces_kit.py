"""The faces of one build: doit, the command line, Python and HTTP, each as the person who uses it would."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from studio import Studio
from tasks.tasks_kit import Office
from web.conftest import Server

from videogen.model.task import Task
from videogen.tasks.home import home_of

DOCUMENT = "kiln.md"


@dataclass(frozen=True)
class Built:
    """What a face tells of a build: its state, the films, and the error as JSON."""

    status: str
    videos: list[str]
    error: dict[str, Any] | None = None


class Face(Protocol):
    """One way to have films made in a folder."""

    @property
    def studio(self) -> Studio: ...

    def build(self, project: str) -> Built:
        """Build a project."""
        ...

    def document(self, text: str, accent: str, place: Future[str]) -> Built:
        """Build a document that has no project, with all that is made of it in the folder `place`: a server chooses
        that folder, and the others take the same, for what is made names it."""
        ...

    def stopped_and_resumed(self, project: str, begun: Callable[[Task], None]) -> tuple[str, Built]:
        """Begin a build, stop it once it is `begun`, and go on with it; returns also how it stood in between."""
        ...


def office(studio: Studio) -> Office:
    return Office(studio, home_of(str(studio.folder / "build")))


def running(studio: Studio) -> Task:
    """The task that runs, once there is one."""
    here = office(studio)
    here.until(lambda: bool(here.home.repository().list("running")), "a task")
    return here.home.repository().list("running")[0]


def last(studio: Studio) -> Task:
    return office(studio).home.repository().list(limit=1)[0]


def written(studio: Studio, text: str, place: Future[str]) -> str:
    """The document in the folder where it is built; returns its path."""
    path = f"{place.result()}/{DOCUMENT}"
    (studio.folder / path).parent.mkdir(parents=True)
    (studio.folder / path).write_text(text)
    return path


def _process(studio: Studio, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=studio.folder,
        env=studio.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass(frozen=True)
class Doit:
    """`doit create project=NAME`. Its errors are on stderr, and in the record of its task."""

    studio: Studio

    def build(self, project: str) -> Built:
        return self._run("create", f"project={project}")

    def document(self, text: str, accent: str, place: Future[str]) -> Built:
        path = written(self.studio, text, place)
        return self._run("create", f"from={path}", f"accent={accent}", f"build={place.result()}")

    def stopped_and_resumed(self, project: str, begun: Callable[[Task], None]) -> tuple[str, Built]:
        with _process(self.studio, "doit", "create", f"project={project}") as build:
            task = running(self.studio)
            begun(task)
            build.terminate()
            build.communicate()
        stood = office(self.studio).load(task).status
        return stood, self.build(project)

    def _run(self, *arguments: str) -> Built:
        outcome = self.studio.doit(*arguments)
        if outcome.code == 0:
            return Built("completed", outcome.out.split())
        task = last(self.studio)
        assert task.error is not None
        assert task.error["error"] in outcome.err
        return Built(task.status, [], task.error)


@dataclass(frozen=True)
class CommandLine:
    """`video-gen create NAME`, and `pause` and `resume` from another terminal."""

    studio: Studio

    def build(self, project: str) -> Built:
        return self._run("create", project)

    def document(self, text: str, accent: str, place: Future[str]) -> Built:
        path = written(self.studio, text, place)
        return self._run("create", "--from", path, "--accent", accent, "--output", place.result())

    def stopped_and_resumed(self, project: str, begun: Callable[[Task], None]) -> tuple[str, Built]:
        with _process(self.studio, "videogen", "create", project) as build:
            task = running(self.studio)
            begun(task)
            assert self.studio.video_gen("pause", task.id).code == 0
            build.communicate()
        stood = office(self.studio).load(task).status
        return stood, self._run("resume", task.id)

    def _run(self, *arguments: str) -> Built:
        outcome = self.studio.video_gen(*arguments, "--json")
        events = [json.loads(line) for line in outcome.out.splitlines()]
        if events[-1]["event"] == "TaskCompleted":
            return Built("completed", events[-1]["videos"])
        error = next(each["error"] for each in events if each["event"] == "StageError")
        return Built("failed", [], {name: value for name, value in error.items() if name != "shown"})


_PROGRAM = """
import asyncio, json, sys
from videogen import InputConfig, PipelineOrchestrator

async def build(asked, stops):
    task = await PipelineOrchestrator().submit(InputConfig(**asked))
    stood = ""
    if stops:
        print(task.id, flush=True)
        events = task.events()
        async for each in events:
            if each.event["event"] == "StageComplete" and each.event["stage"] == "audio":
                await task.pause()
                break
        stood = (await task.wait()).status
        await task.resume()
    result = await task.wait()
    return stood, result.to_dict()

for line in sys.stdin:
    asked, stops = json.loads(line)
    print(json.dumps(asyncio.run(build(asked, stops))), flush=True)
"""


@dataclass(frozen=True)
class Python:
    """A program with `PipelineOrchestrator`, which runs for as long as the test."""

    studio: Studio
    program: subprocess.Popen[str]

    def build(self, project: str) -> Built:
        return self._result({"project": project})[1]

    def document(self, text: str, accent: str, place: Future[str]) -> Built:
        path = written(self.studio, text, place)
        return self._result({"source": path, "accent": accent, "output_dir": place.result()})[1]

    def stopped_and_resumed(self, project: str, begun: Callable[[Task], None]) -> tuple[str, Built]:
        return self._result({"project": project}, stops=True)

    def _result(self, asked: dict[str, Any], stops: bool = False) -> tuple[str, Built]:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps([asked, stops]) + "\n")
        self.program.stdin.flush()
        if stops:
            assert self.program.stdout.readline().startswith("task_")
        stood, result = json.loads(self.program.stdout.readline())
        status = {"success": "completed", "partial": "completed"}.get(result["status"], result["status"])
        return stood, Built(status, result["videos"], next(iter(result["errors"]), None))


def program(studio: Studio) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        cwd=studio.folder,
        env=studio.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@dataclass(frozen=True)
class Http:
    """A server of the folder."""

    studio: Studio
    server: Server

    def build(self, project: str) -> Built:
        return self._ended(self.server.create(project=project))

    def document(self, text: str, accent: str, place: Future[str]) -> Built:
        sent = {"file": (DOCUMENT, text.encode())}
        answer = self.server.post("/api/create", files=sent, data={"options": json.dumps({"accent": accent})})
        assert answer.status_code == 201, answer.text
        place.set_result(office(self.studio).home.repository().load(answer.json()["id"]).input.output_dir)
        return self._ended(answer.json())

    def stopped_and_resumed(self, project: str, begun: Callable[[Task], None]) -> tuple[str, Built]:
        task = self.server.create(project=project)
        begun(office(self.studio).home.repository().load(task["id"]))
        assert self.server.post(f"/api/tasks/{task['id']}/pause", json={}).status_code == 200
        stood = self.server.ended(task["id"])["status"]
        assert self.server.post(f"/api/tasks/{task['id']}/resume", json={}).status_code == 200
        return stood, self._ended(task)

    def _ended(self, task: dict[str, Any]) -> Built:
        view = self.server.ended(task["id"])
        result = view["result"] or {}
        return Built(view["status"], result.get("videos", []), view["error"])
