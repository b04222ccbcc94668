"""A project file and what it names, normalised: nothing downstream knows where a video came from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, NamedTuple

from videogen.inputs.brand import read_brand
from videogen.inputs.documents import read_document
from videogen.inputs.handmade import Place, hand_scene, scene_ids
from videogen.inputs.kept import Kept
from videogen.inputs.named import looked_at, named_file, relative
from videogen.inputs.pictures import check_logo
from videogen.inputs.project import VideoFile, read_project
from videogen.inputs.review import read_reviews
from videogen.inputs.translations import read_translations
from videogen.inputs.yamltree import Loc, Tree
from videogen.model.allowed import check_inside, confined
from videogen.model.chrome import Chrome
from videogen.model.errors import ValidationError
from videogen.model.music import LONGEST_MUSIC, Music
from videogen.model.project import Aspect, VideoConfig, VideoSetConfig
from videogen.model.review import Reviews
from videogen.model.scene import Scene, slugify
from videogen.model.sound import sound_seconds
from videogen.model.templates import is_theme_path
from videogen.model.translation import Given, Translations


class Source(NamedTuple):
    """A project, normalised."""

    config: VideoSetConfig
    pictures: dict[str, bytes]
    """Pictures that lay inside its document, by the path, relative to `root`, at which `parse` looks for them."""
    fetched: dict[str, bytes]
    """What had to be fetched, by the path at which it is looked for before it is fetched again."""
    translations: Translations
    reviews: Reviews


def read_source(
    path: Path,
    root: Path,
    media: str = "media",
    fetched: str = "fetched",
    *,
    again: bool = False,
    reviewed: str | None = None,
    text: str | None = None,
    online: bool = True,
) -> Source:
    """The videos that the project file `path` asks for, with the text of their documents.

    Paths in the result are relative to `root`, also for files outside it; `media` is the folder, relative to it too,
    to which the caller has to write the pictures that lay inside the documents; `fetched` is where an earlier call's
    caller has written what was fetched, which is asked for `again` only on demand; `reviewed` the folder of scripts
    that people reviewed, where there may be any; `text` what the project file would hold, where it is not saved. If not
    `online`, nothing is fetched that is not there already. Raises ValidationError for anything in the project, a
    document, a picture or a review that cannot be used, and another PipelineError for what cannot be fetched.
    """
    name = project_id(path)
    written = read_project(path, relative(path, root), root, text)
    kept = Kept(fetched, root, again, online)
    found = [
        _video(file, file.id or name, root, f"{media}/{file.id}" if file.id else media, kept) for file in written.videos
    ]
    parts = [
        (part, file, one.shapes)
        for one, file in zip(found, written.videos, strict=True)
        for part in _parts(one.video, file, root)
    ]
    videos = [each for part, _, shapes in parts for each in _shapes(part, shapes)]
    _each_once(videos, written.videos)
    translations, translated, sought = _translations(videos, root)
    named = [(part.id, file) for part, file, _ in parts]
    reviews = read_reviews([] if reviewed is None else named, reviewed or "", root)
    config = VideoSetConfig(
        set_id=name,
        name=written.title or path.stem,
        description=written.description,
        videos=videos,
        inputs=sorted({*written.inputs, *(path for one in found for path in one.inputs), *translated, *reviews.read}),
        sought=[*sought, *reviews.sought],
    )
    pictures_of = {path: data for one in found for path, data in one.pictures.items()}
    return Source(config, pictures_of, kept.new, translations, reviews.reviews)


class _Found(NamedTuple):
    video: VideoConfig
    shapes: list[Aspect]
    inputs: list[str]
    pictures: dict[str, bytes]


def _video(file: VideoFile, name: str, root: Path, media: str, kept: Kept) -> _Found:
    """One video of a project, in the first of its shapes."""
    project, inputs = file.project, []
    _check_asked(file)
    document, scenes, pictures = None, None, {}
    if project.source is not None:
        found = read_document(
            project.source,
            file.tree.folder(("source",), root),
            root,
            file.where("source"),
            kept,
            project.languages[0],
        )
        document, inputs = found.document, [*found.inputs]
        if found.pictures:
            document = document.model_copy(update={"folder": media})
            pictures = {f"{media}/{name}": data for name, data in found.pictures.items()}
    else:
        scenes = _scenes(file, root)
        inputs = [path for scene in scenes for path in scene.content.files()]
    branded, read = _branded(file, root)
    video = VideoConfig(
        id=name,
        title=project.title,
        description=project.description,
        document=document,
        scenes=scenes,
        duration=project.duration,
        script=project.script,
        languages=project.languages,
        translate=project.translate,
        translated_in=_translated_in(file, root),
        recorded_in=_recordings(file, root),
        manner=project.manner,
        speakers=project.speakers,
        voices=project.voices,
        lexicon=project.lexicon,
        aspect=project.aspect[0],
        reduced_motion=project.reduced_motion,
        captions=project.captions,
        output=project.output,
        music=_music(file, root),
        **branded,
    )
    heard = [video.music.file] if video.music else []
    return _Found(video, project.aspect, [*inputs, *read, *heard], pictures)


def _check_asked(file: VideoFile) -> None:
    """Raise ValidationError for a stranger's project that names whom to ask: it would be asked from the inside of
    somebody's network."""
    for key in ("script", "translate"):
        ai = getattr(file.project, key).ai
        if ai is not None and ai.base_url is not None and confined():
            raise ValidationError(
                "a project from the web may not name the address of a language model",
                file.where(key, "ai", "base_url"),
                "leave `base_url` out: whoever runs the server names it",
            )


