"""A learner's day: open the course, see where you stand, have a lab checked."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.cli.parser import port, verb
from dojo.cli.say import remark, say
from dojo.errors import DojoError, UsageError

if TYPE_CHECKING:
    from dojo.progress import Progress

__all__ = ["add"]


def add(verbs: Any) -> None:
    _add_lab(verbs)
    _add_list(verbs)
    _add_check(verbs)
    _add_watch(verbs)


def _add_lab(verbs: Any) -> None:
    parser = verb(verbs, "lab", _lab, "open the course in JupyterLab")
    parser.add_argument("--port", type=port, default=8888, help="the port JupyterLab listens on (default 8888)")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open no browser")


def _lab(args: argparse.Namespace) -> int:
    from dojo.jupyter import serve
    from dojo.workspace import open_workspace

    workspace = open_workspace()
    say(f"Building the workspace {workspace.root} ...")
    built = workspace.build()
    for name in built.new:
        say(f"  new: {name}")
    for name in built.newer:
        say(f"  {name} has a newer text; yours is kept (dojo reset gives a fresh copy of a lab).")

    def ready(address: str) -> None:
        print(f"JupyterLab is ready: {address}", flush=True)
        say("Stop it with Ctrl-C.")

    return serve(workspace, args.port, args.no_browser, ready)


def _add_list(verbs: Any) -> None:
    parser = verb(verbs, "list", _list, "lessons, labs, belts, and what you have passed")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _list(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.progress import read_progress
    from dojo.workspace import open_workspace

    progress = read_progress(open_workspace().progress_file)
    remark(progress.remark)
    rows = _lab_rows(progress)
    earned = [belt.name for belt in progress.belts()]
    if args.json:
        print(json.dumps({"labs": rows, "belts": earned}, indent=1, ensure_ascii=False))
        return 0
    for belt in catalog.BELTS:
        own = [row for row in rows if row["belt"] == belt.name]
        if own:
            print(f"{belt.name} belt: {belt.verb}{' - earned' if belt.name in earned else ''}")
        for row in own:
            state = f"{row['points']} of {row['possible']} points" if row["possible"] else "not begun"
            state += ", passed" if row["passed"] else ""
            print(f"  {row['lab']:>2}  {row['title']:<45} {row['minutes']:>3} min  {state}")
    return 0


def _lab_rows(progress: Progress) -> list[dict[str, Any]]:
    """What `dojo list` tells of each lab."""
    from dojo import catalog

    lessons = {lesson.number for lesson in catalog.lessons()}
    rows = []
    for lab in catalog.labs():
        about, entry = catalog.about(lab), progress.lab(lab.name)
        rows.append(
            {
                "lab": lab.number,
                "name": lab.name,
                "belt": lab.belt.name,
                "title": about.title,
                "minutes": about.rows["Minutes"],
                "lesson": lab.number in lessons,
                "points": entry.points,
                "possible": entry.possible,
                "passed": entry.done,
            }
        )
    return rows


def _add_check(verbs: Any) -> None:
    parser = verb(verbs, "check", _check, "what passes in a lab and what to fix; exit 1 if anything is left")
    parser.add_argument("lab", nargs="?", help="a lab's number or name (default: the one you work on)")
    parser.add_argument("--file", type=Path, help="check this notebook instead of the workspace's")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _check(args: argparse.Namespace) -> int:
    from dojo import words
    from dojo.loop import check_and_note
    from dojo.run import Runner
    from dojo.workspace import open_workspace

    workspace = open_workspace()
    lab = _chosen_lab(args.lab)
    path = args.file or workspace.lab_notebook(lab)
    say(f"Checking {path} ...")
    with Runner() as runner:
        report, progress = check_and_note(workspace, lab, path, runner)
    remark(progress.remark)
    if args.json:
        print(json.dumps(words.report_rows(report), indent=1, ensure_ascii=False))
    else:
        print(words.report_text(report, progress.lab(lab.name)))
        for belt in progress.belts():
            if belt is lab.belt and report.passed:
                print(f"You have earned the {belt.name.lower()} belt.")
    return 0 if report.passed else 1


def _add_watch(verbs: Any) -> None:
    parser = verb(verbs, "watch", _watch, "check a lab each time its notebook is saved")
    parser.add_argument("lab", nargs="?", help="a lab's number or name (default: the one you work on)")


def _watch(args: argparse.Namespace) -> int:
    from watchfiles import watch

    from dojo.workspace import open_workspace

    lab = _chosen_lab(args.lab)
    path = open_workspace().lab_notebook(lab)
    again = argparse.Namespace(lab=lab.name, file=None, json=False)
    if not path.parent.is_dir():
        raise DojoError(f"There is no notebook {path}; `dojo lab` puts a fresh one there.")
    say(f"Watching {path}; save it in JupyterLab to have it checked, stop with Ctrl-C.")
    _check_once(again)
    for _ in watch(path.parent, watch_filter=lambda _, changed: Path(changed).name == path.name, raise_interrupt=True):
        _check_once(again)
    return 0


def _check_once(args: argparse.Namespace) -> None:
    """One check of a watch: a notebook that is half saved or gone is a sentence, and the watch goes on."""
    try:
        _check(args)
    except DojoError as problem:
        say(f"dojo: {problem}")


def _chosen_lab(word: str | None) -> Any:
    """The lab that was named, else the first that is not passed yet."""
    from dojo import catalog
    from dojo.progress import read_progress
    from dojo.workspace import open_workspace

    if word:
        return catalog.find_lab(word)
    progress = read_progress(open_workspace().progress_file)
    left = [lab for lab in catalog.labs() if not progress.lab(lab.name).done]
    if not left and catalog.labs():
        raise UsageError("Every lab is passed; name the one to check, such as: dojo check 1")
    return left[0] if left else catalog.find_lab("1")
