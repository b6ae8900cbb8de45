"""Where a course keeps things, as its `nbgrader_config.py` says: folders, gradebook, exchange, assignments."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo import catalog
from dojo.errors import DojoError, UsageError

__all__ = ["CourseFolder", "open_course", "unusable"]


@dataclass(frozen=True)
class CourseFolder:
    """A course's folder with nbgrader's own answers about it. `inbound` is where the exchange puts hand-ins."""

    root: Path
    course_id: str
    db_url: str
    inbound: Path
    coursedir: Any  # nbgrader's CourseDirectory
    config: Any  # traitlets' Config, of all configuration files together

    @classmethod
    def of(cls, coursedir: Any, config: Any) -> CourseFolder:
        """The course that nbgrader itself has opened."""
        exchange = Path(str(config.Exchange.get("root", "/usr/local/share/nbgrader/exchange")))
        inbound = exchange / coursedir.course_id / "inbound"
        return cls(Path(coursedir.root), coursedir.course_id, coursedir.db_url, inbound, coursedir, config)

    def path(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one assignment in "source", "release", "submitted", "autograded" or "feedback"."""
        return Path(self.coursedir.format_path(getattr(self.coursedir, f"{step}_directory"), student, assignment))

    def assignments(self) -> list[str]:
        """The names of the assignments that stand in `source/`."""
        folder = self.path("source", ".", "-").parent
        return sorted(one.name for one in folder.glob("*") if one.is_dir() and any(one.glob("*.ipynb")))

    def notebooks(self, assignment: str) -> list[str]:
        """The names of an assignment's notebooks, without `.ipynb`."""
        return sorted(one.stem for one in self.path("source", ".", assignment).glob("*.ipynb"))

    def find_assignment(self, word: str) -> str:
        """The assignment that a name, or a lab's number, means; `UsageError` with the nearest name if none."""
        known = self.assignments()
        if word in known:
            return word
        try:
            lab = catalog.find_lab(word).name
        except UsageError:
            lab = ""
        if lab in known:
            return lab
        if lab:
            raise UsageError(f"Lab {lab} was never released in {self.root}; do it with `dojo course release {word}`.")
        if not known:
            raise UsageError(f"{self.root} has no assignments yet; release one with `dojo course release 1`.")
        near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}."
        raise UsageError(f"There is no assignment {word!r} in {self.root}{hint}")

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        """nbgrader's gradebook, to be used in a `with` block; a `DojoError` where it is none that can be read."""
        from nbgrader.api import Gradebook
        from sqlalchemy.exc import DatabaseError

        try:
            with Gradebook(self.db_url, self.course_id) as gradebook:
                yield gradebook
        except DatabaseError as error:
            raise DojoError(unusable(str(error.orig or error))) from None

    def has_gradebook(self) -> bool:
        """Whether there is a gradebook to read; opening one that is not there would make it."""
        prefix = "sqlite:///"
        return not self.db_url.startswith(prefix) or Path(self.db_url.removeprefix(prefix)).exists()


def unusable(said: str) -> str:
    """What to say of a gradebook that the database itself refuses."""
    if "not a database" in said or "malformed" in said:
        return f"The gradebook is damaged ({said}); put back a copy of gradebook.db, grading then does what is missing."
    return f"The gradebook can't be used ({said}); `nbgrader db upgrade` may help."


def open_course(root: Path) -> CourseFolder:
    """Read the course's configuration, and the machine's own below it; what is wrong in it is a `DojoError`."""
    from jupyter_core.paths import jupyter_config_path
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    config = Config()
    for folder in (*reversed(jupyter_config_path()), str(root)):
        if (Path(folder) / "nbgrader_config.py").exists():
            try:
                config.merge(PyFileConfigLoader("nbgrader_config.py", path=folder).load_config())
            # A person writes this file, and Python runs it: anything may be wrong in it.
            except Exception as error:
                said = f"{type(error).__name__}: {error}"
                raise DojoError(
                    f"{Path(folder) / 'nbgrader_config.py'} can't be used ({said}); mend that line."
                ) from None
    config.CourseDirectory.root = str(root)
    return CourseFolder.of(CourseDirectory(config=config), config)
