"""How numbers are written in a language: CLDR's data, by Babel. English, which needs none, does not import it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from babel import Locale

MINUS = "\u2212"
MONEY = ("$", "€", "£", "¥")
"""Signs of currencies, which stand before the number in some languages and behind it in others."""
_DIRECTIONS = re.compile("[\u200e\u200f\u061c']")
"""What says which way a text runs, which is found out of the letters; and CLDR's quotes."""


class Writing(NamedTuple):
    """The marks of a language; each pair is what stands before a number, and behind it."""

    decimal: str
    group: str
    percent: tuple[str, str]
    money: tuple[str, str]
    """With `¤` for the sign."""
    degrees: str
    """What stands between a number and °C."""


class Short(NamedTuple):
    """How a large number is shortened: divided by `unit`, between two texts."""

    unit: int
    before: str
    after: str


_ENGLISH = Writing(".", ",", ("", "%"), ("¤", ""), "")
_ENGLISH_SHORT = {10**power: Short(10 ** (power // 3 * 3), "", " kMB"[power // 3]) for power in range(4, 12)}


@lru_cache(maxsize=32)
def writing(language: str) -> Writing:
    """The marks of a language (BCP 47); those of English for one that CLDR does not know.

    >>> writing("de").decimal, writing("de").percent, writing("fr").money
    (',', ('', '\\xa0%'), ('', '\\xa0¤'))
    """
    locale = _locale(language)
    if locale is None:
        return _ENGLISH
    symbols = locale.number_symbols["latn"]
    percent, money = locale.percent_formats[None], locale.currency_formats["standard"]
    from babel.units import format_unit

    between = format_unit(5, "temperature-celsius", "short", locale=locale)
    return Writing(
        symbols["decimal"],
        symbols["group"],
        (_plain(percent.prefix[0]), _plain(percent.suffix[0])),
        (_plain(money.prefix[0]), _plain(money.suffix[0])),
        _plain(between)[1:].partition("°")[0],
    )


def shortened(size: float, language: str) -> Short | None:
    """How a number of about this size is shortened in a language; None for one below ten thousand, and where it is
    usual to write it out.

    >>> shortened(12_400, "en"), shortened(12_400, "de"), shortened(1_250_000, "de")
    (Short(unit=1000, before='', after='k'), None, Short(unit=1000000, before='', after='\\xa0Mio.'))
    """
    power = next((each for each in range(11, 3, -1) if size >= 10**each * 0.9999), 0)
    if not power:
        return None
    locale = _locale(language)
    if locale is None:
        return _ENGLISH_SHORT[10**power]
    pattern = locale.compact_decimal_formats["short"]["other"][str(10**power)]
    figures = pattern.pattern.count("0")
    if figures == len(str(10**power)) or not (pattern.prefix[0] or pattern.suffix[0]):
        return None
    return Short(10 ** (power + 1 - figures), _plain(pattern.prefix[0]), _plain(pattern.suffix[0]))


def in_figures(text: str, language: str) -> str:
    """A number of plain figures with its thousands divided.

    >>> in_figures("1234.5", "en"), in_figures("1234.5", "de"), in_figures("1234.5", "fr")
    ('1,234.5', '1.234,5', '1\\u202f234,5')
    """
    locale = _locale(language)
    whole, point, decimals = text.partition(".")
    if locale is None:
        return f"{int(whole):,}{point}{decimals}"
    from babel.numbers import format_decimal

    return format_decimal(int(whole), locale=locale) + (writing(language).decimal + decimals if point else "")


def in_money(text: str, sign: str, language: str) -> str:
    """An amount with its currency's sign.

    >>> in_money("5", "€", "en"), in_money("5", "€", "de")
    ('€5', '5\\xa0€')
    """
    before, after = (each.replace("¤", sign) for each in writing(language).money)
    return f"{before}{text}{after}"


def rewritten(text: str, source: str, language: str) -> str:
    """A number as a text in the `source` language has it, for one in another; any other text as it is.

    >>> rewritten("12,480", "en", "de"), rewritten("3.5", "en", "fr"), rewritten("1.2.3", "en", "de")
    ('12.480', '3,5', '1.2.3')
    """
    ours, theirs = writing(source), writing(language)
    group = r"[\s\u00a0\u202f'’]" if not ours.group.strip() else re.escape(ours.group)
    found = re.fullmatch(
        rf"([+\-{MINUS}]?)(?:(\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}})|(\d+))(?:{re.escape(ours.decimal)}(\d+))?",
        text,
    )
    if not found:
        return text
    sign, grouped, whole, decimals = found.groups()
    figures = in_figures(re.sub(r"\D", "", grouped), language) if grouped else whole
    return sign + figures + (theirs.decimal + decimals if decimals else "")


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale | None:
    """CLDR's data of a language, or of what it is a variety of; None for English, and for one that it does not have."""
    if language.lower().partition("-")[0] == "en":
        return None
    from babel import Locale, localedata

    names = (language.replace("-", "_"), language.partition("-")[0])
    found = next((name for name in map(localedata.normalize_locale, names) if name), None)
    return Locale.parse(found) if found else None


def _plain(text: str) -> str:
    return _DIRECTIONS.sub("", text)
