"""What came of a build, for a program and for a notebook."""

from __future__ import annotations

import base64
import html
import io
import os
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal

from videogen.build.artifacts import FILM_ENDS, ends_of, film_files, type_of
from videogen.build.plan import read_json
from videogen.model.task import Task
from videogen.tasks.home import Home
from videogen.tasks.view import view_of

Status = Literal["success", "partial", "failed", "cancelled", "paused"]
"""partial: the films are there, but the checks found something that must be mended."""

_WIDTH, _ACROSS, _MOST = 240, 4, 24
"""Pixels of a picture on a contact sheet, pictures in a row, and pictures at most."""


@dataclass(frozen=True, repr=False)
class PipelineResult:
    """What came of a build."""

    task_id: str
    status: Status
    videos: tuple[Path, ...] = ()
    artifacts: tuple[dict[str, Any], ...] = ()
    """Files that its builds made, and the films with what belongs to them, also where those were there already: `path`,
    `type`, `stage`, `size_bytes`, `created_at`."""
    metadata: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    """Counts of targets by outcome, and `stages`: seconds by stage."""
    errors: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    execution_time_seconds: float = 0.0

    def __repr__(self) -> str:
        """In one line; `to_dict` has everything."""
        films = ", ".join(map(str, self.videos)) or "no film"
        wrong = "".join(f"; {each['error']}" for each in self.errors)
        return f"<{type(self).__name__} {self.task_id}: {self.status}, {films}{wrong}>"

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "task_id": self.task_id,
            "status": self.status,
            "videos": [str(each) for each in self.videos],
            "artifacts": list(self.artifacts),
            "metadata": self.metadata,
            "metrics": self.metrics,
            "errors": list(self.errors),
            "warnings": list(self.warnings),
            "execution_time_seconds": self.execution_time_seconds,
        }

    def contact_sheet(self) -> bytes | None:
        """A JPEG of the scenes' last pictures of the first film, in order; None where there is none."""
        pictures = _pictures(self.videos[0]) if self.videos else []
        return _sheet(pictures[:_MOST]) if pictures else None

    def _repr_html_(self) -> str:
        """How a notebook shows it: the first film, and its scenes."""
        parts = [f"<p>{html.escape(self.task_id)}: {self.status}</p>"]
        for video in self.videos[:1]:
            path = html.escape(os.path.relpath(video).replace(os.sep, "/"), quote=True)
            parts.append(f'<video controls preload="metadata" width="640" src="{path}"></video>')
        if sheet := self.contact_sheet():
            parts.append(f'<img alt="the scenes" src="data:image/jpeg;base64,{base64.b64encode(sheet).decode()}">')
        parts += [f"<p>{html.escape(str(each['error']))}</p>" for each in self.errors]
        return "\n".join(parts)


def result_of(home: Home, task: Task) -> PipelineResult:
    """What came of a task."""
    view = view_of(home, task)
    outcome = task.result or {}
    status: Status = "failed"
    if task.status == "completed":
        status = "success" if outcome.get("passed", True) else "partial"
    elif task.status in ("cancelled", "paused"):
        status = task.status
    return PipelineResult(
        task_id=task.id,
        status=status,
        videos=tuple(Path(each) for each in outcome.get("videos", ())),
        artifacts=artifacts_of(view),
        metadata=view["metadata"],
        metrics={
            **outcome.get("counts", {}),
            "stages": {stage["name"]: round(stage["duration_seconds"], 3) for stage in view["stages"]},
        },
        errors=(task.error,) if task.error else (),
        warnings=(*outcome.get("findings", ()), *(each for stage in view["stages"] for each in stage["warnings"])),
        execution_time_seconds=float(outcome.get("seconds", 0.0)),
    )


def _planned(video: str) -> dict[str, str]:
    """A film and what belongs to it, without what an earlier plan has left there, such as another format."""
    build = os.path.dirname(os.path.dirname(os.path.dirname(video)))
    stem = os.path.basename(video).removesuffix(".mp4")
    films = [film for film in read_json(os.path.join(build, "plan.json")).get("videos", ()) if film["file"] == stem]
    left = [end for end in FILM_ENDS if films and end not in ends_of(films[0])]
    return {
        path: stage
        for path, stage in film_files(video).items()
        if not path.endswith(tuple(f"{stem}{end}" for end in left))
    }


def artifacts_of(view: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The files that there are of a task, of which `view` is what every face shows."""
    made = [{**each, "stage": stage["name"]} for stage in view["stages"] for each in stage["artifacts"]]
    known = {each["path"] for each in made}
    outcome: dict[str, Any] = view["result"] or {}
    there = [
        (path, stage, os.stat(path))
        for video in outcome.get("videos", ())
        for path, stage in _planned(video).items()
        if path not in known
    ]
    return (
        *made,
        *(
            {
                "path": path,
                "type": type_of(path),
                "size_bytes": stat.st_size,
                "created_at": _moment(stat.st_mtime),
                "stage": stage,
            }
            for path, stage, stat in there
        ),
    )


def _moment(seconds: float) -> str:
    """UTC, as it is written down."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _pictures(video: Path) -> list[Path]:
    """The last picture of each scene of a film, in order."""
    import json

    try:
        scenes = json.loads((video.parent / "timeline.json").read_bytes())["scenes"]
    except (OSError, ValueError, KeyError):
        return []
    found = [video.parent / str(scene["id"]) / "final.png" for scene in scenes]
    return [each for each in found if each.exists()]


def _sheet(pictures: list[Path]) -> bytes:
    from PIL import Image

    shown: list[Image.Image] = []
    for path in pictures:
        with closing(Image.open(path)) as picture:  # its own `with` has no type
            height = max(round(_WIDTH * picture.height / picture.width), 1)
            shown.append(picture.convert("RGB").resize((_WIDTH, height)))
    high = max(each.height for each in shown)
    rows = -(-len(shown) // _ACROSS)
    sheet = Image.new("RGB", (_WIDTH * min(len(shown), _ACROSS), high * rows))
    for at, each in enumerate(shown):
        sheet.paste(each, (at % _ACROSS * _WIDTH, at // _ACROSS * high))
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=85)
    return written.getvalue()
