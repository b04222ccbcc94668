"""The embedded English voice: hibari-tts, a small neural synthesiser that runs on one core, offline.

The text arrives spelled out, so hibari's own normalisation has nothing left to do and every phoneme can be
traced to the display word it comes from. Word times are exact: the model's duration of each phoneme is read
from inside the network. With its seed, one thread and the libraries that `fingerprint` names, it makes the
same samples each time.
"""

from __future__ import annotations

import importlib.util
import json
import os
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from videogen.model.errors import AudioError
from videogen.voices.engine import Span, Speech, VoiceInfo
from videogen.voices.pieces import CLAUSE_PAUSE, SENTENCE_PAUSE, Piece, assemble

if TYPE_CHECKING:
    from videogen.voices.speech import SayWord

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
# onnxruntime reads it when it is imported: else it writes an identifier of the machine into the user's cache folder
# and reports each use to a server of its maker's

SEED = 0
DURATIONS = "/Cast_32_output_0"
"""The tensor of phoneme durations in hibari-tts 0.2.1, int64, in units of `TICK` seconds."""
TICK = 0.025
PACE = 0.8
"""hibari's speed at rate 1: it says some 205 words a minute by itself, and a listener follows 150 to 175."""

_ONSET = 1 / 3
"""Of the duration of a space, how much has passed when the next word is heard: by the bursts of stops, 0.05 to 0.5."""

_loading = threading.Lock()


class Hibari:
    """English only. `heart` is part of the package; the others, all male voices among them, are in no package: hibari
    fetches each once from its model hub, checks its hash and keeps it."""

    name = "hibari"
    licence = "Apache-2.0"
    reads: Literal["spoken", "display"] = "spoken"

    def voices(self) -> list[VoiceInfo]:
        """All voices of hibari's registry."""
        return [
            VoiceInfo(
                id=f"hibari:{name}",
                language=facts["language"],
                gender=facts["gender"],
                description=f"{facts['accent']} English, neural"
                + ("" if here else f"; fetched once from {_hub()}, 8 MB"),
                offline=here,
            )
            for name, facts in _registry().items()
            for here in [_is_here(facts)]
        ]

    def fingerprint(self) -> str:
        """Versions of what computes the samples, and the seed. scipy is named when hibari would use its FFT."""
        parts = ["hibari-tts", "onnxruntime", "numpy"] + (["scipy"] if importlib.util.find_spec("scipy") else [])
        versions = " ".join(f"{part} {version(part)}" for part in parts)
        return f"{versions} seed {SEED} threads 1 pause {SENTENCE_PAUSE} {CLAUSE_PAUSE}"

    def refuse(self, words: Sequence[SayWord], voice: str) -> None:
        """Raise AudioError for a word in another script, naming it."""
        for word in words:
            _refuse_foreign(word)

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Say the words with exact times. Raises AudioError as `refuse` does."""
        return self.speak_at(words, voice, rate, 0.0)

    def speak_at(self, words: Sequence[SayWord], voice: str, rate: float, pitch: float) -> Speech:
        """Say them `pitch` semitones higher: the pulses of the glottis come faster, the vocal tract stays as it is."""
        from hibari import dsp

        self.refuse(words, voice)
        pieces = render(words, voice or "heart", rate * PACE, pitch)
        return assemble(pieces, len(words), dsp.SR, rate)


def render(words: Sequence[SayWord], voice: str, rate: float, pitch: float = 0.0) -> list[Piece]:
    """Each sentence (or clause of a long one) as hibari itself would say it, sample for sample where `pitch` is 0."""
    import numpy as np
    from hibari import dsp

    model = load(voice)
    rng = np.random.default_rng(SEED)
    speed = np.asarray([rate], np.float32)
    pieces = []
    for phonemes, owners, pause in _utterances(model, words):
        said = [(char, owner) for char, owner in zip(phonemes, owners, strict=True) if char in model.vocab]
        ids = [0, *(model.vocab[char] for char, _ in said), 0]
        if len(ids) < 3:
            continue
        *spectrum, durations = model.session.run(None, {"ids": np.asarray([ids], np.int64), "speed": speed})
        lh, theta, ln, lr, phi, f0 = (part[0] for part in spectrum)
        samples = dsp.synth(lh, theta, ln, lr, phi, f0 * np.float32(2 ** (pitch / 12)), rng)
        edges = np.concatenate([[0], np.cumsum(durations.reshape(-1))]) * TICK
        spans: dict[int, Span] = {}
        for place, (_, owner) in enumerate(said, start=1):
            if owner >= 0:
                # the sound of a word begins within the space before it
                space = edges[place] - edges[place - 1] if place > 1 and said[place - 2][0] == " " else 0.0
                start = spans[owner][0] if owner in spans else float(edges[place] - (1 - _ONSET) * space)
                spans[owner] = (start, float(edges[place + 1]))
        pieces.append(Piece(samples, spans, pause))
    return pieces


def _utterances(model: _Model, words: Sequence[SayWord]) -> list[tuple[str, list[int], float]]:
    """Phonemes, the word each belongs to (-1: none), and the pause after: cut as `Hibari.phonemize` cuts."""
    from hibari.tts import Hibari as Stock

    chunk_owner = [index for index, word in enumerate(words) for _ in word.spoken.split()]
    text = " ".join(word.spoken for word in words if word.spoken)
    out, first = [], 0
    for sentence in Stock.split_sentences(text):
        count = len(sentence.split())
        phonemes, owners = _phonemes(model, sentence, chunk_owner[first : first + count])
        first += count
        parts = _clauses(phonemes, owners)
        for index, (part, part_owners) in enumerate(parts):
            last = index == len(parts) - 1
            out.append((part, part_owners, SENTENCE_PAUSE if last else CLAUSE_PAUSE))
    return out


def _phonemes(model: _Model, sentence: str, chunk_owner: Sequence[int]) -> tuple[str, list[int]]:
    """The phonemes of a sentence; `chunk_owner` names the word of each whitespace-separated chunk."""
    chars: list[str] = []
    owners: list[int] = []
    chunk = 0
    for token in model.g2p.phonemize_tokens(model.g2p.tokenize(sentence)):
        phonemes = token.phonemes or ""
        # stress marks and punctuation of a token are timed with its word, the space after it with none
        chars += phonemes
        owners += [chunk_owner[chunk] if char.isalpha() else -1 for char in phonemes]
        if token.whitespace:
            chars.append(" ")
            owners.append(-1)
            chunk += 1
    text = "".join(chars)
    begin = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return text[begin:end], owners[begin:end]


def _clauses(phonemes: str, owners: list[int]) -> list[tuple[str, list[int]]]:
    """Cut at clause punctuation where a sentence is longer than the model takes, as hibari does."""
    from hibari.tts import _CLAUSE, MAX_PHONEMES

    if not phonemes:
        return []
    if len(phonemes) <= MAX_PHONEMES:
        return [(phonemes, owners)]
    cuts = [0, *(edge for found in _CLAUSE.finditer(phonemes) for edge in found.span()), len(phonemes)]
    out: list[tuple[str, list[int]]] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        text, who = phonemes[start:end], owners[start:end]
        if out and len(out[-1][0]) + len(text) + 1 <= MAX_PHONEMES:
            before, before_who = out[-1]
            out[-1] = (f"{before} {text}", [*before_who, -1, *who])
        else:
            out.append((text, who))
    return out


@dataclass(frozen=True)
class _Model:
    session: Any
    g2p: Any
    vocab: dict[str, int]


def load(voice: str) -> _Model:
    """The voice's model and its reading rules, loaded once per process (about a second)."""
    with _loading:
        return _load(voice)


