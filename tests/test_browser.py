"""A real browser on a real JupyterLab, as `make lab` starts it: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import answer
from test_notebook import SIDEBAR

from dojo import catalog
from dojo.course import new_course, release_lab
from dojo.door.process import stop_door
from dojo.jupyter import answers, command, free_port
from dojo.notebook import build, read_variants
from dojo.workspace import Workspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)"),
    pytest.mark.skipif(sys.platform == "win32", reason="the test stops JupyterLab with a POSIX signal"),
]
SHOTS = Path(os.environ["DOJO_SHOTS"]) if "DOJO_SHOTS" in os.environ else None
SECOND = 1000  # Playwright counts in milliseconds


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Any]:
    """A page in headless Chromium that reaches only this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        one = context.new_page()
        one.set_default_timeout(30 * SECOND)
        yield one
        _shot(one, "last")
        browser.close()
        outside = [url for url in asked if url.startswith("http") and not url.startswith("http://127.0.0.1:")]
        assert outside == [], "the course asked for something outside this machine"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Workspace]]:
    """`dojo lab --no-browser` on a fresh workspace with the real labs: its address as printed, and the workspace. The
    embedded engine may start; it ends with the test."""
    workspace = Workspace(tmp_path / "workspace")
    (tmp_path / "runtime").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    process = subprocess.Popen(
        [sys.executable, "-m", "dojo", "lab", "--no-browser", "--port", str(free_port(8900))],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DOJO_WORKSPACE": str(workspace.root), "DOJO_ENGINE": "on"},
        start_new_session=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("JupyterLab is ready: "), line
    yield line.removeprefix("JupyterLab is ready: ").strip(), workspace
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)
    process.stdout.close()
    stop_door(workspace.root / "models")


def _shot(page: Any, name: str) -> None:
    """Keep a picture of the page, when asked to by DOJO_SHOTS=FOLDER."""
    if SHOTS:
        page.screenshot(path=str(SHOTS / f"{name}.png"))


def _open(page: Any, address: str, path: str) -> Any:
    """Open a notebook by its path in the workspace, wait for its kernel, and give its cells."""
    base, token = address.split("/lab/tree/")[0], address.split("token=")[1]
    page.goto(f"{base}/lab/tree/{path}?token={token}")
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".jp-Cell").first.wait_for()
    # A cell run before the kernel has said hello would be lost.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    return panel.locator(".jp-Cell")


def _type_in_new_cell(page: Any, cells: Any, after: int, text: str) -> Any:
    """Add a cell below the cell with this index, type into it, run it, and give it back."""
    cells.nth(after).locator(".jp-InputPrompt").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    return cells.nth(after + 1)


def _index(path: Path, name: str) -> int:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next(number for number, cell in enumerate(cells) if cell["id"] == name)


def test_a_student_opens_lab_1_runs_it_is_checked_and_validates(page: Any, served: tuple[str, Workspace]) -> None:
    address, workspace = served
    lab = catalog.find_lab("1")
    path = workspace.lab_notebook(lab)

    # What the address on the terminal opens: the first lesson.
    page.goto(address)
    page.locator(".jp-RenderedMarkdown h1").first.wait_for()
    _shot(page, "lesson-1")

    cells = _open(page, address, f"labs/{lab.name}/{lab.name}.ipynb")
    setup = cells.nth(_index(path, "setup"))
    setup.locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")
    setup.get_by_text("The embedded engine answers at").wait_for()

    # Answer exercise 1 rightly and exercise 2 as people do it wrong; save nothing, and have it checked there.
    first, second = catalog.exercises(lab)[:2]
    right = next(cell.source for cell in catalog.read(lab).cells if cell.name == first.name)
    wrong = next(one for one in read_variants(lab.folder / "mistakes.py", "mistake") if one.exercise == second.name)
    for name, text in ((first.name, re.sub(r" *### .* SOLUTION\n?", "", right)), (second.name, wrong.source)):
        cell = cells.nth(_index(path, name))
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
    checked = _type_in_new_cell(page, cells, _index(path, second.name), "%check")
    report = checked.get_by_role("region", name="Check of lab 1")
    report.wait_for()
    said = report.inner_text()
    assert f"Exercise 1. {first.title} - passed, 2 of 2" in said
    assert f"Exercise 2. {second.title} - not yet" in said
    assert all(word in said for word in ("Given", "Came", "Wanted", "Think", "not written yet", "%hint 2"))
    report.scroll_into_view_if_needed()
    _shot(page, "lab-1-check")

    # nbgrader's own Validate button: it saves, runs the visible tests and says which fail.
    page.get_by_role("button", name="Validate").first.click()
    dialog = page.locator(".jp-Dialog")
    dialog.get_by_text("Validation Results").wait_for(timeout=120 * SECOND)
    assert "NotImplementedError" in dialog.inner_text() or "NotYet" in dialog.inner_text()
    _shot(page, "lab-1-validate")


