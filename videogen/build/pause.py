"""A pause: what is being made is finished, nothing more is begun. Running the build again goes on."""

from __future__ import annotations

import threading

from videogen.model.errors import Paused

# of the process, as a build is: doit serves one at a time
_asked = threading.Event()


def pause() -> None:
    """Have the build of this process begin nothing more. For any thread."""
    _asked.set()


def check_paused() -> None:
    """Raise Paused where the build is to begin nothing more."""
    if _asked.is_set():
        raise Paused("the build is paused", hint="run it again to go on")
