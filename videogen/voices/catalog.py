"""Which voices there are, and what a name in a project means. Light: no engine does any work here."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version
from pathlib import Path

from videogen.model.errors import ValidationError
from videogen.model.points import registered
from videogen.voices.engine import Engine, Extra, VoiceInfo

GROUP = "videogen.voices"
FRIENDLY = ("male", "female", "male_warm", "female_friendly")
_ENGLISH = {
    "male": "hibari:fenrir",
    "female": "hibari:heart",
    "male_warm": "hibari:fable",
    "female_friendly": "hibari:kore",
}
_KNOWN = {
    "warm": {"edge:en-US-AndrewNeural", "edge:de-DE-FlorianMultilingualNeural", "edge:zh-CN-YunxiNeural"},
    "friendly": {
        "edge:en-US-JennyNeural",
        "edge:fr-FR-VivienneMultilingualNeural",
        "edge:pt-BR-ThalitaMultilingualNeural",
        "edge:zh-CN-XiaoxiaoNeural",
    },
}
"""Voices that their makers describe by this word, or as warm."""
_LAYOUT_ONLY = "draft"
_ENCODERS = ("av", "numpy")


@cache
def engines() -> dict[str, Engine]:
    """Engine by name, those of other packages among them, in order of their names."""
    return {point.name: point.load() for point in registered(GROUP)}


def catalog() -> list[VoiceInfo]:
    """Every voice of every engine: those that need no network first, of these the more natural ones."""
    voices = [voice for engine in engines().values() for voice in engine.voices()]
    return sorted(voices, key=lambda voice: (not voice.offline, -voice.natural))


def engine_of(voice: str) -> tuple[Engine, str]:
    """The engine that a resolved `engine:voice` names, and the voice. Raises ValidationError for an unknown engine."""
    name, _, rest = voice.partition(":")
    if name not in engines():
        raise ValidationError(f'unknown voice engine "{name}"', hint=_suggest(name, list(engines())))
    return engines()[name], rest


def resolve(voice: str, language: str) -> str:
    """The `engine:voice` that a name in a project stands for, for text in this language.

    `auto` is the best voice that works without a network, of those as good one of the very locale; a friendly name is
    a fixed choice per language; an engine alone means its first voice of the language, one that is on this machine
    before others. Raises ValidationError for an unknown name, and for a voice that does not speak the language.
    """
    if voice == "auto":
        return _auto(language)
    if voice in FRIENDLY:
        return _friendly(voice, language)
    engine, name = engine_of(voice) if ":" in voice or voice in engines() else _unknown(voice)
    if command := _needs(engine):
        raise ValidationError(f'the voice engine "{engine.name}" is not installed', hint=command)
    known = engine.voices()
    if not name:
        return _first_of(engine, known, language)
    wanted = f"{engine.name}:{name}"
    info = next((each for each in known if each.id.lower() == wanted.lower()), None)
    if info is None:
        raise ValidationError(f'unknown voice "{voice}"', hint=_suggest(wanted, [each.id for each in known]))
    if not _speaks(info, language):
        raise ValidationError(
            f'the voice "{info.id}" speaks {info.language}, but the text is in "{language}"', hint=_offer(language)
        )
    return info.id


@cache
def fingerprint(voice: str) -> str:
    """What decides how a resolved voice sounds besides the narration itself: for cache keys.

    Engine, voice, versions, and the very source and tables of this stage: no rule of reading or mastering can change
    and leave an old narration in place.
    """
    engine, name = engine_of(voice)
    encoders = " ".join(f"{package} {version(package)}" for package in _ENCODERS)
    return f"{engine.name}:{name} {engine.fingerprint()} | {encoders} | {_source_hash()}"


@cache
def _source_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in {".py", ".json"}):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _auto(language: str) -> str:
    candidates = [
        voice
        for name, engine in engines().items()
        if name != _LAYOUT_ONLY
        for voice in engine.voices()
        if voice.offline and _speaks(voice, language)
    ]
    if not candidates:
        more = "".join(f"; `{command}` may add one" for command in map(_needs, engines().values()) if command)
        raise ValidationError(f'no offline voice speaks "{language}"', hint=_offer(language) + more)
    ours = next((voice.id for voice in candidates if voice.id == _ENGLISH["female"]), None)
    return ours or max(candidates, key=lambda voice: (voice.natural, voice.language.lower() == language.lower())).id


def _friendly(name: str, language: str) -> str:
    """A voice that needs no network before others, of the very locale, else of the language's first; of these the one
    that is known for the character, else the first for a gender alone and the second, where there is one, for more."""
    if _base(language) == "en" and "hibari" in engines():
        return _ENGLISH[name]
    gender, _, character = name.partition("_")
    spoken = [v for v in catalog() if v.gender.lower() == gender and _speaks(v, language)]
    if not spoken:
        raise ValidationError(f'no {gender} voice speaks "{language}"', hint=_offer(language))
    fit = [v for v in spoken if v.offline] or spoken
    exact = [v for v in fit if v.language.lower() == language.lower()]
    fit = exact or [v for v in fit if v.language == fit[0].language]
    known = [v.id for v in fit if v.id in _KNOWN.get(character, ())]
    return [*known, fit[min(1, len(fit) - 1) if character else 0].id][0]


def _first_of(engine: Engine, known: list[VoiceInfo], language: str) -> str:
    fit = [each for each in known if _speaks(each, language)]
    if not fit:
        raise ValidationError(
            f'the engine "{engine.name}" has no voice that speaks "{language}"', hint=_offer(language)
        )
    fit.sort(key=lambda each: (not each.offline, each.language.lower() != language.lower()))
    return fit[0].id


def _needs(engine: Engine) -> str:
    """The command without which an engine has no voices, "" where it needs none."""
    return engine.needs() if isinstance(engine, Extra) else ""


def _unknown(voice: str) -> tuple[Engine, str]:
    names = ["auto", *FRIENDLY, *engines(), *(each.id for each in catalog())]
    raise ValidationError(f'unknown voice "{voice}"', hint=_suggest(voice, names))


def _speaks(voice: VoiceInfo, language: str) -> bool:
    return voice.language == "*" or _base(voice.language) == _base(language)


def _base(language: str) -> str:
    primary = language.split("-")[0].lower()
    # what is written as Norwegian is Bokmål, which is what voices are tagged with
    return "nb" if primary == "no" else primary


def _suggest(name: str, names: list[str]) -> str:
    close = get_close_matches(name.lower(), names, 1, 0.5)
    see = "`video-gen voices` lists all"
    return f'did you mean "{close[0]}"? {see}' if close else see


def _offer(language: str) -> str:
    """What to write instead."""
    fit = [v for v in catalog() if _speaks(v, language) and v.language != "*"]
    if not fit:
        return 'use "draft:" for a silent draft; `video-gen voices` lists what there is'
    network = "" if fit[0].offline else " (needs a network)"
    return f'write `voice: {fit[0].id}`{network}, or "draft:" for a silent draft'
