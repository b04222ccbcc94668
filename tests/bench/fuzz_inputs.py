"""Feeds broken files to everything that reads one of a stranger: only a PipelineError of one line may come out, soon.

    nice python tests/bench/fuzz_inputs.py --minutes 10 docx pptx html pdf
    nice python tests/bench/fuzz_inputs.py --minutes 1 --seeds /usr/share/doc/some-package pdf

Each reader is run in a process of its own, which is killed when one file takes longer than --limit seconds, and may
have MOST_MEMORY. What it was fed when something went wrong is kept in --keep, by the reader and a hash. Seeds are those
of `fuzz_seeds.py`, and those in --seeds of the same ending. The same --seed feeds the same files in the same order.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import io
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fuzz_seeds import READERS

LONGEST_SEED = 2_000_000
MOST_MEMORY = 3 << 30
"""Bytes of addresses, of which about one half is what the libraries take that are loaded."""
LONGEST_LINE = 2_000
TOKENS = (
    b"\0", b"\xff", b"\f", b"\n\n", b"\x1b[1m", b"a\x08a", b"-1", b"99999999999", b"0", b"1e308", b"<<", b">>", b"[",
    b"]", b"(", b")", b"stream\n", b"endstream", b"endobj", b" 0 R", b"/Kids", b"/Parent 2 0 R", b"/Contents",
    b"/Length 9", b"/Filter /FlateDecode", b"/Rotate 90", b"BT", b"ET", b"Tf", b"Tm", b"TJ", b"Do", b"q", b"Q", b"cm",
    b"`" * 9, b"# ", b"- ", b"1. ", b"====", b"&#0;", b"<table>", b"]]>", b'<!ENTITY a "b">', b"{", b"}", b'"', b":",
    b"\xe2\x80\x8f", b"&lt;", b"&#x110000;", b"<c>", b"</c>", b"<v ", b"-->", b"00:00:00.000", b"99:99:99,999", b"'",
    b"\\", b",", b"null", b"1e999", b"NaN", b"[[[[", b"WEBVTT", b"NOTE ", b"\x01", b"\x1e", b"\r", b"\xe2\x80\xa8",
    b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae", b">> A: ", b"\xe2\x99\xaa", b"<!--",
    b"STYLE\n", b"REGION\n", b"<!DOCTYPE", b"%s", b"$(", b"${", b"${item}", b"| - |", b"&a ", b"*a", b"!!python/x ",
    b"!!timestamp ", b"!!binary ", b"? ", b"2024-99-99", b"9" * 5000, b"~", b"---\n", b"...\n", b"|+9\n", b">-\n",
    b"<<: ", b"msgid ", b"msgstr[9] ", b"#, fuzzy\n", b"## ", b"{#", b"```yaml\n", b"\xd8\xa7", b"[" * 3000,
    b"<b>" * 3000, b"> " * 3000, b"(" * 3000, b"{" * 3000, b"- " * 3000, b"*" * 3000, b"![" * 3000, b"a:\n " * 300,
)  # fmt: skip
ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 10**30, 9**4000, 1e308, float("nan"), "", "x" * 5000, "\0", "\ud800"),
    *([], {}, [[]], {"": 0}),
)


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file with a few things wrong: in its bytes, in a part of an archive, or in its form, which then stays whole."""
    if data.startswith(b"PK") and other.startswith(b"PK") and chance.random() < 0.9:
        return _archive(data, other, chance)
    if chance.random() < 0.5:
        if data.lstrip().startswith(b"{"):
            return _tree(data, chance)
        return _tags(data, other, chance) if data.lstrip().startswith(b"<") else _lines(data, other, chance)
    return _bytes(data, other, chance)


def _bytes(data: bytes, other: bytes, chance: random.Random) -> bytes:
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
            work[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 2000 if chance.random() < 0.1 else 1))
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
    return bytes(work[:LONGEST_SEED])


