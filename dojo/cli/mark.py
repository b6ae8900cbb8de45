"""A teacher's marking: collect what was handed in, grade it, give it back, report and export the marks."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dojo.cli.parser import verb
from dojo.cli.say import say
from dojo.errors import UsageError

__all__ = ["add"]


def add(verbs: Any) -> None:
    _add_collect(verbs)
    _add_grade(verbs)
    _add_feedback(verbs)
    _add_report(verbs)
    _add_export(verbs)


def _add_collect(verbs: Any) -> None:
    parser = verb(verbs, "collect", _collect, "take in what students handed in, and say what is not clear")
    parser.add_argument("assignment", help="a lab's number or name, or an assignment's name")
    parser.add_argument(
        "source", type=Path, nargs="?", help="a folder, or a zip as Moodle or Canvas give it (default: the exchange)"
    )
    parser.add_argument("--roster", type=Path, metavar="CSV", help="more students than the gradebook knows")
    _add_class_options(parser)


def _collect(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.collect import collect

    found = collect(find_course(args.course), args.assignment, args.source, args.roster)
    return _table(found, args.json)


def _add_grade(verbs: Any) -> None:
    parser = verb(verbs, "grade", _grade, "mark what was collected, in a sandbox, on all cores")
    parser.add_argument("assignment", help="a lab's number or name, or an assignment's name")
    parser.add_argument("--student", nargs="+", dest="students", metavar="ID", help="these only (default: all)")
    parser.add_argument("--jobs", type=int, metavar="N", help="how many at once (default: as many as fit)")
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help="on the workers of this Dask cluster")
    parser.add_argument("--again", action="store_true", help="also what has not changed since it was graded")
    parser.add_argument(
        "--unsafe", action="store_true", help="without a sandbox: students' code can then do what you can; rows say so"
    )
    _add_class_options(parser)


def _grade(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.progress import progress_for
    from grader.run import grade

    if args.jobs is not None and args.jobs < 1:
        raise UsageError(f"--jobs is {args.jobs}; give 1 or more.")
    report = grade(
        find_course(args.course),
        args.assignment,
        args.students,
        args.jobs,
        args.cluster,
        args.unsafe,
        args.again,
        progress_for(sys.stderr),
    )
    if args.json:
        print(json.dumps(report.to_json(), indent=1, ensure_ascii=False, default=str))
    else:
        table = report.table() if report.rows else []
        widths = [max(len(row[column]) for row in table) for column in range(4)] if table else []
        for row in table:
            print("  ".join([*(f"{word:<{wide}}" for word, wide in zip(row, widths, strict=False)), row[-1]]).rstrip())
    for note in report.notes:
        say(note)
    say(f"{len(report.rows)} submission{'' if len(report.rows) == 1 else 's'} in {report.seconds:.1f} s.")
    return 1 if report.refused else 0


def _add_feedback(verbs: Any) -> None:
    parser = verb(verbs, "feedback", _feedback, "write a page for each student, to release or to send")
    parser.add_argument("assignment", help="a lab's number or name, or an assignment's name")
    parser.add_argument("--student", nargs="+", dest="students", metavar="ID", help="these only (default: all)")
    _add_class_options(parser)


def _feedback(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.feedback import feedback

    return _table(feedback(find_course(args.course), args.assignment, args.students), args.json)


def _add_report(verbs: Any) -> None:
    parser = verb(verbs, "report", _report, "where the class stands: one page, a table, a few lines")
    parser.add_argument("assignment", nargs="?", help="a lab's number or name (default: all that were released)")
    _add_class_options(parser)


def _report(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.course_report import course_report

    return _table(course_report(find_course(args.course), args.assignment, say), args.json)


def _add_export(verbs: Any) -> None:
    parser = verb(verbs, "export", _export, "the marks as files for nbgrader, Canvas and Moodle")
    parser.add_argument("assignment", nargs="?", help="a lab's number or name (default: all that are graded)")
    parser.add_argument(
        "--format",
        action="append",
        dest="formats",
        default=[],
        metavar="NAME",
        help="nbgrader, canvas or moodle; may be given again (default: all three)",
    )
    parser.add_argument("--roster", type=Path, metavar="CSV", help="LMS ids that the gradebook does not know")
    _add_class_options(parser)


def _export(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.export import export

    return _table(export(find_course(args.course), args.assignment, args.formats, args.roster), args.json)


def _add_class_options(parser: argparse.ArgumentParser) -> None:
    """What every verb about a class's work takes."""
    parser.add_argument("--course", type=Path, default=Path(), help="the course folder (default: the one you are in)")
    parser.add_argument("--json", action="store_true", help="the table as JSON")


def _table(found: Any, as_json: bool) -> int:
    """Print what came of a class's work, row by row; 1 where a row needs a person."""
    if as_json:
        print(json.dumps(found.table(), indent=1, ensure_ascii=False, default=str))
    else:
        print("\n".join(found.lines()))
    return 0 if found.fine else 1
