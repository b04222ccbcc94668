"""An answer as scenes. The same answer to the same document gives the same scenes."""

from __future__ import annotations

from typing import Any

import pydantic

from videogen.model.content import ParsedContent
from videogen.model.kinds import content_type
from videogen.model.project import Document
from videogen.model.scene import Scene, SourceSpan, slugify
from videogen.script.ai.answer import ScriptAnswer, ShowScene
from videogen.script.ai.check import FEWEST_SCENES
from videogen.script.ai.kept import KeptAnswer
from videogen.script.ai.prompt import Numbered, numbered
from videogen.script.ai.show import shown
from videogen.script.draft import Context
from videogen.script.hand import unique

SHORTEST = 5.0
"""Seconds that a scene lasts at least."""


def kept_scenes(
    kept: KeptAnswer, parsed: ParsedContent, document: Document, about: Context
) -> tuple[list[Scene], list[str]]:
    """The scenes of what was answered, and what of it was not used, in words for a person; no scenes where the rules
    have to write the script."""
    answer = kept.answer()
    if answer is not None:
        scenes, warnings = ai_scenes(answer, parsed, document, about)
        if len(scenes) >= FEWEST_SCENES:
            left = [f"left out of the script of {kept.model}: {problem}" for problem in kept.problems]
            return scenes, [*left, *warnings]
    why = "; ".join(kept.problems[:3]) or "it does not fit this version"
    return [], [f"the script is written by the rules, for that of {kept.model} cannot be used: {why}"]


def ai_scenes(
    answer: ScriptAnswer, parsed: ParsedContent, document: Document, about: Context
) -> tuple[list[Scene], list[str]]:
    """The scenes of an answer, without cues, and why some are not among them."""
    blocks = {each.number: each for each in numbered(parsed)}
    taken: set[str] = set()
    scenes: list[Scene] = []
    warnings: list[str] = []
    for number, told in enumerate(answer.scenes, 1):
        try:
            kind, content = _content(told, blocks, about)
        except (ValueError, pydantic.ValidationError) as error:
            said = error.errors(include_url=False)[0]["msg"] if isinstance(error, pydantic.ValidationError) else error
            warnings.append(f"scene {number} of the model's script is left out: {said}")
            continue
        header = str(
            next(
                (getattr(told, name) for name in ("header", "title", "main_text", "label") if hasattr(told, name)), kind
            )
        )
        scenes.append(
            Scene(
                id=unique(
                    kind if kind in ("title", "outro") else slugify(header, f"scene-{kind.replace('_', '-')}"), taken
                ),
                kind=kind,
                content=content,
                narration=told.narration,
                min_seconds=SHORTEST,
                title=" ".join(header.split())[:120],
                source=_span(told, blocks, document),
            )
        )
    return scenes, warnings


def _content(told: Any, blocks: dict[int, Numbered], about: Context) -> tuple[str, Any]:
    if isinstance(told, ShowScene):
        made = shown(blocks[told.block].block, told.header, about) if told.block in blocks else None
        if made is None:
            raise ValueError(f"block {told.block} cannot be shown")
        return made
    fields = told.model_dump(exclude={"kind", "narration", "blocks"})
    for points in ("items", "steps"):
        # a point without a detail is plain text
        if told.kind in ("list", "steps") and points in fields:
            fields[points] = [point if point["detail"].strip() else point["text"] for point in fields[points]]
    return told.kind, content_type(told.kind).model_validate(fields)


def _span(told: Any, blocks: dict[int, Numbered], document: Document) -> SourceSpan | None:
    numbers = [*told.blocks, *([told.block] if isinstance(told, ShowScene) else [])]
    lines = [blocks[number].block.lines for number in numbers if number in blocks]
    if not lines or not document.path:
        return None
    return document.span(max(min(first for first, _ in lines), 1), max(last for _, last in lines))
