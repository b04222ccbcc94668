"""Small pictures of a film: which there are, how long they are kept, and that pages show no others."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from web.browser import OpenPage
from web.conftest import Serve, Server

from videogen.model.errors import ValidationError
from videogen.web.thumbnails import Thumbnails, Width, smaller

SHOWN = re.compile(r"\.(png|jpg)\b")


def pictures(server: Server, task: dict[str, Any]) -> list[str]:
    """The addresses of a film's picture, and of a scene's."""
    scenes = server.get(f"/api/tasks/{task['id']}/scenes").json()["scenes"]
    return [task["picture"], scenes[1]["image"]]


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as found:
        assert found.format == "WEBP"
        return found.size


@pytest.mark.parametrize(("width", "size"), [(320, (320, 180)), (640, (640, 360))])
def test_a_picture_is_sent_as_wide_as_it_is_asked_for(
    server: Server, talk: dict[str, Any], width: int, size: tuple[int, int]
) -> None:
    for address in pictures(server, talk):
        whole = server.get(address).content
        answer = server.get(f"{address}&width={width}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert size_of(answer.content) == size
        assert len(answer.content) < len(whole) / 2
        with server.client() as client:
            assert client.head(f"{address}&width={width}").headers["etag"] == answer.headers["etag"]


def test_no_picture_is_made_larger_than_it_is(server: Server, talk: dict[str, Any]) -> None:
    address = pictures(server, talk)[1]
    with Image.open(BytesIO(server.get(address).content)) as whole:
        assert whole.width < 960
        assert size_of(server.get(f"{address}&width=960").content) == whole.size


def test_a_small_picture_is_sent_once_for_each_state_of_its_file(serve: Serve) -> None:
    server = serve()
    task = server.built(project="talk", draft=True)
    old = f"{pictures(server, task)[1]}&width=320"
    first = server.get(old)
    assert first.headers["cache-control"] == "private, max-age=86400"
    assert "cookie" in first.headers["vary"].lower()
    again = server.get(old, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    # an address that does not say which state it means is asked again every time
    unsaid = server.get(f"{old.partition('?')[0]}?width=320")
    assert (unsaid.headers["cache-control"], unsaid.content) == ("private, no-cache", first.content)
    drawn = server.studio.folder / "build" / "talk.draft" / "talk" / "en" / "rules" / "final.png"
    kept = server.studio.folder / "build" / ".tasks" / "films" / task["id"] / drawn.relative_to(drawn.parents[4])
    for file in (drawn, kept):
        file.unlink(missing_ok=True)
    Image.new("RGB", (854, 480), "red").save(drawn)
    other = server.get(old, headers={"If-None-Match": first.headers["etag"]})
    assert (other.status_code, other.headers["cache-control"]) == (200, "private, no-cache")
    with Image.open(BytesIO(other.content)) as red:
        assert red.convert("RGB").getpixel((100, 100)) == pytest.approx((254, 0, 0), abs=6)


def test_what_is_no_picture_and_no_width_is_refused(server: Server, talk: dict[str, Any]) -> None:
    film, picture = talk["film"], talk["picture"]
    for address, status in ((f"{film}?width=320", 415), (f"{picture}&width=321", 422), (f"{picture}&width=x", 422)):
        answer = server.get(address)
        assert answer.status_code == status, answer.text
    assert "as it is" in server.get(f"{film}?width=320").json()["hint"]
    assert server.get(f"{picture.replace('talk.en', 'secret')}&width=320").status_code == 404


def test_a_file_that_cannot_be_read_as_a_picture_is_said_to_be_none(tmp_path: Path) -> None:
    whole = tmp_path / "whole.png"
    Image.radial_gradient("L").resize((400, 400)).save(whole)
    cut, text = tmp_path / "cut.png", tmp_path / "text.png"
    cut.write_bytes(whole.read_bytes()[:2000])
    text.write_text("no picture")
    assert size_of(smaller(str(whole), 320)) == (320, 320)
    for file in (cut, text):
        with pytest.raises(ValidationError):
            smaller(str(file), 320)


def test_what_is_kept_has_a_bound_and_what_was_asked_for_last_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.effect_noise((640, 360), 80).save(file)
    one = len(smaller(str(file), 320))
    kept = Thumbnails(room=3 * one)
    for number in range(8):
        assert len(kept.made(str(file), str(number), Width.SMALL)) == one
        assert kept.made(str(file), "0", Width.SMALL)
        assert kept.size <= 3 * one
    file.unlink()
    for number in (0, 6, 7):
        assert kept.made(str(file), str(number), Width.SMALL)
    with pytest.raises(ValidationError):
        kept.made(str(file), "1", Width.SMALL)


@pytest.mark.parametrize(("width", "dense"), [(390, 3), (1100, 1)])
def test_pages_ask_for_no_picture_that_is_larger_than_it_is_shown(
    server: Server, talk: dict[str, Any], open_page: OpenPage, width: int, dense: int
) -> None:
    page = open_page(server, "/", viewport={"width": width, "height": 844}, device_scale_factor=dense)
    asked: list[str] = []
    # to compare two files, a page first asks for their validators only
    page.on("request", lambda sent: asked.append(sent.url) if sent.method == "GET" and SHOWN.search(sent.url) else None)
    again = server.built(project="talk")["id"]
    places = {
        "/library": ".film img",
        f"/tasks/{talk['id']}": "#scene-list img",
        f"/compare?a={talk['id']}&b={again}": "#pairs img",
    }
    for path, pictures in places.items():
        page.goto(path)
        page.locator(f"{pictures}:not([hidden])").first.wait_for()
        page.wait_for_function(
            """pictures => {
                const shown = [...document.querySelectorAll(pictures)].filter((each) => !each.hidden).slice(0, 3);
                return shown.length && shown.every((each) => each.complete && each.naturalWidth);
            }""",
            arg=pictures,
        )
    assert asked
    assert [each for each in asked if "width=" not in each] == []
    assert {int(each) for url in asked for each in re.findall(r"width=(\d+)", url)} <= {320, 640, 960}
