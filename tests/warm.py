"""Commands in processes of their own that need not import everything anew.

Most of the time of a command on a small project goes into imports. So one process per test worker imports what
commands import, runs nothing, and forks for each command that is asked for; the fork runs it as `python -m` does, with
the folder, the environment and the streams that it is given. What reads how a command starts (which modules it loads,
how it is stopped) starts one itself.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

MODULES = ("doit", "videogen")
_MAX = 1 << 20
_READY = b"ready"
_OF_THE_INTERPRETER = ("PYTHON", "LANG", "LC_", "LD_", "TZ", "OMP_", "OPENBLAS_", "MALLOC_")
"""Beginnings of variables that are read when an interpreter or a library of it starts."""


def begin() -> None:
    """Have the process that forks ready: no command may wait for it while the build that it is about goes on."""
    if sys.platform == "linux":
        _parent()


def starts_here(command: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    """Whether a command can be forked and is the same: a module of ours, and nothing said to the interpreter."""
    known = command[:2] == (sys.executable, "-m") and command[2] in MODULES
    return known and sys.platform == "linux" and _interpreter(environment) == _interpreter(os.environ)


def run(command: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The command, run to its end in the folder; what it says is captured."""
    asked = json.dumps([*command[2:]]), str(folder), json.dumps(dict(environment))
    with contextlib.ExitStack() as stack:
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        pipes = [os.pipe(), os.pipe()]
        readers = [_Reader(reads) for reads, _ in pipes]
        try:
            socket.send_fds(_parent(), [json.dumps(asked).encode()], [0, *(end for _, end in pipes), theirs.fileno()])
        finally:
            theirs.close()
            for _, end in pipes:
                os.close(end)
            for reader in readers:
                reader.start()
        out, err = (reader.told() for reader in readers)
        code = ours.recv(16)
    assert code, "the process that forks has ended"
    return subprocess.CompletedProcess(command, int(code), out, err)


class _Reader(threading.Thread):
    """Reads a pipe to its end."""

    def __init__(self, end: int) -> None:
        super().__init__(daemon=True)
        self._file = open(end, "rb")  # noqa: SIM115
        self._read = b""

    def run(self) -> None:
        with self._file:
            self._read = self._file.read()

    def told(self) -> str:
        self.join()
        return io.TextIOWrapper(io.BytesIO(self._read)).read()


def _interpreter(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_OF_THE_INTERPRETER)}


_beginning = threading.Lock()


def _parent() -> socket.socket:
    with _beginning:
        return _begun(os.getpid())


@functools.cache
def _begun(_process: int) -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for side in (ours, theirs):
        side.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _MAX)
    command = [sys.executable, str(Path(__file__)), str(theirs.fileno())]
    process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    theirs.close()

    @atexit.register
    def end() -> None:
        ours.close()
        process.wait()

    assert ours.recv(16) == _READY, "the process that forks has ended"
    return ours


def _serve(control: socket.socket) -> list[str] | None:
    """Fork for each command that is asked for; returns, in the fork alone, what it is to run."""
    import selectors

    before = dict(os.environ)
    _load()
    ours = {name: value for name, value in os.environ.items() if name not in before}
    control.send(_READY)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.data is not None:
                pid, reply = key.data
                _, status = os.waitpid(pid, 0)
                with contextlib.suppress(OSError), reply:
                    reply.send(str(os.waitstatus_to_exitcode(status)).encode())
                selector.unregister(key.fileobj)
                os.close(key.fd)
                continue
            asked, streams, _, _ = socket.recv_fds(control, _MAX, 4)
            if not asked:
                return None
            pid = os.fork()
            if not pid:
                _clean(selector, control)
                return _became(json.loads(asked), streams, ours)
            for stream in streams[:3]:
                os.close(stream)
            selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, socket.socket(fileno=streams[3])))


def _load() -> None:
    """Import what commands import. What starts a thread when it is imported is not here: no fork would have it."""
    import gc
    import importlib
    import pkgutil

    import videogen

    ours = [module.name for module in pkgutil.walk_packages(videogen.__path__, "videogen.")]
    others = ("doit.doit_cmd", "openai", "pygments.lexers", "mdit_py_plugins.footnote", "rich.console", "rich.table")
    for name in (*ours, *others):
        if not name.endswith("__main__"):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _clean(selector: object, control: socket.socket) -> None:
    """Leave to the process that forks what is its own."""
    for key in list(selector.get_map().values()):  # type: ignore[attr-defined]
        if key.data is not None:
            key.data[1].close()
            os.close(key.fd)
    selector.close()  # type: ignore[attr-defined]
    control.close()


def _became(asked: list[str], streams: list[int], ours: Mapping[str, str]) -> list[str]:
    """In the fork: the streams, the folder and the environment that were asked for."""
    command, folder, environment = asked
    for number, stream in enumerate(streams[:3]):
        os.dup2(stream, number)
    for stream in streams:
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update({**ours, **json.loads(environment)})
    sys.path[0] = folder
    return json.loads(command)


_ended: list[int] = []
"""The exit code of a fork that has come to its end."""


def _leave() -> None:
    """The last thing of a fork, when its threads have ended and all that it registered was called. To take apart what
    was imported copies every page that a fork shares: 70 ms, and the end of a process does as much."""
    if _ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_ended[0])


if __name__ == "__main__":
    import runpy

    atexit.register(_leave)  # the first, which is called last
    told = _serve(socket.socket(fileno=int(sys.argv[1])))
    if told is not None:
        module, *sys.argv[1:] = told
        try:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        except SystemExit as stop:
            if stop.code is None or isinstance(stop.code, int):
                _ended.append(stop.code or 0)
            raise
