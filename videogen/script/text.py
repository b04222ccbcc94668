"""Words and sentences: cleaning text for speech, cutting it into sentences, comparing words. Pure functions."""

from __future__ import annotations

import re
import unicodedata

_URL = re.compile(
    r"\b(?:https?|ftp|file|git|ssh)://\S+|\bwww\.\S+|\bmailto:\S+|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|"
    r"(?<![\w./@])(?:[a-z0-9-]{1,63}\.){1,30}(?:com|org|net|io|dev)(?:/\S*)?(?=[\s,;:.!?)]|$)",
    re.I,
)
"""The parts of an address are as long as RFC 1035 and RFC 5321 have them: without a bound, a long run of letters and
points would take the square of its length."""
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--.{0,2000}?-->|&[a-z]{2,8};|&#\d+;")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]*\]|\[\d+\]")
_CITED = re.compile(r"(?:(?P<after>\b(?:in|by|from|of|see|to|with)\s)|\s)\[(?P<name>[A-Z][\w+-]*\d{2,4}[a-z]?)\]")
_LETTER = re.compile(r"\$(\w{1,3})\$")
"""Mathematics of a single letter."""
_MARKUP = re.compile(r"\*{1,3}|~~|`+|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)")
_MARKER = re.compile(r"^\s*(?:[-*+•–—>#|]+\s+|\[[ xX]\]\s+)+")
_ASIDE = re.compile(
    r"\s*[(\[]\s*(?:(?:see|cf\.?|siehe|voir|ver)\b[^()\[\]]*|[^\w()\[\]]*)[)\]]|\s*\[default:?[^\[\]]*\]", re.I
)
_QUOTES = re.compile(r"[\"“”„‟«»]")
_KEPT_SYMBOLS = "©®™°"
_SYMBOLS = ((" & ", " and "), (" -> ", " to "), (" → ", " to "), (" => ", " to "), (" != ", " is not "))
_DASH = re.compile(r"\s+[-–—―]{1,3}\s+|\s*[—―]\s*|(?<=[^\W\d])\s*--\s*(?=[^\W\d])")
_PER = re.compile(r"\s+/\s+(?=(?:second|minute|hour|day|week|month|year)\b)")
_LONE = re.compile(r"(?<!\S)[^\w\s]+(?!\S)")
_ENDS = ".!?…。！？।؟"
_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”]*)")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf mr mrs ms dr prof st no nr fig vol approx ca bzw z.b d.h u.a p.ex ex env min max incl".split()  # noqa: SIM905
)
STOP_WORDS = frozenset(
    """a about all also an and any are as at be been but by can do does for from get had has have how if in into is it
    its just like may more most much must no not of on once only or our out over so some such than that the their them
    then there these they this to too up use used uses using very was we were what when where which while who will with
    you your der die das und ein eine ist mit von zu den im in auf für le la les un une des et est de du en el los las
    una y es con por para que""".split()  # noqa: SIM905
)


