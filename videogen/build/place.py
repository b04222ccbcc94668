"""Where a person wrote what is wrong: never in a file that we wrote for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from videogen.build.workspace import Workspace
from videogen.model.address import shown_source
from videogen.model.errors import PipelineError, Where

if TYPE_CHECKING:
    from videogen.inputs.project import VideoFile
    from videogen.model.project import VideoConfig
    from videogen.model.scene import Scene


@contextmanager
def placed(workspace: Workspace, key: str = "") -> Iterator[None]:
    """Have the errors of a project name a place: their own, else the project's file, of which `key` is at fault.

    Where a person gave a document and options instead, it is one of these.
    """
    try:
        yield
    except PipelineError as error:
        where = error.where or Where(workspace.file, text=key)
        if workspace.document and where.file == workspace.file:
            from videogen.inputs.starter import document_place

            where = document_place(where, shown_source(workspace.document))
        raise type(error)(error.message, where, error.hint, error.details) from None


def scene_place(scene: Scene, field: str, video: VideoConfig, workspace: Workspace) -> Where:
    """Where a scene, or a field of one that is written by hand, stands in what a person wrote."""
    from videogen.inputs.handmade import scene_ids

    if scene.source:
        return scene.source.where()
    if workspace.document:
        return Where(shown_source(workspace.document))
    file = _file_of(video, workspace)
    ids = scene_ids(file.project.scenes or [], file.contents)
    return file.where("scenes", ids.index(scene.id), field) if scene.id in ids else Where(workspace.file)


def key_place(video: VideoConfig, workspace: Workspace, *loc: str | int) -> Where:
    """Where a key of a video stands, such as `("speakers", "Ana")`."""
    return _file_of(video, workspace).where(*loc)


def _file_of(video: VideoConfig, workspace: Workspace) -> VideoFile:
    from videogen.inputs.project import read_project

    videos = read_project(Path(workspace.file), workspace.file, text=workspace.text).videos
    return next((file for file in videos if file.id in (video.id, video.shape_of)), videos[0])