def _music(file: VideoFile, root: Path) -> Music | None:
    """A video's music, its file found and looked at."""
    music = file.project.music
    if music is None:
        return None
    where = file.where("music", "file")
    path, shown = named_file(music.file, file.tree.folder(("music", "file"), root), root, where)
    refusal, hint = f'the music "{shown}" cannot be used', "name a WAV, MP3, M4A, FLAC or Ogg file"
    looked_at(lambda: sound_seconds(path, LONGEST_MUSIC), shown, where, refusal, hint)
    return music.model_copy(update={"file": shown})


def _parts(video: VideoConfig, file: VideoFile, root: Path) -> list[VideoConfig]:
    """The films of a video: one, unless its document is split."""
    split = file.project.split
    if split is None:
        return [video]
    if video.document is None:
        raise ValidationError("only a document can be split", file.where("split"), "leave `split` out")
    from videogen.inputs.markdown import parse_markdown
    from videogen.inputs.split import split_video

    # pictures that lay inside the document are not written yet, and none matters here
    text = video.document.text.replace("![", "[picture ")
    whole = parse_markdown(video.document.model_copy(update={"text": text}), video, root)
    return split_video(video, whole, split, file.tree)


def _translations(videos: list[VideoConfig], root: Path) -> tuple[Translations, list[str], list[str]]:
    """What is translated by language, video and scene; the files that say so, and those that are not there."""
    found: dict[str, Given] = {}
    read: dict[str, Given] = {}
    sought: set[str] = set()
    for video in videos:
        for language in video.languages[1:] if video.shape_of is None else ():
            shown = f"{video.translated_in}/{language}.yaml"
            if not os.path.exists(Path(root, shown)):
                sought.add(shown)
                continue
            check_inside(Path(root, shown), shown)
            if shown not in read:
                read[shown] = read_translations(Path(root, shown), shown, language)
            found.setdefault(language, {})[video.id] = read[shown].get(video.id, {})
    return Translations(languages=found), list(read), sorted(sought)


def _translated_in(file: VideoFile, root: Path) -> str:
    """The folder of what is translated, which need not be there; each file in it is checked before it is read."""
    path = file.tree.folder(("translations",), root) / file.project.translations
    shown = relative(path, root)
    if os.path.exists(path):
        check_inside(path, shown, file.where("translations"))
    return shown


def _recordings(file: VideoFile, root: Path) -> str:
    """The folder of a video's recordings, which need not be there."""
    named, where = file.project.recordings, file.where("recordings")
    folder = file.tree.folder(("recordings",), root)
    if "recordings" in file.project.model_fields_set:
        path, shown = named_file(named, folder, root, where)
    else:  # each of them is checked before it is heard
        path, shown = folder / named, relative(folder / named, root)
    if not named or (os.path.exists(path) and not os.path.isdir(path)):
        raise ValidationError(f'"{named}" is no folder', where, "name the folder that the recordings are in")
    return shown


def _shapes(video: VideoConfig, shapes: list[Aspect]) -> list[VideoConfig]:
    """The video, and the same in other shapes."""
    others = [
        video.model_copy(
            update={
                "id": f"{video.id}-{shape.replace(':', 'x')}",
                "file": video.file and f"{video.file}-{shape.replace(':', 'x')}",
                "aspect": shape,
                "shape_of": video.id,
            }
        )
        for shape in shapes[1:]
    ]
    return [video, *others]


