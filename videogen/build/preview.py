"""A project looked at before it is built, and before it is saved (`Workspace.text`): what is wrong with it, which
scenes it has, how one of them looks and sounds. By the same functions as a build, so that a film is no surprise.

Nothing is written into the build folder, and nothing is fetched that is not there.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from videogen.build.validate import Film, check_scene, films_of, read
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, ValidationError
from videogen.model.project import Aspect
from videogen.model.templates import theme_file

if TYPE_CHECKING:
    from videogen.model.scene import Scene

_T = TypeVar("_T")
Moment = Literal["first", "final"]
"""A scene's picture when it begins, or with all that comes in it."""
MOST_ERRORS = 100
_KEPT_FILMS, _KEPT_PICTURES, _KEPT_CHECKS = 4, 24, 4096
"""What is remembered: readings of projects, drawn pictures, and scenes that were looked at."""


@dataclass(frozen=True)
class Checked:
    """What is known of a project. `errors` are `PipelineError.to_dict`s; `outline` is in the order of the films."""

    errors: list[dict[str, Any]]
    warnings: list[str]
    outline: list[dict[str, Any]]


def check(workspace: Workspace) -> Checked:
    """Everything that is wrong with a project, as far as that is known without making anything, and its scenes."""
    from videogen.inputs.project import project_faults
    from videogen.inputs.scenelines import scene_lines

    text = workspace.text if workspace.text is not None else Path(workspace.file).read_text(encoding="utf-8-sig")
    written = scene_lines(Path(workspace.file), workspace.file, text)
    faults: list[PipelineError] = [*project_faults(Path(workspace.file), workspace.file, text=text)]
    films: list[Film] = []
    if not faults:
        try:
            films = _films(workspace)
        except PipelineError as error:
            faults = [error]
    for film in films:
        for scene in film.script.scenes:
            if (error := _fault_of(scene, film, workspace)) is not None:
                faults.append(error)
    warnings = [warning for film in films for warning in (*film.script.validation_warnings, *film.unused)]
    errors = [error.to_dict() for error in faults[:MOST_ERRORS]]
    if not films:
        return Checked(
            errors, warnings, [{**each._asdict(), "video": each.video or workspace.name} for each in written]
        )
    places = {(each.video, each.scene): each for each in written}
    only = "" if any(each.video == "" for each in written) else None
    return Checked(errors, warnings, [_told(scene, film, places, only) for film, scene in _scenes(films)])


def picture(
    workspace: Workspace, scene: str, video: str | None = None, aspect: Aspect | None = None, moment: Moment = "final"
) -> bytes:
    """The PNG that a build would draw of a scene; in another shape where one is asked for.

    A terminal shows what its command printed when it was built; it is not run. Raises PipelineError.
    """
    from videogen.build.actions.plan import look_of
    from videogen.scenes.draw import draw
    from videogen.script.files import picture_of

    film, found = _found(workspace, scene, video, aspect)
    look = film.look
    if aspect is not None and aspect != film.video.aspect:
        look = look_of(workspace, film.video.model_copy(update={"aspect": aspect}))
    shown = picture_of(film.script, found, look.chrome.counts)
    if found.content.runs():
        shown.content["output"] = _captured(workspace, film, found) or ""
    files = [*found.content.files(), *look.files]
    key = (shown.to_json(), look.to_json(), _stamps(files))
    drawn = _remembered(_pictures, _KEPT_PICTURES, key, lambda: draw(shown, look, Path()))
    return drawn.first if moment == "first" else drawn.final


