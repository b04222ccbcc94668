"""Captions as part of the picture: a plate over the band that layouts leave free; a word is marked as it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from videogen.model.captions import Caption
from videogen.model.motion import Motion
from videogen.model.theme import Look
from videogen.scenes.backdrop import backdrop
from videogen.scenes.bidi import first_strong, levels, turns, visual
from videogen.scenes.compose import compose
from videogen.scenes.elements import Element, Group, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.png import png_bytes
from videogen.scenes.typefaces import drawable, length

_STEPS = (46, 42, 40, 38, 36)
_LEADING = 1.28
_PLATE = 0.88
"""Opacity: what lies behind is felt, and the text keeps its contrast."""


class SaidWord(NamedTuple):
    """A word of the narration and when it is said, seconds on the scene's clock."""

    text: str
    start: float
    end: float


class Overlay(NamedTuple):
    """The layers' picture as PNG, and their motion."""

    layers: bytes
    motion: Motion


def draw_captions(captions: Sequence[Caption], words: Sequence[SaidWord], look: Look, begins: float) -> Overlay:
    """The captions of one scene as layers over its pictures; times are seconds on the scene's clock.

    `words` are those of the captions in order when each is to be marked while it is said, else empty; `begins` is
    the end of the transition into the scene, before which nothing is shown.
    """
    page = Page(look, Path(), "captions")
    shown = [[_drawable(line, look) for line in caption.lines] for caption in captions]
    size = _size(page, [line for lines in shown for line in lines])
    spoken = list(words)
    pages: list[list[Group]] = []
    for number, (caption, lines) in enumerate(zip(captions, shown, strict=True)):
        runs = _placed(page, lines, size)
        plate = _plate(page, runs)
        came, went = max(caption.start - begins, 0.0), max(caption.end - begins, 0.0)
        pages.append([_shown(f"caption-{number}", (plate, *runs), came, went)])
        pages[-1] += _marked(page, _said(runs, caption), spoken, number, begins, went)
    made = compose(backdrop(look, False, page.written(False), Path()), pages, look, Path())
    motion = Motion(width=look.width, height=look.height, layers=made.layers, moves=made.moves, text=made.text)
    return Overlay(png_bytes(made.atlas), motion)


def _shown(name: str, elements: tuple[Element, ...], came: float, went: float) -> Group:
    """What is there from one time to another, seconds after the transition."""
    return Group(name, elements, "start", came, 0.0, gone="start", gone_delay=went, gone_duration=0.0)


def _drawable(line: str, look: Look) -> str:
    return drawable(line, look.theme.fonts.strong)[0]


def _size(page: Page, lines: Sequence[str]) -> int:
    """The largest size at which the longest line fits; lines have at most 42 columns."""
    face = page.theme.fonts.strong
    room = page.width - 2 * page.px(28)
    for step in _STEPS:
        if all(length(line, face, page.px(step)) <= room for line in lines):
            return page.px(step)
    return page.px(_STEPS[-1])


def _placed(page: Page, lines: Sequence[str], size: int) -> list[Text]:
    """A run for every word, so that each can be marked, centred over the band."""
    face, leading = page.theme.fonts.strong, round(size * _LEADING)
    runs: list[Text] = []
    top = page.captions_bottom - page.px(14) - len(lines) * leading
    for index, line in enumerate(lines):
        x = (page.look.width - length(line, face, size)) / 2
        gap = length(" ", face, size)
        parts = line.split()
        begins: dict[int, float] = {}
        for at in _left_to_right(parts):
            begins[at] = x
            x += length(parts[at], face, size) + gap
        for at, word in enumerate(parts):
            box = (round(begins[at]), top + index * leading, round(length(word, face, size) + 0.5), leading)
            runs.append(Text(word, *box, size, face, page.theme.text, "body"))
    return runs


def _said(runs: Sequence[Text], caption: Caption) -> list[Text]:
    """The runs, which are words, without those of labels, which nobody says."""
    told: list[bool] = []
    for index, line in enumerate(caption.lines):
        label = len(caption.labels[index].split()) if caption.labels else 0
        told += [True] * label + [False] * (len(line.split()) - label)
    return [run for run, label in zip(runs, told, strict=True) if not label]


def _left_to_right(parts: Sequence[str]) -> list[int]:
    """The order in which the words of a line stand."""
    line = " ".join(parts)
    if not turns(line):
        return list(range(len(parts)))
    depth = levels(line, bool(first_strong(line)))
    starts = [len(" ".join(parts[:at])) + (at > 0) for at in range(len(parts))]
    return visual([depth[start] for start in starts])


def _plate(page: Page, runs: Sequence[Text]) -> Shape:
    across, down = page.px(28), page.px(14)
    left, right = min(run.x for run in runs) - across, max(run.x + run.width for run in runs) + across
    top, bottom = min(run.y for run in runs) - down, max(run.y + run.height for run in runs) + down
    return Shape(left, top, right - left, bottom - top, page.px(16), page.theme.surface, _PLATE)


def _marked(
    page: Page, runs: Sequence[Text], spoken: list[SaidWord], number: int, begins: float, went: float
) -> list[Group]:
    """Each run once more in the accent while its word is said; takes the words it has marked out of `spoken`."""
    groups: list[Group] = []
    for index, run in enumerate(runs):
        if not spoken:
            break
        word = spoken[0]
        came = max(word.start - begins, 0.0)
        gone = min(max(word.end - begins, came + 0.08), went)
        lit = replace(run, colour=page.accent, role="decor")
        groups.append(_shown(f"word-{number}-{index}", (lit,), came, gone))
        # a word that is wider than a line goes on in the next run
        rest = word.text[len(run.text) :] if word.text.startswith(run.text) else ""
        spoken[:1] = [word._replace(text=rest)] if rest else []
    return groups