def _archive(data: bytes, other: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(io.BytesIO(other)) as donor:
        parts = {name: archive.read(name) for name in archive.namelist()}
        given = {name: donor.read(name) for name in donor.namelist()}
    texts = [name for name in parts if name.endswith((".xml", ".rels"))]
    # what a library makes without being asked is most of the parts, and little of what is read
    main = [name for name in texts if "Layout" not in name and "theme" not in name] or texts
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice(main if chance.random() < 0.8 else list(parts))
        if name not in parts:
            continue
        kind = chance.randrange(12)
        if kind == 0:
            del parts[name]
        elif kind == 1:
            parts[name] = given[chance.choice(list(given))]
        elif kind == 2:
            parts[chance.choice((name.upper(), f"../{name}", f"/{name}", f"{name}/", "\ufeffa"))] = parts[name]
        elif kind < 5 or name not in texts:
            parts[name] = _bytes(parts[name], chance.choice(list(given.values())), chance)
        else:
            parts[name] = _tags(parts[name], given.get(name, data), chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    made = out.getvalue()
    return _bytes(made, other, chance) if chance.random() < 0.05 else made


_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'(?<==")[^"<>]*(?=")')
_BETWEEN = re.compile(rb"(?<=>)[^<>]+(?=<)")


def _tags(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """XML or HTML of which values, texts, elements and names are other ones."""
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        kind = chance.randrange(6)
        found = [match.span() for match in (_VALUE if kind < 2 else _BETWEEN if kind == 2 else _TAG).finditer(data)]
        if not found:
            continue
        start, end = chance.choice(found)
        if kind < 3:
            taken = [match[0] for match in _VALUE.finditer(other)] or [b""]
            odd = (b"", b"-1", b"0", b"1e9", b"99999999999", b"x", b"#", b"../../a", b"\xc3\xa9", b"&#9;", b"9" * 5000)
            new = chance.choice((*odd, chance.choice(taken), chance.choice(taken)))
            data = data[:start] + new + data[end:]
            continue
        name = re.match(rb"<([\w:.-]+)", data[start:end])
        close = data.find(b"</" + name[1] + b">", end) if name and data[end - 2 : end - 1] != b"/" else -1
        whole = end if close < 0 or name is None else close + len(name[1]) + 3
        element = data[start:whole]
        if kind == 3:
            data = data[:start] + data[whole:]
        elif kind == 4:
            data = data[:start] + element * chance.choice((2, 3, 50)) + data[whole:]
        else:
            at = chance.choice(found)[0]
            data = data[:at] + element + data[at:]
            if name and whole > end and chance.random() < 0.3:  # one in another, in another, in another
                deep = chance.choice((5, 200, 3000))
                data = data[:start] + data[start:end] * deep + (b"</" + name[1] + b">") * deep + data[start:]
        data = data[:LONGEST_SEED]
    return data


def _tree(data: bytes, chance: random.Random) -> bytes:
    """JSON of which some values are other ones."""
    try:
        tree = json.loads(data)
    except ValueError:
        return data[: len(data) // 2]
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at: Any = tree
        while True:
            keys = list(at) if isinstance(at, dict) else list(range(len(at))) if isinstance(at, list) else []
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(at[key], (dict, list)) and at[key] and chance.random() < 0.85:
                at = at[key]
                continue
            kind = chance.randrange(5)
            if kind == 0:
                del at[key]
            elif kind == 1 and isinstance(at, list):
                at.extend(copy.deepcopy(at[key]) for _ in range(chance.choice((1, 50))))
            elif kind == 1:
                at[chance.choice(("", "x", str(chance.choice(keys)).upper()))] = copy.deepcopy(at[key])
            elif kind == 2 and isinstance(at[key], str):
                at[key] = _bytes(at[key].encode(errors="replace"), b"x", chance).decode(errors="replace")
            else:
                at[key] = copy.deepcopy(chance.choice(ODD))  # what is put in is broken too
            break
    return json.dumps(tree).encode()


def _lines(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Text of which lines, what follows a colon, or indents are other ones."""
    lines = data.split(b"\n")
    others = other.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, kind = chance.randrange(len(lines)), chance.randrange(7)
        line = lines[at]
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines[at:at] = [line] * chance.choice((1, 2, 50))
        elif kind == 2:
            lines[at] = chance.choice((b"  ", b"    ", b"\t", b"> ", b"- ")) + line
        elif kind == 3:
            lines[at] = line.lstrip()
        elif kind == 4:
            lines[at:at] = [chance.choice(others)]
        elif kind == 5:
            head, colon, _ = line.partition(b":")
            lines[at] = head + colon + b" " + chance.choice(TOKENS)
        else:
            words = line.split(b" ")
            words[chance.randrange(len(words))] = chance.choice((chance.choice(TOKENS), b"[]", b"{}", b"x", b"*title"))
            lines[at] = b" ".join(words)
    return b"\n".join(lines)[:LONGEST_SEED]


def _feed(name: str, seed: int, folder: str, current: str) -> None:
    """The process that is fed: says a line before and after each file."""
    import videogen.inputs.documents  # noqa: F401 - what is loaded counts as memory, but not as time
    from videogen.model.errors import PipelineError

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    reader = READERS[name]
    seeds = reader.seeds()
    for path in sorted(Path(folder).rglob(f"*{Path(reader.file).suffix}")) if folder else ():
        if path.is_file() and path.stat().st_size <= LONGEST_SEED:
            seeds.append(path.read_bytes())
    chance = random.Random(seed)
    while True:
        data = mutated(chance.choice(seeds), chance.choice(seeds), chance)
        Path(current).write_bytes(data)
        with tempfile.TemporaryDirectory() as place:
            path = Path(place, reader.file)
            path.write_bytes(data)
            print("fed", flush=True)
            said = "read"
            try:
                reader.read(path)
            except PipelineError as error:
                if "\n" in error.line() or len(error.line()) > LONGEST_LINE:
                    raise AssertionError(f"an error of more than a line: {error.line()[:2000]!r}") from error
                said = "refused"
            print(said, flush=True)


def _said(process: subprocess.Popen[str], limit: float) -> Iterator[str | None]:
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
    """Feeds one reader for so long; the number of things that went wrong."""
    keep = Path(options.keep)
    keep.mkdir(parents=True, exist_ok=True)
    current = keep / f"{name}.current"
    end = time.monotonic() + 60 * minutes
    counts = {"fed": 0, "read": 0, "refused": 0}
    wrong, slowest, seed = 0, 0.0, options.seed
    seen: set[str] = set()
    while time.monotonic() < end:
        command = [sys.executable, __file__, "--feed", name, str(seed), options.seeds or "", str(current)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        began = time.monotonic()
        trouble = None
        for line in _said(process, options.limit):
            now = time.monotonic()
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
            print(f"{name}: {trouble[:600]}\n  fed {kept}", flush=True)
            if (place := re.sub(r"'.*|\d+", "", trouble)) not in seen:
                print(said[-1500:], flush=True)
            seen.add(place)
        seed += 1000
    print(f"{name}: {minutes:g} min, {counts['fed']} files, {counts['read']} read, {counts['refused']} refused, "
          f"{wrong} wrong; the slowest took {slowest:.1f} s", flush=True)  # fmt: skip
    return wrong


def main() -> int:
    """Feeds the readers that are named, or every one."""
    if sys.argv[1:2] == ["--feed"]:
        name, seed, folder, current = sys.argv[2:6]
        _feed(name, int(seed), folder, current)
        return 0
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("readers", nargs="*", choices=[*READERS, []], help="readers to feed (every one)")
    parser.add_argument("--minutes", type=float, default=1, help="for each reader (1)")
    parser.add_argument("--limit", type=float, default=60, help="seconds that one file may take (60)")
    parser.add_argument("--seeds", help="a folder with files to break")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers (1)")
    parser.add_argument("--keep", default="build/fuzz", help="folder for what went wrong (build/fuzz)")
    options = parser.parse_args()
    return min(1, sum(fuzz(name, options.minutes, options) for name in options.readers or READERS))


if __name__ == "__main__":
    sys.exit(main())
