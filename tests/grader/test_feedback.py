"""The feedback page says what a student needs, and nothing that it must not."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from feedback_sample import HOSTILE, PNG, SECRET, cell, marks, printed, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.feedback import render
from grader.page import number
from grader.page_build import build_page
from grader.scores import Score


class _Outline(HTMLParser):
    """The page's tags and attributes as a browser would read them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _text(page: str) -> str:
    body = page.partition("<body>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def _test_cell(notebook: dict[str, Any], **changed: Any) -> dict[str, Any]:
    notebook["cells"][6]["metadata"]["dojo"].update(changed)
    return notebook


def test_the_page_gives_each_exercise_its_points_and_each_test_its_message() -> None:
    text = _text(render(sample(), marks()))
    assert "5 of 9 points" in text
    assert "Exercise 1. Squares" in text
    assert re.search(r"test_square : ✓\s*(&nbsp;)?\s*passed , 2 of 2", text)
    assert "Given mean([1, 2])" in text
    assert "Came returned 3" in text
    assert "Wanted 1.5 was expected" in text
    assert "Think What is the sum divided by?" in text


def test_it_says_what_to_do_first() -> None:
    page = build_page(sample(), marks())
    assert page.next_section is not None
    assert page.next_section.title == "Exercise 2. The mean"
    assert page.next_thought == "What is the sum divided by?"
    assert "3 of its 3 points are still open" in _text(render(sample(), marks()))


def test_the_code_of_tests_and_what_was_printed_under_hidden_ones_never_appear() -> None:
    assert SECRET not in render(sample(), marks())


def test_a_tests_cell_that_does_not_say_whether_it_hides_shows_nothing_either() -> None:
    notebook = sample()
    del notebook["cells"][6]["metadata"]["dojo"]["hidden"]
    assert SECRET not in render(notebook, marks())


def test_what_a_student_wrote_into_our_notes_uncovers_nothing() -> None:
    """In a notebook that plain nbgrader graded, the notes are as they were handed in."""
    for role in ("extra", "", "solution", "answer", "live"):
        notebook = _test_cell(sample(), role=role, hidden=False, verdict="died")
        notebook["cells"][3]["metadata"]["dojo"]["role"] = role
        assert SECRET not in render(notebook, marks())


def test_what_the_students_code_printed_under_a_visible_test_is_shown() -> None:
    notebook = _test_cell(sample(), hidden=False)
    notebook["cells"][6] |= {"outputs": printed("I was called with 1"), "source": "assert mean([1]) == 1"}
    assert "I was called with 1" in render(notebook, marks())


def test_markup_of_students_and_markers_stays_text() -> None:
    page = render(sample(), marks(student=f"A {HOSTILE}", assignment=HOSTILE))
    outline = _Outline(page)
    assert not {"script", "iframe", "object", "embed", "form", "link", "base", "svg"} & {tag for tag, _ in outline.tags}
    assert [attrs for tag, attrs in outline.tags if tag == "img"] == []
    assert not [name for _, attrs in outline.tags for name in attrs if name.startswith("on") or name == "style"]
    assert page.count("&lt;script&gt;") >= 3


def test_the_policy_forbids_scripts_and_lets_this_style_alone_through() -> None:
    page = render(sample(), marks())
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1] == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_a_notebook_without_headings_is_sorted_by_its_answers() -> None:
    notebook = sample()
    notebook["cells"] = [one for one in notebook["cells"] if not str(one["source"]).startswith("#")]
    notebook["cells"].insert(0, cell("markdown", "# Problem set 1"))
    notebook["cells"][4:4] = [sample()["cells"][6]]
    titles = [section.title for section in build_page(notebook, marks()).sections]
    assert titles == ["Problem set 1", "Problem set 1: mean", "Problem set 1: written"]


def test_a_test_that_counts_says_that_it_does() -> None:
    grades = {**marks().grades, "test_mean": Score(0, 3)}
    text = _text(render(_test_cell(sample(), verdict="passed", parts=None, message="", error=""), marks(grades=grades)))
    assert "It says It counts how much of the whole is right." in text


