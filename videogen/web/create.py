"""Asking for a film: of a project, of a file or a text that is sent, of a web address, or of a template's answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import pydantic
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from videogen.build.workspace import known_projects
from videogen.model.accent import Accent
from videogen.model.address import shown_source
from videogen.model.aspect import Aspect
from videogen.model.errors import ValidationError
from videogen.model.formats import Format
from videogen.model.task import ID, InputConfig, Task
from videogen.tasks import lifecycle
from videogen.tasks.confined import confinement
from videogen.web.access import Who
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import WebError, WrongType, no_json, refusals, wrong_fields
from videogen.web.room import check_room, place_for
from videogen.web.sniff import label_of
from videogen.web.uploads import discard, keep_file, keep_text, new_folder
from videogen.web.views import TaskView, shown

router = APIRouter(prefix="/api", tags=["tasks"])

_Name = Annotated[str, Field(max_length=100)]
_LONGEST_TEXT = 2_000_000


class Asked(BaseModel):
    """A film that is asked for. Just one of `project`, `source`, `text`, `template` and `task`, or a `file` beside
    it."""

    model_config = ConfigDict(extra="forbid")

    project: _Name | None = Field(None, description="A project of the working folder, by its name.")
    source: Annotated[str, Field(max_length=2000)] | None = Field(
        None, description="A web address, or `youtube:` and what names a video."
    )
    text: Annotated[str, Field(min_length=1, max_length=_LONGEST_TEXT)] | None = Field(None, description="Markdown.")
    name: _Name | None = Field(None, description="What it is called; goes with `text` and `template`.")
    template: _Name | None = Field(None, description="A template of the wizard's; see `/api/templates`.")
    task: Annotated[str, Field(pattern=f"^{ID}$")] | None = Field(
        None, description="What this earlier task was made from, with its settings but for those that are given."
    )
    answers: dict[str, Any] = Field(default_factory=dict, description="To the questions of the template.")
    videos: tuple[_Name, ...] = Field((), max_length=100, description="Only these videos of the project.")
    title: Annotated[str, Field(max_length=300)] | None = None
    languages: Annotated[tuple[Annotated[str, Field(max_length=35)], ...], Field(max_length=40)] | None = None
    duration: Annotated[str, Field(max_length=40)] | None = Field(None, description="Such as `90s` or `2m30s`.")
    voice: _Name | None = None
    theme: _Name | None = Field(None, description="A theme's name; see `/api/themes`.")
    accent: Accent | None = None
    aspect: Annotated[tuple[Aspect, ...], Field(max_length=4)] | None = Field(None, description="A film of each shape.")
    also: Annotated[tuple[Format, ...], Field(max_length=3)] | None = Field(
        None, description="Other formats of the film, beside its MP4."
    )
    use_ai: _Name | None = Field(None, description="`provider:model` that writes the script; empty: the usual.")
    draft: bool = Field(False, description="480p and without a voice.")
    frozen: bool = Field(False, description="Ask nobody and speak nothing.")
    refresh: bool = Field(False, description="Ask again for what was fetched from the web.")
    fail_on_warn: bool = False

    @model_validator(mode="after")
    def _theme_is_a_name(self) -> Asked:
        if self.theme is not None and not all(part.isalnum() for part in self.theme.replace("-", "_").split("_")):
            raise ValueError("theme: give the name of a theme")
        return self


_SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": Asked.model_json_schema(),
                "examples": {"a project": {"value": {"project": "talk"}}},
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "options": {"type": "string", "description": "The other fields, as JSON."},
                    },
                }
            },
        },
    }
}


@router.post("/create", status_code=201, response_model=TaskView, responses=refusals(415, 422), openapi_extra=_SENT)
async def create(request: Request, who: Asking, context: Here) -> Response:
    """Ask for a film. It is made when its turn has come; `/api/progress` tells how."""
    context.creates.take(who.client)  # before anything that is sent is kept
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "application/json":
            asked = Asked.model_validate(parsed(await request.body()))
            task = await run_in_threadpool(_ask, context, who, asked, None)
        elif kind == "multipart/form-data":
            async with request.form(max_files=1, max_fields=40, max_part_size=_LONGEST_TEXT) as form:
                asked, file = _of_form(list(form.multi_items()))
                task = await run_in_threadpool(_ask, context, who, asked, file)
        else:
            raise WrongType("this is neither JSON nor a form with a file", hint="send application/json")
    except pydantic.ValidationError as error:
        return wrong_fields(error.errors(), Asked.model_fields)
    except HTTPException as error:
        if error.status_code == 400:  # a form that cannot be read
            raise WebError(
                str(error.detail), hint="send it as multipart/form-data, at most 40 fields and one `file`"
            ) from None
        raise
    view = await run_in_threadpool(shown, context.home, task)
    return JSONResponse(view, 201, {"Location": f"/api/tasks/{task.id}"})


def parsed(body: bytes | str) -> Any:
    """What is sent as JSON. Raises WebError for what is none, or has text in it that nothing can write."""
    try:
        found = json.loads(body)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise WebError("this has half of a character in it", hint="send no lone surrogates, such as \\ud800") from None
    except (ValueError, RecursionError):
        raise no_json() from None
    return found


def _of_form(items: list[tuple[str, str | UploadFile]]) -> tuple[Asked, UploadFile | None]:
    """What a form says: its one file, `options` as JSON, and fields of their own; of several, a list."""
    fields: dict[str, Any] = {}
    file: UploadFile | None = None
    for name, value in items:
        if isinstance(value, UploadFile):
            if name != "file":
                raise WebError(f'there is no file "{name[:40]}" to be sent', hint="call it `file`")
            file = value
        elif name in ("options", "answers"):
            given = parsed(value or "{}")
            if not isinstance(given, dict):
                raise WebError(f"`{name}` is no JSON object", hint='send one, such as {"draft": true}')
            fields |= given if name == "options" else {"answers": given}
        elif name in ("languages", "videos", "aspect", "also"):
            listed = [each.strip() for each in value.split(",") if each.strip()]
            fields[name] = [*fields.get(name, ()), *listed]
        elif value or name == "use_ai":
            fields[name] = value
    return Asked.model_validate(fields), file


def _ask(context: Context, who: Who, asked: Asked, file: UploadFile | None) -> Task:
    """Keep what was sent, and ask for its film."""
    output, most = context.settings.output, context.settings.max_cost
    given = [name for name in ("project", "source", "text", "template", "task") if getattr(asked, name) is not None]
    if len(given) + (file is not None) != 1:
        raise WebError(
            "what should the film be made from?" if not given and file is None else "this is more than one source",
            hint="give one of: project, source, text, template, task, or a file",
        )
    check_room(context, who)
    settings = asked.model_dump(include={*InputConfig.model_fields} - {"project", "source"}, exclude_defaults=True)
    if asked.task is not None:
        return _again(context, who, asked.task, {**settings, "draft": asked.draft})
    if asked.project is not None:
        # projects are the working folder's own: what they name has to lie in it
        config = InputConfig(project=_known(asked.project), output_dir=output, **settings)
        with place_for(context, who.user):
            return lifecycle.submit(context.home, config, who.user, **confinement(".", most), name=asked.project)
    folder = new_folder(output)
    try:
        name, config = _kept(folder, asked, file, context.settings.upload_bytes, settings)
        with place_for(context, who.user):
            return lifecycle.submit(context.home, config, who.user, **confinement(folder, most), name=name)
    except BaseException:
        discard(folder)
        raise


def _again(context: Context, who: Who, task_id: str, settings: dict[str, Any]) -> Task:
    """Ask for the film of an earlier task once more, such as the film of a draft."""
    before = context.load(task_id, who)
    if "confined" not in before.metadata:
        raise ValidationError(f"{task_id} was not asked for here", hint="ask for it where it was")
    config = InputConfig.model_validate({**before.input.model_dump(exclude_defaults=True), **settings})
    with place_for(context, who.user):
        return lifecycle.submit(context.home, config, who.user, **before.metadata)


def _known(project: str) -> str:
    known = known_projects()
    if project not in known:
        import difflib

        close = difflib.get_close_matches(project, known, 1)
        hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(known)}" if known else None
        raise ValidationError(f'there is no project "{project}"', hint=hint)
    return project


def _kept(
    folder: str, asked: Asked, file: UploadFile | None, most: int, settings: dict[str, Any]
) -> tuple[str, InputConfig]:
    """What a film is called, and what its build is asked for."""
    config: Callable[..., InputConfig] = lambda **named: InputConfig(output_dir=folder, **named, **settings)  # noqa: E731
    if file is not None:
        path = keep_file(folder, file.filename or "", file.file, most)
        name = path.rpartition("/")[2]
        if name.lower().endswith((".yaml", ".yml")):
            return name, config(project=path)
        return name, config(source=path)
    if asked.text is not None:
        name = f"{label_of(asked.name or 'text').removesuffix('.md')}.md"
        return name, config(source=keep_text(folder, name, asked.text))
    if asked.template is not None:
        from videogen.build.wizard import WizardInput, offered, project_text
        from videogen.model.scene import slugify

        if asked.template not in offered():  # it would be taken for a path
            raise ValidationError(f'there is no template "{asked.template}"', hint=f"there are: {', '.join(offered())}")
        name = slugify(asked.name or asked.template)
        text = project_text(name, WizardInput(template=asked.template, responses=asked.answers))
        return name, config(project=keep_text(folder, f"{name}.yaml", text))
    source = (asked.source or "").strip()
    if not source.startswith(("http://", "https://", "youtube:")):
        raise ValidationError(
            "source: this is no web address", hint="begin it with https://, or send the file itself as `file`"
        )
    if not source.startswith("youtube:"):
        from videogen.build.projects import check_address

        check_address(source)
    return asked.name or shown_source(source), config(source=source)