def _each_once(videos: list[VideoConfig], files: list[VideoFile]) -> None:
    """Raise ValidationError for a video that is called as another shape of one is."""
    shaped = {video.id: video.shape_of for video in videos if video.shape_of}
    for file in files:
        if file.id in shaped:
            raise ValidationError(
                f'"{shaped[file.id]}" in another shape is called "{file.id}" too',
                file.where("id"),
                "rename one of them",
            )


def project_id(path: Path) -> str:
    """The slug that names a project's folder: of its file's stem, or a hash where no letter of that is ASCII."""
    return id_of(path.stem)


def id_of(name: str) -> str:
    """The slug of a name, or a hash where no letter of that is ASCII."""
    return slugify(name, "project-" + hashlib.sha256(name.encode(errors="replace")).hexdigest()[:8])


def _picture(named: str, root: Path, tree: Tree, loc: Loc) -> str:
    """A logo that is named at `loc`, relative to `root`."""
    where = tree.where(loc)
    path, shown = named_file(named, tree.folder(loc, root), root, where)
    if not os.path.isfile(path):
        raise ValidationError(f'there is no picture "{shown}"', where, "check the path; it counts from this file")
    if Chrome(watermark=shown).logo:
        check_logo(path, shown, where)
    return shown


def _chrome(chrome: Chrome, tree: Tree, root: Path) -> Chrome:
    if not chrome.logo:
        return chrome
    return chrome.model_copy(update={"watermark": _picture(chrome.logo, root, tree, ("chrome", "watermark"))})


def _branded(file: VideoFile, root: Path) -> tuple[dict[str, Any], list[str]]:
    """What a project's brand adds to its video, and the files that were read for it. The project comes first."""
    project = file.project
    own = _chrome(project.chrome, file.tree, root)
    found: dict[str, Any] = {"theme": _theme(project.theme, file.tree, root)}
    found |= {"accent": project.accent, "chrome": own}
    if project.brand is None:
        return found, [own.logo] if own.logo else []
    path, shown = named_file(project.brand, file.tree.folder(("brand",), root), root, file.where("brand"))
    kit = read_brand(path, shown, file.where("brand"))
    brand = kit.brand
    theirs = _chrome(brand.chrome, kit.tree, root)
    if brand.logo and theirs.watermark is None:
        logo = _picture(brand.logo, root, kit.tree, ("logo",))
        if not theirs.model_copy(update={"watermark": logo}).logo:
            raise ValidationError(
                f'the logo "{brand.logo}" is no picture', kit.tree.where(("logo",)), "give a PNG, JPEG, WebP or SVG"
            )
        theirs = theirs.model_copy(update={"watermark": logo})
    found |= {"brand": shown, "theme_changes": brand.changes(), "chrome": own.over(theirs)}
    if brand.theme is not None and "theme" not in project.model_fields_set:
        found["theme"] = _theme(brand.theme, kit.tree, root)
    if brand.accent is not None and "accent" not in project.model_fields_set:
        found["accent"] = brand.accent
    for key, scene in (("intro", brand.intro), ("outro", brand.outro)):
        if scene is not None:
            name = scene.id or f"brand-{key}"
            found[key] = hand_scene(scene, kit.contents[key], name, Place(root, kit.tree, (key,)), project)
    shows = [path for key in ("intro", "outro") if key in found for path in found[key].content.files()]
    return found, [shown, *shows, *([found["chrome"].logo] if found["chrome"].logo else [])]


def _scenes(file: VideoFile, root: Path) -> list[Scene]:
    written = file.project.scenes or []
    ids = scene_ids(written, file.contents)
    return [
        hand_scene(scene, content, ids[index], Place(root, file.tree, ("scenes", index)), file.project)
        for index, (scene, content) in enumerate(zip(written, file.contents, strict=True))
    ]


def _theme(theme: str, tree: Tree, root: Path) -> str:
    if not is_theme_path(theme):
        return theme
    where = tree.where(("theme",))
    path, _ = named_file(theme, tree.folder(("theme",), root), root, where)
    if not os.path.isfile(path):
        raise ValidationError(f'the theme "{theme}" does not exist', where, "name a built-in theme, or check the path")
    return relative(Path(os.path.normpath(path)), root)
