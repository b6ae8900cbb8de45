"""A small class for reports: the kit's greeting lab, twelve students and one who handed in nothing, graded here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from class_of import hand_in, release
from here import HereMarker

from dojo import catalog, notebook
from dojo.catalog import Lab
from dojo.course import new_course
from dojo.release import copy_data, note_release
from grader.results import Store
from grader.run import grade

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ALWAYS_ADA = 'def greet(somebody):\n    return "Hello, Ada!"'  # a known mistake with another name in it
RIGHT = {"greet": "def greet(n):\n    return f'Hello, {n}!'", "double": "def double(n):\n    return n + n"}
ODD = f"def double(n):\n    return {HOSTILE!r} * n"  # fails like no known mistake
# Answers by student; the first three words of a long answer are everybody's own.
ANSWERS: dict[str, dict[str, str]] = {
    "s01": {**RIGHT, "written": "My neighbour."},
    "s02": {**RIGHT, "written": HOSTILE},
    "s03": {**RIGHT, "greet": ALWAYS_ADA},
    "s04": {**RIGHT, "greet": ALWAYS_ADA},
    "s05": {**RIGHT, "double": "def double(n):\n    return n + 2"},
    "s06": {"greet": ALWAYS_ADA, "double": "def double(n):\n    return n + 2"},
    "s07": {**RIGHT, "double": ODD},
    "s08": RIGHT,
    "s09": RIGHT,
    "s10": RIGHT,
    "s11": {},
    "s12": {"greet": RIGHT["greet"]},
}


def lab_of_the_kit() -> Lab:
    return catalog.find_lab("1")


def make_course(folder: Path) -> Path:
    """The course with the lab released on 1 November, due on the 8th; s10 hands in a day late."""
    lab = lab_of_the_kit()
    course = new_course(folder)
    notebook.build(catalog.read(lab), course / "source" / lab.name / f"{lab.name}.ipynb")
    copy_data(lab, course / "source" / lab.name)
    release(course, lab.name)
    note_release(course, lab.name)
    times = course / ".dojo" / "released.json"
    times.write_text(f'{{"{lab.name}": "2026-11-01T08:00:00"}}')
    for number, (student, texts) in enumerate(ANSWERS.items(), start=1):
        moment = datetime(2026, 11, 1 + number % 7, 12) if student != "s10" else datetime(2026, 11, 9, 8)
        place = hand_in(course, student, texts, assignment=lab.name)
        (place / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC")
    _write_class(course, lab.name)
    grade(course, lab.name, marker=HereMarker(Store(course).stage))
    return course


def _write_class(course: Path, name: str) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", course.name) as book:
        for student in (*ANSWERS, "zoe"):
            book.add_student(student, first_name="Ann", last_name=f"Ly{student}")
        book.find_student("s03").last_name = f"{HOSTILE}\u202egnp"
        book.find_student("s04").first_name = "=1+1"
        book.find_assignment(name).duedate = datetime(2026, 11, 8, 8)
        book.db.commit()
