"""An author's verbs: build the notebooks, prove that labs and lessons hold."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dojo.cli.parser import noun, verb
from dojo.errors import UsageError

__all__ = ["add"]


def add(verbs: Any) -> None:
    author_verbs = noun(verbs, "author", "for authors: build notebooks, prove labs")
    _add_build(author_verbs)
    _add_check(author_verbs)


def _add_build(verbs: Any) -> None:
    parser = verb(verbs, "build", _build, "build the instructor's notebooks of lessons and labs")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build"), help="where to (default: build)")


def _build(args: argparse.Namespace) -> int:
    from dojo import catalog, notebook
    from dojo.release import copy_data

    for lesson in catalog.lessons():
        print(notebook.build(notebook.read_lesson(lesson.source), args.folder / "lessons" / f"{lesson.name}.ipynb"))
    for lab in catalog.labs():
        folder = args.folder / "labs" / lab.name
        print(notebook.build(catalog.read(lab), folder / f"{lab.name}.ipynb"))
        copy_data(lab, folder)
    return 0


def _add_check(verbs: Any) -> None:
    parser = verb(verbs, "check", _check, "prove labs and lessons: solved, released, each mistake")
    parser.add_argument("lab", nargs="?", help="a lab's number or name (default: all)")
    parser.add_argument("--watch", action="store_true", help="prove it again each time a file of it is saved")


def _check(args: argparse.Namespace) -> int:
    from dojo import catalog

    if catalog.released_only():
        raise UsageError("This copy of the kit has labs without solutions, so there is nothing to prove; use a clone.")
    labs = [catalog.find_lab(args.lab)] if args.lab else catalog.labs()
    code = _prove([lab.name for lab in labs], lessons_alone=not args.lab)
    if not args.watch:
        return code
    from watchfiles import watch

    for _ in watch(*[lab.folder for lab in labs], raise_interrupt=True):
        catalog.read.cache_clear()
        _prove([lab.name for lab in labs], lessons_alone=False)
    return 0


def _prove(names: list[str], lessons_alone: bool) -> int:
    """Prove these labs and their lessons (`lessons_alone`: and lessons without a lab); 1 if anything is wrong."""
    from dojo import author, catalog
    from dojo.run import Runner

    wrong = 0
    with ExitStack() as stack:
        # A worker a core; more than four would rather fill the memory than save time.
        runners = [stack.enter_context(Runner()) for _ in range(min(os.cpu_count() or 1, 4))]
        proofs = [(f"lab {lab.name}", author.prove_lab(lab, runners)) for lab in catalog.labs() if lab.name in names]
        for lesson in catalog.lessons():
            if lessons_alone or any(name[:2] == lesson.name[:2] for name in names):
                proofs.append((f"lesson {lesson.name}", author.prove_lesson(lesson, runners[0])))
        for title, findings in proofs:
            print(title)
            for finding in findings:
                wrong += not finding.fine
                print(f"  {'fine ' if finding.fine else 'WRONG'}  {finding.text}", flush=True)
    print(f"{wrong} to mend." if wrong else "All proved.")
    return 1 if wrong else 0
