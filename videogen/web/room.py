"""Whether there is room for a film more: on the disk, and among those that wait."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from videogen.model.errors import ResourceError
from videogen.web.access import Who
from videogen.web.context import Context
from videogen.web.errors import TooMany


def free_bytes(context: Context) -> int:
    """Bytes that are free where builds lie. Raises OSError."""
    return shutil.disk_usage(context.home.folder if os.path.isdir(context.home.folder) else ".").free


def check_room(context: Context, who: Who) -> None:
    """Raise ResourceError where the disk is nearly full, and TooMany for a user with many tasks that wait."""
    check_disk(context)
    _check_waiting(context, who.user)


def check_disk(context: Context) -> None:
    """Raise ResourceError where the disk is nearly full."""
    least = context.settings.least_free
    if least:
        try:
            free = free_bytes(context)
        except OSError as error:
            raise ResourceError(f"the disk cannot be asked: {(error.strerror or 'error').lower()}") from None
        if free < least:
            raise ResourceError(
                f"the disk has {free / 2**30:.1f} GB left, which is too little to begin a film",
                hint=f"delete films, or make room until {least / 2**30:.1f} GB are free",
            )


@contextmanager
def place_for(context: Context, user: str) -> Iterator[None]:
    """Have one task more of a user wait, within the block: none comes between that and the look whether there is room.
    Raises TooMany. What takes long is to be done before."""
    with context.adding:
        _check_waiting(context, user)
        yield


def _check_waiting(context: Context, user: str) -> None:
    waiting = sum(task.user == user for task in context.home.repository().list("pending", limit=None))
    if waiting >= context.settings.waiting:
        raise TooMany(
            f"{waiting} of your films wait to be made", hint="cancel some, or wait for them", details={"seconds": 60}
        )
