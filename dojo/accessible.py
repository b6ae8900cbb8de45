"""Can everybody read it: what a program can tell of a page's Markdown.

Covered: one first heading, and levels that go down one at a time; words for every picture; links that say where they
lead; tables with a heading in each column.
Not covered: whether the words are the right ones, contrast in pictures, and what a cell prints. Look, and listen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["flaws"]

_EMPTY_WORDS = {"here", "click here", "this", "this link", "link", "more", "read more", "page"}
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(["'])\s*\S.*?\1""", re.IGNORECASE | re.DOTALL)


def flaws(texts: Sequence[str]) -> Iterator[str]:
    """What is wrong with the Markdown texts of one page, in their order, a sentence each."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    levels: list[tuple[int, str]] = []
    for text in texts:
        tokens = reader.parse(text)
        for at, token in enumerate(tokens):
            if token.type == "heading_open":
                levels.append((int(token.tag[1]), tokens[at + 1].content))
            elif token.type == "th_open" and not tokens[at + 1].content.strip():
                yield "a column of a table has no heading; name what stands in it"
            elif token.type == "inline":
                yield from _inline_flaws(token.children or [])
            if token.type == "html_block":
                yield from _html_flaws(token.content)
    yield from _heading_flaws(levels)


def _inline_flaws(children: Sequence[object]) -> Iterator[str]:
    link: list[str] | None = None
    for child in children:
        kind, content = getattr(child, "type", ""), getattr(child, "content", "")
        if kind == "image" and not content.strip():
            yield f"the picture {getattr(child, 'attrs', {}).get('src', '')} has no alt text; say what it shows"
        elif kind == "link_open":
            link = []
        elif kind == "link_close":
            words = " ".join("".join(link or []).split())
            if words.lower().strip(".") in _EMPTY_WORDS:
                yield f"a link says only {words!r}; say where it leads"
            link = None
        elif kind == "html_inline":
            yield from _html_flaws(content)
        if link is not None:
            link.append(content)


def _html_flaws(text: str) -> Iterator[str]:
    for image in _IMAGE.findall(text):
        if not _ALT.search(image):
            yield f"the picture {image[:60]} has no alt text; say what it shows"


def _heading_flaws(levels: Sequence[tuple[int, str]]) -> Iterator[str]:
    if not levels or levels[0][0] != 1:
        yield "the page does not begin with a heading of the first level; give it one"
    for (before, _), (level, title) in pairwise(levels):
        if level == 1:
            yield f"the heading {title!r} is a second one of the first level; a page has one"
        elif level > before + 1:
            yield f"the heading {title!r} skips from level {before} to {level}; go down one at a time"
