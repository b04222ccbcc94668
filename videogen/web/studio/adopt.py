"""Going on with what was sent here: it becomes a project of the folder, which the studio edits as any other.

A film of what was sent reaches nothing but its own upload. As a project it reaches what every project of the folder
does, and everybody who uses the server sees it; so somebody has to ask for it, and it may bring no command.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from videogen.build.projects import write_schema
from videogen.build.workspace import is_project_file, is_project_name
from videogen.build.write import replacing, write_bytes
from videogen.model.address import shown_source
from videogen.model.errors import ValidationError, from_dict
from videogen.model.task import Task
from videogen.tasks.asked import project_text
from videogen.web.access import Who
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import Conflict, refusals
from videogen.web.room import check_disk
from videogen.web.studio import files
from videogen.web.studio.projects import Saved, check_commands, saving
from videogen.web.uploads import folder_of

router = APIRouter(prefix="/api/tasks", tags=["studio"])


class Named(BaseModel):
    """What a project is to be called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=100, description="Lower-case letters, digits and -.")


@router.post("/{task_id}/project", status_code=201, response_model=Saved, responses=refusals(409, 422))
async def adopt(task_id: str, named: Named, answer: Response, who: Asking, context: Here) -> Saved:
    """Make a project of what was sent for a film, with the document beside it where there is one."""
    context.creates.take(who.client)
    saved = await run_in_threadpool(_adopt, context, who, task_id, named.name)
    answer.headers["Location"] = f"/api/projects/{saved.name}"
    return saved


def _adopt(context: Context, who: Who, task_id: str, name: str) -> Saved:
    task = context.load(task_id, who)
    folder, sent = folder_of(context.settings.output, task), task.input.named
    if folder is None:
        raise Conflict("this film is of nothing that was sent here", hint="edit what it is made from where that is")
    if not is_project_name(name):
        raise ValidationError(f'"{name[:40]}" cannot name a project', hint="use lower-case letters, digits and -")
    check_disk(context)
    path = files.path_of(name)
    if is_project_file(sent) and sent.startswith(f"{folder}/"):
        text = _renamed(files.text_of(_read(sent), sent), Path(sent).stem, name)
        _check_free(path)
        check_commands(context, who, name, text)
        with saving:
            _check_free(path)
            return _written(name, path, text)
    with _beside(task, path) as document:
        text = project_text(task.input, document, os.path.dirname(path))
        _check_document(context, who, name, text, document)
        with saving:
            _check_free(path)
            return _written(name, path, text)


@contextlib.contextmanager
def _beside(task: Task, path: str) -> Iterator[str]:
    """What a project in `path` is to name: the address of a film, or its document, which is put beside the project, and
    is gone again where nothing comes of that."""
    sent = task.input.source or ""
    if not sent.startswith(f"{task.input.output_dir}/"):
        if shown_source(sent) != sent:
            raise Conflict("this address has what may be secret in it", hint="write it into a project yourself")
        yield sent
        return
    beside = os.path.splitext(path)[0] + os.path.splitext(sent)[1].lower()
    with saving:
        _check_free(path)
        _check_free(beside)
        try:
            with replacing(beside) as temporary:
                shutil.copyfile(sent, temporary)
        except FileNotFoundError:
            raise _gone() from None
    try:
        yield beside
    except BaseException:
        os.unlink(beside)
        raise


def _check_document(context: Context, who: Who, name: str, text: str, document: str) -> None:
    """Raise Conflict for what is wrong in the document of a project, such as a picture that did not come with it: the
    film did without, but no project could be built, and in the studio nobody could mend it."""
    found = context.lookers.ask("check", {"name": name, "text": text}, who.client)["errors"]
    for error in (from_dict(each) for each in found if each["file"] == document):
        what = "mend the document and send it once more"
        raise Conflict(error.message, error.where, f"{error.hint}, or {what}" if error.hint else what)


def _read(sent: str) -> bytes:
    try:
        return Path(sent).read_bytes()
    except FileNotFoundError:
        raise _gone() from None


def _gone() -> Conflict:
    return Conflict("what was sent is not there any more", hint="send it once more")


def _check_free(path: str) -> None:
    if os.path.lexists(path):
        raise Conflict(f"{path} is there already", hint="choose another name")


def _written(name: str, path: str, text: str) -> Saved:
    data = text.encode()
    write_schema(os.path.dirname(path))  # first: it harms nobody where the project cannot be written
    write_bytes(path, data)
    return Saved(name=name, etag=files.etag_of(data), created=True)


def _renamed(text: str, before: str, name: str) -> str:
    """A project's text with the commands in its first comment for the name that it has now.

    >>> _renamed("# `video-gen create a` makes it\\ntitle: '`video-gen create a`'\\n", "a", "b")
    "# `video-gen create b` makes it\\ntitle: '`video-gen create a`'\\n"
    """
    head = re.match(r"(?:#.*\n)*", text)
    end = head.end() if head else 0
    old = re.compile(rf"(?<=`video-gen create ){re.escape(before)}(?=[ `])")
    return old.sub(name, text[:end]) + text[end:]
