"""Projects: listed, read, saved, built."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

import pydantic
from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from videogen.build.projects import write_schema
from videogen.build.workspace import known_projects
from videogen.build.write import write_bytes
from videogen.model.allowed import SWITCH
from videogen.model.errors import PipelineError
from videogen.model.task import InputConfig
from videogen.tasks import lifecycle
from videogen.tasks.confined import confinement
from videogen.web.access import Who
from videogen.web.context import Asking, Context, Here
from videogen.web.create import parsed
from videogen.web.errors import Forbidden, Stale, WebError, refusals, wrong_fields
from videogen.web.room import check_room, place_for
from videogen.web.studio import files
from videogen.web.views import TaskView, shown

router = APIRouter(prefix="/api/projects", tags=["studio"])
saving = Lock()
"""Held by who puts a project in its place."""


class ProjectRow(BaseModel):
    """A project in the list."""

    name: str
    title: str = Field(description="Its title, or its name.")
    changed_at: str
    size_bytes: int


class ProjectList(BaseModel):
    """The projects of the working folder, the one changed last first."""

    projects: list[ProjectRow]


class Saved(BaseModel):
    """What became of a save."""

    name: str
    etag: str
    created: bool


class Build(BaseModel):
    """How a project is built."""

    model_config = ConfigDict(extra="forbid")

    draft: bool = Field(False, description="480p and without a voice.")
    videos: tuple[Annotated[str, Field(max_length=100)], ...] = Field((), max_length=100, description="Only these.")


class NotNamed(WebError):
    """It is not said which state of a file is meant."""

    status = 428
    error_code = "PRECONDITION_REQUIRED"


_YAML: dict[str, Any] = {"text/yaml": {"schema": {}}}  # a schema is of what YAML says, and that may be anything
_ETAG = {"ETag": {"description": "Of what is in the file.", "schema": {"type": "string"}}}


@router.get("", response_model=ProjectList, responses=refusals())
def list_projects(who: Asking, context: Here) -> dict[str, Any]:
    """List the projects of the working folder."""
    context.lookers.prepare()
    rows: list[dict[str, Any]] = []
    for name in known_projects():
        try:
            stored, stat = files.look(name), os.stat(files.path_of(name))
        except (PipelineError, OSError):
            continue  # gone meanwhile, or nothing that could be edited here
        if stored is not None:
            moment = datetime.fromtimestamp(stat.st_mtime, timezone.utc).isoformat(timespec="milliseconds")
            title = files.title_of(stored.text) or name
            rows.append({"name": name, "title": title, "changed_at": moment, "size_bytes": stat.st_size})
    return {"projects": sorted(rows, key=lambda row: row["changed_at"], reverse=True)}


@router.get(
    "/{name}",
    response_class=Response,
    responses={**refusals(), 200: {"content": _YAML, "headers": _ETAG}, 304: {"description": "It is as it was."}},
)
def read_project(
    name: str, who: Asking, context: Here, if_none_match: Annotated[str | None, Header(max_length=1000)] = None
) -> Response:
    """A project's YAML."""
    context.lookers.prepare()
    stored = files.read(name)
    headers = {"ETag": stored.etag, "Cache-Control": "no-cache"}
    if if_none_match is not None and stored.etag in [each.strip() for each in if_none_match.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(stored.text.encode(), media_type="text/yaml", headers=headers)


@router.put(
    "/{name}",
    response_model=Saved,
    responses={**refusals(412, 415, 428), 200: {"headers": _ETAG}, 201: {"model": Saved, "headers": _ETAG}},
    openapi_extra={"requestBody": {"required": True, "content": _YAML}},
)
async def save_project(
    name: str,
    request: Request,
    who: Asking,
    context: Here,
    if_match: Annotated[str | None, Header(max_length=1000, description="`ETag` of what was edited.")] = None,
    if_none_match: Annotated[str | None, Header(max_length=1000, description="`*`: only where there is none.")] = None,
) -> Response:
    """Save a project: whole or not at all, and never over what somebody else has saved meanwhile."""
    body = await request.body()
    saved = await run_in_threadpool(_save, context, who, name, body, if_match, if_none_match)
    return JSONResponse(saved.model_dump(), 201 if saved.created else 200, {"ETag": saved.etag})


def _save(context: Context, who: Who, name: str, body: bytes, if_match: str | None, if_none_match: str | None) -> Saved:
    path = files.path_of(name)
    text = files.text_of(body, path)
    stored = files.look(name)
    _check_state(name, stored, if_match, if_none_match)
    if stored is None or stored.text != text:
        check_commands(context, who, name, text)  # which may take long, and nobody else waits for it
        with saving:
            if (now := files.look(name)) != stored:
                _check_state(name, now, if_match, if_none_match)
                raise Stale("somebody has changed it meanwhile", hint="load it again, or save yours under another name")
            write_schema(os.path.dirname(path))
            write_bytes(path, text.encode())
    return Saved(name=name, etag=files.etag_of(Path(path).read_bytes()), created=stored is None)


def _check_state(name: str, stored: files.Stored | None, if_match: str | None, if_none_match: str | None) -> None:
    """Raise Stale where a project is not as whoever saves it has seen it, and NotNamed where they do not say."""
    if stored is None:
        if if_match is not None:
            raise Stale(f'the project "{name}" is gone', hint="save it as a new one, with `If-None-Match: *`")
        return
    if if_match is None:
        if if_none_match is not None:
            raise Stale(f'there is a project "{name}" already', hint="choose another name, or open that one")
        raise NotNamed("it is not said what was edited", hint="send the `ETag` that it had as `If-Match`")
    if stored.etag not in [each.strip() for each in if_match.split(",")] and if_match.strip() != "*":
        raise Stale("somebody has changed it meanwhile", hint="load it again, or save yours under another name")


def check_commands(context: Context, who: Who, name: str, text: str) -> None:
    """Raise Forbidden for a text that would have a command run that the project as it stands does not have run."""
    new = context.lookers.ask("commands", {"name": name, "text": text}, who.client)
    old = context.lookers.ask("commands", {"name": name}, who.client)
    if new is None:
        if old:
            raise Forbidden(
                "this is no YAML, and the project runs commands", hint="mend it first: what it runs has to be seen"
            )
        return
    known = {(each, allowed) for each, allowed in old or ()} | {(each, False) for each, _ in old or ()}
    for command, allowed in new:
        if command == SWITCH and (command, True) not in known:
            raise Forbidden(
                "`allow_commands` cannot be switched on from the web", hint=f"write it into projects/{name}.yaml itself"
            )
        if (command, allowed) not in known:
            what = "would be allowed" if (command, False) in known else "is new"
            raise Forbidden(
                f"the command `{command[:200]}` {what}, and nothing that runs may come from the web",
                hint=f"write it into projects/{name}.yaml on the machine itself, or give the terminal its `output`",
            )


@router.post(
    "/{name}/build",
    status_code=201,
    response_model=TaskView,
    responses=refusals(415, 422),
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": Build.model_json_schema()}}}},
)
async def build_project(name: str, request: Request, who: Asking, context: Here) -> Response:
    """Build a project as it is saved; only what has changed is made again."""
    context.creates.take(who.client)
    body = await request.body()
    try:
        asked = Build.model_validate(parsed(body) if body.strip() else {})
    except pydantic.ValidationError as error:
        return wrong_fields(error.errors(), Build.model_fields)
    view = await run_in_threadpool(_build, context, who, name, asked)
    return JSONResponse(view, 201, {"Location": f"/api/tasks/{view['id']}"})


def _build(context: Context, who: Who, name: str, asked: Build) -> dict[str, Any]:
    files.read(name)
    check_room(context, who)
    config = InputConfig(project=name, output_dir=context.settings.output, draft=asked.draft, videos=asked.videos)
    bounds = confinement(".", context.settings.max_cost)
    with place_for(context, who.user):
        task = lifecycle.submit(context.home, config, who.user, **bounds, name=name)
    return shown(context.home, task)
