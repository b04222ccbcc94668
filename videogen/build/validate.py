"""A project checked in memory: everything that could be wrong before the first target is made."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from videogen.build.place import placed, scene_place
from videogen.build.recordings import recordings_of, taken
from videogen.build.sharing import refuse_shared
from videogen.build.voicing import scene_voices, unheard
from videogen.build.workspace import Workspace
from videogen.model.allowed import check_inside
from videogen.model.errors import PipelineError, ValidationError

if TYPE_CHECKING:
    from videogen.inputs.source import Source
    from videogen.model.manner import Manner
    from videogen.model.project import VideoConfig
    from videogen.model.scene import Scene
    from videogen.model.script import Narration, VideoScript
    from videogen.model.theme import Look


class Film(NamedTuple):
    """A film as far as it is known before anything is spoken or drawn."""

    video: VideoConfig
    look: Look
    script: VideoScript
    voices: dict[str, dict[str, Manner]]
    narrations: list[Narration]
    takes: dict[str, str]
    """The recordings of its scenes."""
    unused: list[str]


def validate_project(workspace: Workspace) -> dict[str, Any]:
    """What would be made of a project. Raises ValidationError for the first thing that is wrong."""
    from videogen.build.actions.plan import unlicensed
    from videogen.voices.bed import read_music

    with TemporaryDirectory() as media:
        films = list(films_of(workspace, read(workspace, media), strict=True))
        for path in dict.fromkeys(film.video.music.file for film in films if film.video.music):
            read_music(Path(path))
        for film in films:
            for scene in film.script.scenes:
                film.narrations.append(check_scene(scene, film, workspace))
    return {
        "videos": [
            {
                "id": video.id,
                "title": script.title,
                "language": script.language,
                "voices": sorted({one.voice or "" for how in voices.values() for one in how.values()}),
                "seconds": round(script.estimated_duration, 1),
                "scenes": [
                    {"id": scene.id, "kind": scene.kind, "title": scene.title, "narration": scene.narration}
                    for scene in script.scenes
                ],
            }
            for video, _, script, voices, *_ in films
        ],
        "warnings": [
            *(_unasked(film.video) for film in films if film.video.script.ai and not film.video.scenes),
            *(warning for film in films for warning in (*film.script.validation_warnings, *film.unused)),
            *unlicensed([film.video for film in films]),
            *unheard(narration for film in films for narration in film.narrations),
        ],
    }


def _unasked(video: VideoConfig) -> str:
    assert video.script.ai is not None
    return f"{video.id}: these are the rules' scenes; {video.script.ai.model} is asked when the film is made"


def validate_document(document: str) -> dict[str, Any]:
    """What would be made of a document on its own. Raises ValidationError for the first thing that is wrong."""
    with TemporaryDirectory() as folder:
        return validate_project(_standing_in(document, {}, folder))


def check_project(workspace: Workspace, *, again: bool = False) -> dict[str, bytes]:
    """Raise ValidationError for what keeps a project from being planned.

    Returns the files, by path, in which what had to be fetched is to be kept: what is there already is fetched
    `again` only on demand, and written only by the caller.
    """
    with TemporaryDirectory() as media:
        source = read(workspace, media, again=again)
        for _ in films_of(workspace, source, strict=False):
            pass
    return source.fetched


def check_begins(workspace: Workspace, *, again: bool = False) -> dict[str, bytes]:
    """Check a project of which nothing is made yet, so that one that cannot be begun leaves nothing behind.

    Returns what had to be fetched, as `check_project` does.
    """
    try:
        return check_project(workspace, again=again)
    except PipelineError:
        raise
    except Exception:
        return {}  # a bug: told by the stage that has it, with its traceback in the log of the build


def check_document(document: str, overrides: Mapping[str, Any]) -> dict[str, bytes]:
    """Raise ValidationError for what keeps a document, with these options, from being planned.

    Returns what had to be fetched, by the names that its files have in the folder `fetched` of a build.
    """
    with TemporaryDirectory() as folder:
        fetched = check_project(_standing_in(document, overrides, folder))
    return {os.path.basename(path): data for path, data in fetched.items()}


def _standing_in(document: str, overrides: Mapping[str, Any], folder: str) -> Workspace:
    """The project of a document, written into a folder that goes again."""
    from videogen.build.projects import project_of
    from videogen.inputs.documents import called
    from videogen.inputs.source import id_of

    name = id_of(called(document))
    file = Path(folder, f"{name}.yaml")
    file.write_text(project_of(document, overrides, folder), encoding="utf-8")
    return Workspace(name, os.path.relpath(file).replace(os.sep, "/"), folder, document)


def read(workspace: Workspace, media: str, *, again: bool = False, online: bool = True) -> Source:
    """A project and what it names. Pictures that lay inside its document are written into the folder `media`."""
    from videogen.inputs.source import read_source

    with placed(workspace):
        source = read_source(
            Path(workspace.file),
            Path(),
            os.path.relpath(media).replace(os.sep, "/"),
            workspace.fetched,
            again=again,
            reviewed=workspace.reviewed,
            text=workspace.text,
            online=online,
        )
    refuse_shared(workspace, source.config.videos, source.translations)
    for path, data in source.pictures.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(data)
    return source


def films_of(workspace: Workspace, source: Source, *, strict: bool) -> Iterator[Film]:
    """Every film of a project, as far as it is known before anything is spoken or drawn; `strict` also about what a
    review and the source both changed, which is else left to the stage that tells it."""
    from videogen.build.actions.plan import advised, look_of
    from videogen.inputs.parse import parse
    from videogen.script.review import reviewed
    from videogen.script.write import write_script

    recordings = recordings_of(source.config.videos)
    for video in source.config.videos:
        look = look_of(workspace, video)
        with placed(workspace):
            parsed = parse(video)
            script = advised(write_script(parsed, video), parsed)
        if video.script.ai is None:  # else it was made of an answer, which is not here
            review = source.reviews.films.get(f"{video.shape_of or video.id}/{script.language}")
            script = reviewed(script, review, strict=strict and video.shape_of is None)
        for language in video.languages:
            said = script if language == script.language else _in_language(video, script, language, source, strict)
            takes, unused = taken(recordings.get(f"{video.shape_of or video.id}/{language}", []), said.scenes)
            voices = scene_voices(workspace, video, said, takes)
            yield Film(video, look, said, voices, [], takes, [] if video.shape_of else unused)


def _in_language(video: VideoConfig, script: VideoScript, language: str, source: Source, strict: bool) -> VideoScript:
    """The script as far as it is translated, and as it was reviewed."""
    from videogen.build.actions.plan import in_language, texts_in
    from videogen.script.review import reviewed_translation
    from videogen.script.translate import settled

    known, missing = {}, []
    for scene, texts in texts_in(video, script, language, source.translations):
        known[scene], left = settled(texts)
        missing += [f"{texts.file}: {video.id}: {scene}: `{each.at}` is not translated" for each in left]
    review = source.reviews.films.get(f"{video.shape_of or video.id}/{language}")
    # what is not translated here stands in the original's language, which no review was made of
    strict = strict and video.shape_of is None and not missing
    said, _, stale = reviewed_translation(in_language(video, script, known, language), review, script, strict=strict)
    told = [*([] if video.translate.ai else missing), *stale, *said.validation_warnings]
    return said.model_copy(update={"validation_warnings": [] if video.shape_of else told})


def check_scene(scene: Scene, film: Film, workspace: Workspace) -> Narration:
    """What a scene says. Raises ValidationError for one that does not fit, that no typeface can show, or that the
    voice cannot say."""
    from videogen.checks.readable import with_glyph, without_glyph
    from videogen.scenes.draw import lay_out
    from videogen.script.files import scene_files
    from videogen.voices.recorded import read_recording
    from videogen.voices.speak import check_sayable

    narration, picture, _ = scene_files(film.script, scene, film.voices[scene.id], film.video.lexicon)
    field = "content"
    try:
        missing = lay_out(picture, film.look, Path()).missing
        if missing:
            raise ValidationError(without_glyph(missing), hint=with_glyph(missing))
        field = "narration"
        if scene.id in film.takes:
            check_inside(film.takes[scene.id], film.takes[scene.id])
            read_recording(Path(film.takes[scene.id]))
        else:
            check_sayable(narration)
    except PipelineError as error:
        told = error.at(scene_place(scene, field, film.video, workspace))
        message = f'scene "{scene.id}": {told.message}'
        raise ValidationError(message, told.where, told.hint, told.details) from None
    return narration
