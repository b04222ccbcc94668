"""A scene taken apart into what the voice, the pictures and the clock each need, so that no target depends on more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from videogen.model.scene import Scene
from videogen.model.script import Narration, Picture, Position, SceneClock, VideoScript


def scene_files(
    script: VideoScript, scene: Scene, voice: str, lexicon: Mapping[str, str], rate: float, counts: bool = False
) -> tuple[Narration, Picture, SceneClock]:
    """The three small models of a scene: `narration.json`, `picture.json` and `clock.json`.

    `voice` is a resolved `engine:voice`. Of the lexicon only the entries whose key occurs in the narration as
    a word of its own (whatever its case) are kept, sorted by key, so that a new entry remakes only what says it.
    With `counts` the picture knows its place in the film.
    """
    said = {key: lexicon[key] for key in sorted(lexicon) if _occurs(key, scene.narration)}
    narration = Narration(text=scene.narration, language=script.language, voice=voice, rate=rate, lexicon=said)
    place = Position(index=script.scenes.index(scene) + 1, count=len(script.scenes)) if counts else None
    content = scene.content.model_dump(mode="json")
    picture = Picture(kind=scene.kind, content=content, language=script.language, position=place)
    clock = SceneClock(
        cues=scene.cues,
        pause_before=scene.pause_before,
        pause_after=scene.pause_after,
        min_seconds=scene.min_seconds,
        max_seconds=scene.max_seconds,
    )
    return narration, picture, clock


def _occurs(key: str, text: str) -> bool:
    return bool(key.strip()) and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text, re.IGNORECASE) is not None
