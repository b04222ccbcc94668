"""What a project may reach. A project can be a stranger's: what is allowed is said by the environment, not by it.

Light: also the build that finds nothing to do asks.
"""

from __future__ import annotations

import os
from pathlib import Path

from videogen.model.errors import ValidationError, Where

ROOT = "VIDEOGEN_ROOT"
"""Variable that names the folder in which every file that a project names has to lie."""
PRIVATE = "VIDEOGEN_ALLOW_PRIVATE"
"""Variable that allows addresses of one's own network: `1`."""


def allowed_root() -> str:
    """The folder in which files have to lie, as it is set; "" when any will do."""
    return os.environ.get(ROOT, "")


def private_allowed() -> bool:
    """Whether addresses of one's own network may be fetched. Raises ValidationError for a setting that is no answer."""
    said = os.environ.get(PRIVATE, "")
    if said not in ("", "0", "1"):
        raise ValidationError(f'{PRIVATE} is "{said[:40]}"', hint="set it to 1 to allow private addresses, or unset it")
    return said == "1"


def check_inside(path: Path | str, shown: str, where: Where | None = None) -> None:
    """Raise ValidationError if a folder is allowed and `path`, every symbolic link followed, lies outside it.

    `shown` is the path in messages, `where` the place that names the file.
    """
    folder = allowed_root()
    if not folder:
        return
    top = os.path.realpath(folder)
    if not os.path.isdir(top):
        raise ValidationError(f'{ROOT} is "{folder}", which is no folder', hint="name a folder, or unset it")
    try:
        place = os.path.realpath(path)
        inside = os.path.commonpath([place, top]) == top
    except ValueError:  # a NUL byte, or another drive
        inside = False
    if not inside:
        raise ValidationError(
            f'the file "{shown[:80]}" lies outside the folder that is allowed', where, f"move it into {folder} ({ROOT})"
        )
