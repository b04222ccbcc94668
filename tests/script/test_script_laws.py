"""Laws that hold for the script of any document."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from script_builders import code, content, inline, para, section, table

from videogen.inputs.markdown import parse_markdown
from videogen.model import limits
from videogen.model.content import Block, ImageBlock, ListBlock, ListItem, ParsedContent, ParsedSection, QuoteBlock
from videogen.model.film import FilmFormat
from videogen.model.kinds import Bullets, Code, Table
from videogen.model.pace import heard_words
from videogen.model.project import Aspect, Document, VideoConfig
from videogen.model.scene import Scene
from videogen.model.script import Picture
from videogen.scenes.draw import lay_out
from videogen.scenes.themes import resolve_look
from videogen.script import write_script
from videogen.script.cues import align
from videogen.script.draft import MOST_WORDS
from videogen.script.text import word_count

WORDS = st.sampled_from(
    """the a build tool runs tasks quickly and keeps what it made because nobody likes waiting, which is why
    Kiln: exists; install with pip 🚀 ✅ **bold** `code` https://example.com/x?y=1 <b>html</b> &amp; &nbsp;
    - — • / [^1] [1] () (see) e.g. v2.0 Python 3.11 doit's naïve 日本語 the.
    Then! Really? and or to of run: use: output, following: "quoted" 'single' it
    This
    These Note that _emph_ snake_case a/b $HOME --flag 100% … ... -> → | # > *""".split()  # noqa: SIM905
)
TEXT = st.one_of(
    st.lists(WORDS, min_size=0, max_size=25).map(" ".join),
    st.text(max_size=60),
    st.just("x" * 320),
    st.just("word " * 130),
)
SHAPES: dict[Aspect, FilmFormat] = {
    "16:9": FilmFormat(width=1920, height=1080, fps=30),
    "9:16": FilmFormat(width=1080, height=1920, fps=30),
    "1:1": FilmFormat(width=1080, height=1080, fps=30),
    "4:5": FilmFormat(width=1080, height=1350, fps=30),
}
LOOKS = {aspect: resolve_look("midnight", "blue", shape, Path()) for aspect, shape in SHAPES.items()}
MIDNIGHT = LOOKS["16:9"]
LATEST_CUE = 4
LONGEST_STILL = 36
LANGUAGES = st.sampled_from(["en", "en-GB", "de", "fr", "es", "ja", "pt-BR"])


TONES: st.SearchStrategy[Literal["quote", "note", "tip", "important", "warning", "caution"]] = st.sampled_from(
    ("quote", "note", "tip", "important", "warning", "caution")
)


FENCED = (
    "x = 1", "def f():", "    return 1", "", "$ pip install x", "$ kiln bake\\", "# Bake it", "kiln bake --fast",
    "y" * 200, ">>> import kiln", ">>> kiln.bake(1)", "... 2", "+import kiln", "-x = 1", " y = 2", "@@ -1 +1 @@",
    "\u2501\u2501\u2501", "flowchart LR", "digraph {", "a[Some text] --> b{Is it?}", "b -->|yes, it is| c",
    "a -> b;", "}", "subgraph d",
)  # fmt: skip
FENCES = ("python", "sh", "", "yaml", "console", "weird", "pycon", "diff", "mermaid", "dot")


