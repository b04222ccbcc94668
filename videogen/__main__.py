"""`video-gen`, and `python -m videogen`: the same."""

from __future__ import annotations

import signal


def main() -> None:
    """The `video-gen` command. Ctrl-C while it is still loaded ends it as any program, without a word."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from videogen.cli import main as command

    signal.signal(signal.SIGINT, handler)
    command()


if __name__ == "__main__":
    main()
