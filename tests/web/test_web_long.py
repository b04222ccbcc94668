"""Texts that a stranger sends, as long as may be sent: they are told of shortly, and nobody waits for that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web.conftest import JSON, Server

from videogen.inputs.project import project_faults, read_project
from videogen.model.errors import ValidationError
from videogen.model.task import InputConfig, new_task
from videogen.tasks.audit import plain, shown_name
from videogen.web.errors import told
from videogen.web.stats import failures_of

MEGABYTE = 1_000_000
FOLDER = f".uploads/{'0123456789abcdef' * 2}/"
LONG = {each: each * (MEGABYTE // len(each)) for each in ("x", ".", "/", "./", ".uploads", "é", ".uploads/0/", "a.b/")}
SHORT = 2_000
"""Characters, at most, that an answer tells of a refusal."""


@pytest.mark.parametrize("unit", LONG)
def test_a_megabyte_is_told_of_before_the_tests_end(unit: str) -> None:
    # by the square of its length, the work of each would take most of an hour
    text = LONG[unit]
    assert plain(text) == text
    assert plain(f"{text} {FOLDER}a.md") == f"{text} a.md"
    assert told({"error": text, "file": text, "details": {"errors": [text]}})["details"] == {"errors": [text]}
    named = new_task(InputConfig(source=f"build/{FOLDER}talk.md"), "ada", name="talk")
    assert shown_name(named.model_copy(update={"metadata": {"document": f"{text}/{FOLDER}a.md"}})) == "a.md"


@given(st.lists(st.sampled_from(["a", " ", ":", '"', "'", "/", ".", "\n", "é", FOLDER, ".uploads/", "build/"])))
def test_where_what_was_sent_is_kept_is_told_nowhere(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert plain(text) == re.sub(r"[^\s\"':]*\.uploads/[0-9a-f]{32}/", "", text)


def test_the_name_of_what_was_sent_is_told_without_its_folder_whatever_that_is_called() -> None:
    task = new_task(InputConfig(source=f"my films/{FOLDER}talk.md"), "ada", name="talk")
    assert shown_name(task) == "talk.md"


NAME = "x" * 60_000
REFUSED = {
    "a key": f"source: a.md\n? {NAME}\n: 1\n",
    "a key of a scene": f"scenes:\n- kind: bullets\n  ? {NAME}\n  : 1\n",
    "a key twice": f"? {NAME}\n: 1\n? {NAME}\n: 2\n",
    "a key of a content": f"scenes:\n- kind: bullets\n  content:\n    header: a\n    ? {NAME}\n    : 1\n",
    "a kind": f"scenes:\n- kind: {NAME}\n  narration: a\n",
    "a tag": f"title: !{NAME} a\n",
    "a tag of a list": f"title: !{NAME} [a]\n",
    "an alias": f"title: *{NAME}\n",
    "an id": f"scenes:\n- id: {NAME}\n  kind: bullets\n",
    "a language": f"source: a.md\nlanguages: [{NAME}]\n",
    "a speaker": f"source: a.md\nspeakers:\n  ? {NAME}\n  : female\n",
    "a variable": f"template: overview\nvariables:\n  ? {NAME}\n  : 1\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_name_of_many_letters_is_told_of_shortly(text: str, tmp_path: Path) -> None:
    faults = project_faults(Path("talk.yaml"), "talk.yaml", tmp_path, text)
    with pytest.raises(ValidationError) as caught:
        read_project(Path("talk.yaml"), "talk.yaml", tmp_path, text)
    for each in [*faults, caught.value]:
        error = each.to_dict()
        assert len(error["error"]) + len(error["hint"] or "") < SHORT


def test_names_of_many_letters_leave_the_server_to_others(server: Server) -> None:
    answer = server.post("/api/preview", json={"name": "talk", "scene": "a", "yaml": REFUSED["a key"]})
    assert (answer.status_code, answer.json()["error"]) == (400, f'unknown key "{"x" * 60}"')
    assert len(answer.content) < SHORT


def test_what_is_wrong_in_options_is_told_shortly_and_with_what_to_do(server: Server) -> None:
    sent = {"project": "talk", "x" * 3_000_000: 1}
    answer = server.post("/api/create", json=sent)
    assert (answer.status_code, len(answer.content) < SHORT) == (422, True)
    assert answer.json()["error"] == f'unknown option "{"x" * 60}"'
    path = "/api/tasks/none/project"
    (unknown,) = server.post(path, json={"name": "a", "x": 1}).json()["details"]["fields"]
    assert (unknown["message"], unknown["hint"]) == ('unknown option "x"', "leave it out")
    for each in (path, "/api/create", "/api/preview"):
        answer = server.post(each, content="{", headers=JSON)
        assert (answer.status_code, answer.json()["error"]) == (400, "this is no JSON"), each


def test_a_bound_is_told_in_figures(server: Server) -> None:
    (wrong,) = server.get("/api/progress/none", params={"after": 10**10}).json()["details"]["fields"]
    assert wrong["message"] == '`after` must be at most 1000000000, not the text "10000000000"'


def test_figures_of_failures_tell_what_each_failure_does() -> None:
    failed = new_task(InputConfig(project="talk"), "ada", name="talk")
    error = ValidationError(f"my/{FOLDER}talk.md is no text").to_dict()
    (only,) = failures_of([failed.model_copy(update={"status": "failed", "error": error})])
    assert only["error"] == "talk.md is no text"
