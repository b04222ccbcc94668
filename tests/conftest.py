"""Fixtures for every test: a small real project, built once, copied for each test that changes it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from studio import PROJECT, Studio, new_studio

# how fast a machine is today is no law: no test may fail because it is busy
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
# the commands that tests start keep their bytecode, as those of people do: to compile all of videogen anew takes each
# of them up to 0.35 s
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session")
def built_studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    studio = new_studio(tmp_path_factory.mktemp("studio") / "base")
    # in an interpreter of its own, so that the build imports what it needs itself
    outcome = studio.run("env", sys.executable, "-m", "doit", "create", "project=talk")
    assert outcome.code == 0, outcome.err
    return studio


@pytest.fixture
def studio(built_studio: Studio, tmp_path: Path) -> Studio:
    """A finished build of the small project, free to be changed."""
    shutil.copytree(built_studio.folder, tmp_path / "studio", symlinks=True)
    return Studio(tmp_path / "studio")


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], Studio]:
    """Makes a studio with nothing built, of a project's text."""
    return lambda project=PROJECT: new_studio(tmp_path / "fresh", project)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_CACHE_DIR", str(tmp_path / "store"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tried at all, which a skipped test alone does not."""
    skipped = terminalreporter.stats.get("skipped", [])
    loud = {str(each.longrepr[2]).removeprefix("Skipped: ") for each in skipped if "NO CHROMIUM" in str(each.longrepr)}
    for line in sorted(loud):
        terminalreporter.write_line(line, red=True, bold=True)
