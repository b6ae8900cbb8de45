"""Late penalties, by the plugin that the course's configuration names, as nbgrader's own step asks it."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from dojo.errors import DojoError

__all__ = ["Penalty"]


class Penalty:
    """nbgrader's AssignLatePenalties with the course's plugin; made when first needed."""

    def __init__(self, config: Any, root: Path) -> None:
        self._config, self._root = config, root
        self._step: Any = None

    def points(self, student: str, notebook: Any, late_s: float) -> float | None:
        """The points to take off a notebook (nbgrader's record of it) that came `late_s` seconds late."""
        try:
            step = self._made()
            penalty = step.plugin_inst.late_submission_penalty(student, notebook.score, late_s)
            return None if penalty is None else float(step._check_late_penalty(notebook, float(penalty)))
        except Exception as error:
            # The plugin is the instructor's own code.
            raise DojoError(f"The course's late penalty plugin stopped ({type(error).__name__}: {error}).") from error

    def _made(self) -> Any:
        if self._step is None:
            from nbgrader.preprocessors import AssignLatePenalties

            # A plugin of the course's own may lie beside its configuration.
            sys.path.append(str(self._root))
            try:
                step = AssignLatePenalties(config=self._config)
                step.log = logging.getLogger("grader.quiet")
                step.init_plugin()
                step.plugin_inst.log = step.log
            finally:
                sys.path.remove(str(self._root))
            self._step = step
        return self._step
