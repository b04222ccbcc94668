"""`create`, `status`, `graph`, `prune`: the build, seen from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from videogen.build.workspace import find_workspace, is_project_file
from videogen.cli.completing import offering, projects, projects_and_tasks
from videogen.cli.options import (
    asked_workspace,
    check_named,
    document_options,
    draft_option,
    made_from_option,
    made_workspace,
    output_option,
    planned_workspace,
    project_argument,
)
from videogen.model.errors import Exit, PipelineError
from videogen.model.events import StageError


@click.command()
@project_argument
@document_options
@click.option("--video", "videos", multiple=True, metavar="ID", help="Only this of its videos; may be given again.")
@output_option
@draft_option
@click.option("--max-cost", type=click.FloatRange(0, 1000), help="US dollars that all answers may cost together.")
@click.option("--frozen", is_flag=True, help="Ask nobody and speak nothing: what would have to be is an error.")
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), help="Targets made at once. Default: as many as there are cores."
)
@click.option("--json", "as_json", is_flag=True, help="Write events as NDJSON to stdout, one line each.")
@click.option("--quiet", "-q", is_flag=True, help="Only errors, and the film's path.")
@click.option("--fail-on-warn", is_flag=True, help="Exit with 3 also when the checks only warn.")
@click.option("--refresh", is_flag=True, help="Ask again for what was fetched from the web.")
@click.option("--review", is_flag=True, help="Stop after the script, and open it to be edited, in each language.")
@click.option("--watch", is_flag=True, help="Make it again after every save, until Ctrl-C.")
def create(
    project: str | None,
    source: str | None,
    videos: tuple[str, ...],
    output: str,
    draft: bool,
    title: str | None,
    languages: list[str] | None,
    duration: str | None,
    voice: str | None,
    theme: str | None,
    accent: str | None,
    aspect: list[str] | None,
    also: list[str] | None,
    use_ai: str | None,
    max_cost: float | None,
    frozen: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    fail_on_warn: bool,
    refresh: bool,
    review: bool,
    watch: bool,
) -> None:
    """Make a film, or make again what is not up to date.

    PROJECT names a file projects/PROJECT.yaml, or is the path of one. With --from, no project is needed: any
    document will do.

    \b
      video-gen create talk
      video-gen create talk --draft
      video-gen create talk --review
      video-gen create talk --watch
      video-gen create course --video intro
      video-gen create --from README.md --output ./videos --theme daylight
      video-gen create --from README.md --languages en,es,fr
    """
    settings = {"title": title, "languages": languages, "duration": duration, "voice": voice, "theme": theme}
    settings |= {"accent": accent, "aspect": aspect, "also": also, "use_ai": use_ai}
    check_named(project, source, **settings)
    if review and as_json:
        raise click.UsageError("--review is for a person; it writes no events")
    if watch:
        sys.exit(_watch(project, source, output, draft, review, refresh, as_json, quiet))
    from videogen.build.console import console
    from videogen.build.events import ndjson
    from videogen.build.run import build
    from videogen.build.terms import Budget, Terms

    terms = Terms(frozen, Budget(max_cost))
    sink = ndjson(sys.stdout) if as_json else console(quiet)
    try:
        workspace = asked_workspace(project, source, output, draft, **settings)
        if review:
            from videogen.cli.review import edit_scripts

            sys.exit(edit_scripts(workspace, videos, terms))
        tasks: Sequence[str] = ("create",)
        if videos:
            from videogen.build.films import tasks_of_videos

            tasks = tasks_of_videos(workspace, videos, terms)
        code = build(workspace, tasks, [sink], jobs=jobs, fail_on_warn=fail_on_warn, refresh=refresh, terms=terms)
    except PipelineError as error:
        if as_json:
            sink(StageError("", "", {**error.to_dict(), "shown": str(error)}))
        raise
    sys.exit(code)


def _watch(
    project: str | None,
    source: str | None,
    output: str,
    draft: bool,
    review: bool,
    refresh: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    from videogen.cli.watch import watch

    for name, given in (("review", review), ("refresh", refresh)):
        if given:
            raise click.UsageError(f"--watch and --{name} do not go together")
    if source is None or is_project_file(source):
        workspace = find_workspace(source or project, output, draft)
    else:
        from videogen.build.projects import place_of
        from videogen.build.watching import file_of

        workspace = place_of(source, output, draft)
        if file_of(workspace) is None:
            raise click.UsageError("--watch is for files; a web address tells nobody when it changes")
    # as they were typed: the build takes the same, but for this
    return watch([each for each in sys.argv[2:] if each != "--watch"], workspace, as_json=as_json, quiet=quiet)


@click.command()
@click.argument("project", required=False, shell_complete=offering(projects_and_tasks))
@made_from_option
@output_option
@draft_option
@click.option("--watch", is_flag=True, help="Of a task: go on until it ends.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def status(project: str | None, source: str | None, output: str, draft: bool, watch: bool, as_json: bool) -> None:
    """Say what is stale, why, and what making it again will cost.

    PROJECT may be the id of a task, as `video-gen list` shows it: then it says what became of each stage.

    Seconds are those that the same task took before, else those of its kind, else an estimate. `maybe` is what
    need not be made again if what it waits for comes out as it was.
    """
    if project is not None and project.startswith("task_"):
        from videogen.cli.tasks import show_task

        return show_task(project, output, as_json, watch)
    if watch:
        raise click.UsageError("--watch goes with the id of a task, as `video-gen list` shows it")
    from videogen.build.run import status as say

    sys.exit(say(made_workspace(project, source, output, draft), json=as_json))


@click.command()
@project_argument
@document_options
@output_option
@draft_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def plan(project: str | None, source: str | None, output: str, draft: bool, as_json: bool, **settings: Any) -> None:
    """Say what a build would make, stage by stage, and why.

    \b
      video-gen plan talk
      video-gen plan --from README.md --aspect 16:9,9:16

    Nothing is run but the planning. Seconds are work on one core, from recorded runs where there are any; what asking a
    language model will cost is told too. `explain` tells the same target by target.
    """
    from videogen.build.run import plan as say

    check_named(project, source, **settings)
    with planned_workspace(project, source, output, draft, **settings) as workspace:
        code = say(workspace, json=as_json)
    sys.exit(code)


@click.command()
@project_argument
@made_from_option
@output_option
@draft_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--fail-on-warn", is_flag=True, help="Exit with 3 also when the checks only warn.")
def check(project: str | None, source: str | None, output: str, draft: bool, as_json: bool, fail_on_warn: bool) -> None:
    """Say what the checks found in the films that there are.

    Nothing is made: of a film that may not be up to date, it says so, and what the last build found. Exit code 3 where
    something must be mended.
    """
    import json

    from videogen.build.reports import reports_of

    workspace = made_workspace(project, source, output, draft)
    fresh, reports = reports_of(workspace)
    if as_json:
        told = [{"film": name, **report.model_dump(mode="json")} for name, report in reports.items()]
        click.echo(json.dumps({"up_to_date": fresh, "films": told}, indent=1))
    else:
        if not fresh:
            click.echo(
                f"{workspace.name} may not be up to date, which `status` tells: this is what the last build found",
                err=True,
            )
        for name, report in reports.items():
            for finding in [*report.errors, *report.warnings]:
                scene = f"{finding.scene}: " if finding.scene else ""
                hint = f"; {finding.hint}" if finding.hint else ""
                click.echo(f"{finding.level}: {name}: {scene}{finding.message}{hint}")
            count = f"{len(report.findings)} checks, {len(report.errors)} errors, {len(report.warnings)} warnings"
            click.echo(f"{name}: {count}")
    wrong = any(report.errors or (fail_on_warn and report.warnings) for report in reports.values())
    sys.exit(int(Exit.CHECKS if wrong else Exit.MADE))


@click.command()
@click.argument("targets", nargs=-1, metavar="[TASK]...")
@click.option("--project", "-p", shell_complete=offering(projects), help="The project, where there are several.")
@made_from_option
@output_option
@draft_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def explain(
    targets: tuple[str, ...], project: str | None, source: str | None, output: str, draft: bool, as_json: bool
) -> None:
    """Say why targets are stale, such as `audio:talk/en/intro`.

    TASK is a target's task, as `doit list --all` shows it, or a pattern, such as `frames:*`. Without one, it is what
    `status` says.
    """
    from videogen.build.run import run

    workspace = made_workspace(project, source, output, draft)
    sys.exit(run(workspace, ["explain", *(["--json"] if as_json else []), *targets]))


@click.command()
@project_argument
@made_from_option
@output_option
@draft_option
@click.option("--format", "notation", type=click.Choice(["mermaid", "dot"]), default="mermaid", show_default=True)
def graph(project: str | None, source: str | None, output: str, draft: bool, notation: str) -> None:
    """Write the graph of the build as Mermaid or DOT.

    What is stale is filled.
    """
    from videogen.build.run import run

    sys.exit(run(made_workspace(project, source, output, draft), ["graph", "--format", notation]))


@click.command()
@project_argument
@made_from_option
@output_option
@draft_option
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
def prune(project: str | None, source: str | None, output: str, draft: bool, dry_run: bool) -> None:
    """Remove what nothing makes any more."""
    from videogen.build.run import run

    sys.exit(run(made_workspace(project, source, output, draft), ["prune", *(["--dry-run"] if dry_run else [])]))
