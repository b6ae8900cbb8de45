"""The feedback page in a real browser: it runs and fetches nothing, and reads on a phone, in the dark, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from feedback_sample import PNG, marks, sample

from grader.feedback import render
from grader.scores import Score

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)"),
]
# Contrast, names, order of headings, landmarks: all that axe-core can judge.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


def _page() -> str:
    notebook = sample()
    wide = "value = '" + "x" * 400 + "'"
    notebook["cells"][2]["source"] += f"\n{wide}"
    notebook["cells"][2]["outputs"].append({"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {}})
    notebook["cells"][6]["metadata"]["dojo"]["parts"][0] = "mean([" + "1" * 300 + "])"
    notebook["metadata"]["dojo"]["notes"] = ["The cell 'setup' was changed; the lab's own is used."]
    grades = {**marks().grades, "written": Score(0, 4, waits=True)}
    return render(notebook, marks(grades=grades, penalty=1.0, handed_in="2026-11-24 09:30 UTC"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield one
        one.close()


@pytest.fixture
def address(tmp_path: Path) -> str:
    (tmp_path / "page.html").write_text(_page(), encoding="utf-8")
    return (tmp_path / "page.html").as_uri()


def test_nothing_runs_nothing_is_fetched_and_the_style_is_let_through(browser: Any, address: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("getComputedStyle(document.querySelector('pre')).overflowX") == "auto"
    # A script that got into the page all the same would not run.
    page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'window.ran = 1'")
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("wide", [320, 360, 1280])
def test_nothing_but_code_has_to_be_pushed_sideways(browser: Any, address: str, wide: int) -> None:
    page = browser.new_page(viewport={"width": wide, "height": 740})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    page.close()


@pytest.mark.parametrize(("wide", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_everybody_can_read_it(browser: Any, address: str, wide: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": wide, "height": 740}, color_scheme=scheme)
    page.goto(address)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:150]}" for one in found] == []
    page.close()


def test_the_keyboard_reaches_the_results_every_exercise_and_every_wide_block(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
        if page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none":
            assert reached[-1] == "BODY"
    assert reached[0] == "#main"
    assert {"#part-1", "#part-2", "#part-3", "PRE"} <= set(reached)
    page.close()


def test_a_screen_reader_meets_names_for_regions_tables_and_blocks(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    tree = page.locator("body").aria_snapshot()
    for expected in ('heading "Lab 7. Means" [level=1]', 'table "Your points', 'rowheader "Exercise 1. Squares"'):
        assert expected in tree
    assert 'group "Your code, square"' in tree
    # What a sign says, the words beside it say.
    assert "✓" not in tree
    page.close()


def test_on_paper_long_lines_are_broken_and_nothing_is_grey_on_grey(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 990}, color_scheme="dark")
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('pre')).whiteSpace") == "pre-wrap"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("[...document.querySelectorAll('pre')].every((e) => e.scrollWidth <= e.clientWidth)")
    inks = "[...document.querySelectorAll('h1, a, pre, .state, dd')].map((e) => getComputedStyle(e).color)"
    assert set(page.evaluate(inks)) == {"rgb(0, 0, 0)"}
    assert page.pdf(format="A4")[:5] == b"%PDF-"
    page.close()