def test_headings_come_in_order_and_a_students_own_are_none() -> None:
    levels = [int(tag[1]) for tag, _ in _Outline(render(sample(), marks())).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_links_on_the_page_lead_to_places_on_it() -> None:
    outline = _Outline(render(sample(), marks()))
    ids = [str(attrs["id"]) for _, attrs in outline.tags if "id" in attrs]
    assert len(set(ids)) == len(ids)
    assert {str(attrs["href"])[1:] for tag, attrs in outline.tags if tag == "a"} <= set(ids)


def test_an_unwritten_exercise_is_called_so_without_a_lecture() -> None:
    unwritten = ["mean([1, 2])", "has no answer yet", "code of your own was expected", ""]
    text = _text(render(_test_cell(sample(), parts=unwritten), marks()))
    assert "not written yet" in text
    assert "code of your own" not in text
    plain = _test_cell(sample(), parts=None, error="NotImplementedError", message="")
    assert "not written yet" in _text(render(plain, marks()))


@pytest.mark.parametrize(
    ("verdict", "said", "advice"),
    [
        ("timed out", "stopped: it took too long", "a loop that has no end"),
        ("died", "stopped: the program ended", "call exit()"),
        ("memory", "stopped: it used too much memory", "grow without end"),
        ("not run", "did not run", "Mend that first"),
    ],
)
def test_each_way_to_stop_has_its_words_and_its_advice(verdict: str, said: str, advice: str) -> None:
    text = _text(render(_test_cell(sample(), verdict=verdict, parts=None, message=""), marks()))
    assert said in text
    assert advice in text


def test_a_message_without_parts_is_given_whole_with_its_error() -> None:
    notebook = _test_cell(sample(), parts=None, error="KeyError", message="'answer'")
    assert "It says KeyError: &#39;answer&#39;" in _text(render(notebook, marks()))


def test_a_bare_assert_is_put_into_words() -> None:
    notebook = _test_cell(sample(), parts=None, error="AssertionError", message="")
    assert "It says What your code does is not what this test expects." in _text(render(notebook, marks()))


def test_points_that_a_person_changed_are_theirs_and_the_old_message_is_gone() -> None:
    grades = {**marks().grades, "test_mean": Score(2, 3, person=True, changed=True)}
    text = _text(render(sample(), marks(grades=grades)))
    assert "marked by a person , 2 of 3" in text
    assert "returned 3" not in text


def test_six_times_a_sixth_is_all_of_it() -> None:
    grades = {**marks().grades, "test_mean": Score(2.9999999999999996, 3)}
    assert "passed , 3 of 3" in _text(render(sample(), marks(grades=grades)))


def test_partial_credit_and_extra_credit_are_said() -> None:
    grades = {**marks().grades, "test_mean": Score(1.5, 3), "test_square": Score(3, 2, extra=1)}
    text = _text(render(sample(), marks(grades=grades)))
    assert "partly right , 1.5 of 3" in text
    assert "3 of 2, 1 of it extra" in text


def test_an_answer_that_waits_for_a_person_is_announced_at_the_top() -> None:
    grades = {**marks().grades, "written": Score(0, 4, waits=True)}
    text = _text(render(sample(), marks(grades=grades, comments={})))
    assert "1 answer waits for a person to mark it, so your points may still rise" in text
    assert "waits for a person to mark it" in text.partition("In your own words")[2]


def test_an_answer_left_as_released_is_not_called_marked() -> None:
    grades = {**marks().grades, "written": Score(0, 4)}
    text = _text(render(sample(), marks(grades=grades, comments={}, remarks={"written": "No response."})))
    assert "not answered" in text
    assert "No response." in text
    assert "From the person" not in text


def test_where_all_tests_pass_a_question_without_an_answer_comes_next() -> None:
    grades = {**marks().grades, "test_mean": Score(3, 3), "written": Score(0, 4)}
    text = _text(render(sample(), marks(grades=grades, comments={})))
    assert "All tests pass. In your own words has no answer yet: 4 of its 4 points are still open." in text


def test_a_late_hand_in_shows_both_sums_and_never_less_than_nothing() -> None:
    assert "Your answers earn 5 points. 2 are taken off" in _text(render(sample(), marks(penalty=2.0)))
    assert "0 of 9 points" in _text(render(sample(), marks(penalty=50.0)))


def test_of_cells_of_ones_own_only_what_stopped_them_is_told() -> None:
    notebook = sample()
    broken = {"role": "extra", "verdict": "failed", "error": "NameError", "message": "name 'plt' is not defined"}
    notebook["cells"].insert(1, cell("code", "plt.show()  # MINE", "early", **broken))
    notebook["cells"][8]["metadata"]["dojo"] |= {**broken, "note": "It is a pasted copy of mean; the first one counts."}
    page = render(notebook, marks())
    text = _text(page)
    assert "A cell of your own, at the top, stopped with NameError: name &#39;plt&#39; is not defined" in text
    assert "A cell of your own, after test_mean, stopped with NameError" in text
    assert "It is a pasted copy of mean; the first one counts." in text
    assert "MINE" not in page
    assert "print(&#39;mine&#39;)" not in page


def test_an_answer_that_hangs_by_itself_says_so_below_it() -> None:
    notebook = sample()
    notebook["cells"][5]["metadata"]["dojo"]["verdict"] = "timed out"
    assert "This cell took too long. Is there a loop that has no end" in _text(render(notebook, marks()))


def test_a_plain_cell_that_needs_an_unwritten_exercise_is_no_news() -> None:
    notebook = sample()
    waiting = {"role": "", "verdict": "failed", "error": "NotImplementedError", "message": ""}
    notebook["cells"].insert(1, cell("code", "mean([1])", "demo", **waiting))
    assert "Elsewhere in your notebook" not in render(notebook, marks())


def test_a_tasks_answer_stands_in_cells_of_ones_own() -> None:
    notebook = sample()
    task = cell("markdown", f"## Draw it\n\n{SECRET}: full marks for a circle", "draw", role="task")
    own = cell("code", "circle()", "c", printed("a circle"), role="extra", verdict="passed")
    notebook["cells"] += [task, own, cell("markdown", "It is *round*.", "d", role="extra")]
    grades = {**marks().grades, "draw": Score(1, 2, person=True)}
    page = render(notebook, marks(grades=grades, comments={"draw": "Not quite round."}))
    assert "circle()" in page
    assert "a circle" in page
    assert "Draw it" in page
    assert "It is <em>round</em>." in page
    assert "Not quite round." in page
    assert SECRET not in page


def test_a_picture_is_shown_from_the_page_itself() -> None:
    notebook = sample()
    notebook["cells"][2]["outputs"] = [{"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {}}]
    images = [attrs for tag, attrs in _Outline(render(notebook, marks())).tags if tag == "img"]
    assert [str(one["src"])[:22] for one in images] == ["data:image/png;base64,"]
    assert all(one["alt"] for one in images)


def test_html_and_svg_outputs_fall_back_to_their_text() -> None:
    notebook = sample()
    data = {"text/html": HOSTILE, "image/svg+xml": "<svg onload=alert(1)>", "text/plain": "a table"}
    notebook["cells"][2]["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}}]
    page = render(notebook, marks(comments={}))
    assert "a table" in page
    assert "svg" not in page.partition("<body>")[2]


def test_a_notebook_that_plain_nbgrader_graded_gives_points_without_messages() -> None:
    notebook = sample()
    for one in notebook["cells"]:
        del one["metadata"]["dojo"]
    page = render(notebook, marks())
    assert SECRET not in page
    assert "not yet , 0 of 3" in _text(page)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"cells": None},
        {"cells": [None, 3, {}, {"cell_type": "code"}, {"metadata": []}, {"metadata": {"dojo": 3, "nbgrader": "x"}}]},
        {"cells": [{"cell_type": "code", "source": 3, "metadata": {"dojo": {"role": "tests", "parts": [1, 2, 3, 4]}}}]},
    ],
)
def test_a_damaged_notebook_still_gives_a_page(broken: dict[str, Any]) -> None:
    assert "5 of 9 points" in _text(render(broken, marks()))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just(HOSTILE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KEYS = ("role", "verdict", "error", "message", "parts", "hidden", "note", "outputs", "source")


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 9), key=st.sampled_from(KEYS), value=JSON)
def test_any_value_in_any_place_gives_a_page_that_does_nothing(at: int, key: str, value: Any) -> None:
    notebook = sample()
    one = notebook["cells"][at]
    metadata = one["metadata"]
    place = one if key in ("source", "outputs") else metadata["dojo"]
    place[key] = value
    page = render(notebook, marks())
    page.encode()
    assert "<script" not in page
    assert "<img src=x" not in page
    assert SECRET not in page


def test_equal_marks_give_equal_bytes() -> None:
    assert render(sample(), marks()) == render(sample(), marks())


def test_points_are_written_as_people_do() -> None:
    assert [number(one) for one in (2, 2.0, 2.5, 1 / 3, 0, 10, 100.0)] == ["2", "2", "2.5", "0.33", "0", "10", "100"]
