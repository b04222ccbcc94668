"""What a terminal can say and show, for every command line alike.

Imported by every build, also by the one that finds nothing to do: keep it light.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from videogen.model.errors import ValidationError


def show_what_it_can() -> None:
    """Have a terminal or a pipe that is not in UTF-8 show a question mark for what it has no sign for, instead of
    breaking off."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def check_readable(given: Iterable[str]) -> None:
    """Raise ValidationError for what was typed that is no text: a name in another encoding than the system's."""
    wrong = next((each for each in given if any("\ud800" <= sign <= "\udfff" for sign in each)), None)
    if wrong is not None:
        shown = wrong.encode("utf-8", "replace").decode()
        raise ValidationError(
            f'"{shown}" is not in the encoding of this system, {sys.getfilesystemencoding()}',
            hint="give the file a name in UTF-8, or set LC_ALL=C.UTF-8",
        )
