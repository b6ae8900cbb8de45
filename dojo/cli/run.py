"""Runs one command, and turns what goes wrong into a sentence and an exit code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from dojo.cli import learn, models, one_lab, room, teach, write
from dojo.cli.parser import Parser
from dojo.cli.say import say
from dojo.errors import DojoError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows, or a bare C locale, has no check mark: better a question mark than no report.
            stream.reconfigure(errors="replace")
    args = _parser().parse_args(argv)
    try:
        code = int(args.run(args))
        _flush()
        return code
    except DojoError as problem:
        print(f"dojo: {problem}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print("dojo: stopped; nothing is lost, run the same command again.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; what it has not read is nobody's.
        _forget_output()
        return 1
    except OSError as error:
        # A full disk, a folder without permission: the user's to mend, and files are written whole or not at all.
        where = f"{error.filename}: " if error.filename else ""
        say(f"dojo: {where}{error.strerror or error}; put that right and run the same command again.")
        try:
            _flush()
        except OSError:
            _forget_output()
        return 1


def _flush() -> None:
    """Print now what is still held back, while a failure can be told; there is no stdout at all under pythonw."""
    if sys.stdout:
        sys.stdout.flush()


def _forget_output() -> None:
    """Let what stdout still holds go nowhere, or Python would fail once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="dojo", description="Learn local AI on your own machine: lessons, labs, checks.")
    verbs = parser.add_subparsers(metavar="command", required=True, parser_class=Parser)
    for module in (learn, one_lab, models, room, teach, write):  # in the order of `dojo --help`
        module.add(verbs)
    return parser
