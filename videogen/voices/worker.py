"""A C library that speaks, in a process of its own, where it can do no harm by hanging, crashing or sharing its state.

The process is a script beside this file, run on the library's package alone. In: JSON with `texts` and what else it
asks for. Out, for each text: the number of bytes, four of them, least first; then the bytes.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from videogen.model.errors import AudioError


def package_folder(name: str) -> Path | None:
    """Where a package is; not imported, for that could load its library into this process."""
    package = importlib.util.find_spec(name)
    places = package.submodule_search_locations if package else None
    return Path(next(iter(places))) if places else None


def run(
    engine: str,
    script: str,
    package: Path,
    job: Mapping[str, Any],
    *,
    folder: Path,
    timeout: float,
    environment: Mapping[str, str] | None = None,
) -> list[bytes]:
    """What `script` makes of each of the job's texts, working in `folder`; `timeout` in seconds, for all of them.

    Raises AudioError, naming `engine` and the text at which the process stopped, when it fails.
    """
    texts = job["texts"]
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name(script)), str(package.parent)],
            input=json.dumps(job).encode(),
            capture_output=True,
            cwd=folder,
            env=os.environ if environment is None else environment,
            timeout=timeout,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        stopped = texts[min(len(_parts(error.stdout or b"")), len(texts) - 1)]
        told = (error.stderr or b"").decode(errors="replace").strip().splitlines()
        raise AudioError(
            f'{engine} could not say "{re.sub("<[^>]*>", "", stopped)[:40]}"' + (f": {told[-1]}" if told else ""),
            hint="say in the project's `lexicon` how an odd word sounds, or choose another voice",
            details={"cause": str(error)},
        ) from error
    return _parts(done.stdout)


def _parts(output: bytes) -> list[bytes]:
    """What the process has said so far."""
    parts, at = list[bytes](), 0
    while at + 4 <= len(output):
        end = at + 4 + int.from_bytes(output[at : at + 4], "little")
        parts.append(output[at + 4 : end])
        at = end
    return parts
