"""Who may use a server, and how it is set up."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from studio import Studio, new_studio
from web.conftest import Serve, Server

from videogen.model.errors import ValidationError
from videogen.web.settings import read_tokens, settings_for

ADA, BOB = "ada-" + "a" * 24, "bob-" + "b" * 24


def token_file(studio: Studio, text: str = f"ada: {ADA}\nbob: {BOB}\n", mode: int = 0o600) -> str:
    path = studio.folder / ".tokens.yaml"
    path.write_text(text)
    path.chmod(mode)
    return ".tokens.yaml"


def cookie_of(server: Server, token: str = ADA) -> dict[str, str]:
    answer = server.post("/api/login", json={"token": token})
    assert answer.status_code == 204, answer.text
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


def test_a_session_outlives_the_server_and_ends_with_its_token(serve: Serve, tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "team")
    tokens = token_file(studio)
    server = serve("--tokens", tokens, studio=studio)
    cookie = cookie_of(server)
    assert server.get("/api/me", headers=cookie).json() == {"user": "ada", "sees_all": False, "tokens": True}
    server.end()
    server = serve("--tokens", tokens, studio=studio)
    assert server.get("/api/me", headers=cookie).status_code == 200
    server.end()
    token_file(studio, f"ada: {ADA}-another\nbob: {BOB}\n")
    server = serve("--tokens", tokens, studio=studio)
    assert server.get("/api/me", headers=cookie).status_code == 401
    kept = b"".join(path.read_bytes() for path in (studio.folder / "build" / ".tasks").glob("sessions*"))
    assert cookie["Cookie"].partition("=")[2].encode() not in kept
    assert ADA.encode() not in kept


def test_each_sees_their_own_and_the_one_token_sees_all(serve: Serve, tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "team")
    all_seeing = "owner-" + "o" * 24
    server = serve("--tokens", token_file(studio), studio=studio, VIDEOGEN_TOKEN=all_seeing)
    users = {name: {"Authorization": f"Bearer {token}"} for name, token in (("ada", ADA), ("bob", BOB))}
    made = {
        name: server.post("/api/create", json={"project": "talk", "draft": True}, headers=headers).json()
        for name, headers in users.items()
    }
    assert {name: task["user"] for name, task in made.items()} == {"ada": "ada", "bob": "bob"}
    for name, headers in users.items():
        listed = server.get("/api/tasks", headers=headers).json()["tasks"]
        assert [each["id"] for each in listed] == [made[name]["id"]]
        assert server.get("/api/stats", headers=headers).json()["queue"]["pending"] <= 2
    every = server.get("/api/tasks", headers={"Authorization": f"Bearer {all_seeing}"}).json()["tasks"]
    assert {each["id"] for each in every} == {task["id"] for task in made.values()}


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (f"ada: {ADA}\n", 0o644, "chmod 600"),
        ("ada: short\n", 0o600, "less than 20 characters"),
        (f"ada: {ADA}\nbob: {ADA}\n", 0o600, "same token"),
        ("- a\n- b\n", 0o600, "name: token"),
        ("", 0o600, "name: token"),
        ("a: !!python/object:os.system x\n", 0o600, "name: token"),
        ("ada: " + "ä" * 30 + "\n", 0o600, "no header can carry"),
    ],
)
def test_tokens_that_are_no_good_are_refused(tmp_path: Path, text: str, mode: int, said: str) -> None:
    studio = new_studio(tmp_path / "team")
    with pytest.raises(ValidationError, match=said) as error:
        read_tokens(str(studio.folder / token_file(studio, text, mode)))
    assert "\n" not in error.value.line()
    assert ADA not in str(error.value)


def test_tokens_that_a_project_could_show_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = new_studio(tmp_path / "team")
    monkeypatch.chdir(studio.folder)
    hidden = studio.folder / token_file(studio)
    assert read_tokens(str(hidden)) == read_tokens(".tokens.yaml")
    for plain in ("tokens.yaml", "projects/tokens.yaml"):
        hidden.rename(studio.folder / plain)
        with pytest.raises(ValidationError, match="could show the tokens"):
            read_tokens(plain)
        (studio.folder / plain).rename(hidden)
    hidden.rename(tmp_path / "tokens.yaml")
    assert read_tokens("../tokens.yaml")["ada"] == ADA


def test_a_server_with_such_tokens_says_so_in_one_line(tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "team")
    outcome = studio.video_gen("serve", "--port", "0", "--tokens", token_file(studio, mode=0o640))
    assert (outcome.code, outcome.err.count("\n")) == (2, 1), outcome.err
    assert "chmod 600" in outcome.err


def test_builds_are_not_given_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_TOKEN", ADA)
    found = settings_for(output="build", host="0.0.0.0", at_once=1, tokens_file=None, hosts=(), max_cost=0)
    assert list(found.tokens.values()) == [ADA]
    assert ADA not in repr(found)
    assert "VIDEOGEN_TOKEN" not in os.environ


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys\nsys.modules['fastapi'] = None\nfrom videogen.cli import main\n"
        "sys.argv = ['video-gen', 'serve', '--port', '0']\nmain()\n"
    )
    outcome = new_studio(tmp_path / "team").run(sys.executable, "-c", program)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1), outcome.err
    assert 'pip install "videogen[web]"' in outcome.err


def test_a_name_is_only_known_when_it_is_given(serve: Serve, tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "team")
    server = serve("--tokens", token_file(studio), "--allow-host", "films.example", studio=studio)
    health = "/api/health"
    assert server.get(health, headers={"Host": "films.example"}).status_code == 200
    assert server.get(health, headers={"Host": "other.example"}).status_code == 403


def test_too_many_requests_are_told_when_to_come_again(serve: Serve) -> None:
    server = serve(settings="requests=Rate(5, 0.5)")
    with server.client() as client:
        answers = [client.get("/api/me") for _ in range(7)]
        assert client.get("/api/health").status_code == 200
    assert [each.status_code for each in answers] == [200] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 2


def test_every_answer_bears_the_headers_that_keep_pages_apart(server: Server) -> None:
    for path in ("/", "/api/me", "/api/tasks/nothing", "/nothing", "/static/base.css"):
        headers = server.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert "cache-control" in headers
        assert "server" not in headers
