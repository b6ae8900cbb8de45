"""A student's notebook, rebuilt: what counts, what is set aside, what is refused; nothing hostile gets through."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from class_of import PS1
from hypothesis import given, settings
from hypothesis import strategies as st

from dojo.errors import DojoError
from grader.job import Step
from grader.lab import LabCell, LabNotebook
from grader.rebuild import Rebuilt, rebuild


def _role(flags: dict[str, Any]) -> str:
    if flags.get("grade"):
        return "answer" if flags.get("solution") else "tests"
    return "solution" if flags.get("solution") else "locked" if flags.get("locked") else flags.get("role", "")


def _lab(cells: list[Any]) -> LabNotebook:
    made = []
    for kind, name, text, flags in cells:
        role = _role(flags)
        who = {"tests": "examiner", "locked": "both", "live": "nobody"}.get(role, "student")
        released = "\n".join(line for line in text.split("\n") if "HIDDEN" not in line and "10" not in line)
        made.append(
            LabCell(
                name=name,
                kind=kind,
                role=role,
                text=text,
                who=who if kind == "code" else "nobody",  # type: ignore[arg-type]
                points=flags.get("points"),
                gives=(),
                classes=(),
                imports="",
                hidden="HIDDEN" in text,
                checksum="",
                released=(text, released),
                metadata={"nbgrader": {**flags, "grade_id": name}} if role not in ("", "live") else {},
            )
        )
    return LabNotebook("p1", tuple(made), {})


LAB = _lab(
    [
        *PS1[:3],
        ("code", "plain", "shown = 1", {}),
        ("markdown", "prose", "Now the second one.", {}),
        *PS1[3:],
        ("code", "talk", "print('live')", {"role": "live"}),
    ]
)


def _cell(name: str, text: str, kind: str = "code", **flags: Any) -> dict[str, Any]:
    own = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    metadata = {"nbgrader": {**own, "grade_id": name, "schema_version": 3}} if flags else {}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": text, "outputs": []}


def _handed_in() -> list[dict[str, Any]]:
    """An honest hand-in of LAB."""
    return [
        _cell("intro", "# Problem set", "markdown", locked=True),
        _cell("double", "def double(n): return 2 * n", solution=True),
        _cell("test_double", LAB.cells[2].released[1], grade=True, locked=True),
        _cell("plain", "shown = 2"),
        _cell("prose", "Now the second one.", "markdown"),
        _cell("thirds", "def third(n): return n / 3", solution=True),
        _cell("test_thirds", LAB.cells[6].released[1], grade=True, locked=True),
        _cell("essay", "Mine.", "markdown", grade=True, solution=True),
        _cell("talk", "print('my live')"),
    ]


def _rebuilt(cells: Any, **more: Any) -> Rebuilt:
    return rebuild(
        LAB, json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}, **more}).encode()
    )


def _step(rebuilt: Rebuilt, name: str) -> Step:
    return next(step for step in rebuilt.steps if step.name == name)


def _runs(rebuilt: Rebuilt) -> list[str]:
    return [step.text for step in rebuilt.steps if step.who in ("student", "both")]


def test_an_honest_hand_in_gives_the_labs_cells_with_its_texts_and_no_note() -> None:
    rebuilt = _rebuilt(_handed_in())
    assert [step.name for step in rebuilt.steps] == [cell.name for cell in LAB.cells]
    assert _step(rebuilt, "double").text == "def double(n): return 2 * n"
    assert _step(rebuilt, "plain").text == "shown = 2"
    assert "BEGIN HIDDEN TESTS" in _step(rebuilt, "test_double").text
    assert (_step(rebuilt, "talk").who, _step(rebuilt, "essay").who) == ("nobody", "nobody")
    assert rebuilt.notes == ()


def test_edited_tests_are_the_labs_own_again_and_that_is_noted() -> None:
    cells = _handed_in()
    cells[2]["source"] = "assert True"
    rebuilt = _rebuilt(cells)
    assert _step(rebuilt, "test_double").text == LAB.cells[2].text
    assert rebuilt.notes == ("'test_double' had been changed; the lab's own was used.",)


def test_removed_tests_are_put_back_and_a_removed_answer_is_named() -> None:
    rebuilt = _rebuilt([cell for cell in _handed_in() if cell["id"] not in ("test_double", "thirds")])
    assert _step(rebuilt, "test_double").who == "examiner"
    assert (_step(rebuilt, "thirds").text, _step(rebuilt, "thirds").who) == ("", "nobody")
    assert rebuilt.missing == ("thirds",)
    assert "'thirds' had been removed; there is no answer in it." in rebuilt.notes
    assert "'test_double' had been removed; the lab's own was put back." in rebuilt.notes


@pytest.mark.parametrize("copy_first", [False, True])
def test_of_two_cells_with_one_name_the_original_counts_and_the_copy_never_runs(copy_first: bool) -> None:
    cells = _handed_in()
    twin = copy.deepcopy(cells[1]) | {"id": "pasted", "source": "def double(n): return 0"}
    cells.insert(1 if copy_first else 2, twin)
    rebuilt = _rebuilt(cells)
    assert _step(rebuilt, "double").text == "def double(n): return 2 * n"
    assert "def double(n): return 0" not in _runs(rebuilt)
    assert "def double(n): return 0" in [step.text for step in rebuilt.steps]
    assert rebuilt.notes == ("'double' stood there twice; the copy was set aside.",)


def test_an_answer_that_was_never_begun_gives_way_to_its_copy() -> None:
    cells = _handed_in()
    for cell in cells:
        del cell["id"]  # a notebook of format 4.4 has none
    blank = copy.deepcopy(cells[1]) | {"source": LAB.cells[1].text}
    rebuilt = rebuild(LAB, json.dumps({"cells": [blank, *cells], "nbformat": 4}).encode())
    assert _step(rebuilt, "double").text == "def double(n): return 2 * n"


def test_a_cell_of_another_lab_is_set_aside() -> None:
    rebuilt = _rebuilt([*_handed_in(), _cell("foreign", "import os", solution=True)])
    assert "import os" not in _runs(rebuilt)
    assert rebuilt.notes == ("'foreign' is a cell of another notebook; it was set aside.",)


def test_a_retyped_cell_is_turned_back() -> None:
    cells = _handed_in()
    cells[1]["cell_type"] = "markdown"
    rebuilt = _rebuilt(cells)
    assert (_step(rebuilt, "double").kind, _step(rebuilt, "double").who) == ("code", "student")
    assert rebuilt.notes == ("'double' had been turned into another kind of cell and was turned back.",)


def test_moved_cells_run_in_the_labs_order() -> None:
    rebuilt = _rebuilt(list(reversed(_handed_in())))
    named = [step.name for step in rebuilt.steps if step.role in ("solution", "tests")]
    assert named == ["double", "test_double", "thirds", "test_thirds"]
    assert "Cells had been moved; the lab's own order was used." in rebuilt.notes


def test_cells_of_the_students_own_follow_the_cell_they_followed() -> None:
    cells = _handed_in()
    cells.insert(0, _cell("zero", "first = 0"))
    cells.insert(
        3, {"cell_type": "code", "source": ["helper = 1\n", "helper"], "metadata": {"tags": ["raises-exception"]}}
    )
    rebuilt = _rebuilt(cells)
    assert [step.name for step in rebuilt.steps][:4] == ["top+1", "intro", "double", "double+1"]
    assert (_step(rebuilt, "double+1").text, _step(rebuilt, "double+1").who) == ("helper = 1\nhelper", "student")


def test_without_cell_ids_unlocked_cells_are_known_by_their_text_and_their_place() -> None:
    cells = _handed_in()
    cells[3]["source"] = "shown = 1"
    cells.insert(5, {"cell_type": "code", "source": "extra = 1", "metadata": {}})
    for cell in cells:
        cell.pop("id", None)
    rebuilt = rebuild(LAB, json.dumps({"cells": cells, "nbformat": 4}).encode())
    names = [step.name for step in rebuilt.steps]
    assert names[3:6] == ["plain", "prose", "prose+1"]
    assert _runs(rebuilt).count("shown = 1") == 1


def test_an_edited_unlocked_cell_without_an_id_runs_once_as_the_student_wrote_it() -> None:
    cells = _handed_in()
    for cell in cells:
        cell.pop("id", None)
    rebuilt = rebuild(LAB, json.dumps({"cells": cells, "nbformat": 4}).encode())
    runs = _runs(rebuilt)
    assert runs.count("shown = 2") == 1
    assert "shown = 1" not in runs


def test_tags_of_the_student_keep_no_cell_from_running_but_a_copied_live_cell_stays_unrun() -> None:
    cells = _handed_in()
    cells[1]["metadata"]["tags"] = ["skip-execution"]
    cells.append({"cell_type": "code", "source": "print('live')", "metadata": {"tags": ["skip-execution"]}})
    rebuilt = _rebuilt(cells)
    assert _step(rebuilt, "double").who == "student"
    assert "print('live')" not in _runs(rebuilt)


def test_a_notebook_of_format_3_is_read() -> None:
    old = [{**cell, "input": cell["source"]} for cell in _handed_in()]
    for cell in old:
        del cell["source"]
    content = {"nbformat": 3, "worksheets": [{"cells": old}], "metadata": {}}
    rebuilt = rebuild(LAB, json.dumps(content).encode())
    assert _step(rebuilt, "double").text == "def double(n): return 2 * n"
    assert rebuilt.notes == ()


def test_another_format_number_is_a_note() -> None:
    assert "It says that it is of notebook format 99" in _rebuilt(_handed_in(), nbformat=99).notes[0]


def test_a_cell_of_a_million_characters_is_set_aside() -> None:
    cells = [*_handed_in(), _cell("long", "x" * 1_000_001)]
    assert "A cell of 1,000,001 characters was set aside" in _rebuilt(cells).notes[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It is an empty file"),
        (b"   \n", "It is an empty file"),
        (b'{"cells": [', "It is not a whole notebook"),
        (b"PK\x03\x04\xff\xfe", "It is not a whole notebook"),
        (b"[" * 200_000, "It is not a whole notebook"),
        (b"[" * 2_000_001, "It holds more lists than any notebook does"),
        (b"[]", "It holds no cells"),
        (b'{"nbformat": 4}', "It holds no cells"),
        (b'{"cells": {}, "nbformat": 4}', "It holds no cells"),
        (b'{"cells": [' + b"{}," * 5_000 + b"{}]}", "It has 5,001 cells"),
        (b" " * 64_000_001, "It holds 64 MB, more than 64"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "It is not a whole notebook"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(DojoError, match=said) as caught:
        rebuild(LAB, content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": {"a": 1}},
        {"cell_type": ["code"], "source": ["x", 1, None], "metadata": []},
        {"metadata": {"nbgrader": {"grade_id": ["double"], "solution": True}}, "source": "x = 1"},
        {"metadata": {"nbgrader": "double"}, "id": {"a": 1}},
        {"id": "test_double", "source": "assert True", "cell_type": "code", "metadata": {}},
        {"id": "talk", "source": "x", "cell_type": "code", "metadata": {}, "outputs": {"a": 1}},
        {"source": "\ud800 lone", "cell_type": "code"},
    ],
)
def test_odd_cells_harm_nothing(cell: dict[str, Any]) -> None:
    rebuilt = _rebuilt([cell, *_handed_in()])
    assert _step(rebuilt, "test_double").text == LAB.cells[2].text
    json.dumps([step.text for step in rebuilt.steps], ensure_ascii=False).encode()


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """An honest hand-in to which something odd was done, here and there."""
    cells: list[Any] = _handed_in()
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(cells) - 1)))
        act = draw(st.integers(0, 6))
        if not cells or act == 0:
            cells.insert(at, draw(_values))
        elif act == 1:
            del cells[at]
        elif act == 2:
            cells.append(copy.deepcopy(cells[at]))
        elif isinstance(cells[at], dict):
            key = draw(st.sampled_from(["source", "metadata", "cell_type", "id", "outputs"]))
            if act == 3:
                cells[at][key] = draw(_values)
            elif act == 4:
                cells[at].pop(key, None)
            elif isinstance(cells[at].get("metadata"), dict):
                own = cells[at]["metadata"].setdefault("nbgrader", {})
                if isinstance(own, dict):
                    names = [cell.name for cell in LAB.cells]
                    own[draw(st.sampled_from(["grade_id", "points", "locked", "grade"]))] = draw(
                        st.sampled_from(names) | _values
                    )
    content = json.dumps({"cells": cells, "nbformat": draw(st.just(4) | _values)}).encode()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=10)) + content[at + draw(st.integers(0, 20)) :]
    return content


@settings(max_examples=1000, deadline=None)
@given(_mutated())
def test_a_thousand_mutated_notebooks_are_rebuilt_or_refused_and_never_touch_a_test(content: bytes) -> None:
    try:
        rebuilt = rebuild(LAB, content)
    except DojoError:
        return
    ours = [cell for cell in LAB.cells if cell.role in ("tests", "locked")]
    theirs = [step for step in rebuilt.steps if step.role in ("tests", "locked")]
    assert [(step.name, step.text, step.who, step.points) for step in theirs] == [
        (cell.name, cell.text, cell.who, cell.points if cell.role == "tests" else None) for cell in ours
    ]
    assert len({step.name for step in rebuilt.steps}) == len(rebuilt.steps)
    assert all(step.who in ("student", "nobody") for step in rebuilt.steps if step.role == "extra")
