"""A week of a class on a real hub, behind its real proxy, in a real browser: two students and their teacher."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hub_kit import Served, needs_root, served

from dojo import catalog
from dojo.notebook import read_variants

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)"),
    *needs_root,
]
SHOTS = Path(os.environ["DOJO_SHOTS"]) if "DOJO_SHOTS" in os.environ else None
SECOND = 1000  # Playwright counts in milliseconds
COMMENT = "Good eye: you named the model that was wrong."
# Write answers into the person's own notebook, through their own server, as the page's editor does when it saves.
WRITE = """async ([path, texts]) => {
    const xsrf = document.cookie.split('; ').find(one => one.startsWith('_xsrf=')).split('=')[1];
    const url = location.pathname.split('/lab')[0] + '/api/contents/' + path;
    const headers = {'X-XSRFToken': xsrf, 'Content-Type': 'application/json'};
    const {content} = await (await fetch(url, {headers})).json();
    for (const cell of content.cells) {
        const name = cell.metadata.nbgrader?.grade_id;
        if (name in texts) cell.source = texts[name];
    }
    const body = JSON.stringify({type: 'notebook', format: 'json', content});
    return (await fetch(url, {method: 'PUT', headers, body})).status;
}"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("hub") / "class") as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield one
        one.close()


def _shot(page: Any, name: str) -> None:
    """Keep a picture of the page, when asked to by DOJO_SHOTS=FOLDER."""
    if SHOTS:
        page.screenshot(path=str(SHOTS / f"{name}.png"))


