"""English words for numbers, American style ("one hundred twenty-three")."""

from __future__ import annotations

_NAMES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_ONES = _NAMES.split()
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ["", " thousand", " million", " billion", " trillion"]
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MAX_DIGITS = 15


def digits(text: str) -> str:
    """Each digit by its own name.

    >>> digits("007")
    'zero zero seven'
    """
    return " ".join(_ONES[int(char)] for char in text)


def _below_hundred(value: int) -> str:
    if value < 20:
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _below_hundred(rest)
    return f"{_ONES[hundreds]} hundred" + (f" {_below_hundred(rest)}" if rest else "")


def cardinal(text: str) -> str:
    """A whole number given as digits. Leading zeros and numbers of more than 15 digits are read digit by digit.

    >>> cardinal("1234567")
    'one million two hundred thirty-four thousand five hundred sixty-seven'
    """
    if len(text) > _MAX_DIGITS or (len(text) > 1 and text[0] == "0"):
        return digits(text)
    value, scale, groups = int(text), 0, []
    while value:
        value, group = divmod(value, 1000)
        if group:
            groups.append(_below_thousand(group) + _SCALES[scale])
        scale += 1
    return " ".join(reversed(groups)) or "zero"


def ordinal(text: str) -> str:
    """The ordinal of a whole number given as digits.

    >>> ordinal("22")
    'twenty-second'
    """
    words = cardinal(str(int(text)) if len(text) <= _MAX_DIGITS else text)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _ORDINALS:
        return words[:cut] + _ORDINALS[last]
    return words[:cut] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def plural(words: str) -> str:
    """The plural of number words: "nineteen nineties".

    >>> plural("nineteen ninety")
    'nineteen nineties'
    """
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def year(text: str) -> str:
    """Four digits in pairs, as years, ports and screen heights are said.

    >>> year("1080"), year("2005"), year("1905"), year("4000"), year("1500")
    ('ten eighty', 'two thousand five', 'nineteen oh five', 'four thousand', 'fifteen hundred')
    """
    high, low = int(text[:2]), int(text[2:])
    if high < 10 or (high % 10 == 0 and low < 10):
        return cardinal(text)
    if low == 0:
        return f"{_below_hundred(high)} hundred"
    return f"{_below_hundred(high)} {f'oh {_ONES[low]}' if low < 10 else _below_hundred(low)}"


def code(text: str) -> str:
    """Digits inside a name: "256" is two fifty-six, "264" two sixty-four.

    >>> code("256"), code("64"), code("800")
    ('two fifty-six', 'sixty-four', 'eight hundred')
    """
    if len(text) == 3 and text[0] != "0" and text[1:] != "00":
        rest = int(text[1:])
        return f"{_ONES[int(text[0])]} {f'oh {_ONES[rest]}' if rest < 10 else _below_hundred(rest)}"
    return year(text) if len(text) == 4 else cardinal(text)


def number(text: str) -> str:
    """A number as it is written: optional sign, thousands separators, decimals.

    >>> number("1,250"), number("3.14"), number(".5"), number("-2"), number("2024")
    ('one thousand two hundred fifty', 'three point one four', 'zero point five', 'minus two', 'twenty twenty-four')
    """
    if text[:1] in {"-", "−", "+"}:
        return f"{'plus' if text[0] == '+' else 'minus'} {number(text[1:])}"
    whole, _, fraction = text.partition(".")
    bare = whole.replace(",", "").replace("_", "")
    said = year(whole) if len(whole) == 4 and whole[0] != "0" and not fraction else cardinal(bare or "0")
    return f"{said} point {digits(fraction)}" if fraction else said


def version(text: str) -> str:
    """Dotted numbers as people say versions.

    >>> version("3.11"), version("2.0"), version("24.04"), version("1.10.0")
    ('three point eleven', 'two point oh', 'twenty-four point oh four', 'one point ten point zero')
    """
    parts = text.split(".")
    if len(parts) == 2 and parts[1] == "0" and parts[0] != "0":
        return f"{_part(parts[0])} point oh"
    return " point ".join(_part(part) for part in parts)


def _part(text: str) -> str:
    if len(text) == 2 and text[0] == "0":
        return f"oh {_ONES[int(text[1])]}"
    return year(text) if len(text) == 4 and text[0] != "0" else cardinal(text)
