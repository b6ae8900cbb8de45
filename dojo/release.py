"""The student's version of a lab: solutions and hidden tests taken out, tests locked, by nbgrader's own steps.

The same steps in the same order as `nbgrader generate_assignment` takes, so that a lab from `dojo lab`, one from
`dojo course release` and one released by plain nbgrader are equal (a test compares them).
"""

from __future__ import annotations

import json
import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dojo import catalog, notebook
from dojo.catalog import Lab
from dojo.files import write_whole

__all__ = ["copy_data", "note_release", "release_node", "release_times", "write_release"]

_TIMES = Path(".dojo", "released.json")


def release_node(lab: Lab) -> Any:
    """The released notebook as an nbformat node."""
    node = notebook.to_node(catalog.read(lab))
    from nbgrader import preprocessors as steps

    resources: dict[str, Any] = {}
    for step in (
        steps.LockCells,
        steps.ClearSolutions,
        steps.ClearOutput,
        steps.CheckCellMetadata,
        steps.ComputeChecksums,
        steps.ClearHiddenTests,
        steps.ClearMarkScheme,
        steps.ComputeChecksums,
    ):
        one = step()
        one.log.setLevel(logging.ERROR)  # nbgrader narrates each step; only its errors are news
        node, resources = one.preprocess(node, resources)
    return node


def write_release(lab: Lab, folder: Path) -> Path:
    """Write the released notebook and the lab's data into `folder`; gives the notebook's path back."""
    target = folder / f"{lab.name}.ipynb"
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(notebook.to_text(release_node(lab)), encoding="utf-8", newline="\n")
    copy_data(lab, folder)
    return target


def copy_data(lab: Lab, folder: Path) -> None:
    """Put the lab's `data/` beside a notebook in `folder`."""
    if (lab.folder / "data").is_dir():
        shutil.copytree(lab.folder / "data", folder / "data", dirs_exist_ok=True)


def note_release(course: Path, lab: str) -> None:
    """Keep when a lab was first released in a course; nbgrader keeps no such time."""
    times = release_times(course)
    if lab not in times:
        times[lab] = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
        text = json.dumps({name: moment.isoformat() for name, moment in sorted(times.items())}, indent=1)
        write_whole(course / _TIMES, text + "\n")


def release_times(course: Path) -> dict[str, datetime]:
    """When each lab was first released (UTC, without a zone, as nbgrader keeps times), of those where it is known."""
    try:
        kept = json.loads((course / _TIMES).read_text(encoding="utf-8"))
        return {str(name): datetime.fromisoformat(text) for name, text in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
