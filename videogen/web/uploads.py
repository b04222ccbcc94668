"""What is sent to be made into a film: it stands in a folder of its own, of a name that nobody can guess."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from typing import BinaryIO

from videogen.build.write import replacing, write_bytes
from videogen.model.task import Task
from videogen.web.guard import too_large
from videogen.web.sniff import check_content, label_of

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


def folder_of(output: str, task: Task) -> str | None:
    """The folder of the upload that a task builds; None where it builds none."""
    folder = task.input.output_dir
    inside = os.path.abspath(os.path.dirname(folder)) == os.path.abspath(uploads(output))
    return folder if inside and _FOLDER.fullmatch(os.path.basename(folder)) else None
