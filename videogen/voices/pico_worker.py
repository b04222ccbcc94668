"""Runs as a process of its own, on py-nanotts alone: text on standard input, samples on standard output.

A process, because Pico holds Python's lock while it speaks, leaves bytes of its working memory unset (so what it says
differs by what lay there before), and loops for ever on some input. Run as `python -I -S pico_worker.py FOLDER`, where
FOLDER holds the package, in the folder of Pico's voices. In: JSON `{"voice": …, "speed": …, "pitch": …, "texts": […]}`.
Out, for each text: the number of bytes, four of them, least first; then 16-bit samples, 16 kHz, mono.
"""

from __future__ import annotations

import json
import sys


def _main(folder: str) -> None:
    sys.path.append(folder)
    from py_nanotts import _nanotts

    job = json.loads(sys.stdin.buffer.read())
    for text in job.pop("texts"):
        # "." because Pico has no room for the path of a deep folder
        samples = _nanotts.speak(text=text, lingware_path=".", **job)
        sys.stdout.buffer.write(len(samples).to_bytes(4, "little") + samples)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
