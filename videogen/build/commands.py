"""doit commands of ours: `planned`, `explain`, `graph`, `prune`, `export`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from doit.cmd_base import DoitCmdBase
from doit.cmdparse import CmdOption, CmdParse
from doit.control import TaskControl

from videogen.build.explain import explain, topological
from videogen.build.export import export
from videogen.build.flow import ASKING, STAGES
from videogen.build.graph import recipe_of
from videogen.build.leftovers import leftovers, remove
from videogen.build.plan import stale_texts
from videogen.build.planned import as_json as planned_json
from videogen.build.planned import as_text as planned_text
from videogen.build.planned import planned
from videogen.build.settled import settled
from videogen.build.stale import Stale, as_text
from videogen.build.stale import as_json as told_json
from videogen.build.store import Store
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError

_JSON = {"name": "as_json", "long": "json", "type": bool, "default": False, "help": "write JSON"}
_FORMAT = {
    "name": "notation",
    "short": "f",
    "long": "format",
    "type": str,
    "default": "mermaid",
    "choices": [("mermaid", "a Mermaid flowchart"), ("dot", "Graphviz DOT")],
    "help": "notation of the graph [default: %(default)s]",
}
_DRY = {"name": "dry_run", "long": "dry-run", "type": bool, "default": False, "help": "only say what would be removed"}
_TO = {"name": "to", "long": "to", "type": str, "default": "", "help": "folder or ZIP file [default: export/PROJECT]"}
_ZIP = {"name": "as_zip", "long": "zip", "type": bool, "default": False, "help": "write one ZIP file"}
_LANGUAGES = {"name": "languages", "long": "languages", "type": str, "default": "", "help": "only these, such as en,es"}


class _Command(DoitCmdBase):
    loader: Any
    dep_manager: Any
    doc_usage = "[TASK ...]"
    doc_description = None

    def help(self) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Usage with the options of ours: the others, such as where the state is, are settled by the loader."""
        self._cmdparser = CmdParse([CmdOption(option) for option in self.cmd_options])
        return super().help()

    def _tasks(self) -> tuple[dict[str, Any], list[str]]:
        """Every task by name, and the names of the selected ones."""
        control = TaskControl(self.task_list)
        control.process(self.sel_tasks)
        return control.tasks, list(control.selected_tasks or ())

    def _stale(self) -> tuple[list[Any], list[Stale], dict[str, list[str]]]:
        """The selected tasks with all they need, those that are stale, and why the first stages were."""
        tasks, selected = self._tasks()
        # a plan that waits for an answer does not lead to who is asked
        wanted = [*(name for name in tasks if ":" in name and name.partition(":")[0] in ASKING), *selected]
        stale = explain(tasks, wanted, self.dep_manager, Store())
        first = {name: why for name, why in self.loader.first_reasons.items() if why}
        self.dep_manager.close()
        return topological(tasks, wanted), stale, first

    @property
    def _workspace(self) -> Workspace:
        return self.loader.workspace


class Explain(_Command):
    """`doit explain`: what is stale, why, and what it will cost."""

    name = "explain"
    doc_purpose = "what is stale, why, and what it will cost"
    cmd_options = (_JSON,)

    def _execute(self, as_json: bool) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        _, stale, first = self._stale()
        texts = stale_texts(self._workspace)
        told = told_json(first, stale, texts) if as_json else as_text(self._workspace.name, first, stale, texts)
        self.outstream.write(told)
        return 0


class Plan(_Command):
    """`doit planned`: what a build would make, stage by stage, and what it will cost. `plan` is a task."""

    name = "planned"
    doc_purpose = "what a build would make, stage by stage, and what it will cost"
    cmd_options = (_JSON,)

    def _execute(self, as_json: bool) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        tasks, stale, first = self._stale()
        counts = Counter(task.name.partition(":")[0] for task in tasks if recipe_of(task))
        found = planned(self._workspace.name, counts, stale, first, stale_texts(self._workspace))
        if self.loader.plans is None:
            self.outstream.write(planned_json(found) if as_json else planned_text(found))
        else:
            self.loader.plans.append(found)
        return 0