@st.composite
def diagrams(draw: st.DrawFn) -> Block:
    """Flowcharts that can be read, some of them too large to be followed."""
    count = draw(st.integers(1, 16))
    labels = draw(st.lists(st.text("ab c\u0431\u65e5", min_size=1, max_size=40), min_size=count, max_size=count))
    shapes = [draw(st.sampled_from(["[%s]", "{%s}", "([%s])", "[(%s)]"])) for _ in range(count)]
    nodes = [f"n{at}" + shape % f'"{label}"' for at, (shape, label) in enumerate(zip(shapes, labels, strict=True))]
    ends = [(draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))) for _ in range(draw(st.integers(0, 16)))]
    arrows = draw(st.sampled_from(["-->", "---", "-->|as it is|", "-.->"]))
    lines = [f"flowchart {draw(st.sampled_from(['LR', 'TD']))}", *nodes, *(f"n{a} {arrows} n{b}" for a, b in ends)]
    return code("\n".join(lines), "mermaid")


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    match draw(st.integers(0, 7)):
        case 0 | 1:
            return para(draw(TEXT))
        case 2:
            items = [
                ListItem(
                    inline=inline(draw(TEXT)),
                    checked=draw(st.sampled_from([None, None, True, False])),
                    children=[ListItem(inline=inline(text)) for text in draw(st.lists(TEXT, max_size=2))],
                )
                for _ in range(draw(st.integers(0, 20)))
            ]
            return ListBlock(ordered=draw(st.booleans()), items=items, lines=(0, 3))
        case 3:
            lines = draw(
                st.lists(
                    st.sampled_from(FENCED),
                    max_size=40,
                )
            )
            return code("\n".join(lines), draw(st.sampled_from(FENCES)))
        case 4:
            width = draw(st.integers(0, 7))
            rows = draw(st.lists(st.lists(TEXT, min_size=0, max_size=7), max_size=25))
            return table(draw(st.lists(TEXT, min_size=width, max_size=width)), *rows)
        case 5:
            return QuoteBlock(inline=inline(draw(TEXT)), attribution=draw(TEXT), tone=draw(TONES), lines=(2, 2))
        case 6:
            return draw(diagrams())
        case _:
            return ImageBlock(path="a.png", alt=draw(TEXT), caption=draw(TEXT), lines=(2, 2))


TITLES = st.one_of(
    st.sampled_from(
        ["Installation", "Usage", "Example", "Why?", "Features", "License", "Create a project", "日本", "", "🎉"]
    ),
    TEXT,
)


@st.composite
def sections(draw: st.DrawFn) -> ParsedSection:
    made = draw(st.lists(blocks(), max_size=5))
    return section(draw(TITLES), *made, level=draw(st.integers(0, 5)), line=draw(st.integers(0, 500)))


DOCUMENTS = st.builds(
    lambda found, title, path: content(*found, title=title, path=path),
    st.lists(sections(), max_size=8),
    TITLES,
    st.sampled_from(["README.md", ""]),
)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (40, 30)).save(folder / "a.png")
    return folder


def _comes_steadily(scene: Scene) -> None:
    """Something comes within about two seconds, and then at least every thirteen."""
    words = scene.narration.split()
    places = list(scene.cues.values())
    # rows and lines that are marked as they are spoken of are there from the start
    there = scene.kind == "outro" or bool(getattr(scene.content, "highlight", None))
    assert there or heard_words(" ".join(words[: places[0]])) <= LATEST_CUE
    for earlier, later in itertools.pairwise([*places, len(words)]):
        assert heard_words(" ".join(words[earlier:later])) <= LONGEST_STILL, (places, words)


