"""A learner with one lab: a hint, a solution, a fresh copy, and handing it in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from dojo.cli.parser import verb
from dojo.cli.say import remark, say
from dojo.errors import DojoError

__all__ = ["add"]


def add(verbs: Any) -> None:
    _add_hint(verbs)
    _add_solution(verbs)
    _add_reset(verbs)
    _add_submit(verbs)


def _add_hint(verbs: Any) -> None:
    parser = verb(verbs, "hint", _hint, "the next hint for an exercise")
    parser.add_argument("lab", help="a lab's number or name")
    parser.add_argument("exercise", help="an exercise's number or name")


def _hint(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.loop import next_hint
    from dojo.workspace import open_workspace

    lab = catalog.find_lab(args.lab)
    print(next_hint(open_workspace(), lab, catalog.find_exercise(lab, args.exercise)))
    return 0


def _add_solution(verbs: Any) -> None:
    parser = verb(verbs, "solution", _solution, "an exercise's solution, once it passes or you say what you tried")
    parser.add_argument("lab", help="a lab's number or name")
    parser.add_argument("exercise", help="an exercise's number or name")
    parser.add_argument("--tried", help="what you have tried, in one line (else you are asked)")


def _solution(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.loop import read_solution
    from dojo.workspace import open_workspace

    def ask(question: str) -> str:
        if args.tried is not None:
            return str(args.tried)
        if not sys.stdin.isatty():
            raise DojoError('Nobody can be asked here what was tried; say it with --tried "what you tried".')
        try:
            return input(question)
        except EOFError:  # Ctrl-D: nothing to say
            return ""

    lab = catalog.find_lab(args.lab)
    print(read_solution(open_workspace(), lab, catalog.find_exercise(lab, args.exercise), ask))
    return 0


def _add_reset(verbs: Any) -> None:
    parser = verb(verbs, "reset", _reset, "a fresh copy of a lab; the old one is kept beside it")
    parser.add_argument("lab", help="a lab's number or name")


def _reset(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.workspace import open_workspace

    workspace, lab = open_workspace(), catalog.find_lab(args.lab)
    kept = workspace.reset(lab)
    print(f"A fresh copy is at {workspace.lab_notebook(lab)}." + (f" Yours is kept as {kept.name}." if kept else ""))
    return 0


def _add_submit(verbs: Any) -> None:
    parser = verb(verbs, "submit", _submit, "pack a lab's notebook into one zip to hand in")
    parser.add_argument("lab", help="a lab's number or name")
    parser.add_argument(
        "--as", dest="student", default="", metavar="ID", help="your id, as your teacher writes it (asked for once)"
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to (default: hand-in/ in the workspace)")


def _submit(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.files import full_path
    from dojo.submit import student_of, submit
    from dojo.workspace import open_workspace

    def ask() -> str:
        if not sys.stdin.isatty():
            raise DojoError(
                "Nobody can be asked here who hands in; say it with --as ID, as your teacher writes your id."
            )
        try:
            return input("Your id, as your teacher writes it: ")
        except EOFError:  # Ctrl-D: nothing to say
            return ""

    workspace, lab = open_workspace(), catalog.find_lab(args.lab)
    student, doubt = student_of(workspace, args.student, ask)
    remark(doubt)
    made = submit(workspace, lab, student, full_path(args.to) if args.to else None)
    print(made.path)
    for note in made.notes:
        say(f"dojo: {note}")
    say(
        f"Lab {lab.number} of {student}, as saved at {made.saved:%H:%M:%S on %Y-%m-%d}; what JupyterLab has not saved "
        "is not in it.\nNow give this file to your teacher as it is: upload it where your class hands in, mail it, or "
        "copy it to their stick. If you go on working, submit again: the newest counts, and no file is overwritten."
    )
    return 0
