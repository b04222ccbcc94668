from __future__ import annotations

from collections.abc import Callable

import pytest
from studio import PROJECT, Studio
from tasks.tasks_kit import Office

from videogen.tasks.home import home_of


@pytest.fixture
def office(fresh: Callable[[str], Studio], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Office]:
    """Makes a studio with nothing built, goes there, and opens the tasks of its output folder."""

    def opened(project: str = PROJECT) -> Office:
        studio = fresh(project)
        monkeypatch.chdir(studio.folder)
        monkeypatch.setenv("VIDEOGEN_CACHE_DIR", str(studio.folder / "store"))
        return Office(studio, home_of())

    return opened


@pytest.fixture
def built_office(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A studio in which the film is made."""
    monkeypatch.chdir(studio.folder)
    monkeypatch.setenv("VIDEOGEN_CACHE_DIR", str(studio.folder / "store"))
    return Office(studio, home_of())
