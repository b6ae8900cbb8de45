"""Whatever a student wrote or printed can be read on the page, and can do nothing there."""

from __future__ import annotations

import base64
import re
import time
from html.parser import HTMLParser

import pytest
from feedback_sample import PNG
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.inert import clean, headline, picture, prose

ALLOWED = {
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
}
ALLOWED |= {"blockquote", "a", "span", "s"}


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _harmless(html: str) -> bool:
    for tag, attrs in _Tags(html).found:
        if tag not in ALLOWED or not set(attrs) <= {"href", "rel", "class", "start", "style"}:
            return False
        if not re.match(r"(https?://|mailto:)", str(attrs.get("href", "https://")), re.I):
            return False
        # markdown-it aligns a table's columns so; the page's policy ignores it.
        if not re.fullmatch(r"text-align:(left|right|center)", str(attrs.get("style", "text-align:left"))):
            return False
    return True


PIECES = st.sampled_from(
    [
        *("<script>", "<img src=x onerror=y>", "<a href=", "<!--", "]]>", "&lt;", '"onclick="', "\x00", "\\"),
        *("[a](", "javascript:alert(1)", ")", "![", "](", "data:text/html,x", "&#x6a;avascript:", "<http://a.b>"),
        *("mailto:a@b.c", "https://a.b/?q=<b>", "[x]", "[x]: javascript:alert(1) 'y'\n", "`"),
        *("\n\n", "| a | b |\n|---|---|\n", "```\n", "\n# ", "\n- ", "\n> "),
    ]
)


@settings(max_examples=400, deadline=None)
@given(text=st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join))
def test_any_markdown_at_all_becomes_harmless(text: str) -> None:
    assert _harmless(str(prose(text)))


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(), max_size=200))
def test_any_text_at_all_can_be_written_as_utf8_without_control_characters(text: str) -> None:
    kept = clean(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", kept)
    kept.encode()


def test_a_progress_bar_ends_in_its_last_state() -> None:
    assert clean("  0%|    |\r 50%|##  |\r100%|####|\ndone\r\n") == "100%|####|\ndone\n"


def test_terminal_colours_go_and_turned_text_is_shown_as_what_it_is() -> None:
    assert clean("\x1b[31mred\x1b[0m \x1b]0;title\x07x") == "red x"
    assert clean("a\u202eb\x00") == "a\\u202eb\\x00"
    assert clean("\ud800") == "\N{REPLACEMENT CHARACTER}"


def test_scripts_that_join_letters_and_emoji_are_left_whole() -> None:
    for text in ("नमस्ते", "👩‍💻", "שלום", "Ünïcödé"):
        assert clean(text) == text


def test_a_long_text_keeps_both_ends_and_says_what_is_missing() -> None:
    kept = clean("a" * 5_000 + "b" * 5_000, limit=1_000)
    assert kept.startswith("aaa")
    assert kept.endswith("bbb")
    assert len(kept) < 1_100
    assert "characters are left out here" in kept


@pytest.mark.parametrize(
    "evil", ["[" * 100_000, "![[](" * 20_000, "> " * 50_000, "*" * 99_999, "\x1b]" * 3_000_000, "\r" * 9_000_000]
)
def test_no_text_takes_long(evil: str) -> None:
    began = time.process_time()
    prose(evil)
    assert time.process_time() - began < 5


def test_prose_keeps_lists_tables_and_emphasis() -> None:
    html = str(prose("1. *one*\n2. `two`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
    assert "<em>one</em>" in html
    assert "<td>2</td>" in html


def test_headings_pictures_and_links_lose_what_they_could_do() -> None:
    html = str(prose("# Big\n\n![a cat](http://a.b/c.png) [x](files/x.html) [y](https://a.b/)"))
    assert '<p class="headline">Big</p>' in html
    assert "[picture: a cat]" in html
    assert "<span>x</span>" in html
    assert '<a href="https://a.b/" rel="noopener noreferrer nofollow">y</a>' in html


def test_a_heading_is_given_as_plain_words() -> None:
    assert headline("Some text\n\n## Exercise 1. `f(x)` & *more*\n\n## Next") == "Exercise 1. f(x) & more"
    assert headline("no heading") == ""
    assert headline("```\n# a comment\n```") == ""


def test_only_a_whole_png_of_a_sane_size_is_a_picture() -> None:
    assert picture(PNG).startswith("data:image/png;base64,")
    whole = base64.b64decode(PNG)
    huge = whole[:16] + (60_000).to_bytes(4, "big") * 2 + whole[24:]
    for data in ("", "!!", base64.b64encode(b"GIF89a" + b"x" * 60).decode(), base64.b64encode(huge).decode(), None, 3):
        assert picture(data) == ""
    assert picture("A" * 5_000_000) == ""
