"""Events as lines for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def line_of(event: Mapping[str, Any]) -> str:
    """What an event says, with its time of day here; empty for one that says nothing new."""
    kind = event["event"]
    if kind == "TaskCreated":
        said = f"begun: {event['input']}"
    elif kind == "StageComplete":
        said = f"{event['how']:8} {event['name']}" + (f"  {event['seconds']:.2f} s" if event["seconds"] else "")
    elif kind == "StageError":
        name = f"{event['name']}: " if event["name"] else ""
        said = f"error: {name}{event['error'].get('shown') or event['error']['error']}"
    elif kind == "Warned":
        said = f"warning: {event['name'] + ': ' if event['name'] else ''}{event['message']}"
    elif kind == "TaskCompleted":
        said = f"completed in {event['seconds']:.1f} s: {', '.join(event['videos'])}"
    elif kind == "TaskFailed":
        said = f"{'stopped' if event['interrupted'] else 'failed'} after {event['seconds']:.1f} s"
    elif kind == "TaskPaused":
        said = f"paused after {event['seconds']:.1f} s"
    else:
        return ""
    return f"{_time_of_day(event.get('time', ''))}  {said}"


def _time_of_day(time: str) -> str:
    try:
        # "Z" is read since Python 3.11 only
        return datetime.fromisoformat(time.replace("Z", "+00:00")).astimezone().strftime("%H:%M:%S")
    except ValueError:
        return time[11:19]
