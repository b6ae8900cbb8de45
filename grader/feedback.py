"""`dojo course feedback`: for each student and notebook one HTML page that they can act on.

Covered:
- one file, with nothing to load and nothing that runs: no script, and a policy in the page that forbids any
- hidden tests appear as name, points and message; no tests cell's code appears at all
- what a student or a marker wrote is text, wherever it stands
- the page reads on a phone, on paper, with a keyboard and with a screen reader; no colour says anything alone
- it lies where nbgrader looks for it: `nbgrader release_feedback` and the formgrader's button hand it out
- a notebook that can't be read costs one row, and the others get their pages; equal marks give equal bytes

Not covered:
- formulas in written answers stay as they were typed
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dojo.errors import DojoError
from dojo.files import write_whole
from grader.coursefolder import CourseFolder, open_course
from grader.delivery import SECRET
from grader.inert import one_line
from grader.page import Page, number
from grader.page_build import build_page
from grader.scores import Scores, graded_submissions, scores_of
from grader.submitted import find_hand_ins

__all__ = ["Feedback", "Row", "feedback", "put_beside", "render"]

State = Literal["written", "same", "not graded", "missing", "refused"]
_TEMPLATES = Path(__file__).parent / "templates"
_LARGEST = 60_000_000  # bytes of a graded notebook


@dataclass(frozen=True)
class Row:
    """What became of one student's page. `points` and `possible` are those on it."""

    student: str
    notebook: str
    state: State
    points: float = 0.0
    possible: float = 0.0
    waiting: int = 0
    path: str = ""
    note: str = ""


@dataclass(frozen=True)
class Feedback:
    """All pages of one assignment."""

    assignment: str
    rows: tuple[Row, ...]

    @property
    def fine(self) -> bool:
        return not any(row.state == "refused" for row in self.rows)

    def table(self) -> list[dict[str, Any]]:
        """Plain data, for `--json`."""
        return [asdict(row) for row in self.rows]

    def lines(self) -> list[str]:
        """The table for a terminal, the sum at its end."""
        wide = min(max([len(row.student) for row in self.rows] or [0]), 40)
        lines = [f"{row.student:<{wide}}  {_told(row)}" for row in self.rows]
        pages = sum(row.state in ("written", "same") for row in self.rows)
        waiting = sum(row.waiting > 0 for row in self.rows)
        more = f" {waiting} with answers that wait for a person." if waiting else ""
        return [*map(one_line, lines), f"{self.assignment}: {pages} pages in feedback/.{more}"]


def feedback(
    course: Path,
    assignment: str,
    students: Iterable[str] | None = None,
    progress: Callable[[Row], None] = lambda row: None,
) -> Feedback:
    """Write the pages of an assignment into `feedback/`, for all who handed it in or for the named students."""
    opened = open_course(course)
    name = opened.find_assignment(assignment)
    wanted = set(students) if students is not None else None
    rows: list[Row] = []
    with graded_submissions(opened, name) as submissions:
        for submission in submissions:
            if wanted is not None and submission.student.id not in wanted:
                continue
            for notebook in sorted(submission.notebooks, key=lambda one: str(one.name)):
                rows.append(_write_page(opened, submission.student.id, scores_of(notebook)))
                progress(rows[-1])
    handed_in = {one.student for one in find_hand_ins(opened, name)}
    for one in sorted((handed_in if wanted is None else wanted) - {row.student for row in rows}):
        said = (
            f"Handed in, not graded; see `dojo course grade {name}`." if one in handed_in else "Nothing is handed in."
        )
        rows.append(Row(one, "", "not graded", note=said))
    return Feedback(name, tuple(rows))


def render(notebook: Mapping[str, Any], scores: Scores) -> str:
    """The page of one graded notebook as HTML."""
    return _html(build_page(notebook, scores))


def _html(page: Page) -> str:
    template, style = _template()
    # The policy lets this very style through, and nothing else.
    style_hash = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return str(template.render(page=page, number=number, style=style, style_hash=style_hash))


@cache
def _template() -> tuple[Any, Any]:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    style = (_TEMPLATES / "feedback.css").read_text(encoding="utf-8")
    return environment.from_string((_TEMPLATES / "feedback.html").read_text(encoding="utf-8")), Markup(style)


def _write_page(course: CourseFolder, student: str, scores: Scores) -> Row:
    """Write one page, with what `nbgrader release_feedback` needs beside it."""
    graded = course.path("autograded", student, scores.assignment)
    folder = course.path("feedback", student, scores.assignment)
    source = graded / f"{scores.notebook}.ipynb"
    target = folder / f"{scores.notebook}.html"
    try:
        if not source.exists():
            note = f"There is no {source.name} among the graded notebooks."
            return Row(student, scores.notebook, "missing", note=note)
        page = build_page(_read(source), scores)
        text = _html(page)
        same = target.exists() and target.read_text(encoding="utf-8") == text
        if not same:
            write_whole(target, text)
        put_beside(course, student, scores.assignment, folder)
    except DojoError as problem:
        return Row(student, scores.notebook, "refused", note=str(problem))
    except (OSError, ValueError) as error:
        return Row(student, scores.notebook, "refused", note=f"{source} can't be read ({error}); grade it again.")
    state: State = "same" if same else "written"
    return Row(student, scores.notebook, state, page.total, page.possible, page.waiting, str(target))


def _read(source: Path) -> dict[str, Any]:
    if source.stat().st_size > _LARGEST:
        raise DojoError(f"{source} holds more than {_LARGEST // 1_000_000} MB; grade it again.")
    content = json.loads(source.read_text(encoding="utf-8", errors="replace"))
    if not isinstance(content, dict):
        raise DojoError(f"{source} is no notebook; grade it again.")
    return content


def put_beside(course: CourseFolder, student: str, assignment: str, folder: Path) -> None:
    """The time and the secret of the hand-in, which nbgrader reads before it hands a page out."""
    for name in ("timestamp.txt", SECRET):
        text = ""
        for step in ("submitted", "autograded"):
            with suppress(OSError, UnicodeDecodeError):
                text = text or (course.path(step, student, assignment) / name).read_text(encoding="utf-8")[:1_000]
        if not text and (folder / name).exists():
            continue
        # Without a secret from the exchange nobody can fetch the page there, and the release must not stop at it.
        write_whole(folder / name, text or (secrets.token_hex(64) if name == SECRET else ""))


def _told(row: Row) -> str:
    if row.state in ("written", "same"):
        waits = f", {row.waiting} to mark by hand" if row.waiting else ""
        return f"{number(row.points)} of {number(row.possible)} points{waits}: {row.path}"
    return f"{row.state}: {row.note}"
