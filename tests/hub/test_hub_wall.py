"""What a person of the hub can and can't read: each line of dojo/hub's first list, tried as that person."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hub_kit import needs_root

from dojo import catalog
from dojo.hub.place import COURSE, Place
from dojo.hub.prepare import behind_the_wall, prepare
from dojo.hub.roster import Person
from dojo.hub.wall import environment, walled
from dojo.notebook import read_variants

pytestmark = [pytest.mark.slow, *needs_root]
PEOPLE = (Person("teacher", "instructor"), Person("ada", "student"), Person("grace", "student"))
LAB = "01-first-bow"
# Every text that this person can read below the given folders, searched for the given lines; prints what it found.
SEARCH = """
import json, os, sys
folders, lines = json.loads(sys.stdin.read())
wanted, edges = set(lines), " \\t,'" + '"'
for top in folders:
    for folder, names, files in os.walk(top):
        if ".venv" in names:
            names.remove(".venv")
        for name in files:
            path = os.path.join(folder, name)
            try:
                text = open(path, encoding="utf-8").read() if os.path.getsize(path) < 4_000_000 else ""
            except (OSError, UnicodeDecodeError):
                continue
            # A notebook's lines are strings of JSON.
            plain = text.replace('\\\\"', '"').replace("\\\\n", "\\n")
            hits = wanted & {one.strip(edges) for one in plain.splitlines()}
            # One alone may be anybody's: the system's own programs hold such lines too.
            if len(hits) > 1:
                print(path, hits)
