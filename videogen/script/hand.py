"""Scenes that a person wrote: completed, never changed in what they show or say."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.model.kinds import Content
from videogen.model.scene import Scene, slugify
from videogen.script.cues import align
from videogen.script.draft import Context
from videogen.script.text import word_count


def hand_scenes(scenes: Sequence[Scene], context: Context) -> tuple[list[Scene], list[str]]:
    """The scenes with titles, unique ids and cues where they have none, and what a person should look at."""
    taken: set[str] = set()
    done: list[Scene] = []
    warnings: list[str] = []
    for scene in scenes:
        title = scene.title or _title(scene.content)
        name = scene.id or slugify(title)
        candidate = unique(name, taken)
        if candidate != scene.id:
            warnings.append(f'scene id "{scene.id}" is used twice: the later one is now "{candidate}"')
        cues = scene.cues or align(cue_texts(scene.content), scene.narration)
        scene = scene.model_copy(update={"id": candidate, "title": title, "cues": cues})
        done.append(scene)
        warnings += _complaints(scene, context)
    return done, warnings


def unique(name: str, taken: set[str]) -> str:
    """`name`, or `name-2` and so on when it is taken; the result is added to `taken`."""
    candidate, count = name, 2
    while candidate in taken:
        candidate, count = f"{name[:58].rstrip('-_')}-{count}", count + 1
    taken.add(candidate)
    return candidate


def cue_texts(content: Content) -> dict[str, str]:
    """What each cue of a slide stands for, in words."""
    return {name: content.cue_text(name) for name in content.cue_names()}


def _title(content: Content) -> str:
    for name in ("header", "title", "lesson_title", "question", "main_text", "label", "caption", "text"):
        value = getattr(content, name, "")
        if isinstance(value, str) and value.strip():
            words = value.split()
            return " ".join(words[:12])
    return ""


def _complaints(scene: Scene, context: Context) -> list[str]:
    words = word_count(scene.narration)
    pauses = sum(mark.seconds or 0.0 for mark in scene.marks)
    seconds = context.seconds(scene.narration) + pauses + scene.pause_before + scene.pause_after
    found = []
    if seconds > scene.max_seconds:
        found.append(
            f'scene "{scene.id}": {words} words take about {seconds:.0f} s, more than its max_seconds of '
            f"{scene.max_seconds:g}; shorten the narration or raise max_seconds"
        )
    if not words and scene.min_seconds <= 0 and not scene.content.lasts:
        found.append(f'scene "{scene.id}": nothing is said and min_seconds is 0; give it one of the two')
    count = len(scene.narration.split())
    out = sorted(name for name, word in scene.cues.items() if not 0 <= word < max(count, 1))
    if out:
        found.append(f'scene "{scene.id}": {", ".join(out)} points past the last of {count} words')
    return found
