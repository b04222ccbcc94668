from __future__ import annotations

import sys
from pathlib import Path

import pytest

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
