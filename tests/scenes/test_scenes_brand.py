from __future__ import annotations

import pytest
from PIL import Image

from videogen.inputs.parse import parse
from videogen.inputs.source import read_source
from videogen.model.errors import ValidationError
from videogen.model.kinds import Title
from videogen.scenes.themes import look_of
from videogen.script.write import write_script

BRAND = """\
logo: logo.png
theme: slate
accent: green
colours:
  accents: {blue: "#0a4a9f"}
fonts: {display: serif-bold}
overrides: {corner: 0, decor: waves}
chrome: {number: true, speaker: Ada}
intro:
  kind: title
  content: {title: Acme presents}
  narration: Acme presents.
outro:
  kind: outro
  content: {main_text: acme.example}
  narration: Find us at acme dot example.
"""
PROJECT = "brand: kit/brand.yaml\nsource: a.md\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "kit").mkdir()
    Image.new("RGBA", (400, 100), (250, 20, 30, 255)).save(tmp_path / "kit/logo.png")
    (tmp_path / "kit/brand.yaml").write_text(BRAND)
    (tmp_path / "a.md").write_text("# A tool\n\nA tool that makes something of text.\n\n## Use\n\nRun it and look.\n")
    (tmp_path / "p.yaml").write_text(PROJECT)
    return tmp_path / "p.yaml"


def video(project):
    return read_source(project, project.parent).config.videos[0]


def refusal(project):
    with pytest.raises(ValidationError) as caught:
        look_of(video(project), project.parent)
    return caught.value.line()


def test_a_brand_gives_a_film_its_look_its_logo_and_its_frame(project):
    look = look_of(video(project), project.parent)
    assert (look.theme.name, look.accent, look.theme.corner, look.theme.decor) == ("slate", "green", 0, "waves")
    assert (look.theme.accents.blue, look.theme.fonts.display) == ("#0a4a9f", "serif-bold")
    assert (look.chrome.watermark, look.chrome.number, look.chrome.speaker) == ("kit/logo.png", True, "Ada")
    script = write_script(parse(video(project)), video(project))
    assert [script.scenes[0].id, script.scenes[-1].id] == ["brand-intro", "brand-outro"]
    assert len(script.scenes) > 3
    assert {"kit/brand.yaml", "kit/logo.png"} <= set(read_source(project, project.parent).config.inputs)


def test_what_a_project_says_comes_before_its_brand(project):
    project.write_text(PROJECT + "theme: paper\naccent: pink\nchrome: {number: false, watermark: Ours}\n")
    look = look_of(video(project), project.parent)
    assert (look.theme.name, look.accent, look.chrome.number, look.chrome.watermark) == ("paper", "pink", False, "Ours")
    assert look.chrome.speaker == "Ada"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("logo: logo.png", "logo: none.png", 'kit/brand.yaml:1:7: there is no picture "kit/none.png"'),
        ("logo: logo", "lgoo: logo", 'kit/brand.yaml:1:1: unknown key "lgoo"; did you mean "logo"?'),
        ("theme: slate", "theme: slaet", 'unknown theme "slaet"; did you mean "slate"?'),
        ('"#0a4a9f"', '"#9fc0f0"', "kit/brand.yaml:5:13: accents.blue: #9fc0f0 on background 1"),
        ("corner: 0", "cornr: 0", 'unknown key "cornr"; did you mean "corner"?'),
        ("serif-bold", "comic", "kit/brand.yaml:6:9: fonts.display"),
        ("title: Acme presents", "titel: Acme", 'kit/brand.yaml:11:13: unknown key "titel"'),
        ("  narration: Acme presents.\n", "", "this scene has no narration"),
    ],
)
def test_mistakes_in_a_brand_are_told_in_place(project, old, new, said):
    file = project.parent / "kit/brand.yaml"
    assert old in BRAND
    file.write_text(BRAND.replace(old, new, 1))
    assert said in refusal(project)


def test_a_brand_runs_no_command_that_the_project_does_not_allow(project, monkeypatch):
    monkeypatch.setattr(Title, "runs", lambda content: ["ls"])
    said = refusal(project)
    assert said.startswith("kit/brand.yaml:11:")
    assert "this scene runs a command, which the project does not allow" in said
