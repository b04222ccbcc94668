"""The stages: what depends on what. `dodo.py` names them in the order of the flow.

The first stages (`source` to `plan`) are run while the graph is loaded, for they decide what
scenes there are; the others are expanded from the plan that they leave. What this module imports, every
build pays for: nothing here reads more than two small JSON files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from videogen.build import joined
from videogen.build.plan import read_json, read_plan, read_prompts, wants_answers
from videogen.build.recipe import Recipe
from videogen.build.recordings import recorded
from videogen.build.roles import TIMED, burned, format_of, look_of, mixed, of_scenes
from videogen.build.versions import Versions
from videogen.build.workspace import Workspace
from videogen.model.allowed import allowed_root, confined

_PLAN, _ASK, _SCENE, _FILM = (f"videogen.build.actions.{module}" for module in ("plan", "ask", "scene", "film"))


def source(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """The project file and the document it names, normalised."""
    before = read_json(ws.path("source.json"))
    if ws.file not in before.get("inputs", []):
        before = {}  # it was of another project, which had this folder before: what that read says nothing of this one
    # what was fetched and is gone is fetched again, and nobody has to review; any other file that is gone is somebody's
    # mistake
    optional = (f"{ws.fetched}/", f"{ws.reviewed}/")
    documents = [
        path
        for path in before.get("inputs", [])
        if path != ws.file and (not path.startswith(optional) or os.path.exists(path))
    ]
    come = [path for path in before.get("sought", []) if os.path.exists(path)]
    yield Recipe(
        "source",
        "",
        f"read {ws.file}" + "".join(f" and {path}" for path in documents),
        f"{_PLAN}:source",
        {"project": ws.file, **{f"document:{path}": path for path in (*documents, *come)}},
        {role: ws.path(f"{role}.json") for role in ("source", "translated", "reviews")},
        versions.stage("source"),
        params={"root": allowed_root(), **({"confined": True} if confined() else {})},
        stored=False,
    )


def parse(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """What the document says: sections, lists, code, tables."""
    yield Recipe(
        "parse",
        "",
        "find the document's sections, lists, code, tables, quotes and pictures",
        f"{_PLAN}:parse",
        {"source": ws.path("source.json")},
        {"parsed": ws.path("parsed.json")},
        versions.stage("parse"),
        stored=False,
    )


def look(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Theme, accent and size, settled."""
    from videogen.model.templates import theme_file

    themes = {video["theme"] for video in read_json(ws.path("source.json")).get("videos", []) if "theme" in video}
    files = {f"theme:{theme}": theme_file(theme) for theme in sorted(themes)}
    yield Recipe(
        "look",
        "",
        "settle theme, accent and size",
        f"{_PLAN}:look",
        {"source": ws.path("source.json"), **{role: file for role, file in files.items() if os.path.exists(file)}},
        {"looks": ws.path("looks.json")},
        versions.stage("look"),
        stored=False,
    )


