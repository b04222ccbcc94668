from __future__ import annotations

from pathlib import Path

import pytest

from videogen.inputs.project import load_project
from videogen.inputs.schema import SCHEMA_NAME, SCHEMA_PATH, project_schema, schema_bytes
from videogen.inputs.starter import document_project, starter_project
from videogen.model.errors import ValidationError
from videogen.model.kinds import kinds
from videogen.model.limits import MAX_PROJECT_BYTES

SCENE = "scenes:\n  - kind: title\n    content: {title: Hello}\n    narration: Hi.\n"


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "talk.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(tmp_path: Path, text: str | bytes) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        load_project(written(tmp_path, text))
    error = caught.value
    assert error.hint, "what to do next"
    assert "\n" not in error.line()
    return error


def at(error: ValidationError) -> tuple[int | None, int | None]:
    assert error.where is not None
    return error.where.line, error.where.column


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("source: a.md\ntitel: Hi\n", (2, 1), 'unknown key "titel"; did you mean "title"?'),
        ("source: a.md\noutput:\n  fsp: 30\n", (3, 3), 'unknown key "fsp"; did you mean "fps"?'),
        ("source: a.md\nzzz: 1\n", (2, 1), "known keys: title, description"),
        ("source: a.md\noutput: {fps: fast}\n", (2, 15), "`fps` must be a whole number, not the text"),
        ("source: a.md\noutput: {fps: 90}\n", (2, 15), "`fps` must be at most 60, not the number 90"),
        ("source: a.md\nrate: 0.1\n", (2, 7), "at least 0.5"),
        ("source: a.md\naccent: bleu\n", (2, 9), 'one of orange, blue, purple, green, pink, cyan, not the text "bleu"'),
        ("source: a.md\naccent: bleu\n", (2, 9), 'did you mean "blue"?'),
        ("source: a.md\ntitle: 3.10\n", (2, 8), "must be text, not the number 3.1; put it in quotes"),
        ("source: a.md\ntitle:\ndescription:\n", (3, 13), "must be text, not nothing"),
        ("source: a.md\ncaptions: {srt: yes}\n", (2, 17), "must be true or false"),
        ("source: [a.md]\n", (1, 9), "`source` must be text, not a list"),
        ("source: a.md\nvoice: Bad Voice\n", (2, 8), "engine:voice"),
        ("source: a.md\nlanguages: [english]\n", (2, 13), "language tags such as en"),
        ("source: a.md\n" + SCENE, (2, 1), "not both or neither"),
        ("title: Hi\n", (1, 1), "either `source`"),
        ("source: a.md\nsource: b.md\n", (2, 1), 'duplicate key "source", first on line 1'),
        ("source: a.md\n\ttitle: x\n", (2, 1), "tab"),
        ("- a\n- b\n", (1, 1), "not a list"),
        ("just text\n", (1, 1), "a project is a mapping"),
        ("source: 'a.md\n", None, "YAML"),
        ("title: a: b\n", (1, 9), "in quotes"),
        ("source: a.md\n---\nsource: b.md\n", (2, 1), "more than one YAML document"),
        ("? [a]\n: b\n", (1, 3), "a key must be text"),
        ("source: !!python/name:os.system x\n", (1, 9), "tag"),
        ("source: a\x07b\n", (1, 10), "U+0007"),
        ("a: &a [*a]\n", None, "refers to what it stands in"),
        ("a: &a {<<: *a}\n", None, "refers to what it stands in"),
        ("a: " + "[" * 500 + "]" * 500, None, "levels deep"),
        ("a: " + "[" * 300_000, None, "levels deep"),
        ("", None, "empty"),
        ("# only a comment\n", None, "empty"),
        (b"source: \xff\xfea.md\n", None, "not UTF-8"),
        (b"\xff\xfes\x00o\x00", None, "UTF-16"),
        (b"source: a\x00.md", None, "NUL"),
        (b"#" * (MAX_PROJECT_BYTES + 1), None, "too large"),
        (
            "scenes:\n  - id: ../up\n    kind: title\n    content: {title: a}\n    narration: x\n",
            (2, 9),
            'example "up"',
        ),
        ("scenes:\n  - id: /etc\n    kind: title\n    content: {title: a}\n    narration: x\n", (2, 9), "lower-case"),
        (
            'scenes:\n  - id: "a b\\0"\n    kind: title\n    content: {title: a}\n    narration: x\n',
            (2, 9),
            "lower-case",
        ),
        ("scenes:\n  - kind: titel\n    content: {title: a}\n    narration: x\n", (2, 11), 'did you mean "title"?'),
        ("scenes:\n  - kind: title\n    content: {titel: a}\n    narration: x\n", (3, 15), 'did you mean "title"?'),
        ("scenes:\n  - kind: bullets\n    content: {header: a, items: [b, 3]}\n    narration: x\n", (3, 37), "entry 2"),
        (
            "scenes:\n  - kind: bullets\n    content: {header: a, items: []}\n    narration: x\n",
            (3, 33),
            "not be empty",
        ),
        ("scenes:\n  - kind: bullets\n    content: {items: [b]}\n    narration: x\n", (3, 14), "`header` is missing"),
        (
            "scenes:\n  - kind: table\n    content: {columns: [a], rows: [[b, c]]}\n    narration: x\n",
            (3, 14),
            "2 cells",
        ),
        ("scenes:\n  - kind: title\n    content: {title: a}\n", (2, 5), "min_seconds: 5"),
        ("scenes:\n  - kind: title\n    content: {title: a}\n    narration: '  '\n", (4, 16), "no narration"),
        (
            "scenes:\n  - kind: title\n    content: {title: a}\n    narration: x\n"
            "    min_seconds: 9\n    max_seconds: 8\n",
            (5, 18),
            "more than max_seconds",
        ),
        ("scenes: []\n", (1, 9), "not be empty"),
        ("scenes:\n  - just text\n", (2, 5), "a mapping"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, text: str | bytes, place: tuple[int, int] | None, words: str
) -> None:
    error = refusal(tmp_path, text)
    assert words in error.line()
    assert place is None or at(error) == place


