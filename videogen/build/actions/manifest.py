"""What a film was made of: a task of its own, so that a film of which nothing changed but its places in a document is
not made again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from videogen.build.actions import Paths, load
from videogen.build.state import HASHES
from videogen.model.film import FilmFormat
from videogen.model.script import Origin, VideoScript
from videogen.model.timing import Timing


def manifest(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """A film, its script and where that came from -> `manifest.json`."""
    from videogen.scenes.typefaces import font_files, stand_ins
    from videogen.video.manifest import Licensed, SceneFact
    from videogen.video.manifest import manifest as made

    written, origin = load(VideoScript, inputs["script"]), load(Origin, inputs["origin"])
    fmt, timeline = load(FilmFormat, inputs["format"]), json.loads(Path(inputs["timeline"]).read_bytes())
    timings = {scene.id: load(Timing, inputs[f"{scene.id}/timing.json"]) for scene in written.scenes}
    shown = "".join(scene.content.model_dump_json() for scene in written.scenes)
    named = json.loads(Path(inputs["source"]).read_bytes())["inputs"]
    facts = made(
        video=written.video_id,
        language=written.language,
        title=written.title,
        format=fmt,
        frames=timeline["frames"],
        # a document may stand anywhere; the manifest does not say where this machine keeps it
        inputs={"/".join(part for part in path.split("/") if part != ".."): Path(path) for path in named},
        outputs={name: Path(inputs[role]) for role, name in params["files"].items()},
        scenes=[
            SceneFact(
                id=one["id"],
                start=round(one["start"] / fmt.fps, 6),
                seconds=round(one["frames"] / fmt.fps, 6),
                voices=list(timings[one["id"]].voices),
                source=origin.scenes.get(one["id"]),
            )
            for one in timeline["scenes"]
        ],
        timings=timings.values(),
        answered=written.metadata.get("ai"),
        translation=written.metadata.get("translation"),
        music=Licensed(
            name=os.path.basename(inputs["music"]),
            licence=params["licence"] or "unknown",
            sha256=HASHES.state(inputs["music"])[2],
        )
        if "music" in inputs
        else None,
        fonts=[
            Licensed(name=font.stem, licence=licence, sha256=HASHES.state(str(font))[2])
            for font, licence in (
                *((font, "OFL-1.1") for font in font_files()),
                *stand_ins(shown, written.language),
            )
        ],
    )
    Path(outputs["manifest"]).write_bytes(facts.to_json())