def prompt(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """What a language model is to be asked, where a project wants one to write the script."""
    if not wants_answers(ws):
        return
    yield Recipe(
        "prompt",
        "",
        "write down what a language model is asked",
        f"{_PLAN}:prompt",
        {role: ws.path(f"{role}.json") for role in ("source", "parsed")},
        {
            "prompts": ws.path("prompts.json"),
            **{video["id"]: ws.path(video["id"], "prompt.json") for video in read_prompts(ws)},
        },
        versions.stage("prompt"),
        stored=False,
    )


def ask(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Each video's script, written by a language model: one answer to one prompt, kept for ever."""
    for video in read_prompts(ws):
        yield Recipe(
            "ask",
            video["id"],
            f"ask: {video['told']}",
            f"{_ASK}:ask",
            {"prompt": ws.path(video["id"], "prompt.json")},
            {"answer": ws.path(video["id"], "answer.json")},
            # the version of the answer's form and no more: with no other is an answer paid for twice
            "answer 1",
            limits={"max_cost": video["max_cost"]},
            spends=True,
        )


def script(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Scenes with narration, in the language of the document."""
    yield Recipe(
        "script",
        "",
        "write the scenes and their narration",
        f"{_PLAN}:script",
        {
            **{role: ws.path(f"{role}.json") for role in ("source", "parsed", "translated", "reviews")},
            **{f"answer:{video['id']}": ws.path(video["id"], "answer.json") for video in read_prompts(ws)},
        },
        {role: ws.path(f"{role}.json") for role in ("script", "languages")},
        versions.stage("script"),
        stored=False,
    )


def translate(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Each scene's texts in every further language."""
    for scene in read_json(ws.path("languages.json")).get("scenes", []):
        at = ws.path(*scene["name"].split("/"))
        asks = bool(scene["told"])
        yield Recipe(
            "translate",
            scene["name"],
            f"ask: translate {scene['name']}: {scene['told']}" if asks else f"translate the texts of {scene['name']}",
            f"{_ASK}:translate",
            {"texts": f"{at}/texts.json"},
            {"translation": f"{at}/translation.json"},
            # as with a script, no answer is paid for twice
            "translation 1" if asks else versions.stage("translate"),
            limits={"max_cost": scene["max_cost"]} if asks else {},
            spends=asks,
        )


def plan(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Which films there are, and the small files of every scene that the later stages depend on."""
    written = {f"file:{path}": path for path in read_plan(ws).files}
    found = recorded(ws)
    yield Recipe(
        "plan",
        "",
        "part each scene into what is said, what is drawn and when",
        f"{_PLAN}:plan",
        {**{role: ws.path(f"{role}.json") for role in ("source", "script", "reviews", "looks")}, **_translated(ws)},
        {"plan": ws.path("plan.json"), **written},
        versions.stage("plan"),
        params={"recordings": found} if found else {},
        stored=False,
    )


def audio(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Each scene's narration, spoken: MP3, and when each word is said."""
    first = _first_shape(ws)
    for video, scene, at in _scenes(ws):
        name = f"{video['name']}/{scene['id']}"
        # one narration serves all shapes: the store has what the first has spoken
        yield audio_recipe(name, scene, at, versions, () if first[name] == name else (f"audio:{first[name]}",))


def audio_recipe(
    name: str, scene: Mapping[str, Any], at: str, versions: Versions, after: tuple[str, ...] = ()
) -> Recipe:
    """How a scene's narration, `narration.json` in the folder `at`, is spoken: a scene as the plan has it."""
    recording = {"recording": scene["recording"]} if "recording" in scene else {}
    if recording:
        what = f"take what is said of “{scene['title']}” from {scene['recording']}"
    elif scene["words"]:
        what = f"speak {scene['words']} words of “{scene['title']}” with {' and '.join(scene['voices'])}"
    else:
        what = f"keep “{scene['title']}” silent"
    return Recipe(
        "audio",
        name,
        what,
        f"{_SCENE}:audio",
        {"narration": f"{at}/narration.json", **recording},
        {"mp3": f"{at}/narration.mp3", "m4a": f"{at}/narration.m4a", "timing": f"{at}/timing.json"},
        versions.stage("audio") if recording else versions.voices(scene["voices"]),
        spends=scene["words"] > 0 and not recording,
        after=after,
    )


def capture(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Commands that a scene shows, really run, once for all shapes: one that fails breaks the build."""
    first = _first_shape(ws)
    for video, scene, at in _scenes(ws):
        name = f"{video['name']}/{scene['id']}"
        if not scene["runs"] or first[name] != name:
            continue
        yield Recipe(
            "capture",
            name,
            f"run the command of “{scene['title']}”",
            f"{_SCENE}:capture",
            {"command": f"{at}/command.json", **{f"file:{path}": path for path in scene["files"]}},
            {"capture": f"{at}/capture.json"},
            versions.stage("capture"),
            stored=False,
        )


def frames(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Each scene's key pictures and how they move."""
    first = _first_shape(ws)
    for video, scene, at in _scenes(ws):
        name = f"{video['name']}/{scene['id']}"
        inside = ws.path("media", "")
        shown = {f"{'media' if path.startswith(inside) else 'file'}:{path}": path for path in scene["files"]}
        if scene["runs"]:
            shown = {"capture": ws.path(first[name], "capture.json")}
        yield Recipe(
            "frames",
            name,
            f"draw “{scene['title']}” ({scene['kind']})",
            f"{_SCENE}:frames",
            {"picture": f"{at}/picture.json", "look": look_of(ws, video), **shown},
            {name: f"{at}/{name}.{ext}" for name, ext in _PICTURES.items()},
            versions.kind(scene["kind"]),
        )


_PICTURES = {"ground": "png", "first": "png", "final": "png", "layers": "png", "motion": "json"}


def captions(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Captions that are part of the picture, where they are asked for."""
    for video, scene, at in _scenes(ws):
        if not burned(video):
            continue
        yield Recipe(
            "captions",
            f"{video['name']}/{scene['id']}",
            f"draw the captions of “{scene['title']}”",
            f"{_SCENE}:captions",
            {
                **{name: f"{at}/{name}.json" for name in ("motion", "clock", "timing", "narration")},
                "look": look_of(ws, video),
                "format": format_of(ws, video),
            },
            {"layers": f"{at}/captions.png", "motion": f"{at}/captions.json"},
            versions.stage("captions"),
            params={"labels": scene["labels"]} if scene.get("labels") else {},
        )


def mix(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """The sound of clips under the narration, where it is heard."""
    for video, scene, at in _scenes(ws):
        if not scene.get("heard"):
            continue
        names = ("narration.m4a", "motion.json", "clock.json", "timing.json")
        yield Recipe(
            "mix",
            f"{video['name']}/{scene['id']}",
            f"mix the sound of “{scene['title']}”",
            f"{_SCENE}:mix",
            {
                **{name.partition(".")[0]: f"{at}/{name}" for name in names},
                "clip": scene["heard"],
                "format": format_of(ws, video),
            },
            {"sound": f"{at}/sound.m4a"},
            versions.stage("mix"),
        )


def bed(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Music under all that is heard in a film, where there is any."""
    for film in read_plan(ws).videos:
        if not (music := film.get("music")):
            continue
        yield Recipe(
            "bed",
            film["name"],
            f"lay {music['file']} under {film['file']}",
            f"{_FILM}:bed",
            {
                "music": music["file"],
                "format": format_of(ws, film),
                **of_scenes(ws, film, *TIMED),
                **mixed(ws, film),
            },
            {"soundtrack": ws.path(film["name"], "soundtrack.m4a")},
            versions.stage("bed"),
            params={
                "scenes": [scene["id"] for scene in film["scenes"]],
                "music": {key: value for key, value in music.items() if key not in ("file", "licence")},
            },
        )


def segment(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Each scene's picture track, encoded once."""
    for video, scene, at in _scenes(ws):
        names = ("first.png", "layers.png", "motion.json", "clock.json", "timing.json")
        over = {"over": f"{at}/captions.png", "over_motion": f"{at}/captions.json"} if burned(video) else {}
        clip = {"clip": scene["plays"]} if scene.get("plays") else {}
        yield Recipe(
            "segment",
            f"{video['name']}/{scene['id']}",
            f"encode “{scene['title']}”",
            f"{_SCENE}:segment",
            {
                **{name.partition(".")[0]: f"{at}/{name}" for name in names},
                **over,
                **clip,
                "format": format_of(ws, video),
            },
            {"segment": f"{at}/segment.mp4"},
            versions.stage("segment"),
        )


def transition(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """How each scene takes over from the one before it."""
    before: dict[str, str] = {}
    for video, scene, at in _scenes(ws):
        previous = before.get(video["name"])
        last = {"previous": f"{previous}/final.png", "previous_ground": f"{previous}/ground.png"}
        yield Recipe(
            "transition",
            f"{video['name']}/{scene['id']}",
            f"pass over to “{scene['title']}”" if previous else f"open with “{scene['title']}”",
            f"{_SCENE}:transition",
            {
                **({**last, "ground": f"{at}/ground.png"} if previous else {}),
                "first": f"{at}/first.png",
                "format": format_of(ws, video),
            },
            {"transition": f"{at}/transition.mp4"},
            versions.stage("transition"),
        )
        before[video["name"]] = at


_LAST = {stage.__name__: stage for stage in (joined.video, joined.convert, joined.manifest, joined.check)}


def stage_named(stage: str) -> Callable[[Workspace, Versions], Iterator[Recipe]]:
    """The function of a stage, which gives its recipes."""
    return _LAST.get(stage) or globals()[stage]


def recipes(ws: Workspace, stage: str, versions: Versions) -> Iterator[Recipe]:
    """The tasks of a stage, in the order of the film."""
    return stage_named(stage)(ws, versions)


def _translated(ws: Workspace) -> dict[str, str]:
    scenes = read_json(ws.path("languages.json")).get("scenes", [])
    return {f"translation:{scene['name']}": ws.path(scene["name"], "translation.json") for scene in scenes}


def _scenes(ws: Workspace) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    for film in read_plan(ws).videos:
        for scene in film["scenes"]:
            yield film, scene, ws.path(film["name"], scene["id"])


def _first_shape(ws: Workspace) -> dict[str, str]:
    """For every scene, as `video/language/scene`, the same scene in the first of the film's shapes."""
    known = {(film["name"], scene["id"]) for film, scene, _ in _scenes(ws)}
    first: dict[str, str] = {}
    for film, scene, _ in _scenes(ws):
        name = film["first_shape"] if (film["first_shape"], scene["id"]) in known else film["name"]
        first[f"{film['name']}/{scene['id']}"] = f"{name}/{scene['id']}"
    return first
