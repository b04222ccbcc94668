"""A document as several films: every section in one of them, in order, and each called as its heading."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.inputs.parse import parse
from videogen.inputs.source import read_source
from videogen.model.errors import ValidationError
from videogen.model.project import VideoConfig
from videogen.script.write import write_script

LONG = "Every result is a file, and every file knows its inputs. " * 8


def films(folder: Path, document: str, split: str, more: str = "") -> list[VideoConfig]:
    (folder / "a.md").write_text(document)
    (folder / "talk.yaml").write_text(f"source: a.md\nsplit: {split}\n{more}")
    return read_source(folder / "talk.yaml", folder).config.videos


def document(*titles: str, text: str = LONG) -> str:
    return "# Kettle\n\nA kettle boils.\n\n" + "\n".join(f"## {title}\n\n{text}\n" for title in titles)


def test_each_large_section_is_a_film_and_one_says_what_they_are(tmp_path: Path) -> None:
    text = document("Install", "Usage") + "## Note\n\nShort.\n" + "## Care\n\n" + LONG
    videos = films(tmp_path, text, "heading")
    assert [(video.id, video.file) for video in videos] == [
        ("talk-overview", "talk-0-overview"),
        ("talk-install", "talk-1-install"),
        ("talk-usage", "talk-2-usage"),
        ("talk-care", "talk-3-care"),
    ]
    said = [[section.title.text for section in parse(video, tmp_path).sections] for video in videos]
    assert said == [[], ["Kettle", "Install"], ["Usage", "Note"], ["Care"]]


def test_the_number_stands_on_the_title_only(tmp_path: Path) -> None:
    before = films(tmp_path, document("Install", "Usage"), "heading")
    after = films(tmp_path, document("First", "Install", "Usage"), "heading")
    one, two = (next(video for video in videos if video.id == "talk-usage") for videos in (before, after))
    first, second = (write_script(parse(video, tmp_path), video).scenes for video in (one, two))
    assert (getattr(first[0].content, "eyebrow", ""), getattr(second[0].content, "eyebrow", "")) == (
        "Part 2 of 2",
        "Part 3 of 3",
    )
    assert [(scene.id, scene.content, scene.narration) for scene in first[1:]] == [
        (scene.id, scene.content, scene.narration) for scene in second[1:]
    ]
    overview = write_script(parse(after[0], tmp_path), after[0])
    assert [scene.id for scene in overview.scenes] == ["title", "parts", "outro"]
    assert overview.scenes[1].narration == "First. Install. Usage."


def test_by_length_parts_are_about_equal_and_by_hand_they_are_as_named(tmp_path: Path) -> None:
    text = document(*(f"Part {at}" for at in range(8)))
    assert [video.title for video in films(tmp_path, text, "{minutes: 2}")[1:]] == ["Part 0", "Part 4"]
    assert [video.id for video in films(tmp_path, text, "[Part 1, part 6]")[1:]] == ["talk-part-1", "talk-part-6"]


def test_every_shape_of_every_part_is_a_film(tmp_path: Path) -> None:
    videos = films(tmp_path, document("Install", "Usage"), "heading", 'aspect: ["16:9", "9:16"]\n')
    assert [(video.id, video.file, video.shape_of) for video in videos[2:4]] == [
        ("talk-install", "talk-1-install", None),
        ("talk-install-9x16", "talk-1-install-9x16", "talk-install"),
    ]


@pytest.mark.parametrize(
    ("split", "place", "words"),
    [
        ("[Install, Usge]", "talk.yaml:2:18", 'no heading "Usge"; did you mean "Usage"?'),
        ("[Usage, Install]", "talk.yaml:2:16", "in order"),
        ("[Install]", "talk.yaml:2:8", "a list of the headings"),
        ("chapters", "talk.yaml:2:8", "`split` is `heading`"),
        ("{minutes: 0}", "talk.yaml:2:8", "0.5 to 60"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, split: str, place: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        films(tmp_path, document("Install", "Usage"), split)
    assert str(caught.value.where) == place
    assert words in caught.value.line()


sections = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "A few words.", LONG])), min_size=1, max_size=10)


@settings(max_examples=40, deadline=None)
@given(sections, st.sampled_from(["heading", "{minutes: 0.5}", "{minutes: 1}"]))
def test_every_section_is_in_one_film_and_in_order(found: list[tuple[int, str]], split: str) -> None:
    text = "Words before.\n\n" + "\n".join(f"{'#' * level} S{at}\n\n{body}\n" for at, (level, body) in enumerate(found))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        several = any(sum(level == wanted for level, _ in found) > 1 for wanted in range(1, 7))
        if not several:
            with pytest.raises(ValidationError, match="no headings to split it at"):
                films(root, text, split)
            return
        videos = films(root, text, split)
        (root / "whole.yaml").write_text("source: a.md\n")
        (unsplit,) = read_source(root / "whole.yaml", root).config.videos
        whole = [section.title.text for section in parse(unsplit, root).sections]
        parts = [section.title.text for video in videos for section in parse(video, root).sections]
    assert parts == whole
    assert len({video.id for video in videos}) == len(videos)


def test_a_part_carries_its_own_section_and_where_it_stands(tmp_path: Path) -> None:
    text = (
        document("Install", "Usage", "Care").replace(LONG, f"{LONG} See [the guide][g].", 1)
        + "\n[g]: https://g.example\n"
    )
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "whole.yaml").write_text("source: a.md\n")
    (whole,) = read_source(tmp_path / "whole.yaml", tmp_path).config.videos
    there = {section.title.text: section for section in parse(whole, tmp_path).sections}
    overview, install, usage, _ = films(tmp_path, text, "heading")
    assert [
        len(each.document.text.strip()) < len(text) / 2 for each in (overview, install, usage) if each.document
    ] == [True] * 3
    assert overview.document is not None
    assert LONG not in overview.document.text
    for video in (install, usage):
        section = parse(video, tmp_path).sections[-1]
        same = there[section.title.text]
        assert section == same.model_copy(update={"level": section.level, "lines": section.lines})
        assert (section.lines[0], section.lines[1] - same.lines[1]) in ((same.lines[0], 0), (same.lines[0], 1))
    # an edit of one leaves the others as they are, but for where they stand
    after = films(tmp_path, text.replace("## Usage\n", "## Usage\n\nMore.\n"), "heading")
    assert parse(after[1], tmp_path).sections == parse(install, tmp_path).sections
