"""Captions from word times: what is said, cut into pieces that can be read in step with the voice. Pure.

The norms are those of the Netflix Timed Text Style Guide (General Requirements; English) and, where it leaves
room, the BBC Subtitle Guidelines:

- at most 2 lines of 42 columns; one line where the text fits one; two lines balanced or bottom-heavy
- shown for 5/6 s to 7 s; at most 17 characters a second where the speech allows
- in time on the frame in which the speech starts; 2 frames between captions, at least; a gap of less than
  half a second is closed to 2 frames
- broken after sentences, then after clauses, then before conjunctions and prepositions

A caption never spans two scenes, and its words are those of the narration, unchanged. Where somebody begins to speak,
a label says who, and a new caption begins; only where that leaves too little time to read, two speakers share one, with
a line for each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from videogen.model.captions import Caption
from videogen.model.errors import VideoError
from videogen.model.limits import (
    CAPTION_GAP_FRAMES,
    CAPTION_SPEED,
    MAX_CAPTION_COLUMNS,
    MAX_CAPTION_SECONDS,
    MIN_CAPTION_SECONDS,
)
from videogen.model.timing import Word
from videogen.video.breaks import CLAUSE, INSIDE, SENTENCE, Penalties, columns, ends_sentence, pieces

CHAIN_SECONDS = 0.5
"""A shorter gap between two captions flickers: it is closed to the least gap."""
PAUSE_SECONDS = 0.3
"""A silence of this length between words is heard as the end of a clause."""
LINGER_SECONDS = 0.25
"""A caption stays this long after its last word where nothing else calls for the screen."""

# The cost of a film's captions is the sum over captions of the terms below, each of which is about how much it
# disturbs a reader; the segmentation with the least sum is chosen. Too short comes before too fast, too fast before
# an ugly break ("prioritise editing and timing over line breaks", BBC), that before the number of captions.
_EACH = 4.0
_TOO_SHORT = 400.0  # a caption below the least duration, and as much again in proportion to what it lacks
_TOO_FAST = 60.0  # a caption above the reading speed
_FASTER = 15.0  # each character a second above it
_OUT_OF_TIME = 200.0  # each second for which a caption is there before, or gone while, its words are said
_GOES_ON = 4.0  # a sentence that goes on in the next caption, on top of the penalty of the break
_SENTENCE_INSIDE = 4.0  # a sentence that ends within a caption
_HURRIED = 6.0  # each second below HURRIED_SECONDS
_HURRIED_SECONDS = 1.4
_SECOND_LINE = 2.0
_LINE_BREAK = 0.6  # of the penalty that the same break has between captions
_UNEVEN = 5.0  # two lines of which one is empty
_TOP_HEAVY = 4.0  # the same, added where the first is the longer
_TWO_SPEAKERS = 30.0  # a caption in which somebody else goes on


@dataclass(frozen=True)
class CaptionScene:
    """A scene's speech in the film. Seconds of the film; word times count from `narration`."""

    start: float
    end: float
    narration: float
    words: Sequence[Word]
    labels: Mapping[int, str] = field(default_factory=dict)
    """Who begins to speak with a word, as it is told before it."""


@dataclass(frozen=True)
class _Piece:
    """A word, or a part of one that is wider than a line."""

    text: str
    start: float
    end: float
    glued: bool
    """The word goes on in the next piece."""
    label: bool = False
    """Not said: tells who says what follows."""


@dataclass(frozen=True)
class _Speech:
    """A scene's pieces on the frame grid, with all that the search asks again and again."""

    pieces: list[_Piece]
    starts: list[int]
    """First frame of each piece; the last entry is where a caption after the scene could start."""
    ends: list[int]
    first: int
    """The scene's first frame that is free."""
    fps: int
    offsets: list[int]
    """Columns of the text before each piece, with its spaces."""
    spaces: list[int]
    """1 where a space follows the piece."""
    breaks: list[float]
    """The penalty of a break before each piece."""
    sentences: list[int]
    """How many sentences end before each piece."""


def captions(scenes: Sequence[CaptionScene], fps: int, language: str = "en") -> list[Caption]:
    """The captions of a film: in order, on whole frames, by the laws of this module.

    Joined by spaces, the lines are the words of the scenes; only a word wider than a line is cut in parts. Where a
    scene leaves less time than the norms ask, a caption starts as early as the scene, and then is shorter. Raises
    VideoError when a scene has fewer frames than its text needs captions.
    """
    penalties = Penalties(language)
    made: list[Caption] = []
    busy = 0
    for scene in scenes:
        found, busy = _scene_captions(scene, fps, penalties, busy)
        made.extend(found)
    return made


