"""One assignment as a grading run needs it: its notebooks, its files, its settings, and a name for all of that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder
from grader.engine import engine
from grader.gradebook import Book
from grader.heavy import needed
from grader.job import Job, Step, Who
from grader.lab import LabNotebook, data_files, read_notebook
from grader.names import asked
from grader.results import Store
from grader.settings import Settings, read_settings

__all__ = ["Assignment", "read_assignment"]

_IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]  # nbgrader's own default


@dataclass(frozen=True)
class Assignment:
    """An assignment that was released.

    `files` are (relative path, sha256) of its data, which lie on the stage; `heavy` are the modules of `grader.heavy`
    that it uses, `asks` by notebook what `grader.names` says of it; `engine` is this grader's name and `key` one for
    everything here: where it is the same, equal hand-ins come out the same.
    """

    name: str
    source: Path
    labs: dict[str, LabNotebook]
    files: tuple[tuple[str, str], ...]
    heavy: tuple[str, ...]
    asks: dict[str, tuple[str, ...] | None]
    settings: Settings
    unsafe: bool
    engine: str
    key: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What the instructor should know about the assignment itself."""
        stale = [f"{lab.name}.ipynb: {', '.join(lab.stale)}" for lab in self.labs.values() if lab.stale]
        if not stale:
            return ()
        return (
            f"source/ has changed since the release ({'; '.join(stale)}); the released tests ran, "
            f"run `nbgrader generate_assignment {self.name} --force` to use the new.",
        )

    def job(self, notebook: str, steps: tuple[Step, ...], student: str = "") -> Job:
        """What is to be done for one notebook, with the assignment's own files."""
        return Job(
            assignment=self.name,
            notebook=notebook,
            student=student,
            steps=steps,
            files=self.files,
            mode=self.settings.mode,
            limits=self.settings.limits,
            heavy=self.heavy,
            asks=self.asks[notebook],
        )

    @property
    def assurance(self) -> str:
        """What is missing from the full protection, in words."""
        kernel = "tests in the student's kernel: low assurance" if self.settings.mode == "kernel" else ""
        return ", ".join(words for words in ("unsafe: no sandbox" if self.unsafe else "", kernel) if words)


def read_assignment(course: CourseFolder, name: str, book: Book, store: Store, unsafe: bool) -> Assignment:
    """Read it, and put its files on the stage; a `DojoError` in a sentence where it can't be graded."""
    settings = read_settings(course.config, name)
    source = course.path("source", ".", name)
    labs = dict(_labs(course, name, source, book, kernel_mode=settings.mode == "kernel"))
    ignored = list(course.config.get("CourseDirectory", {}).get("ignore", _IGNORED))
    data = list(data_files(source, ignored))
    files = tuple((path, store.keep_file(place)) for path, place in data)
    modules = [place.read_text(encoding="utf-8", errors="replace") for path, place in data if path.endswith(".py")]
    heavy = needed([*(text for lab in labs.values() for text in _code(lab, ("student", "both", "examiner"))), *modules])
    asks = {lab.name: asked(_code(lab, ("both", "examiner")), modules) for lab in labs.values()}
    ours = engine(unsafe)
    content = [ours, [asdict(lab) for lab in labs.values()], asdict(settings), files, unsafe]
    key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return Assignment(name, source, labs, files, heavy, asks, settings, unsafe, ours, key)


def _code(lab: LabNotebook, who: Sequence[Who]) -> list[str]:
    """The lab's own text of the cells that these run."""
    return [cell.text for cell in lab.cells if cell.kind == "code" and cell.who in who]


def _labs(
    course: CourseFolder, name: str, source: Path, book: Book, kernel_mode: bool
) -> Iterator[tuple[str, LabNotebook]]:
    for notebook, cells in sorted(book.released(name).items()):
        path = source / f"{notebook}.ipynb"
        if not path.exists():
            raise DojoError(f"{path} is gone, but was released; put it back to grade {name}.")
        yield notebook, read_notebook(path, cells, course.config, kernel_mode)
