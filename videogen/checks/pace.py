"""How fast it goes: seconds of a scene, words a minute. Pure."""

from __future__ import annotations

from videogen.checks.film import Level, Measured, Rule, outcome
from videogen.model.report import Finding

SHORTEST, LONGEST = 5.0, 40.0
SLOWEST, FASTEST = 110.0, 190.0
FEWEST_WORDS = 8
"""Below, words a minute say nothing."""
CHARACTERS = 6
"""A word is counted as this many characters of what is said, its space included: five letters are the usual word of
typing and captions. So "1.2 MB" counts as what is heard, and long words do not pass for slow speech."""

_SECONDS = Rule("scene-seconds", "5 to 40 s a scene, and what the scene itself asks for")
_WORDS = Rule(
    "words-per-minute", "110 to 190 words of six characters a minute in English (audio books are read at 150 to 160)"
)


def seconds(measured: Measured) -> list[Finding]:
    """Scenes last 5 to 40 s, besides the clip that they play, and keep their own min_seconds and max_seconds."""
    fps, failures = measured.film.format.fps, []
    lengths = [scene.placed.times.frames / fps for scene in measured.film.scenes]
    for scene, length in zip(measured.film.scenes, lengths, strict=True):
        clock, clip = scene.clock, scene.motion.clip
        plays = clip.seconds if clip else 0.0
        level: Level = "warning"
        if length < clock.min_seconds - 1 / fps:
            level, message, hint = "error", f"shorter than its min_seconds, {clock.min_seconds:g}", "build it again"
        elif length > clock.max_seconds + 1 / fps:
            message, hint = f"longer than its max_seconds, {clock.max_seconds:g}", "say less in it"
        elif length < SHORTEST and not clip:
            message, hint = "too short to take in", "say more, give it min_seconds, or join it"
        elif length - plays > LONGEST and clock.max_seconds >= 600:
            message, hint = "long for one picture", "split it into two scenes"
        else:
            continue
        failures.append(
            _SECONDS.failed(level, f"{length:.1f} s: {message}", hint=hint, scene=scene.id, measured=round(length, 3))
        )
    passed = _SECONDS.passed(f"scenes last {min(lengths):.1f} to {max(lengths):.1f} s")
    return outcome(failures, passed)


def words(measured: Measured) -> list[Finding]:
    """English is spoken at 110 to 190 words of usual length a minute, from a scene's first word to its last, without
    the pauses that it asks for."""
    if not measured.film.language.startswith("en"):
        return [_WORDS.passed("judged in English only")]
    paces, failures = [], []
    for scene in measured.film.scenes:
        said = scene.timing.words
        length = said[-1].end - said[0].start if said else 0.0
        length -= sum(seconds for word, seconds in scene.pauses if 0 < word < len(said))
        if len(said) < FEWEST_WORDS or length <= 0:
            continue
        spoken = scene.timing.spoken or " ".join(word.text for word in said)
        pace = (len(spoken) + 1) / CHARACTERS * 60 / length
        paces.append(pace)
        if not SLOWEST <= pace <= FASTEST:
            fast = pace > FASTEST
            failures.append(
                _WORDS.failed(
                    "warning",
                    f"{pace:.0f} words a minute is too {'fast' if fast else 'slow'}",
                    hint=f"set a {'lower' if fast else 'higher'} rate for the voice",
                    scene=scene.id,
                    measured=round(pace, 1),
                )
            )
    message = f"{min(paces):.0f} to {max(paces):.0f} words a minute" if paces else "too few words to judge"
    return outcome(failures, _WORDS.passed(message))