def _scene_captions(scene: CaptionScene, fps: int, penalties: Penalties, busy: int) -> tuple[list[Caption], int]:
    if not scene.words:
        return [], busy
    # the gap to the caption before holds across scenes too
    first = max(math.ceil(scene.start * fps - 1e-6), busy)
    last = math.floor(scene.end * fps + 1e-6)
    parts = _pieces(scene)
    for candidate in (parts, _evened(parts, scene)):
        speech = _on_frames(candidate, first, last, fps, penalties)
        chosen = _segment(speech)
        if chosen is not None:
            break
    else:
        raise VideoError(
            f"a scene of {last - first} frames is too short for the captions of its {len(scene.words)} words",
            hint="give the scene a longer min_seconds or fewer words",
        )
    found, end = [], busy
    for i, j in chosen:
        start, end = _shown(speech, i, j)
        lines, labels = _lines(speech, i, j)
        found.append(Caption(start=start / fps, end=end / fps, lines=lines, labels=labels))
    return found, end + CAPTION_GAP_FRAMES


def _pieces(scene: CaptionScene) -> list[_Piece]:
    parts, now = [], scene.narration
    for number, word in enumerate(scene.words):
        start = max(now, scene.narration + word.start)
        seconds = max(scene.narration + word.end - start, 0.0)
        if number in scene.labels:
            parts.append(_Piece(scene.labels[number], start, start, glued=False, label=True))
        texts, said = pieces(word.text, MAX_CAPTION_COLUMNS), 0
        for index, text in enumerate(texts):
            begin = start + seconds * said / len(word.text)
            said += len(text)
            finish = start + seconds * said / len(word.text)
            parts.append(_Piece(text, begin, finish, glued=index < len(texts) - 1))
        now = start
    return parts


def _evened(parts: list[_Piece], scene: CaptionScene) -> list[_Piece]:
    """The same pieces spread over the scene by their length: for word times that leave captions no time."""
    total, said, out = sum(len(part.text) for part in parts), 0, []
    seconds = scene.end - scene.start
    for part in parts:
        start = scene.start + seconds * said / total
        said += len(part.text)
        out.append(replace(part, start=start, end=scene.start + seconds * said / total))
    return out


def _on_frames(parts: list[_Piece], first: int, last: int, fps: int, penalties: Penalties) -> _Speech:
    starts = [min(max(math.floor(part.start * fps + 1e-6), first), last) for part in parts]
    offsets, sentences, breaks = [0], [0], [0.0]
    spaces = [0 if part.glued else 1 for part in parts]
    for k, part in enumerate(parts):
        offsets.append(offsets[-1] + columns(part.text) + spaces[k])
        sentences.append(sentences[-1] + (not part.glued and ends_sentence(part.text)))
        if k:
            before = parts[k - 1]
            within = before.glued or before.label
            breaks.append(INSIDE if within else SENTENCE if part.label else penalties.between(before.text, part.text))
    return _Speech(
        pieces=parts,
        starts=[*starts, last + CAPTION_GAP_FRAMES],
        ends=[min(math.ceil(part.end * fps - 1e-6), last) for part in parts],
        first=first,
        fps=fps,
        offsets=offsets,
        spaces=spaces,
        breaks=breaks,
        sentences=sentences,
    )


def _width(speech: _Speech, i: int, j: int) -> int:
    """Columns of pieces i to j on one line."""
    return speech.offsets[j] - speech.offsets[i] - speech.spaces[j - 1]


def _shown(speech: _Speech, i: int, j: int) -> tuple[int, int]:
    """First frame of a caption of pieces i to j, and the frame after its last."""
    fps = speech.fps
    start, until = speech.starts[i], speech.starts[j] - CAPTION_GAP_FRAMES
    least = math.ceil(MIN_CAPTION_SECONDS * fps - 1e-6)
    if i == 0 and until - start < least:
        start = max(speech.first, until - least)
    linger = math.ceil(LINGER_SECONDS * fps)
    readable = math.ceil(_width(speech, i, j) / CAPTION_SPEED * fps)
    end = min(max(speech.ends[j - 1] + linger, start + least, start + readable), until)
    if j < len(speech.pieces) and until - end < CHAIN_SECONDS * fps:
        end = until
    return start, min(end, start + math.floor(MAX_CAPTION_SECONDS * fps + 1e-6))


