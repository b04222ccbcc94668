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
CONFINED = "VIDEOGEN_CONFINED"
"""Variable that says that projects are strangers': `1`. They run nothing and ask no server of their own, and neither
hidden files nor what other builds have made is theirs to name."""
SWITCH = "allow_commands: true"
"""Stands among the commands of a project for what lets them run."""
TASKS = ".tasks"
"""A folder with this in it is one in which builds keep what they make."""


def allowed_root() -> str:
    """The folder in which files have to lie, as it is set; "" when any will do."""
    return os.environ.get(ROOT, "")


def private_allowed() -> bool:
    """Whether addresses of one's own network may be fetched. Raises ValidationError for a setting that is no answer."""
    return _said(PRIVATE, "to allow private addresses")


def confined() -> bool:
    """Whether projects are strangers'. Raises ValidationError for a setting that is no answer."""
    return _said(CONFINED, "where projects are strangers'")


def sent_alone(folder: Path | str) -> bool:
    """Whether what lies in a folder is all that a stranger has sent: what it names beside itself never came with it."""
    top = os.path.realpath(allowed_root() or ".")
    return confined() and os.path.realpath(folder) == top != os.path.realpath(".")


def _said(variable: str, what: str) -> bool:
    said = os.environ.get(variable, "")
    if said not in ("", "0", "1"):
        raise ValidationError(f'{variable} is "{said[:40]}"', hint=f"set it to 1 {what}, or unset it")
    return said == "1"


def check_inside(path: Path | str, shown: str, where: Where | None = None) -> None:
    """Raise ValidationError if a folder is allowed and `path`, every symbolic link followed, lies outside it, or is
    not for strangers (`CONFINED`).

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
        place, inside = "", False
    strange = confined()
    if not inside:
        hint = "what comes from the web reaches its own folder only" if strange else f"move it into {folder} ({ROOT})"
        raise ValidationError(f'the file "{shown[:80]}" lies outside the folder that is allowed', where, hint)
    if strange and (kept := _kept(os.path.relpath(place, top), top)):
        raise ValidationError(f'the file "{shown[:80]}" is {kept}, out of reach of what comes from the web', where)


def _kept(path: str, top: str) -> str:
    """Why a file, given from a folder on, is not for strangers; "" for one that is."""
    here = top
    for part in path.split(os.sep):
        if part.startswith(".") and part not in (".", ".."):
            return "hidden"
        here = os.path.join(here, part)
        if os.path.isdir(os.path.join(here, TASKS)):
            return "where builds keep what they make"
    return ""
