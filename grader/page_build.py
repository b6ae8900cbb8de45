"""Make the page of a graded notebook and its marks: sorted by exercise, in words.

Covered:
- a tests cell gives its name, its points and its message; its code is never taken, hidden or not, and what the
  student's code printed while a hidden test called it isn't either
- of the student's code only the answers are shown; of other cells of theirs no more than what stopped them
- every text that comes from the notebook or the gradebook passes `grader.inert`
- a notebook that plain nbgrader graded, or one whose notes are damaged, still gives a page: points without messages
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.graded_cell import (
    dojo_of,
    is_prose,
    list_of,
    name_of,
    nbgrader_of,
    note_of,
    role_of,
    shown_outputs,
    source_of,
)
from grader.inert import clean, headline, prose
from grader.page import (
    FAILED,
    MARKED,
    PARTLY,
    PASSED,
    STOPPED,
    UNANSWERED,
    UNWRITTEN,
    WAITS,
    Code,
    Page,
    Section,
    State,
    Test,
    Written,
)
from grader.scores import Score, Scores

__all__ = ["build_page"]

_DID = {
    "timed out": "took too long",
    "died": "ended the program",
    "memory": "used too much memory",
    "not run": "did not run",
}
_ADVICE = {
    "timed out": "Is there a loop that has no end, or a wait for input that nobody can give?",
    "died": "Does your code call exit() or quit(), or call itself without end?",
    "memory": "Does a list or an array grow without end, or hold far more than it needs?",
    "not run": "Something before it stopped the whole notebook. Mend that first; then this will be tried.",
}
_BARE = "What your code does is not what this test expects. It has no message that says more."
_ROWS = ("Given", "Came", "Wanted", "Think")


def build_page(notebook: Mapping[str, Any], scores: Scores) -> Page:
    """The page of one graded notebook."""
    cells = [cell for cell in list_of(notebook.get("cells")) if isinstance(cell, dict)]
    title = next((found for cell in cells if is_prose(cell) and (found := headline(source_of(cell)))), "")
    sections, elsewhere = _sections(cells, scores)
    waiting = sum(score.waits for score in scores.grades.values())
    return Page(
        title=title or clean(scores.notebook, 200),
        student=clean(scores.student, 200),
        assignment=clean(scores.assignment, 200),
        handed_in=scores.handed_in,
        points=sum(score.points for score in scores.grades.values()),
        possible=sum(score.most for score in scores.grades.values()),
        penalty=scores.penalty,
        sections=tuple(sections),
        elsewhere=tuple(elsewhere),
        notes=tuple(clean(note, 1_000) for note in list_of(dojo_of(notebook).get("notes")) if isinstance(note, str)),
        waiting=waiting,
    )


def _sections(cells: Sequence[dict[str, Any]], scores: Scores) -> tuple[list[Section], list[str]]:
    """The sections that carry points, and remarks about cells in the others."""
    heading = "Your notebook"
    sections = [Section(heading)]
    after = ""
    for cell in cells:
        role, name = role_of(cell), name_of(cell)
        score = scores.grades.get(name)
        if is_prose(cell) and (title := headline(source_of(cell))):
            heading = title
            sections.append(Section(title))
        elif sections[-1].tests and role in ("solution", "answer"):
            # A notebook without headings of its own: an answer after tests begins the next exercise.
            sections.append(Section(f"{heading}: {name}"))
        section = sections[-1]
        if role in ("tests", "answer", "task") and score:
            _add(section, role, cell, score, scores)
        elif role == "solution":
            section.codes.append(_code(cell, scores.comments.get(name, "")))
        elif role in ("extra", "", "locked") and not is_prose(cell):
            _beside(section, cell, after)
        after = name if nbgrader_of(cell) else after
    kept = [section for section in sections if section.marked]
    for at, section in enumerate(kept, start=1):
        section.anchor = f"part-{at}"
    return kept, [remark for section in sections if not section.marked for remark in section.remarks]


def _beside(section: Section, cell: dict[str, Any], after: str) -> None:
    """A cell that is no answer by itself: a task's answer stands in such cells, of the others only trouble is told.

    What stands in a student's own cells is left out on purpose: they know it, and it may quote anything."""
    role, is_code = role_of(cell), cell.get("cell_type") == "code"
    if section.written and section.written[-1].is_task and role != "locked":
        if is_code:
            section.codes.append(_code(cell))
        else:
            section.written[-1] = replace(section.written[-1], answer=prose(source_of(cell).replace("\u2060", "")))
        return
    code = _code(cell)
    if code.note:
        section.remarks.append(code.note)
    # A plain cell that calls a function which is not written yet is no news.
    if is_code and code.problem and dojo_of(cell).get("error") != "NotImplementedError":
        what = "A cell of your own" if role == "extra" else "A cell of the lab"
        where = f", after {clean(after, 100)}," if after else ", at the top,"
        section.remarks.append(f"{what}{where}{code.problem.removeprefix('This cell')}")


