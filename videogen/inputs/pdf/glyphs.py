"""Glyphs of a page -> pieces of lines: words that stand close together, with what their fonts tell."""

from __future__ import annotations

import bisect
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from videogen.inputs.pdf.pages import CODE, INDEX, MATH, PLAIN, Cell, Span

_BOLD = re.compile(
    r"bold|black|heavy|demi|medi(?!um.*(?:book|light))|cmbx|cmssbx|cmb1|sfbx|sfsx|ecbx|bx\d|semibold|-b$", re.I
)
_CODE = re.compile(
    r"mono(?!type)|courier|consol|menlo|typewriter|cmtt|cmsltt|cmitt|sftt|ectt|txtt|inconsolata|nimbusmon|fixed|"
    r"lmtt|lucidacons|(?:source|fira|anonymous)[\w ]*code|terminal",
    re.I,
)
_MATH = re.compile(r"cmmi|cmsy|cmex|msam|msbm|lmmath|math|eufm|stmary|rsfs|cmmib|txmi|txsy|pxmi|pxsy|mtmi|mtsy", re.I)
_PRIVATE = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf0fc": "✓", "\uf0e0": "→", "\uf076": "•", "\uf06e": "•",
            "\uf0a8": "•", "\uf0b0": "°", "\uf0ae": "→", "\uf02d": "–", "\uf071": "•"}  # fmt: skip
_TEX_TEXT = re.compile(r"(?:^|\+)(?:cm(?:r|ti|bx|ss|sl|csc|b|u|dunh|fib)|sfrm)[a-z]*\d", re.I)
_TEX_CODE = re.compile(r"(?:^|\+)cm(?:\w*tt|tcsc)", re.I)
_TEX_SIGNS = re.compile(r"(?:^|\+)cmb?sy\d", re.I)
_TEX_LETTERS = re.compile(r"(?:^|\+)cmmib?\d", re.I)
_OT1 = {"\x0b": "ff", "\x0c": "fi", "\x0d": "fl", "\x0e": "ffi", "\x0f": "ffl", "\\": "“", '"': "”", "{": "–", "|": "—",
        "<": "¡", ">": "¿"}  # fmt: skip
_OMS = {"\x00": "−", "\x01": "·", "\x02": "×", "\x03": "∗", "\x06": "±", "\x0e": "◦", "\x0f": "•", "\x11": "≡",
        "\x12": "⊆", "\x13": "⊇", "\x14": "≤", "\x15": "≥", "\x18": "∼", "\x19": "≈", "\x1a": "⊂", "\x1b": "⊃",
        "!": "→", "$": "↔", ")": "⇒", ",": "⇔", "/": "∝", "0": "′", "1": "∞", "2": "∈", "8": "∀", "9": "∃", ":": "¬",
        ";": "∅", "[": "∪", "^": "∧", "_": "∨", "b": "⌊", "c": "⌋", "d": "⌈", "e": "⌉", "f": "{", "g": "}",
        "h": "⟨", "i": "⟩", "j": "|", "k": "∥", "n": "∖", "p": "√", "r": "∇", "s": "∫"}  # fmt: skip
_OML = dict(zip(map(chr, range(11)), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True)) | dict(
    zip(map(chr, range(11, 40)), "αβγδεζηθικλμνξπρστυφχψωεϑϖϱςφ", strict=True)
) | {":": ".", ";": ",", "=": "/"}  # fmt: skip
_UNKNOWN = re.compile(r"\(cid:(\d{1,6})\)")
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_SUPERSCRIPTS = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_RTL = ("R", "AL")
SPACE = 0.12
"""A gap of so many times the size of the letters is a space."""
LONGEST_MARK = 4
"""Letters of an index or of a mark that are raised or lowered together."""
APART = 1.0
"""A gap of so many times the size parts pieces of a line."""


class Glyph(NamedTuple):
    """A letter where it stands: its left and right end and its base line, in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str


class Piece(NamedTuple):
    """Words of a line that stand close together."""

    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    spans: tuple[Span, ...]
    cells: tuple[Cell, ...] = ()
    """Of a row of a table that is drawn with lines."""
    table: int = 0
    """Which of the page's tables it is a row of; 0 for none."""

    @property
    def cell(self) -> Cell:
        """Only its place on the line and its words."""
        return Cell(round(self.x0, 1), round(self.x1, 1), self.spans)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)