def voice(workspace: Workspace, scene: str, video: str | None = None) -> bytes:
    """The MP3 that a build would make of a scene's narration. It is put into the store, or comes from there: what was
    heard once is not spoken again by the build. Raises PipelineError."""
    from doit.exceptions import TaskFailed

    from videogen.build.events import Bus
    from videogen.build.recipe import perform
    from videogen.build.stages import audio_recipe
    from videogen.build.store import Store
    from videogen.build.versions import Versions
    from videogen.script.files import scene_files

    film, found = _found(workspace, scene, video, None)
    narration, _, _ = scene_files(film.script, found, film.voices[found.id], film.video.lexicon)
    if not found.narration.strip():
        raise ValidationError(f'scene "{scene}" says nothing', hint="write what is to be said as its `narration`")
    with tempfile.TemporaryDirectory(prefix="videogen-") as folder:
        Path(folder, "narration.json").write_bytes(narration.to_json())
        known = {"title": found.title or found.id, "words": len(found.narration.split()), "voices": narration.voices}
        taken = {"recording": film.takes[found.id]} if found.id in film.takes else {}
        recipe = audio_recipe(found.id, {**known, **taken}, folder, Versions(os.path.join(_scratch(), "versions.json")))
        failed = perform(recipe, Store(), Bus())
        if isinstance(failed, TaskFailed):
            raise failed.pipeline_error  # type: ignore[attr-defined]
        return Path(folder, "narration.mp3").read_bytes()


def commands(workspace: Workspace) -> list[tuple[str, bool]] | None:
    """The commands that terminals of a project have run, each with whether the project allows that; of a project with
    mistakes, those that can be seen; `SWITCH` last where it lets any run. None for what is no YAML, of
    which nothing can be said."""
    from videogen.inputs.scenelines import written_commands

    if workspace.text is None and not os.path.exists(workspace.file):
        return []
    text = workspace.text if workspace.text is not None else Path(workspace.file).read_text(encoding="utf-8-sig")
    found = written_commands(Path(workspace.file), workspace.file, text)
    if found is None:
        return None
    with contextlib.suppress(PipelineError):  # the scenes of a brand file are seen only in what has no mistake
        for film in _films(workspace):
            found += [(command, True) for scene in film.script.scenes if (command := scene.content.runs())]
    return list(dict.fromkeys(found))


def warm() -> None:
    """Load what draws and what speaks, and draw something: what comes next is quick."""
    from videogen.model.film import film_format
    from videogen.model.kinds import kinds
    from videogen.model.project import Output
    from videogen.model.script import Picture
    from videogen.scenes.draw import draw, scene_kind
    from videogen.scenes.themes import resolve_look
    from videogen.voices.catalog import catalog

    for kind in kinds():
        scene_kind(kind)
    look = resolve_look("midnight", "blue", film_format(Output(), "16:9"), Path())
    draw(Picture(kind="title", content={"title": "Ready"}), look, Path())
    catalog()


def _found(workspace: Workspace, scene: str, video: str | None, aspect: Aspect | None) -> tuple[Film, Scene]:
    """A scene, in the shape that is asked for where its video has that, in the language of its text."""
    from videogen.build.films import no_such

    try:
        films = _films(workspace)
    except PipelineError:
        alone = _alone(workspace, scene, video)
        if alone is None:
            raise
        films = _films(alone)  # what is wrong elsewhere keeps nobody from seeing this one
    known = [(film, each) for film, each in _scenes(films, shapes=True) if each.id == scene]
    if not known:
        raise no_such("scene", scene, [each.id for _, each in _scenes(films)], workspace)
    fit = [pair for pair in known if video in (None, "", pair[0].video.id, pair[0].video.shape_of)] or known
    return next((pair for pair in fit if pair[0].video.aspect == aspect), fit[0])


def _alone(workspace: Workspace, scene: str, video: str | None) -> Workspace | None:
    """A project without its other scenes; None where they do not stand on lines of their own."""
    from videogen.inputs.scenelines import scene_lines

    text = workspace.text if workspace.text is not None else Path(workspace.file).read_text(encoding="utf-8-sig")
    every = scene_lines(Path(workspace.file), workspace.file, text)
    own = [each for each in every if each.scene == scene and each.video in ("", video)]
    others = [each for each in every if each not in own]
    if len(own) != 1 or any(each.line is None or each.end_line is None for each in every):
        return None
    lines = text.split("\n")
    for each in others:
        for line in range(each.line or 1, (each.end_line or 0) + 1):
            lines[line - 1] = ""
    first, last = own[0].line or 1, own[0].end_line or 1
    return workspace._replace(text="\n".join(lines)) if any(lines[first - 1 : last]) else None


