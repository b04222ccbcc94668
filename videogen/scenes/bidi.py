"""The Unicode Bidirectional Algorithm (UAX #9, revision 50): which way each character of a line runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_DEEPEST = 125
_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b\u2329\u232a"
    "\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7\u27e8"
    "\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c\u298d\u2990"
    "\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24"
    "\u2e25\u2e26\u2e27\u2e28\u2e29\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017"
    "\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62"
    "\uff63"
)
"""Brackets, each followed by its partner (BidiBrackets.txt of Unicode 15)."""
_CLOSES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CLOSING = set(_CLOSES.values())
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
_ISOLATES = ("LRI", "RLI", "FSI")
_NEUTRAL = ("B", "S", "WS", "ON", "PDI", *_ISOLATES)
_TURNS = ("R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "RLI", "LRI", "FSI")


def kinds_of(text: str) -> list[str]:
    """The bidirectional class of each character; unassigned ones run left to right."""
    return [unicodedata.bidirectional(char) or "L" for char in text]


def turns(text: str) -> bool:
    """Whether anything in a text may run right to left."""
    return not text.isascii() and any(kind in _TURNS for kind in kinds_of(text))


def first_strong(text: str) -> bool | None:
    """Whether the first letter that has a direction runs right to left (rules P2 and P3); None without any."""
    return None if text.isascii() and not any(map(str.isalpha, text)) else _first_strong(kinds_of(text))


def _first_strong(kinds: Sequence[str], start: int = 0, end: int | None = None) -> bool | None:
    depth = 0
    for kind in kinds[start:end]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return kind != "L"
    return None


def levels(text: str, rtl: bool) -> list[int]:
    """The embedding level of each character of one line of a paragraph in this direction: odd runs right to left."""
    kinds = kinds_of(text)
    base = int(rtl)
    matches = _isolates(kinds)
    level, typed, removed = _explicit(kinds, base, matches)
    kept = [index for index in range(len(text)) if not removed[index]]
    line = _Line(text, kinds, typed, level, matches, kept, base)
    for sequence in _sequences(line):
        _resolve(line, sequence)
    trailing = True
    for index in range(len(text) - 1, -1, -1):  # L1
        if kinds[index] in ("B", "S"):
            level[index], trailing = base, True
        elif kinds[index] in ("WS", "PDI", *_ISOLATES) or removed[index]:
            level[index] = base if trailing else level[index]
        else:
            trailing = False
    for index in range(1, len(text)):
        if removed[index] and level[index] != base:
            level[index] = level[index - 1]
    return level


def visual(run_levels: Sequence[int]) -> list[int]:
    """The order from left to right of runs with these levels (rule L2).

    >>> visual([0, 1, 1, 0])
    [0, 2, 1, 3]
    """
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


@dataclass(frozen=True)
class _Line:
    text: str
    kinds: list[str]
    typed: list[str]
    """Classes after overrides."""
    level: list[int]
    matches: dict[int, int]
    kept: list[int]
    """Characters that rule X9 leaves in."""
    base: int


def _isolates(kinds: Sequence[str]) -> dict[int, int]:
    """Where each isolate that is closed is closed (BD9)."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for index, kind in enumerate(kinds):
        if kind in _ISOLATES:
            stack.append(index)
        elif kind == "PDI" and stack:
            found[stack.pop()] = index
    return found


def _explicit(kinds: Sequence[str], base: int, matches: dict[int, int]) -> tuple[list[int], list[str], list[bool]]:
    """Levels and classes after embeddings, overrides and isolates (X1 to X8), and what X9 removes."""
    level, typed, removed = [base] * len(kinds), list(kinds), [False] * len(kinds)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    lost_isolates = lost_embeddings = open_isolates = 0
    for index, kind in enumerate(kinds):
        here, override, _ = stack[-1]
        level[index] = here
        if kind in ("RLE", "LRE", "RLO", "LRO"):
            removed[index] = True
            deeper = _deeper(here, kind[0] == "R")
            if deeper <= _DEEPEST and not lost_isolates and not lost_embeddings:
                stack.append((deeper, {"RLO": "R", "LRO": "L"}.get(kind, ""), False))
            elif not lost_isolates:
                lost_embeddings += 1
        elif kind in _ISOLATES:
            typed[index] = override or kind
            rtl = kind == "RLI" or (kind == "FSI" and bool(_first_strong(kinds, index + 1, matches.get(index))))
            deeper = _deeper(here, rtl)
            if deeper <= _DEEPEST and not lost_isolates and not lost_embeddings:
                open_isolates += 1
                stack.append((deeper, "", True))
            else:
                lost_isolates += 1
        elif kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif open_isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                open_isolates -= 1
            level[index] = stack[-1][0]
            typed[index] = stack[-1][1] or kind
        elif kind == "PDF":
            removed[index] = True
            if not lost_isolates and lost_embeddings:
                lost_embeddings -= 1
            elif not lost_isolates and not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            level[index] = base
        elif kind == "BN":
            removed[index] = True
        else:
            typed[index] = override or kind
    return level, typed, removed


