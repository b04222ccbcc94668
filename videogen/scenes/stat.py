"""One big number, which counts up to what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from videogen.model.kinds import Stat
from videogen.model.numbers import MONEY, writing
from videogen.scenes.elements import Bitmap, Element, Group, SceneKind, Shape, Text
from videogen.scenes.page import BODY_FLOOR, Page
from videogen.scenes.typefaces import length

if TYPE_CHECKING:
    from PIL.Image import Image

EXAMPLE = """\
kind: stat
content:
  value: 92
  prefix: "~"
  suffix: "%"
  label: of a film is kept when one word changes
  context: Measured on the film of the README, one core
"""

_SIZES = (600, 500, 470, 440, 400, 360, 320, 280, 240, 200, 168, 140, 116, 96, 80, 64)
_UNIT = 0.52
"""Size of the suffix, as a share of the number's."""
_LABEL = ((76, 1), (68, 1), (64, 2), (56, 2), (52, 3), (44, 4), (40, 5), (36, 12))
_CONTEXT = ((48, 1), (44, 2), (40, 3), (36, 8))
COUNT_SECONDS = 0.9
_LOW = frozenset(",;$()[]")
"""Signs that reach below the base line."""
_STEPS = 14
_COUNTED = 4
"""Figures that count; those after them are there from the first."""
_TABULAR = ("tnum",)
_Kept = TypeVar("_Kept", bound=Text | Bitmap)


