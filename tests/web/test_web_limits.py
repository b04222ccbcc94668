"""What one user may take of a server: its looks at projects, its disk, its queue, its patience with wrong tokens."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from studio import PROJECT
from web.conftest import JSON, LONGEST, Serve, Server, parsed

from videogen.web import lookers

ADA, BOB = "ada-" + "a" * 24, "bob-" + "b" * 24
TEAM = f"tokens=dict(ada={ADA!r}, bob={BOB!r})"
BY_ADA, BY_BOB = ({"Authorization": f"Bearer {token}"} for token in (ADA, BOB))


def until(holds: Callable[[], bool]) -> None:
    deadline, never = time.monotonic() + LONGEST, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        never.wait(0.05)


def lookers_of(server: Server) -> list[psutil.Process]:
    return [each for each in psutil.Process(server.process.pid).children() if "videogen.web.looker" in each.cmdline()]


@contextmanager
def slow(server: Server) -> Iterator[None]:
    """While the block runs, looking at a project comes to no end."""
    with ThreadPoolExecutor(4) as several:

        def both() -> bool:
            asked = [{"yaml": PROJECT, "name": f"p{number}"} for number in range(4)]
            list(several.map(lambda sent: server.post("/api/validate", json=sent, headers=BY_ADA), asked[:2]))
            list(several.map(lambda sent: server.post("/api/validate", json=sent, headers=BY_BOB), asked[2:]))
            return len(lookers_of(server)) == lookers.COUNT

        until(both)
    found = lookers_of(server)
    for each in found:
        each.suspend()
    try:
        yield
    finally:
        for each in found:
            each.resume()


def test_slow_looks_of_one_user_leave_room_for_another(serve: Serve) -> None:
    server = serve(settings=TEAM)

    def look(number: int, who: dict[str, str]) -> int:
        sent = {"yaml": PROJECT, "name": f"p{number}"}
        return server.post("/api/validate", json=sent, headers=who).status_code

    with ThreadPoolExecutor(30) as several:
        with slow(server):
            asked = [several.submit(look, number, BY_BOB) for number in range(20)]
            until(lambda: sum(each.done() for each in asked) == 20 - lookers.EACH)
            assert {each.result() for each in asked if each.done()} == {429}
            assert server.get("/api/tasks", headers=BY_ADA).status_code == 200
            her = several.submit(look, 0, BY_ADA)
        assert her.result(LONGEST) == 200
        assert Counter(each.result(LONGEST) for each in asked) == {200: lookers.EACH, 429: 20 - lookers.EACH}


def test_slow_saves_of_one_project_do_not_hold_those_of_another(serve: Serve) -> None:
    server = serve(settings=TEAM)

    def save(name: str, who: dict[str, str], text: str = PROJECT) -> int:
        headers = {**who, "Content-Type": "text/yaml", "If-None-Match": "*"}
        with server.client() as client:
            return client.put(f"/api/projects/{name}", content=text, headers=headers).status_code

    with ThreadPoolExecutor(20) as several, slow(server):
        asked = [several.submit(save, f"p{number}", BY_BOB) for number in range(10)]
        until(lambda: sum(each.done() for each in asked) == 10 - lookers.EACH)
        assert {each.result() for each in asked if each.done()} == {429}
        # it is known without a look, and no lock is waited for, that there is such a project already
        assert save("talk", BY_ADA) == 412


@pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="such a limit is Linux's")
def test_what_looks_has_so_much_memory_and_leaves_nothing(serve: Serve, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    server = serve(settings=TEAM, TMPDIR=str(scratch))
    sent = {"name": "talk", "scene": "rules"}
    assert server.post("/api/preview", json=sent, headers=BY_ADA).status_code == 200
    found = lookers_of(server)
    assert found
    for each in found:
        most, _ = each.rlimit(psutil.RLIMIT_DATA)
        assert 0 < most <= 4 << 30
    assert list(scratch.glob("videogen-*"))
    for each in found:
        each.kill()
    assert server.post("/api/preview", json=sent, headers=BY_ADA).status_code == 200
    assert len(list(scratch.glob("videogen-*"))) == 1
    server.end()
    assert list(scratch.glob("videogen-*")) == []


def test_what_is_sent_is_not_taken_before_it_may_be_asked_for(serve: Serve) -> None:
    server = serve(settings="creates=Rate(1, 0.001)")
    assert server.post("/api/create", json={"project": "tolk"}).status_code == 400
    head = (
        "POST /api/create HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        "Content-Length: 200000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), LONGEST) as one:
        one.settimeout(10)
        one.sendall(head.encode())
        assert one.recv(100).startswith(b"HTTP/1.1 429 ")


@pytest.mark.parametrize(
    "sent",
    [
        r'{"template": "custom", "answers": {"\ud800": "x"}}',
        r'{"template": "custom", "answers": {"title": "\udfff"}}',
        r'{"\ud800": 1}',
    ],
)
def test_half_a_character_is_refused(server: Server, sent: str) -> None:
    answer = server.post("/api/create", content=sent, headers=JSON)
    assert answer.status_code == 400, answer.text
    assert "half of a character" in answer.json()["error"]
    form = server.post("/api/create", files={"file": ("a.md", b"# A")}, data={"options": sent})
    assert form.status_code == 400, form.text
    assert server.post("/api/validate", content=r'{"\ud800": 1}', headers=JSON).status_code == 422


def test_the_query_of_an_address_is_shown_nowhere(server: Server) -> None:
    task = server.create(source="https://nowhere.invalid/talk.md?token=s3cret")
    assert task["name"] == task["metadata"]["name"] == "https://nowhere.invalid/talk.md"
    server.ended(task["id"])
    shown = server.get(f"/api/tasks/{task['id']}").text + server.get("/api/tasks").text
    assert task["id"] in shown
    assert "s3cret" not in shown


def test_whoever_is_not_known_is_told_no_paths(serve: Serve) -> None:
    server = serve(settings=TEAM)
    tasks = server.studio.folder / "build" / ".tasks"
    until(lambda: (tasks / "tasks.sqlite").exists())
    tasks.rename(tasks.with_name("kept"))
    tasks.write_text("no folder")
    until(lambda: server.get("/api/ready").status_code == 503)
    until(lambda: not next(each for each in server.get("/api/ready").json()["checks"] if each["name"] == "queue")["ok"])
    told = server.get("/api/ready").text
    assert str(server.studio.folder) not in told
    assert ".tasks" not in told


def test_unknown_cookies_are_counted_and_known_ones_are_not_held_up(serve: Serve) -> None:
    server = serve(settings=f"{TEAM}, logins=Rate(5, 0.001)")
    known = {"Cookie": cookie_of(server)}
    guessed = [
        server.get("/api/me", headers={"Cookie": f"videogen_session={number}"}).status_code for number in range(8)
    ]
    assert guessed == [401] * 5 + [429] * 3
    assert server.get("/api/me", headers=known).status_code == 200


def test_who_has_the_right_token_is_let_in_whatever_others_have_tried(serve: Serve) -> None:
    server = serve(settings=f"{TEAM}, logins=Rate(5, 0.001)")
    tried = [server.post("/api/login", json={"token": "x" * 24}).status_code for _ in range(8)]
    assert tried == [401] * 5 + [429] * 3
    assert server.get("/api/me", headers={"Cookie": cookie_of(server)}).status_code == 200


def cookie_of(server: Server) -> str:
    answer = server.post("/api/login", json={"token": ADA})
    assert answer.status_code == 204, answer.text
    return answer.headers["set-cookie"].partition(";")[0]


def test_what_is_followed_ends_with_the_session(serve: Serve) -> None:
    server = serve(settings=f"{TEAM}, keep_alive=600, at_once=1")
    task = server.post("/api/create", json={"project": "talk"}, headers=BY_ADA).json()["id"]
    cookie = {"Cookie": cookie_of(server)}
    until(lambda: server.get(f"/api/tasks/{task}", headers=cookie).json()["last_event"] > 0)
    worker = next(
        each for each in psutil.Process(server.process.pid).children() if "videogen.tasks.worker" in each.cmdline()
    )
    worker.suspend()  # so that there is nothing more to be told
    try:
        with (
            server.client() as client,
            client.stream("GET", f"/api/progress/{task}", headers=cookie, timeout=20) as answer,
        ):
            assert answer.status_code == 200
            told = answer.iter_lines()
            assert next(parsed(told))["id"] == 1
            out = server.post("/api/logout", headers={**cookie, "Origin": server.url.rstrip("/")})
            assert out.status_code == 204
            assert not any(each["event"] == "end" for each in parsed(told))
        assert server.log.read_text() == ""
    finally:
        worker.send_signal(signal.SIGCONT)
        worker.kill()


def test_what_is_followed_ends_when_the_session_does(serve: Serve) -> None:
    server = serve(settings=f"{TEAM}, keep_alive=600, at_once=1, session_seconds=8")
    with nothing_begins(server, BY_ADA) as task:
        cookie = {"Cookie": cookie_of(server)}
        with (
            server.client() as client,
            client.stream("GET", f"/api/progress/{task}", headers=cookie, timeout=30) as answer,
            client.stream("GET", f"/api/progress/{task}", headers=BY_ADA, timeout=30) as by_token,
        ):
            assert answer.status_code == by_token.status_code == 200
            assert not any(each["event"] == "end" for each in parsed(answer.iter_lines()))
            assert server.get("/api/me", headers=cookie).status_code == 401
            assert server.get(f"/api/progress/{task}", headers=cookie).status_code == 401
            # a token does not end: whoever follows by it is told what comes later
            assert server.post(f"/api/tasks/{task}/cancel", headers=BY_ADA).json()["status"] == "cancelled"
            (end,) = [each for each in parsed(by_token.iter_lines()) if each["event"] == "end"]
            assert end["data"]["status"] == "cancelled"
        assert "Traceback" not in server.log.read_text()


def test_a_film_is_not_begun_on_a_disk_that_is_nearly_full(serve: Serve) -> None:
    server = serve(settings="least_free=1 << 60")
    for path, sent in (("/api/create", {"project": "talk"}), ("/api/projects/talk/build", {})):
        answer = server.post(path, json=sent)
        assert answer.status_code == 503, answer.text
        assert "too little to begin a film" in answer.json()["error"]
    answer = server.post("/api/create", files={"file": ("a.md", b"# A\n\nText.\n")})
    assert answer.status_code == 503
    assert not list((server.studio.folder / "build").glob(".uploads/*"))
    assert server.get("/api/ready").status_code == 503
    assert server.get("/api/tasks").json()["tasks"] == []


@contextmanager
def nothing_begins(server: Server, headers: dict[str, str]) -> Iterator[str]:
    """While the block runs, a film of this user is made and comes to no end; its task."""
    task = server.post("/api/create", json={"project": "talk"}, headers=headers).json()["id"]

    def workers() -> list[psutil.Process]:
        return [
            each for each in psutil.Process(server.process.pid).children() if "videogen.tasks.worker" in each.cmdline()
        ]

    until(lambda: len(workers()) == 1)
    (worker,) = workers()
    worker.suspend()
    try:
        until(lambda: server.get(f"/api/tasks/{task}", headers=headers).json()["status"] == "running")
        yield task
    finally:
        with suppress(psutil.NoSuchProcess):  # where the film was cancelled
            worker.kill()


def test_no_more_films_wait_however_many_are_asked_for_at_once(serve: Serve) -> None:
    server = serve(settings=f"{TEAM}, waiting=3, at_once=1")
    ways = [("/api/create", {"project": "talk"}), ("/api/create", {"text": "# A"}), ("/api/projects/talk/build", {})]
    with nothing_begins(server, BY_BOB) as made, ThreadPoolExecutor(18) as several:
        path, sent = zip(*ways * 6, strict=True)
        asked = several.map(lambda path, sent: server.post(path, json=sent, headers=BY_BOB).status_code, path, sent)
        assert Counter(asked) == {201: 3, 429: 15}
        waiting = server.get("/api/tasks?status=pending", headers=BY_BOB).json()["tasks"]
        assert len(waiting) == 3
        # and none comes in by being gone on with
        paused = waiting[0]["id"]
        assert server.post(f"/api/tasks/{paused}/pause", headers=BY_BOB).json()["status"] == "paused"
        assert server.post("/api/create", json={"project": "talk"}, headers=BY_BOB).status_code == 201
        assert server.post(f"/api/tasks/{paused}/resume", headers=BY_BOB).status_code == 429
        refused = server.post("/api/create", json={"project": "talk"}, headers=BY_BOB)
        assert refused.status_code == 429
        assert "3 of your films wait" in refused.json()["error"]
        assert refused.json()["details"] == {"seconds": 60}
        assert server.post("/api/create", json={"project": "talk"}, headers=BY_ADA).status_code == 201
        # what waits or is made already is not in want of a place
        for each in (waiting[1]["id"], made):
            assert server.post(f"/api/tasks/{each}/resume", headers=BY_BOB).status_code == 409
        assert server.get(f"/api/tasks/{paused}", headers=BY_BOB).json()["status"] == "paused"
        kept = {each["input"]["output_dir"] for each in server.get("/api/tasks", headers=BY_BOB).json()["tasks"]}
        uploads = (server.studio.folder / "build" / ".uploads").glob("*")
        assert {f"build/.uploads/{each.name}" for each in uploads} <= kept
