"""The build file: how a text becomes a film. Read it from top to bottom.

    doit create project=readme          make everything that is not up to date
    doit list --all project=readme      every stage and scene
    doit explain project=readme         what is stale, why, and what it will cost
    doit audio:readme/en/intro          one target and what it needs

Files are below build/<project>/<video>/<language>/<scene>/. The first eight stages are run while the graph is
loaded, because they decide what scenes there are. Tasks of your own may follow: give them the film as file_dep.
"""

from videogen.build.tasks import tasks_of


def task_source():
    """project.yaml + document -> source.json"""
    return tasks_of("source")


def task_parse():
    """source.json -> parsed.json"""
    return tasks_of("parse")


def task_look():
    """source.json + theme -> looks.json"""
    return tasks_of("look")


def task_prompt():
    """parsed.json -> prompts.json, and prompt.json of every video whose script a language model writes"""
    return tasks_of("prompt")


def task_ask():
    """prompt.json -> answer.json: asked once, and never again for the same prompt"""
    return tasks_of("ask")


def task_script():
    """parsed.json + answer.json, if there is one -> script.json, and texts.json of every scene that is translated"""
    return tasks_of("script")


def task_translate():
    """texts.json -> translation.json"""
    return tasks_of("translate")


def task_plan():
    """script.json + translation.json + looks.json -> plan.json, and narration, picture, clock (JSON) of every scene"""
    return tasks_of("plan")


def task_audio():
    """narration.json (or a recording) -> narration.mp3, narration.m4a, timing.json"""
    return tasks_of("audio")


def task_capture():
    """command.json -> capture.json, where a scene shows a command that is run"""
    return tasks_of("capture")


def task_frames():
    """picture.json + look.json -> ground.png, first.png, layers.png, final.png, motion.json"""
    return tasks_of("frames")


def task_captions():
    """timing.json + clock.json + motion.json + look.json -> captions.png, captions.json, where the picture has them"""
    return tasks_of("captions")


def task_mix():
    """narration.m4a + a clip + motion.json + clock.json + timing.json -> sound.m4a, where the clip is heard"""
    return tasks_of("mix")


def task_bed():
    """music + every narration.m4a or sound.m4a + motion + clock + timing -> soundtrack.m4a, where there is music"""
    return tasks_of("bed")


def task_segment():
    """first.png + layers.png + motion.json + clock.json + timing.json (+ captions, clip) -> segment.mp4"""
    return tasks_of("segment")


def task_transition():
    """the previous scene's final.png + first.png + both ground.png -> transition.mp4"""
    return tasks_of("transition")


def task_video():
    """every scene's segment, transition and narration or sound -> the film, captions, chapters, transcript"""
    return tasks_of("video")


def task_convert():
    """the film -> the film in other formats, where it is wanted in any"""
    return tasks_of("convert")


def task_manifest():
    """the film, its script and where that came from -> manifest.json"""
    return tasks_of("manifest")


def task_check():
    """the film -> report.json: what a viewer would complain about"""
    return tasks_of("check")


def task_create():
    """everything a person wants"""
    return {"actions": None, "task_dep": ["check"]}
