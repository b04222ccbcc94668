"""Numbers as they are written in a chart, in the language of the film."""

from __future__ import annotations

from videogen.model.numbers import MINUS, MONEY, in_figures, in_money, shortened, writing


def number(value: float, language: str, beside: float = 0.0) -> str:
    """A number as it is shown: thousands divided, large ones shortened, no more digits than can be read; in the
    manner of the largest of those that it stands `beside`.

    >>> [number(value, "en") for value in (0.9, 58, 1204, 12400, 1250000, -3.14159)]
    ['0.9', '58', '1,204', '12.4k', '1.25M', '\\u22123.14']
    >>> [number(value, "de") for value in (0.9, 1204, 12400, 1250000)]
    ['0,9', '1.204', '12.400', '1,25\\xa0Mio.']
    """
    size = abs(value)
    short = shortened(max(size, abs(beside)), language) if size else None
    if short:
        text = short.before + in_figures(_figures(size / short.unit), language) + short.after
    else:
        whole = size >= 1000 or size == int(size)
        text = f"{size:.0f}" if whole else _figures(size)
        text = text.replace(".", writing(language).decimal) if "e" in text else in_figures(text, language)
    return (MINUS if value < 0 else "") + text


def _figures(size: float) -> str:
    """Three figures that count; only what is very small has a power of ten."""
    text = f"{size:.3g}"
    return f"{float(text):.0f}" if "e+" in text else text


def measured(value: float, unit: str, language: str, beside: float = 0.0) -> str:
    """A number with its unit, as it is written with it.

    >>> measured(5, "%", "en"), measured(5, "€", "en"), measured(5, "ms", "en"), measured(-5, "€", "en")
    ('5%', '€5', '5 ms', '€\\u22125')
    >>> measured(5, "%", "de"), measured(5, "€", "de"), measured(5, "°C", "de")
    ('5\\xa0%', '5\\xa0€', '5 °C')
    """
    text = number(value, language, beside)
    if unit in MONEY:
        return in_money(text, unit, language)
    if unit == "%":
        before, after = writing(language).percent
        return f"{before}{text}{after}"
    if unit.startswith("°"):
        return f"{text}{writing(language).degrees if unit[1:] else ''}{unit}"
    return text + (unit if sticks(unit) else f" {unit}" if unit else "")


def sticks(unit: str) -> bool:
    """Whether a unit is a sign that stands with every number, rather than a word that is said once.

    >>> sticks("%"), sticks("€"), sticks("ms")
    (True, True, False)
    """
    return unit in MONEY or unit.startswith(("%", "°"))