"""
EDGES = " \t,'\""


@dataclass(frozen=True)
class Class:
    """A prepared hub folder, and its people's numbers."""

    place: Place
    numbers: dict[str, int]

    def does(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command as this person, as their server would."""
        person = next(one for one in PEOPLE if one.name == name)
        return behind_the_wall(self.place, person, self.numbers[name], *words)

    def runs(self, name: str, script: str) -> str:
        """Run a shell script as this person; what it prints."""
        done = self.does(name, "bash", "-c", script)
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Class:
    place = Place(tmp_path_factory.mktemp("hub") / "class")
    place.state.mkdir(parents=True)
    numbers = place.numbers(PEOPLE)
    prepare(place, PEOPLE, numbers, print)
    return Class(place, numbers)


@pytest.fixture
def fetched(people: Class) -> Callable[[str], Path]:
    """Let a student fetch lab 1; gives their notebook's path on this machine."""

    def fetch(name: str) -> Path:
        home = people.place.root / "homes" / name
        if not (home / LAB).exists():
            said = people.runs(name, f"cd && python -P -m nbgrader fetch_assignment {LAB}")
            assert (home / LAB).is_dir(), said
        return home / LAB / f"{LAB}.ipynb"

    return fetch


def _secret_lines() -> list[str]:
    """Lines of solutions, hidden tests, known mistakes and model answers that stand in no released lab."""
    found: set[str] = set()
    for lab in catalog.labs():
        source = lab.source.read_text(encoding="utf-8")
        parts = re.findall(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END", source, re.S)
        parts += [one.source for one in read_variants(lab.folder / "mistakes.py", "mistake")]
        for part in parts:
            found |= {line.strip(EDGES) for line in part.splitlines()}
        found |= {line.strip(EDGES) for line in (lab.folder / "teach.md").read_text(encoding="utf-8").splitlines()}
    return sorted(line for line in found if len(line) > 40)


def test_a_student_finds_no_solution_hidden_test_or_mistake_and_the_instructor_does(
    people: Class, fetched: Callable[[str], Path]
) -> None:
    fetched("ada")
    from dojo.release import release_node

    given = "\n".join(cell.source for lab in catalog.labs() for cell in release_node(lab).cells)
    given += "\n".join(lesson.source.read_text(encoding="utf-8") for lesson in catalog.lessons())
    given += "\n".join(file.read_text(encoding="utf-8") for file in (catalog.course_root() / "dojo").rglob("*.py"))
    lines = [line for line in _secret_lines() if line not in given]
    assert len(lines) > 300

    def search(name: str, *folders: str) -> str:
        person = next(one for one in PEOPLE if one.name == name)
        tops = json.dumps([folders, lines])
        command = walled(people.place, person, people.numbers[name], [sys.executable, "-P", "-c", SEARCH])
        done = subprocess.run(command, env=environment(person), input=tops, capture_output=True, text=True, check=True)
        return done.stdout

    clone = str(catalog.course_root())
    assert search("ada", "/class", "/tmp", "/etc", "/home", "/root", clone) == ""
    assert f"labs/{LAB}/lab.py" in search("teacher", f"{clone}/labs/{LAB}")


@pytest.mark.parametrize("path", ["tests", "grader", ".git", "pyproject.toml", f"labs/{LAB}/mistakes.py"])
def test_a_student_sees_of_the_clone_only_what_a_student_needs(people: Class, path: str) -> None:
    assert (catalog.course_root() / path).exists()
    assert "No such file" in people.runs("ada", f"ls -d {catalog.course_root() / path}")


@pytest.mark.parametrize(
    ("name", "seen"),
    [("ada", ["exchange", "home", "settings"]), ("teacher", ["exchange", "home", COURSE, "settings"])],
)
def test_each_finds_their_own_home_and_nobody_elses(people: Class, name: str, seen: list[str]) -> None:
    assert people.runs(name, "ls /class /class/home").split() == [
        "/class:", *sorted(seen), "/class/home:", name,
    ]  # fmt: skip
    assert "No such file" in people.runs(name, f"ls {people.place.root}"), "the hub's folder, passwords and all"
    assert people.runs(name, "id -un").strip() == name


def test_a_student_changes_nothing_but_their_own(people: Class) -> None:
    tried = people.runs("ada", f"touch /class/exchange/{COURSE}/outbound/x /class/settings/x /usr/x /x; touch ~/mine")
    assert tried.count("Read-only file system") == 4
    assert (people.place.root / "homes" / "ada" / "mine").exists()


def test_a_student_has_no_rights_and_sees_no_process_of_others(people: Class) -> None:
    rights = people.runs("ada", "grep -E '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs)' /proc/self/status").split()
    assert rights[1::2] == ["0" * 16] * 5 + ["1"]
    assert len([one for one in people.runs("ada", "ls /proc").split() if one.isdigit()]) < 6


def test_another_students_submission_can_be_neither_listed_nor_changed(
    people: Class, fetched: Callable[[str], Path]
) -> None:
    fetched("ada")
    said = people.runs("ada", f"cd && python -P -m nbgrader submit {LAB}")
    assert "Submitted as" in said
    (inbound,) = [one for one in (people.place.exchange / "inbound").iterdir() if one.name.startswith("ada+")]
    assert "Permission denied" in people.runs("grace", f"ls /class/exchange/{COURSE}/inbound")
    # Names end in twelve letters of chance, which is what hides them; files stay their owner's even for who knows one.
    there = f"/class/exchange/{COURSE}/inbound/{inbound.name}/{LAB}.ipynb"
    assert "Permission denied" in people.runs("grace", f"echo x > '{there}'")
    assert inbound.stat().st_uid == people.numbers["ada"]
    # The instructor collects it, and sees by its owner whose it is.
    people.runs("teacher", f"cd /class/{COURSE} && python -P -m nbgrader collect {LAB}")
    assert (people.place.course / "submitted" / "ada" / LAB / f"{LAB}.ipynb").exists()


def test_nobody_hands_in_for_somebody_else_or_what_only_the_instructor_may_read(
    people: Class, fetched: Callable[[str], Path]
) -> None:
    fetched("ada")
    forged = f"grace+{LAB}+2026-01-01 00:00:00.000000 UTC+forged"
    people.runs("ada", f"cd && cp -r {LAB} '/class/exchange/{COURSE}/inbound/{forged}'")
    linked = f"ada+{LAB}+2099-01-01 00:00:00.000000 UTC+linked"
    source = f"/class/{COURSE}/source/{LAB}/{LAB}.ipynb"
    people.runs("ada", f"cd && cp -r {LAB} '/class/exchange/{COURSE}/inbound/{linked}'")
    people.runs("ada", f"ln -s {source} '/class/exchange/{COURSE}/inbound/{linked}/more.ipynb'")
    said = people.runs("teacher", f"cd /class/{COURSE} && python -P -m nbgrader collect {LAB} --update")
    assert not (people.place.course / "submitted" / "grace").exists(), said
    assert "was not collected: it says it is grace's and belongs to ada; ask ada about it." in said
    assert "was not collected: more.ipynb in it is a link" in said
    assert (people.place.course / "submitted" / "ada" / LAB / f"{LAB}.ipynb").exists(), "what was there before stays"
    assert not (people.place.course / "submitted" / "ada" / LAB / "more.ipynb").exists()


def test_check_and_hint_work_in_class_and_a_solution_is_not_given(
    people: Class, fetched: Callable[[str], Path]
) -> None:
    notebook = fetched("ada")
    inside = f"~/{LAB}/{notebook.name}"
    assert "Exercise 1" in people.runs("ada", f"python -P -m dojo check 1 --file {inside}")
    assert "Hint 1 of 3" in people.runs("ada", "python -P -m dojo hint 1 1")
    said = people.runs("ada", "python -P -m dojo solution 1 1")
    assert said == "dojo: This copy of the course has no solutions in it; your teacher has them. Hints: `dojo hint`.\n"


def test_a_full_disk_hands_in_nothing_and_loses_nothing(people: Class, fetched: Callable[[str], Path]) -> None:
    notebook = fetched("grace")
    before = notebook.read_bytes()
    script = (
        f"cd && python -P -m nbgrader submit {LAB}; ls -A /class/exchange/{COURSE}/inbound; find . -name '*+{LAB}+*'"
    )
    line = walled(people.place, PEOPLE[2], people.numbers["grace"], ["bash", "-c", script])
    # The exchange's disk is a small one, and nearly full.
    where = line.index("--proc")
    line[where:where] = ["--size", "32768", "--perms", "1777", "--tmpfs", f"/class/exchange/{COURSE}/inbound"]
    done = subprocess.run(line, env=environment(PEOPLE[2]), capture_output=True, text=True, check=False)
    assert f"{LAB} was not handed in: the disk is full. Your notebook is untouched" in done.stderr
    assert done.stdout == "", "nothing half is left, in the exchange or in the list of what was submitted"
    assert notebook.read_bytes() == before
    assert "Submitted as" in people.runs("grace", f"cd && python -P -m nbgrader submit {LAB}")
