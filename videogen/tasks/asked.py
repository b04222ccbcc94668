"""What a task asks for, in the terms of the build."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from videogen.build.terms import Budget, Terms
from videogen.build.workspace import Workspace, find_workspace, is_project_file
from videogen.model.asked import LISTS, OF_A_DOCUMENT
from videogen.model.task import InputConfig


def workspace_of(asked: InputConfig) -> Workspace:
    """The project that is built, its YAML written first where a document was given. Raises PipelineError."""
    source = asked.source
    if source is None or is_project_file(source):
        return find_workspace(source or asked.project, asked.output_dir, asked.draft)
    from videogen.build.projects import document_workspace

    return document_workspace(source, asked.output_dir, _overrides(asked), asked.draft)


@contextmanager
def planned_workspace(asked: InputConfig) -> Generator[Workspace, None, None]:
    """The project that would be built; what was made of a document stays as it is. Raises PipelineError."""
    source = asked.source
    if source is None or is_project_file(source):
        yield workspace_of(asked)
        return
    from videogen.build.apart import planned_document

    with planned_document(source, asked.output_dir, _overrides(asked), asked.draft) as workspace:
        yield workspace


def project_text(asked: InputConfig, document: str, folder: str) -> str:
    """The project of a document as it would stand in a folder, with the settings that were asked for. Raises
    ValidationError."""
    from videogen.build.projects import project_of

    return project_of(document, _overrides(asked), folder)


def _overrides(asked: InputConfig) -> dict[str, Any]:
    from videogen.build.projects import overrides_of

    settings: dict[str, Any] = {name: getattr(asked, name) for name in OF_A_DOCUMENT if name != "use_ai"}
    for name in LISTS:
        settings[name] = list(settings[name]) if settings[name] else None
    return overrides_of(settings, asked.use_ai)


def terms_of(asked: InputConfig) -> Terms:
    """On what terms it is built."""
    return Terms(asked.frozen, Budget(asked.max_cost))


def size_of(asked: InputConfig) -> int:
    """Bytes of the file that was given; 0 where it is none, such as an address, whose fetcher has bounds of its own."""
    named = asked.source or asked.project or ""
    kind, colon, value = named.partition(":")
    for path in (named, value if colon and kind.isalnum() else ""):
        if path and os.path.isfile(path):
            return os.path.getsize(path)
    return 0
