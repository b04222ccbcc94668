"""What works on this machine, found out by trying it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True)
class Examined:
    """One thing that was tried."""

    what: str
    ok: bool
    found: str
    advice: str = ""


def examine() -> list[Examined]:
    """Try everything that a build needs; nothing is left behind."""
    return [
        Examined("python", sys.version_info >= (3, 10), ".".join(map(str, sys.version_info[:3])), "use 3.10 or newer"),
        _try("doit", lambda: version("doit"), "pip install --force-reinstall doit"),
        _try("encoder", _encode, "pip install --force-reinstall av"),
        _try("voice", _speak, "pip install --force-reinstall hibari-tts onnxruntime"),
        _try("pictures", _draw, "pip install --force-reinstall videogen pillow"),
        _try("store", _store, "set VIDEOGEN_CACHE_DIR to a folder that can be written"),
        _try("disk", _disk, "free some space: a minute of film takes about 30 MB while it is made"),
    ]


def _try(what: str, trial: Callable[[], str], advice: str) -> Examined:
    try:
        return Examined(what, True, trial())
    except Exception as error:  # whatever is broken, the others are still worth trying
        return Examined(what, False, f"{type(error).__name__}: {error}", advice)


def _encode() -> str:
    import av

    from videogen.model.film import FilmFormat
    from videogen.video.transition import encode_transition

    with tempfile.TemporaryDirectory() as folder:
        from PIL import Image

        picture = Path(folder, "picture.png")
        Image.new("RGB", (320, 180), "#203040").save(picture)
        size = len(encode_transition(None, picture, FilmFormat(width=320, height=180, fps=30)))
    return f"libx264 in PyAV {av.__version__} made {size} bytes of film"


def _speak() -> str:
    from videogen.model.script import Narration
    from videogen.voices.catalog import resolve
    from videogen.voices.speak import speak

    voices, seconds = list[str](), 0.0
    # one voice of each engine that works without a network here
    for language, text in {"en": "It works.", "de": "Es geht.", "pt": "Funciona."}.items():
        if language != "en" and not _has_offline(language):
            continue
        voices.append(resolve("auto", language))
        seconds += speak(Narration.plain(text, voices[-1], language)).timing.seconds
    return f"{', '.join(voices)} spoke for {seconds:.1f} s, offline"


def _has_offline(language: str) -> bool:
    from videogen.voices.catalog import catalog

    return any(voice.offline and voice.language.startswith(language) for voice in catalog())


def _draw() -> str:
    from videogen.model.film import FilmFormat
    from videogen.model.script import Picture
    from videogen.scenes.draw import draw
    from videogen.scenes.themes import resolve_look, theme_names

    look = resolve_look("midnight", "blue", FilmFormat(width=640, height=360, fps=30), Path())
    draw(Picture(kind="title", content={"title": "It works"}), look, Path())
    return f"themes {', '.join(theme_names())}; fonts travel with the package"


def _store() -> str:
    from videogen.build.store import Store
    from videogen.build.write import write_bytes

    store = Store()
    probe = os.path.join(store.folder, "probe")
    write_bytes(probe, b"")
    os.unlink(probe)
    return store.folder


def _disk() -> str:
    free = shutil.disk_usage(".").free
    if free < 500_000_000:
        raise OSError(f"only {free / 1e6:.0f} MB are free here")
    return f"{free / 1e9:.0f} GB free here"