@settings(max_examples=50, deadline=None)
@given(parsed=DOCUMENTS, language=LANGUAGES, aspect=st.sampled_from(list(SHAPES)))
def test_every_document_gives_a_lawful_script(
    pictures: Path, parsed: ParsedContent, language: str, aspect: Aspect
) -> None:
    video = VideoConfig(id="kiln", languages=[language], aspect=aspect)
    script = write_script(parsed, video)
    assert script.to_json() == write_script(parsed, video).to_json()
    ids = [scene.id for scene in script.scenes]
    assert len(set(ids)) == len(ids)
    assert script.scenes[0].kind == "title"
    assert script.total_words > 0
    for scene in script.scenes:
        type(scene.content).model_validate(scene.content.model_dump())
        words = scene.narration.split()
        assert words
        assert len(words) <= MOST_WORDS
        assert "\n" not in scene.narration
        assert word_count(scene.narration) >= 12 or scene.min_seconds >= 5
        assert scene.title
        for junk in ("http", "<b>", "**", "`", "🚀", "&amp;", "[^", "()", " - "):
            assert junk not in scene.narration, scene.narration
        assert scene.narration[-1] in ".!?…。！？।؟\"'”’»)」』", scene.narration
        assert set(scene.cues) == set(scene.content.cue_names())
        places = [scene.cues[name] for name in scene.content.cue_names()]
        assert places == sorted(places)
        assert all(0 <= place < len(words) for place in places)
        if isinstance(scene.content, Bullets):
            assert len(scene.content.items) <= limits.MAX_BULLETS
            assert sum(len(item.split()) for item in scene.content.items) <= limits.MAX_SLIDE_WORDS
        if scene.cues and not any(char in scene.narration for char in "日本"):
            _comes_steadily(scene)
        picture = Picture(kind=scene.kind, content=scene.content.model_dump())
        groups = lay_out(picture, LOOKS[aspect], pictures).pages[0]
        assert groups
        if isinstance(scene.content, Code):
            height = sum(max(1, -(-len(line) // limits.MAX_CODE_COLUMNS)) for line in scene.content.code.splitlines())
            assert height <= limits.MAX_CODE_LINES
        if isinstance(scene.content, Table):
            assert all(len(row) == len(scene.content.columns) for row in scene.content.rows)


@given(st.dictionaries(st.text(min_size=1, max_size=8), TEXT, max_size=8), TEXT)
def test_alignment_is_total_monotone_and_in_bounds(texts: dict[str, str], narration: str) -> None:
    cues = align(texts, narration)
    count = len(narration.split())
    assert list(cues) == (list(texts) if count else [])
    assert list(cues.values()) == sorted(cues.values())
    assert all(0 <= place < count for place in cues.values())


@settings(max_examples=25, deadline=None)
@given(st.lists(sections(), min_size=1, max_size=4), sections(), st.integers(0, 4))
def test_a_new_section_leaves_the_scenes_of_the_others_alone(
    found: list[ParsedSection], new: ParsedSection, at: int
) -> None:
    # titles apart, so that ids do not meet, and few enough that all are shown
    small = [
        section(f"Part {'abcdefgh'[index]}", *part.blocks[:1], level=2, line=10 * index)
        for index, part in enumerate(found)
    ]
    added = section("Newcomer", *new.blocks[:1], level=2, line=999)
    intro = section("Kiln", para("Kiln is a tool that builds sites from text."), level=1)
    video = VideoConfig(id="kiln")
    before = write_script(content(intro, *small), video)
    after = write_script(content(intro, *small[:at], added, *small[at:]), video)
    if any("too long" in note for note in after.metadata.get("left_out", [])):
        return
    kept = {scene.id: scene.to_json() for scene in after.scenes}
    for scene in before.scenes:
        if scene.kind not in ("title", "outro"):
            assert kept[scene.id] == scene.to_json()


def test_a_document_without_anything_has_a_title() -> None:
    script = write_script(content(title=""), VideoConfig(id="kiln"))
    assert [scene.kind for scene in script.scenes] == ["title"]
    assert re.search("kiln", script.scenes[0].narration)


def test_five_hundred_sections_make_a_short_video() -> None:
    found = [
        section(f"Step {index}", para(f"The kiln is heated for the step number {index}, and then it rests."))
        for index in range(500)
    ]
    script = write_script(content(*found), VideoConfig(id="kiln"))
    assert len(script.scenes) <= 16
    assert script.estimated_duration < 200
    assert len(script.metadata["left_out"]) > 450


def test_our_own_page_makes_scenes_that_fit_and_never_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parents[2] / "README.md"
    monkeypatch.chdir(page.parent)
    document = Document(path=page.name, text=page.read_text(encoding="utf-8"))
    video = VideoConfig(id="readme", document=document)
    script = write_script(parse_markdown(document, video), video)
    assert script.scenes[0].narration.startswith("videogen is ")
    assert any(scene.kind == "table" for scene in script.scenes)
    for scene in script.scenes:
        picture = Picture(kind=scene.kind, content=scene.content.model_dump())
        assert lay_out(picture, MIDNIGHT, page.parent).pages[0]
        if scene.cues:
            _comes_steadily(scene)
        for banned in ("as you can see", "continued", "more lines", "…"):
            assert banned not in scene.narration + " ".join(getattr(scene.content, "items", []))
