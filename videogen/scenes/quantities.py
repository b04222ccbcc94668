"""Numbers as they are written in a chart."""

from __future__ import annotations

_BEFORE, _AFTER = "$€£¥", ("%", "°")


def number(value: float, beside: float = 0.0) -> str:
    """A number as it is shown: thousands divided, large ones shortened, no more digits than can be read; in the
    manner of the largest of those that it stands `beside`.

    >>> [number(value) for value in (0.9, 58, 1204, 12400, 1250000, -3.14159)]
    ['0.9', '58', '1,204', '12.4k', '1.25M', '\\u22123.14']
    """
    size = abs(value)
    for least, unit, sign in ((1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if max(size, abs(beside)) >= least * 0.9999 and size:
            text = f"{size / unit:.3g}" + sign
            break
    else:
        text = f"{size:,.0f}" if size >= 1000 or size == int(size) else f"{size:.3g}"
    return ("\u2212" if value < 0 else "") + text


def measured(value: float, unit: str, beside: float = 0.0) -> str:
    """A number with its unit, as it is written with it.

    >>> measured(5, "%"), measured(5, "€"), measured(5, "ms")
    ('5%', '€5', '5 ms')
    """
    text = number(value, beside)
    if unit and unit in _BEFORE:
        return unit + text
    return text + (unit if sticks(unit) else f" {unit}" if unit else "")


def sticks(unit: str) -> bool:
    """Whether a unit is a sign that stands with every number, rather than a word that is said once.

    >>> sticks("%"), sticks("€"), sticks("ms")
    (True, True, False)
    """
    return bool(unit) and (unit in _BEFORE or unit.startswith(_AFTER))
