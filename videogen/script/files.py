"""A scene taken apart into what the voice, the pictures and the clock each need, so that no target depends on more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from videogen.model.manner import Manner
from videogen.model.markup import spoken
from videogen.model.scene import Scene
from videogen.model.script import Narration, Picture, Position, SceneClock, Turn, VideoScript


def scene_files(
    script: VideoScript, scene: Scene, how: Mapping[str, Manner], lexicon: Mapping[str, str], counts: bool = False
) -> tuple[Narration, Picture, SceneClock]:
    """The three small models of a scene: `narration.json`, `picture.json` and `clock.json`.

    `how` says with which resolved voice, and how, each of the scene's speakers speaks; "" is the scene itself. Of the
    lexicon only the entries whose key occurs in a turn as a word of its own (whatever its case) are kept, sorted by
    key, so that a new entry remakes only what says it. With `counts` the picture knows its place in the film.
    """
    narration = Narration(language=script.language, turns=list(_turns(scene, how, lexicon)))
    clock = SceneClock(
        cues=scene.cues,
        pause_before=scene.pause_before,
        pause_after=scene.pause_after,
        min_seconds=scene.min_seconds,
        max_seconds=scene.max_seconds,
    )
    return narration, picture_of(script, scene, counts), clock


def picture_of(script: VideoScript, scene: Scene, counts: bool = False) -> Picture:
    """What of a scene is drawn: `picture.json`. With `counts` it knows its place in the film."""
    place = Position(index=script.scenes.index(scene) + 1, count=len(script.scenes)) if counts else None
    content = scene.content.model_dump(mode="json")
    return Picture(kind=scene.kind, content=content, language=script.language, position=place)


def _turns(scene: Scene, how: Mapping[str, Manner], lexicon: Mapping[str, str]) -> Iterator[Turn]:
    count = len(scene.narration.split())
    for begin, text in spoken(scene.narration, scene.turns):
        end = begin.word + len(text.split())
        yield Turn(
            text=text,
            **how[begin.speaker].model_dump(exclude_none=True),
            lexicon={key: lexicon[key] for key in sorted(lexicon) if _occurs(key, text)},
            marks=[
                mark.model_copy(update={"word": mark.word - begin.word})
                for mark in scene.marks
                if begin.word <= mark.word < end or mark.word == end == count
            ],
        )


def _occurs(key: str, text: str) -> bool:
    return bool(key.strip()) and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text, re.IGNORECASE) is not None
