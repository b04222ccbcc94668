"""Which input reads what a person named."""

from __future__ import annotations

from pathlib import Path

import pytest
from weblocal import site

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


ARTICLE = "<html><body><article><h1>A page</h1><p>It says that every result is a file.</p></article></body></html>"
SENT = {
    "an unnamed page": ("/", ARTICLE, "text/html; charset=utf-8", "# A page"),
    "a page that is called otherwise": ("/notes.md", ARTICLE, "text/html", "# A page"),
    "text that is Markdown by its name": ("/notes.md?raw=1", "# A *title*", "text/plain", "# A *title*"),
    "bytes that are Markdown by their name": ("/a/notes.md", "# A *title*", "application/octet-stream", "# A *title*"),
    "Markdown by its type": ("/a", "# A *title*", "text/markdown", "# A *title*"),
    "captions by their type": ("/a", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.", "text/vtt", "Hello."),
    "captions by their name": ("/a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello.", "", "Hello."),
}


@pytest.mark.parametrize("what", SENT)
def test_a_page_is_read_as_what_it_is_sent_as(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str) -> None:
    path, data, kind, begins = SENT[what]
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    with site() as web:
        web.replies[path.partition("?")[0]] = lambda to: to.send(data, kind=kind)
        found = documents.read_document(web.url(path), tmp_path, tmp_path, NAMED_AT)
    assert found.document.text.lstrip().startswith(begins)
    assert found.document.path == web.url(path.partition("?")[0])


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("/a.md", "image/png", "no input reads image/png, which 127.0.0.1 sends; if you know what it is, say so"),
        ("/a", "video/mp4", "no input reads video/mp4"),
        ("/a", "", "no input reads what has no name and no type"),
        ("/a.rst", "text/x-unheard-of", "no input reads text/x-unheard-of"),
        ("/a.zip", "application/zip", "no input reads zip"),
    ],
)
def test_a_page_that_no_input_reads_is_left_where_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str, kind: str, said: str
) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    with site() as web:
        web.replies[path] = lambda to: to.send("\0\1\2", kind=kind)
        with pytest.raises(ValidationError) as caught:
            documents.read_document(web.url(path), tmp_path, tmp_path, NAMED_AT)
    assert said in caught.value.line()
    assert caught.value.line().startswith("projects/talk.yaml:2: ")


def test_a_page_is_read_by_the_input_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    with site() as web:
        web.replies["/a"] = lambda to: to.send("# A *title*", kind="application/x-own")
        assert (
            documents.read_document(f"md:{web.url('/a')}", tmp_path, tmp_path, NAMED_AT).document.text == "# A *title*"
        )
