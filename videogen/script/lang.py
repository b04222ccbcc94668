"""The few words a script adds of its own, by language. Everything else is the document's."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Words for one language; an empty text means: say nothing of the kind."""

    pace: int
    """Words of a usual length a minute, as they are heard from the offline voice of the language."""
    also: str
    """Between the last two of a list."""
    promise: str
    """Takes {topics}."""
    close: str
    """Takes {title} and {topics}."""
    end_title: str
    """Takes {title}."""
    overview: str
    sample: str
    install: str
    done: str = ""
    """Before the tasks that are done."""
    to_do: str = ""
    ordinals: tuple[str, ...] = ()
    """Before the items of a numbered list, one by one."""
    among: str = "{items}"
    """Of a list of which only some are said; takes {items}."""


_ENGLISH = Phrases(
    pace=155,
    also="and",
    promise="",
    close="",
    end_title="That's {title}",
    overview="At a glance",
    sample="A first look",
    install="Installation",
    done="Already done:",
    to_do="Still to come:",
    among="{items}, among other things",
)
_TABLE = {
    "en": _ENGLISH,
    "de": Phrases(
        169, "und", "Darum geht es: {topics}.", "Das war {title}: {topics}.", "Das war {title}",
        "Auf einen Blick", "Ein erster Blick", "Installation", "Schon fertig:", "Noch offen:",
        ("Erstens:", "Zweitens:", "Drittens:", "Viertens:", "Fünftens:", "Sechstens:"), "unter anderem {items}",
    ),
    "fr": Phrases(
        206, "et", "Au programme : {topics}.", "Voilà pour {title} : {topics}.", "Voilà pour {title}",
        "En bref", "Premier aperçu", "Installation", "Déjà fait :", "À venir :",
        ("Premièrement,", "Deuxièmement,", "Troisièmement,", "Quatrièmement,", "Cinquièmement,", "Sixièmement,"),
        "entre autres {items}",
    ),
    "es": Phrases(
        206, "y", "Veremos lo siguiente: {topics}.", "Esto ha sido {title}: {topics}.", "Esto ha sido {title}",
        "De un vistazo", "Un primer vistazo", "Instalación", "Ya está hecho:", "Por hacer:",
        ("Primero,", "Segundo,", "Tercero,", "Cuarto,", "Quinto,", "Sexto,"), "entre otras cosas, {items}",
    ),
    "it": Phrases(
        197, "e", "Vedremo: {topics}.", "Questo era {title}: {topics}.", "Questo era {title}",
        "In breve", "Un primo sguardo", "Installazione", "Già fatto:", "Da fare:",
        ("Primo,", "Secondo,", "Terzo,", "Quarto,", "Quinto,", "Sesto,"), "tra le altre cose, {items}",
    ),
}  # fmt: skip
_NEUTRAL = Phrases(140, "", "{topics}.", "{title}. {topics}.", "{title}", "", "", "")


def base(language: str) -> str:
    """The primary subtag: "pt" of "pt-BR"."""
    return language.split("-", 1)[0].lower()


def is_measured(language: str) -> bool:
    """Whether the pace of a language counts words as they are heard; else it counts them as they are written."""
    return base(language) in _TABLE


def phrases(language: str) -> Phrases:
    """The words for a language; for one that has no table, none of any language."""
    return _TABLE.get(base(language), _NEUTRAL)


def pick(options: Sequence[str], key: str) -> str:
    """One of the options, chosen by the text it belongs to: other scenes that come or go never change it."""
    return options[zlib.crc32(key.encode()) % len(options)]


def listed(items: Sequence[str], also: str = "and") -> str:
    """Items as running text.

    >>> listed(["a", "b", "c"])
    'a, b, and c'
    """
    if len(items) <= 1 or not also:
        return ", ".join(items)
    if len(items) == 2 and not any("," in item for item in items):
        return f"{items[0]} {also} {items[1]}"
    separator = "; " if any("," in item for item in items) else ", "
    comma = separator if also == "and" or separator == "; " else " "
    return separator.join(items[:-1]) + f"{comma}{also} {items[-1]}"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A small count in words."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
