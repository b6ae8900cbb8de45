"""`python -m dojo.hub.accounts FOLDER`: what a hub elsewhere needs from the kit, as deploy/README.md uses it.

FOLDER holds roster.csv; beside it come hub/numbers.json, kit/passwd and kit/group. Run it again when the roster
changes: numbers once given stay. With `--labs` FOLDER gets the labs as students may have them, with `--settings ROLE`
the settings of a role's JupyterLab and nbgrader.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dojo.errors import DojoError
from dojo.files import full_path
from dojo.hub.place import Place
from dojo.hub.prepare import write_accounts, write_labs, write_settings
from dojo.hub.roster import ROLES, read_roster

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dojo.hub.accounts", description="User numbers for a roster.")
    parser.add_argument("folder", type=Path, help="the folder that holds roster.csv, or where the rest is written")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--labs", action="store_true", help="write the labs as students may have them")
    other.add_argument("--settings", choices=ROLES, help="write the settings of this role's JupyterLab")
    asked = parser.parse_args(arguments)
    try:
        folder = full_path(asked.folder)
        if asked.labs:
            write_labs(folder, _say)
        elif asked.settings:
            write_settings(folder, asked.settings)
        else:
            _number(Place(folder))
        return 0
    except DojoError as problem:
        print(f"dojo.hub.accounts: {problem}", file=sys.stderr)  # noqa: T201  # a command prints
        return problem.exit_code


def _number(place: Place) -> None:
    people = read_roster(place.roster)
    write_accounts(place, people, place.numbers(people))
    _say(f"{len(people)} people: {place.state / 'numbers.json'}, {place.kit / 'passwd'}, {place.kit / 'group'}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # a command prints


if __name__ == "__main__":
    sys.exit(main())
