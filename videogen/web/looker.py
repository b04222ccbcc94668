"""A process that looks at projects: `python -m videogen.web.looker`, a line of JSON in, a line of JSON out, and
after it as many bytes as that says where the answer is a picture or a sound."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import traceback
from typing import Any

from videogen.build import preview
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, ResourceError

MEMORY = 3 << 30
"""Bytes of memory that looking at a project may take."""


def main() -> None:
    """Answer until nobody asks any more."""
    _bound_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints beside the answers
    preview.warm()
    for line in sys.stdin.buffer:
        head, body = answered(json.loads(line))
        answers.write(json.dumps(head).encode() + b"\n" + body)
        answers.flush()


def _bound_memory() -> None:
    if sys.platform == "linux":  # elsewhere this limit is not of all that is taken
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def answered(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The line that answers, and the bytes after it."""
    try:
        value = _called(asked)
    except PipelineError as error:
        return {"error": error.to_dict()}, b""
    except MemoryError:
        most = ResourceError(f"looking at this project takes more than {MEMORY >> 30} GB", hint="make it simpler")
        return {"error": most.to_dict()}, b""
    except Exception:
        traceback.print_exc()
        fault = PipelineError("this is a fault of the studio", hint="the server's log says more")
        return {"error": fault.to_dict()}, b""
    return ({"bytes": len(value)}, value) if isinstance(value, bytes) else ({"value": value}, b"")


def _called(asked: dict[str, Any]) -> Any:
    name = asked["name"]
    workspace = Workspace(name, f"projects/{name}.yaml", f"{asked['output']}/{name}", text=asked.get("text"))
    call, scene, video = asked["call"], asked.get("scene", ""), asked.get("video")
    if call == "check":
        return {**dataclasses.asdict(preview.check(workspace)), "file": workspace.file}
    if call == "picture":
        return preview.picture(workspace, scene, video, asked.get("aspect"), asked.get("moment", "final"))
    if call == "voice":
        return preview.voice(workspace, scene, video)
    return preview.commands(workspace)


if __name__ == "__main__":
    main()