@pytest.mark.parametrize(
    ("number", "live", "seen"),
    [("1", "live_rows = compare", "td:has-text('dojo-tiny')"), ("9", "my_photo = Path", "img")],
)
def test_a_solved_lab_runs_to_its_live_cell_on_the_embedded_engine(
    number: str, live: str, seen: str, page: Any, served: tuple[str, Workspace]
) -> None:
    address, workspace = served
    lab = catalog.find_lab(number)
    path = workspace.lab_notebook(lab)
    build(catalog.read(lab), path)
    cells = _open(page, address, f"labs/{lab.name}/{lab.name}.ipynb")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_text("Python 3 (ipykernel) | Busy").wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60 * SECOND)
    cell = cells.filter(has_text=live).first
    cell.scroll_into_view_if_needed()  # what is out of sight is not drawn
    found = cell.locator(seen).first
    found.wait_for()
    found.scroll_into_view_if_needed()
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']").count() == 0
    _shot(page, f"lab-{number}-live")


def test_the_formgrader_works_at_once_in_a_new_course(page: Any, tmp_path: Path) -> None:
    """`jupyter lab` in the course folder, as the README says; a submission is graded by the page's own button."""
    lab = catalog.find_lab("1")
    course = new_course(tmp_path / "class")
    list(release_lab(course, lab))
    folder = course / "submitted" / "ada" / lab.name
    shutil.copytree(course / "release" / lab.name, folder)
    answer(folder / f"{lab.name}.ipynb", **{c.name: c.source for c in catalog.read(lab).cells if c.role == "solution"})
    port = free_port(8900)
    words = [*command(course, port, no_browser=True, start="")]
    process = subprocess.Popen(words, cwd=course, env={**os.environ, "JUPYTER_TOKEN": "test"})
    try:
        assert answers(process, port)
        page.goto(f"http://127.0.0.1:{port}/formgrader/manage_assignments?token=test")
        page.get_by_role("link", name=lab.name).first.wait_for()
        _shot(page, "formgrader")
        page.goto(f"http://127.0.0.1:{port}/formgrader/manage_submissions/{lab.name}?token=test")
        page.locator("tr", has_text="ada").locator(".autograde a").click()
        page.get_by_text("Success", exact=False).first.wait_for(timeout=120 * SECOND)
        page.goto(f"http://127.0.0.1:{port}/formgrader/manage_submissions/{lab.name}?token=test")
        page.locator("tr", has_text="ada").get_by_text("10 / 14").wait_for()
        _shot(page, "formgrader-graded")
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_the_metadata_of_each_role_is_what_nbgraders_sidebar_writes(page: Any, tmp_path: Path) -> None:
    """Choose each entry of nbgrader's own menu in its sidebar, save, and compare with what the kit builds."""
    menu = {"solution": "solution", "tests": "tests", "answer": "manual", "task": "task", "locked": "readonly"}
    kinds = ["markdown" if role in ("answer", "task") else "code" for role in menu]
    cells: list[dict[str, Any]] = [
        {"cell_type": kind, "id": role, "metadata": {}, "source": "1"}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for role, kind in zip(menu, kinds, strict=True)
    ]
    node = {
        "cells": cells,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = tmp_path / "menu.ipynb"
    path.write_text(json.dumps(node), encoding="utf-8")
    port = free_port(8900)
    environment = {**os.environ, "JUPYTER_TOKEN": "test"}
    environment.pop("JUPYTER_CONFIG_PATH", None)
    process = subprocess.Popen(command(tmp_path, port, no_browser=True, start=""), cwd=tmp_path, env=environment)
    try:
        assert answers(process, port)
        _open(page, f"http://127.0.0.1:{port}/lab/tree/?token=test", "menu.ipynb")
        page.get_by_title("Nbgrader Create Assignment").click()
        for number, (role, entry) in enumerate(menu.items()):
            widget = page.locator(".nbgrader-CellWidget").nth(number)
            widget.locator("select").select_option(entry)
            widget.locator(".nbgrader-CellId input").fill(role)
            if widget.locator(".nbgrader-CellPoints input").is_visible():
                widget.locator(".nbgrader-CellPoints input").fill("2")
            widget.locator("select").dispatch_event("change")
        page.keyboard.press("Control+s")
        page.wait_for_function(
            """async (token) => {
                const reply = await fetch('/api/contents/menu.ipynb?token=' + token);
                if (!reply.ok) return false;  // in the middle of being saved
                const cells = (await reply.json()).content.cells;
                return cells.every(cell => cell.metadata.nbgrader && cell.metadata.nbgrader.grade_id === cell.id);
            }""",
            arg="test",
        )
    finally:
        process.terminate()
        process.wait(timeout=60)
    written = {
        cell["id"]: cell["metadata"]["nbgrader"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    }
    assert written == {role: {**SIDEBAR[role], "grade_id": role} for role in menu}
