"""What there is to do for one submission: its notebooks, its time, its files, and a key for all that counts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dojo.errors import DojoError
from grader import submitted
from grader.assignment import Assignment
from grader.job import Job, Result
from grader.rebuild import Rebuilt, rebuild
from grader.results import Store
from grader.submitted import HandIn

__all__ = ["Plan", "Work", "begin", "make_plan"]


@dataclass(frozen=True)
class Plan:
    """One submission as it was handed in. `contents` are the notebooks' bytes by name, `refusals` why one can't be
    read; `files` are the data files it runs with, `theirs` those among them that the student brought; `key` says all
    that the outcome depends on."""

    hand_in: HandIn
    contents: dict[str, bytes]
    refusals: dict[str, str]
    missing: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    theirs: tuple[str, ...]
    moment: datetime | None
    notes: tuple[str, ...]
    key: str


@dataclass
class Work:
    """One submission on its way: what was rebuilt of it, and what has come back."""

    plan: Plan
    rebuilt: dict[str, Rebuilt] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return set(self.rebuilt) <= set(self.results) | set(self.refusals)


def make_plan(assignment: Assignment, hand_in: HandIn, store: Store) -> Plan:
    """Look at what was handed in; nothing of it runs, and no link is followed."""
    contents: dict[str, bytes] = {}
    refusals: dict[str, str] = {}
    missing: list[str] = []
    for name in assignment.labs:
        try:
            contents[name] = submitted.read_file(hand_in.folder, f"{name}.ipynb")
        except FileNotFoundError:
            missing.append(name)
        except DojoError as error:
            refusals[name] = str(error)
    linked = submitted.leads_elsewhere(hand_in.folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    moment, note = (None, "") if linked else submitted.hand_in_time(hand_in.folder, now)
    notes = [note] if note else []
    notes += [f"{name}.ipynb was not handed in; it earns 0." for name in missing]
    files, theirs = assignment.files, dict[str, str]()
    if not linked:
        theirs = _their_files(assignment, hand_in, store)
        files = tuple(sorted({**dict(files), **theirs}.items()))
        notes += _strays(assignment, hand_in)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    told = [assignment.key, digests, refusals, missing, files, sorted(theirs), str(moment), notes]
    key = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return Plan(hand_in, contents, refusals, tuple(missing), files, tuple(sorted(theirs)), moment, tuple(notes), key)


def begin(assignment: Assignment, plan: Plan) -> tuple[Work, list[tuple[str, Job]]]:
    """Rebuild the submission's notebooks; gives the jobs to be done, by notebook."""
    work = Work(plan, refusals=dict(plan.refusals))
    jobs = []
    for name, content in plan.contents.items():
        try:
            rebuilt = rebuild(assignment.labs[name], content)
        except DojoError as error:
            work.refusals[name] = str(error)
            continue
        work.rebuilt[name] = rebuilt
        job = assignment.job(name, rebuilt.steps, plan.hand_in.student)
        jobs.append((name, replace(job, files=plan.files, theirs=plan.theirs)))
    return work, jobs


def _their_files(assignment: Assignment, hand_in: HandIn, store: Store) -> dict[str, str]:
    found = {}
    for name in submitted.their_files(hand_in.folder, assignment.settings.theirs):
        place = hand_in.folder / name
        try:
            found[name] = store.keep_bytes(submitted.read_file(place.parent, place.name))
        except (DojoError, FileNotFoundError):
            # A link, or a file that is too large: the lab's own, if there is one, is used instead.
            continue
    return found


def _strays(assignment: Assignment, hand_in: HandIn) -> list[str]:
    ours = [name for name, _ in assignment.files]
    names = submitted.stray_files(hand_in.folder, ours, assignment.settings.theirs, list(assignment.labs))
    if not names:
        return []
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    shown = ["".join(letter if letter.isprintable() else "?" for letter in name[:60]) for name in names[:2]]
    return [f"Handed in besides, and not used: {', '.join(shown)}{more}."]
