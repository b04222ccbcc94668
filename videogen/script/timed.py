"""Scenes of what was chosen: what is said and when what is shown appears, how long each lasts at least, and its id."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace

from videogen.model.kinds import Code, Command
from videogen.model.project import Document
from videogen.model.scene import Scene, slugify
from videogen.model.timing import LEAD_SECONDS, TRANSITION_SECONDS
from videogen.script.candidates import SURELY_LONG
from videogen.script.cues import Part, align, speak, tie
from videogen.script.draft import (
    MOST_WORDS,
    TIED,
    Context,
    Draft,
)
from videogen.script.fenced import unfollowed
from videogen.script.hand import cue_texts, unique
from videogen.script.readability import reading_seconds
from videogen.script.repetition import shown_texts
from videogen.script.text import clean, finish, word_count
from videogen.script.told import SILENT_SECONDS

TYPED = (0.05, 0.4, 2.4)
"""Seconds that a letter takes to be typed, and a command at least and at most."""

PAUSE, SEEN_WHOLE = 0.35, 0.8
"""Seconds after what is said, and after a diagram, which is then looked at as a whole."""

READ, ANSWERED = 0.8, 1.6
"""Seconds in which a command is read when it has been typed, and one that is answered."""


def timed_scenes(drafts: Sequence[tuple[str, Draft]], document: Document, about: Context) -> list[Scene]:
    """The scenes of what was chosen (each with what qualifies its id), with cues and with how long they last."""
    taken: set[str] = {"title", "outro"}
    scenes = []
    for qualifier, draft in drafts:
        parts = list(draft.parts) if draft.exact else _bounded(draft)
        if isinstance(draft.content, Code):
            draft = replace(draft, content=unfollowed(draft.content, " ".join(part.text for part in parts)))
        # rows and lines that are marked as they are spoken of are there from the start
        marked = getattr(draft.content, "highlight", None)
        bare = draft.kind != "outro" and not marked
        if draft.exact:
            narration = " ".join(part.text for part in draft.parts)
            cues = align(cue_texts(draft.content), narration)
        elif draft.kind in TIED:
            narration, cues = tie(parts, cue_texts(draft.content), TIED[draft.kind], bare, draft.kind == "diagram")
        else:
            narration, cues = speak(parts, draft.content.cue_names(), bare)
        name = draft.kind if draft.kind in ("title", "outro") else _slug(draft.header, qualifier)
        scene_id = name if draft.kind in ("title", "outro") else unique(name, taken)
        first = max(draft.lines[0], 1)
        scenes.append(
            Scene(
                id=scene_id,
                kind=draft.kind,
                content=draft.content,
                narration=narration,
                cues=cues,
                pause_after=_pause(draft, narration, cues, about),
                min_seconds=_least(draft, narration, about),
                title=draft.chapter or draft.header,
                source=document.span(first, max(draft.lines[1], first)) if document.path else None,
            )
        )
    return scenes


def _least(draft: Draft, narration: str, about: Context) -> float:
    """Seconds that a scene lasts at least: what it shows and does not say has to be read."""
    if draft.exact:
        return 0.0 if narration else SILENT_SECONDS
    read = 0.0
    if draft.essential and any(part.cue for part in draft.parts):
        unsaid = set(draft.content.cue_names()) - {part.cue for part in draft.parts}
        read = reading_seconds(" ".join(shown_texts(draft.content)), about.language) if unsaid else 0.0
    least = 0.0 if word_count(narration) >= SURELY_LONG else 5.0
    return max(least, round(read, 1) if read > about.seconds(narration) else 0.0)


def _pause(draft: Draft, narration: str, cues: dict[str, int], about: Context) -> float:
    """Seconds after what is said: until the last command is typed and answered."""
    if not isinstance(draft.content, Command) or not cues:
        return SEEN_WHOLE if draft.kind == "diagram" else PAUSE
    letter, shortest, longest = TYPED
    last = draft.content.commands[-1]
    needed = min(max(len(last.command) * letter, shortest), longest) + (ANSWERED if last.output else READ)
    after = about.seconds(" ".join(narration.split()[max(cues.values()) :]))
    return max(PAUSE, round(needed - after, 2))


def _bounded(draft: Draft) -> list[Part]:
    """The parts that make at most MOST_WORDS; the header where none does."""
    kept: list[Part] = []
    words = 0
    for part in draft.parts:
        words += word_count(part.text)
        if words > MOST_WORDS:
            break
        kept.append(part)
    if not kept:
        return [Part(finish(clean(draft.header)))]
    # a piece that was to go on is a sentence of its own when the rest is left out
    return [*kept[:-1], replace(kept[-1], text=finish(kept[-1].text, raised=False))]


def _slug(header: str, qualifier: str) -> str:
    own = slugify(re.sub("[‐-―]", "-", header), f"scene-{zlib.crc32(header.encode()):08x}")
    first = slugify(qualifier).split("-")[0][:15] if qualifier else ""
    return f"{first}-{own}" if first and first not in own.split("-") else own


def scene_seconds(scene: Scene, about: Context) -> float:
    """About how long a scene lasts, in seconds."""
    pauses = scene.pause_before + scene.pause_after + sum(mark.seconds or 0.0 for mark in scene.marks)
    spoken = about.seconds(scene.narration) + pauses
    shown = scene.content.seconds() + TRANSITION_SECONDS if scene.content.lasts else 0.0
    return max(spoken + TRANSITION_SECONDS + LEAD_SECONDS, shown, scene.min_seconds)