@lru_cache(maxsize=20_000)
def plain(text: str, font: str = "") -> str:
    """A glyph's text: ligatures and forms of Arabic letters taken apart, signs of symbol fonts as they look.

    Fonts of TeX that do not tell what their glyphs are have them where TeX puts them.

    >>> plain("ﬁ"), plain("\x0c", "ABCDEF+CMR10"), plain("\uf0b7"), plain("(cid:9)")
    ('fi', 'fi', '•', '\ufffd')
    """
    if font and (match := _UNKNOWN.fullmatch(text)) and int(match[1]) < 32:
        text = chr(int(match[1]))
    if font and len(text) == 1:
        if _TEX_TEXT.search(font) and not _TEX_CODE.search(font):
            text = _OT1.get(text, text)
        elif _TEX_SIGNS.search(font):
            text = _OMS.get(text, text)
        elif _TEX_LETTERS.search(font):
            text = _OML.get(text, text)
    if _UNKNOWN.fullmatch(text):
        return "\ufffd"
    text = _PRIVATE.get(text, text)
    if any("\ufb00" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefc" for char in text):
        text = unicodedata.normalize("NFKC", text)
    kept = (
        char for char in text if char == "\u00ad" or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    return "".join(kept).replace("\u00a0", " ")


@lru_cache(maxsize=1000)
def sort_of(font: str) -> str:
    """What letters of a font are, going by its name: PLAIN, CODE or MATH."""
    return MATH if _MATH.search(font) else CODE if _CODE.search(font) else PLAIN


@lru_cache(maxsize=1000)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))


def turned(glyphs: Iterable[tuple[str, tuple[float, ...], float, float, str]]) -> list[Glyph]:
    """Glyphs that are set in the direction in which most of a page is; that direction becomes left to right.

    Each is its text, its matrix, its width along its line, its size, and its font.
    """
    by_angle: dict[int, list[Glyph]] = {}
    for text, (a, b, _, _, e, f), width, size, font in glyphs:
        if b == 0 and a > 0:
            by_angle.setdefault(0, []).append(Glyph(text, e, e + width, f, size, font))
            continue
        degrees = math.degrees(math.atan2(b, a))
        angle = round(degrees / 90)
        if abs(degrees - angle * 90) > 3:
            continue
        angle %= 4
        x, y = ((e, f), (f, -e), (-e, -f), (-f, e))[angle]
        by_angle.setdefault(angle, []).append(Glyph(text, x, x + width, y, size, font))
    return max(by_angle.values(), key=lambda some: sum(glyph.text != " " for glyph in some), default=[])


