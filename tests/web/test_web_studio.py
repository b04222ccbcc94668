"""Projects in the studio: read, saved, looked at, built. By real HTTP against a real server."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from studio import PROJECT, Studio
from web.conftest import Server, serving
from web.edited import hosted, server

__all__ = ["hosted", "server"]  # fixtures

YAML = {"Content-Type": "text/yaml"}
RUNS = (
    "  - id: shown\n    kind: terminal\n    content: {command: echo hello}\n    narration: See.\n    min_seconds: 3\n"
)


@pytest.fixture
def own(studio: Studio) -> Iterator[Server]:
    """A server of its own, for a test that builds or ends it."""
    with serving(studio) as running:
        yield running


def saved(server: Server, text: str, name: str = "talk", **headers: str) -> httpx.Response:
    with server.client() as client:
        return client.put(f"/api/projects/{name}", content=text.encode(), headers={**YAML, **headers})


def etag(server: Server, name: str = "talk") -> str:
    return server.get(f"/api/projects/{name}").headers["etag"]


def test_projects_are_listed_and_read(server: Server) -> None:
    listed = server.get("/api/projects").json()["projects"]
    assert [(each["name"], each["title"]) for each in listed] == [("talk", "A small film")]
    read = server.get("/api/projects/talk")
    assert read.text == PROJECT
    assert read.headers["content-type"].startswith("text/yaml")
    again = server.get("/api/projects/talk", headers={"If-None-Match": read.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    missing = server.get("/api/projects/other")
    assert (missing.status_code, missing.json()["error"]) == (404, 'there is no project "other"')


def test_a_save_is_of_what_was_edited_and_of_nothing_else(server: Server) -> None:
    first = etag(server)
    edited = PROJECT.replace("Rules", "Two rules")
    done = saved(server, edited, **{"If-Match": first})
    assert done.status_code == 200, done.text
    assert server.studio.project.read_text() == edited
    assert done.headers["etag"] == done.json()["etag"] == etag(server) != first
    late = saved(server, PROJECT, **{"If-Match": first})
    assert (late.status_code, late.json()["error"]) == (412, "somebody has changed it meanwhile")
    assert saved(server, PROJECT).status_code == 428
    assert saved(server, PROJECT, **{"If-None-Match": "*"}).status_code == 412
    assert server.studio.project.read_text() == edited
    new = saved(server, PROJECT, "another", **{"If-None-Match": "*"})
    assert (new.status_code, new.json()["created"]) == (201, True)
    assert (server.studio.folder / "projects" / "another.yaml").read_text() == PROJECT
    assert (server.studio.folder / "projects" / "project.schema.json").exists()
    assert saved(server, PROJECT, "third", **{"If-Match": first}).status_code == 412
    assert not list(server.studio.folder.glob("projects/.videogen*"))


def test_a_save_of_what_is_wrong_is_kept_as_it_is(server: Server) -> None:
    for text in ("title: [\n", PROJECT.replace("kind: bullets", "kind: bulets"), ""):
        done = saved(server, text, **{"If-Match": etag(server)})
        assert done.status_code == 200, done.text
        assert server.studio.project.read_text() == text


NAMES = ("..%2Ftalk", "..", "Talk", "a.b", "%2Fetc%2Fpasswd", "a%00b", "-a", "a" * 101, "project.schema", "a%5Cb")


def test_what_is_no_name_names_nothing(server: Server) -> None:
    before = sorted(server.studio.folder.rglob("*.yaml"))
    with server.client() as client:
        for name in NAMES:
            assert client.get(f"/api/projects/{name}").status_code in (400, 404), name
            put = client.put(f"/api/projects/{name}", content=b"title: A\n", headers={**YAML, "If-None-Match": "*"})
            assert put.status_code in (400, 404, 405), name
            assert client.post("/api/preview", json={"name": name, "scene": "a"}).status_code in (404, 422), name
    assert sorted(server.studio.folder.rglob("*.yaml")) == before


def test_a_link_is_neither_read_nor_replaced(server: Server) -> None:
    secret = server.studio.folder.parent / "secret.yaml"
    secret.write_text("title: The key is under the mat\n")
    (server.studio.folder / "projects" / "linked.yaml").symlink_to(secret)
    assert [each["name"] for each in server.get("/api/projects").json()["projects"]] == ["talk"]
    for answer in (
        server.get("/api/projects/linked"),
        saved(server, "title: A\n", "linked", **{"If-Match": "*"}),
        server.post("/api/validate", json={"name": "linked"}),
        server.post("/api/projects/linked/build"),
    ):
        assert answer.status_code == 400, answer.text
        assert "is a link, which is not followed" in answer.json()["error"]
    assert secret.read_text() == "title: The key is under the mat\n"


def test_no_command_comes_in_by_a_save(server: Server) -> None:
    owner = f"allow_commands: true\n{PROJECT}{RUNS}"
    included = server.studio.folder / "projects" / "runs.yaml"
    included.write_text(RUNS)
    template = server.studio.folder / "projects" / "of.yaml"
    template.write_text(f"template: {{description: Ours}}\nallow_commands: true\n{PROJECT}{RUNS}")
    ways = {
        "written": owner,
        "not allowed yet": f"{PROJECT}{RUNS}",
        "included": f"allow_commands: true\n{PROJECT}  - include: runs.yaml\n",
        "of a template": "template: ./of.yaml\n",
        "of one of several videos": f"videos:\n  - id: one\n    allow_commands: true\n    {_indented(PROJECT + RUNS)}",
        "with a mistake elsewhere": owner.replace("kind: bullets", "kind: bulets"),
        "with a mistake of its own": owner.replace("command: echo hello", "command: echo hello, tittle: A"),
    }
    for way, text in ways.items():
        refused = saved(server, text, **{"If-Match": etag(server)})
        assert refused.status_code == 403, (way, refused.text)
        assert "the command `echo hello` is new" in refused.json()["error"], way
    assert server.studio.project.read_text() == PROJECT
    # what the owner has written may stay, move and go
    server.studio.project.write_text(owner)
    kept = owner.replace("Rules", "Two rules")
    assert saved(server, kept, **{"If-Match": etag(server)}).status_code == 200
    other = saved(server, kept.replace("echo hello", "echo hello; id"), **{"If-Match": etag(server)})
    assert "the command `echo hello; id` is new" in other.json()["error"]
    broken = saved(server, kept + "  - [\n", **{"If-Match": etag(server)})
    assert (broken.status_code, broken.json()["error"]) == (403, "this is no YAML, and the project runs commands")
    server.studio.project.write_text(f"{PROJECT}{RUNS}")
    allowed = saved(server, owner, **{"If-Match": etag(server)})
    assert "the command `echo hello` would be allowed" in allowed.json()["error"]


def test_no_command_comes_in_by_several_saves(server: Server) -> None:
    projects = server.studio.folder / "projects"

    def tried(name: str, text: str) -> tuple[int, str]:
        answer = saved(server, text, name)
        return answer.status_code, answer.json().get("error", "")

    part = "- kind: terminal\n  content: {command: echo hello}\n  narration: See.\n"
    assert tried("one", f"allow_commands: true\n{PROJECT}  - include: part.yaml\n")[0] == 403
    assert tried("one", f"allow_commands: ${{on}}\n{PROJECT}")[0] == 403
    assert "the command `echo hello` is new" in tried("part", part)[1]
    # by a template whose variables say what is run, whichever is saved first
    for content in ("${item}", "{command: '${item}'}"):
        template = f"each: cmds\n  kind: terminal\n  content: {content}\n"
        text = f"template: {{description: Ours}}\nscenes:\n- {template}  narration: See.\n"
        assert "is new" in tried("ours", text)[1], content
    assert "is new" in tried("ours", "scenes:\n- {kind: '${kind}', content: '${what}', narration: See.}\n")[1]
    # what the owner lets run is not changed in what it includes
    (projects / "owned.yaml").write_text(f"allow_commands: true\n{PROJECT}  - include: runs.yaml\n")
    (projects / "runs.yaml").write_text(RUNS)
    other = saved(server, RUNS.replace("echo hello", "id"), "runs", **{"If-Match": etag(server, "runs")})
    assert "the command `id` is new" in other.json()["error"]
    assert sorted(path.name for path in projects.glob("*.yaml")) == ["owned.yaml", "runs.yaml", "talk.yaml"]


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ").rstrip() + "\n"


def test_every_mistake_is_told_with_its_line_and_every_scene_with_its_lines(server: Server) -> None:
    wrong = PROJECT.replace("kind: bullets", "kind: bulets").replace("voice:", "voise:")
    told = server.post("/api/validate", json={"yaml": wrong}).json()
    assert [(each["line"], each["column"]) for each in told["errors"]] == [(2, 1), (11, 11)]
    assert told["errors"][0]["hint"] == 'did you mean "voice"?'
    right = server.post("/api/validate", json={"name": "talk"}).json()
    assert right["errors"] == []
    lines = PROJECT.splitlines()
    for each in right["outline"]:
        assert f"id: {each['scene']}" in lines[each["line"] - 1]
    assert server.post("/api/validate", json={}).status_code == 422


def test_a_scene_is_seen_and_heard_as_in_the_film(server: Server) -> None:
    film = server.studio.film
    for at in ("first", "final"):
        seen = server.post("/api/preview", json={"name": "talk", "scene": "rules", "at": at})
        assert seen.headers["content-type"] == "image/png"
        assert seen.content == (film / "rules" / f"{at}.png").read_bytes()
    edited = PROJECT.replace("Every result is a file,", "Every result is one file,")
    other = server.post("/api/preview", json={"yaml": edited, "name": "talk", "scene": "rules"})
    assert other.status_code == 200
    assert other.content != seen.content
    tall = server.post("/api/preview", json={"yaml": edited, "scene": "rules", "aspect": "9:16"})
    from PIL import Image

    width, height = Image.open(io.BytesIO(tall.content)).size
    assert width < height
    heard = server.post("/api/preview/voice", json={"name": "talk", "scene": "rules"})
    assert heard.headers["content-type"] == "audio/mpeg"
    assert heard.content == (film / "rules" / "narration.mp3").read_bytes()
    missing = server.post("/api/preview", json={"name": "talk", "scene": "rule"})
    assert (missing.status_code, missing.json()["hint"]) == (400, 'did you mean "rules"?')


def test_a_look_reaches_no_more_than_a_build_from_the_web(server: Server) -> None:
    folder = server.studio.folder
    (folder.parent / "secret.md").write_text("# Secret\n\nThe key is under the mat.\n")
    (folder / ".env").write_text("KEY=mat\n")
    for source in ("../../secret.md", "md:../.env", "md:../build/talk/talk/en/script.json", "http://127.0.0.1:1/"):
        for path in ("/api/validate", "/api/preview"):
            more = {"scene": "title"} if path.endswith("preview") else {}
            told = server.post(path, json={"yaml": f'voice: "draft:"\nsource: "{source}"\n', **more})
            assert "mat" not in told.text, source
            assert ("lies outside" in told.text) or ("out of reach" in told.text) or ("not been fetched" in told.text)


def test_of_many_looks_at_once_the_last_is_answered(server: Server) -> None:
    def look(number: int) -> int:
        text = PROJECT.replace("Every result is a file,", f"Every result is file {number},")
        return server.post("/api/preview", json={"yaml": text, "name": "talk", "scene": "rules"}).status_code

    server.post("/api/preview", json={"name": "talk", "scene": "rules"})
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(look, range(12)))
    assert {*codes} <= {200, 409}
    assert codes.count(200) >= 1
    assert look(99) == 200


def test_who_waits_in_vain_is_told_so_at_once(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    from videogen.model.errors import ResourceError
    from videogen.web import lookers

    monkeypatch.chdir(studio.folder)
    monkeypatch.setattr(lookers, "MOST_WAITING", 0)
    pool, told = lookers.Lookers("build", 1), []

    def look(number: int) -> None:
        try:
            pool.ask("check", {"name": "talk", "text": f"title: {number}\n"})
        except ResourceError as error:
            told.append(error.line())

    try:
        with ThreadPoolExecutor(4) as several:
            list(several.map(look, range(4)))
        assert {*told} == {"too many look at projects just now; ask again in a moment"}
        assert pool.ask("check", {"name": "talk"})["errors"] == []
    finally:
        pool.close()


def test_only_the_scene_that_was_edited_is_built(own: Server) -> None:
    edited = PROJECT.replace("Every file knows its inputs]", "Every file knows]")
    assert saved(own, edited, **{"If-Match": etag(own)}).status_code == 200
    asked = own.post("/api/projects/talk/build", json={})
    assert asked.status_code == 201, asked.text
    assert asked.headers["location"] == f"/api/tasks/{asked.json()['id']}"
    events = own.follow(asked.json()["id"])
    assert events[-1]["data"]["status"] == "completed", events[-1]["data"]["error"]
    made = [
        each["data"]["name"] for each in events if each["event"] == "StageComplete" and each["data"]["how"] == "made"
    ]
    scenes = {name.partition(":")[2] for name in made if name.partition(":")[0] in ("audio", "frames", "segment")}
    assert scenes == {"talk/en/rules"}
    assert not any(name.startswith("audio:") for name in made)


def test_a_project_that_takes_too_long_to_look_at_is_given_up(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    from videogen.model.errors import ResourceError
    from videogen.web import lookers

    monkeypatch.chdir(studio.folder)
    pool = lookers.Lookers("build", 1)
    try:
        monkeypatch.setattr(lookers, "USUAL", 0.05)  # it has not even begun by then
        with pytest.raises(ResourceError, match=r"looking at this project has taken longer than 0\.05 s"):
            pool.ask("check", {"name": "talk"})
        monkeypatch.setattr(lookers, "USUAL", 120.0)
        assert pool.ask("check", {"name": "talk"})["errors"] == []
    finally:
        pool.close()


def test_nothing_of_it_runs_on_when_the_server_ends(own: Server) -> None:
    import psutil

    own.post("/api/preview", json={"name": "talk", "scene": "rules"})
    children = psutil.Process(own.process.pid).children(recursive=True)
    assert any("videogen.web.looker" in child.cmdline() for child in children)
    assert own.end() == 0
    psutil.wait_procs(children, timeout=60)
    assert [child.pid for child in children if child.is_running()] == []
    assert os.path.exists(Path(own.studio.folder, "projects", "talk.yaml"))
