"""Films taken out of the build folder, with all that is published beside them: into a folder, or into one ZIP file."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping, Sequence

from videogen.build.artifacts import ends_of, film_files
from videogen.build.lock import ProjectLock
from videogen.build.plan import read_plan
from videogen.build.workspace import Workspace
from videogen.build.write import TEMPORARY, replacing, unwritable
from videogen.model.errors import ValidationError

_PACKED = (".mp4", ".webm", ".avi", ".jpg")
"""Endings of files that a ZIP cannot make smaller."""
_DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP knows: the same files are the same ZIP."""


def export(
    workspace: Workspace, to: str | None = None, *, languages: Sequence[str] = (), as_zip: bool = False
) -> list[str]:
    """Copy the films that there are, or those in some of their languages, to `export/NAME`, to another folder, or into
    a ZIP file; returns the paths of what was written.

    Each is an MP4 with captions, chapters, transcript, poster and manifest, and in other formats, as far as the project
    wants them. A folder
    that is not there yet, a ZIP, and in a folder every file, comes whole or not at all. Raises ValidationError where
    there is no such film, and ResourceError for what cannot be written and while a build of the project runs.
    """
    lock = ProjectLock(workspace)
    if os.path.isdir(workspace.build):
        lock.acquire()
    try:
        files = _files(workspace, languages)
        if as_zip or (to or "").lower().endswith(".zip"):
            return [_zip(files, to or f"export/{workspace.name}.zip")]
        return _folder(files, to or f"export/{workspace.name}")
    finally:
        lock.release()


def _files(workspace: Workspace, languages: Sequence[str]) -> dict[str, str]:
    """What is exported: the file of the build by its name."""
    films = read_plan(workspace).videos
    known = list(dict.fromkeys(film["name"].partition("/")[2] for film in films))
    for language in languages:
        if films and language not in known:
            raise ValidationError(
                f'there is no film in "{language}" of {workspace.file}', hint=f"there are: {', '.join(known)}"
            )
    found: dict[str, str] = {}
    for film in films:
        if languages and film["name"].partition("/")[2] not in languages:
            continue
        video = workspace.path(film["name"], f"{film['file']}.mp4")
        if not os.path.exists(video):
            raise _missing(workspace, film["name"])
        named = {f"{film['file']}{end}" for end in ends_of(film)}
        for path, stage in film_files(video).items():
            name = os.path.basename(path)
            if name in named:
                found[name] = path
            elif stage == "manifest":
                found[f"{film['file']}.{name}"] = path
    if not found:
        raise _missing(workspace, workspace.name)
    return found


def _missing(workspace: Workspace, film: str) -> ValidationError:
    draft = " --draft" if workspace.draft else ""
    named = f"--from {workspace.document}" if workspace.document else workspace.name
    return ValidationError(
        f'there is no film "{film}" in {workspace.build}', hint=f"`video-gen create {named}{draft}` makes it"
    )


def _folder(files: Mapping[str, str], to: str) -> list[str]:
    parent = os.path.dirname(os.path.abspath(to))
    if os.path.exists(to) and not os.path.isdir(to):
        raise ValidationError(f'"{to}" is a file', hint="name a folder, or add --zip")
    try:
        os.makedirs(parent, exist_ok=True)
        temporary = os.path.join(parent, f"{TEMPORARY}{secrets.token_hex(6)}")
        os.mkdir(temporary)
    except OSError as error:
        raise unwritable(error, to) from error
    try:
        for name, path in files.items():
            shutil.copyfile(path, os.path.join(temporary, name))
        if os.path.isdir(to):
            for name in files:
                os.replace(os.path.join(temporary, name), os.path.join(to, name))
        else:
            os.rename(temporary, to)
    except OSError as error:
        raise unwritable(error, to) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return [os.path.join(to, name).replace(os.sep, "/") for name in files]


def _zip(files: Mapping[str, str], to: str) -> str:
    if os.path.isdir(to):
        raise ValidationError(f'"{to}" is a folder', hint="name the ZIP file itself")
    import zipfile  # not light, and every build loads this module

    with replacing(to) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        for name, path in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            with open(path, "rb") as read, archive.open(info, "w", force_zip64=True) as write:
                shutil.copyfileobj(read, write, 1 << 20)
    return to