def pieces_of(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of lines that glyphs make, from the top of the page."""
    return pieces_in(rows_in(glyphs))


def pieces_in(rows: Sequence[Sequence[Glyph]]) -> list[Piece]:
    """The pieces of lines in rows of glyphs."""
    pieces = []
    for row in rows:
        pieces += [piece for part in _parts(row) if (piece := _piece(part)) is not None]
    return pieces


def rows_in(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs on one base line; those that are raised or lowered a little belong to the line they stand next to."""
    said = [glyph for glyph in glyphs if glyph.text.strip() and glyph.size > 1]
    rows: list[list[Glyph]] = []
    base: list[float] = []
    small: list[Glyph] = []
    usual = _usual(said)
    for glyph in sorted(said, key=lambda glyph: -glyph.y):
        if glyph.size < 0.82 * usual:
            small.append(glyph)
        elif rows and abs(base[-1] - glyph.y) <= 0.3 * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base.append(glyph.y)
    spare: list[Glyph] = []
    for run in _runs(small):
        homes = [_home(glyph, rows, base) for glyph in run]
        if len(run) <= LONGEST_MARK:
            # of an index of two digits only one stands beside its letter
            homes = [next((home for home in homes if home is not None), None)] * len(run)
        for glyph, home in zip(run, homes, strict=True):
            if home is not None:
                rows[home].append(glyph)
            else:
                spare.append(glyph)
    # what is set smaller than most, such as footnotes, has raised letters of its own
    return sorted([*rows, *(rows_in(spare) if spare else [])], key=lambda row: -_middle(row))


def _usual(glyphs: Sequence[Glyph]) -> float:
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _middle(row: Sequence[Glyph]) -> float:
    return sorted(glyph.y for glyph in row)[len(row) // 2]


def _home(glyph: Glyph, rows: Sequence[Sequence[Glyph]], base: Sequence[float]) -> int | None:
    """The row that a small glyph is raised or lowered from: it stands right beside one of its glyphs."""
    at = bisect.bisect_left([-y for y in base], -glyph.y - 14)
    while at < len(base) and base[at] > glyph.y - 14:
        for other in rows[at]:
            near = (
                -0.3 * other.size < glyph.x0 - other.x1 < 0.35 * other.size
                or -0.3 * other.size < (other.x0 - glyph.x1) < 0.2 * other.size
            )
            if near and other.size > glyph.size * 1.15 and -0.4 * other.size < glyph.y - other.y < 0.65 * other.size:
                return at
        at += 1
    return None


def _runs(small: Sequence[Glyph]) -> list[list[Glyph]]:
    """Small glyphs, those together that stand right behind each other."""
    runs: list[list[Glyph]] = []
    for glyph in sorted(small, key=lambda glyph: (-round(glyph.y, 1), glyph.x0)):
        if runs and _goes_with(glyph, runs[-1][-1]):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _goes_with(glyph: Glyph, before: Glyph) -> bool:
    """Whether a small glyph stands right behind another."""
    level = abs(glyph.y - before.y) < 0.1 * glyph.size and abs(glyph.size - before.size) < 0.1 * glyph.size
    return level and -0.2 * glyph.size < glyph.x0 - before.x1 < 0.2 * glyph.size


def _parts(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """A row parted where there are wide gaps."""
    part: list[Glyph] = []
    for glyph in sorted(row, key=lambda glyph: (glyph.x0, glyph.x1)):
        if part:
            before = part[-1]
            end = max(other.x1 for other in part[-4:])
            if glyph.text == before.text and abs(glyph.x0 - before.x0) < 0.15 * glyph.size:
                continue  # set twice, to look bold
            if glyph.x0 - end > APART * max(min(before.size, glyph.size), 1):
                yield part
                part = []
        part.append(glyph)
    if part:
        yield part


def _piece(glyphs: list[Glyph]) -> Piece | None:
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    usual = max(sizes, key=lambda size: (sizes[size], size))
    big = [glyph for glyph in glyphs if glyph.size >= 0.85 * usual]
    y = _middle(big)
    spans = [Span(_right_to_left(glyphs), PLAIN)] if _is_rtl(glyphs) else list(_spans(glyphs, usual, y))
    if not "".join(span.text for span in spans).strip():
        return None
    bold = sum(_is_bold(glyph.font) for glyph in glyphs) > 0.6 * len(glyphs)
    return Piece(glyphs[0].x0, max(glyph.x1 for glyph in glyphs), round(y, 1), usual, bold, tuple(spans))


def _spans(glyphs: Sequence[Glyph], usual: float, y: float) -> Iterator[Span]:
    text, sort, before = "", PLAIN, None
    for glyph in glyphs:
        kind = sort_of(glyph.font)
        shown = glyph.text
        raised = _raised(glyph, usual, y)
        gap = before is not None and glyph.x0 - before.x1 > SPACE * min(glyph.size, before.size)
        if kind == MATH and glyph.size < 0.85 * usual and not raised and glyph.y < y - 0.05 * usual:
            kind = INDEX if shown.isalpha() else kind
        if raised and text == "" and shown.isdigit() and before is None:
            shown = shown.translate(_RAISED)  # of a footnote, which begins with it
        elif raised:
            # a mark of a footnote says nothing; an exponent does
            if before is not None and _raised(before, usual, y):
                counted = text[-1:] in _SUPERSCRIPTS
            else:
                counted = before is not None and (before.text[-1:].isdigit() or sort_of(before.font) == MATH)
            sign = shown.translate(_RAISED)
            of_formula = (
                kind == MATH
                and before is not None
                and (sort_of(before.font) == MATH or before.text in ")]}|" or text[-1:] in _SUPERSCRIPTS)
            )
            kind = INDEX if of_formula and sign == shown and shown not in _SUPERSCRIPTS and shown != "′" else kind
            shown = sign if counted or kind == INDEX else "" if not shown.isalpha() or len(shown) == 1 else shown
        if kind != sort and text and not (raised and not shown):
            yield Span(text, sort)
            text = ""
        if not (raised and not shown):
            sort = kind
        text += (" " if gap and shown else "") + shown
        before = glyph
    if text:
        yield Span(text, sort)


def _raised(glyph: Glyph, usual: float, y: float) -> bool:
    return glyph.size < 0.85 * usual and glyph.y - y > 0.18 * usual


def _is_rtl(glyphs: Sequence[Glyph]) -> bool:
    sorts = [unicodedata.bidirectional(char) for glyph in glyphs for char in glyph.text]
    return sum(sort in _RTL for sort in sorts) * 2 > sum(sort in (*_RTL, "L") for sort in sorts) > 0


def _right_to_left(glyphs: Sequence[Glyph]) -> str:
    """The text of a piece that reads from the right; numbers and foreign words in it read from the left."""
    parts: list[str] = []
    run: list[str] = []
    before = None
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.x1):
        gap = before is not None and before.x0 - glyph.x1 > SPACE * min(glyph.size, before.size)
        foreign = any(unicodedata.bidirectional(char) in ("L", "EN", "AN") for char in glyph.text)
        if not foreign or (gap and not run):
            parts += ["".join(reversed(run)), " " if gap else ""]
            run = []
        elif gap:
            run.append(" ")
        if foreign:
            run.append(glyph.text)
        else:
            parts.append(glyph.text)
        before = glyph
    return "".join([*parts, *reversed(run)])
