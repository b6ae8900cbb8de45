"""A nursery imports what takes long for the assignments that use it, and for no others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from marking import INSIDE, job, step, supervisor, told

from dojo import catalog
from dojo.catalog import Lab
from grader.heavy import needed
from grader.supervisor import Supervisor

# A lab is a program too: its solutions and tests.
RUN = """
import json, runpy, sys
runpy.run_path("lab.py", run_name="__main__")
print()
print(json.dumps([name for name in sys.argv[1:] if name in sys.modules]))
"""


def test_what_a_labs_code_names_is_imported_with_what_that_needs() -> None:
    assert needed(["import numpy as np\nnp.zeros(3)"]) == ()
    assert needed(["import cv2", "import torch"]) == ("torch",)
    assert needed(["%matplotlib inline"]) == ("matplotlib.pyplot",)
    assert {"torch", "torchvision", "ultralytics", "ultralytics.models.yolo"} <= set(
        needed(["model = load_model(path)"])
    )


@pytest.mark.slow
@pytest.mark.parametrize("lab", catalog.labs(), ids=lambda lab: lab.name)
def test_what_a_lab_of_the_kit_comes_to_import_is_told_by_its_code(lab: Lab) -> None:
    cells = catalog.read(lab).cells
    found = needed(cell.source for cell in cells if cell.kind == "code" and cell.role != "live")
    heavy = needed(["YOLO", "matplotlib"])
    done = subprocess.run(
        [sys.executable, "-c", RUN, *heavy],
        cwd=lab.folder,
        env={**os.environ, "DOJO_ENGINE": "off"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(json.loads(done.stdout.splitlines()[-1])) <= set(found)


def test_each_assignment_finds_just_what_it_names(tmp_path: Path) -> None:
    ask = step("ask", "import sys\nprint('colorsys' in sys.modules)")
    with supervisor(tmp_path, unsafe=True) as one:
        for heavy, wanted in (((), "False"), (("colorsys",), "True"), ((), "False")):
            result = one.mark(replace(job(ask), heavy=heavy))
            assert told(result.cells[0]) == f"{wanted}\n", heavy


def test_a_module_that_this_machine_lacks_or_that_breaks_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "broken_library.py").write_text("1 / 0\n", encoding="utf-8")
    with Supervisor(tmp_path, unsafe=True, child="standin", shown=[INSIDE, tmp_path], warm=()) as one:
        result = one.mark(replace(job(step("fine", "print('fine')")), heavy=("no_such_library", "broken_library")))
    assert told(result.cells[0]) == "fine\n"