def test_two_scenes_with_one_id_name_both_lines(tmp_path: Path) -> None:
    scene = "  - id: a\n    kind: title\n    content: {title: a}\n    narration: x\n"
    error = refusal(tmp_path, "scenes:\n" + scene * 2)
    assert at(error) == (6, 9)
    assert "first on line 2" in error.message


def test_every_fault_is_listed(tmp_path: Path) -> None:
    error = refusal(tmp_path, "source: a.md\nrate: 9\ntitel: x\n")
    assert error.message == "`rate` must be at most 2, not the number 9"
    assert len(error.details["errors"]) == 2


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert "expands to more than 100,000 values" in refusal(tmp_path, "\n".join(lines)).message
    text = "a: &a " + "x" * 500_000 + "\nb: [" + ", ".join(["*a"] * 20) + "]\n"
    assert "expands" in refusal(tmp_path, text).message
    merged = ["m0: &m0 {x: 1}"]
    merged += [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 9)]
    assert "expands" in refusal(tmp_path, "\n".join(merged)).message


def test_anchors_and_merge_keys_work(tmp_path: Path) -> None:
    text = (
        "scenes:\n  - &first\n    kind: title\n    content: &c {title: Hello}\n    narration: &n Hi.\n"
        "  - <<: *first\n    narration: Again.\n  - {kind: title, content: *c, narration: *n}\n"
    )
    scenes = load_project(written(tmp_path, text)).scenes
    assert scenes is not None
    assert [scene.narration for scene in scenes] == ["Hi.", "Again.", "Hi."]


def test_scalars_are_those_of_yaml_1_2(tmp_path: Path) -> None:
    text = "source: a.md\ntitle: no\naspect: 16:9\nlanguages: [no]\nlexicon: {3.10: three ten, on: on}\nrate: 1\n"
    project = load_project(written(tmp_path, text))
    assert (project.title, project.aspect, project.languages) == ("no", ["16:9"], ["no"])
    assert project.lexicon == {"3.10": "three ten", "on": "on"}


def test_crlf_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    assert load_project(written(tmp_path, b"\xef\xbb\xbfsource: a.md\r\ntitle: Hi\r\n")).title == "Hi"
    assert at(refusal(tmp_path, b"source: a.md\r\ntitel: Hi\r\n")) == (2, 1)


@pytest.mark.parametrize("source", [None, "../README.md", 'odd "name": #1.md'])
def test_the_starter_loads_and_holds_the_defaults(tmp_path: Path, source: str | None) -> None:
    text = starter_project("my-tool", source)
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA_NAME}"
    project = load_project(written(tmp_path, text))
    assert project.source == source
    plain = load_project(written(tmp_path, "source: a.md\n"))
    varying = {"source", "scenes", "title"}
    assert project.model_dump(exclude=varying) == plain.model_dump(exclude=varying)
    assert set(type(project).model_fields) - {"source", "scenes"} <= {
        word.strip("# ").split(":")[0] for word in text.splitlines()
    }


def test_a_document_project_is_what_was_asked(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, document_project("docs/a: b.md", accent="pink", output={"fps": 60})))
    assert (project.source, project.accent, project.output.fps) == ("docs/a: b.md", "pink", 60)


def test_the_schema_file_is_fresh() -> None:
    assert SCHEMA_PATH.read_bytes() == schema_bytes(), "run: python -m videogen.inputs.schema"


def test_the_schema_describes_every_kind() -> None:
    scene = project_schema()["$defs"]["HandScene"]
    assert scene["properties"]["kind"]["enum"] == list(kinds())
    assert [rule["if"]["properties"]["kind"]["const"] for rule in scene["allOf"]] == list(kinds())
    assert all("description" in field for field in project_schema()["properties"].values() if "$ref" not in field)
