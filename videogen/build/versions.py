"""What makes the targets of each stage: the versions of its libraries, its own source, and the models' rules.

A stage's source is part of what decides whether its targets are stale, so that no change of a rule can leave
what the old rule made in place. Finding all that out takes longer than the rest of a build that has nothing to
do; so it is remembered beside the build for as long as the installed packages and our files are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable

from videogen.build.write import write_bytes

STAGES = {
    "source": ("inputs", ("pyyaml",)),
    "parse": ("inputs", ("markdown-it-py", "mdit-py-plugins")),
    "look": ("scenes", ("pyyaml",)),
    "script": ("script", ()),
    "frames": ("scenes", ("pillow", "pygments")),
    "segment": ("video", ("av",)),
    "transition": ("video", ("av",)),
    "video": ("video", ("av",)),
    "check": ("checks", ("av",)),
}
"""Package of ours and distributions of others behind a stage; voices say it themselves."""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Versions:
    """The identities of stages and voices, remembered in a file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._here = environment()
        self._known: dict[str, str] = {}
        self._changed = False
        try:
            with open(path, encoding="utf-8") as file:
                remembered = json.load(file)
            if remembered["environment"] == self._here:
                self._known = remembered["identities"]
        except (OSError, ValueError, KeyError, TypeError):
            pass  # nothing remembered, or not by us: it is found out anew

    def stage(self, stage: str) -> str:
        """What makes the targets of a stage."""
        return self._remembered(stage, lambda: _stage(stage))

    def voice(self, voice: str) -> str:
        """What speaks, with a resolved voice."""
        return self._remembered(f"voice {voice}", lambda: _voice(voice))

    def save(self) -> None:
        """Remember what was found out."""
        if self._changed:
            write_bytes(
                self._path, json.dumps({"environment": self._here, "identities": self._known}, indent=1).encode()
            )
            self._changed = False

    def _remembered(self, name: str, find_out: Callable[[], str]) -> str:
        if name not in self._known:
            self._known[name] = find_out()
            self._changed = True
        return self._known[name]


def environment() -> str:
    """A hash of which distributions are installed, and of name, time and size of every source file of ours."""
    facts: list[object] = [sys.version]
    for folder in sys.path:
        if os.path.isdir(folder):
            installed = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
            facts += installed  # the working folder is on the path or not, as Python was started
    for package in sorted({package for package, _ in STAGES.values()} | {"model", "voices"}):
        with os.scandir(os.path.join(_PACKAGE, package)) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    stat = entry.stat()
                    facts.append((package, entry.name, stat.st_mtime_ns, stat.st_size))
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _stage(stage: str) -> str:
    from importlib.metadata import version

    package, distributions = STAGES[stage]
    digest = hashlib.sha256()
    for folder in (os.path.join(_PACKAGE, package), os.path.join(_PACKAGE, "model")):
        for name in sorted(name for name in os.listdir(folder) if name.endswith(".py")):
            with open(os.path.join(folder, name), "rb") as file:
                digest.update(file.read().replace(b"\r\n", b"\n"))
    return " ".join([package, digest.hexdigest()[:12], *(f"{name} {version(name)}" for name in distributions)])


def _voice(voice: str) -> str:
    from videogen.voices.catalog import fingerprint

    return fingerprint(voice)
