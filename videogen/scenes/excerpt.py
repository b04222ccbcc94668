"""A long listing on several pages: cut where its own structure has a seam, or around the lines that are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from videogen.model.kinds import Code
from videogen.model.kinds.code import source_lines
from videogen.scenes.elements import Part
from videogen.scenes.pages import shares

_REACH = 3
"""Lines by which a page may be longer or shorter for the sake of a better seam."""


class Excerpt(Code):
    """A page of a listing: the lines (indices, rising) of page `at`; all pages are known, to be set alike."""

    pages: tuple[tuple[int, ...], ...]
    at: int
    steps: tuple[int, ...] = ()
    """Steps of the highlight that are on this page."""


def divided(code: Code, parts: int) -> list[Part] | None:
    """A listing on so many pages, or on as many as its steps ask for when each has as many lines as that; None when
    it has not so many lines, or when a step has too many."""
    lines = source_lines(code.code)
    if parts > len(lines):
        return None
    if code.highlight:
        return _around(code, len(lines), -(-len(lines) // parts))
    pages = tuple(_filled(page, lines) for page in seams(lines, parts))
    return [
        Part(_excerpt(code, pages, at, ()), {"page": f"share:{page[0]}/{len(lines)}"}) for at, page in enumerate(pages)
    ]


def _filled(page: range, lines: Sequence[str]) -> tuple[int, ...]:
    """A page without the blank lines at its ends."""
    filled = [index for index in page if lines[index]] or [page.start]
    return tuple(range(filled[0], filled[-1] + 1))


def _excerpt(code: Code, pages: tuple[tuple[int, ...], ...], at: int, steps: tuple[int, ...]) -> Excerpt:
    return Excerpt.model_construct(**dict(code), pages=pages, at=at, steps=steps)


def seams(lines: Sequence[str], parts: int) -> list[range]:
    """Runs of nearly the same length, cut after a blank line or before a line that is set in little, where there is
    one near.

    >>> seams(["a", " b", " c", " d", "", "e", " f", " g", " h", " i", "j", " k"], 2)
    [range(0, 5), range(5, 12)]
    """
    even = [run.start for run in shares(len(lines), parts)]
    reach = min(_REACH, len(lines) // parts // 6)
    starts = [0]
    for ideal in even[1:]:
        near = [at for at in range(ideal - reach, ideal + reach + 1) if starts[-1] < at < len(lines)]
        starts.append(min(near, key=lambda at: (*_seam(lines, at), abs(at - ideal))))
    return [range(start, end) for start, end in pairwise([*starts, len(lines)])]


def _seam(lines: Sequence[str], at: int) -> tuple[bool, int]:
    """How bad a cut before a line is."""
    if not lines[at]:
        return True, 999
    return bool(lines[at - 1]), len(lines[at]) - len(lines[at].lstrip())


def _around(code: Code, count: int, room: int) -> list[Part] | None:
    """Pages of at most `room` lines around the lines of the steps, in the order of these."""
    focused = [code.focused(step) for step in range(len(code.highlight))]
    runs: list[list[int]] = []
    for step, lines in enumerate(focused):
        if len(lines) > room:
            return None
        joined = {line for own in runs[-1] for line in focused[own]} if runs else set()
        if runs and len(joined | set(lines)) <= room and max(joined | set(lines)) - min(joined | set(lines)) < room:
            runs[-1].append(step)
        else:
            runs.append([step])
    pages = tuple(_with_context(sorted({line for step in run for line in focused[step]}), count, room) for run in runs)
    return [
        Part(_excerpt(code, pages, at, tuple(run)), {f"step:{step}": f"step:{step}" for step in run})
        for at, run in enumerate(runs)
    ]


def _with_context(lines: list[int], count: int, room: int) -> tuple[int, ...]:
    """Lines with those nearest to them, up to `room` lines; no single line is left out."""
    away = sorted(range(count), key=lambda line: (min(abs(line - own) for own in lines), line))
    shown = {-1, count, *away[: max(room, len(lines))]}
    return tuple(line for line in range(count) if line in shown or {line - 1, line + 1} <= shown)


def gaps(lines: Sequence[int], count: int) -> list[tuple[int, int]]:
    """What of `count` lines is left out: the place among the shown ones before which it is, and how many lines.

    >>> gaps([2, 3, 9], 12)
    [(0, 2), (2, 5), (3, 2)]
    """
    edges = [-1, *lines, count]
    return [(at, after - before - 1) for at, (before, after) in enumerate(pairwise(edges)) if after - before > 1]
