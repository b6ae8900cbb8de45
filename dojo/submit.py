"""`dojo submit`: pack a lab's notebook into one zip that is carried, mailed or uploaded to the teacher.

Covered:
- no zip is ever overwritten, not even by one that is made in the same second
- a full disk, or a process that is killed, leaves no zip that is half written
- a notebook that is missing, not whole or another lab's is refused in one sentence

Not covered:
- what stands in JupyterLab and is not saved: nothing outside can see it, so the time of the last save is told
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dojo import catalog
from dojo.catalog import Lab
from dojo.errors import DojoError, UsageError
from dojo.manifest import Manifest, pack, plain_id
from dojo.progress import read_progress, write_progress
from dojo.submission import read_submission
from dojo.workspace import Workspace

__all__ = ["HandIn", "student_of", "submit"]


@dataclass(frozen=True)
class HandIn:
    """The zip that was made, when its notebook was last saved, and what the student should look at before it goes."""

    path: Path
    manifest: Manifest
    saved: datetime
    notes: tuple[str, ...]


def student_of(workspace: Workspace, word: str, ask: Callable[[], str]) -> tuple[str, str]:
    """Who hands in: `word`, else who did so last, else what `ask` answers; remembered, with a remark if that failed."""
    progress = read_progress(workspace.progress_file)
    chosen = (word or progress.student or ask()).strip()
    if not plain_id(chosen):
        raise UsageError(f"{chosen!r} can't be a student's id; write it as your teacher does, with --as ID.")
    if chosen != progress.student:
        progress.student = chosen
        try:
            write_progress(workspace.progress_file, progress)
        except DojoError as problem:
            progress.remark = str(problem)
    return chosen, progress.remark


def submit(workspace: Workspace, lab: Lab, student: str, folder: Path | None = None) -> HandIn:
    """Write the zip of this lab into `folder`, by default `hand-in/` in the workspace."""
    path = workspace.lab_notebook(lab)
    notes = _look(workspace, lab, path)
    content, saved = path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    now = datetime.now(UTC)
    digests = {path.name: hashlib.sha256(content).hexdigest()}
    manifest = Manifest(lab.name, student, f"{now:%Y-%m-%dT%H:%M:%SZ}", _kit(), workspace.version(lab), digests)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in {**pack(manifest), path.name: content}.items():
            made.writestr(name, text)
    safe = re.sub(r"[^\w.-]+", "-", student)
    name = f"hand-in-{lab.name}-{safe}-{now:%Y%m%d-%H%M%S}"
    return HandIn(_put(folder or workspace.root / "hand-in", name, packed.getvalue()), manifest, saved, tuple(notes))


def _look(workspace: Workspace, lab: Lab, path: Path) -> list[str]:
    """What the student should know of this notebook; one that is another lab's is a `DojoError`."""
    cells = catalog.read(lab).cells
    found = read_submission(path, cells)
    if not any(cell.name in found.answers for cell in cells if cell.role == "solution"):
        theirs = next((one for one in catalog.labs() if _answers(one, path)), None)
        belongs = f"it is lab {theirs.number}'s" if theirs else "it is no lab's of this course"
        raise DojoError(
            f"{path} holds no answer of lab {lab.number}: {belongs}. Put your notebook there, or take a fresh copy "
            f"with `dojo reset {lab.number}`."
        )
    notes = list(found.notes)
    if workspace.untouched(lab):
        notes.append("It is as it was given to you: nothing in it has been solved or written yet.")
    return notes


def _answers(lab: Lab, path: Path) -> bool:
    cells = catalog.read(lab).cells
    found = read_submission(path, cells)
    return any(cell.name in found.answers for cell in cells if cell.role == "solution")


def _kit() -> str:
    from importlib import metadata

    try:
        return metadata.version("local-ai-dojo")
    except metadata.PackageNotFoundError:  # run from a clone that nobody installed
        return ""


def _put(folder: Path, name: str, content: bytes) -> Path:
    """Write the zip beside its place, whole and on the disk, then give it the first name that is free."""
    part = folder / f".{name}-{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return _named(part, folder, name)
    except OSError as error:
        raise DojoError(
            f"The hand-in could not be written to {folder} ({error.strerror}), and your notebook is unchanged; make "
            "room there, or name another folder with --to, and submit again."
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _named(part: Path, folder: Path, name: str) -> Path:
    number = 1
    while True:
        target = folder / f"{name}{f'-{number}' if number > 1 else ''}.zip"
        number += 1
        try:
            # Unlike a rename, a link never replaces what has the name already.
            os.link(part, target)
        except FileExistsError:
            continue
        except OSError:
            # A stick's file system has no links; nobody else hands in there at this moment.
            if target.exists():
                continue
            part.rename(target)
        return target
