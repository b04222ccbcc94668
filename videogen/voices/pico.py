"""Offline voices for German, British English, Spanish, French and Italian: SVOX Pico, by py-nanotts.

Statistical, small and quick, and clear rather than beautiful. The text arrives spelled out and is said sentence by
sentence, so that the pauses between them are a person's. Word times are exact (see `loud_marks`), and the same text
gives the same samples.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from videogen.model.errors import AudioError
from videogen.model.pace import syllables
from videogen.voices import worker
from videogen.voices.align import share
from videogen.voices.alphabets import foreign_script
from videogen.voices.engine import Speech, VoiceInfo
from videogen.voices.pieces import CLAUSE_PAUSE, SENTENCE_PAUSE, Piece, assemble

if TYPE_CHECKING:
    import numpy as np

    from videogen.voices.speech import SayWord

PACKAGE = "py-nanotts==0.1.1"
SAMPLE_RATE = 16_000
PACES = {"de-DE": 1.05, "en-GB": 1.05, "es-ES": 1.08, "fr-FR": 0.88, "it-IT": 1.15}
"""Pico's speed at rate 1: left alone it says from 117 words of six characters a minute (it) to 191 (fr)."""
LONGEST = 48
"""Words said in one go. Longer sentences are cut, at a comma where there is one."""
MOST_MARKS = 24
"""Changes of volume in one go: Pico loops for ever on the 31st. In a longer sentence, neighbours share one."""
_TIMEOUT = 30.0
"""Seconds for one narration; a minute of speech takes half a second."""
_VOICES = {"de-DE": "German", "en-GB": "British English", "es-ES": "Spanish", "fr-FR": "French", "it-IT": "Italian"}
_INITIALS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\b)")
"""Points that join letters, of which Pico would say each as "dot"."""
_UNSAID = re.compile(r"[^\w\s'.,;:!?-]|[_ªºµ]")
_MALLOC = {"MALLOC_MMAP_THRESHOLD_": "131072"}
"""Memory fresh from the system, and so empty, each time (glibc); see `pico_worker`."""