def clean(text: str, language: str = "en") -> str:
    """One line of display text for a narration: no URL, HTML, Markdown, footnote mark, emoji or lone symbol.

    Dashes between words stay (as " — ") so that a long sentence can still be cut there; `finish` settles them.
    """
    text = unicodedata.normalize("NFC", text)
    text = _TAG.sub(" ", text)
    text = _URL.sub(" ", text)
    text = _LETTER.sub(r"\1", _CITED.sub(_cited, _FOOTNOTE.sub("", text)))
    text = _MARKUP.sub("", text)
    text = text.translate(_PLAIN) if text.isascii() else "".join(_kept(char) for char in text)
    text = _MARKER.sub("", " ".join(text.split()))
    while (less := _ASIDE.sub("", text)) != text:  # what stands around an aside may be empty without it
        text = less
    if language == "en":
        for symbol, word in _SYMBOLS:
            text = text.replace(symbol, word)
        text = _PER.sub(" per ", text)
    text = _QUOTES.sub("", text)
    text = _DASH.sub(" — ", text)
    text = re.sub(r"(?<!\S)(?!—(?!\S))[^\w\s]+(?!\S)", "", text)
    text = re.sub(r"\s+([,;:.!?…])(?=\s|$)", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return text.strip(" ,;—")


def _cited(mark: re.Match[str]) -> str:
    """A mark of a source: gone, but for its name where that is part of the sentence."""
    return f"{mark['after']}{mark['name']}" if mark["after"] else ""


def _kept(char: str) -> str:
    if char in _KEPT_SYMBOLS or char in "<>|~^=+$`":
        return char if char not in "<>|~^`" else " "
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("So", "Sk", "Cn", "Co", "Cs") or char in "\ufe0f\u200b\ufeff\u20e3" else char


_PLAIN = {code: _kept(chr(code)) for code in range(128)}


LONGEST_WORD = 40
"""Letters of a word on a slide; nothing longer fits a line at a size that can be read."""


def slide_text(text: str) -> str:
    """One line of text for a slide: white space settled, control characters, emoji and overlong words gone."""
    if not (text.isascii() and text.isprintable()):
        normal = unicodedata.normalize("NFC", text)
        text = "".join(char if char in "<>|~^`=+$" else _kept(char) for char in normal)
    text = _LETTER.sub(r"\1", _CITED.sub(_cited, _FOOTNOTE.sub("", text)))
    kept = [word for word in text.split() if len(word) <= LONGEST_WORD or _CJK.search(word)]
    # rules such as "=======" are drawn with signs, and mean nothing on a slide
    return " ".join(word for word in kept if len(word) <= 3 or any(char.isalnum() for char in word))


def fitted(text: str, letters: int) -> str:
    """A text cut after a word, and marked with dots, where it has more than `letters`; "" if no word is short enough.

    >>> fitted("as long as it is", 9)
    'as long …'
    """
    if len(text) <= letters:
        return text
    kept = text[: letters - 1].rpartition(" ")[0].rstrip(" ,;:.–—-…")
    if not kept and _CJK.search(text):
        kept = text[: letters // 2]
    return f"{kept} …" if kept else ""


def word_count(text: str) -> int:
    """Words a voice has to say: white-space separated parts; in scripts without spaces, two signs a word.

    >>> word_count("Run it twice")
    3
    """
    return len(text.split()) + len(_CJK.findall(text)) // 2


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its own terminal mark. Abbreviations and initials do not end one.

    >>> sentences("Use e.g. a file. doit runs it! Done")
    ['Use e.g. a file.', 'doit runs it!', 'Done']
    """
    found, start = [], 0
    for match in _END.finditer(text):
        before = text[start : match.start()].split()
        last = before[-1].lstrip("(\"'“").lower() if before else ""
        following = text[match.end() :].lstrip()[:1]
        single = len(last) == 1 and last.isalpha() and last != "i"
        if match.group().startswith(".") and (single or (last in _ABBREVIATIONS and not following.isupper())):
            continue
        if match.group().startswith(("...", "…")) and following.islower():
            continue
        if following.islower() and text[match.end() :].split()[0].lower() in STOP_WORDS:
            # a question or a call that is quoted within a sentence
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if any(char.isalnum() for char in sentence)]


def split_long(sentence: str, most: int = 26) -> list[str]:
    """A sentence of more than `most` words cut at semicolons, dashes and colons; otherwise unchanged."""
    if word_count(sentence) <= most:
        return [sentence]
    pieces = [piece.strip(" ,") for piece in re.split(r";\s+|\s+—\s+|:\s+", sentence)]
    merged: list[str] = []
    for piece in pieces:
        if merged and (word_count(piece) < 4 or word_count(merged[-1]) < 4):
            merged[-1] = f"{merged[-1]}, {piece}"
        elif piece:
            merged.append(piece)
    return merged or [sentence]


def finish(sentence: str, end: str = ".", raised: bool = True) -> str:
    """A sentence ready to be said: dashes become commas, a terminal mark behind, and, if `raised`, a capital in front.

    >>> finish("run it — twice:")
    'Run it, twice.'
    """
    text = " ".join(sentence.replace(" — ", ", ").split()).replace("—", " ")
    text = _LONE.sub("", re.sub(r"\s+([,;:.!?])(?=\s|$)", r"\1", " ".join(text.split())))
    text = re.sub(r"([!?])[.…]+$", r"\1", re.sub(r"[\s,;:–-]+$", "", text))
    text = re.sub(r"(?:\.{2,}|…)$", ".", text)
    if not any(char.isalnum() for char in text):
        return ""
    text = " ".join(text.split())
    if text.rstrip("\"'”’»)]")[-1:] not in _ENDS:
        text += end
    return capital(text) if raised else text


def capital(text: str) -> str:
    """With a capital first letter, unless the first word is a name that is written small (iPhone, doit.py, foo_bar)."""
    first = text.split(" ", 1)[0].rstrip(",.;:!?")
    if re.search(r"[_./\\\d]|[a-z][A-Z]", first):
        return text
    return text[:1].upper() + text[1:] if text[:1].islower() and len(text[:1].upper()) == 1 else text


_NAMES = frozenset(
    """Python Linux Windows Docker Django Java Rust Ruby Git GitHub Unicode English Markdown Kubernetes Windows Unix
    Jupyter Debian Ubuntu Node React Make Bash Google Amazon Microsoft Apple Android Internet Web""".split()  # noqa: SIM905
)


def small(text: str, names: frozenset[str] = frozenset()) -> str:
    """With a small first letter, where the first word is an ordinary word and not one of `names`.

    >>> small("Strict timeouts everywhere"), small("HTTP support"), small("Keep-Alive & Pooling")
    ('strict timeouts everywhere', 'HTTP support', 'Keep-Alive & Pooling')
    """
    first, _, rest = text.partition(" ")
    bare = first.rstrip(",.;:!?")
    ordinary = bare[1:].islower() or bare == "A"
    if not ordinary or not bare[:1].isupper() or bare in _NAMES or bare.lower() in names:
        return text
    if any(char.isdigit() or char in "._/" for char in bare):
        return text
    if any(word[:1].isupper() and word[1:].islower() and len(word) > 3 for word in rest.split()[:1]):
        return text
    return text[:1].lower() + text[1:]


def is_title_case(text: str) -> bool:
    """Whether every longer word of a phrase is written with a capital, as in a headline."""
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word[1:].islower()]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= len(words) - (len(words) > 3)


def plain_case(text: str, names: frozenset[str] = frozenset()) -> str:
    """A headline in running text: ordinary words small, names and abbreviations as they are.

    >>> plain_case("Keep-Alive & Connection Pooling in Python")
    'keep-alive & connection pooling in Python'
    """

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        return word if word in _NAMES or word.lower() in names else word.lower()

    return re.sub(r"(?<![\w.])[A-Z][a-z]+(?![\w])(?!\.\w)", lower, text)


def stem(word: str) -> str:
    """A word cut down so that its forms compare equal; "" when it carries no meaning of its own."""
    bare = re.sub(r"[^\w]", "", word.lower())
    if not bare or bare in STOP_WORDS:
        return ""
    for suffix in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ions",
        "ion",
        "ies",
        "ed",
        "es",
        "er",
        "ers",
        "ly",
        "s",
        "e",
        "y",
    ):
        if bare.endswith(suffix) and len(bare) - len(suffix) >= 3:
            bare = bare[: -len(suffix)]
            break
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry meaning."""
    return frozenset(filter(None, (stem(word) for word in re.findall(r"[\w']+", text))))
