"""A script as a Markdown file: read as it was written, with the place of every mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.inputs.project import VideoFile, checked
from videogen.inputs.review import read_reviews
from videogen.inputs.reviewfile import read_review, review_file
from videogen.inputs.yamltree import load_tree
from videogen.model.errors import ValidationError
from videogen.model.markup import read_markup, write_markup
from videogen.model.review import Merged, MergedScene, ReviewScene, ReviewText, unmerged

PROJECT = 'speakers: {Ana: female}\nscenes: [{kind: title, content: {title: A}, narration: "A."}]'
RULES = """\
<!-- The script. -->

# Rules

## Two rules {#rules}

```yaml
kind: bullets
content:
  header: Two rules
  items: [One, Two]  # as they are
```

There are two rules.
One is this.
"""

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LINE = TEXT.map(lambda text: " ".join(text.split()))
ODD = ["no", "1e3", "<<", "16:9", "# x", "a\n\tb\n", " a\n\n  b"]
VALUES = st.recursive(
    st.one_of(
        TEXT, st.integers(-9, 9999), st.booleans(), st.sampled_from(["no", "1e3", "<<", "16:9", "# x", "a\n\tb\n"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
SAID = st.one_of(LINE, st.sampled_from(["## No heading. ```", "<!-- said", "\\## x", "======= y", "<<<<<<< z. # A. b"]))


@given(
    LINE.filter(lambda title: not title.endswith("}")),
    st.dictionaries(TEXT.filter(bool), VALUES, max_size=3),
    st.lists(SAID.filter(bool), max_size=3),
)
def test_what_is_written_is_read_as_it_was(title: str, content: dict[str, Any], said: list[str]) -> None:
    fields = {"title": title, "kind": "bullets", "content": content, "min_seconds": 4, "narration": said}
    text = ReviewText(fields={"title": "A film"}, scenes=[ReviewScene(id=name, fields=fields) for name in "ab"])
    assert read_review(review_file("The script.", unmerged(text)), "talk.en.md").text.same(text)


WORDS = st.lists(st.sampled_from(["one", "two.", "[x]", "[pause]", "\\[spell", "[3]", "DAG,"]), min_size=1, max_size=6)


@given(WORDS, st.data())
def test_a_narration_is_written_as_it_is_read(words: list[str], data: st.DataObject) -> None:
    at = st.integers(0, len(words))
    pauses = "".join(f"[pause {data.draw(st.integers(1, 4))}s] " for _ in range(data.draw(st.integers(0, 1))))
    marked = data.draw(at)
    said = [f"[spell {word}]" if index == marked and "[" not in word else word.replace("[", "\\[") for index, word in
            enumerate(words)]  # fmt: skip
    before = read_markup([(None, pauses + " ".join(said)), (None, "Ana: Yes."), (None, "Then no.")], {"Ana"})
    after = read_markup([(None, each) for each in write_markup(*before)], {"Ana"})
    assert after == before


def test_where_everything_begins_is_known() -> None:
    file = read_review(RULES, "talk.en.md")
    scene = file.text.scenes[0]
    assert (scene.id, scene.lines) == ("rules", {"title": 5, "slide": 7, "narration": 14})
    assert scene.fields["narration"] == ["There are two rules. One is this."]
    assert file.text.fields == {"title": "Rules"}


def test_what_stays_is_written_as_a_person_wrote_it() -> None:
    file = read_review(f"{RULES}\n<!-- not sure of this -->\n", "talk.en.md")
    fields = file.text.scenes[0].fields
    merged = Merged(MergedScene("", {}, {}), [MergedScene("rules", fields, fields, old_id="rules")])
    written = review_file("It.", merged, file.written)
    assert "items: [One, Two]  # as they are" in written
    assert "There are two rules.\nOne is this.\n\n<!-- not sure of this -->" in written


def test_both_stand_in_a_conflict() -> None:
    own, source = ({"title": "A", "kind": "title", "content": {}, "narration": [each]} for each in ("Mine.", "Theirs."))
    text = review_file(
        "It.", Merged(MergedScene("", {}, {}), [MergedScene("a", own, source, conflicts=("narration",))])
    )
    assert "<<<<<<< yours\n\nMine.\n\n=======\n\nTheirs.\n\n>>>>>>> the source's\n" in text
    with pytest.raises(ValidationError, match=r"talk.en.md:10:1: a conflict is not resolved; keep one of the two"):
        read_review(text, "talk.en.md")


FENCE = "```yaml\nkind: title\ncontent: {title: A}\n```\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"Hello.\n\n## A {{#a}}\n{FENCE}", "1:1: this stands before the first scene"),
        (f"## A {{#a}}\n{FENCE}\n## B {{#a}}\n{FENCE}", '7:8: two scenes are called "a", the first on line 1'),
        (f"## A {{#A b}}\n{FENCE}", '1:8: "A b" cannot name a scene; write {#a-b}'),
        ("## A {#a}\n\nHello.\n", '1:1: scene "a" shows nothing'),
        (f"## A {{#a}}\n{FENCE}\n{FENCE}", '7:1: scene "a" has two fences'),
        ("## A {#a}\n```yaml\nkind: title\n", "2:1: this fence has no end"),
        ("## A {#a}\n```python\nprint()\n```\n", '2:1: a fence of "python" has no place here'),
        ("## A {#a}\n```yaml\n- kind\n```\n", "2:1: a scene's fence is a mapping"),
        ("## A {#a}\n```yaml\nkind: title\nnarration: Hello\n```\n", "4:1: `narration` has no place in the fence"),
        ("## A {#a}\n```yaml\nkind: [title\n```\n", "3:1: YAML: "),
        (f"## A {{#a}}\n{FENCE}\n### Part\n", "7:1: only scenes have headings here"),
        (f"## A {{#a}}\n{FENCE}\n<!-- no end\n", "7:1: this comment has no end"),
        ("## A {#a}\n```yaml\nkind: title\n<<<<<<< HEAD\n```\n", "4:1: a conflict is not resolved"),
    ],
)
def test_a_damaged_file_names_the_line(text: str, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_review(text, "talk.en.md")
    assert str(caught.value).startswith(f"talk.en.md:{told}")


def _project() -> VideoFile:
    return checked(load_tree(PROJECT, "talk.yaml"))


def _review(folder: Path, mine: str, base: str = "") -> Any:
    for path, text in ((folder / "talk.review/talk.en.md", mine), (folder / "talk.review/base/talk.en.md", base)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return read_reviews([("talk", _project())], "talk.review", folder)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("kind: bullets", "kind: bulets", '8:7: unknown scene kind "bulets"; did you mean "bullets"?'),
        ("  items:", "  itens:", '11:3: unknown key "itens"; did you mean "items"?'),
        ("content:", "volum: 3\ncontent:", '9:1: unknown key "volum"; did you mean "volume"?'),
        ("There are", "There are [pause 9s]", "14:11: a pause lasts at most 5 seconds"),
        ("There are two rules.\nOne is this.\n", "", "5:1: this scene has no narration"),
        ("kind: bullets", "kind: image", "11:3: unknown key"),
        ("kind: bullets\ncontent:\n  header: Two rules\n  items: [One, Two]  # as they are",
         "kind: image\ncontent:\n  path: no.png", '10:9: the picture "talk.review/no.png" does not'),
        ("kind: bullets\ncontent:\n  header: Two rules\n  items: [One, Two]  # as they are",
         "kind: terminal\ncontent:\n  command: ls", "10:3: this scene runs a command, which"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_in_a_scene_names_its_place(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in RULES
    with pytest.raises(ValidationError) as caught:
        _review(tmp_path, RULES.replace(before, after), RULES)
    assert str(caught.value).startswith(f"talk.review/talk.en.md:{told}")


def test_what_nobody_changed_is_not_looked_at(tmp_path: Path) -> None:
    odd = RULES.replace("items: [One, Two]", "itens: [One]")
    assert _review(tmp_path, odd, odd).reviews.films["talk/en"].checked == {}


def test_a_changed_scene_is_one_that_can_be_made(tmp_path: Path) -> None:
    edited = RULES.replace("One is this.\n", "\nAna: [spell DAG] is one.\n\nAnd that was it.\n")
    read = _review(tmp_path, edited, RULES)
    scene = read.reviews.films["talk/en"].checked["rules"]
    assert scene.narration == "There are two rules. DAG is one. And that was it."
    assert [(turn.word, turn.speaker) for turn in scene.turns] == [(4, "Ana"), (7, "")]
    assert read.read == ["talk.review/talk.en.md", "talk.review/base/talk.en.md"]


def test_a_review_without_its_base_cannot_be_merged(tmp_path: Path) -> None:
    (tmp_path / "talk.review").mkdir()
    (tmp_path / "talk.review/talk.en.md").write_text(RULES)
    with pytest.raises(
        ValidationError, match=r'^talk.review/talk.en.md: "talk.review/base/talk.en.md" is missing, .*git'
    ):
        read_reviews([("talk", _project())], "talk.review", tmp_path)


def test_a_review_that_is_not_there_is_sought(tmp_path: Path) -> None:
    read = read_reviews([("talk", _project())], "talk.review", tmp_path)
    assert (read.reviews.films, read.read, read.sought) == ({}, [], ["talk.review/talk.en.md"])


def test_a_file_that_is_named_anew_is_an_input_and_one_of_the_source_s_need_not_be_there(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("Build,Seconds\nFirst,9\nSecond,3\n")
    chart = RULES.replace("kind: bullets", "kind: chart").replace("  items: [One, Two]  # as they are", "  type: bar\n")
    mine, base = (chart.replace("type: bar", f"type: bar\n  path: {path}") for path in ("../data.csv", "../gone.csv"))
    read = _review(tmp_path, mine, base)
    assert read.read[2:] == ["data.csv"]
    assert read.reviews.films["talk/en"].checked["rules"].content.labels == ["First", "Second"]
    picture = chart.replace("kind: chart", "kind: image").replace("type: bar", "path: ../build/media/a.png")
    picture = picture.replace("header: Two rules", "caption: Two rules")
    read = _review(tmp_path, picture.replace("One is this.", "One is that."), picture)
    assert read.read[2:] == []
    assert read.reviews.films["talk/en"].checked["rules"].narration.endswith("One is that.")
