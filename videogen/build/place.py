"""Where a person wrote what is wrong: never in a file that we wrote for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, Where


@contextmanager
def placed(workspace: Workspace, key: str = "") -> Iterator[None]:
    """Have the errors of a project name a place: their own, else the project's file, of which `key` is at fault.

    Where a person gave a document and options instead, it is one of these.
    """
    try:
        yield
    except PipelineError as error:
        where = error.where or Where(workspace.file, text=key)
        if workspace.document and where.file == workspace.file:
            from videogen.inputs.starter import document_place

            where = document_place(where, workspace.document)
        raise type(error)(error.message, where, error.hint, error.details) from None
