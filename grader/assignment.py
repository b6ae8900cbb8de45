"""One assignment as a grading run needs it: its notebooks, its files, its settings, and a name for all of that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder
from grader.engine import engine
from grader.gradebook import Book
from grader.lab import LabNotebook, data_files, read_notebook
from grader.results import Store
from grader.settings import Settings, read_settings

__all__ = ["Assignment", "read_assignment"]

_IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]  # nbgrader's own default


@dataclass(frozen=True)
class Assignment:
    """An assignment that was released.

    `files` are (relative path, sha256) of its data, which lie on the stage; `engine` is this grader's name and `key`
    one for everything here: where it is the same, equal hand-ins come out the same.
    """

    name: str
    source: Path
    labs: dict[str, LabNotebook]
    files: tuple[tuple[str, str], ...]
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
    files = tuple((path, store.keep_file(place)) for path, place in data_files(source, ignored))
    ours = engine(unsafe)
    content = [ours, [asdict(lab) for lab in labs.values()], asdict(settings), files, unsafe]
    key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return Assignment(name, source, labs, files, settings, unsafe, ours, key)


def _labs(
    course: CourseFolder, name: str, source: Path, book: Book, kernel_mode: bool
) -> Iterator[tuple[str, LabNotebook]]:
    for notebook, cells in sorted(book.released(name).items()):
        path = source / f"{notebook}.ipynb"
        if not path.exists():
            raise DojoError(f"{path} is gone, but was released; put it back to grade {name}.")
        yield notebook, read_notebook(path, cells, course.config, kernel_mode)
