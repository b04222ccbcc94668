"""Who speaks what in a video: names of voices resolved, and what a voice has no means for told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from videogen.build.place import key_place, placed, scene_place
from videogen.build.workspace import Workspace
from videogen.model.errors import ValidationError, Where
from videogen.model.manner import Manner
from videogen.model.script import RECORDED

if TYPE_CHECKING:
    from videogen.model.project import VideoConfig
    from videogen.model.scene import Scene
    from videogen.model.script import Narration, VideoScript


def scene_voices(
    workspace: Workspace, video: VideoConfig, script: VideoScript, recorded: Collection[str] = ()
) -> dict[str, dict[str, Manner]]:
    """For every scene, how each of its speakers speaks, with a resolved voice; "" is the scene itself. No voice is
    looked for where a person has said it.

    Raises ValidationError for a voice that does not exist or does not speak the language.
    """
    found = {
        scene.id: dict.fromkeys(("", *_named(scene)), Manner(voice=RECORDED, volume=scene.manner.volume))
        for scene in script.scenes
        if scene.id in recorded
    }
    spoken = [scene for scene in script.scenes if scene.id not in recorded]
    return found | (_spoken(workspace, video, script.language, spoken) if spoken else {})


def _spoken(
    workspace: Workspace, video: VideoConfig, language: str, scenes: Sequence[Scene]
) -> dict[str, dict[str, Manner]]:
    from videogen.voices.catalog import resolve

    with placed(workspace, "voice"):
        own = video.manner.model_copy(
            update={"voice": resolve(video.voices.get(language) or video.manner.voice or "auto", language)}
        )
    speakers = {}
    for name, manner in video.speakers.items():
        with _of(f'speaker "{name}"', partial(key_place, video, workspace, "speakers", name)):
            speakers[name] = _resolved(manner, language)
    found = {}
    for scene in scenes:
        with _of(f'scene "{scene.id}"', partial(scene_place, scene, "voice", video, workspace)):
            theirs = _resolved(scene.manner, language).over(own)
        found[scene.id] = {"": theirs, **{name: speakers[name].over(theirs) for name in _named(scene)}}
    return found


def _resolved(manner: Manner, language: str) -> Manner:
    from videogen.voices.catalog import resolve

    return manner.model_copy(update={"voice": resolve(manner.voice, language)}) if manner.voice else manner


def _named(scene: Scene) -> Iterator[str]:
    return (turn.speaker for turn in scene.turns if turn.speaker)


@contextmanager
def _of(whose: str, where: Callable[[], Where]) -> Iterator[None]:
    """Have errors name whose voice is meant, and where."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError(f"{whose}: {error.message}", where(), error.hint, error.details) from None


def unheard(narrations: Iterable[Narration]) -> list[str]:
    """What is asked of voices that have no means for it, each said once."""
    from videogen.voices.catalog import engine_of
    from videogen.voices.engine import Pitched

    notes: dict[str, None] = {}
    for narration in narrations:
        for turn in narration.turns:
            if turn.voice == RECORDED:
                continue
            engine, _ = engine_of(turn.voice)
            if turn.text and turn.pitch and engine.name != "draft" and not isinstance(engine, Pitched):
                notes[f'pitch is not heard: the voices of "{engine.name}" speak at their own'] = None
            if any(mark.kind == "emphasis" for mark in turn.marks):
                notes[f'emphasis is not heard: the voices of "{engine.name}" have no means for it'] = None
    return list(notes)