@cache
def _load(voice: str) -> _Model:
    import onnxruntime
    from hibari.tts import ASSETS
    from hibari.voices import voice_path

    facts = _registry().get(voice)
    if facts is None:
        raise AudioError(f'hibari has no voice "{voice}"', hint=f"its voices are {', '.join(_registry())}")
    try:
        model = Path(voice_path(voice)).read_bytes()
    except (RuntimeError, OSError) as error:
        what = "what came is not that voice" if "sha256" in str(error) else "it could not be fetched"
        raise AudioError(
            f'the voice "hibari:{voice}" is in no package but at {_hub()}, and {what}',
            hint=f"let {_hub()} through once, or copy {facts['file']} into {_voices_module().cache_dir()}, "
            "or write `voice: female`, which is part of the package",
            details={"cause": str(error)},
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    vocabulary = json.loads(Path(ASSETS, "vocab.json").read_text(encoding="utf-8"))
    return _Model(timed_session(model, options, voice), _g2p(bool(facts["british"])), vocabulary)


def timed_session(model: bytes, options: Any, voice: str) -> Any:
    """An inference session whose last output is the phoneme durations. Raises AudioError when there are none."""
    import onnxruntime

    from videogen.voices.onnx_outputs import INT64, with_output

    try:
        return onnxruntime.InferenceSession(
            with_output(model, DURATIONS, INT64), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime raises classes of its own that it does not export
        raise AudioError(
            f'the model of "hibari:{voice}" gives no word times: it cannot be loaded with "{DURATIONS}" as an output',
            hint="install hibari-tts==0.2.1, or use another engine",
            details={"cause": str(error)},
        ) from error


@cache
def _g2p(british: bool) -> Any:
    from hibari.g2p import G2P

    g2p = G2P(british=british)
    _ = g2p.oov  # loaded here, under the lock, not at the first unknown word
    return g2p


@cache
def _voices_module() -> ModuleType:
    """`hibari.voices` by itself: importing the package around it would import numpy."""
    package = importlib.util.find_spec("hibari")
    if package is None or not package.submodule_search_locations:
        raise AudioError("hibari-tts is not installed", hint="pip install hibari-tts==0.2.1")
    path = Path(next(iter(package.submodule_search_locations)), "voices.py")
    spec = importlib.util.spec_from_file_location("_hibari_voices", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _registry() -> dict[str, dict[str, Any]]:
    return _voices_module().VOICES


def _hub() -> str:
    """The host from which voices are fetched."""
    return urlsplit(_voices_module().BASE_URL).hostname or "its hub"


def _is_here(facts: dict[str, Any]) -> bool:
    return bool(facts.get("bundled")) or Path(_voices_module().cache_dir(), facts["file"]).exists()


def _refuse_foreign(word: SayWord) -> None:
    foreign = [char for char in word.spoken if char.isalpha() and not char.isascii()]
    if foreign:
        script = unicodedata.name(foreign[0], "another").split()[0].lower()
        raise AudioError(
            f'hibari reads English only and cannot say "{word.display[:40]}" ({script} script)',
            hint="say in the project's `lexicon` how it sounds, or choose a voice of that language",
        )


ENGINE = Hibari()
