"""Where a text may be broken: how well a line or a caption ends between two words. Pure.

The order follows the Netflix Timed Text Style Guide ("break after punctuation marks, before conjunctions,
before prepositions; do not separate a noun from its article, a verb from its pronoun or auxiliary") and the
BBC Subtitle Guidelines ("break at natural points").
"""

from __future__ import annotations

import unicodedata

SENTENCE = 0.0
"""Penalty of a break after a sentence."""
CLAUSE = 2.0
CONJUNCTION = 5.0
PREPOSITION = 6.0
WORD = 12.0
"""Penalty of a break between two words of no special standing."""
TIED = 20.0
"""Penalty of a break between capitalised words (a name), between a name and its number, or after a number."""
DANGLING = 30.0
"""Penalty of leaving an article, a preposition or the like at a line's end."""
INSIDE = 40.0
"""Penalty of a break inside a word."""

_CLOSERS = "\"'”’»)]}›*`」』）"
_SENTENCE_ENDS = ".!?…。！？؟।"
_CLAUSE_ENDS = ",;:–—，；：、،؛"
_ABBREVIATION_LIST = "e.g. i.e. vs. cf. mr. mrs. ms. dr. prof. vol. fig. approx. ca. z.b. d.h. bzw. nr. p.ex."
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())

_CONJUNCTIONS = {
    "en": "and or but nor so yet because although though while when where if unless until since that which who whose "
    "whereas before after as than then",
    "de": "und oder aber denn sondern weil dass ob wenn als während obwohl damit bevor nachdem sowie",
    "fr": "et ou mais donc or ni car que qui quand lorsque si comme puisque parce dont où",
    "es": "y e o u pero sino ni que porque cuando si como aunque mientras donde quien",
    "it": "e ed o ma né che perché quando se come mentre dove quindi",
    "pt": "e ou mas nem que porque quando se como embora enquanto onde",
}
_PREPOSITIONS = {
    "en": "about above across after against along among around at before behind below beneath beside between beyond by "
    "despite down during except for from in inside into like near of off on onto out outside over past per through "
    "throughout to toward towards under until up upon via with within without",
    "de": "an auf aus bei bis durch für gegen hinter in im ins am zum zur vom beim mit nach neben ohne seit über um "
    "unter von vor wegen zu zwischen",
    "fr": "à de du des en dans par pour sur sous avec sans entre vers chez depuis contre après avant au aux",
    "es": "a ante bajo con contra de del desde en entre hacia hasta para por sin sobre tras al",
    "it": "a di da in con su per tra fra al allo alla ai agli alle del della dei degli delle nel nella sul sulla dal",
    "pt": "a ante até com contra de do da dos das desde em no na nos nas entre para por sem sob sobre",
}
_TIED_WORDS = {
    "en": "a an the this that these those my your his her its our their every each no not is are was were be been am "
    "has have had do does did can could will would shall should may might must i you he she it we they very more most "
    "let's there's it's don't doesn't",
    "de": "der die das den dem des ein eine einen einem einer eines kein keine dieser diese dieses ich du er sie es "
    "wir ihr ist sind war waren wird werden hat haben kann können nicht sehr mehr",
    "fr": "le la les un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je tu il "
    "elle on nous vous ils elles est sont a ont ne pas plus très",
    "es": "el la los las un una unos unas este esta estos estas mi tu su sus nuestro nuestra yo tú él ella se no es "
    "son está están ha han muy más",
    "it": "il lo la i gli le un uno una questo questa questi queste mio mia suo sua non è sono ha hanno si più molto",
    "pt": "o a os as um uma uns umas este esta esse essa meu minha seu sua não é são está estão tem se mais muito",
}


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’«»()[]{}.,;:!?…*`").casefold()


def ends_sentence(word: str) -> bool:
    """Whether a sentence ends with this word.

    >>> [ends_sentence(word) for word in ("done.", "(yes!)", "e.g.", "v2.0", "so,")]
    [True, True, False, False, False]
    """
    bare = word.rstrip(_CLOSERS)
    return bare[-1:] in tuple(_SENTENCE_ENDS) and bare.lstrip("(\"'“‘[").casefold() not in _ABBREVIATIONS


def ends_clause(word: str) -> bool:
    """Whether punctuation below a full stop ends this word."""
    return word.rstrip(_CLOSERS)[-1:] in tuple(_CLAUSE_ENDS) or word in ("-", "--")


class Penalties:
    """How badly a line ends between two words in a language. Other languages know punctuation only."""

    def __init__(self, language: str) -> None:
        primary = language.split("-")[0].lower()
        self._conjunctions = frozenset(_CONJUNCTIONS.get(primary, "").split())
        self._prepositions = frozenset(_PREPOSITIONS.get(primary, "").split())
        self._dangling = self._conjunctions | self._prepositions | frozenset(_TIED_WORDS.get(primary, "").split())

    def between(self, before: str, after: str) -> float:
        """The penalty of breaking between two neighbouring words; lower is better.

        >>> Penalties("en").between("done.", "Then") < Penalties("en").between("of", "text")
        True
        """
        if ends_sentence(before):
            return SENTENCE
        if ends_clause(before):
            return CLAUSE
        if _bare(before) in self._dangling:
            return DANGLING
        following = _bare(after)
        if following in self._conjunctions:
            return CONJUNCTION
        if following in self._prepositions:
            return PREPOSITION
        if any(char.isdigit() for char in before) or (
            before[:1].isupper() and (after[:1].isupper() or after[:1].isdigit())
        ):
            return TIED
        return WORD


def columns(text: str) -> int:
    """Columns that a text takes: 1 a character, 2 an East Asian wide one, so never fewer than its characters."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _inseparable(before: str, after: str) -> bool:
    return unicodedata.category(after)[0] == "M" or after in "\u200d\ufe0f" or before == "\u200d"


def pieces(word: str, limit: int) -> list[str]:
    """A word in parts of at most `limit` columns, broken after punctuation where that is near the limit.

    >>> pieces("https://example.org/a/long/path", 20)
    ['https://example.org/', 'a/long/path']
    """
    parts = []
    while columns(word) > limit:
        fits = limit
        while columns(word[:fits]) > limit:
            fits -= 1
        natural = [i for i in range(fits, fits // 2, -1) if not word[i - 1].isalnum() and word[i].isalnum()]
        whole = [i for i in range(fits, 0, -1) if not _inseparable(word[i - 1], word[i])]
        cut = (natural or whole or [fits])[0]
        if _inseparable(word[cut - 1], word[cut]):
            cut = (whole or [fits])[0]
        parts.append(word[:cut])
        word = word[cut:]
    return [*parts, word]
