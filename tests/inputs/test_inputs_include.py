"""What a project includes: put where it is named, told where it is written, and never without end."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.inputs import include
from videogen.inputs.project import read_project
from videogen.inputs.source import read_source
from videogen.model.errors import ValidationError
from videogen.model.limits import MAX_PROJECT_BYTES

SCENE = "{kind: title, content: {title: Hello}, narration: Hi.}"


def written(folder: Path, **files: str) -> Path:
    """Files by name, `__` for a slash; returns the project, `talk`."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "talk.yaml"


def refusal(folder: Path, **files: str) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        read_source(written(folder, **files), folder)
    assert caught.value.hint
    assert "\n" not in caught.value.line()
    assert str(folder) not in str(caught.value)
    return caught.value


def test_what_stands_in_the_project_comes_before_what_it_includes(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        talk=f"include: shared/look.yaml\naccent: pink\noutput: {{fps: 24}}\nscenes: [{SCENE}]\n",
        shared__look="accent: green\ntheme: paper\noutput: {resolution: 480p, fps: 60}\n",
    )
    config = read_source(path, tmp_path).config
    video = config.videos[0]
    assert (video.accent, video.theme, video.output.fps, video.output.resolution) == ("pink", "paper", 24, "480p")
    assert config.inputs == ["shared/look.yaml", "talk.yaml"]


def test_of_several_the_later_comes_before_the_earlier(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        talk=f"include: [a.yaml, b.yaml]\nscenes: [{SCENE}]\n",
        a="accent: green\ntheme: paper\n",
        b="accent: pink\n",
    )
    video = read_source(path, tmp_path).config.videos[0]
    assert (video.accent, video.theme) == ("pink", "paper")


def test_scenes_and_videos_are_included_one_by_one_or_as_a_list(tmp_path: Path) -> None:
    one, two = (SCENE.replace("Hello", name) for name in ("One", "Two"))
    path = written(
        tmp_path,
        talk="videos:\n  - include: others.yaml\n  - id: b\n    include: b.yaml\n",
        others="- id: a\n  scenes:\n    - include: many.yaml\n"
        f"    - {SCENE}\n    - include: one.yaml\n      id: last\n",
        many=f"- {one}\n- {two}\n",
        one=one,
        b=f"title: B\nscenes: [{SCENE}]\n",
    )
    videos = read_source(path, tmp_path).config.videos
    assert [video.id for video in videos] == ["a", "b"]
    assert [scene.id for scene in videos[0].scenes or ()] == ["one", "two", "hello", "last"]
    assert videos[1].title == "B"


def test_paths_count_from_the_file_that_holds_them(tmp_path: Path) -> None:
    from PIL import Image

    path = written(
        tmp_path,
        talk="include: shared/base.yaml\n",
        shared__base="scenes:\n  - include: parts/picture.yaml\n",
        shared__parts__picture="kind: image\ncontent: {path: ../a.png}\nnarration: See.\n",
    )
    Image.new("RGB", (4, 4)).save(tmp_path / "shared" / "a.png")
    config = read_source(path, tmp_path).config
    assert config.videos[0].scenes is not None
    assert config.videos[0].scenes[0].content.files() == ["shared/a.png"]
    assert config.inputs == ["shared/a.png", "shared/base.yaml", "shared/parts/picture.yaml", "talk.yaml"]


def test_a_source_that_is_included_gives_way_to_scenes(tmp_path: Path) -> None:
    path = written(tmp_path, talk=f"include: base.yaml\nscenes: [{SCENE}]\n", base="source: gone.md\n")
    assert read_source(path, tmp_path).config.videos[0].document is None


def test_a_word_of_the_lexicon_may_be_include(tmp_path: Path) -> None:
    path = written(tmp_path, talk=f"lexicon: {{include: in clued}}\nscenes: [{SCENE}]\n")
    assert read_source(path, tmp_path).config.videos[0].lexicon == {"include": "in clued"}


