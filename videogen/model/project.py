"""What a person edits: a project, and the normalised form that every input ends in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from videogen.model.accent import Accent
from videogen.model.ai import Ai
from videogen.model.aspect import Aspect
from videogen.model.base import Model
from videogen.model.chrome import Chrome
from videogen.model.formats import Format
from videogen.model.manner import Manner, Pitch, Rate, Speaker, SpeakerName, VoiceName, Volume
from videogen.model.music import Music
from videogen.model.scene import Scene, Slug, SourceSpan, Unit


def _listed(given: Any) -> Any:
    return given if isinstance(given, list) else [given]


def _each_once(shapes: list[Aspect]) -> list[Aspect]:
    if len(set(shapes)) < len(shapes):
        raise ValueError("each shape only once")
    return shapes


Aspects = Annotated[
    list[Aspect],
    Field(min_length=1),
    AfterValidator(_each_once),
    BeforeValidator(_listed, json_schema_input_type=Aspect | list[Aspect]),
]
"""One shape, or several: a film of each, with one narration."""

_DURATION = re.compile(r"(?:(\d+(?:\.\d+)?)\s*m(?:in)?)?\s*(?:(\d+(?:\.\d+)?)\s*s?)?")


def _seconds(given: Any) -> Any:
    """`90`, `90s`, `1m30s` or `1.5 min` in seconds."""
    if not isinstance(given, str):
        return given
    found = _DURATION.fullmatch(given.strip())
    if not found or not any(found.groups()):
        raise ValueError(f'"{given[:40]}" is no duration such as 90s or 2m30s')
    return 60 * float(found[1] or 0) + float(found[2] or 0)


Duration = Annotated[float, Field(ge=10, le=3600), BeforeValidator(_seconds, json_schema_input_type=str | float)]
"""Seconds, or text such as `90s` and `2m30s`."""

Resolution = Literal["480p", "720p", "1080p", "1440p", "2160p"]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 language tag, such as `en` or `pt-BR`."""


def _each_language_once(languages: list[str]) -> list[str]:
    if len(set(languages)) < len(languages):
        raise ValueError("each language only once")
    return languages


Languages = Annotated[list[Language], AfterValidator(_each_language_once)]
SpeakerText = Annotated[dict[SpeakerName, str], Field(min_length=1, max_length=1)]
"""`{Ana: what she says}`"""


def _said(given: Any) -> Any:
    # said here in one line, where a union would complain once for each of its members
    lines = given if isinstance(given, list) else [given]
    for line in lines:
        if isinstance(line, dict) and len(line) == 1 and all(isinstance(text, str) for text in line.values()):
            continue
        if not isinstance(line, str):
            raise ValueError("a narration is text, or a list of turns such as `- Ana: Hello`")
    return given


Said = Annotated[str | list[str | SpeakerText], BeforeValidator(_said)]
"""What is said: text, or turns."""

BurnedCaptions = Literal["none", "lines", "words"]


class Captions(Model):
    """Which caption files stand beside the video, and whether captions are part of the picture as well."""

    srt: bool = Field(default=True, description="write a SubRip file (.srt)")
    vtt: bool = Field(default=True, description="write a WebVTT file (.vtt)")
    burned: BurnedCaptions = Field(
        default="none", description="captions in the picture: none, lines, or words, which marks each as it is said"
    )


def _each_format_once(formats: list[Format]) -> list[Format]:
    if len(set(formats)) < len(formats):
        raise ValueError("each format only once")
    return formats


Formats = Annotated[list[Format], AfterValidator(_each_format_once)]
"""Formats that a film is wanted in besides its MP4."""


class Output(Model):
    """The form of the video."""

    resolution: Resolution = Field(default="1080p", description="height of the picture")
    fps: int = Field(default=30, ge=24, le=60, description="frames per second")
    quality: Literal["standard", "final"] = Field(
        default="standard", description="`standard` encodes fast; `final` spends more time for a smaller file"
    )
    also: Formats = Field(
        default_factory=list,
        description="other formats of the film, beside its MP4: webm (VP9), avi (MPEG-4), h265 (in MP4)",
    )


