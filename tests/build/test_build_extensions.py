"""Voice engines and scene kinds of other packages: what becomes stale when one comes, and when it is edited."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from studio import Outcome, Studio

from videogen.build.environment import environment, sources

ENGINE = """\
from videogen.voices.draft import Draft
from videogen.voices.engine import VoiceInfo


class Hum(Draft):
    name = "hum"

    def voices(self):
        return [VoiceInfo("hum:low", "en", "", "a hum", True)]

    def speak(self, words, voice, rate):
        return super().speak(words, voice, rate * 1.0)


ENGINE = Hum()
"""
KIND = """\
from videogen.scenes.section import EXAMPLE, layout
from videogen.scenes.elements import SceneKind
from videogen.model.kinds import Section

KIND = SceneKind("stage", Section, layout, EXAMPLE)
"""
POINTS = "[videogen.voices]\nhum = acme_hum.engine:ENGINE\n\n[videogen.scene_kinds]\nstage = acme_hum.kind:KIND\n"


@dataclass(frozen=True)
class Acme:
    """A package of somebody else, installed so that its source can be edited."""

    studio: Studio
    folder: Path

    def install(self) -> None:
        package, metadata = self.folder / "acme_hum", self.folder / "acme_hum-1.0.dist-info"
        package.mkdir(parents=True)
        metadata.mkdir()
        (package / "__init__.py").write_text("")
        (package / "engine.py").write_text(ENGINE)
        (package / "kind.py").write_text(KIND)
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-hum\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(POINTS)

    def edit(self, file: str, before: str, after: str) -> None:
        path = self.folder / "acme_hum" / file
        text = path.read_text()
        assert text.count(before) == 1
        path.write_text(text.replace(before, after))

    def create(self) -> Outcome:
        # a folder of its own on the path, as an editable installation gives
        program = f"import sys; sys.path.append({str(self.folder)!r}); from doit.__main__ import main; main()"
        return self.studio.run(sys.executable, "-c", program, "create", "project=talk")


@pytest.fixture
def acme(studio: Studio, tmp_path: Path) -> Acme:
    return Acme(studio, tmp_path / "acme")


@pytest.mark.parametrize("name", ["rules.py", "table.json", "face.otf", "deeper/rules.py"])
def test_every_file_that_decides_is_seen(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("one")
    before = environment([str(tmp_path)])
    assert environment([str(tmp_path)]) == before
    (tmp_path / name).write_text("other")
    assert environment([str(tmp_path)]) != before
    assert [str(tmp_path / name)] == list(sources(str(tmp_path)))


def test_an_engine_installed_later_has_the_voices_chosen_again_and_nothing_made(acme: Acme) -> None:
    assert acme.create().ran == set()
    acme.install()
    assert acme.create().ran == {"source", "script", "plan"}
    assert acme.create().ran == set()


def test_an_edited_engine_speaks_its_scenes_again(acme: Acme) -> None:
    acme.install()
    acme.studio.edit('voice: "draft:"', "voice: hum")
    assert "audio:talk/en/rules" in acme.create().made
    assert acme.create().tasks == {}
    acme.edit("engine.py", "rate * 1.0", "rate * 1.5")
    outcome = acme.create()
    assert {name for name in outcome.made if name.startswith("audio:")} == {
        f"audio:talk/en/{scene}" for scene in ("opening", "rules", "closing")
    }
    assert not [name for name in outcome.ran if name.startswith("frames:")]
    assert acme.create().tasks == {}


def test_an_edited_kind_is_drawn_again_and_no_other(acme: Acme) -> None:
    acme.install()
    acme.studio.edit("kind: outro\n    content: {main_text: That is all}", "kind: stage\n    content: {title: The end}")
    assert "frames:talk/en/closing" in acme.create().made
    acme.edit("kind.py", "EXAMPLE)", "EXAMPLE, cover=True)")
    outcome = acme.create()
    assert outcome.code == 0, outcome.err
    assert {name for name in outcome.made if name.startswith(("frames:", "audio:"))} == {"frames:talk/en/closing"}
