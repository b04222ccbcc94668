"""Feeds broken documents to the inputs: only a ValidationError or a ResourceError may come out, and soon.

    python tests/bench/fuzz_inputs.py --minutes 5 pdf txt
    python tests/bench/fuzz_inputs.py --minutes 1 --seeds /usr/share/doc/some-package pdf

Each input with seeds is run in a process of its own, which is killed when one document takes longer than --limit
seconds. What it was fed when something went wrong is kept in --keep, by the input and a hash. Seeds are made here, and
taken from --seeds (files that the input says it reads). The same --seed feeds the same documents in the same order.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

LONGEST_SEED = 2_000_000
TEXT = """\
A Title

1.  Introduction

   Some words that go on for a while, so that the line is one of prose and
   nothing else; hyphen-
   ated words too.

   o  one
      - nested
   o  two

Table of Contents

   1. Introduction . . . . . . 1
   2. End . . . . . . . . . .  2

      Code   Meaning
      ----   -------
      200    fine

    $ run --fast
\f
Foot                                                        [Page 2]
| a | b |
+---+---+
| c | d |
"""
TOKENS = (
    b"\0", b"\xff", b"\f", b"\n\n", b"\x1b[1m", b"a\x08a", b"-1", b"99999999999", b"0", b"1e308", b"<<", b">>", b"[",
    b"]", b"(", b")", b"stream\n", b"endstream", b"endobj", b" 0 R", b"/Kids", b"/Parent 2 0 R", b"/Contents",
    b"/Length 9", b"/Filter /FlateDecode", b"/Rotate 90", b"BT", b"ET", b"Tf", b"Tm", b"TJ", b"Do", b"q", b"Q", b"cm",
    b"`" * 9, b"# ", b"- ", b"1. ", b"====", b"&#0;", b"<table>", b"]]>", b'<!ENTITY a "b">', b"{", b"}", b'"', b":",
    b"\xe2\x80\x8f",
)  # fmt: skip


def _text() -> list[bytes]:
    return [TEXT.encode(), TEXT.replace("\n\n", "\n").encode(), TEXT.upper().encode(), (TEXT * 40).encode()]


def _pdf() -> list[bytes]:
    import pdfs

    drawn = [pdfs.made(draw, pageCompression=0) for draw in (pdfs.paper, pdfs.manual, pdfs.scanned)]
    return [*drawn, pdfs.made(pdfs.manual), pdfs.pages(pdfs.words("Hello."), b"q " * 500)]


SEEDS: dict[str, Callable[[], list[bytes]]] = {"txt": _text, "md": _text, "pdf": _pdf}
"""What is broken, by input; an input without an entry needs --seeds."""


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A document with a few things wrong."""
    work = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(work) + 1)
        size = chance.choice((1, 2, 8, 64, 1024))
        kind = chance.randrange(8)
        if kind == 0 and work:
            work[min(at, len(work) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del work[at : at + size]
        elif kind == 2:
            work[at:at] = work[at : at + size] * chance.choice((1, 2, 50))
        elif kind == 3:
            work[at:at] = chance.choice(TOKENS)
        elif kind == 4:
            work[at : at + size] = chance.choice(TOKENS)
        elif kind == 5 and chance.random() < 0.3:
            del work[at:]
        elif kind == 6:
            start = chance.randrange(len(other) + 1)
            work[at : at + size] = other[start : start + size]
        elif numbers := [match.span() for match in re.finditer(rb"\d+", bytes(work[at : at + 4096]))]:
            start, end = chance.choice(numbers)
            number = chance.choice((b"0", b"-1", b"1", b"65536", b"4294967296", b"1" * 30))
            work[at + start : at + end] = number
    return bytes(work[: 4 * LONGEST_SEED])


def _feed(name: str, seed: int, folder: str, current: str) -> None:
    """The process that is fed: says a line before and after each document."""
    from videogen.inputs.adapter import Given
    from videogen.inputs.documents import adapters
    from videogen.model.errors import ResourceError, ValidationError

    adapter = adapters()[name]
    seeds = SEEDS.get(name, list)()
    for path in sorted(Path(folder).rglob("*")) if folder else ():
        if (
            path.is_file()
            and path.stat().st_size <= LONGEST_SEED
            and adapter.reads(path.name, path.read_bytes()[:4096], "")
        ):
            seeds.append(path.read_bytes())
    if not seeds:
        print("none", flush=True)
        return
    chance = random.Random(seed)
    while True:
        data = mutated(chance.choice(seeds), chance.choice(seeds), chance)
        Path(current).write_bytes(data)
        print("fed", flush=True)
        try:
            reading = adapter.read(Given(f"a.{name}", f"a.{name}", data))
        except (ValidationError, ResourceError) as error:
            if "\n" in error.line():
                raise ValueError(f"an error of more than one line: {error.line()!r}") from error
            print("refused", flush=True)
            continue
        starts = list(reading.starts)
        if starts != sorted(starts) or any(not 1 <= start <= reading.text.count("\n") + 2 for start in starts):
            raise ValueError(f"places that do not rise, or are not there: {starts[:20]}")
        print("read", flush=True)


def _lines(process: subprocess.Popen[str], limit: float) -> Iterator[str | None]:
    """What it says; None when it says nothing for too long."""
    import select

    assert process.stdout is not None
    while select.select([process.stdout], [], [], limit)[0]:
        line = process.stdout.readline()
        if not line:
            return
        yield line.strip()
    yield None


def fuzz(name: str, minutes: float, options: argparse.Namespace) -> int:
    """Feeds one input for so long; the number of things that went wrong."""
    keep = Path(options.keep)
    keep.mkdir(parents=True, exist_ok=True)
    current = keep / f"{name}.current"
    end = time.monotonic() + 60 * minutes
    counts = {"fed": 0, "read": 0, "refused": 0}
    wrong, slowest, seed = 0, 0.0, options.seed
    while time.monotonic() < end:
        command = [sys.executable, __file__, "--feed", name, str(seed), options.seeds or "", str(current)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        began = time.monotonic()
        trouble = None
        for line in _lines(process, options.limit):
            now = time.monotonic()
            if line == "none":
                print(f"{name}: no seeds; give some with --seeds")
                process.wait()
                return 0
            if line is None:
                trouble = f"nothing came for {options.limit:g} s"
                break
            counts[line] += 1
            if line == "fed":
                began = now
            else:
                slowest = max(slowest, now - began)
            if now > end:
                break
        ended = process.poll()
        process.kill()
        said = process.communicate()[1]
        if trouble is None and time.monotonic() < end:
            trouble = f"it ended with {ended}: {(said.strip().splitlines() or ['?'])[-1]}"
        if trouble is not None:
            wrong += 1
            kept = keep / f"{name}-{hashlib.sha256(current.read_bytes()).hexdigest()[:12]}"
            current.replace(kept)
            print(f"{name}: {trouble}\n  fed {kept}\n{said[-1500:]}", flush=True)
        seed += 1000
    print(f"{name}: {counts['fed']} documents, {counts['read']} read, {counts['refused']} refused, {wrong} wrong; "
          f"the slowest took {slowest:.1f} s")  # fmt: skip
    return wrong


def main() -> int:
    """Feeds the inputs that are named, or every one."""
    if sys.argv[1:2] == ["--feed"]:
        name, seed, folder, current = sys.argv[2:6]
        _feed(name, int(seed), folder, current)
        return 0
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("inputs", nargs="*", help="inputs to feed (every one that takes content)")
    parser.add_argument("--minutes", type=float, default=1, help="for each input (1)")
    parser.add_argument("--limit", type=float, default=100, help="seconds that one document may take (100)")
    parser.add_argument("--seeds", help="a folder with documents to break")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers (1)")
    parser.add_argument("--keep", default="build/fuzz", help="folder for what went wrong (build/fuzz)")
    options = parser.parse_args()
    from videogen.inputs.documents import adapters

    known = [name for name, adapter in adapters().items() if adapter.takes == "content"]
    return min(1, sum(fuzz(name, options.minutes, options) for name in options.inputs or known))


if __name__ == "__main__":
    sys.exit(main())
