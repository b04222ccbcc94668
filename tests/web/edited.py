"""A server of a studio in which a film is made, for tests that write in its projects."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from studio import PROJECT, Studio
from web.conftest import Server, serving


@pytest.fixture(scope="module")
def hosted(built_studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a studio in which the film is made."""
    folder = tmp_path_factory.mktemp("hosted") / "studio"
    shutil.copytree(built_studio.folder, folder, symlinks=True)
    with serving(Studio(folder)) as running:
        yield running


@pytest.fixture
def server(hosted: Server) -> Server:
    """The same, with nothing but the project as it was built."""
    shutil.rmtree(hosted.studio.project.parent)
    hosted.studio.project.parent.mkdir()
    hosted.studio.project.write_text(PROJECT)
    return hosted
