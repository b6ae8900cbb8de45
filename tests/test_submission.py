"""Whatever a student's notebook holds, reading it gives answers or one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dojo import catalog
from dojo.catalog import Lab
from dojo.errors import DojoError
from dojo.submission import merged, read_submission
from dojo.workspace import Workspace

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
NAMES = st.sampled_from(["greet", "double", "test_greet", "setup", "written", "talk", "setup-1", "mine", ""])
CELL = st.fixed_dictionaries(
    {},
    optional={
        "id": NAMES | JSON,
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "source": st.text(max_size=40) | st.lists(st.text(max_size=10), max_size=3) | JSON,
        "metadata": st.fixed_dictionaries(
            {}, optional={"nbgrader": st.fixed_dictionaries({}, optional={"grade_id": NAMES}) | JSON}
        )
        | JSON,
    },
)
ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=300, deadline=None, suppress_health_check=ALLOWED)
@given(cells=st.lists(CELL | JSON, max_size=8))
def test_any_cells_at_all_give_texts_for_the_labs_own_cells(lab: Lab, tmp_path: Path, cells: list[Any]) -> None:
    path = tmp_path / "any.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8", errors="surrogatepass")
    lab_cells = catalog.read(lab).cells
    try:
        submission = read_submission(path, lab_cells)
    except DojoError as problem:
        assert "\n" not in str(problem)  # noqa: PT017  # an error is one of two right outcomes
        return
    run = merged(lab_cells, submission, {})
    names = [name for name, _ in run]
    assert len(set(names)) == len(names)
    sources = dict(run)
    for cell in lab_cells:
        if cell.role in ("tests", "locked"):
            assert sources[cell.name] == cell.source


@settings(max_examples=200, deadline=None, suppress_health_check=ALLOWED)
@given(start=st.integers(0, 10_000), length=st.integers(1, 40), put=st.binary(max_size=6))
def test_a_damaged_file_is_one_sentence_or_still_read(
    lab: Lab, workspace: Workspace, tmp_path: Path, start: int, length: int, put: bytes
) -> None:
    whole = workspace.lab_notebook(lab).read_bytes()
    start %= len(whole)
    path = tmp_path / "damaged.ipynb"
    path.write_bytes(whole[:start] + put + whole[start + length :])
    try:
        read_submission(path, catalog.read(lab).cells)
    except DojoError as problem:
        assert "\n" not in str(problem)  # noqa: PT017  # an error is one of two right outcomes


def test_a_file_of_many_megabytes_is_told_to_clear_its_outputs(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "large.ipynb"
    path.write_bytes(b" " * 21_000_000)
    with pytest.raises(DojoError, match="holds 21 MB; clear its outputs"):
        read_submission(path, catalog.read(lab).cells)


def test_a_mark_in_front_and_a_pasted_live_cell_change_nothing(workspace: Workspace, lab: Lab) -> None:
    path = workspace.lab_notebook(lab)
    content = json.loads(path.read_text(encoding="utf-8"))
    live = next(cell for cell in content["cells"] if "skip-execution" in cell["metadata"].get("tags", []))
    content["cells"].append({**live, "id": "pasted"})
    path.write_text(json.dumps(content), encoding="utf-8-sig")
    assert read_submission(path, catalog.read(lab).cells).extra == {}