class ScriptOptions(Model):
    """How the script of a document is written."""

    ai: Ai | None = Field(default=None, description="have a language model write it; default: it is written by rules")


class TranslateOptions(Model):
    """How what nobody has translated is translated."""

    ai: Ai | None = Field(default=None, description="have a language model translate it; default: it is an error")


class Minutes(Model):
    """How long a film of a split document is to be."""

    minutes: float = Field(ge=0.5, le=60, description="minutes that the text of one film takes to say")


def _split(given: Any) -> Any:
    headings = isinstance(given, list) and len(given) > 1 and all(isinstance(one, str) for one in given)
    if given == "heading" or headings or isinstance(given, Minutes):
        return given
    if isinstance(given, dict) and given.keys() == {"minutes"} and type(given["minutes"]) in (int, float):
        if 0.5 <= given["minutes"] <= 60:
            return given
        raise ValueError("`minutes` of a film are 0.5 to 60")
    raise ValueError("`split` is `heading`, `{minutes: 5}`, or a list of the headings with which a film begins")


Split = Annotated[
    Literal["heading"] | Minutes | list[str],
    BeforeValidator(_split, json_schema_input_type=Literal["heading"] | Minutes | list[str]),
]
"""Where a document is split into films: by its headings, by length, or by hand."""


class Part(Model):
    """One of the films of a document that is split."""

    number: int = Field(ge=0)
    """Counted from 1; 0 is the film that says what the others are."""
    titles: list[str]
    """Of all parts."""
    series: str
    """Title of the whole."""
    first: int
    stop: int
    """The sections of the document that begin at the line `first` or later, before the line `stop`."""


class HandScene(Model):
    """A scene written by hand in a project."""

    id: Slug | None = Field(default=None, description="a name that stays when the scene moves; default: from its title")
    kind: str = Field(description="what sort of slide it is, such as bullets or code")
    content: dict[str, Any] = Field(description="what the slide carries; its fields depend on the kind")
    narration: Said = Field(
        default="",
        description="what is said, or a list of who says what: {Ana: Hello}; empty only where min_seconds gives the "
        "scene a length",
    )
    voice: VoiceName | None = Field(default=None, description="another voice than the project's")
    rate: Rate | None = Field(default=None, description="speed of the voice; 1 is its own")
    pitch: Pitch | None = Field(default=None, description="semitones above the voice's own pitch, or below it")
    volume: Volume | None = Field(default=None, description="decibels above the level of the film, or below it")
    pause_before: float = Field(default=0.0, ge=0, le=5, description="seconds of silence before the narration")
    pause_after: float = Field(default=0.35, ge=0, le=5, description="seconds of silence after the narration")
    min_seconds: float = Field(default=0.0, ge=0, le=600, description="the scene lasts at least this long")
    max_seconds: float = Field(default=600.0, gt=0, le=3600, description="the check complains about a longer scene")

    @property
    def manner(self) -> Manner:
        """How it is spoken, where it is not as the rest of the video."""
        return Manner(voice=self.voice, rate=self.rate, pitch=self.pitch, volume=self.volume)

    @property
    def says(self) -> list[tuple[str | None, str]]:
        """Its narration as `read_markup` takes it: who says what, None where the text itself tells."""
        if isinstance(self.narration, str):
            return [(None, self.narration)]
        return [("", one) if isinstance(one, str) else next(iter(one.items())) for one in self.narration]

    @property
    def speaks(self) -> bool:
        """Whether there is anything to say."""
        return any(text.strip() for _, text in self.says)