class Graph(_Command):
    """`doit graph`: the graph as Mermaid or DOT."""

    name = "graph"
    doc_purpose = "write the graph as Mermaid or DOT"
    cmd_options = (_FORMAT,)

    def _execute(self, notation: str) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        known, selected = self._tasks()
        tasks = [task for task in topological(known, selected) if recipe_of(task)]
        names = {task.name for task in tasks}
        stale = {task.name for task in tasks if self.dep_manager.get_status(task, known).status != "up-to-date"}
        self.dep_manager.close()
        edges = [(before, task.name) for task in tasks for before in sorted(set(task.task_dep)) if before in names]
        write = _dot if notation == "dot" else _mermaid
        self.outstream.write(write([task.name for task in tasks], edges, stale))
        return 0


def _mermaid(names: list[str], edges: list[tuple[str, str]], stale: set[str]) -> str:
    number = {name: f"t{index}" for index, name in enumerate(names)}
    lines = ["flowchart LR"]
    for stage in STAGES:
        inside = [name for name in names if name.partition(":")[0] == stage]
        if inside:
            lines.append(f"  subgraph {stage}")
            lines += [f'    {number[name]}["{name.partition(":")[2] or name}"]' for name in inside]
            lines.append("  end")
    lines += [f"  {number[before]} --> {number[after]}" for before, after in edges]
    lines.append("  classDef stale fill:#fde68a,stroke:#b45309,color:#451a03")
    if stale:
        lines.append(f"  class {','.join(number[name] for name in names if name in stale)} stale")
    return "\n".join(lines) + "\n"


def _dot(names: list[str], edges: list[tuple[str, str]], stale: set[str]) -> str:
    lines = ["digraph build {", "  rankdir=LR;", '  node [shape=box, style="rounded,filled", fillcolor="#ffffff"];']
    fill = ' [fillcolor="#fde68a"]'
    lines += [f'  "{name}"{fill if name in stale else ""};' for name in names]
    lines += [f'  "{before}" -> "{after}";' for before, after in edges]
    return "\n".join([*lines, "}"]) + "\n"


class Prune(_Command):
    """`doit prune`: remove what nothing makes any more."""

    name = "prune"
    doc_purpose = "remove what nothing makes any more"
    doc_usage = ""
    cmd_options = (_DRY,)

    def _execute(self, dry_run: bool) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        found = leftovers(self._workspace)
        if not found:
            print(f"nothing to remove in {self._workspace.build}", file=sys.stderr)
        for path, files in found.items():
            self.outstream.write(f"{'would remove' if dry_run else 'removed'} {path}\n")
            if not dry_run:
                remove(files, self._workspace.build)
        known = {task.name for task in self.task_list}
        for name in self.dep_manager.backend.names():
            if name not in known and not dry_run:
                self.dep_manager.remove(name)
        self.dep_manager.close()
        return 0


class Export(_Command):
    """`doit export`: copy the films, and what is published beside them, into a folder or a ZIP file."""

    name = "export"
    doc_purpose = "copy the films, and what is published beside them, into a folder or a ZIP file"
    doc_usage = ""
    cmd_options = (_TO, _ZIP, _LANGUAGES)

    def _execute(self, to: str, as_zip: bool, languages: str) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.dep_manager.close()
        self.loader.lock.release()  # the copying takes it for itself
        chosen = [each.strip() for each in languages.split(",") if each.strip()]
        try:
            written = export(self._workspace, to or None, languages=chosen, as_zip=as_zip)
        except PipelineError as error:
            print(f"error: {error}", file=sys.stderr)
            return int(error.exit_code)
        if settled(self._workspace) is None:
            print(
                f"{self._workspace.name} may not be up to date, which `status` tells: this is what the last build made",
                file=sys.stderr,
            )
        self.outstream.write("".join(f"{path}\n" for path in written))
        return 0


__all__ = ["Explain", "Export", "Graph", "Plan", "Prune"]
