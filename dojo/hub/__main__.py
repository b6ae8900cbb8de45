"""`python -m dojo.hub`: a class's JupyterHub on this machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dojo.errors import DojoError
from dojo.files import full_path
from dojo.hub.root import become_root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the hub; its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        become_root()
        from dojo.hub.start import Wish, run

        return run(Wish(full_path(asked.folder), asked.port, asked.lan, tuple(asked.new_password)), _say)
    except DojoError as problem:
        print(f"dojo.hub: {problem}", file=sys.stderr)  # noqa: T201  # a command prints
        return problem.exit_code
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"dojo.hub: {where}{error.strerror or error}; put that right, nothing is lost.", file=sys.stderr)  # noqa: T201  # a command prints
        return 1
    except KeyboardInterrupt:
        return 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # a command prints


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dojo.hub", description="A class's JupyterHub on this machine.")
    parser.add_argument("--folder", type=Path, default=Path("~/dojo-hub"), help="where everything is kept (~/dojo-hub)")
    parser.add_argument("--port", type=int, default=8000, help="where it answers (8000)")
    parser.add_argument("--lan", action="store_true", help="let other machines in; without it this machine only")
    parser.add_argument(
        "--new-password", metavar="NAME", action="append", default=[], help="a new first password for who forgot theirs"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
