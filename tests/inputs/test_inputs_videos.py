"""Several videos of one project: each laid over what they share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.inputs.nodes import node_of, over, tree_of
from videogen.inputs.project import load_project, read_project
from videogen.inputs.source import read_source
from videogen.inputs.yamltree import load_tree
from videogen.model.errors import ValidationError

HAND = "scenes: [{kind: title, content: {title: Hello}, narration: Hi.}]"
SET = f"""\
title: A course
description: In two lessons
theme: daylight
voice: "draft:"
output: {{resolution: 480p}}
lexicon: {{doit: do it}}
videos:
  - id: targets
    title: Targets
    accent: green
    {HAND}
  - id: rules
    source: docs/rules.md
    output: {{fps: 24}}
    lexicon: {{yaml: yammel}}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "rules.md").write_text("# Rules\n\nRules say what a target is made from.\n")
    path = folder / "course.yaml"
    path.write_text(text)
    return path


def refusal(folder: Path, text: str) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        load_project(written(folder, text))
    assert caught.value.hint
    assert "\n" not in caught.value.line()
    return caught.value


def test_every_video_has_what_all_share_and_what_is_its_own(tmp_path: Path) -> None:
    config = read_source(written(tmp_path, SET), tmp_path).config
    first, second = config.videos
    assert (config.set_id, config.name, config.description) == ("course", "A course", "In two lessons")
    assert [video.id for video in config.videos] == ["targets", "rules"]
    assert {video.theme for video in config.videos} == {"daylight"}
    assert (first.accent, second.accent) == ("green", "blue")
    assert (second.output.resolution, second.output.fps, first.output.fps) == ("480p", 24, 30)
    assert second.lexicon == {"doit": "do it", "yaml": "yammel"}
    # a set's title is not that of its films
    assert (first.title, second.title, second.description) == ("Targets", None, "")
    assert second.document is not None
    assert config.inputs == ["course.yaml", "docs/rules.md"]


def test_a_video_with_an_origin_of_its_own_does_not_take_that_of_all(tmp_path: Path) -> None:
    text = f"source: docs/rules.md\nvideos:\n  - id: a\n  - id: b\n    {HAND}\n"
    first, second = read_source(written(tmp_path, text), tmp_path).config.videos
    assert first.document is not None
    assert (second.document, len(second.scenes or [])) == (None, 1)


