"""The student's folder: built notebooks to work in, and what has been passed. Nothing in it is ever overwritten."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dojo import catalog, notebook
from dojo.catalog import Lab, Lesson
from dojo.errors import DojoError
from dojo.files import free_name, full_path, write_whole

__all__ = ["Built", "Workspace", "open_workspace"]


@dataclass(frozen=True)
class Built:
    """What a build did: the labs and lessons put there, and the labs whose source is newer than the student's copy."""

    new: tuple[str, ...]
    newer: tuple[str, ...]


@dataclass(frozen=True)
class Workspace:
    """A folder with `labs/NAME/NAME.ipynb`, `lessons/NAME/NAME.ipynb` and `progress.json`."""

    root: Path

    def lab_notebook(self, lab: Lab) -> Path:
        """Where the student solves this lab."""
        return self.root / "labs" / lab.name / f"{lab.name}.ipynb"

    def lesson_notebook(self, lesson: Lesson) -> Path:
        """Where the student reads this lesson."""
        return self.root / "lessons" / lesson.name / f"{lesson.name}.ipynb"

    @property
    def progress_file(self) -> Path:
        return self.root / "progress.json"

    def build(self) -> Built:
        """Put every lab and lesson that is not there yet; leave alone all that the student has touched."""
        new: list[str] = []
        newer: list[str] = []
        pages = [
            (f"lesson {one.name}", one.source, self.lesson_notebook(one), partial(self.put_lesson, one))
            for one in catalog.lessons()
        ]
        pages += [
            (f"lab {one.name}", one.source, self.lab_notebook(one), partial(self.put_lab, one))
            for one in catalog.labs()
        ]
        for name, source, path, put in pages:
            if not path.exists():
                put()
                new.append(name)
            elif _stamp(path)[:1] not in ([], [_digest(source)]):
                # The text is newer than the copy; one that nobody has touched is no loss.
                if _untouched(path):
                    put()
                else:
                    newer.append(name)
        return Built(tuple(new), tuple(newer))

    def put_lab(self, lab: Lab) -> Path:
        """Write a fresh copy of the lab over whatever is there: call it where no work can be lost."""
        from dojo.release import write_release

        _set_aside_changes(lab.folder / "data", self.lab_notebook(lab).parent / "data")
        path = write_release(lab, self.lab_notebook(lab).parent)
        _write_stamp(path, lab.source)
        return path

    def reset(self, lab: Lab) -> Path | None:
        """Put a fresh copy; the old one is moved beside it and its new path given back (None: there was none)."""
        path = self.lab_notebook(lab)
        kept = None
        if path.exists() or path.is_symlink():
            kept = free_name(path)
            path.rename(kept)
        self.put_lab(lab)
        return kept

    def untouched(self, lab: Lab) -> bool:
        """Whether the student's copy of the lab is byte for byte what was put there."""
        return _untouched(self.lab_notebook(lab))

    def version(self, lab: Lab) -> str:
        """Twelve digits that name the release the student's copy began as; "" where nobody noted it."""
        return "".join(_stamp(self.lab_notebook(lab))[1:])[:12]

    def put_lesson(self, lesson: Lesson) -> Path:
        """Write a fresh copy of the lesson and its figures over whatever is there."""
        path = notebook.build(notebook.read_lesson(lesson.source), self.lesson_notebook(lesson))
        for figure in lesson.folder.iterdir():
            if figure.is_file() and figure.name != "lesson.md":
                shutil.copy2(figure, path.parent / figure.name)
        _write_stamp(path, lesson.source)
        return path


def open_workspace(root: Path | None = None) -> Workspace:
    """The workspace: `root`, else the folder named by DOJO_WORKSPACE, else `workspace/` in the clone."""
    chosen = full_path(root or Path(os.environ.get("DOJO_WORKSPACE") or catalog.course_root() / "workspace"))
    if chosen.exists() and not chosen.is_dir():
        raise DojoError(f"The workspace {chosen} is a file; set DOJO_WORKSPACE to a folder.")
    return Workspace(chosen)


def _untouched(path: Path) -> bool:
    """Whether the copy is byte for byte what was put there."""
    return _stamp(path)[1:] == [_digest(path)]


def _stamp(path: Path) -> list[str]:
    """The digests of the text a copy was made from, and of the copy as it was put there; empty if nobody noted them."""
    note = path.parent / ".made-from"
    return note.read_text(encoding="utf-8", errors="replace").split() if note.exists() else []


def _write_stamp(path: Path, source: Path) -> None:
    write_whole(path.parent / ".made-from", f"{_digest(source)} {_digest(path)}\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _set_aside_changes(ours: Path, theirs: Path) -> None:
    """Rename each file of a student's `data/` that is about to be replaced and says something else than ours."""
    for source in ours.rglob("*"):
        target = theirs / source.relative_to(ours)
        if source.is_file() and target.is_file() and _digest(source) != _digest(target):
            target.rename(free_name(target))
