"""A dialogue as a film: who speaks what, what is made again, and what is refused before anything is spoken."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from studio import Studio

TALK = """\
title: Talk
voice: "draft:"
output: {resolution: 480p, fps: 24}
captions: {burned: words}
speakers:
  Ana: "draft:"
  Ben: {voice: "draft:", rate: 1.2}
scenes:
  - id: one
    kind: title
    content: {title: One}
    narration: |
      Ana: Every result is a file, and it stands in a folder.
      Ben: And every [emphasis file] knows its inputs. [pause 1s]
  - id: two
    kind: title
    content: {title: Two}
    narration: Nobody in particular says that this is all there is to it.
"""


@pytest.fixture
def talk(fresh: Callable[..., Studio]) -> Studio:
    studio = fresh(TALK)
    outcome = studio.video_gen("create", "talk")
    assert outcome.code == 0, outcome.err
    assert outcome.err.count("emphasis is not heard") == 1
    return studio


def test_captions_and_transcript_tell_who_speaks_and_show_no_mark(talk: Studio) -> None:
    srt = (talk.film / "talk.en.srt").read_text()
    assert "ANA: Every result is a file" in srt
    assert "BEN: And every file knows its inputs." in srt
    transcript = (talk.film / "talk.en.transcript.md").read_text()
    assert "**Ana:** Every result is a file, and it stands in a folder." in transcript
    assert "**Ben:** And every file knows its inputs." in transcript
    assert "**0:0" in transcript
    for text in (srt, transcript):
        assert "[" not in text
    report = json.loads((talk.film / "report.json").read_text())
    captions = [finding for finding in report["findings"] if finding["check"] == "captions"]
    assert [finding["level"] for finding in captions] == ["pass"]
    said = json.loads((talk.film / "one" / "timing.json").read_text())["words"]
    assert "Ana" not in " ".join(word["text"] for word in said)


def test_only_what_a_change_touches_is_made_again(talk: Studio) -> None:
    talk.edit("rate: 1.2", "rate: 1.3")
    ran = talk.video_gen("create", "talk").ran
    assert "audio:talk/en/one" in ran
    assert "audio:talk/en/two" not in ran
    talk.project.write_text(talk.project.read_text().replace("Ana:", "Anna:"))
    ran = talk.video_gen("create", "talk").ran
    assert "audio:talk/en/one" not in ran, "a name is not spoken"
    assert "captions:talk/en/one" in ran
    assert "captions:talk/en/two" not in ran
    assert "ANNA: Every" in (talk.film / "talk.en.srt").read_text()
    talk.edit("speakers:\n", 'speakers:\n  Zoe: "draft:"\n')
    assert not {name for name in talk.video_gen("create", "talk").ran if name.startswith(("audio", "captions", "seg"))}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            'Ben: {voice: "draft:"',
            'Ben: {voice: "hibari:hart"',
            'talk.yaml:7:8: speaker "Ben": unknown voice "hibari:hart"',
        ),
        (
            "  - id: two\n",
            "  - id: two\n    voice: edge:de-DE-KatjaNeural\n",
            'talk.yaml:16:12: scene "two": the voice',
        ),
        ("  - id: two\n", "  - id: two\n    voice: nobody\n", 'talk.yaml:16:12: scene "two": unknown voice "nobody"'),
        ("languages", "languages", ""),
    ],
)
def test_a_voice_that_cannot_be_used_is_refused_where_it_is_named(
    fresh: Callable[..., Studio], before: str, after: str, told: str
) -> None:
    if not told:
        studio = fresh(
            TALK.replace("speakers:\n", "languages: [tlh]\nspeakers:\n").replace('Ana: "draft:"', "Ana: female")
        )
        told = 'talk.yaml:7:8: speaker "Ana": no female voice speaks "tlh"'
    else:
        studio = fresh(TALK.replace(before, after))
    for command in ("validate", "create"):
        outcome = studio.video_gen(command, "talk")
        assert outcome.code == 2
        assert told in outcome.err, outcome.err
    assert not studio.film.exists()


def test_a_draft_has_no_voice_whoever_is_named(fresh: Callable[..., Studio]) -> None:
    studio = fresh(TALK.replace('"draft:"', "female").replace("  - id: two\n", "  - id: two\n    voice: male\n"))
    outcome = studio.video_gen("create", "talk", "--draft")
    assert outcome.code == 0, outcome.err
    manifest = json.loads((studio.folder / "build/talk.draft/talk/en/manifest.json").read_text())
    assert {voice for scene in manifest["scenes"] for voice in scene["voices"]} == {"draft:"}
