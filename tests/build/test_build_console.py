"""The bars that a person watches."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from videogen.build.console import _bars


@pytest.mark.parametrize("width", [40, 61, 62, 72, 73, 80, 120])
def test_a_narrow_terminal_loses_the_bar_before_the_time(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    progress = _bars()
    progress.add_task("Encoding transitions", total=1000, completed=1000, now="a-scene-with-a-rather-long-name")
    seen = io.StringIO()
    Console(file=seen, width=width).print(progress.get_renderable())
    (line,) = seen.getvalue().splitlines()
    assert len(line) < width
    assert "1000/1000" in line
    assert "0:00:0" in line
    assert ("━" in line) == (width >= 62)
