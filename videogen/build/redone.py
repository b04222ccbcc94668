"""What a build made again, in one line."""

from __future__ import annotations

from collections.abc import Iterable

from videogen.build.flow import FIRST, STAGES
from videogen.model.events import StageComplete

_OF_A_SCENE = {
    "audio": "voice",
    "capture": "command",
    "frames": "frames",
    "captions": "captions",
    "mix": "sound",
    "segment": "segment",
}
_WORDS = {**_OF_A_SCENE, "bed": "music", "transition": "transition", "video": "film", "convert": "other formats"}


def redone(project: str, done: Iterable[StageComplete], seconds: float) -> str:
    """What was made again of a project's scenes.

    >>> again = [StageComplete(f"{stage}", f"{stage}:talk/en/rules", "made") for stage in ("audio", "segment")]
    >>> redone("talk", again, 2.14)
    'talk: 1 scene made again (voice, segment), 2.1 s'
    >>> redone("talk", [StageComplete("source", "source", "made")], 0.2)
    'talk: nothing to make again, 0.2 s'
    """
    again = [each for each in done if each.how in ("made", "restored") and each.stage not in FIRST]
    made: set[tuple[str, str]] = set()
    touched: set[tuple[str, str]] = set()
    for each in again:
        if each.stage in _OF_A_SCENE:
            film, _, scene = each.name.partition(":")[2].rpartition("/")
            touched.add((film, scene))
            if each.how == "made":
                made.add((film, scene))
    stages = {each.stage for each in again if not touched or each.stage in _OF_A_SCENE}
    parts = ", ".join(_WORDS.get(stage, stage) for stage in STAGES if stage in stages)
    scenes = {scene for _, scene in touched}
    films = {film for film, _ in touched}
    kept = len(scenes - {scene for _, scene in made})
    if not again:
        what = "nothing to make again"
    else:
        number = f"{len(scenes) or 'no'} scene{'s' * (len(scenes) > 1)}"
        where = f" in {len(films)} films" if len(films) > 1 else ""
        store = f", {'all' if kept == len(scenes) else kept} from the store" if kept else ""
        what = f"{number} made again{where} ({parts}{store})"
    return f"{project}: {what}, {seconds:.1f} s"
