"""The pages in a real Chromium, as somebody uses them."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studio import long_project, new_studio
from web.browser import PATIENCE, Complaints, OpenPage, serious
from web.conftest import Serve, Server

from videogen.model.task import InputConfig, new_task
from videogen.tasks.audit import this_user
from videogen.tasks.home import home_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCUMENT = """\
# Kettles

A kettle boils water. This is how one is chosen, how it is used, and how it is kept clean for many years.

## How one is chosen

- It holds a litre and a half, which is enough for a pot of tea and a cup for a guest
- It whistles when the water boils, so that nobody has to stand beside it and watch
- It is made of steel, which lasts for longer than anything else that is sold

## How it is used

Fill it with cold water. Put it on the stove. Wait until it whistles, and then wait for one more minute.
Pour the water slowly, and never over your hand. Empty what is left, because old water tastes of metal.

## How it is kept clean

1. Boil water with a spoon of citric acid in it
2. Let it stand for half an hour
3. Rinse it three times with cold water
"""


def reaches(page: Page, state: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#state")).to_have_attribute("data-state", state, timeout=PATIENCE)


def seconds(page: Page) -> float:
    return float(page.locator("video").evaluate("video => video.currentTime"))


def plays(page: Page) -> None:
    """The film runs: its time goes on, and not because somebody set it."""
    page.locator("video").evaluate(
        """async video => {
            await video.play();
            const from = video.currentTime;
            while (video.currentTime < from + 0.4) await new Promise(go => video.requestVideoFrameCallback(go));
            video.pause();
        }"""
    )


def test_a_document_is_sent_and_its_film_is_watched(server: Server, open_page: OpenPage, tmp_path: Path) -> None:
    document = tmp_path / "Kettles <b>& more.md"
    document.write_text(DOCUMENT)
    page = open_page(server, "/")
    parts: list[int] = []
    page.on("response", lambda answer: parts.append(answer.status) if ".mp4" in answer.url else None)
    page.set_input_files("#file", document)
    page.locator("#drop-text", has_text="Kettles <b>& more.md").wait_for()
    page.get_by_role("radio", name="green").check()
    page.locator("label[for=theme-paper]").click()
    page.get_by_role("checkbox", name="WebM").check()
    page.get_by_label("Draft first").check()
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url("**/tasks/task_*")
    asked = server.get(f"/api/tasks/{page.url.rpartition('/')[2]}").json()["input"]
    assert (asked["accent"], asked["theme"], asked["also"], asked["draft"]) == ("green", "paper", ["webm"], True)
    # pictures come while the film is made, and the page needs no help to show the film in the end
    page.locator("#scene-list img:not([hidden])").first.wait_for()
    reaches(page, "completed")
    page.locator("video").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Kettles"
    assert page.locator("#scene-list img:not([hidden])").count() == page.locator("#scene-list li").count() >= 4
    plays(page)
    assert page.locator("video").evaluate("v => v.textTracks[0].mode") == "showing"
    assert page.locator("video").evaluate("v => v.textTracks[0].cues.length") > 4
    # a chapter leads to its place, in a part of the file that was asked for by itself
    last = page.locator(".chapters button").last
    minutes, _, rest = last.locator("span").first.inner_text().partition(":")
    last.click()
    plays(page)
    assert seconds(page) >= int(minutes) * 60 + int(rest)
    assert last.get_attribute("aria-current") == "true"
    assert page.locator("video").evaluate("v => v.textTracks[0].activeCues.length") == 1
    assert 206 in parts
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("^Download")).click()
    assert Path(saved.value.path()).read_bytes()[4:8] == b"ftyp"
    # what is shown stands on nothing but the server's word
    page.reload()
    page.locator("video").wait_for()
    reaches(page, "completed")


def test_a_build_is_paused_gone_on_with_cancelled_and_outlives_its_server(
    serve: Serve, open_page: OpenPage, complaints: Complaints, tmp_path: Path
) -> None:
    complaints.expected = ("Failed to load resource",)  # while there is no server
    studio = new_studio(tmp_path / "long", long_project(20))
    server = serve(studio=studio)
    task = server.create(project="talk")["id"]
    page = open_page(server, f"/tasks/{task}")
    page.locator("#scene-list img:not([hidden])").first.wait_for()
    page.get_by_role("button", name="Pause").click()
    reaches(page, "paused")
    page.reload()
    reaches(page, "paused")
    page.get_by_role("button", name="Go on").click()
    reaches(page, "running")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel it").click()
    reaches(page, "cancelled")
    page.get_by_role("button", name="Go on after all").click()
    reaches(page, "running")
    # the server is killed: the page says so, the build goes on, and a new server is found
    server.end(signal.SIGKILL)
    page.locator("#connection").wait_for()
    again = serve("--port", str(server.port), studio=studio)
    page.locator("#connection").wait_for(state="hidden")
    reaches(page, "completed")
    page.locator("video").wait_for()
    assert again.get(f"/api/tasks/{task}").json()["status"] == "completed"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.pdf", b"\x00\x01 this is no PDF", "is no PDF"),
        ("tool.exe", b"MZ\x90\x00", "is not read here"),
        ("empty.md", b"", "is empty"),
    ],
)
def test_a_wrong_file_is_refused_where_it_was_chosen(
    server: Server, open_page: OpenPage, complaints: Complaints, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    complaints.expected = ("Failed to load resource",)
    (tmp_path / name).write_bytes(content)
    page = open_page(server, "/")
    page.locator("#themes input").first.wait_for(state="attached")
    page.set_input_files("#file", tmp_path / name)
    page.get_by_role("button", name="Make the film").click()
    page.locator("#file-error", has_text=says).wait_for()
    assert page.locator("#file").get_attribute("aria-invalid") == "true"
    assert page.locator("#file").evaluate("field => field === document.activeElement")
    # and another can be chosen
    (tmp_path / "good.md").write_text(DOCUMENT)
    page.set_input_files("#file", tmp_path / "good.md")
    assert page.locator("#file-error").is_hidden()


def test_a_film_that_cannot_be_made_says_why_and_what_to_do(
    server: Server, open_page: OpenPage, tmp_path: Path
) -> None:
    (tmp_path / "wrong.yaml").write_text("title: <i>Wrong</i>\nscenes:\n  - kind: bulets\n    narration: Hello.\n")
    page = open_page(server, "/")
    page.set_input_files("#file", tmp_path / "wrong.yaml")
    page.locator("#own-settings").wait_for()
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url("**/tasks/task_*")
    reaches(page, "failed")
    notice = page.get_by_role("alert")
    assert "bulets" in notice.inner_text()
    assert "wrong.yaml:3" in notice.inner_text()
    assert "uploads" not in notice.inner_text()
    assert page.get_by_role("button", name="Try again").is_visible()


def test_a_template_asks_and_says_which_answers_it_lacks(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, "/")
    page.get_by_role("tab", name="Template").click()
    page.locator("#template").select_option("overview")
    page.get_by_role("button", name="Make the film").click()
    lacking = page.locator("#questions .error:not([hidden])")
    assert lacking.all_inner_texts() == ["This needs an answer."] * 3
    assert page.locator("#answer-name").evaluate("field => field === document.activeElement")
    page.locator("#answer-name").fill("Kettle <b>")
    assert lacking.count() == 2
    page.locator("#answer-promise").fill("It boils water on any stove.")
    page.locator("#answer-features input").first.fill("It whistles")
    page.locator("#answer-features ~ div").get_by_role("button", name="Add one").click()
    page.locator("#answer-features .entry").nth(1).locator("input").first.fill("It is made of steel")
    assert lacking.count() == 0
    page.get_by_label("Draft first").check()
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url("**/tasks/task_*")
    reaches(page, "completed")
    assert "Kettle <b>" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("button", name="Make the film").is_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return page.evaluate("() => document.activeElement.id || document.activeElement.textContent.trim()")


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            ring = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none" or wanted == "file"
            return
    raise AssertionError(f"no way by Tab to {wanted}")


def test_the_keyboard_is_enough_to_make_a_film_and_to_play_it(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, "/")
    page.locator("#themes input").first.wait_for(state="attached")
    press(page, "Tab")
    assert focused(page) == "Skip to the page"
    press(page, "Enter")
    tab_to(page, "tab-file")
    press(page, "ArrowRight")
    assert focused(page) == "tab-text"
    tab_to(page, "text")
    page.keyboard.insert_text(DOCUMENT)
    tab_to(page, "accent-blue")
    press(page, "ArrowRight")
    tab_to(page, "theme-midnight")
    press(page, "ArrowLeft")
    tab_to(page, "draft")
    press(page, "Space")
    tab_to(page, "make")
    press(page, "Enter")
    page.wait_for_url("**/tasks/task_*")
    reaches(page, "completed")
    asked = server.get(f"/api/tasks/{page.url.rpartition('/')[2]}").json()["input"]
    assert (asked["accent"], asked["theme"], asked["draft"]) == ("cyan", "ember", True)
    page.locator("video").wait_for()
    page.locator("video").focus()
    press(page, "Space")
    page.locator("video").evaluate(
        "async v => { while (v.paused || v.currentTime < 0.2) await new Promise(go => requestAnimationFrame(go)); }"
    )


def test_the_library_finds_plays_compares_and_deletes(server: Server, open_page: OpenPage) -> None:
    first = server.built(text=DOCUMENT, name="pot one", draft=True)["id"]
    second = server.built(text=DOCUMENT.replace("half an hour", "a whole day"), name="pot two", draft=True)["id"]
    page = open_page(server, "/library")
    page.get_by_label("Search").fill("pot")
    card = page.locator(".film")
    page.locator("#found", has_text="2 films found").wait_for()
    assert card.count() == 2
    page.reload()
    page.locator("#found", has_text="2 films found").wait_for()
    card.first.get_by_role("button", name="Play Kettles").click()
    page.locator("dialog video").wait_for()
    plays(page)
    press(page, "Escape")
    page.locator("dialog").wait_for(state="detached")
    for at in (0, 1):
        card.nth(at).get_by_role("checkbox").check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url(f"**/compare?a={first}&b={second}")
    page.locator("#summary", has_text="1 scene differs").wait_for()
    changed = page.locator("#pairs li[data-changed=true]")
    assert changed.count() == 1
    assert "picture" in changed.locator(".verdict").inner_text()
    # both play from where this scene begins in each
    changed.get_by_role("button", name=re.compile("Play both")).click()
    page.evaluate(
        """async () => {
            const [one, other] = document.querySelectorAll("video");
            const frame = () => new Promise(go => requestAnimationFrame(go));
            while (one.currentTime < 1 || one.paused) await frame();
            while (Math.abs(one.currentTime - other.currentTime) > 0.3) await frame();
        }"""
    )
    page.goto("/library?q=pot")
    card.first.get_by_role("button", name="Delete Kettles").click()
    page.get_by_role("button", name="Delete it").click()
    page.locator("#found", has_text="is deleted").wait_for()
    assert card.count() == 1
    assert server.get(f"/api/tasks/{second}").status_code == 404
    page.get_by_label("Search").fill("no such film")
    page.get_by_text("Nothing like that here").wait_for()


def test_the_library_shows_more_when_it_is_asked(serve: Serve, open_page: OpenPage, tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "many")
    repository = home_of(str(studio.folder / "build")).repository()
    for number in range(30):
        made = new_task(InputConfig(project="talk"), this_user(), name=f"film-{number:02}")
        repository.save(made.model_copy(update={"status": "completed"}))
    page = open_page(serve(studio=studio), "/library")
    page.locator(".film").nth(23).wait_for()
    assert page.locator(".film").count() == 24
    page.get_by_role("button", name="Show more").click()
    page.locator(".film").nth(29).wait_for()
    assert page.locator(".film h2").all_inner_texts() == [f"film-{number:02}" for number in reversed(range(30))]
    assert page.get_by_role("button", name="Show more").is_hidden()
    # whoever uses the keyboard goes on where the new ones begin
    assert focused(page) == "film-05"


def test_who_stands_on_a_link_of_the_dashboard_stays_there(
    server: Server, talk: dict[str, Any], open_page: OpenPage
) -> None:
    page = open_page(server, "/dashboard")
    link = page.locator("#queue a").first
    link.focus()
    link.evaluate("link => { link.dataset.before = 'yes' }")
    page.locator("#queue a:not([data-before])").first.wait_for()  # it was looked at once more
    assert page.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")


def test_the_share_that_is_made_never_goes_back(server: Server, talk: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page(server, "/login")
    events = [each["data"] for each in server.follow(talk["id"])[:-1]]
    shares = page.evaluate(
        """async events => {
            const { folded, share } = await import("/static/fold.js");
            let view = { status: "pending", stages: [] };
            return events.map(event => share(view = folded(view, event)));
        }""",
        events,
    )
    assert shares == sorted(shares)
    assert shares[0] == 0 < shares[len(shares) // 2] < 1 == shares[-1]


def test_a_token_signs_in_and_leads_back(serve: Serve, open_page: OpenPage, complaints: Complaints) -> None:
    complaints.expected = ("Failed to load resource",)
    token = "a-token-of-more-than-20-characters"
    server = serve(VIDEOGEN_TOKEN=token)
    page = open_page(server, "/library?q=x")
    page.wait_for_url("**/login?next=*")
    page.get_by_label("Token").fill("a-token-that-is-nobody's")
    page.get_by_role("button", name="Sign in").click()
    page.locator("#token-error", has_text="not known").wait_for()
    page.get_by_label("Token").fill(token)
    press(page, "Enter")
    page.wait_for_url("**/library?q=x")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login")
    page.goto("/library")
    page.wait_for_url("**/login?next=*")
    for elsewhere in ("/.//stranger.example/x", "//stranger.example", "https://stranger.example"):
        page.goto(f"/login?next={elsewhere}")
        page.get_by_label("Token").fill(token)
        press(page, "Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        assert page.url.startswith(server.url), elsewhere


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    server: Server, talk: dict[str, Any], open_page: OpenPage, complaints: Complaints, mode: Any
) -> None:
    complaints.expected = ("Failed to load resource",)  # of the task that there is not
    page = open_page(server, "/", color_scheme=mode, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    shown = {
        "/": "#themes input",
        f"/tasks/{talk['id']}": "video",
        "/tasks/task_000000000000": ".notice",
        "/library": ".film",
        f"/compare?a={talk['id']}&b={talk['id']}": "#pairs li[data-changed]",
        "/dashboard": "#figures dd",
        "/login": "#token",
        "/nowhere": ".empty",
    }
    found: dict[str, list[str]] = {}
    for path, sign in shown.items():
        page.goto(path)
        page.locator(sign).first.wait_for(state="attached")
        found[path] = serious(page)
        # nothing is wider than the phone
        assert page.evaluate("() => document.documentElement.scrollWidth") == 390, path
    page.goto("/")
    page.get_by_role("tab", name="Template").click()
    page.locator("#questions textarea").first.wait_for()
    found["template"] = serious(page)
    assert {path: each for path, each in found.items() if each} == {}
