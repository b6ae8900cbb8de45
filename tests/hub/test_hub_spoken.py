"""The Assignment List shows a sentence where a person caused the failure, and a traceback where we did."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from nbgrader.exchange import ExchangeError
from nbgrader.server_extensions.assignment_list import handlers

from dojo.hub import spoken

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def assignments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """nbgrader's own list, in a server where the extension is loaded, with an exchange that nobody may write to."""
    monkeypatch.setattr(handlers, "traceback", handlers.traceback)  # put back afterwards
    spoken._load_jupyter_server_extension(None)
    monkeypatch.chdir(tmp_path)
    one = handlers.AssignmentList()
    one.root_dir = str(tmp_path)
    one.log.setLevel(logging.CRITICAL)
    return one


def test_an_exchange_that_nobody_may_write_to_is_said_in_a_sentence(assignments: Any) -> None:
    reply = assignments.submit_assignment("course", "01-first-bow")
    assert reply == {
        "success": False,
        "value": "Unwritable directory, please contact your instructor: /usr/local/share/nbgrader/exchange",
    }


def test_a_fault_of_the_kit_keeps_its_traceback(assignments: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(handlers, "CourseDirectory", fails)
    reply = assignments.submit_assignment("course", "01-first-bow")
    assert reply["value"].startswith("Traceback")
    assert reply["value"].endswith("RuntimeError: a bug\n")


def test_a_sentence_is_what_the_exchange_says() -> None:
    try:
        raise ExchangeError("Not handed in.")
    except ExchangeError:
        assert spoken.sentence() == "Not handed in."