def test_a_video_in_several_shapes_is_as_many_films(tmp_path: Path) -> None:
    text = f'aspect: ["16:9", "1:1"]\nvideos:\n  - id: a\n    {HAND}\n  - id: b\n    aspect: "9:16"\n    {HAND}\n'
    videos = read_source(written(tmp_path, text), tmp_path).config.videos
    assert [(video.id, video.aspect, video.shape_of) for video in videos] == [
        ("a", "16:9", None),
        ("a-1x1", "1:1", "a"),
        ("b", "9:16", None),
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("videos: []\n", (1, 9), "not empty"),
        ("videos: intro\n", (1, 9), "must be a list"),
        ("videos:\n  - intro\n", (2, 5), "a video is a mapping"),
        (f"videos:\n  - title: A\n    {HAND}\n", (2, 5), "no id; give it one"),
        (f"videos:\n  - video_id: a\n    {HAND}\n", (2, 5), "no id"),
        (f"videos:\n  - id: My Intro\n    {HAND}\n", (2, 9), 'for example "my-intro"'),
        (f"videos:\n  - id: ../up\n    {HAND}\n", (2, 9), 'for example "up"'),
        (f"videos:\n  - id: 7\n    {HAND}\n", (2, 9), "lower-case"),
        (f"videos:\n  - id: a\n    {HAND}\n  - id: a\n    {HAND}\n", (4, 9), "the first on line 2"),
        (f"videos:\n  - id: a\n    videos: []\n    {HAND}\n", (3, 5), "cannot hold videos"),
        (f"videos:\n  - id: a\n    tilte: A\n    {HAND}\n", (3, 5), 'did you mean "title"?'),
        (f"theem: paper\nvideos:\n  - id: a\n    {HAND}\n  - id: b\n    {HAND}\n", (1, 1), 'did you mean "theme"?'),
        ("videos:\n  - id: a\n    title: A\n", (2, 5), "either `source`"),
        (f"videos:\n  - id: a\n    source: docs/rules.md\n    {HAND}\n", (4, 5), "not both or neither"),
        (f"title: 3\nvideos:\n  - id: a\n    {HAND}\n", (1, 8), "`title` must be text"),
        (f"defaults: {{theme: paper}}\nvideos:\n  - id: a\n    {HAND}\n", (1, 1), "beside `videos`"),
        (f"set_id: s\nvideos:\n  - id: a\n    {HAND}\n", (1, 1), "remove it: a project is called as its file"),
        (f"{HAND}\naccent_color: blue\n", (2, 1), 'did you mean "accent"?'),
        ("scenes:\n  - scene_type: title\n    content: {title: a}\n", (2, 5), 'did you mean "kind"?'),
        ("scenes:\n  - kind: title\n    visual_content: {title: a}\n", (3, 5), 'did you mean "content"?'),
        ("scenes:\n  - scene_id: a\n    kind: title\n    content: {title: a}\n", (2, 5), 'did you mean "id"?'),
        ("scenes:\n  - kind: quote\n    content: {quote_text: a}\n    narration: b\n", (3, 15), 'did you mean "text"?'),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, place: tuple[int, int], words: str) -> None:
    error = refusal(tmp_path, text)
    assert error.where is not None
    assert (error.where.line, error.where.column) == place, error
    assert words in error.line()


def test_what_is_wrong_for_all_is_told_once(tmp_path: Path) -> None:
    error = refusal(tmp_path, f"rate: 9\nvideos:\n  - id: a\n    {HAND}\n  - id: b\n    {HAND}\n")
    assert "errors" not in error.details


def test_a_video_called_as_the_other_shape_of_one_is_refused(tmp_path: Path) -> None:
    text = f'videos:\n  - id: a\n    aspect: ["16:9", "9:16"]\n    {HAND}\n  - id: a-9x16\n    {HAND}\n'
    with pytest.raises(ValidationError, match='"a" in another shape is called "a-9x16" too'):
        read_source(written(tmp_path, text), tmp_path)


def test_the_places_of_scenes_are_those_in_the_list_of_videos(tmp_path: Path) -> None:
    videos = read_project(written(tmp_path, SET), "course.yaml").videos
    assert [video.id for video in videos] == ["targets", "rules"]
    assert videos[0].where("scenes", 0, "narration").line == 11
    assert videos[1].where("theme").line == 3


names = st.text("abc", min_size=1, max_size=2)
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | st.text("ab -", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)
mappings = st.dictionaries(names, values, max_size=4)


def text_of(data: object) -> str:
    import json

    return json.dumps(data)


@given(values)
def test_nodes_hold_what_the_tree_holds(data: object) -> None:
    tree = load_tree(text_of(data), "a.yaml")
    node = node_of(tree)
    again = tree_of(node)
    assert node.plain() == again.data == tree.data == data
    assert again.values == tree.values
    assert again.keys == tree.keys


@given(mappings, mappings)
def test_one_mapping_over_another_keeps_its_own(own: dict, other: dict) -> None:
    def laid(own: object, other: object) -> object:
        if isinstance(own, dict) and isinstance(other, dict):
            both = own.keys() & other.keys()
            return {**other, **own, **{key: laid(own[key], other[key]) for key in both}}
        return own

    node = over(node_of(load_tree(text_of(own), "a.yaml")), node_of(load_tree(text_of(other), "b.yaml")))
    assert node.plain() == laid(own, other)
    tree = tree_of(node)
    for key in tree.data:
        assert tree.where((key,), key=True).file == ("a.yaml" if key in own else "b.yaml")