def _log_in(browser: Any, hub: Served, name: str) -> Any:
    """A page of this person's own, at their JupyterLab."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.set_default_timeout(60 * SECOND)
    page.goto(hub.url)
    page.fill("#username_input", name)
    page.fill("#password_input", hub.password(name))
    _shot(page, f"hub-login-{name}")
    page.click("#login_submit")
    page.wait_for_url(f"**/user/{name}/lab**")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).wait_for()
    return page


def _assignments(page: Any) -> Any:
    """The Assignment List, opened from the menu."""
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_text("Released assignments").wait_for()
    return page


def _press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def _hand_in(page: Any, lab: catalog.Lab, texts: dict[str, str]) -> None:
    """Fetch the lab, solve it, hand it in."""
    _assignments(page)
    page.get_by_role("button", name="Fetch").or_(page.get_by_role("link", name="Fetch")).first.wait_for()
    _shot(page, "hub-assignment-list")
    _press(page, "Fetch")
    page.get_by_role("button", name="Submit").or_(page.get_by_role("link", name="Submit")).first.wait_for()
    assert page.evaluate(WRITE, [f"{lab.name}/{lab.name}.ipynb", texts]) == 200


def _submit(page: Any, lab: catalog.Lab) -> None:
    _press(page, "Submit")
    page.get_by_text("There are no submitted assignments").wait_for(state="hidden")


def test_a_week_of_a_class(hub: Served, browser: Any) -> None:
    lab = catalog.find_lab("1")
    cells = {cell.name: cell for cell in catalog.read(lab).cells}
    right = {n: re.sub(r" *### .* SOLUTION\n?", "", c.source) for n, c in cells.items() if c.role == "solution"}
    mistake = read_variants(lab.folder / "mistakes.py", "mistake")[0]
    written = next(name for name, cell in cells.items() if cell.role == "answer")

    # Ada fetches lab 1, solves it, validates it, hands it in.
    ada = _log_in(browser, hub, "ada")
    _hand_in(ada, lab, {**right, written: "The model beta:2b was wrong about 2100."})
    ada.goto(f"{hub.url}/user/ada/lab/tree/{lab.name}/{lab.name}.ipynb")
    ada.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    _press(ada, "Validate")
    ada.locator(".jp-Dialog").get_by_text("passes all the tests").wait_for(timeout=120 * SECOND)
    _shot(ada, "hub-validate")
    ada.locator(".jp-Dialog button").last.click()
    _assignments(ada)
    _submit(ada, lab)
    _shot(ada, "hub-submitted")

    # Grace hands in a mistake that people make.
    grace = _log_in(browser, hub, "grace")
    _hand_in(grace, lab, {**right, mistake.exercise: mistake.source, written: "No idea."})
    _submit(grace, lab)

    # The teacher collects, and grades by the formgrader's button.
    teacher = _log_in(browser, hub, "teacher")
    grader = f"{hub.url}/user/teacher/formgrader"
    teacher.goto(f"{grader}/manage_assignments")
    teacher.locator(".collect a").click()
    teacher.get_by_text("Successfully collected").wait_for()
    for name, marks in (("ada", "10 / 14"), ("grace", "8 / 14")):
        teacher.goto(f"{grader}/manage_submissions/{lab.name}")
        teacher.locator("tr", has_text=name).locator(".autograde a").click()
        teacher.get_by_text("Successfully autograded").wait_for(timeout=120 * SECOND)
        teacher.goto(f"{grader}/manage_submissions/{lab.name}")
        teacher.locator("tr", has_text=name).get_by_text(marks).wait_for()
    _shot(teacher, "hub-formgrader")

    # A comment on Ada's written answer, and points for it.
    teacher.goto(f"{grader}/gradebook/{lab.name}/{lab.name}")
    teacher.locator("tr", has_text="10 / 14").get_by_role("link").first.click()
    teacher.wait_for_load_state("networkidle")  # the page fetches what is there before it can save what is new
    for field, text, saved in ((f"#{written}-comment", COMMENT, "/api/comment/"), (f"#{written}", "3", "/api/grade/")):
        with teacher.expect_response(lambda one, saved=saved: saved in one.url and one.request.method == "PUT"):
            teacher.locator(field).fill(text)
            teacher.locator(field).blur()
    teacher.locator(f"#{written}").scroll_into_view_if_needed()
    _shot(teacher, "hub-comment")
    teacher.goto(f"{grader}/gradebook/{lab.name}/{lab.name}")
    teacher.locator("tr", has_text="13 / 14").wait_for()

    # Feedback, by the formgrader's buttons.
    teacher.goto(f"{grader}/manage_assignments")
    teacher.locator(".generate-feedback a").click()
    teacher.get_by_text("Successfully generated feedback").wait_for(timeout=120 * SECOND)
    teacher.goto(f"{grader}/manage_assignments")
    teacher.locator(".release-feedback a").click()
    teacher.get_by_text("Successfully released feedback").wait_for()

    # Ada fetches it and reads.
    ada.locator("#refresh_assignments_list").click()
    _press(ada, "Fetch Feedback")
    ada.get_by_text("(view feedback)").click()
    ada.locator(".jp-DirListing-item", has_text=f"{lab.name}.html").wait_for()
    when = next((hub.folder / "homes" / "ada" / lab.name / "feedback").iterdir()).name
    where = f"{lab.name}/feedback/{when}/{lab.name}.html"
    if SHOTS:
        ada.goto(f"{hub.url}/user/ada/lab/tree/{where}")
        ada.wait_for_timeout(10 * SECOND)  # the page is shown without scripts, so nothing in it says when it is there
        _shot(ada, "hub-feedback")
    ada.goto(f"{hub.url}/user/ada/files/{where}")
    read = ada.locator("body").inner_text()
    assert COMMENT in read
    assert "13 of 14 points" in read


def test_an_expired_login_asks_again_and_leads_back(hub: Served, browser: Any) -> None:
    page = _log_in(browser, hub, "ada")
    written = f"{hub.url}/user/ada/lab/tree/lessons/01-first-bow/01-first-bow.ipynb"
    page.goto(written)
    page.locator(".jp-RenderedMarkdown h1 >> visible=true").first.wait_for()
    page.context.clear_cookies()  # what a browser does with a login that is too old
    page.goto(written)
    page.get_by_label("Username:").wait_for()
    page.fill("#username_input", "ada")
    page.fill("#password_input", "not it")
    page.click("#login_submit")
    page.get_by_text("Invalid username or password").wait_for()
    page.fill("#username_input", "ada")
    page.fill("#password_input", hub.password("ada"))
    page.click("#login_submit")
    page.wait_for_url(written)
    page.locator(".jp-RenderedMarkdown h1 >> visible=true").first.wait_for()


def test_a_students_page_has_no_formgrader_and_no_way_to_another_server(hub: Served, browser: Any) -> None:
    page = _log_in(browser, hub, "grace")
    assert page.goto(f"{hub.url}/user/grace/formgrader").status == 404
    assert page.goto(f"{hub.url}/user/ada/lab").status in (403, 404)
    assert page.goto(f"{hub.url}/hub/admin").status == 403