def _layout(speech: _Speech, i: int, j: int) -> tuple[float, int]:
    """The least cost of pieces i to j as lines, and the piece that starts the second line (j: there is none).

    Whoever begins to speak begins a line.
    """
    others = [k for k in range(i + 1, j) if speech.pieces[k].label]
    if others:
        widest = max(_width(speech, i, others[0]), _width(speech, others[0], j))
        return (_TWO_SPEAKERS if len(others) == 1 and widest <= MAX_CAPTION_COLUMNS else math.inf), others[0]
    if _width(speech, i, j) <= MAX_CAPTION_COLUMNS:
        return 0.0, j
    best, where = math.inf, j
    for k in range(i + 1, j):
        upper, lower = _width(speech, i, k), _width(speech, k, j)
        if upper > MAX_CAPTION_COLUMNS:
            break
        if lower <= MAX_CAPTION_COLUMNS:
            uneven = _UNEVEN * abs(upper - lower) + _TOP_HEAVY * max(upper - lower, 0)
            cost = _SECOND_LINE + _LINE_BREAK * speech.breaks[k] + uneven / MAX_CAPTION_COLUMNS
            if cost < best:
                best, where = cost, k
    return best, where


def _lines(speech: _Speech, i: int, j: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of pieces i to j, and the labels with which they begin."""
    where = _layout(speech, i, j)[1]
    lines, labels = list[str](), list[str]()
    for a, b in ((i, where), (where, j)):
        if a < b:
            texts = [part.text if part.glued else part.text + " " for part in speech.pieces[a:b]]
            lines.append("".join(texts).rstrip(" "))
            labels.append(speech.pieces[a].text if speech.pieces[a].label else "")
    return tuple(lines), tuple(labels) if any(labels) else ()


def _cost(speech: _Speech, i: int, j: int) -> float:
    """What a caption of pieces i to j costs; infinite where it cannot be."""
    fps, parts = speech.fps, speech.pieces
    start, end = _shown(speech, i, j)
    if end <= start:
        return math.inf
    seconds = (end - start) / fps
    cost = _EACH + _layout(speech, i, j)[0]
    if seconds < MIN_CAPTION_SECONDS - 1e-9:
        cost += _TOO_SHORT * (2 - seconds / MIN_CAPTION_SECONDS)
    excess = _width(speech, i, j) / seconds - CAPTION_SPEED
    if excess > 1e-9:
        cost += _TOO_FAST + _FASTER * excess
    # the gap may take its two frames from the last word
    missed = max(speech.ends[j - 1] - end - CAPTION_GAP_FRAMES, 0) + max(speech.starts[i] - start, 0)
    cost += _OUT_OF_TIME * missed / fps + _HURRIED * max(_HURRIED_SECONDS - seconds, 0.0)
    cost += _SENTENCE_INSIDE * (speech.sentences[j - 1] - speech.sentences[i])
    if j < len(parts):
        pause = parts[j].start - parts[j - 1].end >= PAUSE_SECONDS and not parts[j - 1].glued
        penalty = min(speech.breaks[j], CLAUSE) if pause else speech.breaks[j]
        cost += penalty + (_GOES_ON if penalty > SENTENCE else 0.0)
    return cost


def _segment(speech: _Speech) -> list[tuple[int, int]] | None:
    """The cheapest way to cut the speech, as (first piece, piece after the last); None where there is none.

    Dynamic programming over the pieces: `best[j]` is the least cost of captions that hold the first j. A caption's
    times depend on its own pieces and the start of the next only, so the sum is exact.
    """
    count = len(speech.pieces)
    best, cut = [0.0] + [math.inf] * count, [0] * (count + 1)
    for j in range(1, count + 1):
        begun = 0
        for i in range(j - 1, -1, -1):
            if _width(speech, i, j) > 2 * MAX_CAPTION_COLUMNS + 1 or (j < count and speech.pieces[j - 1].label):
                break
            begun += speech.pieces[i].label
            if begun > 2:
                break  # no third speaker
            if best[i] < best[j] and (cost := best[i] + _cost(speech, i, j)) < best[j]:
                best[j], cut[j] = cost, i
    if best[count] == math.inf:
        return None
    chosen, j = [], count
    while j:
        chosen.append((cut[j], j))
        j = cut[j]
    return chosen[::-1]
