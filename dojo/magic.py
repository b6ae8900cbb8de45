"""What `%load_ext dojo` does in a notebook: says who answers, shows pictures inline, adds %check and its kin."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.errors import DojoError

__all__ = ["load"]


@dataclass(frozen=True)
class Ran:
    """The text of a cell, and when it was run, in seconds since 1970."""

    text: str
    at: float


def load(shell: Any) -> None:
    """Set a notebook up. Silent, and without asking anybody, where no person reads along: in a check or a grader."""
    from dojo.offline import go_home, switch_off

    _inline_pictures()
    if getattr(shell, "kernel", None) is None or "NBGRADER_EXECUTION" in os.environ:
        switch_off()
        return
    go_home()
    newer: dict[str, Ran] = {}

    def remember(info: Any) -> None:
        """Keep the text of each cell that is run, by its id: it may be newer than the saved file."""
        if info.cell_id and info.raw_cell:
            newer[info.cell_id] = Ran(info.raw_cell, time.time())

    shell.events.register("pre_run_cell", remember)
    for name, magic in (("check", _check), ("hint", _hint), ("solution", _solution)):
        shell.register_magic_function(_spoken(magic, newer), "line", name)
    _say_who_answers()


def _say_who_answers() -> None:
    from dojo.door.who import choose_host, is_late

    answer = choose_host()
    late = " Restart the kernel: `ollama` was imported before, and still asks somebody else." if is_late(answer) else ""
    print(answer.sentence + late)  # noqa: T201  # the student reads this under the first cell


def _inline_pictures() -> None:
    try:
        from dojo.vision import replace_imshow

        replace_imshow()
    except (DojoError, ImportError):
        # A language lab runs without OpenCV; a vision lab says what is missing when it imports it.
        return


def _spoken(magic: Callable[[str, dict[str, Ran]], None], newer: dict[str, Ran]) -> Callable[[str], None]:
    """A magic that says a `DojoError` as a sentence instead of a traceback."""

    def run(line: str) -> None:
        try:
            magic(line.strip(), newer)
        except (DojoError, OSError) as problem:
            print(problem)  # noqa: T201  # the student reads this under the cell

    run.__doc__ = magic.__doc__
    return run


def _check(line: str, newer: dict[str, Ran]) -> None:
    """`%check` checks this notebook as it stands, also what is not saved yet; `%check 2` shows exercise 2 only."""
    from dataclasses import replace

    from IPython.display import display

    from dojo import catalog, words
    from dojo.loop import check_and_note
    from dojo.run import Runner

    lab, path, workspace = _here()
    wanted = catalog.find_exercise(lab, line) if line else None
    names = {cell.name for cell in catalog.read(lab).cells if cell.role == "solution"}
    with Runner() as runner:
        # What was saved after it was run is in the file, perhaps as a still newer text.
        saved = path.stat().st_mtime if path.exists() else 0.0
        unsaved = {name: ran.text for name, ran in newer.items() if name in names and ran.at > saved}
        report, progress = check_and_note(workspace, lab, path, runner, unsaved)
    entry = progress.lab(lab.name)
    if wanted:
        report = replace(report, results=tuple(one for one in report.results if one.exercise == wanted))
    both = {
        "text/plain": words.report_text(report, entry, words.IN_NOTEBOOK),
        "text/html": words.report_html(report, entry),
    }
    display(both, raw=True)


def _hint(line: str, _: dict[str, Ran]) -> None:
    """`%hint 2` shows the next hint for exercise 2."""
    from dojo import catalog
    from dojo.loop import next_hint

    lab, _path, workspace = _here()
    print(next_hint(workspace, lab, catalog.find_exercise(lab, line)))  # noqa: T201  # the student reads this


def _solution(line: str, _: dict[str, Ran]) -> None:
    """`%solution 2` shows the solution of exercise 2, after it passes or after one honest question."""
    from dojo import catalog
    from dojo.loop import read_solution

    lab, _path, workspace = _here()
    print(read_solution(workspace, lab, catalog.find_exercise(lab, line), input))  # noqa: T201  # the student reads this


def _here() -> tuple[Any, Path, Any]:
    """The lab, the notebook's file and the workspace of the notebook that runs this."""
    from dojo import catalog
    from dojo.workspace import Workspace, open_workspace

    session = os.environ.get("JPY_SESSION_NAME", "")
    here = Path(session) if session.endswith(".ipynb") and Path(session).exists() else None
    # The notebook's own folder where it is known: a cell may have gone elsewhere with os.chdir.
    folder = here.parent if here else Path.cwd()
    path = here or folder / f"{folder.name}.ipynb"
    if folder.parent.name == "lessons":
        raise DojoError(f"This is a lesson, which has nothing to check; open the lab labs/{folder.name} for that.")
    lab = catalog.find_lab(folder.name)
    # A copy in a workspace keeps its progress there; one that was opened elsewhere in the usual place.
    is_workspace = folder.parent.name == "labs" and (folder.parent.parent / "lessons").is_dir()
    return lab, path, Workspace(folder.parent.parent) if is_workspace else open_workspace()
