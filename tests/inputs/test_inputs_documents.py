"""Which input reads what a person named."""

from __future__ import annotations

from pathlib import Path

import pytest

from videogen.inputs import documents
from videogen.inputs.adapter import installed
from videogen.model.errors import ValidationError, Where

NAMED_AT = Where("projects/talk.yaml", 2)


@pytest.mark.parametrize("name", documents.adapters())
def test_every_input_describes_itself(name: str) -> None:
    adapter = documents.adapters()[name]
    assert adapter.name == name
    assert name.isalnum()
    assert name.islower()
    assert adapter.what
    assert adapter.limits
    assert bool(adapter.needs) == bool(adapter.extra)
    assert (adapter.max_bytes > 0) == (adapter.takes == "content")
    assert installed(adapter), f"the tests need {adapter.extra}"


@pytest.mark.parametrize("name", documents.adapters())
def test_an_input_that_lacks_a_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    adapter = documents.adapters()[name]
    monkeypatch.setattr(adapter, "needs", ("no_such_module_here",))
    monkeypatch.setattr(adapter, "extra", f"videogen[{name}]")
    (tmp_path / "some.file").write_bytes(b"anything")
    with pytest.raises(ValidationError) as caught:
        documents.read_document(f"{name}:some.file", tmp_path, tmp_path, NAMED_AT)
    assert str(caught.value).startswith(f'projects/talk.yaml:2: the input "{name}" is not complete on this machine')
    assert f'pip install "videogen[{name}]"' in str(caught.value)


def test_no_two_inputs_fight_for_a_suffix() -> None:
    suffixes = ("md", "txt", "pdf", "docx", "pptx", "html", "htm", "ipynb")
    for suffix in suffixes:
        readers = [each.name for each in documents.adapters().values() if each.reads(f"notes.{suffix}", b"", "")]
        assert len(readers) <= 1, suffix
