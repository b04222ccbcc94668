"""What an input promises. Inputs are found by entry point (group `videogen.inputs`), ours like any other.

An input turns what a person named into Markdown, the one form that `parse` knows: from there on nothing knows where a
text came from, but for the places that errors and manifests tell. Importing an input's module must be cheap: what is
heavy (a PDF reader, a web client) is imported by `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol

from videogen.model.errors import Where
from videogen.model.scene import Unit

GROUP = "videogen.inputs"
HEAD_BYTES = 4096
"""So much of a file is looked at to find out what it is."""


def _made(name: str, make: Callable[[], bytes]) -> bytes:
    return make()


@dataclass(frozen=True)
class Given:
    """What a person named."""

    value: str
    """A path, an address or an id, as written, without the name of an input before it."""
    shown: str
    """How messages call it: a path relative to the working folder, or the address without what may be secret."""
    data: bytes = b""
    """The whole content; empty for an input that takes an address."""
    path: Path | None = None
    """Where it lies, for an input that looks for files beside it; None for what came from elsewhere."""
    media_type: str = ""
    """What a server said that it is, in lower case and without parameters, such as `text/html`."""
    named_at: Where | None = None
    """The place that names it, when a file does."""
    language: str = "en"
    """The language of the film, as a tag such as `en` or `pt-BR`."""
    keep: Callable[[str, Callable[[], bytes]], bytes] = _made
    """For an input that takes an address: what a function makes under a name, or made when the name was kept before.
    What is kept is given back, so that no later build asks the network."""

    @property
    def where(self) -> Where:
        """The thing itself, as a place of errors."""
        return Where(self.shown)


@dataclass(frozen=True)
class Reading:
    """A document as Markdown (CommonMark with GitHub's tables, task lists, callouts and footnotes).

    A text that is data must not turn into markup: `markdown_text` escapes it.
    """

    text: str
    title: str = ""
    """Its title where something better says it than the text: metadata. Plain text."""
    unit: Unit = "line"
    """What its places are counted in."""
    starts: Sequence[int] = ()
    """For each unit, from the first, the line of `text` (from 1) at which it begins; rising. Empty: lines are the unit,
    and those of `text` are those of the file."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures that lie inside the document, by the name by which `text` shows them: a plain file name."""
    left_out: Sequence[str] = ()
    """What could not be taken, where and why, such as "page 3: a table without lines"."""
    inputs: Sequence[Path] = ()
    """Other files that were read: a change of one makes this stale."""
    numbers: Sequence[int] = ()
    """What the units at `starts` are called, where they are not 1, 2, 3: seconds, which begin where something is said.
    Not falling; the last is where everything ends."""
    address: str = ""
    """What it is called, for an input that takes addresses; default: as it was named."""


class Adapter(Protocol):
    """An input. One whose modules are missing is not asked to read; what to install for them is said instead."""

    name: str
    """How a person names it before a colon (`pdf:notes`): lower-case letters and digits."""
    what: str
    """What it reads, in a few words, such as "a PDF with text in it"."""
    limits: str
    """What it refuses or leaves out, in a sentence."""
    takes: Literal["content", "address"]
    """Whether it is given what a file or a web page holds, or fetches what it needs by itself."""
    max_bytes: int
    """A larger content is refused before it is read; 0 for one that takes addresses."""
    needs: Sequence[str]
    """Modules that `read` imports and that not every installation has."""
    extra: str
    """What to install for them, such as `videogen[pdf]`; "" where nothing is needed."""

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        """Whether this is for it, by its name or address, its first HEAD_BYTES and what a server called it. Cheap."""
        ...

    def read(self, given: Given) -> Reading:
        """The document. Raises ValidationError for what it cannot use, ResourceError for what exceeds a limit."""
        ...


def installed(adapter: Adapter) -> bool:
    """Whether all that an input needs is there; nothing is imported."""
    return all(find_spec(module) is not None for module in adapter.needs)
