"""The walk through one notebook: which child runs which cell, what comes of it, and what is done when a child breaks.

Points hang on one thing alone: a frame that the examiner sent for a tests cell, while the student's process was alive
and in time. In a kernel's notebook it is the frame with the number that was sent along (low assurance).
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.bundle import Entry
from grader.children import Broke, Child, wait
from grader.display import plain, shown, size
from grader.frames import BadFrameError
from grader.job import CellResult, Job, Result, Step
from grader.mirror import LOW_ASSURANCE
from grader.replies import MESSAGE, read_reply, run_frame
from grader.salvage import definitions

__all__ = ["RESTARTS", "BoxError", "KilledError", "Walk"]

RESTARTS = 5
_LAST_WORDS_S = 1.0  # that an examiner has to finish a tests cell whose student has gone
_START_LIMIT_S = 120.0  # for children that are spawned, not forked, and import all that the lab needs
_KILLED = "Its process was killed, by its own code or by a system without memory."
_NAMES = 10_000  # that one cell may bind
# Endings of files that are programs, or hold some.
_CODE = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".zip", ".egg", ".whl", ".pkl", ".pickle", ".joblib", ".dill")


class BoxError(Exception):
    """A child could not lock itself in; the text is what it said."""


class KilledError(Exception):
    """A child was killed from outside: by a person, or by a system without memory."""


class _OverError(Exception):
    """The notebook has used up its time or its restarts; the text is a sentence."""


@dataclass(frozen=True)
class _Done:
    """A step that is run again after a restart, and by whom."""

    step: Step
    who: str


class Walk:
    """One notebook, from its first cell to its last.

    `fork` gives a new pair of children, or a new kernel; `entries` are the assignment's files in the bundle they have.
    A `patient` walk takes a child that somebody killed for no fault of the notebook's, and raises KilledError. Random
    numbers begin where `digest` says, else where the job does.
    """

    def __init__(
        self,
        job: Job,
        fork: Callable[[Sequence[str]], list[Child]],
        entries: tuple[Entry, ...],
        patient: bool = False,
        digest: str = "",
    ) -> None:
        self._patient, self._digest = patient, digest or job.digest("")
        self._asks = None if job.asks is None else frozenset(job.asks)
        self._job, self._limits, self._fork, self._entries = job, job.limits, fork, entries
        self._alive: dict[str, Child] = {}
        self._done: list[_Done] = []
        self._starts = 0
        self._until = time.monotonic() + job.limits.total_s
        self._output_left = job.limits.total_output
        self._notes: list[str] = []
        self._spent: dict[str, float] = {"start": 0.0, "cells": 0.0, "replay": 0.0}

    def result(self) -> Result:
        """Walk it. Raises BoxError where a child can't be locked in; whatever the cells do, there is a result."""
        found: list[CellResult] = []
        over = ""
        if self._job.mode == "kernel":
            self._notes.append(LOW_ASSURANCE)
        try:
            for step in self._job.steps:
                if step.who == "nobody":
                    continue
                if not over:
                    try:
                        found.append(self._kept(self._step(step)))
                        continue
                    except _OverError as problem:
                        over = str(problem)
                        self._notes.append(over)
                found.append(CellResult(step.name, "not run", message=over))
        finally:
            self.close()
        return Result(tuple(found), tuple(self._notes), tuple(self._spent.items()))

    def try_out(self) -> None:
        """Start the children and end them. Raises BoxError where they can't be locked in."""
        try:
            self._begin()
        finally:
            self.close()

    def close(self) -> None:
        """End the children."""
        for child in self._alive.values():
            child.kill()
        self._alive = {}

    # One step

    def _step(self, step: Step) -> CellResult:
        self._ready()
        begun = time.monotonic()
        try:
            return self._run(step, step.who)
        except BadFrameError:
            return CellResult(step.name, "failed", message="This cell is too long to be run.")
        except Broke as problem:
            if step.who == "both" and problem.role == "student":
                return self._locked_alone(step)
            return self._broken(step, problem, time.monotonic() - begun)
        finally:
            self._spent["cells"] += time.monotonic() - begun

    def _run(self, step: Step, who: str) -> CellResult:
        """Run the step where it belongs, and remember it for a restart. Raises Broke."""
        asked = self._asked(who)
        nonce = secrets.token_hex(16) if step.points is not None else ""
        limit = min(self._limits.output, self._output_left)
        for child in asked:
            child.send(run_frame(step, nonce if child.role == "kernel" else "", limit))
        frames = self._wait(asked, step)
        judge = "examiner" if who in ("both", "examiner") else "student"
        frame = frames.get(judge) or frames["kernel"]
        if "kernel" in frames and nonce and frame.get("nonce") != nonce:
            raise Broke("kernel", "died", "Its process sent a verdict that is not the test's.")
        if judge == "examiner" and frame.get("error") == "StudentGoneError":
            raise self._told_apart(Broke("student", "died", "The student's process ended while this cell ran."))
        result = read_reply(step, frame, limit, trusted="kernel" not in frames)
        if who == "student" and "examiner" in self._alive:
            self._bind(step, frame.get("names"))
        if step.who == "examiner" and result.verdict != "passed":
            self._salvage(step)
        else:
            self._done.append(_Done(step, who))
        return result

    def _salvage(self, step: Step) -> None:
        """After a restart, let there be what a cell that did not come to its end has defined."""
        if text := definitions(step.text):
            self._done.append(_Done(replace(step, text=text, points=None), step.who))

    def _asked(self, who: str) -> list[Child]:
        if "kernel" in self._alive:
            return [self._alive["kernel"]]
        roles = ("examiner", "student") if who == "both" else (who,)
        return [self._alive[role] for role in roles]

    def _wait(self, asked: Sequence[Child], step: Step) -> dict[str, dict[str, Any]]:
        limits = self._limits
        until = min(time.monotonic() + limits.cell_s, self._until)
        try:
            return wait(list(self._alive.values()), asked, until, limits.memory, limits.processes)
        except Broke as problem:
            if problem.verdict == "timed out":
                raise Broke(problem.role, "timed out", self._late()) from None
            raise self._told_apart(problem) from None

    def _told_apart(self, problem: Broke) -> Broke | KilledError:
        """What to raise for a child that has ended, by itself or by somebody else's doing."""
        if problem.verdict != "died":
            return problem
        # A student ends when its examiner is killed, and may be the one whose end is seen first.
        gone = (child for child in self._alive.values() if child.role == problem.role or child.has_left)
        killed = next((child.role for child in gone if child.was_killed), None)
        if killed is None:
            return problem
        return KilledError(problem.why) if self._patient else Broke(killed, "died", _KILLED)

    def _late(self) -> str:
        if time.monotonic() >= self._until:
            return f"It was stopped: the notebook has used up its {self._limits.total_s:g} seconds."
        return f"It was stopped after {self._limits.cell_s:g} seconds."

    def _bind(self, step: Step, names: Any) -> None:
        """Tell the examiner which names the cell has bound."""
        said = names if isinstance(names, list) else []
        told = [name for name in said if isinstance(name, str) and name.isidentifier() and len(name) < 200]
        if self._asks is not None:
            told = [name for name in told if name in self._asks]
        lab = {"gives": list(step.gives), "classes": list(step.classes), "imports": step.imports}
        examiner = self._alive["examiner"]
        examiner.send({"do": "bind", "names": told[:_NAMES], **lab})
        if self._wait([examiner], step)["examiner"].get("done") != "bind":
            raise Broke("examiner", "died", "The examiner did not answer.")

    # What breaks

    def _broken(self, step: Step, problem: Broke, seconds: float) -> CellResult:
        """The verdict for a cell at which a child broke; both end, and are started anew for the next cell."""
        outputs: tuple[dict[str, Any], ...] = ()
        lives = problem.role == "student" or problem.verdict == "timed out"
        if step.who == "examiner" and lives and "examiner" in self._alive:
            outputs = self._last_words(step)
        self.close()
        self._salvage(step)
        self._notes.append(f"{step.name}: {problem.why}")
        return CellResult(step.name, problem.verdict, outputs=outputs, message=problem.why, seconds=seconds)

    def _last_words(self, step: Step) -> tuple[dict[str, Any], ...]:
        """What a tests cell had shown when its student went, if the examiner ends it soon. Its verdict is not asked."""
        self._alive.pop("student").kill()
        examiner = self._alive["examiner"]
        limits = self._limits
        try:
            until = time.monotonic() + _LAST_WORDS_S
            frame = wait([examiner], [examiner], until, limits.memory, limits.processes)["examiner"]
        except Broke:
            return ()
        return () if step.hidden else shown(frame.get("outputs"), min(limits.output, self._output_left))

    def _locked_alone(self, step: Step) -> CellResult:
        """A cell of the lab's own broke the student's process, which earlier cells must have spoilt: once more, and
        then without the student."""
        self.close()
        self._ready()
        try:
            return self._run(step, "both")
        except Broke as problem:
            if problem.role == "examiner":
                return self._broken(step, problem, 0.0)
            self._notes.append(f"{step.name}: the student's own process stopped in this cell of the lab.")
            self.close()
        self._ready()
        try:
            return self._run(step, "examiner")
        except Broke as problem:
            return self._broken(step, problem, 0.0)

    # Start and start again

    def _ready(self) -> None:
        """Have living children that have run everything so far. Raises _OverError where the notebook has had enough."""
        while not self._alive:
            if time.monotonic() >= self._until:
                raise _OverError(f"The notebook has used up its {self._limits.total_s:g} seconds.")
            if self._starts > RESTARTS:
                raise _OverError(f"The notebook broke its process {self._starts} times.")
            self._starts += 1
            begun = time.monotonic()
            self._begin()
            self._spent["start"] += time.monotonic() - begun
            begun = time.monotonic()
            self._replay()
            self._spent["replay"] += time.monotonic() - begun
        if time.monotonic() >= self._until:
            raise _OverError(f"The notebook has used up its {self._limits.total_s:g} seconds.")

    def _begin(self) -> None:
        roles = ("kernel",) if self._job.mode == "kernel" else ("student", "examiner")
        children = self._fork(roles)
        self._alive = {child.role: child for child in children}
        digest = self._digest
        for child in children:
            seed = _seed(digest, child.role)
            place = {"folder": child.folder, "entries": self._files_for(child.role)}
            child.send({"do": "start", "limits": vars(self._limits), "seed": seed, **place})
        try:
            until = time.monotonic() + _START_LIMIT_S
            frames = wait(children, children, until, self._limits.memory, self._limits.processes)
        except Broke as problem:
            raise BoxError(f"A new {problem.role} {problem.verdict}.") from None
        for role, frame in frames.items():
            if frame.get("ready") is not True:
                raise BoxError(f"A new {role} could not be locked in: {plain(frame.get('refused'), MESSAGE)}")

    def _files_for(self, role: str) -> tuple[Entry, ...]:
        """The files of a child's folder. What a student brought along and Python would run, by an import or as a
        pickle, is not for the examiner, which would import it in a cell of the lab's own."""
        if role != "examiner":
            return self._entries
        theirs = {name for name in self._job.theirs if name.lower().endswith(_CODE)}
        return tuple(one for one in self._entries if one[0] not in theirs)

    def _replay(self) -> None:
        again, self._done = self._done, []
        for at, one in enumerate(again):
            try:
                self._run(one.step, one.who)
            except Broke as problem:
                # It has its verdict; from now on it is left out, but for the examiner's half of the lab's own cells.
                self._notes.append(f"{one.step.name}: run again after a restart, it broke its process; it is left out.")
                if one.who == "both" and problem.role == "student":
                    self._done.append(_Done(one.step, "examiner"))
                self._done += again[at + 1 :]
                self.close()
                return

    def _kept(self, result: CellResult) -> CellResult:
        self._output_left = max(0, self._output_left - size(result.outputs))
        return result


def _seed(digest: str, role: str) -> int:
    """Where random numbers begin: known to nobody who does not know the tests."""
    who = "examiner" if role == "examiner" else "student"
    return int.from_bytes(hashlib.sha256(f"{digest} {who}".encode()).digest()[:8], "big")
