"""How groups move, in the manner of the theme."""

from __future__ import annotations

from itertools import chain

from videogen.model.motion import Easing, Move
from videogen.model.theme import Look, MotionStyle
from videogen.scenes.elements import Group

_STYLES: dict[MotionStyle, tuple[float, float, Easing]] = {
    "calm": (1.0, 1.0, "out"),
    "snappy": (0.55, 0.7, "out"),
    "lively": (1.25, 1.6, "back"),
}
"""Share of a layout's duration, share of its way, and easing."""
_SHORTEST, _LONGEST = 0.15, 0.6
"""Seconds that an entrance takes: shorter ones are not seen, longer ones are waited for."""
_ZOOM = 0.3
"""Seconds that a zoom takes at least: where it goes is not seen otherwise."""


def moves_of(group: Group, look: Look) -> list[Move]:
    """A group's entrance and, if it leaves, its exit. Nothing moves or fades where motion is reduced, but what is
    typed is still typed."""
    assert group.cue is not None
    typed = group.steps > 0
    duration, dx, dy, easing = group.duration, group.dx, group.dy, "linear" if typed else "out"
    delay, exit_seconds, zoom, gone_zoom = group.delay, group.gone_duration, group.zoom, group.gone_zoom
    if not typed and look.still:
        duration, dx, dy, exit_seconds = 0.0, 0, 0, 0.0
        # a cut from view to view, with nothing seen between them
        delay = 0.0 if zoom else delay
        zoom = gone_zoom = None
    elif not typed:
        pace, way, easing = _STYLES[look.theme.motion]
        if group.reveal:
            easing = "out"
        if duration:
            duration = min(max(duration * pace, _SHORTEST), max(_LONGEST, duration))
        dx, dy = round(dx * way), round(dy * way)
        if zoom:
            duration, easing = max(duration, _ZOOM), "in_out"
    enters = Move(
        layer=group.id,
        cue=group.cue,
        delay=delay,
        duration=round(duration, 4),
        dx=dx,
        dy=dy,
        easing=easing,
        reveal=group.reveal,
        steps=group.steps,
        until=group.until,
        zoom=zoom,
    )
    if group.gone is None:
        return [enters]
    back = [
        (
            Move(layer=group.id, cue=group.cue, delay=comes, duration=0.0),
            Move(layer=group.id, cue=group.cue, effect="exit", delay=goes, duration=0.0),
        )
        for comes, goes in group.again
    ]
    return [
        enters,
        Move(
            layer=group.id,
            cue=group.gone,
            effect="exit",
            delay=group.gone_delay,
            duration=exit_seconds,
            easing="in_out" if gone_zoom else "out",
            until=group.until,
            zoom=gone_zoom,
        ),
        *chain.from_iterable(back),
    ]
