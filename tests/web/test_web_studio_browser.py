"""The studio in a real Chromium, as somebody writes in it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studio import PROJECT, Studio
from web.browser import Complaints, OpenPage, serious
from web.conftest import Server, serving
from web.edited import hosted, server

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["hosted", "server"]  # fixtures

REFUSED = "Failed to load resource"
"""How a browser tells of an answer that says no, such as that a text cannot be drawn yet."""


PIXELS = """async () => {
    const picture = document.getElementById("picture");
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
    const digest = await crypto.subtle.digest("SHA-256", data);
    return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}"""


def expect(what: Any) -> Any:
    from playwright.sync_api import expect as expected

    expected.set_options(timeout=60_000)
    return expected(what)


def opened(open_page: OpenPage, server: Server, **options: Any) -> Page:
    """The studio of the project, its first scene drawn."""
    page = open_page(server, "/studio/talk", **{"viewport": {"width": 1440, "height": 900}, **options})
    expect(page.locator("#frame")).to_have_attribute("data-scene", "opening")
    expect(page.locator("#mistakes-title")).to_have_text("No mistakes")
    return page


def write(page: Page, before: str, after: str = "") -> None:
    """Put the cursor behind a piece of the text, and type."""
    page.evaluate(
        """piece => {
            const text = document.getElementById("text");
            const place = text.value.indexOf(piece) + piece.length;
            text.focus();
            text.setSelectionRange(place, place);
        }""",
        before,
    )
    if after:
        page.keyboard.type(after)


def drawn(page: Page, scene: str, but: str = "") -> str:
    """The digest of what a scene's picture shows, once one is there that is another than `but`."""
    shown = page.locator(f"#frame[data-scene='{scene}'][data-state='shown']")
    expect(shown).to_be_visible()
    while (found := page.evaluate(PIXELS)) == but:
        page.wait_for_timeout(50)
    expect(shown).to_be_visible()
    return found


def pixels(path: Path) -> str:
    """The same digest, of a file."""
    from PIL import Image

    return sha256(Image.open(path).convert("RGBA").tobytes()).hexdigest()


def test_an_edit_is_seen_saved_and_built_and_nothing_else_is_made(open_page: OpenPage, studio: Studio) -> None:
    with serving(studio) as server:
        page = opened(open_page, server)
        page.get_by_role("button", name="Rules bullets").click()
        before = drawn(page, "rules")
        assert before == pixels(studio.film / "rules" / "final.png")
        write(page, "Every file knows its inputs", " and outputs")
        after = drawn(page, "rules", before)
        expect(page.locator("#saved")).to_have_text("not saved yet")
        assert "and outputs" not in studio.project.read_text()
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_have_text("saved")
        assert "Every file knows its inputs and outputs]" in studio.project.read_text()
        page.get_by_role("button", name="Save and build").click()
        expect(page.locator("#state")).to_have_attribute("data-state", "completed")
        expect(page.locator("#made-news")).to_contain_text("1 scene made again")
        expect(page.locator("#made-scenes li")).to_have_count(1)
        made = page.locator("#made-scenes li[data-scene='rules']")
        expect(made).to_contain_text("picture, film")
        assert made.locator("img").evaluate("async image => { await image.decode(); return image.naturalWidth }") > 0
        assert "width=" in made.locator("img").evaluate("image => image.currentSrc")
        assert after == pixels(studio.film / "rules" / "final.png")
        heard = page.locator("#hear")
        heard.click()
        expect(heard).to_have_text("Stop")
        expect(heard).to_have_text("Hear it")
        expect(page.locator("#hear-news")).to_have_text("")


def test_what_may_stand_somewhere_is_offered_to_the_keyboard(
    open_page: OpenPage, complaints: Complaints, server: Server
) -> None:
    complaints.expected = (REFUSED,)
    page = opened(open_page, server)
    text, offers = page.locator("#text"), page.locator("#offers li")
    write(page, "title: A small film", "\nthe")
    expect(offers.first).to_contain_text("theme")
    page.keyboard.press("Enter")
    expect(offers.first).to_contain_text("aurora")  # what a theme may be is offered at once
    page.keyboard.type("pap")
    expect(offers).to_have_count(1)
    assert text.get_attribute("aria-activedescendant") == "offer-0"
    page.keyboard.press("Tab")
    assert "title: A small film\ntheme: paper\nvoice:" in text.input_value()
    expect(page.locator("#mistakes-title")).to_have_text("No mistakes")
    write(page, "kind: title", "\n")
    page.keyboard.press("Control+Space")
    labels = page.locator("#offers code").all_text_contents()
    assert {"voice", "rate", "pause_before"} <= {*labels}
    assert not {"id", "kind", "content", "narration", "min_seconds"} & {*labels}, "they are there already"
    page.keyboard.press("Escape")
    expect(page.locator("#offers")).to_be_hidden()
    for _ in range(3):
        page.keyboard.press("Control+z")
    assert text.input_value() != PROJECT
    for _ in range(30):
        page.keyboard.press("Control+z")
    assert text.input_value() == PROJECT
    expect(page.locator("#saved")).to_have_text("saved")


