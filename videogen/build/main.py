"""doit's main for our own faces: the commands that they use, and errors as errors instead of lines on stderr."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

from doit.cmd_base import Command
from doit.cmd_run import Run
from doit.cmdparse import CmdParseError
from doit.doit_cmd import DoitMain
from doit.exceptions import InvalidCommand, InvalidDodoFile, InvalidTask
from doit.plugin import PluginDict

from videogen.build.commands import Explain, Graph, Plan, Prune
from videogen.build.loader import Stopped
from videogen.build.reporter import bug
from videogen.model.errors import Exit, PipelineError, ValidationError


class Main(DoitMain):
    """Knows `run`, `explain`, `planned`, `graph` and `prune`. Raises Stopped for whatever keeps one from beginning."""

    def get_cmds(self) -> PluginDict:
        """The commands by name."""
        commands = PluginDict()
        for command in (Run, Explain, Plan, Graph, Prune):
            commands[command.get_name()] = _stopping(command)
        return commands


def _stopping(command: type[Command]) -> type[Command]:
    class Stopping(command):
        def parse_execute(self, in_args: list[str]) -> Any:
            try:
                return super().parse_execute(in_args)
            except PipelineError as error:
                raise Stopped(error) from None
            except BrokenPipeError:
                # `| head` has seen enough, and Python must not fail on the pipe when it ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise SystemExit(int(Exit.FAILED)) from None
            except (CmdParseError, InvalidCommand, InvalidDodoFile, InvalidTask) as error:
                raise Stopped(ValidationError(" ".join(str(error).split()))) from None
            except Exception as error:
                raise Stopped(bug("".join(traceback.format_exception(error)))) from error

    return Stopping
