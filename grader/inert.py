"""Make what a student wrote or printed fit for a page: it can be read, and it can do nothing.

Covered:
- text: markup stays text; terminal codes go, a progress bar's carriage returns end in its last state; control
  characters and those that turn the reading direction are shown as what they are; half characters are replaced
- length: a long text keeps its beginning and its end, and says how much is missing between them
- prose: Markdown becomes plain structure; HTML in it stays text, its pictures become words, its headings bold lines,
  its links go to http, https and mailto alone
- pictures: PNG alone, whole, and of a size that a browser can unfold
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markupsafe import Markup

__all__ = ["TURNING", "clean", "headline", "one_line", "picture", "prose"]

_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
TURNING = frozenset({*range(0x202A, 0x202F), *range(0x2066, 0x206A)})  # they turn the direction of reading
_JOINERS = ("\u200c", "\u200d")  # within words of some scripts, and within emoji
_LINKS = ("http://", "https://", "mailto:")
_PICTURE = 2 << 20  # bytes
_PIXELS = 24_000_000


def clean(text: object, limit: int = 6_000) -> str:
    """The text with nothing in it but text, at most about `limit` characters long."""
    whole = text if isinstance(text, str) else ""
    # Before anything that costs time for each character: an output may hold megabytes.
    cut = len(whole) - 4 * limit
    if cut > 0:
        whole = f"{whole[: 2 * limit]}\n{whole[-2 * limit :]}"
    whole = _TERMINAL.sub("", whole.replace("\r\n", "\n"))
    whole = "\n".join(_last_state(line) for line in whole.split("\n"))
    whole = "".join(map(_shown, whole))
    missing = max(cut, 0) + max(len(whole) - limit, 0)
    if len(whole) <= limit:
        return whole
    head, tail = whole[: limit * 3 // 4], whole[-limit // 4 :]
    return f"{head}\n... {missing:,} characters are left out here ...\n{tail}"


def _last_state(line: str) -> str:
    """What a terminal shows of a line whose beginning was written over."""
    states = [state for state in line.split("\r") if state]
    return states[-1] if states else ""


def _shown(char: str) -> str:
    if char in "\n\t" or char.isprintable():
        return char
    kind = unicodedata.category(char)
    if kind == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    # Joiners make emoji and many scripts; what turns the direction of reading can make code lie.
    if kind.startswith("Z") or (kind == "Cf" and ord(char) not in TURNING):
        return char
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def one_line(text: str) -> str:
    """A name or a sentence for one line of a terminal: nothing in it moves the cursor or begins another line."""
    kept = [char if not unicodedata.category(char).startswith("C") or char in _JOINERS else "?" for char in text]
    return "".join(kept)


def prose(text: object, limit: int = 10_000) -> Markup:
    """Markdown as harmless HTML."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    tokens = parser.parse(clean(text, limit))
    for token in tokens:
        _tame(token)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # html is off, so it is escaped


def headline(text: object) -> str:
    """The first heading of a Markdown text as plain words, "" if it has none."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("js-default", {"html": False}).parse(clean(text, 20_000))
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            return "".join(child.content for child in inline.children or []).strip()[:200]
    return ""


def picture(data: object) -> str:
    """A PNG's base64 as a `data:` address; "" for anything else."""
    if not isinstance(data, str) or len(data) > _PICTURE * 4 // 3 + 1_000:
        return ""
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    if content[:16] != b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" or len(content) < 33:
        return ""
    wide, high = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if not 0 < wide * high <= _PIXELS:
        return ""
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _tame(token: Token) -> None:
    """Take from one piece of Markdown what could lead elsewhere or break the page's own order of headings."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = "p"
        if token.type == "heading_open":
            token.attrs = {"class": "headline"}
    links: list[bool] = []
    for child in token.children or []:
        if child.type == "image":
            child.type, child.tag, child.attrs = "text", "", {}
            child.content, child.children = f"[picture: {child.content or 'without a description'}]", None
        elif child.type == "link_open":
            href = str(child.attrs.get("href", ""))
            links.append(href.lower().startswith(_LINKS))
            child.tag = "a" if links[-1] else "span"
            child.attrs = {"href": href, "rel": "noopener noreferrer nofollow"} if links[-1] else {}
        elif child.type == "link_close":
            child.tag = "a" if links.pop() else "span"