def layout(content: Stat, page: Page) -> list[Group]:
    """The number as large as the page lets it, what it counts below; a percentage fills its bar."""
    theme, fonts = page.theme, page.theme.fonts
    shown = _shown(content.value, page.language)
    label, size = page.fitted(content.label, "label", _LABEL, page.columns(10), fonts.header, theme.text)
    context, small = page.fitted(content.context, "context", _CONTEXT, page.columns(9), fonts.body, theme.muted)
    leading, under = round(size * 1.16), round(small * 1.36)
    gap, thick = page.px(52), page.px(16)
    low = thick + gap + len(label) * leading + (page.px(24) + len(context) * under if context else 0)
    step = _size(content, page, shown, page.bottom - page.top - low - gap)
    tall = round(step * 0.8)
    # clear of a comma's tail
    over = gap + round(step * 0.1 if _LOW & set(f"{content.prefix}{shown}") else 0)
    y = page.settled(page.top, tall + over + low)
    bar_y = y + tall + over
    number, units = _number(content, page, shown, step, y, tall)
    still: list[Element] = []
    share = _share(content)
    full = round(page.width * (share if share is not None else 0)) or page.px(160)
    if share is not None:
        still.append(
            Shape(page.left, bar_y, page.width, thick, thick // 2, theme.raised, 1.0, theme.border, page.px(2))
        )
    at = bar_y + thick + gap
    # beside a number, a block would be read as a 1; over one that stands on a bar, a rule is one rule too many
    if page.theme.mark == "block":
        still.append(page.spine(at, len(label) * leading))
    elif page.theme.mark != "rule":
        still.append(page.spine(y, tall))
    still += page.block(label, page.left, at, size, leading, "header")
    grows = Shape(page.left, bar_y, max(thick, full), thick, thick // 2, page.accent)
    counting = 0.0 if page.look.still else COUNT_SECONDS
    mark = writing(page.language).decimal
    passing = [] if page.look.still else _passing(shown, mark, page, step, number.x, y, tall)
    if page.rtl:
        # a number runs from the left wherever it stands
        ends = page.left + max(one.box[2] for one in (number, *units))
        number, *units = (_kept(one, ends) for one in (number, *units))
        passing = [replace(group, elements=tuple(_kept(one, ends) for one in _figures(group))) for group in passing]
    late = COUNT_SECONDS if passing else 0.0
    groups = [
        Group("label", tuple(still)),
        Group("value", (number,), "value", late, 0.0 if passing else 0.3),
        *passing,
        *([Group("units", tuple(units), "value", 0.0, 0.25)] if units else []),
        Group("bar", (grows,), "value", 0.0, counting, reveal="left"),
    ]
    if context:
        at += len(label) * leading + page.px(24)
        block = tuple(page.block(context, page.left, at, small, under))
        groups.append(Group("context", block, "value", counting, 0.4, dy=page.px(12)))
    return groups


def _kept(element: _Kept, ends: int) -> _Kept:
    """Turned over between the two ends (their sum is given): on a page that is mirrored, in its order again."""
    return replace(element, x=ends - element.box[2])


def _figures(group: Group) -> Iterator[Bitmap]:
    return (one for one in group.elements if isinstance(one, Bitmap))


def _shown(value: str | float, language: str) -> str:
    """A number in the writing of a language; a text as it is.

    >>> _shown(3.5, "de"), _shown("3.5", "de"), _shown(12480, "de")
    ('3,5', '3.5', '12480')
    """
    return value if isinstance(value, str) else str(value).replace(".", writing(language).decimal)


def _share(content: Stat) -> float | None:
    """How much of a whole the number is; None when it is not a percentage."""
    if content.suffix.strip() != "%":
        return None
    try:
        value = float(str(content.value).replace(",", "."))
    except ValueError:
        return None
    return value / 100 if 0 < value <= 100 else None


def _size(content: Stat, page: Page, shown: str, room: int) -> int:
    face = page.theme.fonts.display
    for step in _SIZES[0 if page.narrow else 1 :]:
        size = page.px(step)
        before, after = content.prefix.strip(), content.suffix.strip()
        wide = length(shown, face, size, _TABULAR)
        wide += length(before, face, size) + size * 0.02 if before else 0
        wide += length(after, face, _unit_size(size, page)) + size * _gap(after, page) if after else 0
        if wide <= page.width and size * (0.9 if _LOW & set(before + shown) else 0.8) <= room:
            return size
    raise page.does_not_fit("value", 2, 1)


def _gap(after: str, page: Page) -> float:
    """Between a number and what stands behind it, in shares of the number's size: as a space in languages that have
    one there."""
    marks = writing(page.language)
    spaced = {"%": marks.percent[1], "°C": marks.degrees, **dict.fromkeys(MONEY, marks.money[1])}.get(after, "")
    return 0.16 if spaced[:1].isspace() else 0.06


def _unit_size(size: int, page: Page) -> int:
    return max(page.px(BODY_FLOOR), round(size * _UNIT))


def _number(content: Stat, page: Page, shown: str, size: int, y: int, tall: int) -> tuple[Text, list[Text]]:
    """The number, and what stands before it and, smaller, after it on the same base line."""
    face, theme, small = page.theme.fonts.display, page.theme, _unit_size(size, page)
    base = y + tall / 2 + 0.364 * size
    low = round(small * 0.8)
    top = round(base - 0.364 * small - low / 2)
    units: list[Text] = []
    # large figures are set flush by what is seen of them, as far as the safe area goes
    first = Text((content.prefix.strip() or shown)[0], 0, 0, tall, tall, size, face, page.accent, "display", _TABULAR)
    x = float(page.left - min(_inset(first), page.left - round(0.0505 * page.look.width)))
    if before := content.prefix.strip():
        wide = length(before, face, size)
        units.append(Text(before, round(x), y, round(wide + 0.5), tall, size, face, page.accent, "display"))
        x += wide + size * 0.02
    wide = length(shown, face, size, _TABULAR)
    number = Text(shown, round(x), y, round(wide + 0.5), tall, size, face, page.accent, "display", _TABULAR)
    if after := content.suffix.strip():
        at = round(x + wide + size * _gap(after, page))
        box = (at, top, round(length(after, face, small) + 0.5), low)
        units.append(Text(after, *box, small, face, theme.text, "display"))
    return number, units


def counted(shown: str, share: float, mark: str = ".") -> str:
    """A number on its way: `share` of it, with as many decimals and the same marks; `mark` is that before decimals.

    >>> counted("12,480", 0.5), counted("12,480", 0.05), counted("3.5", 0.1), counted("-20", 0.5)
    ('6,240', '624', '0.3', '-10')
    >>> counted("12.480", 0.5, ","), counted("3,5", 0.1, ",")
    ('6.240', '0,3')
    """
    digits = [char for char in shown if char.isdigit()]
    value = int(int("".join(digits)) * share)
    left = list(str(value).zfill(len(digits)))
    text = "".join(left.pop(0) if char.isdigit() else char for char in shown)
    sign = text[0] if not text[0].isdigit() else ""
    body = text.removeprefix(sign)
    # decimals stay, zeros and marks before the first figure go
    whole = len(body) - _decimals(body, mark)
    head = body[:whole].lstrip("0,.'\u2019\u202f\u00a0 ")
    return sign + (head or "0") + body[whole:]


def _decimals(text: str, mark: str) -> int:
    """Characters of the decimals with their mark; none when the last mark parts thousands. Where three digits follow
    it, it does unless it is the `mark` before decimals."""
    marks = [at for at, char in enumerate(text) if not char.isdigit()]
    if not marks or (text[marks[-1]] not in ".,"):
        return 0
    after = len(text) - marks[-1]
    same = len(marks) > 1 and text[marks[-1]] == text[marks[0]]
    return 0 if same or (after == 4 and text[marks[-1]] != mark) else after


def _passing(shown: str, mark: str, page: Page, size: int, left: int, y: int, tall: int) -> list[Group]:
    """What is seen while it counts: every figure by itself, in the place that it will have, as long as it stays."""
    if not int("".join(char for char in shown if char.isdigit())):
        return []
    face = page.theme.fonts.display
    edges = [left + length(shown[:count], face, size, _TABULAR) for count in range(len(shown) + 1)]
    shares = [1 - (1 - (step + 1) / (_STEPS + 1)) ** 3 for step in range(_STEPS)]
    still = next((at for at in range(len(shown)) if sum(map(str.isdigit, shown[:at])) == _COUNTED), len(shown))
    texts = [counted(shown, share, mark).rjust(len(shown))[:still] + shown[still:] for share in shares]
    seconds = [round(step * COUNT_SECONDS / _STEPS, 4) for step in range(_STEPS + 1)]
    groups: list[Group] = []
    for place in range(len(shown)):
        spans: dict[str, list[tuple[float, float]]] = {}
        at = 0
        for char, run in groupby(text[place] for text in texts):
            last = at + len(list(run))
            spans.setdefault(char, []).append((seconds[at], seconds[last]))
            at = last
        for char, (first, *others) in spans.items():
            if not char.strip():
                continue
            x = (edges[place] + edges[place + 1] - length(char, face, size, _TABULAR)) / 2
            picture, dx, dy = _figure(char, face, size, tall, page.accent)
            groups.append(
                Group(
                    f"count-{place}-{char}",
                    (Bitmap(picture, round(x) + dx, y + dy, figure=True),),
                    "value",
                    first[0],
                    0.0,
                    gone="value",
                    gone_delay=first[1],
                    gone_duration=0.0,
                    again=tuple(others),
                )
            )
    return groups


@lru_cache(maxsize=64)
def _inset(text: Text) -> int:
    """Pixels between where a text begins and where its first letter is inked."""
    from videogen.scenes.lettering import text_mask

    left, _, mask = text_mask(text)
    inked = mask.getbbox()
    return left + inked[0] if inked else 0


@lru_cache(maxsize=64)
def _figure(char: str, face: str, size: int, tall: int, colour: str) -> tuple[Image, int, int]:
    """A figure as a picture, and its place from where its text would begin. Shared: do not draw on it."""
    import PIL.Image

    from videogen.scenes.lettering import text_mask

    wide = round(length(char, face, size, _TABULAR) + 0.5)
    x, y, mask = text_mask(Text(char, 0, 0, wide, tall, size, face, colour, "display", _TABULAR))
    inked = mask.getbbox() or (0, 0, 1, 1)
    mask = mask.crop(inked)
    picture = PIL.Image.new("RGBA", mask.size, colour)
    picture.putalpha(mask)
    return picture, x + inked[0], y + inked[1]


KIND = SceneKind("stat", Stat, layout, EXAMPLE)
