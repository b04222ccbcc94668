"""What a film can be asked for over HTTP, and what is refused at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from web.conftest import Server

NOTE = "# A note\n\nIt has a sentence or two. They are short.\n\n## More\n\n- One thing\n- Another thing\n"


def test_a_file_that_is_sent_becomes_a_film(server: Server) -> None:
    answer = server.post("/api/create", files={"file": ("note.md", NOTE.encode())}, data={"draft": "true"})
    assert answer.status_code == 201, answer.text
    task = server.ended(answer.json()["id"])
    assert task["status"] == "completed", task["error"]
    assert task["name"] == "note"
    names = [each["name"] for each in server.get(f"/api/tasks/{task['id']}/artifacts").json()["artifacts"]]
    assert "note.en.mp4" in names


def test_a_text_and_a_template_become_films(server: Server) -> None:
    text = server.built(text=NOTE, name="Pasted", draft=True)
    assert text["name"] == "Pasted"
    scenes = server.get(f"/api/tasks/{text['id']}/scenes").json()["scenes"]
    assert all(scene["image"] for scene in scenes)
    assert server.get(scenes[0]["image"]).headers["content-type"] == "image/png"


def test_a_document_is_made_without_the_pictures_that_it_left_at_home(server: Server) -> None:
    text = "# Tea\n\nTea is made of leaves.\n\n![A cup](docs/cup.png)\n\n## Water\n\nIt has to boil.\n"
    answer = server.post("/api/create", files={"file": ("README.md", text.encode())}, data={"draft": "true"})
    task = server.ended(answer.json()["id"])
    assert task["status"] == "completed", task["error"]
    warnings = [each for stage in task["stages"] for each in stage["warnings"]]
    assert any('the picture "docs/cup.png" did not come with the document' in each for each in warnings)
    assert ".uploads" not in " ".join(warnings)


def test_options_of_a_form_may_be_json(server: Server) -> None:
    options = json.dumps({"draft": True, "title": "Another title"})
    answer = server.post("/api/create", files={"file": ("note.txt", NOTE.encode())}, data={"options": options})
    assert answer.json()["input"]["title"] == "Another title"
    assert server.ended(answer.json()["id"])["status"] == "completed"


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({}, 400, "made from"),
        ({"project": "talk", "text": "x"}, 400, "more than one"),
        ({"project": "tolk"}, 400, 'no project "tolk"'),
        ({"project": "projects/talk.yaml"}, 400, "no project"),
        ({"source": "README.md"}, 400, "no web address"),
        ({"source": "/etc/passwd"}, 400, "no web address"),
        ({"source": "file:///etc/passwd"}, 400, "no web address"),
        ({"project": "talk", "title": "A"}, 422, "title goes with a source"),
        ({"project": "talk", "output_dir": "/tmp"}, 422, "output_dir"),
        ({"text": "x", "theme": "../theme.yaml"}, 422, "theme"),
        ({"template": "no-such"}, 400, "no-such"),
        ([], 422, ""),
    ],
    ids=str,
)
def test_what_cannot_be_made_is_refused_at_once(server: Server, asked: Any, status: int, said: str) -> None:
    answer = server.post("/api/create", json=asked)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    ("name", "value", "said", "hint"),
    [
        ("colour", "red", 'unknown option "colour"', "known options: project, "),
        ("accents", "red", 'unknown option "accents"', 'did you mean "accent"?'),
        ("accent", "grean", "`accent` must be one of orange, blue,", 'did you mean "green"?'),
        ("aspect", "3:2", "entry 1 of `aspect` must be one of 16:9,", "choose one of these"),
        ("draft", "perhaps", "`draft` must be true or false", "correct the value"),
        ("title", "x" * 400, "`title` has 400 characters; at most 300", "shorten it"),
    ],
)
def test_an_option_is_refused_in_the_words_of_a_project(
    server: Server, name: str, value: str, said: str, hint: str
) -> None:
    answer = server.post("/api/create", files={"file": ("note.md", NOTE.encode())}, data={name: value})
    told = answer.json()
    assert (answer.status_code, told["exit_code"]) == (422, 2), told
    assert told["error"].startswith(said)
    assert told["hint"].startswith(hint)
    assert told["details"]["fields"][0]["field"].startswith(name)


def test_every_refusal_says_what_to_do(server: Server) -> None:
    empty = server.post("/api/create", files={"file": ("note.md", b"")})
    no_json = server.post("/api/create", content=b"{", headers={"content-type": "application/json"})
    nothing, method = server.get("/api/nothing"), server.post("/api/tasks")
    state = server.get("/api/tasks?status=broken")
    for answer in (empty, no_json, nothing, method, state):
        told = answer.json()
        assert (told["exit_code"], bool(told["error"]), bool(told["hint"])) == (2, True, True), told
