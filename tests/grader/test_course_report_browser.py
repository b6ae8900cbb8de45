"""The report in a real browser: it runs and fetches nothing, and reads on a phone, in the dark, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from grader.classbook import Entry, Grade
from grader.course_page import render
from grader.course_report import CourseReport
from grader.items import Item
from grader.overview import Like, Overview, Tally, Waiting
from grader.roster import Student
from grader.similar import Pair, Passage, Side

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)"),
]
# Contrast, names, order of headings, landmarks: all that axe-core can judge.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
HOSTILE = "<script>document.title = 'ran'</script>"
CLASS = 300
BEGUN = datetime(2026, 11, 2, 8)


def _lab(number: int) -> Overview:
    """A lab of a class of hundreds, with something of everything in it."""
    students = [f"s{at:03}" for at in range(CLASS)]
    entries = tuple(
        Entry(
            student,
            f"0{number}-lab",
            BEGUN + timedelta(hours=at),
            BEGUN + timedelta(days=10),
            penalty=float(at % 2),
            grades={("lab", "a"): Grade(at % 11), ("lab", "b"): Grade(0.0, waits=at % 5 == 0)},
        )
        for at, student in enumerate(students)
    )
    tally = Tally("Exercise 1. Greet", "test_greet_" + "x" * 40, 2.0, passed=200, unwritten=20, stopped=5, not_yet=75)
    tally.reasons.update({f"greet('Ada') returned {HOSTILE}": 60, "y" * 300: 15})
    side = Side("greet", 3, 5, f"def greet(name):\n    text = '{'z' * 200}'\n    return {HOSTILE!r}")
    return Overview(
        assignment=f"0{number}-lab",
        title=f"Lab {number}. Greetings, and what else a long title may say",
        possible=14.0,
        due=BEGUN + timedelta(days=10),
        released=BEGUN,
        entries=entries,
        ungraded=("late",),
        waiting=(Waiting("Written question. Whom would you greet?", tuple(students[::5])),),
        tallies=(tally, tally),
        items=(
            Item("Exercise 1. Greet, and greet everybody who is there", 2, CLASS, 0.72, 0.41, 0.5),
            Item("Exercise 2. Double", 2, CLASS, 0.1, -0.2, -0.1),
            Item("Exercise 3. All equal", 2, CLASS, 1.0, None, None),
        ),
        likes=(Like("Exercise 1. Greet", ("always-ada", "no-name"), tuple(students[:40])),),
        unlike=3,
        pairs=(Pair("s001", "s002", 170, 0.83, 27.2, (Passage(60, side, side),) * 2),) * 2,
        notes=("A note.",),
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    names = [Student(f"s{at:03}", "Ann " + HOSTILE if at == 3 else "Ann", f"Lovelace-{at}") for at in range(CLASS)]
    report = CourseReport("my class", BEGUN, tuple(names), tuple(_lab(number) for number in (1, 2)))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(report), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield one
        one.close()


def test_nothing_runs_and_nothing_is_fetched(browser: Any, address: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert said == []
    assert asked == [address]
    assert page.title() == "Report on my class"
    assert page.evaluate("getComputedStyle(document.querySelector('.sides')).display") == "grid"
    page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'window.ran = 1'")
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize(("wide", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_everybody_can_read_it(browser: Any, address: str, wide: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": wide, "height": 800}, color_scheme=scheme)
    page.set_default_timeout(120_000)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:150]}" for one in found] == []
    page.close()


def test_the_keyboard_reaches_every_part_and_every_table_that_scrolls(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    reached: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        told = "(e) => e.getAttribute('href') || e.getAttribute('aria-label') || e.tagName"
        reached.append(page.evaluate(f"({told})(document.activeElement)"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert reached[0] == "#main"
    assert {"#class", "#lab-1", "#lab-2", "Table of the class", "Table of the exercises, 01-lab"} <= set(reached)
    page.close()


def test_hundreds_of_students_stay_under_their_headings(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    table = page.get_by_role("region", name="Table of the class")
    assert table.locator("tbody tr").count() == CLASS
    table.evaluate("(e) => { e.scrollTop = 4000 }")
    top = table.bounding_box()["y"]
    assert abs(table.locator("thead th").first.bounding_box()["y"] - top) < 5
    page.close()


def test_on_paper_all_rows_and_passages_are_there_in_black_on_white(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 990}, color_scheme="dark")
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    hidden = "[...document.querySelectorAll('.scroll')].filter((e) => e.scrollHeight > e.clientHeight + 1).length"
    assert page.evaluate(hidden) == 0
    assert page.evaluate("[...document.querySelectorAll('pre')].every((e) => e.scrollWidth <= e.clientWidth)")
    inks = "[...document.querySelectorAll('h1, a, pre, td, .flag')].map((e) => getComputedStyle(e).color)"
    assert set(page.evaluate(inks)) == {"rgb(0, 0, 0)"}
    assert page.pdf(format="A4")[:5] == b"%PDF-"
    page.close()