class Project(Model):
    """A project file, `projects/<name>.yaml`: either `source` or `scenes`, and how it should look and sound."""

    title: str | None = Field(default=None, max_length=200, description="title of the video; default: the document's")
    description: str = Field(default="", max_length=2000, description="one or two sentences about the video")
    source: str | None = Field(
        default=None, description="a document, relative to this file, or an address; see `video-gen inputs`"
    )
    scenes: list[HandScene] | None = Field(default=None, min_length=1, description="scenes written by hand")
    split: Split | None = Field(
        default=None, description="a film of each part of the document: heading, {minutes: 5}, or a list of headings"
    )
    duration: Duration | None = Field(
        default=None,
        description="how long the film should be, such as 90s or 2m30s: what a document says is chosen by it",
    )
    script: ScriptOptions = Field(default_factory=ScriptOptions)
    languages: Languages = Field(
        default=["en"], min_length=1, description="the language of the text; others after it: a film in each"
    )
    translate: TranslateOptions = Field(default_factory=TranslateOptions)
    translations: str = Field(
        default="translations", description="the folder, relative to this file, with es.yaml and so on"
    )
    recordings: str = Field(
        default="recordings", description="the folder, relative to this file, with what a person has recorded"
    )
    voice: VoiceName = Field(
        default="auto", description="`auto`, a friendly name, or engine:voice; see `video-gen voices`"
    )
    rate: Rate = Field(default=1.0, description="speed of the voice; 1 is its own")
    pitch: Pitch = Field(default=0.0, description="semitones above the voice's own pitch, or below it")
    speakers: dict[SpeakerName, Speaker] = Field(
        default_factory=dict,
        description="who speaks in dialogues: {Ana: female, Ben: {voice: male, rate: 1.1}}; a narration names them",
    )
    voices: dict[Language, VoiceName] = Field(
        default_factory=dict, description="the voice of a language where it is another: {es: pico:es-ES}"
    )
    lexicon: dict[str, str] = Field(
        default_factory=dict, description="how words are spoken: {doit: do it}; wins over every built-in rule"
    )
    theme: str = Field(default="midnight", description="a theme's name or the path of a theme file")
    accent: Accent = Field(default="blue", description="the colour that leads the eye")
    aspect: Aspects = Field(default=["16:9"], description="shape of the picture; several in a list: a film of each")
    reduced_motion: bool = Field(default=False, description="cuts only: nothing moves, slides or fades")
    brand: str | None = Field(default=None, description="a brand file: logo, colours, fonts, intro and outro")
    chrome: Chrome = Field(default_factory=Chrome)
    captions: Captions = Field(default_factory=Captions)
    allow_commands: bool = Field(
        default=False, description="run the commands of `terminal` scenes, which is to execute code"
    )
    output: Output = Field(default_factory=Output)
    music: Music | None = Field(default=None, description="music under the film, lowered while somebody speaks")

    @property
    def manner(self) -> Manner:
        """How it is spoken, where a scene or a speaker does not say."""
        return Manner(voice=self.voice, rate=self.rate, pitch=self.pitch)

    @model_validator(mode="after")
    def _one_origin(self) -> Project:
        if (self.source is None) == (self.scenes is None):
            raise ValueError("give either `source` (a document) or `scenes` (written by hand), not both or neither")
        return self


class Layered(Project):
    """A video as a person writes it: with what comes from other files."""

    include: str | list[str] | None = Field(
        default=None, description="a YAML file, or several, whose keys are added to those that stand here"
    )
    template: str | None = Field(
        default=None, description="a template's name or path, which says what is not said here"
    )
    variables: dict[str, Any] = Field(default_factory=dict, description="what the template is filled in with")


class SetVideo(Layered):
    """One of the videos of a project that has several; what it does not say, the project says for all."""

    id: Slug = Field(description="its name: of its folder and its files")


class ProjectFile(Layered):
    """A project file as a person writes it: one video; or several, with defaults for all of them beside `videos`."""

    videos: list[SetVideo] | None = Field(
        default=None, min_length=1, description="several videos, each with an id and whatever is its own"
    )


