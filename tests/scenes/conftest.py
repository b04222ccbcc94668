from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def no_system_fonts(monkeypatch):
    """What is drawn does not depend on the fonts of the machine that tests."""
    from videogen.scenes import fontfiles

    monkeypatch.setattr(fontfiles, "system_fonts", lambda: ())
    _forget()
    yield
    _forget()


@pytest.fixture
def no_extras(monkeypatch):
    """As if no extra with fonts were installed."""
    from videogen.scenes import typefaces

    monkeypatch.setattr(typefaces, "packed", lambda name, weight=400: None)
    _forget()


def _forget():
    from videogen.scenes import fontfiles, typefaces

    for remembered in (fontfiles.system_font, typefaces._stand_in, typefaces.length):
        remembered.cache_clear()


@pytest.fixture(scope="session")
def named_by_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures and clips that the examples of kinds name."""
    from videogen.build.gallery import stand_ins
    from videogen.model.kinds import kinds
    from videogen.scenes.draw import scene_kind

    folder = tmp_path_factory.mktemp("named")
    for kind in kinds():
        stand_ins(kind, yaml.safe_load(scene_kind(kind).example)["content"], folder)
    return folder


@pytest.fixture
def root(named_by_examples: Path, tmp_path: Path) -> Path:
    """A folder of the test's own with what the examples name."""
    return shutil.copytree(named_by_examples, tmp_path, dirs_exist_ok=True)
