"""A long listing on several pages: cut where its own structure has a seam, or around the lines that are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from videogen.model.kinds import Code
from videogen.model.kinds.code import source_lines
from videogen.scenes.elements import Part
from videogen.scenes.pages import MAX_PAGES, shares

_REACH = 3
"""Lines by which a page may be longer or shorter for the sake of a better seam."""


_MOST_LINES = 48
"""No two pages have more lines than this: of a longer listing with steps no more has to fit than is spoken of."""


class Excerpt(Code):
    """A page of a listing: the lines (indices, rising) of page `at`; all pages are known, to be set alike."""

    pages: tuple[tuple[int, ...], ...]
    at: int
    steps: tuple[int, ...] = ()
    """Steps of the highlight that are on this page."""


def divided(code: Code, parts: int) -> list[Part] | None:
    """A listing on so many pages, or on as many as its steps ask for when each has as many lines as that at most; None
    when it has not so many lines."""
    lines = source_lines(code.code)
    if parts > len(lines):
        return None
    if code.highlight:
        return _around(code, lines, -(-min(len(lines), _MOST_LINES) // parts))
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


def _around(code: Code, lines: Sequence[str], room: int) -> list[Part] | None:
    """Pages of at most `room` lines around the lines of the steps, in the order of these; a step with more lines goes
    on over pages of its own until the next comes."""
    focused = [code.focused(step) for step in range(len(code.highlight))]
    runs: list[tuple[list[int], dict[int, str]]] = []
    """The lines of each page, and when its steps come, if it has any."""
    alone: dict[int, str] = {}
    """When the pages come that have no steps."""
    for step, own in enumerate(focused):
        if len(own) > room:
            pieces = seams([lines[index] for index in own], -(-len(own) // room))
            for at, piece in enumerate(pieces):
                alone[len(runs)] = f"share:{at}/{len(pieces)}:step:{step}" if at else f"step:{step}"
                runs.append(([own[index] for index in piece], {}))
            continue
        joined = sorted({*runs[-1][0], *own}) if runs and runs[-1][1] else []
        if joined and len(joined) <= room and joined[-1] - joined[0] < room:
            runs[-1] = (joined, {**runs[-1][1], step: f"step:{step}"})
        else:
            runs.append((own, {step: f"step:{step}"}))
    if len(runs) > MAX_PAGES:
        return None
    pages = tuple(_with_context(own, lines, room) if steps else tuple(own) for own, steps in runs)
    cues = [
        {f"step:{step}": cue for step, cue in steps.items()} or {"page": alone[at]}
        for at, (_, steps) in enumerate(runs)
    ]
    for own, following in pairwise(cues):
        own["next"] = next(iter(following.values()))
    return [Part(_excerpt(code, pages, at, tuple(steps)), cues[at]) for at, (_, steps) in enumerate(runs)]


def _with_context(own: Sequence[int], lines: Sequence[str], room: int) -> tuple[int, ...]:
    """Lines with those nearest to them, up to `room` lines; no single line is left out, and none is blank beside what
    is."""
    count = len(lines)
    away = sorted(range(count), key=lambda line: (min(abs(line - other) for other in own), line))
    shown = {-1, count, *away[: max(room, len(own))]}
    shown |= {line for line in range(count) if {line - 1, line + 1} <= shown}
    for step, order in ((1, range(count)), (-1, range(count - 1, -1, -1))):
        for line in order:
            if line in shown and line - step not in shown and not lines[line] and line not in own:
                shown.discard(line)
    return tuple(line for line in range(count) if line in shown)


def gaps(lines: Sequence[int], count: int) -> list[tuple[int, int]]:
    """What of `count` lines is left out: the place among the shown ones before which it is, and how many lines.

    >>> gaps([2, 3, 9], 12)
    [(0, 2), (2, 5), (3, 2)]
    """
    edges = [-1, *lines, count]
    return [(at, after - before - 1) for at, (before, after) in enumerate(pairwise(edges)) if after - before > 1]
