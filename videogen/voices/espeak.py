"""Offline voices for more than a hundred languages: eSpeak NG, by espeakng-loader, of the extra `espeak` (GPL-3).

Formants by rule: understood, and plainly a machine, so that `auto` takes them only where no other voice speaks the
language without a network. Word times are those of the library's own events, and the same text gives the same samples.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from videogen.model.errors import AudioError
from videogen.model.pace import syllables
from videogen.voices import worker
from videogen.voices.align import share
from videogen.voices.alphabets import foreign_script
from videogen.voices.engine import Span, Speech, VoiceInfo

if TYPE_CHECKING:
    import numpy as np

    from videogen.voices.speech import SayWord

EXTRA = "videogen[espeak]"
PACE = 175
"""What it calls words a minute, at rate 1: its own choice, some 140 words of six characters."""
_SEMITONE = 5.8
"""Steps of its pitch, measured; the scale is logarithmic."""
_TIMEOUT = 60.0
"""Seconds for one narration; a minute of speech takes a fifth of a second."""
_WORD, _END = 1, 5
"""Types of events: a word begins; a clause has ended, with the pause after it."""
_NOT_BY_THEMSELVES = {"qdb", "piqd", "en-Shaw"}
"""Languages of which no project's text is: artificial ones, and English in letters that nobody writes."""
_USUAL = {"cmn": "zh"}
"""Languages -> what they are usually called in a project."""
_READS_NO_CJK = {"ja", "ko"}
"""Their Chinese characters are said by the English words "Chinese letter"."""


class Espeak:
    """One voice for each language and dialect that the library knows."""

    name = "espeak"
    licence = "GPL-3.0-or-later"
    reads: Literal["spoken", "display"] = "spoken"

    def voices(self) -> list[VoiceInfo]:
        """All of the library's list; none without the package."""
        package = folder()
        return list(_listed(package)) if package else []

    def needs(self) -> str:
        """The command that installs the package; "" where it is there."""
        return "" if folder() else f'pip install "{EXTRA}"'

    def fingerprint(self) -> str:
        """Version and pace."""
        try:
            return f"espeakng-loader {version('espeakng-loader')} pace {PACE}"
        except PackageNotFoundError:
            return "espeakng-loader is not installed"

    def refuse(self, words: Sequence[SayWord], voice: str) -> None:
        """Raise AudioError for a word in a script that the voice would spell, naming it."""
        language = next((each.language for each in self.voices() if each.id == f"espeak:{voice}"), voice)
        for word in words:
            script = foreign_script(word.spoken, language)
            if language.partition("-")[0] in _READS_NO_CJK and any(map(_is_cjk, word.spoken)):
                script = "cjk"
            if script:
                raise AudioError(
                    f'espeak cannot say "{word.display[:40]}" ({script} script) in "{language}"',
                    hint="say in the project's `lexicon` how it sounds, or choose a voice of that language",
                )

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Say the words with exact times. Raises AudioError as `refuse` does, and when the library fails."""
        return self.speak_at(words, voice, rate, 0.0)

    def speak_at(self, words: Sequence[SayWord], voice: str, rate: float, pitch: float) -> Speech:
        """Say them `pitch` semitones higher, or lower."""
        package = folder()
        if package is None:
            raise AudioError("espeakng-loader, which speaks the espeak voices, is not installed", hint=self.needs())
        self.refuse(words, voice)
        texts = [_plain(word.spoken) for word in words]
        # of 0 to 100, where 50 is the voice's own
        height = round(50 + pitch * _SEMITONE)
        job = {"voice": voice, "rate": round(PACE * rate), "pitch": height, "texts": [" ".join(texts)]}
        (part,) = worker.run("espeak", "espeak_worker.py", package, job, folder=package, timeout=_TIMEOUT)
        return _speech(part, texts)


def _speech(part: bytes, texts: Sequence[str]) -> Speech:
    """What the worker said of the texts, joined by spaces."""
    import numpy as np

    sample_rate, count = (int(number) for number in np.frombuffer(part, "<i4", 2))
    events = np.frombuffer(part, "<i4", 3 * count, 8).reshape(count, 3).tolist()
    samples = np.frombuffer(part, "<i2", offset=8 + 12 * count).astype(np.float32) / 32768
    spans = spans_of(events, texts, samples, sample_rate)
    missing = any(span is None and any(map(str.isalnum, text)) for span, text in zip(spans, texts, strict=True))
    return Speech(samples, sample_rate, spans, estimated=missing)


def spans_of(
    events: Sequence[Sequence[int]], texts: Sequence[str], samples: np.ndarray, sample_rate: int
) -> list[Span | None]:
    """When each text is said, by events of type, place in the texts joined by spaces, and sample.

    A word lasts until the next begins, or until the sound ends before a pause. Words that are said as one, such as "of
    the", have one event, and share its time by their syllables.
    """
    from videogen.voices.silence import sounding

    begins, at = list[int](), 0
    for text in texts:
        begins.append(at)
        at += len(text) + 1
    known: dict[int, tuple[int, int]] = {}
    told = [event for event in events if event[0] in {_WORD, _END}]
    for (kind, place, start), following in zip(told, [*told[1:], (_END, 0, len(samples))], strict=True):
        if kind != _WORD:
            continue
        word, until = max(bisect_right(begins, place) - 1, 0), following[2]
        if following[0] == _END:
            until = start + sounding(samples[start:until], sample_rate)[1]
        known[word] = (known[word][0] if word in known else start, until)
    spans: list[Span | None] = [None] * len(texts)
    for first, group in _together(known, texts):
        start, end = known[first]
        lengths = [syllables(texts[word]) for word in group]
        for word, span in zip(group, share(start / sample_rate, end / sample_rate, lengths), strict=True):
            spans[word] = span
    return spans


def _together(known: dict[int, tuple[int, int]], texts: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Each word that has a time, and with it those after it that are said but have none."""
    said = [word for word, text in enumerate(texts) if word in known or any(map(str.isalnum, text))]
    leaders = sorted(known)
    for place, group in groupby(said, key=lambda word: bisect_right(leaders, word)):
        if place:
            yield leaders[place - 1], list(group)


