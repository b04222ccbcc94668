"""Chapters and the transcript that follows them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from videogen.model.captions import Chapter
from videogen.model.timing import SceneTimes, film
from videogen.video.chapters import chapter_list, chapters, clock
from videogen.video.transcript import Said, transcript


def laid(*seconds: float):
    return film([(f"s{i}", SceneTimes(round(s * 30), 12, 0.5, {})) for i, s in enumerate(seconds)])


def made(*parts: tuple[str, float]) -> list[tuple[float, str]]:
    found = chapters(laid(*(seconds for _, seconds in parts)), [title for title, _ in parts], 30)
    return [(chapter.start, chapter.title) for chapter in found]


def test_neighbours_of_one_title_are_one_chapter():
    assert made(("Install", 12), ("Install", 20), ("", 15), ("Use", 30)) == [(0, "Install"), (47, "Use")]


def test_a_short_opening_joins_the_first_chapter():
    assert made(("My tool", 6), ("Install", 20), ("Use", 30)) == [(0, "Install"), (26, "Use")]


def test_a_short_end_joins_the_chapter_before():
    assert made(("Install", 20), ("Use", 30), ("Bye", 8)) == [(0, "Install"), (20, "Use")]


def test_many_short_scenes_make_chapters_of_ten_seconds():
    assert made(("a", 6), ("b", 6), ("c", 6), ("d", 6)) == [(0, "a"), (12, "c")]


def test_a_short_film_is_one_chapter():
    assert made(("a", 3), ("b", 4)) == [(0, "b")]
    assert made(("", 3)) == []


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.floats(1, 40)), min_size=1, max_size=30))
def test_chapters_cover_the_film(parts):
    scenes = laid(*(seconds for _, seconds in parts))
    found = chapters(scenes, [title for title, _ in parts], 30)
    if not any(title for title, _ in parts):
        assert found == []
        return
    assert found[0].start == 0
    assert found[-1].end == (scenes[-1].start + scenes[-1].times.frames) / 30
    assert all(one.end == other.start for one, other in pairwise(found))
    assert len(found) == 1 or all(one.end - one.start >= 10 - 1e-9 for one in found)


def test_clock_and_list():
    assert [clock(seconds) for seconds in (0, 9.99, 60, 3599.5, 3661)] == ["0:00", "0:09", "1:00", "59:59", "1:01:01"]
    parts = [Chapter(start=0, end=20, title="Install"), Chapter(start=20, end=95, title="Use")]
    assert chapter_list(parts) == "0:00 Install\n0:20 Use\n"


def test_transcript_has_every_word_under_its_chapter():
    parts = [Chapter(start=0, end=20, title="Install"), Chapter(start=20, end=95, title="Use `it`")]
    said = [
        Said(0.5, "", "Run pip."),
        Said(12, "", "Then wait."),
        Said(20.5, "", "Use __init__ and a < b."),
        Said(60, "", ""),
    ]
    text = transcript("My *tool*", parts, said, "1. What it is")
    assert text.startswith(
        "# My \\*tool\\*\n\n1\\. What it is\n\n## 0:00 Install\n\n**0:00** Run pip.\n\n**0:12** Then"
    )
    html = MarkdownIt().render(text)
    assert "<h2>0:20 Use `it`</h2>" in html
    assert "<p><strong>0:20</strong> Use __init__ and a &lt; b.</p>" in html
    assert "<p>1. What it is</p>" in html
    assert "1:00" not in text


def test_transcript_without_chapters():
    assert transcript("T", [], [Said(0.5, "", "Hello.")]) == "# T\n\n**0:00** Hello.\n"


@given(st.text("ab*_`<>[]\\#-. 1&", min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool))
def test_transcript_shows_the_text_as_it_was_said(text):
    (paragraph,) = [
        token for token in MarkdownIt().parse(transcript("T", [], [Said(0, "", text)]))[3:] if token.children
    ]
    shown = "".join(child.content for child in paragraph.children if child.type in ("text", "text_special"))
    assert shown == "0:00 " + text


def test_transcript_names_who_speaks() -> None:
    said = [Said(0, "Ana", "Are you ready?"), Said(3, "Ben", "Yes."), Said(4, "", "So they began.")]
    assert transcript("T", [], said) == (
        "# T\n\n**0:00** **Ana:** Are you ready?\n\n**0:03** **Ben:** Yes.\n\n**0:04** So they began.\n"
    )
