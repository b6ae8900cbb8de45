"""The pages that people open, in a real browser, before axe-core: can everybody read them?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dojo import catalog
from dojo.catalog import Lab, Lesson
from dojo.door.classroom.gate import Visitor
from dojo.door.classroom.page import queue_page
from dojo.fakes import fake_chat
from dojo.record import record
from dojo.slides import slides_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)"),
]
ROOT = Path(__file__).parent.parent
SHOTS = Path(os.environ["DOJO_SHOTS"]) if "DOJO_SHOTS" in os.environ else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield one
        one.close()


def flaws(browser: Any, page: Path, name: str) -> list[str]:
    """What axe-core finds wrong with a page by WCAG 2.1 A and AA, a line for each; the page may ask for nothing."""
    from axe_playwright_python.sync_playwright import Axe

    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
    found = Axe().run(tab, options=tags).response["violations"]
    if SHOTS:
        tab.screenshot(path=str(SHOTS / f"{name}.png"))
    tab.close()
    outside = [url for url in asked if not url.startswith(("file:", "data:"))]
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:150]}" for one in found] + outside


@pytest.mark.parametrize("lesson", catalog.lessons(), ids=lambda lesson: lesson.name)
def test_slides_can_be_read_by_everybody(lesson: Lesson, browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "slides.html"
    page.write_text(slides_page(lesson), encoding="utf-8")
    assert flaws(browser, page, f"slides-{lesson.number}") == []


def test_a_recording_can_be_read_by_everybody(browser: Any, tmp_path: Path) -> None:
    chat = fake_chat({"content": "No.", "thinking": "1900?", "eval_count": 3, "total_duration": 5})
    list(record(catalog.find_lab("1"), ["one:1b"], tmp_path, chat, {}, date(2026, 11, 24)))
    assert flaws(browser, tmp_path / "recorded.html", "recorded") == []


def test_the_queue_of_a_class_can_be_read_by_everybody(browser: Any, tmp_path: Path) -> None:
    running = [{"place": 0, "who": "another student", "model": "alpha:1b", "expected": 0.0}] * 4
    waits = ((1, "another student", 4.0), (2, "you", 9.5), (3, "<b>ben</b>", 130.0), (4, "another student", None))
    waiting = [{"place": place, "who": who, "model": "alpha:1b", "expected": wait} for place, who, wait in waits]
    rows = {"up": False, "slots": 4, "running": running, "waiting": waiting}
    student = Visitor("student", "ada", "/class")
    page = tmp_path / "queue.html"
    page.write_text(queue_page("7b", rows, student, refresh=False, trouble="the disk is full"), encoding="utf-8")
    assert flaws(browser, page, "queue") == []
    text = page.read_text(encoding="utf-8")
    assert "Your next request is number 2 in the queue, about 10 seconds." in text
    assert ("<b>ben" in text, "about 2 minutes" in text, "the disk is full" in text) == (False, True, False)


@pytest.mark.parametrize("lab", catalog.labs(), ids=lambda lab: lab.name)
def test_the_page_that_a_lab_makes_can_be_read_by_everybody(lab: Lab, browser: Any, tmp_path: Path) -> None:
    """The lab as its author solved it, run as a plain program; some labs make no page."""
    folder = tmp_path / lab.name
    shutil.copytree(lab.folder, folder, ignore=shutil.ignore_patterns("build", "__pycache__"))
    done = subprocess.run(
        [sys.executable, "lab.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for page in sorted((folder / "build").rglob("*.html")):
        assert flaws(browser, page, f"product-{lab.number}-{page.stem}") == [], page.name