def _plain(text: str) -> str:
    """Without control characters, some of which are commands to espeak-ng."""
    said = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
    return " ".join(unicodedata.normalize("NFC", said).split())


def _is_cjk(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("CJK")


def folder() -> Path | None:
    """Where the package is."""
    return worker.package_folder("espeakng_loader")


@cache
def _listed(package: Path) -> tuple[VoiceInfo, ...]:
    """The voices that the library lists and has a dictionary for, without which they are silent; read from the files
    from which it lists them, by name of file."""
    data = package / "espeak-ng-data"
    files = (path for path in (data / "lang").rglob("*") if path.is_file())
    voices = []
    for path in sorted(files, key=lambda path: path.name.lower()):
        # some hold comments in encodings of their own
        lines = [line.split() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
        facts = {line[0]: line[1:] for line in reversed(lines) if len(line) > 1}
        language = tag(facts["language"][0])
        dictionary = facts.get("dictionary", facts["language"])[0].partition("-")[0]
        if language not in _NOT_BY_THEMSELVES and (data / f"{dictionary}_dict").exists():
            description = f"{' '.join(facts['name'])}, robotic"
            voices.append(VoiceInfo(f"espeak:{path.name}", language, "", description, offline=True, natural=0))
    return tuple(voices)


def tag(name: str) -> str:
    """The BCP 47 tag for a language as espeak-ng names it.

    >>> tag("pt-br"), tag("cmn-latn-pinyin"), tag("en-gb-x-rp")
    ('pt-BR', 'zh-Latn-pinyin', 'en-GB-x-rp')
    """
    first, *others = name.lower().split("-")
    parts, private = [_USUAL.get(first, first)], False
    for part in others:
        private = private or len(part) == 1
        shaped = part if private else {2: part.upper(), 4: part.title()}.get(len(part), part)
        parts.append(shaped)
    return "-".join(parts)


ENGINE = Espeak()
