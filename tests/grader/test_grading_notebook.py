"""The executed notebook: markup of students is inert, what their machine showed is text and pictures alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from grader.notebook import inert, shown_outputs


class _Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        # Browsers leave out white space and control characters before they look for a scheme.
        self.links += [
            re.sub(r"[\x00-\x20]", "", value or "").lower() for name, value in attrs if name in ("href", "src")
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<SVG/onload=alert(1)>",
        "<!--><script>alert(1)</script>-->",
        "`<script>`",
        "[click](javascript:alert(1))",
        "[click](<javascript:alert(1)>)",
        "[click]( JaVaScRiPt:alert(1))",
        "[click](java&#115;cript:alert(1))",
        "[click](javascript&colon;alert(1))",
        "[click](\x01javascript:alert(1))",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "[click][1]\n\n[1]: javascript:alert(1)",
        "[click][1]\n\n[1]: <vbscript:alert(1)>",
        "<javascript:alert(1)>",
        "$\\href{javascript:alert(1)}{x}$",
    ],
)
def test_markup_that_a_student_wrote_runs_nothing_in_the_formgrader(text: str) -> None:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    page = _Page()
    page.feed(markdown2html_mistune(inert(text)))
    assert page.tags <= {"p", "a", "code", "pre", "img", "em"}
    assert page.attributes <= {"href", "src", "alt"}
    assert not [link for link in page.links if re.match(r"[a-z]+:", link)]
    assert "\\href" not in page.text


@pytest.mark.parametrize(
    "text",
    [
        "Plain *words*, a < b and b > c, `x <= 3`, $a < b$.",
        "[lesson](https://example.org/a_(b)) and [mail](mailto:ada@example.org)",
        "![plot](plot.png) and ![shown](attachment:shot.png)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ],
)
def test_what_honest_students_write_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_what_a_live_cell_showed_is_kept_as_text_and_png_alone() -> None:
    outputs: list[Any] = [
        {"output_type": "stream", "name": "stderr", "text": ["\x1b[31mwarm\x1b[0m\n", "up\n"]},
        {"output_type": "display_data", "data": {"text/html": "<script>", "text/plain": "<Markdown>"}, "metadata": {}},
        {"output_type": "display_data", "data": {"application/javascript": "alert(1)"}, "metadata": {}},
        {"output_type": "execute_result", "data": {"image/png": "iVBORw0KGgo=", "image/svg+xml": "<svg>"}},
        {"output_type": "display_data", "data": {"image/png": '"><script>'}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["<b>"]},
        {"output_type": "update_display_data"},
        "text",
        None,
    ]
    assert shown_outputs(outputs) == [
        {"output_type": "stream", "name": "stdout", "text": "warm\nup\n"},
        {"output_type": "display_data", "data": {"text/plain": "<Markdown>"}, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}, "metadata": {}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["E: v"]},
    ]
    assert shown_outputs({"a": 1}) == []


def test_a_live_cells_endless_output_is_cut_with_a_line_that_says_so() -> None:
    long = {"output_type": "stream", "name": "stdout", "text": "x" * 600}
    kept = shown_outputs([long, long, long], limit=1000)
    assert [len(one["text"]) for one in kept[:-1]] == [600]
    assert "too long to keep" in kept[-1]["text"]
