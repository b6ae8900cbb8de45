"""What the tests share: a small course of one lab, a home of their own, and no model anywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from dojo import catalog
from dojo.catalog import Lab
from dojo.run import Runner
from dojo.workspace import Workspace

KIT = Path(__file__).parent / "kit"

# A machine that is busy with something else proves nothing about a test.
settings.register_profile("dojo", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dojo")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test does reaches the developer's home, workspace or Ollama."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DOJO_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("DOJO_ENGINE", "off")
    monkeypatch.delenv("DOJO_INSTEAD_OF", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the small course in `tests/kit`, and the package looking there for labs and lessons."""
    root = tmp_path / "kit"
    shutil.copytree(KIT, root)
    monkeypatch.setattr(catalog, "course_root", lambda: root)
    catalog.read.cache_clear()
    yield root
    catalog.read.cache_clear()


@pytest.fixture
def lab(kit: Path) -> Lab:
    """The small course's only lab."""
    return catalog.find_lab("1")


@pytest.fixture
def workspace(kit: Path, tmp_path: Path) -> Workspace:
    """A built workspace of the small course."""
    made = Workspace(tmp_path / "workspace")
    made.build()
    return made


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One warm worker for all tests; each job has a namespace and a folder of its own."""
    with Runner() as one:
        yield one


def answer(path: Path, **texts: str) -> None:
    """Write answers into a student's notebook, by cell name."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in texts:
            cell["source"] = texts[name]
    path.write_text(json.dumps(content), encoding="utf-8")


def cell_of(path: Path, name: str) -> dict[str, Any]:
    """The cell of a notebook file that has this id or grade_id."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next(c for c in cells if name in (c.get("id"), c["metadata"].get("nbgrader", {}).get("grade_id")))
