"""The `dojo` command. Results go to stdout, all else to stderr; exit 0 done, 1 expected failure, 2 wrong usage.

The only module that may import every other; each verb imports what it needs when it is used, so that help is instant.
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from dojo.errors import DojoError, UsageError

if TYPE_CHECKING:
    from dojo.pull import Step

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """argparse, with the nearest verb named when one is mistyped."""

    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message:
            word = message.split("invalid choice: ")[1].split("'")[1]
            near = difflib.get_close_matches(word, _choices(self), n=1)
            message = f"there is no command {word!r}" + (f"; did you mean {near[0]}?" if near else "; see dojo --help")
        self.exit(2, f"{self.prog}: {message}\n")


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
        _say(f"dojo: {where}{error.strerror or error}; put that right and run the same command again.")
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
    parser = _Parser(prog="dojo", description="Learn local AI on your own machine: lessons, labs, checks.")
    verbs = parser.add_subparsers(metavar="command", required=True, parser_class=_Parser)

    lab = _verb(verbs, "lab", _lab, "open the course in JupyterLab")
    lab.add_argument("--port", type=_port, default=8888, help="the port JupyterLab listens on (default 8888)")
    lab.add_argument("--no-browser", action="store_true", help="print the address, open no browser")

    listing = _verb(verbs, "list", _list, "lessons, labs, belts, and what you have passed")
    listing.add_argument("--json", action="store_true", help="as JSON")

    checking = _verb(verbs, "check", _check, "what passes in a lab and what to fix; exit 1 if anything is left")
    checking.add_argument("lab", nargs="?", help="a lab's number or name (default: the one you work on)")
    checking.add_argument("--file", type=Path, help="check this notebook instead of the workspace's")
    checking.add_argument("--json", action="store_true", help="as JSON")

    watching = _verb(verbs, "watch", _watch, "check a lab each time its notebook is saved")
    watching.add_argument("lab", nargs="?", help="a lab's number or name (default: the one you work on)")

    hint = _verb(verbs, "hint", _hint, "the next hint for an exercise")
    hint.add_argument("lab", help="a lab's number or name")
    hint.add_argument("exercise", help="an exercise's number or name")

    solution = _verb(verbs, "solution", _solution, "an exercise's solution, once it passes or you say what you tried")
    solution.add_argument("lab", help="a lab's number or name")
    solution.add_argument("exercise", help="an exercise's number or name")
    solution.add_argument("--tried", help="what you have tried, in one line (else you are asked)")

    reset = _verb(verbs, "reset", _reset, "a fresh copy of a lab; the old one is kept beside it")
    reset.add_argument("lab", help="a lab's number or name")

    submitting = _verb(verbs, "submit", _submit, "pack a lab's notebook into one zip to hand in")
    submitting.add_argument("lab", help="a lab's number or name")
    submitting.add_argument(
        "--as", dest="student", default="", metavar="ID", help="your id, as your teacher writes it (asked for once)"
    )
    submitting.add_argument("--to", type=Path, metavar="FOLDER", help="where to (default: hand-in/ in the workspace)")

    doctor = _verb(verbs, "doctor", _doctor, "is this machine ready; what to mend if not")
    doctor.add_argument("--json", action="store_true", help="as JSON")

    pulling = _verb(verbs, "pull", _pull, "get models through Ollama, or from a folder carried here by hand")
    pulling.add_argument(
        "models", nargs="*", help="a group of the menu (trio, small, medium, large) or tags; default trio"
    )
    pulling.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help="copy them from this models folder")

    recording = _verb(verbs, "record", _record, "put a lab's questions to your own models, and keep what they say")
    recording.add_argument("lab", help="a lab's number or name")
    recording.add_argument(
        "--models", nargs="+", metavar="TAG", help="which (default: llama, qwen and deepseek, or what there is)"
    )

    showing = _verb(verbs, "slides", _slides, "a lesson as slides: one page that needs no network")
    showing.add_argument("lesson", help="a lesson's number or name")
    showing.add_argument("--to", type=Path, metavar="FILE", help="where to (default: slides/ in the workspace)")

    serving = _verb(verbs, "serve", _serve, "one model server: for any program on this machine, or for a class")
    serving.add_argument("--port", type=_port, help="the port to answer at (default 11434, Ollama's; a class's 11435)")
    serving.add_argument("--class", dest="name", metavar="NAME", help="serve a class: queue, cache, limits, a token")
    serving.add_argument(
        "--lan", nargs="?", const="0.0.0.0", metavar="ADDRESS", help="also to other machines (default: this one only)"
    )
    keeping = serving.add_mutually_exclusive_group()
    keeping.add_argument("--record", type=Path, metavar="FOLDER", help="keep every answer for a room without a model")
    keeping.add_argument("--replay", type=Path, metavar="FOLDER", help="answer from such a folder; no model is needed")
    keeping.add_argument("--addresses", nargs="+", metavar="STUDENT", help="print each student's own address, and end")
    keeping.add_argument("--new-token", action="store_true", help="make the class a new token, and end")
    keeping.add_argument("--clear-cache", action="store_true", help="throw away the class's kept answers, and end")

    course = verbs.add_parser("course", help="for instructors: make a class's course folder, release labs")
    course_verbs = course.add_subparsers(metavar="command", required=True, parser_class=_Parser)
    new = _verb(course_verbs, "new", _course_new, "make a course folder in which every nbgrader command works")
    new.add_argument("folder", type=Path, help="a folder outside the clone; it is made if it is not there")
    new.add_argument("--exchange", type=Path, metavar="DIR", help="a folder that the class shares")
    release = _verb(course_verbs, "release", _course_release, "put a lab into the course and release it to students")
    release.add_argument("lab", help="a lab's number or name")
    release.add_argument("--course", type=Path, default=Path(), help="the course folder (default: the one you are in)")

    bundling = _verb(
        course_verbs, "bundle", _course_bundle, "make a folder for a stick that installs without a network"
    )
    bundling.add_argument("folder", type=Path, help="a folder outside the clone, such as a stick's; run again to go on")
    bundling.add_argument(
        "--platform", nargs="+", metavar="NAME", help="linux, linux-arm, macos, windows (default: this computer's)"
    )
    bundling.add_argument("--python", nargs="+", metavar="3.N", help="the laptops' Pythons (default: this one)")
    bundling.add_argument("--models", type=Path, metavar="FOLDER", help="GGUF files, or Ollama's models folder")

    collecting = _verb(
        course_verbs, "collect", _course_collect, "take in what students handed in, and say what is not clear"
    )
    collecting.add_argument("assignment", help="a lab's number or name, or an assignment's name")
    collecting.add_argument(
        "source", type=Path, nargs="?", help="a folder, or a zip as Moodle or Canvas give it (default: the exchange)"
    )
    collecting.add_argument("--roster", type=Path, metavar="CSV", help="more students than the gradebook knows")

    grading = _verb(course_verbs, "grade", _course_grade, "mark what was collected, in a sandbox, on all cores")
    grading.add_argument("assignment", help="a lab's number or name, or an assignment's name")
    grading.add_argument("--student", nargs="+", dest="students", metavar="ID", help="these only (default: all)")
    grading.add_argument("--jobs", type=int, metavar="N", help="how many at once (default: as many as fit)")
    grading.add_argument("--cluster", default="", metavar="ADDRESS", help="on the workers of this Dask cluster")
    grading.add_argument("--again", action="store_true", help="also what has not changed since it was graded")
    grading.add_argument(
        "--unsafe", action="store_true", help="without a sandbox: students' code can then do what you can; rows say so"
    )

    returning = _verb(
        course_verbs, "feedback", _course_feedback, "write a page for each student, to release or to send"
    )
    returning.add_argument("assignment", help="a lab's number or name, or an assignment's name")
    returning.add_argument("--student", nargs="+", dest="students", metavar="ID", help="these only (default: all)")
    reporting = _verb(course_verbs, "report", _course_report, "where the class stands: one page, a table, a few lines")
    reporting.add_argument("assignment", nargs="?", help="a lab's number or name (default: all that were released)")
    exporting = _verb(course_verbs, "export", _course_export, "the marks as files for nbgrader, Canvas and Moodle")
    exporting.add_argument("assignment", nargs="?", help="a lab's number or name (default: all that are graded)")
    exporting.add_argument(
        "--format",
        action="append",
        dest="formats",
        default=[],
        metavar="NAME",
        help="nbgrader, canvas or moodle; may be given again (default: all three)",
    )
    exporting.add_argument("--roster", type=Path, metavar="CSV", help="LMS ids that the gradebook does not know")
    for one in (collecting, grading, returning, reporting, exporting):
        one.add_argument("--course", type=Path, default=Path(), help="the course folder (default: the one you are in)")
        one.add_argument("--json", action="store_true", help="the table as JSON")

    author = verbs.add_parser("author", help="for authors: build notebooks, prove labs")
    author_verbs = author.add_subparsers(metavar="command", required=True, parser_class=_Parser)
    build = _verb(author_verbs, "build", _author_build, "build the instructor's notebooks of lessons and labs")
    build.add_argument("folder", type=Path, nargs="?", default=Path("build"), help="where to (default: build)")
    proof = _verb(author_verbs, "check", _author_check, "prove labs and lessons: solved, released, each mistake")
    proof.add_argument("lab", nargs="?", help="a lab's number or name (default: all)")
    proof.add_argument("--watch", action="store_true", help="prove it again each time a file of it is saved")
    return parser


def _verb(verbs: Any, name: str, run: Any, help_text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=help_text, description=help_text[0].upper() + help_text[1:] + "."
    )
    parser.set_defaults(run=run)
    return parser


def _choices(parser: argparse.ArgumentParser) -> list[str]:
    found = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return list(found[0]) if found else []


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; use a number from 1024 to 65535")
    return int(text)


def _lab(args: argparse.Namespace) -> int:
    from dojo.jupyter import serve
    from dojo.workspace import open_workspace

    workspace = open_workspace()
    _say(f"Building the workspace {workspace.root} ...")
    built = workspace.build()
    for name in built.new:
        _say(f"  new: {name}")
    for name in built.newer:
        _say(f"  {name} has a newer text; yours is kept (dojo reset gives a fresh copy of a lab).")

    def ready(address: str) -> None:
        print(f"JupyterLab is ready: {address}", flush=True)
        _say("Stop it with Ctrl-C.")

    return serve(workspace, args.port, args.no_browser, ready)


def _list(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.progress import read_progress
    from dojo.workspace import open_workspace

    progress = read_progress(open_workspace().progress_file)
    _remark(progress.remark)
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


def _check(args: argparse.Namespace) -> int:
    from dojo import words
    from dojo.loop import check_and_note
    from dojo.run import Runner
    from dojo.workspace import open_workspace

    workspace = open_workspace()
    lab = _chosen_lab(args.lab)
    path = args.file or workspace.lab_notebook(lab)
    _say(f"Checking {path} ...")
    with Runner() as runner:
        report, progress = check_and_note(workspace, lab, path, runner)
    _remark(progress.remark)
    if args.json:
        print(json.dumps(words.report_rows(report), indent=1, ensure_ascii=False))
    else:
        print(words.report_text(report, progress.lab(lab.name)))
        for belt in progress.belts():
            if belt is lab.belt and report.passed:
                print(f"You have earned the {belt.name.lower()} belt.")
    return 0 if report.passed else 1


def _watch(args: argparse.Namespace) -> int:
    from watchfiles import watch

    from dojo.workspace import open_workspace

    lab = _chosen_lab(args.lab)
    path = open_workspace().lab_notebook(lab)
    again = argparse.Namespace(lab=lab.name, file=None, json=False)
    if not path.parent.is_dir():
        raise DojoError(f"There is no notebook {path}; `dojo lab` puts a fresh one there.")
    _say(f"Watching {path}; save it in JupyterLab to have it checked, stop with Ctrl-C.")
    _check_once(again)
    for _ in watch(path.parent, watch_filter=lambda _, changed: Path(changed).name == path.name, raise_interrupt=True):
        _check_once(again)
    return 0


def _check_once(args: argparse.Namespace) -> None:
    """One check of a watch: a notebook that is half saved or gone is a sentence, and the watch goes on."""
    try:
        _check(args)
    except DojoError as problem:
        _say(f"dojo: {problem}")


def _hint(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.loop import next_hint
    from dojo.workspace import open_workspace

    lab = catalog.find_lab(args.lab)
    print(next_hint(open_workspace(), lab, catalog.find_exercise(lab, args.exercise)))
    return 0


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


def _reset(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.workspace import open_workspace

    workspace, lab = open_workspace(), catalog.find_lab(args.lab)
    kept = workspace.reset(lab)
    print(f"A fresh copy is at {workspace.lab_notebook(lab)}." + (f" Yours is kept as {kept.name}." if kept else ""))
    return 0


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
    student, remark = student_of(workspace, args.student, ask)
    _remark(remark)
    made = submit(workspace, lab, student, full_path(args.to) if args.to else None)
    print(made.path)
    for note in made.notes:
        _say(f"dojo: {note}")
    _say(
        f"Lab {lab.number} of {student}, as saved at {made.saved:%H:%M:%S on %Y-%m-%d}; what JupyterLab has not saved "
        "is not in it.\nNow give this file to your teacher as it is: upload it where your class hands in, mail it, or "
        "copy it to their stick. If you go on working, submit again: the newest counts, and no file is overwritten."
    )
    return 0


def _doctor(args: argparse.Namespace) -> int:
    from dojo.doctor import examine

    findings = examine()
    if args.json:
        rows = [{"what": one.what, "state": one.state, "said": one.said, "remedy": one.remedy} for one in findings]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for one in findings:
            print(f"{one.state:<8}{one.what}: {one.said}" + (f"\n        {one.remedy}" if one.remedy else ""))
    return 1 if any(one.state == "mend" for one in findings) else 0


def _pull(args: argparse.Namespace) -> int:
    from dojo import menu
    from dojo.pull import carry, models_folder, pull

    if args.source and args.models:
        raise UsageError("With --from every model of the folder is copied; leave the names out.")
    ticker = _Ticker()
    if args.source:
        refused = 0
        for one in carry(args.source, models_folder(), ticker.tell):
            ticker.stop()
            print(f"{one.tag}: {one.state}", flush=True)
            refused += one.state.startswith("refused")
        _say(f"They are in {models_folder()}. An Ollama that keeps its models elsewhere is told by OLLAMA_MODELS.")
        return 1 if refused else 0
    tags: list[str] = []
    for word in args.models or ["trio"]:
        tags += [model.tag for model in menu.group(word)] if word in menu.read_menu().groups else [word]
    try:
        for step in pull(tags):
            ticker.tell(step)
    finally:
        ticker.stop()
    print(f"Here now: {', '.join(tags)}")
    return 0


class _Ticker:
    """Shows how far a download or a copy is: one line that changes, or in a pipe or a log a line for each thing that
    begins, not for each per cent of it."""

    def __init__(self) -> None:
        self._last = ""

    def tell(self, step: Step) -> None:
        words = f"{step.tag}: {step.said}"
        if sys.stderr.isatty():
            share = f" {step.done / step.total:4.0%} of {step.total / 1e9:.2f} GB" if step.total else ""
            print(f"\r{words}{share}".ljust(79), end="", file=sys.stderr, flush=True)
        elif words != self._last:
            _say(words)
        self._last = words

    def stop(self) -> None:
        """Leave the line that changes."""
        if self._last and sys.stderr.isatty():
            print(file=sys.stderr)
        self._last = ""


def _record(args: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from dojo import catalog
    from dojo.door import who
    from dojo.record import questions_of, record
    from dojo.workspace import open_workspace

    lab = catalog.find_lab(args.lab)
    questions_of(lab)
    answer = who.choose_host()
    import ollama  # not before: it fails in its own words where OLLAMA_HOST is no address

    _say(answer.sentence)
    if not answer.version:
        return 1
    names = {tag.removesuffix(":latest"): tag for tag in answer.models}
    for model in args.models or ():
        if model not in names and model not in answer.models:
            raise DojoError(f"{model} is not here; there are {', '.join(names) or 'no models'}.")
    with redirect_stdout(sys.stderr):  # a notebook prints what is missing; here it is no result
        models = args.models or who.models_here("trio")
    digests = {model: answer.digests.get(names.get(model, model), "") for model in models}
    folder = open_workspace().lab_notebook(lab).parent / "data"
    fine = bool(models)
    for told in record(lab, models, folder, ollama.chat, digests, datetime.now(UTC).astimezone().date()):
        _say(told.text)
        fine &= told.fine
    if (page := folder / "recorded.html").exists():
        print(page)
    return 0 if fine else 1


def _slides(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.files import full_path, write_whole
    from dojo.slides import slides_page
    from dojo.workspace import open_workspace

    lesson = catalog.find_lesson(args.lesson)
    target = full_path(args.to) if args.to else open_workspace().root / "slides" / f"{lesson.name}.html"
    write_whole(target, slides_page(lesson))
    print(target)
    return 0


def _serve(args: argparse.Namespace) -> int:
    if args.name or args.lan or args.record or args.replay:
        from dojo.door.classroom import command

        return command.serve(args, lambda line: print(line, flush=True), _say)
    if args.addresses or args.new_token or args.clear_cache:
        raise UsageError("That is about a class; say which with --class NAME.")
    from dojo.door.process import SHIPPED, find_door, models_folder, runtime_folder
    from dojo.door.serve import Serving, serve

    folder = models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    _say(f"Serving dojo-tiny and every GGUF file in {folder}. Stop with Ctrl-C.")
    if not serve(Serving(folder, SHIPPED, runtime_folder(folder), args.port or 11434)):
        door = find_door()
        where = f" at {door.url}" if door else ""
        raise DojoError(f"The embedded engine already answers{where}, for your notebooks; use that, or close them.")
    return 0


def _course_new(args: argparse.Namespace) -> int:
    from dojo.course import new_course

    course = new_course(args.folder, args.exchange)
    typed = f'"{course}"' if " " in str(course) else course
    print(f"The course folder {course} is ready.\nRelease a lab with: cd {typed} && dojo course release 1")
    return 0


def _course_release(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.course import find_course, release_lab

    lab = catalog.find_lab(args.lab)
    for line in release_lab(find_course(args.course), lab):
        print(line)
    return 0


def _course_bundle(args: argparse.Namespace) -> int:
    from dojo.files import full_path
    from dojo.stick.bundle import bundle, sources
    from dojo.stick.machines import find_machine, find_python, this_machine

    machines = [find_machine(word) for word in args.platform or [this_machine()[0].name]]
    pythons = [find_python(word) for word in args.python or [f"{sys.version_info[0]}.{sys.version_info[1]}"]]
    targets = [(machine, python) for machine in machines for python in pythons]
    made = bundle(args.folder, targets, full_path(args.models) if args.models else None, sources(), _say)
    for name, wheels in made.wheels.items():
        print(f"{name}: {len(wheels)} wheels")
    for sentence in made.refused:
        _say(f"dojo: {sentence}")
    print(f"{made.folder}: {made.bytes / 1e9:.2f} GB. On a laptop: python3 install.py in it (Windows: py install.py).")
    return 1 if made.refused else 0


def _course_collect(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.collect import collect

    found = collect(find_course(args.course), args.assignment, args.source, args.roster)
    return _table(found, args.json)


def _course_grade(args: argparse.Namespace) -> int:
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
        _say(note)
    _say(f"{len(report.rows)} submission{'' if len(report.rows) == 1 else 's'} in {report.seconds:.1f} s.")
    return 1 if report.refused else 0


def _course_feedback(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.feedback import feedback

    return _table(feedback(find_course(args.course), args.assignment, args.students), args.json)


def _course_report(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.course_report import course_report

    return _table(course_report(find_course(args.course), args.assignment, _say), args.json)


def _course_export(args: argparse.Namespace) -> int:
    from dojo.course import find_course
    from grader.export import export

    return _table(export(find_course(args.course), args.assignment, args.formats, args.roster), args.json)


def _table(found: Any, as_json: bool) -> int:
    """Print what came of a class's work, row by row; 1 where a row needs a person."""
    if as_json:
        print(json.dumps(found.table(), indent=1, ensure_ascii=False, default=str))
    else:
        print("\n".join(found.lines()))
    return 0 if found.fine else 1


def _author_build(args: argparse.Namespace) -> int:
    from dojo import catalog, notebook
    from dojo.release import copy_data

    for lesson in catalog.lessons():
        print(notebook.build(notebook.read_lesson(lesson.source), args.folder / "lessons" / f"{lesson.name}.ipynb"))
    for lab in catalog.labs():
        folder = args.folder / "labs" / lab.name
        print(notebook.build(catalog.read(lab), folder / f"{lab.name}.ipynb"))
        copy_data(lab, folder)
    return 0


def _author_check(args: argparse.Namespace) -> int:
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


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _remark(text: str) -> None:
    if text:
        _say(f"dojo: {text}")
