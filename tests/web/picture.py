"""Makes the README's picture of the web studio anew: real pages of a real server, in a real browser.

    python tests/web/picture.py

The lesson is built while it is watched on a desk by day, and then shown on a phone by night.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "projects" / "studio.webp"
WIDTH, HEIGHT = 1600, 800
GROUND = (226, 232, 230)
DESK, PHONE = (1240, 790), (390, 844)


def main() -> None:
    """Write the picture."""
    sys.path[:0] = [str(ROOT / "tests")]
    from playwright.sync_api import sync_playwright
    from studio import new_studio
    from web.browser import MISSING, chromium_path
    from web.conftest import serving

    path = chromium_path()
    if path is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        studio = new_studio(Path(folder) / "studio")
        shutil.copy(ROOT / "projects" / "lesson.yaml", studio.project.with_name("lesson.yaml"))
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with serving(studio) as server:
            address = f"{server.url}tasks/{server.create(project='lesson')['id']}"
            desk = browser.new_page(viewport=dict(zip(("width", "height"), DESK, strict=True)))
            desk.goto(address)
            for scene in (1, 2, 3, 4):
                shown = f"#scene-list li:nth-child({scene}) img:not([hidden])"
                desk.locator(shown).wait_for(state="attached", timeout=300_000)
            desk.wait_for_timeout(500)
            left = desk.screenshot()
            phone = browser.new_page(
                viewport=dict(zip(("width", "height"), PHONE, strict=True)), color_scheme="dark", device_scale_factor=2
            )
            phone.goto(address)
            phone.locator(".chapters button").first.wait_for(timeout=600_000)
            phone.locator("video").evaluate("v => new Promise(go => v.readyState > 2 ? go() : v.oncanplay = go)")
            right = phone.screenshot()
        browser.close()
    composed(left, right).save(PICTURE, "WEBP", quality=80, method=6)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size} bytes")


def composed(left: bytes, right: bytes) -> Image.Image:
    """The desk behind, the phone before it."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    desk = Image.open(io.BytesIO(left)).convert("RGB")
    phone = Image.open(io.BytesIO(right)).convert("RGB")
    phone = phone.resize((round(phone.width * 0.4), round(phone.height * 0.4)), Image.Resampling.LANCZOS)
    _laid(sheet, desk.crop((0, 0, desk.width, 720)), (40, 40), 14)
    _laid(sheet, phone, (WIDTH - phone.width - 48, HEIGHT - phone.height - 48), 30)
    return sheet


def _laid(sheet: Image.Image, picture: Image.Image, at: tuple[int, int], radius: int) -> None:
    """A picture with round corners and a soft shadow."""
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), radius, fill=255)
    shadow = Image.new("L", sheet.size, 0)
    shadow.paste(mask.point(lambda value: value * 2 // 5), (at[0], at[1] + 10))
    sheet.paste((60, 66, 64), (0, 0), shadow.filter(ImageFilter.GaussianBlur(18)))
    sheet.paste(picture, at, mask)


if __name__ == "__main__":
    main()
