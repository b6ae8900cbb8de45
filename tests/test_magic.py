"""`%load_ext dojo` in a real Jupyter kernel, as a student's notebook runs it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import answer

from dojo.catalog import Lab
from dojo.progress import read_progress
from dojo.workspace import Workspace

GREET = "def greet(name):\n    return f'Hello, {name}!'"


class _Kernel:
    """A kernel that runs cells with the ids a notebook would send, and gives their outputs back."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, source: str, cell_id: str = "") -> list[dict[str, Any]]:
        message = self._client.session.msg(
            "execute_request", {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        )
        message["metadata"]["cellId"] = cell_id
        self._client.shell_channel.send(message)
        outputs: list[dict[str, Any]] = []
        while True:
            said = self._client.get_iopub_msg(timeout=60)
            if said["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                return outputs
            outputs.append(said)

    def text(self, source: str, cell_id: str = "") -> str:
        """All that a cell printed or displayed, as plain text."""
        parts = []
        for said in self.run(source, cell_id):
            content = said["content"]
            parts.append(content.get("text") or content.get("data", {}).get("text/plain", ""))
        return "".join(parts)


@pytest.fixture
def kernel(workspace: Workspace, lab: Lab, kit: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Kernel]:
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(workspace.lab_notebook(lab).parent))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    one = _Kernel(client)
    # The kernel is a process of its own: it too must look for labs in the small course.
    one.run(f"import pathlib, dojo.catalog; dojo.catalog.course_root = lambda: pathlib.Path({str(kit)!r})")
    yield one
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_student_loads_checks_is_hinted_and_passes(kernel: _Kernel, workspace: Workspace, lab: Lab) -> None:
    assert "No model answers at http://127.0.0.1:9" in kernel.text("%load_ext dojo")
    assert "Exercise 1. Greet - not written yet" in kernel.text("%check")
    assert "Hint 1 of 3" in kernel.text("%hint 1")

    # Run in JupyterLab, not saved yet: the cell's id is its name.
    kernel.run(GREET, cell_id="greet")
    [shown] = [said["content"]["data"] for said in kernel.run("%check") if said["msg_type"] == "display_data"]
    assert "Exercise 1. Greet - passed, 4 of 4" in shown["text/plain"]
    assert "Exercise 1. Greet - passed, 4 of 4" in shown["text/html"]
    assert read_progress(workspace.progress_file).lab(lab.name).passed == ["greet"]

    only_second = kernel.text("%check 2")
    assert "Lab 1, Greeting, exercise 2: 0 of 6 points" in only_second
    assert "Exercise 2. Double - not written yet" in only_second
    assert "Exercise 1." not in only_second
    assert "Exercise 1 passes." in kernel.text("%check greet")

    # Saved after it was run: the file is what counts.
    path = workspace.lab_notebook(lab)
    answer(path, greet="def greet(name):\n    return name")
    os.utime(path, (time.time() + 10, time.time() + 10))
    assert "returned 'Ada'" in kernel.text("%check 1")

    # The notebook's own folder counts, wherever a cell has gone with os.chdir; a lesson has nothing to check.
    kernel.run(f"import os; os.chdir('/'); os.environ['JPY_SESSION_NAME'] = {str(path)!r}")
    assert "returned 'Ada'" in kernel.text("%check 1")
    lesson = workspace.root / "lessons" / lab.name / f"{lab.name}.ipynb"
    kernel.run(f"os.environ['JPY_SESSION_NAME'] = {str(lesson)!r}")
    assert "This is a lesson" in kernel.text("%check")
    kernel.run(f"os.environ['JPY_SESSION_NAME'] = {str(path)!r}")
    assert 'return f"Hello, {name}!"' in kernel.text("%solution 1")
    assert kernel.text("%check 7") == "Lab 1 has no exercise '7'; it has 1 greet, 2 double.\n"


def test_the_extension_is_silent_where_a_grader_runs(
    kit: Path, workspace: Workspace, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbclient import NotebookClient

    from dojo import catalog, notebook

    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    node = notebook.to_node(catalog.read(lab))
    done = NotebookClient(node, resources={"metadata": {"path": str(lab.folder)}}).execute()
    outputs = {cell.id: cell.outputs for cell in done.cells if cell.cell_type == "code"}
    assert outputs["setup"] == []
    assert outputs["talk"] == []  # the live cell was skipped
