"""A check's report in words: as plain text for a terminal, as HTML for a notebook. Colour never stands alone."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

from dojo import catalog
from dojo.check import ExerciseResult, Report, TestResult
from dojo.progress import LabProgress

__all__ = ["IN_NOTEBOOK", "TERMINAL", "next_step", "report_html", "report_rows", "report_text"]

TERMINAL = "dojo {verb} {lab} {exercise}"
IN_NOTEBOOK = "%{verb} {exercise}"


def report_text(report: Report, progress: LabProgress, command: str = TERMINAL) -> str:
    """The report for a terminal or a screen reader."""
    lines = [_headline(report)]
    for result in report.results:
        lines += ["", _title(result)]
        if result.problem:
            lines.append(f"   Your cell stopped: {result.problem}.")
        for test in result.tests:
            if not test.passed and not _unwritten(test):
                lines += [f"   {test.name}", *(f"     {label:<8}{text}" for label, text in _rows(test))]
    lines += ["", *report.notes] if report.notes else []
    return "\n".join([*lines, "", next_step(report, progress, command)])


def report_html(report: Report, progress: LabProgress) -> str:
    """The same report as HTML; all text in it is escaped, so what a student's code printed stays text."""
    parts = [
        f"<section aria-label='Check of lab {report.lab.number}'>",
        f"<p><strong>{escape(_headline(report))}</strong></p>",
    ]
    parts.append("<ol style='list-style: none; padding-left: 0'>")
    for result in report.results:
        parts.append(f"<li style='margin: 0.6em 0'><strong>{escape(_title(result))}</strong>")
        if result.problem:
            parts.append(f"<br>Your cell stopped: {escape(result.problem)}.")
        for test in result.tests:
            if not test.passed and not _unwritten(test):
                rows = "".join(
                    f"<dt style='font-weight: 600'>{label}</dt><dd>{escape(text)}</dd>" for label, text in _rows(test)
                )
                parts.append(f"<dl aria-label='{escape(test.name)}' style='margin: 0.3em 0 0.3em 1.5em'>{rows}</dl>")
        parts.append("</li>")
    parts.append("</ol>")
    parts += [f"<p>{escape(note)}</p>" for note in report.notes]
    return "".join([*parts, f"<p>{escape(next_step(report, progress, IN_NOTEBOOK))}</p></section>"])


def report_rows(report: Report) -> dict[str, Any]:
    """The report as plain data, for `--json`."""
    exercises = [
        {
            "exercise": result.exercise.name,
            "passed": result.passed,
            "points": result.points,
            "possible": result.possible,
            "problem": result.problem,
            "tests": [asdict(test) for test in result.tests],
        }
        for result in report.results
    ]
    totals = {"lab": report.lab.name, "points": report.points, "possible": report.possible}
    return {**totals, "notes": list(report.notes), "exercises": exercises}


def next_step(report: Report, progress: LabProgress, command: str = TERMINAL) -> str:
    """The one thing to do now; `command` is how hints and solutions are asked for where the reader is."""
    for result in report.results:
        if result.passed:
            continue
        number = result.number
        seen, hints = progress.hints.get(result.exercise.name, 0), len(result.exercise.hints)
        ask = command.format(lab=report.lab.number, exercise=number, verb="hint" if seen < hints else "solution")
        if seen < hints:
            return f"Next: exercise {number}. Stuck? Hint {seen + 1} of {hints}: {ask}"
        return f"Next: exercise {number}. You have seen its {hints} hints. To read its solution: {ask}"
    if not report.whole:
        return f"Exercise {report.results[0].number} passes."
    return "All exercises pass. What is left is the written question, and the stretch if you like."


def _headline(report: Report) -> str:
    title = catalog.about(report.lab).title.split(":")[0]
    place = f"Lab {report.lab.number}, {title}"
    if not report.whole:
        place += f", exercise {report.results[0].number}"
    return f"{place}: {report.points} of {report.possible} points"


def _title(result: ExerciseResult) -> str:
    if result.passed:
        state = "passed"
    elif all(test.passed or _unwritten(test) for test in result.tests) and not result.problem:
        state = "not written yet"
    else:
        state = "not yet"
    mark = "\N{CHECK MARK}" if result.passed else "\N{BULLET}"
    return f"{mark} Exercise {result.number}. {result.exercise.title} - {state}, {result.points} of {result.possible}"


def _unwritten(test: TestResult) -> bool:
    return test.came.startswith(("has no answer yet", "NotImplementedError"))


def _rows(test: TestResult) -> list[tuple[str, str]]:
    rows = [("Given", test.given), ("Came", test.came), ("Wanted", test.wanted), ("Think", test.think)]
    return [(label, text) for label, text in rows if text]
