"""What was sent for a film becomes a project of the folder, when somebody asks for that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from PIL import Image
from studio import PROJECT
from web.browser import Complaints, OpenPage, serious
from web.conftest import Serve, Server
from web.test_web_limits import BY_ADA, BY_BOB, TEAM

COMMANDED = PROJECT + '  - {id: ran, kind: terminal, content: {command: "touch ran"}, narration: Now.}\n'


def adopted(server: Server, task: dict[str, Any], name: str, **headers: str) -> httpx.Response:
    return server.post(f"/api/tasks/{task['id']}/project", json={"name": name}, headers=headers)


@pytest.fixture
def projects(server: Server) -> Path:
    return server.studio.folder / "projects"


def test_a_film_of_a_template_goes_on_in_the_studio(server: Server, projects: Path) -> None:
    points = [{"text": "It whistles"}, {"text": "It is made of steel"}]
    answers = {"name": "Kettle", "promise": "It boils water.", "features": points}
    task = server.built(template="overview", answers=answers, draft=True)
    answer = adopted(server, task, "tea-time")
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == "/api/projects/tea-time"
    found = server.get("/api/projects/tea-time")
    assert found.headers["etag"] == answer.json()["etag"]
    assert "`video-gen create tea-time`" in found.text.partition("\nscenes:")[0]
    assert "`video-gen create overview`" not in found.text
    assert (projects / "project.schema.json").exists()
    checked = server.post("/api/validate", json={"name": "tea-time"}).json()
    assert checked["errors"] == []
    scenes = server.get(f"/api/tasks/{task['id']}/scenes").json()["scenes"]
    assert [each["scene"] for each in checked["outline"]] == [each["scene"] for each in scenes]
    built = server.post("/api/projects/tea-time/build", json={"draft": True}).json()
    assert server.ended(built["id"])["status"] == "completed"
    again = server.get(f"/api/tasks/{built['id']}/scenes").json()["scenes"]
    one, other = ([server.get(each["image"]).content for each in several] for several in (scenes, again))
    assert one == other


def test_a_document_is_put_beside_the_project_that_names_it(server: Server, projects: Path) -> None:
    text = "# Tea\n\nTea is made of leaves and water.\n\n## Water\n\nIt has to boil. Then it is poured.\n"
    task = server.built(text=text, name="notes", draft=True, title="All of tea", accent="green", theme="paper")
    assert adopted(server, task, "of-tea").status_code == 201
    assert (projects / "of-tea.md").read_text() == text
    said = {"source": "of-tea.md", "title": "All of tea", "accent": "green", "theme": "paper"}
    assert yaml.safe_load((projects / "of-tea.yaml").read_text()) == said
    built = server.built(project="of-tea", draft=True)
    assert built["title"] == "All of tea"
    # it stays when what was sent goes
    with server.client() as client:
        assert client.delete(f"/api/tasks/{task['id']}?videos=true").status_code == 204
    assert server.post("/api/validate", json={"name": "of-tea"}).json()["errors"] == []


def test_what_is_there_already_stays_as_it_is(server: Server, projects: Path) -> None:
    (projects / "mine.md").write_text("# Mine\n")
    task = server.built(text="# Tea\n\nTea is made of leaves and water.\n", draft=True)
    before = {path.name: path.read_bytes() for path in projects.iterdir() if path.is_file()}
    for name, why in (("mine", "projects/mine.md is there already"), ("talk", "projects/talk.yaml is there already")):
        answer = adopted(server, task, name)
        assert (answer.status_code, answer.json()["error"]) == (409, why)
        assert answer.json()["hint"] == "choose another name"
    for name in ("..", "../x", "a/b", ".hidden", "Tea", "", "a" * 101):
        assert adopted(server, task, name).status_code in (400, 404, 422), name
    assert {path.name: path.read_bytes() for path in projects.iterdir() if path.is_file()} == before


def test_no_command_comes_into_the_folder(server: Server, projects: Path) -> None:
    sent = {"file": ("film.yaml", COMMANDED.encode())}
    task = server.post("/api/create", files=sent, data={"draft": "true"}).json()
    server.ended(task["id"])
    answer = adopted(server, task, "commanded")
    assert answer.status_code == 403, answer.text
    assert "nothing that runs may come from the web" in answer.json()["error"]
    assert not (projects / "commanded.yaml").exists()


def test_what_was_not_sent_here_is_no_project_of_anybody(server: Server, talk: dict[str, Any]) -> None:
    answer = adopted(server, talk, "talk-2")
    assert (answer.status_code, answer.json()["error_code"]) == (409, "CONFLICT")
    secret = server.create(source="https://nowhere.invalid/talk.md?token=s3cret")
    server.ended(secret["id"])
    refused = adopted(server, secret, "secret")
    assert refused.status_code == 409
    assert "s3cret" not in refused.text
    plain = server.create(source="https://nowhere.invalid/talk.md")
    server.ended(plain["id"])
    assert adopted(server, plain, "by-address").status_code == 201
    assert server.get("/api/projects/by-address").text == 'source: "https://nowhere.invalid/talk.md"\n'


def test_only_who_has_sent_it_makes_a_project_of_it(serve: Serve) -> None:
    server = serve(settings=TEAM)
    task = server.post("/api/create", json={"text": "# Tea\n\nIt is hot.\n", "draft": True}, headers=BY_ADA).json()
    assert adopted(server, task, "hers", **BY_BOB).status_code == 404
    assert adopted(server, task, "hers", **BY_ADA).status_code == 201


def test_the_page_of_a_film_leads_to_the_studio(
    server: Server, projects: Path, open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.expected = ("Failed to load resource",)  # of a name that is taken
    task = server.built(text="# Crème brûlée\n\nIt is made of cream. It is burnt on top.\n", draft=True)
    page = open_page(server, f"/tasks/{task['id']}", viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Edit as a project").click()
    name = page.get_by_label("Name of the project")
    assert name.input_value() == "creme-brulee"
    assert "projects/creme-brulee.md" in page.get_by_role("dialog").inner_text()
    assert serious(page) == []
    for wrong, said in (("Talk", "lower-case letters"), ("talk", "projects/talk.yaml is there already")):
        name.fill(wrong)
        page.keyboard.press("Enter")
        page.locator("#project-error", has_text=said).wait_for()
        assert name.get_attribute("aria-invalid") == "true"
    name.fill("dessert")
    assert page.locator("#project-error").is_hidden()
    page.get_by_role("button", name="Save and edit").click()
    page.wait_for_url("**/studio/dessert")
    page.locator("#mistakes-title", has_text="No mistakes").wait_for()
    page.locator("#frame[data-state=shown]").wait_for()
    assert (projects / "dessert.md").read_text().startswith("# Crème")


def test_what_is_wrong_with_what_was_sent_is_told_without_where_it_is_kept(server: Server) -> None:
    scene = "  - {kind: image, content: {path: no.png}, narration: See.}\n"
    sent = {"file": ("x.yaml", f"scenes:\n{scene}{scene}".encode())}
    task = server.ended(server.post("/api/create", files=sent).json()["id"])
    assert (task["error"]["file"], task["error"]["line"]) == ("x.yaml", 2)
    assert "no.png" in task["error"]["error"]
    failures = [each["data"]["error"] for each in server.follow(task["id"]) if each["data"].get("error")]
    assert failures
    assert ".uploads" not in json.dumps([failures, task["error"]])


def test_no_project_is_made_of_a_document_whose_pictures_did_not_come_with_it(server: Server, projects: Path) -> None:
    text = "# Tea\n\nTea is hot.\n\n![A cup](docs/cup.png)\n\nIt is made of leaves.\n"
    task = server.built(text=text, draft=True)
    before = sorted(each.name for each in projects.iterdir())
    refused = adopted(server, task, "pictured")
    assert refused.status_code == 409
    told = refused.json()
    assert told["error"] == 'the picture "projects/docs/cup.png" does not exist'
    assert (told["file"], told["line"]) == ("projects/pictured.md", 5)
    assert told["hint"] == "check the path, or mend the document and send it once more"
    assert sorted(each.name for each in projects.iterdir()) == before
    (projects / "docs").mkdir()
    Image.new("RGB", (640, 480), "teal").save(projects / "docs" / "cup.png")
    assert adopted(server, task, "pictured").status_code == 201
    built = server.built(project="pictured", draft=True)
    scenes = server.get(f"/api/tasks/{built['id']}/scenes").json()["scenes"]
    assert "image" in [each["kind"] for each in scenes]


def test_a_project_that_cannot_be_written_as_a_whole_is_none(serve: Serve) -> None:
    server = serve()
    folder = server.studio.folder / "projects"
    task = server.built(text="# Tea\n\nTea is made of leaves and water.\n", draft=True)
    schema = folder / "project.schema.json"
    schema.unlink(missing_ok=True)
    schema.mkdir()
    before = sorted(each.name for each in folder.iterdir())
    assert adopted(server, task, "of-tea").status_code == 503
    assert sorted(each.name for each in folder.iterdir()) == before
    schema.rmdir()
    assert adopted(server, task, "of-tea").status_code == 201
