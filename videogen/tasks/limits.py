"""What one task may take. Each bound has an error of its own, which says what was exceeded and how to raise it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from videogen.model.base import Model
from videogen.model.errors import ResourceError

GROUPS: dict[str, tuple[str, ...]] = {
    "input": ("source",),
    "parsing": ("parse", "look"),
    "script": ("prompt", "ask", "script", "translate", "plan"),
    "audio": ("audio", "capture"),
    "video": ("frames", "captions", "mix", "bed", "segment", "transition", "convert"),
    "output": ("video", "manifest", "check"),
}
"""The stages of the graph whose time is bounded together."""
_GROUP = {stage: group for group, stages in GROUPS.items() for stage in stages}


class TimeLimit(ResourceError):
    """A stage took longer than it may."""

    error_code = "TIME_LIMIT"


class MemoryLimit(ResourceError):
    """The processes of a build took more memory than they may."""

    error_code = "MEMORY_LIMIT"


class DiskLimit(ResourceError):
    """What a build made takes more room than it may."""

    error_code = "DISK_LIMIT"


class InputLimit(ResourceError):
    """A document is larger than it may be."""

    error_code = "INPUT_LIMIT"


class LengthLimit(ResourceError):
    """A film would be longer than it may be."""

    error_code = "LENGTH_LIMIT"


class StageSeconds(Model):
    """Seconds that something of a group of stages may be at work."""

    input: float = Field(default=300, gt=0)
    parsing: float = Field(default=180, gt=0)
    script: float = Field(default=600, gt=0)
    audio: float = Field(default=900, gt=0)
    video: float = Field(default=3600, gt=0)
    output: float = Field(default=300, gt=0)


class Limits(Model):
    """Bounds of one task."""

    stage_seconds: StageSeconds = StageSeconds()
    memory_mb: float = Field(default=4096, gt=0, description="Of all processes of the build, in 2**20 bytes.")
    disk_gb: float = Field(default=50, gt=0, description="Of the project's build folder, in 2**30 bytes.")
    input_mb: float = Field(default=300, gt=0, description="Of the document, in 2**20 bytes.")
    video_seconds: float = Field(default=4 * 3600, gt=0, description="Planned length of one film.")


class Spent:
    """The seconds in which something of each group of stages was at work, told from a build's events as they come."""

    def __init__(self) -> None:
        self._running: dict[str, set[str]] = {group: set() for group in GROUPS}
        self._since: dict[str, float] = {}
        self._seconds: dict[str, float] = dict.fromkeys(GROUPS, 0.0)

    def start(self, stage: str, name: str, moment: float) -> None:
        """A target begins, at a moment in seconds of any clock that does not go back."""
        group = _GROUP[stage]
        if not self._running[group]:
            self._since[group] = moment
        self._running[group].add(name)

    def end(self, stage: str, name: str, moment: float) -> None:
        """A target is made, or failed."""
        group = _GROUP[stage]
        self._running[group].discard(name)
        if not self._running[group] and group in self._since:
            self._seconds[group] += moment - self._since.pop(group)

    def seconds(self, moment: float) -> dict[str, float]:
        """What each group has taken by then."""
        return {
            group: seconds + (moment - self._since[group] if group in self._since else 0.0)
            for group, seconds in self._seconds.items()
        }


def check_time(seconds: Mapping[str, float], limits: Limits) -> None:
    """Raise TimeLimit for the first group of stages that took longer than it may."""
    for group, taken in seconds.items():
        most: float = getattr(limits.stage_seconds, group)
        if taken > most:
            raise TimeLimit(
                f"the stage {group} takes longer than {most:g} s",
                hint=f"raise stage_seconds.{group}, or make less of it; what is made stays",
                details={"limit": most, "seconds": round(taken, 1), "stage": group},
            )


def check_memory(bytes_taken: int, limits: Limits) -> None:
    """Raise MemoryLimit where that is more than a build may take."""
    if bytes_taken > limits.memory_mb * 2**20:
        raise MemoryLimit(
            f"the build takes more than {limits.memory_mb:g} MB of memory",
            hint="raise memory_mb, or give it fewer jobs; what is made stays",
            details={"limit": limits.memory_mb, "mb": bytes_taken >> 20},
        )


def check_disk(bytes_taken: int, limits: Limits) -> None:
    """Raise DiskLimit where that is more than a build may leave."""
    if bytes_taken > limits.disk_gb * 2**30:
        raise DiskLimit(
            f"what is made takes more than {limits.disk_gb:g} GB",
            hint="raise disk_gb, or prune the build folder",
            details={"limit": limits.disk_gb, "gb": round(bytes_taken / 2**30, 2)},
        )


def check_input(named: str, size: int, limits: Limits) -> None:
    """Raise InputLimit where a document is larger than it may be."""
    if size > limits.input_mb * 2**20:
        raise InputLimit(
            f"{named} is larger than {limits.input_mb:g} MB",
            hint="raise input_mb, or give it in parts",
            details={"limit": limits.input_mb, "mb": size >> 20},
        )


def check_length(film: str, seconds: float, limits: Limits) -> None:
    """Raise LengthLimit where a planned film is longer than it may be."""
    if seconds > limits.video_seconds:
        raise LengthLimit(
            f"the film {film} would be {seconds:.0f} s long, more than {limits.video_seconds:g} s",
            hint="raise video_seconds, or give it a `duration`",
            details={"limit": limits.video_seconds, "seconds": round(seconds), "film": film},
        )
