"""A normalised video -> what it says: a document parsed, or scenes as they were written."""

from __future__ import annotations

from pathlib import Path

from videogen.model.content import ParsedContent
from videogen.model.project import VideoConfig


def parse(video: VideoConfig, root: Path = Path()) -> ParsedContent:
    """What a video says. Paths in it are relative to `root`, the working folder.

    Raises ValidationError when the document cannot be used; see `parse_markdown`.
    """
    if video.document is not None:
        # markdown-it takes 50 ms to import, which a project of scenes need not pay
        from videogen.inputs.markdown import parse_markdown

        parsed = parse_markdown(video.document, video, root)
        if video.part is None:
            from videogen.inputs.digest import digest

            # who asks for a duration, or a language model, has something of the whole chosen
            return digest(parsed) if video.duration is None and video.script.ai is None else parsed
        from videogen.inputs.split import of_part

        return of_part(parsed, video.part, video.title or "")
    scenes = video.scenes or []
    spoken = sum(len(scene.narration.split()) for scene in scenes)
    return ParsedContent(
        video_id=video.id,
        title=video.title or next((scene.title for scene in scenes if scene.title), video.id),
        description=video.description,
        scenes=scenes,
        document_metadata={"scenes": len(scenes), "words": spoken},
        suggested_duration=round(spoken * 60 / 150, 1),
    )