@pytest.mark.parametrize(
    ("files", "place", "words"),
    [
        ({"talk": "include: gone.yaml\n"}, "talk.yaml:1:10", 'the include "gone.yaml" does not exist'),
        ({"talk": "include: 3\n"}, "talk.yaml:1:10", "must be a path"),
        ({"talk": "include: [a.yaml, {}]\n", "a": "accent: pink\n"}, "talk.yaml:1:19", "must be a path"),
        ({"talk": "include: ../up.yaml\n"}, "talk.yaml:1:10", "leads out of the working folder"),
        ({"talk": "include: /etc/passwd\n"}, "talk.yaml:1:10", "leads out of the working folder"),
        ({"talk": "include: 'https://a.example/b.yaml'\n"}, "talk.yaml:1:10", "leads out"),
        ({"talk": "include: a.yaml\n", "a": "tilte: x\n"}, "a.yaml:1:1", 'did you mean "title"?'),
        ({"talk": "include: a.yaml\n", "a": "title: [\n"}, "a.yaml:2:1", "YAML"),
        ({"talk": "include: a.yaml\n", "a": "a: 1\na: 2\n"}, "a.yaml:2:1", "duplicate key"),
        ({"talk": "include: a.yaml\n", "a": ""}, "talk.yaml:1:10", "is empty"),
        ({"talk": "include: a.yaml\n", "a": "- b\n"}, "talk.yaml:1:10", "no mapping"),
        ({"talk": "scenes:\n  - include: a.yaml\n    id: b\n", "a": f"[{SCENE}]\n"}, "talk.yaml:2:14", "as a scene is"),
        (
            {"talk": "scenes: [include: a.yaml]\n", "a": "kind: titel\ncontent: {}\nnarration: a\n"},
            "a.yaml:1:7",
            '"title"?',
        ),
        ({"talk": "include: talk.yaml\n"}, "talk.yaml:1:10", "includes itself: talk.yaml -> talk.yaml"),
        (
            {"talk": "include: b/a.yaml\n", "b__a": "include: c.yaml\n", "b__c": "include: ../b/a.yaml\n"},
            "b/c.yaml:1:10",
            '"b/a.yaml" includes itself: b/a.yaml -> b/c.yaml -> b/a.yaml',
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_place(
    tmp_path: Path, files: dict[str, str], place: str, words: str
) -> None:
    error = refusal(tmp_path / "here", **files)
    assert str(error.where) == place, error
    assert words in error.line()


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("accent: pink\n")
    path = written(tmp_path / "here", talk="include: link.yaml\n")
    os.symlink(tmp_path / "secret.yaml", tmp_path / "here" / "link.yaml")
    with pytest.raises(ValidationError, match="leads out of the working folder"):
        read_source(path, tmp_path / "here")


def test_a_project_outside_the_working_folder_keeps_to_its_own(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    path = written(tmp_path / "there", talk=f"include: a.yaml\nscenes: [{SCENE}]\n", a="accent: pink\n")
    assert read_source(path, tmp_path / "here").config.videos[0].accent == "pink"
    path.write_text("include: ../secret.yaml\n")
    with pytest.raises(ValidationError, match="leads out"):
        read_source(path, tmp_path / "here")


def test_what_is_included_is_bounded(tmp_path: Path) -> None:
    chain = {f"c{at}": f"include: c{at + 1}.yaml\n" for at in range(include.DEEPEST + 1)}
    assert "files include each other" in refusal(tmp_path, talk="include: c0.yaml\n", **chain).line()
    many = "\n".join(["scenes:", *["  - include: a.yaml"] * (include.MOST_FILES + 1)])
    assert "more than 200 includes" in refusal(tmp_path, talk=many, a=SCENE).line()
    large = dict.fromkeys("ab", "#" * (MAX_PROJECT_BYTES // 2 + 1) + "\naccent: pink\n")
    assert "too large" in refusal(tmp_path, talk="include: [a.yaml, b.yaml]\n", **large).line()
    wide = "lexicon:\n" + "".join(f"  w{at}: a\n" for at in range(1000))
    scenes = "".join(f"  - id: v{at}\n    include: w.yaml\n    scenes: [{SCENE}]\n" for at in range(120))
    assert read_project(written(tmp_path, talk=f"videos:\n{scenes}", w=wide), "talk.yaml", tmp_path).inputs
    lists = "\n".join(["scenes:", *["  - include: a.yaml"] * 150])
    grown = f"[{', '.join([SCENE] * 200)}]"
    assert "expands to more than 100,000 values" in refusal(tmp_path, talk=lists, a=grown).line()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=6, max_size=6))
def test_includes_end_whatever_includes_what(graph: list[list[int]]) -> None:
    def reaches(start: int, seen: tuple[int, ...] = ()) -> bool:
        return any(after in (*seen, start) or reaches(after, (*seen, start)) for after in graph[start])

    with TemporaryDirectory() as folder:
        for at, others in enumerate(graph):
            named = ", ".join(f"n{other}.yaml" for other in others)
            Path(folder, f"n{at}.yaml").write_text(f"include: [{named}]\ndescription: n{at}\n")
        path = written(Path(folder), talk=f"include: n0.yaml\nscenes: [{SCENE}]\n")
        if reaches(0):
            with pytest.raises(ValidationError, match="includes itself"):
                read_project(path, "talk.yaml", Path(folder))
        else:
            found = read_project(path, "talk.yaml", Path(folder))
            assert found.videos[0].project.description == "n0"