class Document(Model):
    """The text of a source document as it was read."""

    path: str
    """Relative to the working folder, with forward slashes; or an address."""
    text: str
    """Markdown, whatever the document was."""
    title: str = ""
    """Its title, where its metadata say one."""
    unit: Unit = "line"
    """What its places are counted in."""
    starts: list[int] = Field(default_factory=list)
    """The line of `text` at which each unit begins; empty when lines are the unit."""
    numbers: list[int] = Field(default_factory=list)
    """What the units at `starts` are called; empty: 1, 2, 3. The last is where everything ends."""
    folder: str | None = None
    """Where the pictures of `text` are, relative to the working folder; None: beside the document."""
    left_out: list[str] = Field(default_factory=list)
    """What of the document could not be read, where and why."""

    @property
    def is_web(self) -> bool:
        """Whether it was fetched: nothing beside it is here."""
        return "://" in self.path

    def span(self, first: int, last: int) -> SourceSpan:
        """The place in the document of lines of `text`, both included.

        >>> Document(path="a.pdf", text="", unit="page", starts=[1, 8, 20]).span(9, 21)
        SourceSpan(file='a.pdf', first=2, last=3, unit='page')
        >>> Document(path="a.vtt", text="", unit="second", starts=[1, 3, 5], numbers=[0, 7, 60]).span(3, 3)
        SourceSpan(file='a.vtt', first=7, last=60, unit='second')
        """
        if self.starts:
            first, last = (max(bisect_right(self.starts, line), 1) for line in (first, last))
        if self.numbers:
            # a unit lasts until the next one begins
            first, last = self.numbers[first - 1], self.numbers[min(last, len(self.numbers) - 1)]
        return SourceSpan(file=self.path, first=first, last=last, unit=self.unit)

    def place(self, line: int) -> str:
        """The place of a line of `text`, as messages tell it: `notes.md:7` or `talk.pdf, page 3`."""
        if not self.starts:
            return f"{self.path}:{line}"
        return str(self.span(line, line).where())


class VideoConfig(Model):
    """One video to make, normalised: nothing downstream knows where it came from."""

    id: Slug
    title: str | None = None
    description: str = ""
    document: Document | None = None
    scenes: list[Scene] | None = None
    duration: float | None = None
    """Seconds that the film should last."""
    script: ScriptOptions = Field(default_factory=ScriptOptions)
    languages: list[Language] = Field(default=["en"], min_length=1)
    manner: Manner = Field(default_factory=lambda: Manner(voice="auto"))
    """How it is spoken, where a scene or a speaker does not say."""
    speakers: dict[str, Manner] = Field(default_factory=dict)
    voices: dict[Language, str] = Field(default_factory=dict)
    """The voice of a language, where it is another."""
    translate: TranslateOptions = Field(default_factory=TranslateOptions)
    translated_in: str = "translations"
    """The folder of what somebody has translated, relative to the working folder."""
    recorded_in: str = ""
    """The folder of what a person has recorded, relative to the working folder; "": recordings are not used."""
    lexicon: dict[str, str] = Field(default_factory=dict)
    theme: str = "midnight"
    accent: Accent = "blue"
    aspect: Aspect = "16:9"
    reduced_motion: bool = False
    part: Part | None = None
    """Which part of its document it is, where that is split."""
    file: str | None = None
    """What its files are called; None: as its id."""
    shape_of: Slug | None = None
    """The video of which this is another shape, with the same narration."""
    brand: str | None = None
    """The brand file that the following three come from, relative to the working folder."""
    theme_changes: dict[str, Any] = Field(default_factory=dict)
    intro: Scene | None = None
    outro: Scene | None = None
    chrome: Chrome = Field(default_factory=Chrome)
    captions: Captions = Field(default_factory=Captions)
    output: Output = Field(default_factory=Output)
    music: Music | None = None
    """Its file is relative to the working folder."""


class VideoSetConfig(Model):
    """What `source.json` holds: the videos of one project, and the files that were read to learn them."""

    set_id: Slug
    name: str
    description: str = ""
    videos: list[VideoConfig] = Field(min_length=1)
    inputs: list[str] = Field(default_factory=list)
    """Every file read for this, relative to the working folder, sorted: a change of one makes it stale."""
    sought: list[str] = Field(default_factory=list)
    """Files that would have been read, had they been there: when one comes, it is stale too."""
