"""Names of the student's that a lab's own cells can use are told from the cells' text, none too few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from marking import job, step

from grader.names import asked
from grader.supervisor import Supervisor

REAL = ("IPython", "grader.student", "grader.examiner")  # what a child of this grader's own needs first


def test_names_are_those_that_are_looked_up_and_not_arguments_or_what_stands_in_a_text() -> None:
    cells = ("def check(image):\n    return crop(image, BOX)", "'draw'  # tag", "f'{shown}' + table.colour")
    found = asked(cells)
    assert found is not None
    assert {"crop", "BOX", "shown", "table"} <= set(found)
    assert not {"image", "draw", "tag"} & set(found)


def test_a_cell_that_is_no_plain_python_may_use_whatever_word_it_holds() -> None:
    assert asked(["%time crop(image)"]) == ("crop", "image", "time")
    assert asked(["def broken(:\n    crop"]) == ("broken", "crop", "def")


@pytest.mark.parametrize(
    "text",
    [
        "globals()['crop']",
        "assert eval('crop(1)') == 1",
        "import __main__\n__main__.crop",
        "get_ipython().user_ns['crop']",
        "import doctest\ndoctest.testmod()",
        "import sys\nsys._getframe().f_locals",
    ],
)
def test_a_cell_that_can_find_names_by_itself_may_use_any(text: str) -> None:
    assert asked(["crop", text]) is None
    assert asked(["import helper"], files=[text]) is None


def test_a_file_that_is_a_program_too_changes_nothing() -> None:
    assert asked(["crop"], files=['if __name__ == "__main__":\n    main()']) == ("crop",)


def test_what_no_cell_of_the_labs_uses_stays_with_the_student(tmp_path: Path) -> None:
    steps = (
        step("answer", "def double(x):\n    return 2 * x\npictures = [1, 2, 3]"),
        step("test", "assert double(2) == 4\nassert not {'pictures'} & set(dir())", "examiner", 1.0),
    )
    with Supervisor(tmp_path, unsafe=True, warm=REAL) as one:
        for asks, verdict in ((("double",), "passed"), (None, "failed")):
            result = one.mark(replace(job(*steps), asks=asks))
            assert result.cells[1].verdict == verdict, asks
