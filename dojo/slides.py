"""Slides out of a lesson's own text, so that what is shown in class can't drift from what is read.

A `##` or `###` section becomes a slide: its heading, the first sentence and what its list names, its picture, its code
where that is short enough for a projector. A limits box becomes a slide of its own. The page is one file, needs no
network, moves with the arrow keys, and prints a slide a page.
"""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dojo import catalog
from dojo.catalog import Lesson

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Slide", "read_slides", "slides_page"]

_LINES, _WORDS, _CODE = 4, 34, 12  # what an eye at the back of the room takes in
_EXPECT = re.compile(r"I expect", re.IGNORECASE)


@dataclass
class Slide:
    """One slide: `lines`, `expect` and `after` (what is said after a prediction) are HTML, `pictures` pairs of path and
    alt text, `example` names the cell."""

    title: str
    lines: list[str] = field(default_factory=list)
    code: str = ""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    expect: str = ""
    example: str = ""
    after: list[str] = field(default_factory=list)


def read_slides(lesson: Lesson) -> list[Slide]:
    """The lesson's slides, from its title to the lab that follows."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(lesson.source.read_text(encoding="utf-8"))
    slides: list[Slide] = []
    cell, at = 0, 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open":
            slides.append(Slide(_inline(tokens[at + 1])))
            at += 3
        elif token.type == "blockquote_open":
            end = _closing(tokens, at)
            slides.append(_box([one for one in tokens[at:end] if one.type == "inline"]))
            # What follows the box belongs to its section again.
            slides.append(Slide(slides[-2].title)) if len(slides) > 1 else None
            at = end + 1
        else:
            cell += token.type == "fence" and token.info.startswith("python")
            if slides:
                _take(slides[-1], tokens, at, cell)
            at += 1
    if len(slides) > 1 and slides[-1].title.startswith("Now"):
        slides.pop()  # the lab's own slide says it
    slides = [one for one in slides if one.lines or one.after or one.code or one.pictures]
    return [*slides, _last(lesson)]


def slides_page(lesson: Lesson) -> str:
    """The whole deck as one HTML page."""
    slides = read_slides(lesson)
    body = "\n".join(_render(one, number, len(slides), lesson) for number, one in enumerate(slides, start=1))
    return _FRAME.format(title=slides[0].title, body=body)


def _take(slide: Slide, tokens: Sequence[Token], at: int, cell: int) -> None:
    """Put one token on the slide, as far as there is room."""
    token = tokens[at]
    if token.type == "fence":
        lines = token.content.rstrip().splitlines()
        if not slide.code and len(lines) <= _CODE:
            slide.code = "\n".join(lines)
        if token.info.startswith("python") and not slide.example:
            slide.example = f"cell {cell}"
    elif token.type == "inline" and tokens[at - 1].type != "th_open" and tokens[at - 1].type != "td_open":
        for one in token.children or []:
            if one.type == "image":
                slide.pictures.append((str(one.attrs["src"]), one.content))
        text = _inline(token)
        if _EXPECT.search(text):
            slide.expect = slide.expect or _sentence(text, _EXPECT)
        elif text and (not (slide.after if slide.expect else slide.lines) or tokens[at - 1].level >= 2):
            for line in [_lead(text)] if tokens[at - 1].level >= 2 else _sentences(text)[:2]:
                _add(slide, line)


def _add(slide: Slide, line: str) -> None:
    there = [*slide.lines, *slide.after]
    used = sum(len(_plain(one).split()) for one in there)
    if len(there) < _LINES and (not there or used + len(_plain(line).split()) <= _WORDS):
        (slide.after if slide.expect else slide.lines).append(line)


def _box(inlines: Sequence[Token]) -> Slide:
    """A box: its bold beginning is the title, its sentences are the lines."""
    text = " ".join(_inline(one) for one in inlines)
    match = re.match(r"<strong>(.+?)\.?</strong>\s*(.*)", text, re.DOTALL)
    title, rest = (match[1], match[2]) if match else ("Mind", text)
    return Slide(title, re.split(r"(?<=[.!?])\s+", rest.strip())[:_LINES])


def _last(lesson: Lesson) -> Slide:
    labs = [lab for lab in catalog.labs() if lab.number == lesson.number]
    if not labs:
        return Slide("Questions?", ["Bow out."])
    about = catalog.about(labs[0])
    rows = [html.escape(_unmarked(about.rows[name])) for name in ("You build",)]
    return Slide(f"Now you: lab {lesson.number}", [*rows, f"{about.rows['Minutes']} minutes"], example=labs[0].name)


def _closing(tokens: Sequence[Token], at: int) -> int:
    return next(i for i in range(at, len(tokens)) if tokens[i].type == "blockquote_close")


def _inline(token: Token) -> str:
    """An inline token as HTML of text, code and emphasis; pictures and links leave their words, or nothing."""
    out = []
    for one in token.children or []:
        if one.type in ("text", "code_inline"):
            text = html.escape(one.content)
            out.append(f"<code>{text}</code>" if one.type == "code_inline" else text)
        elif one.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif one.type in ("strong_open", "strong_close", "em_open", "em_close"):
            out.append(f"<{'/' if one.nesting < 0 else ''}{one.tag}>")
    return "".join(out).strip()


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:])\s+(?=[A-Z<`*])", text)


def _lead(text: str) -> str:
    """What a list's item names: its bold beginning where that is a sentence, else its first sentence."""
    match = re.match(r"<strong>(.+?[.:])</strong>", text)
    return f"<strong>{match[1]}</strong>" if match else _sentences(text)[0]


