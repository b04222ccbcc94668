"""Throw broken captions and info files at their readers: `python tests/bench/fuzz_talks.py --seconds 300`.

Real-shaped files are cut, repeated, spliced and strewn with bytes. Whatever comes of it is a document or an error of
one line, soon.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from talks import BARE, WORDS, info, json3, manual, rolling_vtt, srv3, timed

from videogen.inputs.documents import read_document
from videogen.inputs.parse import parse
from videogen.model.errors import PipelineError, Where
from videogen.model.project import VideoConfig

SLOW = 5.0
"""Seconds: what takes longer hangs."""
TRACK = {"en": [{"ext": "vtt", "data": manual(timed(WORDS))}]}
SEEDS = {
    "talk.vtt": [rolling_vtt(timed(BARE)), manual(timed(WORDS))],
    "talk.srt": [manual(timed(WORDS), "srt")],
    "talk.json3": [json3(timed(BARE))],
    "talk.srv3": [srv3(timed(BARE))],
    "talk.info.json": [json.dumps(info(subtitles=TRACK)), json.dumps(info(automatic_captions=TRACK))],
}
SPICE = (
    *("<", ">", "&", "&lt;", "&#0;", "&#x110000;", "<c>", "</c>", "<v ", "-->", "00:00:00.000", "99:99:99,999", "\n\n"),
    *("[", "]", "(", ")", "{", "}", '"', "'", "\\", ":", ",", "null", "-1", "1e999", "NaN", "[[[[", "WEBVTT", "NOTE "),
    *(
        "\0",
        "\x01",
        "\x1e",
        "\r",
        "\u2028",
        "\ufeff",
        "\ud800",
        "\U0001f600",
        "\u202e",
        ">> A: ",
        "\u266a",
        "]]>",
        "<!--",
    ),
    *("STYLE\n", "REGION\n", "<!DOCTYPE", "%s", "$(", "#", "| - |", "`", "tlang=", "é", "漢字。", "ا"),
)


def broken(seed: str, other: str, dice: random.Random) -> str:
    """A seed with a few things wrong."""
    text = seed
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        a, b = sorted((dice.randrange(len(text) + 1), dice.randrange(len(text) + 1)))
        b = min(b, a + dice.choice((1, 8, 80, 2000)))
        match dice.randrange(6):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:a] + text[a:b] * dice.choice((2, 3, 50)) + text[b:]
            case 2:
                text = text[:a] + dice.choice(SPICE) * dice.choice((1, 1, 3, 2000)) + text[b:]
            case 3:
                at = dice.randrange(len(other) + 1)
                text = text[:a] + other[at : at + 400] + text[b:]
            case 4:
                text = text[:a] + "".join(chr(dice.randrange(1, 0x250)) for _ in range(b - a)) + text[b:]
            case _:
                text = text[:a] + str(dice.choice((-1, 0, 10**9, 10**30, 1.5, float("inf")))) + text[b:]
        text = text[:400_000]
    return text


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    dice, end = random.Random(given.seed), time.monotonic() + given.seconds
    every = [text for texts in SEEDS.values() for text in texts]
    outcomes: Counter[str] = Counter()
    worst = 0.0
    with TemporaryDirectory() as place:
        folder = Path(place)
        while time.monotonic() < end:
            name = dice.choice(list(SEEDS))
            text = broken(dice.choice(SEEDS[name]), dice.choice(every), dice)
            (folder / name).write_bytes(text.encode(errors="surrogatepass"))
            begun = time.monotonic()
            try:
                document = read_document(name, folder, folder, Where("talk.yaml", 1)).document
                parse(VideoConfig(id="talk", document=document))
                outcomes["read"] += 1
            except PipelineError as error:
                if "\n" in error.line() or len(error.line()) > 600:
                    raise
                outcomes[type(error).__name__] += 1
            except BaseException:
                Path(f"fuzz-{name}").write_bytes((folder / name).read_bytes())
                print(f"kept as fuzz-{name}", file=sys.stderr)
                raise
            took = time.monotonic() - begun
            worst = max(worst, took)
            if took > SLOW:
                Path(f"fuzz-{name}").write_bytes((folder / name).read_bytes())
                print(f"{took:.1f} s: kept as fuzz-{name}", file=sys.stderr)
                return 1
    print(f"{sum(outcomes.values())} files, {dict(outcomes)}, the slowest {worst:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
