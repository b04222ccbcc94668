"""Labels: the few words that stand for a phrase on a slide, while the narration says it in full. Pure functions.

A label is a phrase of two to five words, cut where it is complete, or one of the groups of words between function
words (S. Rose et al., Automatic keyword extraction from individual documents, in Text Mining, 2010), which are names of
things in most languages.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from videogen.script.clauses import cuts, trim
from videogen.script.draft import CAPITAL_NOUNS, Context
from videogen.script.function_words import DETERMINERS, FUNCTION_WORDS, POOR_ENDS
from videogen.script.lang import base
from videogen.script.leads import is_order, is_verb
from videogen.script.phrases import raised

LONGEST_LABEL = 5
"""Words of a label."""

LONGEST_GROUP = 4
"""Words of a group between function words."""

LONGEST_CUT = 7
"""Words of a beginning of a phrase."""


class Label(NamedTuple):
    """What may stand for a phrase; the greater `cost`, the poorer it does so."""

    text: str
    cost: float


_JOINS = {
    "en": ("of", "per"),
    "fr": ("de", "du", "des", "d"),
    "es": ("de", "del"),
    "it": ("di", "del", "della", "dei", "delle"),
}
"""What joins two groups to one name."""

_ALSO_JOINS = {"en": ("with", "without", "for")}
"""What does so where nothing is told to be done: "a file with known inputs"."""

_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|dell|nell|all|dall|sull|un|quest)['’](?=\w)", re.I)
_ENDS = re.compile(r"[,;:.!?…)\]}\"”»。、，]+$|^[–—-]+$|^/$")
_DENIES = re.compile(
    r"^(?:not|never|cannot|without|except|unlike|instead|rather|nor|no|hardly|\w+n['’]t|nicht|kein\w*|ohne|pas|sans|"
    r"jamais|aucune?|sin|ningún|ninguna|nunca|senza|non|nessun\w*|mai)$",
    re.I,
)
_TAKES_MORE = frozenset("make let allow enable help get give i ha doe can need mean become work tell ask show".split())  # noqa: SIM905
"""Verbs (without their s) that say nothing with their object alone."""

_POOR_END = re.compile(r"(?:able|ible|ful|ous|less|est|ly|ive|[^aeiou]ed)$", re.I)


def labels(phrase: str, context: Context) -> list[Label]:
    """What may stand for a phrase, the fullest first: itself, its complete beginnings, its groups of words.

    >>> from videogen.script.draft import context
    >>> [label.text for label in labels("Set Kiln as the default baker of pages", context("en", "Loam"))][:2]
    ['Set Kiln as the default baker of pages', 'Default baker of pages']
    """
    whole = _light(phrase) if context.english else phrase
    found = {phrase: Label(phrase, _length_cost(phrase) + _torn(phrase, context))}
    if whole != phrase:
        found[whole] = Label(whole, _length_cost(whole) + _torn(whole, context) + 0.1)
    for cost, heads in zip((0.6, 0.8, 0.9), cuts(whole, context.english), strict=True):
        for head in heads:
            if len(head.split()) <= LONGEST_CUT and not (context.english and _is_verb_left(head)):
                done = 0.8 if context.english and _GOES_ON.search(head) else 0.0
                _add(found, head, cost + _length_cost(head) + _torn(head, context) + done, context)
    if context.english:
        for text in (*_orders(whole), *_without(whole), *_series(whole)):
            _add(found, text, (0.8 if " " in text else 2.3) + _length_cost(text), context)
        if (head := _HEAD.match(whole)) and not is_verb(head[1].split()[-1]):
            _add(found, head[1], 0.5, context)
    groups = list(_groups(re.sub(r"^by default,?\s", "", whole, flags=re.I), context))
    for at, group in enumerate(groups):
        _add(found, group, _group_cost(group, context) + 0.03 * at, context)
    return sorted(found.values(), key=lambda label: -len(label.text.split()))


_HEAD = re.compile(r"^(?:an?|the)\s([\w./+-]+(?:\s[\w./+-]+)?)\s(?:that|which|who)\s", re.I)
"""The thing of which a phrase then says more: "a manifest that records every input"."""

_GOES_ON = re.compile(r"\w{3,}(?:ed|[^aeiou]tal|ical|ional|ental|atic|istic)$")
"""The end of a beginning whose noun most likely is still to come."""


def _add(found: dict[str, Label], text: str, cost: float, context: Context) -> None:
    text = raised(text, context.names)
    if text not in found or found[text].cost > cost:
        found[text] = Label(text, cost)


_TORN = re.compile(
    r"^(?:when|while|if|as|because|since|although|whether|once|until|unless|after|before|that|which|who|where|in|on|at|"
    r"for|with|to|from|by|it|this|these|those|they|we|you|he|she|and|but|or|so|then|perhaps|also|however|how|what|your|"
    r"its|their|note|are|is|despite|needs?|il|elle|ils|elles|nous|vous|on|ce|cela|es|er|sie|wir|man|dies|esto|ello|questo)\b|^both\s(?!.*\band\b)|\s(?:says?|means?)$|\s(?:is|are|was|were|be|been|has|have|can|will|may|must|should|and|or|the|a|an|of|to|that)$|"
    r"\s(?:is|are|was|were|be|been|that)\s(?:(?:the|a|an)\s)?[\w-]+(?:ed|en|ing)?$",
    re.I,
)
"""What hangs on something that does not stand beside it, or breaks off."""


_TORN_ELSEWHERE = {
    "fr": re.compile(
        r"^(?:pour|dans|sur|avec|sans|par|en|à|aux?|lors|depuis|afin|si|lorsque|quand|comme|mais|donc|car|ainsi|enfin|"
        r"ensuite|puis|(?:tout )?d['’]abord|de plus|cependant|toutefois|y|où|dont|qui|que)\b|\s\w{3,}ant$|"
        r"\s(?:est|sont|a|ont|permet|permettent|peut|peuvent|et|ou|de|du|des|le|la|les|un|une|à|qui|que)$",
        re.I,
    ),
    "es": re.compile(
        r"^(?:para|en|con|sin|por|desde|si|cuando|como|pero|además|primero|luego|así|que|donde)\b|\s\w{3,}[ai]endo$|"
        r"\s(?:es|son|ha|han|permite|puede|pueden|y|o|de|del|el|la|los|las|un|una|a|que)$",
        re.I,
    ),
    "it": re.compile(
        r"^(?:per|in|con|senza|nell?[aeo]?|nei|negli|da|se|quando|come|ma|inoltre|prima|poi|quindi|così|che|dove)\b|"
        r"\s\w{3,}[ae]ndo$|\s(?:è|sono|ha|hanno|permette|può|possono|e|o|di|del|della|il|lo|la|i|gli|le|un|una|a|che)$",
        re.I,
    ),
    "de": re.compile(
        r"^(?:in|im|auf|mit|ohne|für|beim?|nach|vor|zu[mr]?|von|vom|an|am|aus|wenn|falls|als|aber|dazu|dafür|damit|dann|"
        r"zuerst|außerdem|und|oder|so|wie|dass|die|der|das)\b(?=.*\s)|"
        r"\s(?:ist|sind|hat|haben|wird|werden|kann|können|und|oder|von|der|die|das|den|dem|ein|eine|zu)$",
        re.I,
    ),
}
"""The same in other languages."""


def _torn(text: str, context: Context) -> float:
    elsewhere = _TORN_ELSEWHERE.get(base(context.language))
    return 2.2 if _TORN.search(text) or (elsewhere and elsewhere.search(text)) else 0.0


def rest_labels(text: str, context: Context) -> list[Label]:
    """What may stand for a sentence besides its beginning: its groups of words, and what is done in it."""
    found: dict[str, Label] = {}
    if context.english:
        for order in (*_orders(text), *_series(text)):
            _add(found, order, (1.2 if " " in order else 3.2) + _length_cost(order), context)
    for at, group in enumerate(_groups(text, context)):
        _add(found, group, _group_cost(group, context) + 0.45 + 0.05 * at, context)
    return list(found.values())


def _length_cost(text: str) -> float:
    return 0.3 * max(len(text.split()) - LONGEST_LABEL, 0)


def _group_cost(group: str, context: Context) -> float:
    words = group.split()
    named = any(_is_name(word) for word in words[1:]) or any(char.isdigit() for char in group) or _is_code(words[0])
    if len(words) == 1:
        if base(context.language) in CAPITAL_NOUNS:
            return 1.1
        return 1.9 if named or _is_code(words[0]) else 3.2
    fuller = 0.15 if any(word in _JOINS.get(base(context.language), ()) for word in words) else 0.0
    return (0.9 if named else 1.1) - fuller


def _is_name(word: str) -> bool:
    return word[:1].isupper()


def _is_code(word: str) -> bool:
    return word[1:] != word[1:].lower() or any(char in word for char in "_./-")


def _is_verb_left(head: str) -> bool:
    """Whether an English beginning ends in what its subject does, as "True colour works" would."""
    first, *_, last = ["", *head.split()]
    return first != last and is_verb(last) and last.endswith("s") and not is_verb(head.split()[0])


def _orders(phrase: str) -> Iterator[str]:
    """What is done with what, in an English phrase that begins with a verb or says what to do: "Renders a column"."""
    words = phrase.split()
    for at, word in enumerate(words):
        if any(map(_DENIES.match, words[:at])):
            return
        known = is_verb(word) or is_verb(f"{word}s")
        follows = at > 0 and words[at - 1].lower() == "to" and not word.endswith("s")
        states = 0 < at < len(words) - 1 and words[at + 1].lower() in DETERMINERS["en"]
        if (known and (at == 0 or follows or states)) or (at == 0 and is_order(phrase)):
            yield from filter(None, [_order(words[at:])])
    if words and is_order(phrase) and not words[0].endswith("s") and words[0].lower() not in _TAKES_MORE:
        yield words[0]
    yield from (
        match["done"]
        for match in _DONE.finditer(phrase)
        if not any(map(_DENIES.match, phrase[: match.start()].split()))
    )


_DONE = re.compile(
    r"\b(?:is|are|was|were|be|been|and)\s(?P<done>\w+ed\s(?:by|in|into|on|with|from|as|at|over|after|before)\s"
    r"(?:(?:an?|the|its|their|your)\s)?\w[\w-]+)(?=[,;:]|$|\s(?:and|or|but|by|in|into|on|with|from|as|at|for|to|when)\s)"
)
"""What is done, and how: "joined by copying"."""


def _without(phrase: str) -> Iterator[str]:
    """The beginning of a phrase that says what is not there or not needed."""
    match = re.search(
        r"\b(?:no|without)\s(?:need\sto\s)?(?:(?!(?:to|for|in|on|with|of|and|or)\s)[\w-]+\s)+", f"{phrase} ", re.I
    )
    if match and len(match[0].split()) > 1:
        yield trim(match[0])


_SERIES = re.compile(
    r"\s(?:with|on|for|in|of|into|from|by|supports|are|is)\s(?P<series>(?:[\w./+-]+(?:\s[\w./+-]+)?,\s)+"
    r"(?:(?:and|or)\s)?[\w./+-]+(?:\s[\w./+-]+)?(?:,?\s(?:and|or)\s[\w./+-]+)?)$"
)


def _series(phrase: str) -> Iterator[str]:
    """The members that a phrase ends in: "Linux, macOS and Windows"."""
    match = _SERIES.search(f" {phrase}")
    if match and re.search(r"\s(?:and|or)\s", match["series"]) and not any(map(_DENIES.match, phrase.split())):
        yield match["series"]


_WHEN = frozenset(("again", "now", "once", "twice", "here", "there", "today", "first", "later"))
"""What says when or where something is done, and is none of what it is done with."""


def _order(words: list[str]) -> str:
    if words[0].lower().rstrip("s") in _TAKES_MORE:
        return ""
    at = 2 if len(words) > 2 and words[1].lower() in ("a", "an", "the", "your", "its", "all", "any", "every") else 1
    at += len(words) > at + 1 and words[at].lower() in ("same", "own", "other")
    end = at
    while end < len(words) and _ENDS.sub("", words[end]).lower() not in FUNCTION_WORDS["en"]:
        end += 1
        if _ENDS.search(words[end - 1]):
            break
    also = len(words) - end == 2 or (
        len(words) - end > 2 and words[end + 2].lower() in FUNCTION_WORDS["en"] - {"and", "or"}
    )
    if end < len(words) and also and words[end].lower() in ("and", "or") and not is_verb(words[end + 1]):
        end += 2
    goes_on = end < len(words) and words[end].lower() in ("of", "and", "or")
    if end < len(words) + 1 and end - at > 1 and _ENDS.sub("", words[end - 1]).lower() in _WHEN:
        end, goes_on = end - 1, False
    object_ = _trimmed([_ENDS.sub("", word) for word in words[at:end]], "en")
    if not object_ or len(object_) != end - at or goes_on or end > LONGEST_LABEL:
        return ""
    return " ".join([*words[:at], *object_])


def _light(phrase: str) -> str:
    """Without what adds little: adverbs, and "There is" before what there is."""
    text = re.sub(r"^(?:there (?:is|are) (?=no\b)|by default,?\s|you need |needs? )", "", phrase, flags=re.I)
    words = text.split()
    kept = [
        word
        for at, word in enumerate(words)
        if not (re.fullmatch(r"[a-z]{3,}ly", word) and word not in ("only", "reply", "apply", "supply", "family"))
        or at + 1 < len(words) <= 3
    ]
    return raised(" ".join(kept)) if len(kept) >= 2 else text


class _Word(NamedTuple):
    """A word of a phrase, without punctuation and what is elided before it."""

    text: str
    elided: str
    begins: bool
    ends: bool
    """Whether it stands first after, or last before, a mark that parts it from its neighbour."""


def _words(phrase: str) -> list[_Word]:
    found = []
    for token in phrase.split():
        bare = token.lstrip('([{"“”«¿¡‘')
        text = "" if token == "/" else _ENDS.sub("", bare)
        elided = _ELIDED.match(text)
        text = text[elided.end() :] if elided else text
        found.append(_Word(text, elided[0][:-1].lower() if elided else "", bool(elided) or bare != token, text != bare))
    return [
        word._replace(ends=word.ends and not bool(word.elided and phrase.split()[at].endswith(word.text)))
        for at, word in enumerate(found)
    ]


def _groups(phrase: str, context: Context) -> Iterator[str]:
    """The groups of words between function words, names of a thing; of two that "of" joins also both together."""
    language = base(context.language)
    words = _words(phrase)
    spans = [
        (first, _trimmed([word.text for word in words[first:end]], language), end)
        for first, end in _spans(words, context)
    ]
    for _, group, _ in spans:
        # what a long name is of stands at its end
        tail = group[-3:] if len(group) > LONGEST_GROUP and language in ("en", "de") else group
        yield from (
            " ".join(each) for each in dict.fromkeys((tuple(group), tuple(tail))) if _is_label([*each], context)
        )
    joins = (*_JOINS.get(language, ()), *(() if is_order(phrase) else _ALSO_JOINS.get(language, ())))
    for (_, one, end), (first, other, last) in itertools.pairwise(spans):
        between = [word.text.lower() for word in words[end:first]] or [words[first].elided]
        whole = " ".join(
            [*one, *phrase.split()[end:first], *_ENDS.sub("", " ".join(phrase.split()[first:last])).split()]
        )
        complete = one and other and words[end - 1].text == one[-1] and one[-1].lower() not in POOR_ENDS
        complete = complete and not (language == "en" and _POOR_END.search(other[-1]))
        short = len(whole.split()) <= LONGEST_LABEL and len(between) <= 2 and not words[end - 1].ends
        if complete and short and whole.endswith(other[-1]) and between[0] in joins:
            yield whole


def _spans(words: Sequence[_Word], context: Context) -> Iterator[tuple[int, int]]:
    """Where groups begin and end: between function words and marks, and not within what is denied."""
    start, denied = 0, False
    for at, word in enumerate([*words, _Word("", "", True, True)]):
        denied = denied or bool(_DENIES.match(word.text))
        breaks = denied or _parts(word.text, at, words, context)
        if breaks or word.begins:
            # a noun has no article right behind it, a verb has
            behind = DETERMINERS.get(base(context.language), ())
            verb = word.text.lower() in behind and not word.begins
            # "that sentence touches is": no noun in the plural has a verb in the singular
            singular = context.english and word.text.lower() in ("is", "was", "has") and at - start > 1
            verb = verb or (singular and re.search(r"[^su]s$", words[at - 1].text) is not None)
            if start < at - verb:
                yield start, at - verb
            start = at
        if breaks:
            start = at + 1
        elif word.ends:
            yield start, at + 1
            start = at + 1
        denied = denied and not word.ends


def _parts(word: str, at: int, words: Sequence[_Word], context: Context) -> bool:
    """Whether a word is none of a group: one that only joins others, or says what something does."""
    function = FUNCTION_WORDS.get(base(context.language))
    small = word[at == 0 :].islower() and len(word) <= 3
    if not word or (word.lower() in function if function else small):
        return True
    if not context.english:
        return False
    done = at > 0 and word.endswith("ed") and words[at - 1].text.lower() in _BE
    return done or _is_finite(word, at, [each.text for each in words])


_BE = ("is", "are", "was", "were", "be", "been", "being", "has", "have", "had")


def _is_finite(word: str, at: int, tokens: list[str]) -> bool:
    """Whether an English word within a phrase says what something does: a group ends before it."""
    return (
        at > 0
        and not tokens[at - 1][:1].isdigit()
        and is_verb(word)
        and word.endswith("s")
        and word.islower()
        and at + 1 < len(tokens)
    )


def _trimmed(words: list[str], language: str) -> list[str]:
    words = list(words)
    if language == "en":
        while len(words) > 1 and (words[-1].lower() in POOR_ENDS or _POOR_END.search(words[-1])):
            if " ".join(words[-2:]).lower() == "getting started":
                break
            words.pop()
        while words and len(words) > 1 and (re.fullmatch(r"[a-z]+ly", words[0]) or words[0].lower() in ("etc", "e.g")):
            words.pop(0)
    if language in CAPITAL_NOUNS:
        # up to the end of the first name
        named = [at for at, word in enumerate(words) if word[:1].isupper()]
        last = next((at for at in named if at + 1 not in named), -1)
        words = words[: last + 1]
        # an adjective has the ending of its place in the sentence, unless that is -e
        at = next((index for index, word in enumerate(words) if word[:1].isupper()), len(words))
        while at and words[at - 1].endswith("e"):
            at -= 1
        words = words[at:]
    return words


def _is_label(words: list[str], context: Context) -> bool:
    if not 1 <= len(words) <= LONGEST_GROUP:
        return False
    only = words[0]
    if context.english and len(words) == 1:
        poor = (
            is_verb(only)
            or only == "most"
            or only.lower() in POOR_ENDS
            or _POOR_END.search(only)
            or only.lower().endswith("ing")
        )
        if poor or (len(only) < 4 and not only.isupper()):
            return False
    return any(len(word) > 2 and any(map(str.isalpha, word)) for word in words) and len(" ".join(words)) >= 3