def test_mistakes_stand_where_they_are(open_page: OpenPage, complaints: Complaints, server: Server) -> None:
    complaints.expected = (REFUSED,)
    page = opened(open_page, server)
    write(page, "kind: bulle", "t")
    expect(page.locator("#mistakes-title")).to_have_text("1 mistake")
    row = page.locator(".line[data-bad='true']")
    expect(row).to_have_attribute("data-number", "11")
    expect(row.locator(".wrong")).to_have_text("bulletts")
    expect(row.locator(".said")).to_contain_text('did you mean "bullets"?')
    expect(page.get_by_role("button", name="Rules bulletts")).to_have_attribute("data-bad", "true")
    write(page, "title: A small film")
    page.get_by_role("button", name="Line 11").click()
    line = page.evaluate("document.getElementById('text').value.slice(0, text.selectionStart).split('\\n').length")
    assert line == 11
    page.get_by_role("button", name="That is all").click()  # another scene is seen all the same
    drawn(page, "closing")
    write(page, "kind: bullett")
    page.keyboard.press("Backspace")
    expect(page.locator("#mistakes-title")).to_have_text("No mistakes")
    expect(page.locator(".line[data-bad='true']")).to_have_count(0)


def test_the_text_is_written_and_left_by_keyboard_alone(open_page: OpenPage, server: Server) -> None:
    page = open_page(server, "/studio")
    expect(page.locator("#projects a")).to_have_count(1)
    page.locator("#name").focus()
    page.keyboard.type("Not a name")
    page.keyboard.press("Enter")
    expect(page.locator("#name-error")).to_contain_text("Use lower-case letters")
    page.keyboard.press("Control+a")
    page.keyboard.type("kettles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/studio/kettles")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#mistakes-title")).to_have_text("No mistakes")
    assert (server.studio.project.parent / "kettles.yaml").exists()
    write(page, "title: Kettles")
    page.keyboard.press("Enter")
    page.keyboard.type("accent: green")
    page.keyboard.press("Escape")
    write(page, "kind: bullets")
    page.keyboard.press("Enter")
    page.keyboard.type("min_seconds: 4")
    page.keyboard.press("Escape")
    value = page.locator("#text").input_value()
    assert "accent: green\nscenes:" in value
    assert "  - kind: bullets\n    min_seconds: 4\n    content:" in value, (
        "a new line stands below the keys of its scene"
    )
    page.keyboard.press("Tab")
    expect(page.locator("#text")).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("saved")
    assert "min_seconds: 4" in (server.studio.project.parent / "kettles.yaml").read_text()


def test_nobodys_work_is_lost(open_page: OpenPage, complaints: Complaints, server: Server) -> None:
    complaints.expected = (REFUSED,)
    page = opened(open_page, server)
    write(page, "title: A small film", " of mine")
    server.studio.project.write_text(PROJECT.replace("A small film", "A film of theirs", 1))
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("omebody has changed it meanwhile")
    assert "of theirs" in server.studio.project.read_text()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#problem")).to_contain_text("never saved")
    page.get_by_role("button", name="Bring it back").click()
    assert "title: A small film of mine" in page.locator("#text").input_value()
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("saved")
    assert "title: A small film of mine" in server.studio.project.read_text()


def test_lines_end_as_they_did_and_saves_wait_for_each_other(open_page: OpenPage, server: Server) -> None:
    server.studio.project.write_bytes(PROJECT.replace("\n", "\r\n").encode())
    page = opened(open_page, server)
    expect(page.locator("#saved")).to_have_text("saved")
    write(page, "title: A small film", " of mine")
    page.keyboard.press("Control+s")
    page.keyboard.type(" and yours")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("saved")
    assert page.get_by_role("alert").count() == 0
    text = server.studio.project.read_bytes()
    assert b"title: A small film of mine and yours\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")


def test_what_is_seen_of_the_text_is_where_the_text_is(open_page: OpenPage, server: Server) -> None:
    for width in (1440, 900, 390):
        page = opened(open_page, server, viewport={"width": width, "height": 844})
        long = "Éin sehr langer Satz über Kessel, 湯を沸かす, and سماور " * 8
        text = PROJECT.replace("That is all there is to it.", long).replace(
            "title: A small", "title: 🎬 A\u00a0small", 1
        )
        page.locator("#text").fill(text + "\n\n\n# the end " + "=" * 300)
        heights = page.evaluate(
            "[document.getElementById('text').scrollHeight, document.getElementById('behind').offsetHeight]"
        )
        assert abs(heights[0] - heights[1]) <= 1, (width, heights)
        page.evaluate("document.getElementById('text').scrollTop = 1e6")
        expect(page.locator(".line").last).to_be_in_viewport()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing(open_page: OpenPage, complaints: Complaints, server: Server, mode: str) -> None:
    complaints.expected = (REFUSED,)
    page = open_page(server, "/studio", color_scheme=mode, viewport={"width": 390, "height": 844})
    expect(page.locator("#projects a")).to_have_count(1)
    assert serious(page) == []
    page = opened(open_page, server, color_scheme=mode)
    assert serious(page) == []
    write(page, "kind: bulle", "t")
    expect(page.locator("#mistakes-title")).to_have_text("1 mistake")
    write(page, "title: A small film", "\nth")
    expect(page.locator("#offers li").first).to_be_visible()
    assert serious(page) == []
