"""A project checked in memory: everything that could be wrong before the first target is made."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import Any

from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, ValidationError, Where
from videogen.model.project import VideoSetConfig


def validate_project(workspace: Workspace) -> dict[str, Any]:
    """What would be made of a project. Raises ValidationError for the first thing that is wrong."""
    from videogen.inputs.source import read_source

    return _summary(read_source(Path(workspace.file), Path()), workspace.file)


def validate_document(document: str) -> dict[str, Any]:
    """What would be made of a document on its own. Raises ValidationError for the first thing that is wrong."""
    import tempfile

    from videogen.inputs.source import read_source
    from videogen.inputs.starter import document_project
    from videogen.model.scene import slugify

    if not Path(document).exists():
        raise ValidationError(f'there is no file "{document}"', hint="check the path")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{slugify(Path(document).stem, 'video')}.yaml")
        file.write_text(document_project(relpath(document, folder).replace("\\", "/")), encoding="utf-8")
        return _summary(read_source(file, Path()), document)


def _summary(config: VideoSetConfig, file: str) -> dict[str, Any]:
    from videogen.inputs.parse import parse
    from videogen.model.script import Picture
    from videogen.scenes.draw import lay_out
    from videogen.scenes.themes import look_of
    from videogen.script.write import write_script
    from videogen.voices.catalog import resolve

    videos, warnings = [], []
    for video in config.videos:
        try:
            look = look_of(video, Path())
            script = write_script(parse(video), video)
            voice = resolve(video.voice, script.language)
        except PipelineError as error:
            raise error.at(Where(file)) from None
        for scene in script.scenes:
            picture = Picture(kind=scene.kind, content=scene.content.model_dump(mode="json"), language=script.language)
            try:
                lay_out(picture, look, Path())
            except PipelineError as error:
                at = scene.source
                place = Where(at.file, at.first) if at else Where(file)
                raise error.at(place, f'scene "{scene.id}"') from None
        warnings += script.validation_warnings
        videos.append(
            {
                "id": video.id,
                "title": script.title,
                "language": script.language,
                "voice": voice,
                "seconds": round(script.estimated_duration, 1),
                "scenes": [
                    {"id": scene.id, "kind": scene.kind, "title": scene.title, "narration": scene.narration}
                    for scene in script.scenes
                ],
            }
        )
    return {"videos": videos, "warnings": warnings}