def _scenes(films: list[Film], *, shapes: bool = False) -> list[tuple[Film, Scene]]:
    """Every scene of every film, in the film's own language, and as often as it has shapes if these are asked for."""
    return [
        (film, scene)
        for film in films
        if film.script.language == film.video.languages[0] and (shapes or film.video.shape_of is None)
        for scene in film.script.scenes
    ]


def _told(scene: Scene, film: Film, places: dict[tuple[str, str], Any], only: str | None) -> dict[str, Any]:
    place = places.get((film.video.id if only is None else only, scene.id))
    lines = (place.line, place.end_line) if place else (None, None)
    return {
        "video": film.video.id,
        "scene": scene.id,
        "kind": scene.kind,
        "title": scene.title or scene.id,
        "line": lines[0],
        "end_line": lines[1],
    }


def _films(workspace: Workspace) -> list[Film]:
    """The films of a project, read anew only where something that they rest on has changed."""

    kept = _readings.get(workspace)
    if kept is not None and _stamps(kept.rests_on) == kept.stamps:
        _readings.move_to_end(workspace)
        return kept.films
    media = tempfile.mkdtemp(dir=_scratch())
    source = read(workspace, media, online=False)
    own = () if workspace.text is None else (workspace.file,)
    rests_on = [path for path in (*source.config.inputs, *source.config.sought) if path not in own]
    rests_on += [theme_file(video.theme) for video in source.config.videos]
    rests_on += [
        f"{video.recorded_in}{part}"
        for video in source.config.videos
        for part in ("", *(f"/{video.id}/{language}" for language in video.languages))
    ]
    stamps = _stamps(rests_on)
    _readings[workspace] = found = _Reading(list(films_of(workspace, source, strict=False)), rests_on, stamps, media)
    while len(_readings) > _KEPT_FILMS:
        shutil.rmtree(_readings.popitem(last=False)[1].media, ignore_errors=True)
    return found.films


def _fault_of(scene: Scene, film: Film, workspace: Workspace) -> PipelineError | None:
    """What is wrong with a scene, by what it is and what it names."""

    def look() -> PipelineError | None:
        try:
            check_scene(scene, film, workspace)
        except PipelineError as error:
            return error
        return None

    take = film.takes.get(scene.id, "")
    files = [*scene.content.files(), *([take] if take else [])]
    voices = [manner.model_dump_json() for manner in film.voices[scene.id].values()]
    key = (scene.to_json(), film.look.to_json(), film.script.language, tuple(voices), _stamps(files))
    found = _remembered(_checks, _KEPT_CHECKS, key, look)
    # where it stands may be another place by now
    return None if found is None else look()


def _captured(workspace: Workspace, film: Film, scene: Scene) -> str | None:
    """What a scene's command printed when it was last built."""
    for video in (film.video.shape_of or film.video.id, film.video.id):
        at = workspace.film(video, film.script.language, scene.id)
        try:
            command = json.loads(Path(at, "command.json").read_bytes())["command"]
            if command == scene.content.runs():
                return json.loads(Path(at, "capture.json").read_bytes())["output"]
        except (OSError, ValueError, KeyError):
            continue
    return None


class _Reading(NamedTuple):
    films: list[Film]
    rests_on: list[str]
    stamps: tuple[Any, ...]
    media: str
    """The folder of pictures that lay inside a document."""


_readings: OrderedDict[Workspace, _Reading] = OrderedDict()
_pictures: OrderedDict[str, Any] = OrderedDict()
_checks: OrderedDict[str, Any] = OrderedDict()
_folder: list[str] = []


def _remembered(kept: OrderedDict[str, _T], most: int, facts: tuple[Any, ...], make: Callable[[], _T]) -> _T:
    key = hashlib.sha256(repr(facts).encode()).hexdigest()
    if key not in kept:
        kept[key] = make()
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
    return kept[key]


def _stamps(paths: list[str]) -> tuple[Any, ...]:
    from videogen.build.settled import stamps

    return tuple((path, tuple(stamp or ())) for path, stamp in stamps(paths).items())


def _scratch() -> str:
    """A folder of this process for what has to be a file; it goes when the process ends."""
    if not _folder:
        _folder.append(tempfile.mkdtemp(prefix="videogen-"))
        atexit.register(shutil.rmtree, _folder[0], ignore_errors=True)
    return _folder[0]
