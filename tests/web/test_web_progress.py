"""Progress as server-sent events: every event once and in order, for whoever comes, late or again."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studio import long_project, new_studio
from web.conftest import LONGEST, Serve, Server, parsed

from videogen.model.task import InputConfig, moved, new_task
from videogen.tasks.home import Home
from videogen.tasks.stages import read_events
from videogen.web import feed
from videogen.web.feed import Feeds


def numbers(events: list[dict[str, Any]]) -> list[int]:
    return [each["id"] for each in events if "id" in each]


def recorded(server: Server, task: str) -> list[dict[str, Any]]:
    path = server.studio.folder / "build" / ".tasks" / "events" / f"{task}.ndjson"
    return [each.event for each in read_events(str(path))]


def test_followers_are_told_of_every_event_once_and_in_order(serve: Serve, tmp_path: Path) -> None:
    server = serve(studio=new_studio(tmp_path / "long", long_project(3)))
    task = server.create(project="talk", draft=True)["id"]
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda _: server.follow(task), range(6)))
    known = recorded(server, task)
    for events in told:
        assert [each["data"] for each in events[:-1]] == known
        assert numbers(events) == list(range(1, len(known) + 1))
        assert [each["event"] for each in events[:-1]] == [each["event"] for each in known]
        assert events[-1]["event"] == "end"
        assert events[-1]["data"]["status"] == "completed"


@pytest.mark.parametrize("after", [0, 1, 17, 10**6])
def test_who_comes_back_is_told_what_is_missing(server: Server, talk: dict[str, Any], after: int) -> None:
    events = server.follow(talk["id"], after)
    assert numbers(events) == list(range(after + 1, len(recorded(server, talk["id"])) + 1))
    assert events[-1]["event"] == "end"


def test_the_last_event_that_came_goes_before_the_address(server: Server, talk: dict[str, Any]) -> None:
    with server.client() as client:
        path = f"/api/progress/{talk['id']}?after=3"
        plain = list(parsed(iter(client.get(path).text.splitlines())))
        again = list(parsed(iter(client.get(path, headers={"Last-Event-ID": "9"}).text.splitlines())))
    assert (numbers(plain)[0], numbers(again)[0]) == (4, 10)


def test_nothing_is_lost_when_the_server_is_killed_and_started_again(serve: Serve, tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "long", long_project(10))
    server = serve(studio=studio)
    task = server.create(project="talk", draft=True)["id"]
    waiting = [server.create(project="talk")["id"]]
    seen = []
    for each in server.events(task):
        seen.append(each)
        if len(seen) == 30:
            break
    server.end(signal.SIGKILL)
    server = serve(studio=studio)
    seen += server.follow(task, seen[-1]["id"])
    known = recorded(server, task)
    assert [each["data"] for each in seen[:-1]] == known
    assert seen[-1]["data"]["status"] == "completed"
    assert seen[-1]["data"]["attempt"] == 1  # the build went on while nobody was there
    assert server.ended(waiting[0])["status"] == "completed"


def test_a_stream_ends_when_the_server_is_told_to(serve: Serve, tmp_path: Path) -> None:
    server = serve(studio=new_studio(tmp_path / "long", long_project(10)))
    task = server.create(project="talk", draft=True)["id"]
    events = server.events(task)
    next(events)
    ended: list[int] = []
    ending = threading.Thread(target=lambda: ended.append(server.end()))
    ending.start()
    assert "end" not in [each["event"] for each in events]
    ending.join(LONGEST)
    assert ended == [0]
    assert "Cancel" not in server.log.read_text()


def test_who_does_not_read_holds_nobody(server: Server, talk: dict[str, Any]) -> None:
    request = f"GET /api/progress/{talk['id']} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(5)]
    try:
        for each in idle:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            each.sendall(request)
        assert server.follow(talk["id"])[-1]["event"] == "end"
    finally:
        for each in idle:
            each.close()


def test_a_quiet_stream_says_that_it_is_there(serve: Serve) -> None:
    server = serve(settings="keep_alive=0.05, at_once=1")
    task = server.create(project="talk")["id"]
    with server.client() as client, client.stream("GET", f"/api/progress/{task}") as answer:
        lines = answer.iter_lines()
        assert any(line.startswith(":") for line in lines)


# the feed itself, by law


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, Any]]:
    sizes = draw(st.lists(st.sampled_from([0, 3, 90, 4000]), max_size=40))
    return [{"event": f"Kind{at % 5}", "text": "ä" * size} for at, size in enumerate(sizes)]


@settings(max_examples=60)
@given(record=records(), after=st.integers(0, 50), piece=st.sampled_from([16, 200, 1 << 18]), kept=st.integers(1, 9))
def test_pieces_make_the_whole(
    tmp_path_factory: pytest.TempPathFactory, record: list[dict[str, Any]], after: int, piece: int, kept: int
) -> None:
    home = Home(str(tmp_path_factory.mktemp("feed")))
    task = moved(moved(new_task(InputConfig(project="talk")), "running"), "completed")
    home.repository().save(task)
    path = Path(home.events(task.id))
    path.parent.mkdir()
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in record))

    async def followed() -> list[Any]:
        return [each async for each in Feeds(home, threading.Event()).follow(task.id, after, 5)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "PIECE", piece)
        patch.setattr(feed, "KEPT", kept)
        *pieces, view = asyncio.run(followed())
    lines = [line for each in pieces for line in each]
    assert [line.number for line in lines] == list(range(after + 1, len(record) + 1))
    assert [json.loads(line.data) for line in lines] == record[after:]
    assert view["status"] == "completed"