def _sentence(text: str, pattern: re.Pattern[str]) -> str:
    """The sentence that matches."""
    return next(one for one in re.split(r"(?<=[.!?])\s+(?=[A-Z<*])", text) if pattern.search(one))


def _plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


def _unmarked(text: str) -> str:
    return text.replace("`", "").replace("**", "")


def _render(slide: Slide, number: int, total: int, lesson: Lesson) -> str:
    level = "h1" if number == 1 else "h2"
    parts = [f"<{level}>{slide.title}</{level}>"]
    parts.append(_list(slide.lines))
    parts += [_figure(lesson.source.parent / path, alt) for path, alt in slide.pictures[:1]]
    if slide.expect:
        parts.append(f'<p class="expect">{slide.expect}</p>')
    if slide.code:
        parts.append(f"<pre tabindex=0><code>{html.escape(slide.code)}</code></pre>")
    parts.append(_list(slide.after))
    example = f"Example: {html.escape(slide.example)}" if slide.example else ""
    parts.append(f"<footer><span>{example}</span><span>{number} of {total}</span></footer>")
    return f'<section class="slide" id="s{number}" aria-label="Slide {number}">{"".join(parts)}</section>'


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>" if lines else ""


def _figure(path: Path, alt: str) -> str:
    """The picture inside the page; one that is elsewhere is left to its words."""
    words = html.escape(alt, quote=True)
    if not path.is_file():
        return f"<p>{words}</p>"
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    data = base64.b64encode(path.read_bytes()).decode()
    return f'<img src="data:{kind};base64,{data}" alt="{words}">'


_FRAME = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
html {{ scroll-snap-type: y mandatory; }}
body {{ margin: 0; font: clamp(20px, 2.6vw, 40px)/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff; }}
.slide {{
  box-sizing: border-box; min-height: 100vh; padding: 4vh 6vw 2vh; display: flex; flex-direction: column;
  scroll-snap-align: start; break-after: page;
}}
h1, h2 {{
  font-size: 1.6em; line-height: 1.2; margin: 0 0 .5em; padding-bottom: .2em; border-bottom: .12em solid #b3261e;
}}
ul {{ margin: 0 0 .6em; padding-left: 1.1em; }}
li {{ margin: .25em 0; }}
img {{ max-width: 100%; max-height: 40vh; object-fit: contain; align-self: flex-start; }}
pre {{
  font-size: .62em; background: #f3f3f3; border-left: .3em solid #767676; padding: .7em; overflow-x: auto;
  margin: 0 0 1em;
}}
.expect {{ border: .1em dashed #595959; padding: .4em .6em; font-style: italic; margin: .2em 0 .8em; }}
footer {{
  margin-top: auto; padding-top: .6em; display: flex; justify-content: space-between; font-size: .5em; color: #595959;
}}
@media print {{ @page {{ size: A4 landscape; margin: 0; }} body {{ font-size: 20pt; }} }}
</style>
<main>
{body}
</main>
<script>
addEventListener("keydown", (event) => {{
  const step = {{ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1}}[event.key];
  if (!step) return;
  event.preventDefault();
  const slides = [...document.querySelectorAll(".slide")];
  const now = slides.findIndex((slide) => slide.getBoundingClientRect().bottom > innerHeight / 2);
  slides[Math.min(Math.max(now + step, 0), slides.length - 1)].scrollIntoView();
}});
</script>
</html>
"""