def _add(section: Section, role: str, cell: dict[str, Any], score: Score, scores: Scores) -> None:
    """Put one cell that carries points into its section."""
    if role == "tests":
        section.tests.append(_test(cell, score))
        return
    name = name_of(cell)
    code = _code(cell) if cell.get("cell_type") == "code" else None
    # The grader breaks up markup in a written answer for the formgrader's sake; here it is text anyway.
    answer = prose(source_of(cell).replace("\u2060", "")) if role == "answer" and not code else None
    comment = prose(scores.comments[name]) if scores.comments.get(name) else None
    # nbgrader marks an answer that was left as released with 0 itself, and asks nobody.
    state = WAITS if score.waits else MARKED if score.person or score.points else UNANSWERED
    note = note_of(cell) or clean(scores.remarks.get(name), 1_000)
    section.written.append(Written(name, state, score, answer, code, comment, note, role == "task"))


def _test(cell: dict[str, Any], score: Score) -> Test:
    dojo = dojo_of(cell)
    # Only a cell that says that it holds no hidden tests may show what was printed in it.
    hidden = dojo.get("hidden") is not False or "HIDDEN TESTS" in source_of(cell)
    verdict = str(dojo.get("verdict"))
    rows = _rows(dojo, hidden) if not score.full and not score.changed else ()
    state = _state(verdict, dojo, score)
    if advice := _ADVICE.get(verdict):
        rows = (*rows, ("Think", advice)) if state == STOPPED[verdict] else rows
    printed = () if hidden or state in (PASSED, UNWRITTEN) else shown_outputs(cell, errors=False)
    return Test(clean(name_of(cell), 100), state, score, rows, hidden, note_of(cell), printed)


def _state(verdict: str, dojo: Mapping[str, Any], score: Score) -> State:
    if score.waits:
        return WAITS
    if score.changed:
        return MARKED
    if score.full:
        return PASSED
    if verdict in STOPPED:
        return STOPPED[verdict]
    if score.points > 0:
        return PARTLY
    parts = _parts(dojo)
    unwritten = dojo.get("error") == "NotImplementedError" or (parts and parts[1].startswith("has no answer yet"))
    return UNWRITTEN if unwritten else FAILED


def _rows(dojo: Mapping[str, Any], hidden: bool) -> tuple[tuple[str, str], ...]:
    """The message in labelled parts where the test gave such, else whole."""
    parts = _parts(dojo)
    if parts and parts[1].startswith("has no answer yet"):
        return ()
    if parts:
        return tuple((label, text) for label, text in zip(_ROWS, parts, strict=True) if text)
    error, message = clean(dojo.get("error"), 100), clean(dojo.get("message"), 2_000).strip()
    if error == "NotImplementedError":
        return ()
    plain = error in ("", "AssertionError", "NotYet")
    whole = message if plain else f"{error}: {message}" if message else error
    if not message and error == "AssertionError":
        whole = _BARE
    elif not message and error and hidden:
        whole = f"{error}. A hidden test keeps the details to itself."
    if dojo.get("verdict") == "passed":
        whole = "It counts how much of the whole is right."
    return (("", whole),) if whole else ()


def _parts(dojo: Mapping[str, Any]) -> list[str]:
    parts = dojo.get("parts")
    fine = isinstance(parts, list) and len(parts) == len(_ROWS) and all(isinstance(part, str) for part in parts)
    return [clean(part, 1_500).strip() for part in parts] if fine and isinstance(parts, list) else []


def _code(cell: dict[str, Any], comment: str = "") -> Code:
    dojo = dojo_of(cell)
    verdict = str(dojo.get("verdict"))
    problem = ""
    if verdict in STOPPED:
        problem = f"This cell {_DID[verdict]}. {_ADVICE[verdict]}"
    elif verdict == "failed":
        error, message = clean(dojo.get("error"), 100), clean(dojo.get("message"), 600).strip()
        problem = f"This cell stopped with {error or 'an error'}" + (f": {message}" if message else ".")
    name = clean(name_of(cell), 100)
    shown = prose(comment) if comment else None
    return Code(
        name,
        clean(source_of(cell).strip("\n"), 20_000),
        shown_outputs(cell, errors=not problem),
        problem,
        note_of(cell),
        shown,
    )
