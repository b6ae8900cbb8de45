"""Fixtures for the tests of sandbox and supervisor, which ask for them by `pytest_plugins = ("boxes",)`.

They stand in no conftest.py, since a second module of that name would shadow the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from marking import supervisor

from grader.supervisor import Supervisor


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the assignments' files."""
    return tmp_path_factory.mktemp("stage")


@pytest.fixture(scope="session")
def boxed(stage: Path) -> Iterator[Supervisor]:
    """A supervisor with the sandbox; every test's notebook has children of its own."""
    with supervisor(stage) as one:
        yield one
