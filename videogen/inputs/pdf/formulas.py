"""Formulas: which lines show one, and what can still be said of the sentences that they stand in.

A formula is not read out, and a sentence with a hole in it says nothing: a sentence is left out with its formula.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from videogen.inputs.pdf.columns import is_code
from videogen.inputs.pdf.pages import CODE, INDEX, MATH, PLAIN, Line, Span

GAP = "\ufffc"
"""Stands where a formula stood."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_FUNCTIONS = {
    "arg", "cos", "cot", "deg", "det", "dim", "div", "exp", "gcd", "inf", "ker", "lim", "log", "max", "min", "mod",
    "sin", "sup", "tan", "sinh", "cosh", "tanh", "sgn", "rank", "arccos", "arcsin", "arctan", "argmax", "argmin",
}  # fmt: skip
_RELATION = re.compile(r"[=<>≤≥≠≈≡∼∝∈∉⊂⊆→↦±×·⋅∑∏∫√∞∂∇+−∗∪∩]")
_NUMBERED = re.compile(r"\(\s*(?:[A-Z]\s?\.?)?\d+\s?(?:[.:,-]\s?\d+)*\s?[a-z′']?\s*\)")
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"“‘(\[]?\\?[^\W_a-z]|\ufffc)|(?<=[。！？])")
_SHORT = re.compile(r"(?:^|[\s(])(?:e\.\s?g|i\.\s?e|cf|vs|etc|resp|approx|al|eqs?|figs?|tabs?|sects?|refs?|nos?|"
                    r"pp?|vol|ca|dr|prof|mrs?|st|[a-z])\.$", re.I)  # fmt: skip
_POINTS = re.compile(
    r"[(\[\"“‘]*(?:it|its|this|that|these|those|they|their|our|such|both|each|then|thus|therefore|hence|so|also|here|"
    r"however|otherwise|consequently|moreover|in (?:this|that|these|such|both)|now|"
    r"the (?:first|second|third|last|latter|former|above|same|resulting|resultant)|"
    r"dies\w*|jede\w*|damit|daher|dann|somit|also|er|sie|es|cel\w+|cet\w*|ces?|donc|ainsi|alors|ils?|elles?|chaque|"
    r"est[eao]s?|entonces|cada|quest[aeoi]|ogni)\b",
    re.I,
)
"""How a sentence begins that says nothing without the one before it."""
LONGEST_SAID = 12
"""Signs of a formula within a sentence that can be said although it states something: "N ≤ 64"."""

LONGEST_NAME = 20
"""Signs of one that states nothing."""


def worded(line: Line) -> float:
    """The part of a line's signs that are letters of words, which names of functions are not."""
    signs = letters = 0
    for cell in line.cells:
        for span in cell.spans:
            signs += len(re.sub(r"\s", "", span.text))
            if span.sort in (PLAIN, CODE):
                letters += sum(len(word) for word in _WORD.findall(span.text) if word.lower() not in _FUNCTIONS)
    return letters / signs if signs else 0.0


def without_fragments(lines: Sequence[Line]) -> list[Line]:
    """Lines without the signs that reach into the line above or below them: a sum, a bar, a root."""
    return [line for at, line in enumerate(lines) if not _is_fragment(lines, at)]


