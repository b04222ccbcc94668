"""What makes the targets of each stage: the versions of its libraries, its own source, and the models' rules.

A stage's source is part of what decides whether its targets are stale, so that no change of a rule can leave
what the old rule made in place; so is the source of a voice engine or a scene kind from another package. Finding
all that out takes longer than the rest of a build that has nothing to do; so it is remembered beside the build
for as long as the installed packages and the source files are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.metadata import EntryPoint, PackageNotFoundError, version
from importlib.util import find_spec

from videogen.build.environment import PACKAGE, environment, sources
from videogen.build.write import write_bytes
from videogen.model.points import registered
from videogen.model.scripts import FONT_PACKAGES

_EVERY = ("model", "build/actions")
_READERS = ("lxml", "mammoth", "python-pptx", "nbformat")
"""What reads forms of documents: extras."""
_SPEAKERS = ("py-nanotts", "espeakng-loader")
"""What speaks, and need not be there."""
_STAGES = {
    "source": (("inputs",), ("pyyaml", *_READERS)),
    "parse": (("inputs",), ("markdown-it-py", "mdit-py-plugins")),
    "look": (("scenes",), ("pyyaml",)),
    "prompt": (("script",), ()),
    "script": (("script",), ()),
    "translate": (("script",), ()),
    "plan": (
        ("script", "voices"),
        ("hibari-tts", "babel", *_SPEAKERS),
    ),  # which voice a name stands for is settled here
    "audio": (("voices",), ("av", "numpy")),  # of recordings; voices say it themselves
    "capture": (("build/actions",), ()),
    "frames": (("scenes",), ("av", "pillow", "zlib-ng", "pygments", "uharfbuzz", "budoux", "babel", *FONT_PACKAGES)),
    "captions": (("scenes", "video"), ("pillow", "zlib-ng", "uharfbuzz", "budoux", *FONT_PACKAGES)),
    "mix": (("voices",), ("av", "numpy")),
    "bed": (("voices",), ("av", "numpy")),
    "segment": (("video",), ("av",)),
    "transition": (("video",), ("av",)),
    "video": (("video",), ("av",)),
    "convert": (("video",), ("av", "numpy")),
    "manifest": (("video",), ("av",)),
    "check": (("checks",), ("av",)),
}
"""Folders of ours and distributions of others behind a stage; voices say it themselves."""

_INPUTS, _VOICES, _KINDS = "videogen.inputs", "videogen.voices", "videogen.scene_kinds"
_EXTENDED = {"source": (_KINDS, _INPUTS), "script": (_KINDS,), "plan": (_KINDS, _VOICES)}
"""Stages that ask every engine or kind there is; `audio` and `frames` ask the one that a scene names."""


class Versions:
    """The identities of stages, voices and kinds, remembered in a file."""

    extensions: list[str]
    """Where the engines and kinds of other packages are: files and folders."""
    environment: str
    """What is installed, as it was when the build began."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: dict[str, str] = {}
        self._changed = False
        try:
            with open(path, encoding="utf-8") as file:
                remembered = json.load(file)
            self.extensions = remembered["extensions"]
            self.environment = environment(self.extensions)
            if remembered["environment"] == self.environment:
                self._known = remembered["identities"]
                return
        except (OSError, ValueError, KeyError, TypeError):
            pass  # nothing remembered, or not by us: it is found out anew
        points = [point for group in (_INPUTS, _VOICES, _KINDS) for point in _strangers(group)]
        self.extensions = sorted({path for point in points for path in _places(point)})
        self.environment = environment(self.extensions)

    def stage(self, stage: str) -> str:
        """What makes the targets of a stage."""
        return self._remembered(stage, lambda: _stage(stage))

    def voices(self, voices: Iterable[str]) -> str:
        """What speaks, with resolved voices."""
        return " ".join(self._remembered(f"voice {voice}", partial(_voice, voice)) for voice in voices)

    def kind(self, kind: str) -> str:
        """What draws a scene of a kind."""
        return self._remembered(f"kind {kind}", lambda: _with(_stage("frames"), _named(_KINDS, kind)))

    def save(self) -> None:
        """Remember what was found out."""
        if self._changed:
            noted = {"environment": self.environment, "extensions": self.extensions, "identities": self._known}
            write_bytes(self._path, json.dumps(noted, indent=1).encode())
            self._changed = False

    def _remembered(self, name: str, find_out: Callable[[], str]) -> str:
        if name not in self._known:
            self._known[name] = find_out()
            self._changed = True
        return self._known[name]


@cache
def _stage(stage: str) -> str:
    parts, distributions = _STAGES[stage]
    files = [file for part in (*parts, *_EVERY) for file in sources(os.path.join(PACKAGE, part))]
    made = " ".join([parts[0], _digest(files), *(_release(name) for name in distributions)])
    return _with(made, [point for group in _EXTENDED.get(stage, ()) for point in _strangers(group)])


@cache
def _release(name: str) -> str:
    """A distribution and its version; of one that is optional, whether it is there."""
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        if name not in (*FONT_PACKAGES, *_READERS, *_SPEAKERS):
            raise
        return f"no {name}"


def _voice(voice: str) -> str:
    from videogen.voices.catalog import fingerprint

    return _with(fingerprint(voice), _named(_VOICES, voice.partition(":")[0]))


def _with(identity: str, points: Iterable[EntryPoint]) -> str:
    """An identity, and those of what other packages bring to it."""
    return " ".join([identity, *map(_identity, points)])


def _identity(point: EntryPoint) -> str:
    files = [file for place in _places(point) for file in sources(place)]
    release = f"{point.dist.name} {point.dist.version}" if point.dist else point.value
    return f"{point.name} {release} {_digest(files)}"


def _named(group: str, name: str) -> list[EntryPoint]:
    return [point for point in _strangers(group) if point.name == name]


@cache
def _strangers(group: str) -> tuple[EntryPoint, ...]:
    """Entry points of other packages, by name."""
    ours = PACKAGE.rpartition(os.sep)[2]
    return tuple(point for point in registered(group) if point.module.partition(".")[0] != ours)


def _places(point: EntryPoint) -> list[str]:
    """The folders of the package that an entry point is in, or its file. It is not imported."""
    spec = find_spec(point.module.partition(".")[0])
    if spec is None:
        return []
    return list(spec.submodule_search_locations or ([spec.origin] if spec.origin else []))


def _digest(files: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(_source(path))
    return digest.hexdigest()[:12]


@cache
def _source(path: str) -> bytes:
    """A source file as it is on every system; most are behind several stages."""
    with open(path, "rb") as file:
        return file.read().replace(b"\r\n", b"\n")
