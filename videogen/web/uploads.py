"""What is sent to be made into a film: it stands in a folder of its own, of a name that nobody can guess."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from videogen.build.write import replacing, write_bytes
from videogen.model.task import Task
from videogen.web.guard import too_large
from videogen.web.sniff import check_content, label_of

OLD = 3600.0
"""Seconds after which an upload is no longer one that is just being made."""
_FOLDER = re.compile(r"[0-9a-f]{32}")


def uploads(output: str) -> str:
    """The folder of all uploads."""
    return os.path.join(output, ".uploads")


def new_folder(output: str) -> str:
    """A folder for one upload, and what is made of it. Its path counts from the working folder."""
    return os.path.join(uploads(output), secrets.token_hex(16)).replace(os.sep, "/")


def keep_text(folder: str, name: str, text: str) -> str:
    """Keep a text under a name; returns its path. Raises ResourceError."""
    path = f"{folder}/{name}"
    write_bytes(path, text.encode())
    return path


def keep_file(folder: str, name: str, file: BinaryIO, most: int) -> str:
    """Keep a file that was sent, if it is what its name says; returns its path. Raises WrongType, TooLarge and
    ResourceError."""
    label = label_of(name)
    size = file.seek(0, os.SEEK_END)
    if size > most:
        raise too_large(most)
    check_content(file, label)
    path = f"{folder}/{label}"
    with replacing(path) as temporary, open(temporary, "wb") as kept:
        shutil.copyfileobj(file, kept, 1 << 20)
    return path


def discard(folder: str) -> None:
    """Remove an upload of which nothing came."""
    if _FOLDER.fullmatch(os.path.basename(folder)):
        shutil.rmtree(folder, ignore_errors=True)


def sweep(output: str, tasks: Iterable[Task], older: float = OLD) -> int:
    """Remove uploads that no task names, such as of a server that was killed before it had asked for one; those that
    hold a film stay. Returns how many went."""
    named = {os.path.basename(each.input.output_dir) for each in tasks}
    gone = 0
    with contextlib.suppress(FileNotFoundError), os.scandir(uploads(output)) as entries:
        for entry in entries:
            old = time.time() - entry.stat().st_mtime > older
            if old and entry.name not in named and not any(Path(entry.path).rglob("*.mp4")):
                discard(entry.path)
                gone += 1
    return gone


def folder_of(output: str, task: Task) -> str | None:
    """The folder of the upload that a task builds; None where it builds none."""
    folder = task.input.output_dir
    inside = os.path.abspath(os.path.dirname(folder)) == os.path.abspath(uploads(output))
    return folder if inside and _FOLDER.fullmatch(os.path.basename(folder)) else None
