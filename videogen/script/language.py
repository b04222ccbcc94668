"""Which of the languages that most READMEs are in a text is written in, by its small words. Pure and instant.

It is for a warning: where it cannot tell, it says nothing. The answer of a language model is told by a model of a
hundred languages (`script/ai/language.py`), which comes with the extras that ask: it would cost every script that is
written by rules 0.2 s and 100 MB, and guesses where this says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.content import ListBlock, Paragraph, ParsedContent, ParsedSection
from videogen.model.scene import Scene
from videogen.script.lang import base

_SMALL = {
    "de": "der die das und ist nicht mit ein eine einen für auf von den dem des wird werden auch sich sie es im zu",
    "en": "the of and to is in that it for with you are this be on or not as an by can from which will has",
    "es": "el la los las de y que en una un es para con por se del no su como más o al sin",
    "fr": "le la les des et est une un dans pour que qui sur avec pas vous ce sont du de au ou plus par",
    "it": "il di che è per una un con del della sono non si gli le nel la da anche e più o i dei",
    "nl": "de het een van en is dat niet met voor op zijn te in die als ook worden of aan",
    "pt": "o de que e do da em um para com não uma os no se na por as dos é ou mais",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_NAMES = {"de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "nl": "Dutch",
          "pt": "Portuguese"}  # fmt: skip

FEWEST_WORDS = 30
"""Of fewer nothing is said."""

LEAST_SHARE, TIMES = 0.2, 1.5
"""Of the words of a text that are small words of its language, and how many more than of another."""


def language_of(text: str) -> str:
    """The language of a text; "" where it has few words or is in none of those that are told apart.

    >>> language_of("Das Werkzeug backt die Seiten aus dem Text, und es ist nicht langsam. " * 3)
    'de'
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < FEWEST_WORDS:
        return ""
    counts = sorted(((sum(word in small for word in words), name) for name, small in _WORDS.items()), reverse=True)
    (most, found), (next_most, _) = counts[:2]
    return found if most >= LEAST_SHARE * len(words) and most >= 1.15 * next_most else ""


def told_apart(parsed: ParsedContent, scenes: Sequence[Scene], language: str) -> list[str]:
    """A warning where what is said is not in the language in which it is going to be said."""
    wanted = base(language)
    text = " ".join(_texts(parsed.sections)) or " ".join(scene.narration for scene in scenes)
    found = language_of(text)
    if not found or found == wanted or wanted not in _WORDS:
        return []
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(word in _WORDS[found] for word in words) < TIMES * sum(word in _WORDS[wanted] for word in words):
        return []
    where = f"{parsed.path}: " if parsed.path else ""
    called = _NAMES.get(wanted, wanted)
    return [f"{where}the text seems to be {_NAMES[found]}, and is read as {called}; write `languages: [{found}]`"]


def _texts(sections: Sequence[ParsedSection]) -> list[str]:
    blocks = [block for section in sections for block in section.blocks]
    told = [block.inline.text for block in blocks if isinstance(block, Paragraph)]
    return told + [item.inline.text for block in blocks if isinstance(block, ListBlock) for item in block.items]
