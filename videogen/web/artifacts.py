"""Files of a task, in parts where a player asks for parts; and its scenes."""

from __future__ import annotations

import os
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from videogen.web.access import Who
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import BadRange, WrongType, refusals
from videogen.web.files import Artifact, artifact_of, artifacts_of, record_of, state_of, url_of
from videogen.web.fresh import is_known
from videogen.web.scenes import scenes_of
from videogen.web.thumbnails import PICTURES, Width, tag_of

router = APIRouter(prefix="/api/tasks", tags=["artifacts"])

TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".avi": "video/vnd.avi",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".json": "application/json",
}
"""What may be shown; of any other kind, a file is only ever downloaded."""
_NOT_A_PAGE = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'"
_RANGE = re.compile(r"\s*bytes\s*=\s*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))\s*", re.IGNORECASE)


class ArtifactView(BaseModel):
    """A file of a task."""

    path: str = Field(description="From the output folder on.")
    name: str
    type: str = Field(description="video, audio, image, captions, text or data.")
    stage: str
    size_bytes: int
    url: str


class Artifacts(BaseModel):
    """Files of a task."""

    artifacts: list[ArtifactView]


class SceneView(BaseModel):
    """A scene of a film."""

    film: str = Field(description="`video/language`, as its folder is called.")
    scene: str
    title: str
    kind: str
    start: float | None = Field(description="Seconds into its film.")
    seconds: float | None
    image: str | None = Field(description="Its last picture, once there is one.")
    voice: str | None = Field(description="What is said in it, as MP3.")
    status: str = Field(description="pending, running, completed or failed.")


class Scenes(BaseModel):
    """Scenes of a task, in the order of their films."""

    scenes: list[SceneView]


@router.get("/{task_id}/artifacts", response_model=Artifacts, responses=refusals())
def list_artifacts(task_id: str, who: Asking, context: Here) -> dict[str, Any]:
    """List the files of a task that are there."""
    task = context.load(task_id, who)
    found = artifacts_of(context.settings.output, task, record_of(context.home, task))
    return {"artifacts": [_view(each, url_of(task, each.path)) for each in found.values()]}


def _view(artifact: Artifact, url: str) -> dict[str, Any]:
    return {
        "path": artifact.path,
        "name": os.path.basename(artifact.path),
        "type": artifact.type,
        "stage": artifact.stage,
        "size_bytes": os.path.getsize(artifact.file),
        "url": url,
    }


@router.get("/{task_id}/scenes", response_model=Scenes, responses=refusals())
def list_scenes(task_id: str, who: Asking, context: Here) -> dict[str, Any]:
    """List the scenes of a task, each with its picture as soon as there is one."""
    task = context.load(task_id, who)
    return {"scenes": scenes_of(context.settings.output, task, record_of(context.home, task))}


_FILE = {
    **refusals(415, 416, 422),
    200: {
        "description": "The file, or the small picture.",
        "content": {"application/octet-stream": {}, "image/webp": {}},
    },
    304: {"description": "It is as `If-None-Match` says."},
    206: {"description": "The part that `Range` asks for.", "content": {"application/octet-stream": {}}},
}
_KEPT = "private, max-age=86400"
_ASKED_AGAIN = "private, no-cache"
"""A build replaces files: asked again, the answer is mostly that it is as it was."""


@router.head("/{task_id}/artifacts/{path:path}", response_class=FileResponse, responses=_FILE, include_in_schema=False)
@router.get("/{task_id}/artifacts/{path:path}", response_class=FileResponse, responses=_FILE)
async def send_artifact(
    task_id: str,
    path: str,
    request: Request,
    who: Asking,
    context: Here,
    download: Annotated[bool, Query(description="Have a browser save it.")] = False,
    width: Annotated[Width | None, Query(description="Of a picture: a small one, as WebP, so wide at most.")] = None,
    v: Annotated[str | None, Query(description="The state of it that is meant; it may be kept.")] = None,
) -> Response:
    """Send a file of a task, the part of it that `Range` names, or a picture made smaller."""
    artifact, stat = await run_in_threadpool(_found, context, who, task_id, path)
    # `Vary`: what is kept is for this session, and for nobody who uses the same browser after it
    headers = {"Cache-Control": _KEPT if v == state_of(stat) else _ASKED_AGAIN, "Vary": "Cookie, Authorization"}
    if width is not None:
        return await _small(request, context, artifact, stat, width, headers)
    return _whole(request, artifact, stat, download, headers)


def _found(context: Context, who: Who, task_id: str, path: str) -> tuple[Artifact, os.stat_result]:
    task = context.load(task_id, who)
    artifact = artifact_of(context.settings.output, task, record_of(context.home, task), path)
    return artifact, os.stat(artifact.file)


async def _small(
    request: Request, context: Context, artifact: Artifact, stat: os.stat_result, width: Width, headers: dict[str, str]
) -> Response:
    if not artifact.path.lower().endswith(PICTURES):
        raise WrongType("only a picture has a width", hint="ask for this file as it is")
    headers = {**headers, "ETag": tag_of(stat, width)}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    body = await context.thumbnails.get(artifact.file, headers["ETag"], width)
    return Response(body, media_type="image/webp", headers={**headers, "Content-Security-Policy": _NOT_A_PAGE})


def _whole(
    request: Request, artifact: Artifact, stat: os.stat_result, download: bool, headers: dict[str, str]
) -> Response:
    _check_range(request, stat.st_size)
    ending = os.path.splitext(artifact.file)[1].lower()
    shown = ending in TYPES and not download
    answer = FileResponse(
        artifact.file,
        stat_result=stat,
        media_type=TYPES.get(ending, "application/octet-stream"),
        filename=os.path.basename(artifact.path),
        content_disposition_type="inline" if shown else "attachment",
        headers={**headers, "Content-Security-Policy": _NOT_A_PAGE},
    )
    if is_known(request, answer.headers["etag"]):
        return Response(status_code=304, headers={**headers, "ETag": answer.headers["etag"]})
    return answer


def _check_range(request: Request, size: int) -> None:
    """Leave in a request only a range that can be answered by one part. Raises BadRange for one that the file has not.

    What is no range of bytes, or several, is answered with the whole file, as RFC 9110 (14.2) lets a server do.
    """
    asked = request.headers.get("range")
    if asked is None:
        return
    found = _RANGE.fullmatch(asked)
    reversed_ = found and found[1] and found[2] and int(found[1]) > int(found[2])
    if found is None or reversed_:
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"range"]
    elif "if-range" not in request.headers and (int(found[1]) >= size if found[1] else int(found[3]) == 0 or not size):
        raise BadRange("the file has no such part", hint="ask for bytes that it has", details={"size_bytes": size})
