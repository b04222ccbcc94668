"""Project files as they are written for people: a commented one to begin with, and a short one for a document."""

from __future__ import annotations

import json
from typing import Any, get_args

from videogen.inputs.schema import SCHEMA_NAME
from videogen.model.accent import Accent
from videogen.model.errors import Where
from videogen.model.project import Aspect, Project, Resolution

_HEAD = """\
# yaml-language-server: $schema={schema}
# A video, made with `video-gen create {project}`. Values that stand here are the defaults;
# what you leave out keeps its default. `video-gen validate` checks this file without making anything.

{title}  # {described}
description: ""                # one or two sentences about the video

# --- What it says

"""

_SCENES = """\
scenes:
  - kind: title                # title, bullets, code, quote, table, image, section, outro
    content:
      title: {title}
      subtitle: A video made from text
    narration: >-
      This is {spoken}. Change this sentence, run the build again, and only this scene is spoken anew.

  - id: why                    # a name that stays when the scene moves; default: from its header
    kind: bullets
    content:
      header: Why it is worth a look
      items:                   # at most 6, short: the narration carries the sentences
        - Text in git
        - A video out
        - Nothing made twice
    narration: >-
      The text stays in git. The build turns it into a video. And nothing is made twice.
    # voice: male              # another voice for this scene; rate, pitch and volume (decibels) likewise
    pause_after: 0.5           # seconds of silence after the narration, 0 to 5 (0.35)
    # pause_before: 0          # seconds of silence before it, 0 to 5 (0)
    # min_seconds: 0           # the scene lasts at least this long; needed when it has no narration
    # max_seconds: 600         # the check complains about a longer scene

  - kind: code
    content:
      header: Make it
      language: console
      code: |
        $ video-gen create {project}
    narration: >-
      One command makes the whole video, and the same command makes it again when a line has changed.

  - kind: outro
    content:
      main_text: Now change a sentence
    narration: >-
      Now change a sentence in this file, run the same command again, and see how little of it is made anew.

# Instead of scenes, a document can be named: source: notes.md
# split: heading              # a film of each part of the document: heading, {{minutes: 5}}, or a list of headings
"""

_SOURCE = """\
source: {source}
# split: heading              # a film of each part of the document: heading, {{minutes: 5}}, or a list of headings
# Instead of a document, scenes can be written by hand; leave `source` out then:
# scenes:
#   - kind: title              # title, bullets, code, quote, table, image, section, outro
#     content: {{title: Hello}}
#     narration: This is said while the title is shown.
"""

_REST = """\

# A language model may write the script of a document; it costs money, max_cost at the most:
# script: {{ai: {{provider: anthropic, model: claude-sonnet-5-5, max_cost: 0.50}}}}
# duration: 90s                # how long the film should be; without it, at most about three minutes

# --- How it sounds

languages: [en]                # the language of the text, such as en or pt-BR; others after it: a film in each
translations: translations     # the folder with es.yaml and so on, which say the texts in another language
# translate: {{ai: {{provider: anthropic, model: claude-haiku-5-5}}}}   # who translates the rest; it costs money
recordings: recordings         # the folder with <scene>.wav, .mp3 or .m4a, which replace the voice of a scene
voice: auto                    # auto, male, female, male_warm, female_friendly, or engine:voice (`video-gen voices`)
voices: {{}}                     # the voice of a language where it is another, such as {{es: "pico:es-ES"}}
rate: 1.0                      # speed of the voice, 0.5 to 2.0
pitch: 0.0                     # semitones above the voice's own pitch, or below it, -6 to 6
speakers: {{}}                   # who speaks in dialogues, such as {{Ana: female, Ben: {{voice: male, rate: 1.1}}}}
lexicon: {{}}                    # how words are spoken, such as {{doit: do it}}
# music: {{file: bed.mp3, licence: "CC BY 4.0, Ada Example"}}   # under the film, lowered while somebody speaks

# --- How it looks

theme: {theme}                # a theme's name, or the path of a theme file, relative to this one
accent: {accent}                   # {accents}
aspect: "{aspect}"                 # {aspects}; several in a list: a film of each
allow_commands: false          # true: run the commands of terminal scenes, which is to execute code
reduced_motion: false          # true: cuts only, nothing moves, slides or fades
# brand: brand.yaml            # logo, colours, fonts, intro and outro of all your films
# chrome: {{progress: true, number: true, watermark: Our handbook, speaker: Ada}}   # around every slide

# --- What is written

captions:
  srt: true                    # SubRip, the most widely read
  vtt: true                    # WebVTT, for web pages
  burned: none                 # in the picture too: none, lines, or words (each marked as it is said)
output:
  resolution: {resolution}            # {resolutions}
  fps: {fps}                      # frames per second, 24 to 60
  quality: {quality}            # standard is made fast; final takes longer and is a smaller file
  also: []                     # other formats of the film, beside its MP4: webm, avi, h265
"""


def starter_project(name: str, source: str | None) -> str:
    """A project file in which every key stands with its default and a comment that says what it may be.

    `name` is the stem of the file that it goes to; `source` is the document's path relative to that file, or
    None for scenes written by hand. It names its schema as `SCHEMA_NAME` in the same folder.
    """
    name = " ".join(name.split())
    title = name.replace("-", " ").replace("_", " ").strip() or "Untitled"
    title = title[:1].upper() + title[1:]
    head = _HEAD.format(
        schema=SCHEMA_NAME,
        project=name,
        title=("# " if source else "") + f"title: {_quoted(title)}",
        described="title of the video; default: the document's" if source else "title of the video",
    )
    if source is None:
        says = _SCENES.format(title=_quoted(title), spoken=title, project=name)
    else:
        says = _SOURCE.format(source=_quoted(source))
    default = Project.model_validate({"source": "README.md"})
    output = default.output
    rest = _REST.format(
        theme=default.theme,
        accent=default.accent,
        accents=", ".join(get_args(Accent)),
        aspect=default.aspect[0],
        aspects=", ".join(get_args(Aspect)),
        resolution=output.resolution,
        resolutions=", ".join(get_args(Resolution)),
        fps=output.fps,
        quality=output.quality,
    )
    return head + says + rest


def document_project(source: str, **overrides: Any) -> str:
    """The shortest project file for a document: its path, relative to where the file will stand, and `overrides`.

    >>> print(document_project("README.md", accent="pink"), end="")
    source: "README.md"
    accent: "pink"
    """
    # JSON is YAML, and needs no rules for when to quote
    return "".join(f"{key}: {_quoted(value)}\n" for key, value in {"source": source, **overrides}.items())


def document_place(where: Where, document: str) -> Where:
    """Where a person wrote what an error finds at `where` in the project that `document_project` wrote: the document,
    or the option of the command that named it."""
    key = (where.text or "").partition(":")[0]
    # no face's spelling of it: the command line's is --theme, doit's theme=, a program's and a request's theme
    return Where(document) if key in ("", "source") else Where({"script": "use_ai", "output": "also"}.get(key, key))


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
