"""A film as long as somebody asks for."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from videogen.inputs.markdown import parse_markdown
from videogen.model.project import Document, Project, VideoConfig
from videogen.model.script import VideoScript
from videogen.script.write import OFF, write_script

SAYS = (
    "It reads the files of a folder, and it writes a page for each of them.",
    "A page that has not changed is left alone, so that a second run takes no time.",
    "Every rule is a line of text, which anybody can read and change.",
    "The cache lies beside the sources, and can be removed at any time.",
)
SECTIONS = (
    "Installation",
    "Usage",
    "Why another tool",
    "Features",
    "How it works",
    "Configuration",
    "Caching",
    "Themes",
)
LONG = "# Kiln\n\nKiln is a small tool that bakes pages from text.\n\n" + "\n\n".join(
    f"## {title}\n\n" + " ".join(SAYS[(at + n) % 4].replace("It", f"Kiln, step {n + 1},") for n in range(3))
    for at, title in enumerate(SECTIONS)
)


def script(text: str, duration: float | None) -> VideoScript:
    video = VideoConfig(id="kiln", document=Document(path="kiln.md", text=text), duration=duration)
    assert video.document is not None
    return write_script(parse_markdown(video.document, video), video)


ALL = script(LONG, 3600)
WHOLE = ALL.estimated_duration


@settings(deadline=None, max_examples=15)
@given(share=st.floats(0.25, 0.95))
@example(share=0.3047)  # nearest with a summary is too far off
@example(share=0.4140625)
def test_a_text_with_enough_to_say_is_as_long_as_asked(share: float) -> None:
    asked = round(share * WHOLE, 1)
    made = script(LONG, asked)
    assert abs(made.estimated_duration - asked) <= OFF * asked
    assert not made.validation_warnings
    # nothing is cut: every scene is one that the film of all has, but for the opening and the summary
    whole = {scene.id: scene.narration for scene in ALL.scenes}
    for scene in made.scenes:
        if scene.kind not in ("title", "outro"):
            assert scene.narration == whole[scene.id]


def test_the_same_is_chosen_every_time() -> None:
    assert script(LONG, 60) == script(LONG, 60)


def test_a_text_with_too_little_to_say_is_told() -> None:
    made = script("# Kiln\n\nKiln is a small tool that bakes pages from text.", 300)
    (said,) = made.validation_warnings
    assert said.endswith("which is less than the 300 s of `duration`")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("90", 90), (75, 75), ("2m30s", 150), ("1.5 min", 90), ("2m", 120)],
)
def test_how_it_is_written(written: str | int, seconds: float) -> None:
    assert Project.model_validate({"source": "a.md", "duration": written}).duration == seconds


@pytest.mark.parametrize("written", ["soon", "", "s", "9", "2h", -5, 4000])
def test_what_is_no_duration(written: str | int) -> None:
    with pytest.raises(ValueError, match="duration"):
        Project.model_validate({"source": "a.md", "duration": written})
