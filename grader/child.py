"""What a child of the nursery does: the student's or the examiner's part for one submission, told over `control`.

{"do": "run", "name", "text", "role", "hidden", "output_limit"}   -> {"name", "verdict", "outputs", ...}
{"do": "bind", "names", "gives", "classes", "imports"}             -> {"done": "bind"}
{"do": "end"}
"""

from __future__ import annotations

import socket
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.shell import Shell

__all__ = ["serve", "warm"]


def warm() -> None:
    """Do once, before any child is forked, what each would else do for itself: import, and fill IPython's caches."""

    shell = _shell()
    waits = "import asyncio\nawait asyncio.sleep(0)"
    # The last has IPython make the magics that loading an extension needs.
    for text in ("pass", "1", "'text'", waits, "1/0", "def", "del asyncio", "%unload_ext dojo"):
        for hidden in (False, True):
            shell.run(text, 1000, hidden)


def serve(role: str, control: socket.socket, bridge: socket.socket | None) -> None:
    """Do what `control` asks for until it says end or closes; `role` is student, examiner or kernel."""
    shell = _shell()
    shell.take_over()
    if role == "examiner":
        from grader.examiner import Examiner

        assert bridge is not None  # an examiner without a student has nothing to ask
        Examiner(shell, bridge).serve(control)
    else:
        from grader.student import Student

        Student(shell, bridge).serve(control)


@cache
def _shell() -> Shell:
    from grader.shell import Shell

    return Shell()