class Pico:
    """One voice for each language, all female."""

    name = "pico"
    licence = "Apache-2.0"
    reads: Literal["spoken", "display"] = "spoken"

    def voices(self) -> list[VoiceInfo]:
        """All that are in the package, whether it is installed or not."""
        here = folder() is not None
        note = "" if here else f"; needs `pip install {PACKAGE}`"
        return [
            VoiceInfo(f"pico:{tag}", tag, "female", f"{language}, small and clear{note}", here, natural=1)
            for tag, language in _VOICES.items()
        ]

    def fingerprint(self) -> str:
        """Version and pauses."""
        try:
            said_by = f"py-nanotts {version('py-nanotts')}"
        except PackageNotFoundError:
            said_by = "py-nanotts is not installed"
        return f"{said_by} pace {PACES} pause {SENTENCE_PAUSE} {CLAUSE_PAUSE}"

    def refuse(self, words: Sequence[SayWord], voice: str) -> None:
        """Raise AudioError for a word in another script, naming it."""
        for word in words:
            if script := foreign_script(word.spoken, voice):
                raise AudioError(
                    f'pico cannot say "{word.display[:40]}" ({script} script)',
                    hint="say in the project's `lexicon` how it sounds, or choose a voice of that language",
                )

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Say the words with exact times. Raises AudioError as `refuse` does, and when Pico fails."""
        return self.speak_at(words, voice, rate, 0.0)

    def speak_at(self, words: Sequence[SayWord], voice: str, rate: float, pitch: float) -> Speech:
        """Say them `pitch` semitones higher, an octave at most."""
        from videogen.voices import loud_marks

        self.refuse(words, voice)
        groups = utterances(words)
        marked = [_together(group) for group, _ in groups]
        texts = [_text(words, parts, apart) for parts in marked for apart in (False, True)]
        said = run(texts, voice, rate, pitch)
        pieces = []
        for index, ((_, pause), parts) in enumerate(zip(groups, marked, strict=True)):
            even, told = said[2 * index : 2 * index + 2]
            lengths = [[syllables(words[place].spoken) for place in part] for part in parts]
            spans = loud_marks.spans(even, told, len(parts), SAMPLE_RATE)
            spans = loud_marks.shared(spans, [sum(each) for each in lengths])
            known = {
                place: own
                for part, span, each in zip(parts, spans, lengths, strict=True)
                if span
                for place, own in zip(part, share(*span, each), strict=True)
            }
            pieces.append(Piece((even / 32768).astype("float32"), known, pause))
        speech = assemble(pieces, len(words), SAMPLE_RATE, rate)
        return Speech(speech.samples, SAMPLE_RATE, speech.spans, estimated=_some_are_missing(groups, speech))


def utterances(words: Sequence[SayWord]) -> list[tuple[list[int], float]]:
    """The words of each sentence that have a sound, and the pause due after it.

    >>> from videogen.voices.speech import SayWord
    >>> utterances([SayWord(text, text) for text in "Eins, zwei. 🎉 Drei".replace("🎉", "").split()])
    [([0, 1], 0.36), ([2], 0.36)]
    """
    sentences: list[list[int]] = [[]]
    for index, word in enumerate(words):
        if any(char.isalnum() for char in word.spoken):
            sentences[-1].append(index)
        if word.spoken[-1:] in {".", "!", "?", "…"} and sentences[-1]:
            sentences.append([])
    out: list[tuple[list[int], float]] = []
    for sentence in sentences:
        parts = _cut(sentence, words)
        out += [(part, CLAUSE_PAUSE if place < len(parts) - 1 else SENTENCE_PAUSE) for place, part in enumerate(parts)]
    return out


def _cut(sentence: list[int], words: Sequence[SayWord]) -> list[list[int]]:
    """Parts no longer than `LONGEST`, ending at a comma, semicolon or colon where one is in the second half."""
    parts = []
    while len(sentence) > LONGEST:
        ends = [i for i in range(LONGEST // 2, LONGEST) if words[sentence[i]].spoken[-1:] in {",", ";", ":"}]
        end = ends[-1] + 1 if ends else LONGEST
        parts.append(sentence[:end])
        sentence = sentence[end:]
    return [*parts, sentence] if sentence else parts


def _together(group: list[int]) -> list[list[int]]:
    """The words that share a volume: each its own, as long as there are enough."""
    size = -(-len(group) // MOST_MARKS)
    return [group[at : at + size] for at in range(0, len(group), size)]


def _text(words: Sequence[SayWord], parts: Sequence[list[int]], told_apart: bool) -> str:
    """The text of a sentence with the volume of each part, all the same unless they are to be told apart.

    The last is left open: Pico adds half a second of breath after a closing tag at the end.
    """
    from videogen.voices import loud_marks

    tagged = []
    for place, part in enumerate(parts):
        level = loud_marks.level(place if told_apart else 0)
        tagged.append(f'<volume level="{level}">{" ".join(_plain(words, index) for index in part)}</volume>')
    return " ".join(tagged).removesuffix("</volume>")


def _plain(words: Sequence[SayWord], index: int) -> str:
    """A word without what Pico could take for markup; a dash that follows it becomes a comma."""
    said = unicodedata.normalize("NFC", words[index].spoken)
    said = re.sub(r"\s*[—–]\s*", ", ", _INITIALS.sub(" ", said)).replace("…", ".")
    said = " ".join(_UNSAID.sub(" ", said).split())
    dashed = index + 1 < len(words) and words[index + 1].spoken in {"—", "–"}
    return f"{said}," if dashed and said[-1:].isalnum() else said


def run(texts: Sequence[str], voice: str, rate: float, pitch: float = 0.0) -> list[np.ndarray]:
    """16-bit samples of each text, which may hold Pico's markup. Raises AudioError when one cannot be said."""
    import numpy as np

    package = folder()
    if package is None:
        raise AudioError("py-nanotts, which speaks the pico voices, is not installed", hint=f"pip install {PACKAGE}")
    if voice not in _VOICES:
        raise AudioError(f'pico has no voice "{voice}"', hint=f"its voices are {', '.join(_VOICES)}")
    speed, height = rate * PACES[voice], min(max(2 ** (pitch / 12), 0.5), 2.0)
    job = {"voice": voice, "speed": speed, "pitch": height, "texts": list(texts)}
    environment = {name: value for name, value in os.environ.items() if name != "MALLOC_PERTURB_"} | _MALLOC
    said = worker.run(
        "pico", "pico_worker.py", package, job, folder=package / "lang", timeout=_TIMEOUT, environment=environment
    )
    return [np.frombuffer(part, "<i2") for part in said]


def folder() -> Path | None:
    """Where the package is."""
    return worker.package_folder("py_nanotts")


def _some_are_missing(groups: Sequence[tuple[list[int], float]], speech: Speech) -> bool:
    return any(speech.spans[index] is None for group, _ in groups for index in group)


ENGINE = Pico()
