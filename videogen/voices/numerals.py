"""Words with digits that are numbers, as English speakers say them: money, dates, times, ranges, versions, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable

from videogen.voices import english
from videogen.voices.number_words import cardinal, code, digits, number, ordinal, plural, version, year
from videogen.voices.powers import Power

_NUM = r"(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_UNIT = "|".join(re.escape(unit) for unit in sorted(english.UNITS, key=len, reverse=True))
_SIGN = "|".join(re.escape(sign) for sign in sorted(english.COMPARISONS, key=len, reverse=True))
_FRACTIONS = {2: "half", 3: "third", 4: "quarter"}
_VULGAR = {"½": "one half", "¼": "one quarter", "¾": "three quarters", "⅓": "one third", "⅔": "two thirds"}
_VERSION = r"\d+(?:\.(?:\d+|[xX*]))+"
_TAG = r"[-.]?(?:a|b|rc|alpha|beta|dev|post)[-.]?\d*"


def numeral(word: str, before: str = "", after: str = "", first: bool = False) -> str:
    """What is said for `word` when it is a number of some kind, else "". `before` and `after` are its neighbours;
    `first` says that the neighbour before ends no part of the same sentence.

    >>> numeral("$9.99"), numeral("2-4"), numeral("1920x1080")
    ('nine dollars and ninety-nine cents', 'two to four', 'nineteen twenty by ten eighty')
    """
    if word in _VULGAR:
        return _VULGAR[word]
    if not re.search(r"[0-9]", word) or (not word.isascii() and re.search(r"[^\W\d_a-zA-Zµμ]", word)):
        return ""
    if before.casefold() in {"version", "release"}:
        word = word.removeprefix("v").removeprefix("V")
    if _names_version(before, first) and re.fullmatch(r"\d+\.\d+\+?", word):
        return version(word.rstrip("+")) + (" plus" if word.endswith("+") else "")
    for pattern, say in _RULES:
        if match := pattern.fullmatch(word):
            said = say(match)
            if said:
                return said
    if (before in english.MONTHS or after.rstrip(",") in english.MONTHS) and re.fullmatch(r"\d{1,2}", word):
        return ordinal(word)
    return number(word) if re.fullmatch(rf"[-−+]?(?:{_NUM})", word) else ""


def power(found: Power, base: str) -> str:
    """What is said for a power whose base is said so.

    >>> from videogen.voices.powers import power_of
    >>> power(power_of("2⁶³-1"), "two")
    'two to the power of sixty-three minus one'
    """
    exponent = found.exponent
    if exponent in _POWERS:
        said = f"{base} {_POWERS[exponent]}"
    else:
        said = f"{base} to the power of {number(exponent) if exponent[-1].isdecimal() else exponent.upper()}"
    said = f"{number(found.factor)} times {said}" if found.factor else said
    said = f"{found.call.upper()} of {said}" if found.call else said
    return said + (f" {number(found.then)}" if found.then else "")


_POWERS = {"2": "squared", "3": "cubed"}


def _names_version(before: str, first: bool) -> bool:
    """Whether a decimal after this word is a version: after "version", and after a name ("Pillow 11.10")."""
    if before.casefold() in english.VERSIONED or before in {"≥", ">=", "≤", "<=", "<", ">", "=="}:
        return True
    return not first and before[:1].isupper() and before.isalpha() and before not in english.MONTHS


def _version(match: re.Match[str]) -> str:
    lead, digits_, tag, tail = match["v"], match["n"], match["tag"], match["tail"]
    decimals = len(digits_.partition(".")[2])
    if not lead and not tag and digits_.count(".") < 2 and not (tail and decimals > 1):
        return ""
    said = version(re.sub(r"\.[xX*]", "", digits_))
    said += " point X" * len(re.findall(r"\.[xX*]", digits_))
    for part in re.findall(r"[a-z]+|\d+", tag):
        said += f" {cardinal(part) if part.isdigit() else _TAGS.get(part, part)}"
    return ("version " if lead else "") + said + (" plus" if tail else "")


_TAGS = {"a": "alpha", "b": "beta", "rc": "release candidate", "dev": "dev", "post": "post"}


def _money(match: re.Match[str]) -> str:
    one, many, cent, cents = english.CURRENCIES[match["sign"]]
    amount, big = match["n"].replace(",", ""), match["big"].lower()
    if big:
        scale = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}[big]
        return f"{number(amount)} {scale} {many}"
    whole, _, fraction = amount.partition(".")
    if len(fraction) not in {0, 2}:
        return f"{number(amount)} {many}"
    said = [f"{number(whole)} {one if whole == '1' else many}"] if int(whole or 0) or not int(fraction or 0) else []
    if int(fraction or 0):
        said.append(f"{cardinal(str(int(fraction)))} {cent if fraction == '01' else cents}")
    return " and ".join(said)


def _date(match: re.Match[str]) -> str:
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{english.MONTHS[month - 1]} {ordinal(str(day))}, {year(match['y'])}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = match["h"], match["m"], (match["half"] or "").lower().replace(".", "")
    if int(hour) > 24 or int(minute) > 59:
        return f"{cardinal(str(int(hour)))} to {cardinal(str(int(minute)))}"
    said = cardinal(str(int(hour)))
    if int(minute):
        said += f" oh {cardinal(minute[1])}" if minute[0] == "0" else f" {cardinal(minute)}"
    elif not half:
        said += " o'clock"
    return said + (f" {half[0].upper()}.M" if half else "")


def _measure(match: re.Match[str]) -> str:
    sign, amount, unit, rate = match["sign"], match["n"], match["u"], match["rate"]
    if unit == "p" and not re.fullmatch(r"\d{3,4}", amount):
        return ""
    one, many = english.UNITS[unit]
    if unit == "p":
        said = f"{code(amount)} P" + (f" {cardinal(rate)}" if rate and rate.isdigit() else "")
    elif unit == "s" and re.fullmatch(r"1[1-9]\d0|20\d0", amount):
        said = plural(year(amount))
    else:
        said = f"{number(amount)} {one if amount == '1' else many}" + (" per second" if rate == "/s" else "")
    return f"{_compared(sign)}{said}"


def _compared(sign: str) -> str:
    if sign in {"-", "−"}:
        return "minus "
    return f"{english.COMPARISONS[sign]} " if sign else ""


def _range(match: re.Match[str]) -> str:
    low, high, unit = match["a"], match["b"], match["u"] or ""
    tail = f" {english.UNITS[unit][1]}" if unit else ""
    return f"{number(low)} to {number(high)}{tail}"


def _fraction(match: re.Match[str]) -> str:
    top, bottom = int(match[1]), int(match[2])
    if 0 < top < bottom <= 10:
        part = _FRACTIONS.get(bottom) or ordinal(str(bottom))
        part = part if top == 1 else "halves" if part == "half" else f"{part}s"
        return f"{cardinal(str(top))} {part}"
    return f"{cardinal(match[1])} out of {cardinal(match[2])}"


def _compare(match: re.Match[str]) -> str:
    amount = match["n"]
    said = version(amount) if re.fullmatch(_VERSION, amount) and "." in amount else number(amount)
    return f"{english.COMPARISONS[match['sign']]} {said}"


def _rule(pattern: str, say: Callable[[re.Match[str]], str]) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    return re.compile(pattern), say


_RULES = [
    _rule(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", _date),
    _rule(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", _date),
    _rule(rf"(?P<sign>[$€£¥₹])(?P<n>{_NUM})(?P<big>|[kKmMbB]|bn)", _money),
    _rule(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?P<half>[aApP]\.?[mM])?", _clock),
    _rule(r"(\d+):(\d+)", lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}"),
    _rule(r"(\d{1,2})([aApP])\.?[mM]", lambda m: f"{cardinal(m[1])} {m[2].upper()}.M"),
    _rule(r"(\d+)(?:st|nd|rd|th)", lambda m: ordinal(m[1])),
    _rule(r"(\d+)[x×](\d+)", lambda m: f"{code(m[1])} by {code(m[2])}"),
    _rule(rf"(?P<a>{_NUM})(?:-|–|—|\.\.)(?P<b>{_NUM})(?P<u>{_UNIT})?", _range),
    _rule(rf"(?P<sign>[-−]|{_SIGN}|)(?P<n>{_NUM})(?P<u>{_UNIT})(?P<rate>/s|\d\d)?", _measure),
    _rule(rf"(?P<v>[vV]\.?|)(?P<n>\d+|{_VERSION})(?P<tag>{_TAG}|)(?P<tail>\+|)", _version),
    _rule(rf"(?P<sign>{_SIGN})(?P<n>{_VERSION}|{_NUM})", _compare),
    _rule(r"(\d{1,2})/(\d{1,2})", _fraction),
    _rule(r"#(\d+)", lambda m: f"number {cardinal(m[1])}"),
    _rule(rf"({_NUM})\+", lambda m: f"{number(m[1])} plus"),
    _rule(r"(\d{3})-(\d{4})", lambda m: f"{digits(m[1])}, {digits(m[2])}"),
    _rule(r"[vV](\d+)", lambda m: f"version {cardinal(m[1])}"),
]  # fmt: skip