def _is_fragment(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if line.table or line.share(MATH) < 0.5 or worded(line) > 0 or len(line.text) > 12:
        return False
    for other in lines[max(at - 1, 0) : at + 2]:
        if other is not line and _beside(line, other) and abs(line.y - other.y) < 0.9 * other.size and worded(other):
            return True
    return False


def _beside(line: Line, other: Line) -> bool:
    return line.page == other.page and line.column == other.column


def displayed(lines: Sequence[Line], body: float, apart: Collection[int]) -> list[bool]:
    """For each line, whether it belongs to a formula that is set apart. Those in `apart` are something else."""
    found = [at not in apart and _states(line) for at, line in enumerate(lines)]
    parts = [at not in apart and _may_belong(line, body) for at, line in enumerate(lines)]
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for at in order:
            if not found[at] and parts[at]:
                near = [other for other in (at - 1, at + 1) if 0 <= other < len(lines) and found[other]]
                line = lines[at]
                found[at] = any(
                    _beside(line, lines[other]) and abs(line.y - lines[other].y) < 2 * body for other in near
                )
    return [
        hit or (parts[at] and line.size < 0.85 * body and line.share(MATH) > 0)
        or (parts[at] and _is_number(line))
        for at, (hit, line) in enumerate(zip(found, lines, strict=True))
    ]  # fmt: skip


def _states(line: Line) -> bool:
    """Whether a line shows a formula, going by it alone."""
    if is_code(line) or line.table:
        return False
    words = [word for word in _WORD.findall(line.text) if word.lower() not in _FUNCTIONS]
    share = line.share(MATH)
    if share >= 0.4 and len(words) < 4:
        return True
    part = worded(line)
    end = max((cell.x1 for cell in line.cells if not _NUMBERED.fullmatch(cell.text)), default=line.x1)
    middle = line.x0 - line.left > 1.2 * line.size and line.right - end > 1.2 * line.size
    most = 0.5 if middle else 0.3
    return share > 0 and part < most and bool(_RELATION.search(line.text))


def _may_belong(line: Line, body: float) -> bool:
    """Whether a line may be a limit of a sum, the number of a formula, or the like."""
    if is_code(line) or line.table or worded(line) > 0:
        return False
    return line.size < 0.85 * body or line.share(MATH) >= 0.3 or _is_number(line)


def _is_number(line: Line) -> bool:
    """Whether a line is only the number of a formula, at the right of its column."""
    middle = (line.left + line.right) / 2
    return bool(_NUMBERED.fullmatch(line.text)) and line.x0 > middle


def gap(line: Line) -> Line:
    """A line with a formula, as what stands for it: whether it ends a sentence still shows."""
    text = "".join(cell.text for cell in line.cells if not _NUMBERED.fullmatch(cell.text)).rstrip()
    shown = GAP + ("." if text.endswith(".") and not text.endswith("..") else "")
    return line._replace(cells=(line.cells[0]._replace(spans=(Span(shown, PLAIN),)),))


def is_gap(line: Line) -> bool:
    """Whether a line stands for a formula."""
    return line.text.startswith(GAP)


def with_gaps(spans: Sequence[Span]) -> list[Span]:
    """Spans of a line, a formula in it that nobody can say as a gap."""
    if not any(span.sort in (MATH, INDEX) for span in spans):
        return list(spans)
    text = "".join(span.text for span in spans)
    sorts = [span.sort for span in spans for _ in span.text]
    runs = _runs(text, sorts)
    if not runs:
        return list(spans)
    found: list[Span] = []
    at = 0
    for start, end in [*runs, (len(text), len(text))]:
        found += _sliced(text, sorts, at, start)
        if start < end:
            found.append(Span(GAP, PLAIN))
        at = end
    return found


def _sliced(text: str, sorts: Sequence[str], start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for at in range(start, end):
        if spans and spans[-1].sort == sorts[at]:
            spans[-1] = Span(spans[-1].text + text[at], sorts[at])
        else:
            spans.append(Span(text[at], sorts[at]))
    return spans


def _runs(text: str, sorts: Sequence[str]) -> list[tuple[int, int]]:
    """Where formulas stand that nobody can say."""
    tokens = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    runs: list[tuple[int, int]] = []
    open_: list[tuple[int, int]] = []
    for token in [*tokens, None]:
        kind = _kind(text, sorts, token) if token else "word"
        if kind == "word":
            while open_ and _kind(text, sorts, open_[-1]) != "math":
                open_.pop()
            if open_:
                end = open_[0][0] + len(text[open_[0][0] : open_[-1][1]].rstrip(".,;:"))
                if _is_unsayable(text[open_[0][0] : end], sorts[open_[0][0] : end]):
                    runs.append((open_[0][0], end))
            open_ = []
        elif token and (open_ or kind == "math"):
            open_.append(token)
    return runs


def _kind(text: str, sorts: Sequence[str], token: tuple[int, int]) -> str:
    start, end = token
    plain = "".join(text[at] if sorts[at] in (PLAIN, CODE) else " " for at in range(start, end))
    if any(word.lower() not in _FUNCTIONS for word in re.findall(r"[^\W\d_]{2,}", plain)):
        math = any(sort == INDEX for sort in sorts[start:end])
        return "math" if math and not re.search(r"[^\W\d_]{4,}", plain) else "word"
    if any(sort in (MATH, INDEX) for sort in sorts[start:end]):
        return "math"
    return "word" if re.search(r"[^\W\d_]", plain) and not _FUNCTIONS & {plain.strip().lower()} else "sign"


def _is_unsayable(text: str, sorts: Sequence[str]) -> bool:
    signs = len(re.sub(r"\s", "", text))
    if INDEX in sorts or "\ufffd" in text or signs > LONGEST_NAME:
        return True
    return signs > LONGEST_SAID and bool(_RELATION.search(text))


def readable(rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lines of a paragraph, each with its page, without the sentences that have a gap, or point to one that had."""
    whole = "\n".join(text for _, text in rows)
    if GAP not in whole:
        return list(rows)
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(whole) if not _SHORT.search(whole[: match.start()])),
            len(whole)]  # fmt: skip
    kept: list[tuple[int, int]] = []
    lost = False
    for a, b in pairwise(cuts):
        lost = GAP in whole[a:b] or (lost and bool(_POINTS.match(whole[a:b])))
        if not lost:
            kept.append((a, b))
    found = []
    start = 0
    for page, text in rows:
        end = start + len(text)
        parts = [whole[max(a, start) : min(b, end)] for a, b in kept if a < end and b > start]
        found.append((page, "".join(parts).strip()))
        start = end + 1
    return found
