"""Chapters: the parts of a film that a viewer can jump to. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.model.captions import Chapter
from videogen.model.timing import Placed

MIN_CHAPTER_SECONDS = 10.0
"""The least length of a chapter (YouTube help, "Video chapters": first at 0:00, ascending, at least 10 seconds)."""


def chapters(placed: Sequence[Placed], titles: Sequence[str], fps: int) -> list[Chapter]:
    """Chapters that cover the film from 0 to its end without gaps; `titles` has one entry a scene.

    Neighbouring scenes of one title are one chapter; a scene without a title goes on with the chapter before. A
    chapter of less than MIN_CHAPTER_SECONDS takes in those that follow until it is long enough, and a rest at the end
    that stays too short joins the chapter before. What is joined carries the title of its longest part, the first of
    equals. A film of no titled scene has no chapters.
    """
    parts: list[Chapter] = []
    for scene, title in zip(placed, titles, strict=True):
        start, end = scene.start / fps, (scene.start + scene.times.frames) / fps
        if parts and title in ("", parts[-1].title):
            parts[-1] = parts[-1].model_copy(update={"end": end})
        elif title:
            parts.append(Chapter(start=start if parts else 0.0, end=end, title=title))
    groups: list[list[Chapter]] = []
    for part in parts:
        if groups and _seconds(groups[-1]) < MIN_CHAPTER_SECONDS:
            groups[-1].append(part)
        else:
            groups.append([part])
    if len(groups) > 1 and _seconds(groups[-1]) < MIN_CHAPTER_SECONDS:
        rest = groups.pop()
        groups[-1].extend(rest)
    return [_joined(group) for group in groups]


def _seconds(group: list[Chapter]) -> float:
    return group[-1].end - group[0].start


def _joined(group: list[Chapter]) -> Chapter:
    longest = max(group, key=lambda part: part.end - part.start)
    return Chapter(start=group[0].start, end=group[-1].end, title=longest.title)


def clock(seconds: float) -> str:
    """A time as people write it, whole seconds.

    >>> clock(65.9), clock(3600)
    ('1:05', '1:00:00')
    """
    minutes, second = divmod(int(seconds + 1e-6), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def chapter_list(parts: Sequence[Chapter]) -> str:
    """Chapters as a description on a video site wants them: one `0:00 Title` a line."""
    return "".join(f"{clock(part.start)} {part.title}\n" for part in parts)
