"""What a slide of each kind carries. Positions, sizes and colours are the affair of `scenes`.

Kinds are registered by entry point (group `videogen.scene_kinds`); a kind from another package is found in
the same way as these.
"""

from __future__ import annotations

from functools import cache

from videogen.model.kinds.base import Content, Line, Text
from videogen.model.kinds.code import Code, CodeComparison, Command, Solution, Terminal
from videogen.model.kinds.document import Bullets, Outro, Quote, Section, Title
from videogen.model.kinds.figures import Chart, Diagram, Image, Movement, Table, Video
from videogen.model.kinds.structure import Callout, Event, Listing, Point, Stat, Steps, Timeline, TwoColumns
from videogen.model.kinds.teaching import Checkpoint, Exercise, LearningObjectives, Problem, Quiz
from videogen.model.points import registered

__all__ = [
    "Bullets",
    "Callout",
    "Chart",
    "Checkpoint",
    "Code",
    "CodeComparison",
    "Command",
    "Content",
    "Diagram",
    "Event",
    "Exercise",
    "Image",
    "LearningObjectives",
    "Line",
    "Listing",
    "Movement",
    "Outro",
    "Point",
    "Problem",
    "Quiz",
    "Quote",
    "Section",
    "Solution",
    "Stat",
    "Steps",
    "Table",
    "Terminal",
    "Text",
    "Timeline",
    "Title",
    "TwoColumns",
    "Video",
    "content_type",
    "kinds",
]


@cache
def kinds() -> dict[str, type[Content]]:
    """Every registered kind and the model of its content, by name, sorted."""
    return {point.name: point.load().content for point in registered("videogen.scene_kinds")}


def content_type(kind: str) -> type[Content]:
    """The content model of a kind. Raises ValueError, naming the closest kind, when there is none."""
    import difflib

    known = kinds()
    if kind not in known:
        close = difflib.get_close_matches(kind, known, 1)
        raise ValueError(
            f'unknown scene kind "{kind[:60]}"; '
            + (f'did you mean "{close[0]}"?' if close else f"known kinds: {', '.join(known)}")
        )
    return known[kind]
