"""Words with digits, as the languages of `tongue` say them: money, dates, times, ranges, versions, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable

from videogen.voices import counting
from videogen.voices.powers import Power
from videogen.voices.tongue import Tongue

_VERSION = r"\d+(?:\.(?:\d+|[xX*]))+"
_TAG = r"[-.]?(?:a|b|rc|alpha|beta|dev|post)[-.]?\d*"
_TAGS = {"a": "alpha", "b": "beta", "rc": "release candidate"}
_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9}


def numeral(word: str, before: str, after: str, t: Tongue) -> str:
    """What is said for a word when it is a number of some kind, else "". `before` and `after` are its neighbours.

    >>> from videogen.voices.tongue import tongue
    >>> numeral("12.03.2026", "am", "", tongue("de")), numeral("9,99", "", "€", tongue("es"))
    ('zwölften März zweitausendsechsundzwanzig', 'nueve')
    """
    if not re.search(r"[0-9]", word):
        return ""
    for pattern, say in _rules(t):
        if (match := pattern.fullmatch(word)) and (said := say(match, before, after, t)):
            return said
    return ""


def tail_of(unit: str, before: str, t: Tongue) -> str:
    """What is said for a unit, a sign of money or "Uhr" after the number `before`; "" when it is none of them."""
    if unit in t.hours and (match := _CLOCK.fullmatch(before)):
        minutes = int(match["m"])
        return f"{unit} {counting.cardinal(minutes, t.language)}" if minutes else unit
    amount = re.fullmatch(rf"[<>~≈≥≤±+−-]*(?:(?:{t.number_pattern})[-–])?({t.number_pattern})", before)
    if not amount:
        return ""
    number = amount[1]
    if money := t.currency(unit):
        one, many, *_ = money
        cents = _cents(number, t)
        return _joined_money("", one if _whole_part(number, t) == "1" else many, cents, t)
    stem, _, rate = unit.partition("/")
    if stem in t.units and (not rate or rate in t.per) and stem not in _NEVER_APART:
        one, many, *_ = t.units[stem]
        return (one if number == "1" else many) + (f" {t.per[rate]}" if rate else "")
    return ""


_NEVER_APART = {"p", "x", "k", "K", "M", "B"}
_CLOCK = re.compile(r"(?P<h>\d{1,2})[:.h](?P<m>[0-5]\d)")


def number(text: str, t: Tongue, form: str = "numbering") -> str:
    """A number as it is written: sign, groups, decimals.

    >>> from videogen.voices.tongue import tongue
    >>> number("-1.250,5", tongue("de")), number("3,14", tongue("fr"))
    ('minus eintausendzweihundertfünfzig Komma fünf', 'trois virgule quatorze')
    """
    if text[:1] in {"-", "−", "+"}:
        return f"{t.says['plus' if text[0] == '+' else 'minus']} {number(text[1:], t, form)}"
    first, _, fraction = text.partition(",")
    bare = re.sub(r"\D", "", first) or "0"
    said = counting.whole(bare, t.language, form if not fraction else "numbering")
    if not fraction:
        return said
    zeros = len(fraction) - len(fraction.lstrip("0"))
    if t.fraction_digits or len(fraction) - zeros > 3 or zeros == len(fraction):
        decimals = counting.digits(fraction, t.language)
    else:
        lead = f"{counting.digits('0' * zeros, t.language)} " if zeros else ""
        decimals = lead + counting.cardinal(int(fraction), t.language)
    return f"{said} {t.decimal} {decimals}"


def version(text: str, t: Tongue) -> str:
    """Dotted numbers part by part."""
    parts = [counting.whole(part, t.language) if part.isdecimal() else "X" for part in text.split(".")]
    return f" {t.says['point']} ".join(parts)


def power(found: Power, base: str, t: Tongue) -> str:
    """What is said for a power whose base is said so.

    >>> from videogen.voices.powers import power_of
    >>> from videogen.voices.tongue import tongue
    >>> power(power_of("2⁶³"), "zwei", tongue("de")), power(power_of("x²"), "x", tongue("fr"))
    ('zwei hoch dreiundsechzig', 'x au carré')
    """
    exponent = found.exponent
    said = t.says.get(f"power {exponent}") or (
        f"{t.says['power']} {number(exponent, t) if exponent[-1].isdecimal() else exponent}"
    )
    said = f"{base} {said}"
    said = f"{number(found.factor, t)} {t.says['times']} {said}" if found.factor else said
    said = f"{found.call} {t.says['argument']} {said}" if found.call else said
    return said + (f" {number(found.then, t)}" if found.then else "")


def _counted(text: str, noun: str, t: Tongue) -> str:
    """A number in front of a noun: "un archivo", "eine Datei"."""
    form = "numbering"
    if re.search("1$", text) and "," not in text and noun[:1].isalpha() and len(noun) > 2:
        form = t.one_feminine if t.is_feminine(noun) else t.one
        if noun.islower() and t.language == "de":
            form = "numbering"
    return number(text, t, form)


def _whole_part(text: str, t: Tongue) -> str:
    return re.sub(r"\D", "", text.partition(",")[0])


def _cents(text: str, t: Tongue) -> str:
    fraction = text.partition(",")[2]
    return counting.cardinal(int(fraction), t.language) if len(fraction) == 2 and int(fraction) else ""


def _joined_money(amount: str, unit: str, cents: str, t: Tongue) -> str:
    said = t.money.format(whole=amount, unit=unit, cents=cents) if cents else f"{amount} {unit}"
    return " ".join(said.split())


def _money(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    one, many, *form = t.currencies[match["sign"]]
    amount, big = match["n"], (match["big"] or "").lower()
    if t.grouping != "," and re.fullmatch(r"\d+\.\d\d?", amount):
        amount = amount.replace(".", ",")  # the way of its own country: $9.99
    if big:
        return f"{_scaled(amount, big, t)} {many}"
    first = _whole_part(amount, t)
    whole = counting.whole(first or "0", t.language, form[0] if form else t.one)
    if amount.partition(",")[2] and not (cents := _cents(amount, t)):
        return f"{number(amount, t)} {many}"
    cents = _cents(amount, t)
    return _joined_money(whole, one if first == "1" else many, cents, t)


def _scaled(amount: str, big: str, t: Tongue) -> str:
    scale = _SCALES[big[0]]
    if "," not in amount:
        return counting.cardinal(int(re.sub(r"\D", "", amount)) * scale, t.language)
    first, _, fraction = amount.partition(",")
    zeros = len(str(scale)) - 1
    if len(fraction) > zeros:
        return number(amount, t)
    return counting.cardinal(int(re.sub(r"\D", "", first) + fraction.ljust(zeros, "0")), t.language)


def _date(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    day, month = int(match["d"]), int(match["m"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    said = t.date if match["y"] else t.date.partition(t.month_before_year)[0]
    return said.format(day=_day(day, before, t), month=t.months[month - 1], year=year(match["y"], t))


def _day(day: int, before: str, t: Tongue) -> str:
    if t.first_only and day != 1:
        return counting.cardinal(day, t.language)
    form = t.after.get(before.casefold(), "ordinal-r") if t.ordinal_point else t.ordinal
    return counting.ordinal(day, t.language, form)


def year(text: str, t: Tongue) -> str:
    """A year, or a number that is said as one; "" for ""."""
    if not text:
        return ""
    form = "numbering-year" if t.years and 1100 <= int(text) <= 1999 else "numbering"
    return counting.whole(text, t.language, form)


def _clock(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    hour, minute = int(match["h"]), int(match["m"])
    if hour > 24 or minute > 59:
        return ""
    said = counting.cardinal(hour, t.language, t.one_feminine if t.language == "fr" else "numbering")
    if after in t.hours:
        return said
    if not minute:
        return t.clock_hour.format(h=said)
    low = f"{counting.cardinal(0, t.language)} " if minute < 10 and t.language != "de" else ""
    return t.clock.format(h=said, m=low + counting.cardinal(minute, t.language))


def _measure(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    amount, unit, rate = match["n"], match["u"], match["rate"]
    if unit == "p" and not re.fullmatch(r"\d{3,4}", amount):
        return ""
    if unit in {"k", "K", "M", "B"} and unit not in t.units:
        return ""
    one, many, *form = t.units[unit]
    said = number(amount, t, form[0] if form else t.one)
    sign = match["sign"]
    lead = f"{t.says['minus']} " if sign in {"-", "−"} else f"{t.comparisons[sign]} " if sign else ""
    return f"{lead}{said} {one if amount == '1' else many}" + (f" {t.per[rate]}" if rate else "")


def _thousands(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    return _scaled(match["n"].replace(".", ","), match["big"].lower(), t)


def _range(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    unit = match["u"]
    tail = f" {t.units[unit][1]}" if unit else ""
    return f"{number(match['a'], t)} {t.says['to']} {number(match['b'], t)}{tail}"


def _versioned(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    lead, text, tag = match["v"], match["n"], match["tag"]
    said = version(text, t)
    for part in re.findall(r"[a-z]+|\d+", tag):
        said += f" {counting.whole(part, t.language) if part.isdigit() else _TAGS.get(part, part)}"
    named = before.casefold() in t.versioned
    return (
        (f"{t.says['version']} " if lead and not named else "") + said + (f" {t.says['plus']}" if match["tail"] else "")
    )


def _named_version(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    """3.100 after "Python" is a version, and 3.100 elsewhere a number, where a point parts the thousands."""
    named = before.casefold() in t.versioned or before in t.comparisons
    return _versioned(match, before, after, t) if named or match["v"] or match["tag"] else ""


def _compare(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    text = match["n"]
    said = version(text, t) if re.fullmatch(_VERSION, text) and not _grouped(text, t) else number(text, t)
    return f"{t.comparisons[match['sign']]} {said}"


def _grouped(text: str, t: Tongue) -> bool:
    return "." in t.grouping and bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text))


def _ordinal(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    feminine = match["end"] in {"ª", "re", "ère", "a"}
    return counting.ordinal(int(match["n"]), t.language, t.ordinal_feminine if feminine else t.ordinal)


def _pointed(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    """ "3." is "dritten" after "am", and "dritter" in front of a month."""
    form = t.after.get(before.casefold()) or ("ordinal-r" if after in t.months else "")
    if not t.ordinal_point or not form or not after[:1].isalpha():
        return ""
    return counting.ordinal(int(match["n"]), t.language, form)


def _plain(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    text = match[0]
    if money := t.currency(after):
        # the cents are said after the sign
        _, _, *form = money
        whole = _whole_part(text, t)
        cents = _cents(text, t)
        return (
            counting.whole(whole, t.language, form[0] if form else t.one)
            if cents or "," not in text
            else (number(text, t))
        )
    if t.first_only and text == "1" and after in t.months:
        return counting.ordinal(1, t.language, t.ordinal)
    if after.partition("/")[0] in t.units:
        form = t.units[after.partition("/")[0]][2:]
        return number(text, t, form[0] if form else t.one)
    if len(text) == 4 and t.years and before.casefold() in t.year_after:
        return year(text, t)
    return _counted(text, after, t)


def _dimensions(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    return f" {t.says['by']} ".join(counting.whole(part, t.language) for part in re.split("[x×]", match[0]))


def _fraction(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    return f"{number(match[1], t)} {t.says['of']} {number(match[2], t)}"


def _ratio(match: re.Match[str], before: str, after: str, t: Tongue) -> str:
    return f"{counting.whole(match[1], t.language)} {t.says['ratio']} {counting.whole(match[2], t.language)}"


_Say = Callable[[re.Match[str], str, str, Tongue], str]
_made: dict[str, list[tuple[re.Pattern[str], _Say]]] = {}


def _rules(t: Tongue) -> list[tuple[re.Pattern[str], _Say]]:
    if t.language not in _made:
        _made[t.language] = [(re.compile(pattern), say) for pattern, say in _patterns(t)]
    return _made[t.language]


def _patterns(t: Tongue) -> list[tuple[str, _Say]]:
    num = t.number_pattern
    money = "|".join(re.escape(sign) for sign in sorted(t.currencies, key=len, reverse=True))
    signs = "|".join(re.escape(sign) for sign in sorted(t.comparisons, key=len, reverse=True))
    rates = "|".join(re.escape(rate) for rate in sorted(t.per, key=len, reverse=True))
    dotted = rf"(?P<v>[vV]\.?|)(?P<n>{_VERSION})(?P<tag>{_TAG}|)(?P<tail>\+|)"
    return [
        (r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", _date),
        (r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})", _date),
        *([(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>)", _date)] if t.ordinal_point else []),
        (rf"(?P<sign>{money})(?P<n>{num}|\d+\.\d\d?)(?P<big>[kKmMbB])?", _money),
        (rf"(?P<n>{num})(?P<big>)(?P<sign>{money})", _money),
        (r"(?P<h>\d{1,2})[:h](?P<m>[0-5]\d)", _clock),
        *([(r"(?P<h>\d{1,2})\.(?P<m>[0-5]\d)", lambda m, b, a, t: _clock(m, b, a, t) if a in t.hours else "")]),
        (r"(\d+):(\d+)", _ratio),
        (r"(?P<n>\d+)\.?(?P<end>[ºª°]|er|re|ère|e|ème|o|a)(?=$)", _ordinal) if t.first_only else (r"(?!)", _ordinal),
        (r"(?P<n>\d{1,3})\.", _pointed),
        (r"\d+(?:[x×]\d+)+", _dimensions),
        (rf"(?P<a>{num})(?:-|–|—|\.\.)(?P<b>{num})(?P<u>{t.unit_pattern})?", _range),
        (dotted, _named_version),
        (r"(?P<v>[vV])(?P<n>\d+)(?P<tag>)(?P<tail>)", _versioned),
        (rf"(?P<sign>[-−]|{signs}|)(?P<n>{num})(?P<u>{t.unit_pattern})(?:/(?P<rate>{rates}))?", _measure),
        (r"(?P<n>\d+(?:[.,]\d+)?)(?P<big>[kKM])", _thousands),
        (rf"[-−+]?(?:{num})", _plain),
        (dotted, _versioned),
        (rf"(?P<sign>{signs})(?P<n>{_VERSION}|{num})", _compare),
        (r"(\d{1,2})/(\d{1,3})", _fraction),
        (r"#(\d+)", lambda m, b, a, t: f"{t.says['number']} {counting.whole(m[1], t.language)}"),
        (rf"({num})\+", lambda m, b, a, t: f"{number(m[1], t)} {t.says['plus']}"),
    ]
