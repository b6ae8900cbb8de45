"""Slides are the lesson's own text, short enough for the back of the room."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dojo import catalog, cli
from dojo.catalog import Lesson
from dojo.slides import read_slides, slides_page

LESSONS = catalog.lessons()


def words(text: str) -> list[str]:
    return re.sub(r"<[^>]+>", "", text).split()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_slide_is_short_and_its_words_are_the_lessons(lesson: Lesson) -> None:
    slides = read_slides(lesson)
    assert 8 <= len(slides) <= 30
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", lesson.source.read_text(encoding="utf-8"))
    text = " ".join(re.sub(r"[*`]", "", text).split())
    for slide in slides[:-1]:
        lines = [*slide.lines, *slide.after]
        assert len(lines) <= 4, slide.title
        assert sum(len(words(line)) for line in lines) <= 60, slide.title
        assert len(slide.code.splitlines()) <= 12, slide.title
        for line in lines:
            assert html.unescape(" ".join(words(line)[:4])) in text
    assert slides[-1].title == f"Now you: lab {lesson.number}"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_page_needs_nothing_else_and_every_picture_has_words(lesson: Lesson) -> None:
    asked: list[str] = []
    pictures: list[str] = []
    headings: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            asked.extend(str(named[key]) for key in ("src", "href") if key in named)
            if tag == "img":
                pictures.append(str(named.get("alt", "")))
            if re.fullmatch(r"h\d", tag):
                headings.append(tag)

    Reader().feed(slides_page(lesson))
    assert all(one.startswith("data:") for one in asked)
    assert all(pictures)
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}


def test_a_box_and_a_prediction_have_their_place(tmp_path: Path) -> None:
    folder = tmp_path / "77-small"
    folder.mkdir()
    (folder / "lesson.md").write_text(
        "# Lesson 77. Small\n\nIt is small.\n\n## One\n\nA cup is a cup. So.\n\n**I expect** the cup to be ...\n\n"
        "```python\nprint(1)\n```\n\nIt was.\n\n> **What this cannot do.** It cannot fly. It cannot sing.\n",
        encoding="utf-8",
    )
    title, one, box, last = read_slides(Lesson(77, "77-small", folder))
    assert title.title == "Lesson 77. Small"
    assert (one.lines, one.code, one.example) == (["A cup is a cup.", "So."], "print(1)", "cell 1")
    assert "the cup to be" in one.expect
    assert one.after == ["It was."]
    assert (box.title, box.lines) == ("What this cannot do", ["It cannot fly.", "It cannot sing."])
    assert last.title == "Questions?"


def test_the_command_writes_the_page_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "deck.html"
    assert cli.main(["slides", "1", "--to", str(target)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    assert "<!DOCTYPE html>" in target.read_text(encoding="utf-8")
    assert cli.main(["slides", "first-bov"]) == 2
    assert "did you mean first-bow?" in capsys.readouterr().err