def _deeper(level: int, rtl: bool) -> int:
    return (level + 1) | 1 if rtl else (level + 2) & ~1


def _sequences(line: _Line) -> list[list[int]]:
    """The isolating run sequences (X10, BD13)."""
    runs: list[list[int]] = []
    for index in line.kept:
        if runs and line.level[runs[-1][-1]] == line.level[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    begins = {run[0]: run for run in runs}
    closed = set(line.matches.values())
    found: list[list[int]] = []
    for run in runs:
        if run[0] in closed and line.kinds[run[0]] == "PDI":
            continue
        sequence = list(run)
        while line.matches.get(sequence[-1]) in begins:
            sequence += begins[line.matches[sequence[-1]]]
        found.append(sequence)
    return found


def _resolve(line: _Line, sequence: list[int]) -> None:
    """Levels of one isolating run sequence: weak classes, brackets, neutrals, implicit levels."""
    level = line.level[sequence[0]]
    place = {index: at for at, index in enumerate(line.kept)}
    first, last = place[sequence[0]], place[sequence[-1]]
    before = line.level[line.kept[first - 1]] if first else line.base
    unclosed = line.kinds[sequence[-1]] in _ISOLATES and sequence[-1] not in line.matches
    after = line.base if unclosed or last + 1 == len(line.kept) else line.level[line.kept[last + 1]]
    start, end = ("LR"[max(side, level) & 1] for side in (before, after))
    kinds = _weak([line.typed[index] for index in sequence], start)
    _brackets(line, sequence, kinds, start, "LR"[level & 1])
    _neutrals(kinds, start, end, "LR"[level & 1])
    for index, kind in zip(sequence, kinds, strict=True):  # I1, I2
        if level & 1:
            line.level[index] = level + (kind in ("L", "EN", "AN"))
        else:
            line.level[index] = level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(kinds: list[str], start: str) -> list[str]:
    """Rules W1 to W7."""
    count, before = len(kinds), start
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = "ON" if before in _ISOLATES or before == "PDI" else before
        before = kinds[at]
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, count - 1):
        one, other = kinds[at - 1], kinds[at + 1]
        if one == other and ((kinds[at] == "ES" and one == "EN") or (kinds[at] == "CS" and one in ("EN", "AN"))):
            kinds[at] = one
    at = 0
    while at < count:
        end = at
        while end < count and kinds[end] == "ET":
            end += 1
        if end > at and ((at and kinds[at - 1] == "EN") or (end < count and kinds[end] == "EN")):
            kinds[at:end] = ["EN"] * (end - at)
        at = end + 1
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _brackets(line: _Line, sequence: list[int], kinds: list[str], start: str, own: str) -> None:
    """Rule N0."""
    for opening, closing in _pairs(line, sequence, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]}
        if own in inside:
            side = own
        elif inside & {"L", "R"}:
            before = next((strong for kind in reversed(kinds[:opening]) if (strong := _strong(kind))), start)
            side = before
        else:
            continue
        for at in (opening, closing):
            kinds[at] = side
            follows = at + 1
            while follows < len(sequence) and line.kinds[sequence[follows]] == "NSM":
                kinds[follows] = side
                follows += 1


def _pairs(line: _Line, sequence: list[int], kinds: list[str]) -> list[tuple[int, int]]:
    """Bracket pairs in the order of their opening (BD16)."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for at, index in enumerate(sequence):
        char = line.text[index]
        if kinds[at] != "ON":
            continue
        if char in _CLOSES:
            if len(stack) == 63:
                return []
            stack.append((_SAME.get(_CLOSES[char], _CLOSES[char]), at))
        elif char in _CLOSING:
            wanted = _SAME.get(char, char)
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == wanted:
                    found.append((stack[depth][1], at))
                    del stack[depth:]
                    break
    return sorted(found)


def _neutrals(kinds: list[str], start: str, end: str, own: str) -> None:
    """Rules N1 and N2."""
    at = 0
    while at < len(kinds):
        stop = at
        while stop < len(kinds) and kinds[stop] in _NEUTRAL:
            stop += 1
        if stop > at:
            before = _strong(kinds[at - 1]) if at else start
            after = _strong(kinds[stop]) if stop < len(kinds) else end
            kinds[at:stop] = [before if before == after else own] * (stop - at)
        at = max(stop, at + 1)
