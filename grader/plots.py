"""Two plots as SVG that stands inside a page: columns for how many, bars for how much.

Each has a title that says it in words; the numbers stand in a table beside it. Colours come from the page's own style,
so that they follow it into the dark and onto paper, and every bar carries its value in writing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["bars", "bins", "columns"]

_WIDE = 640
_MOST_BINS = 15
_LABEL = 34  # characters beside a bar


def bins(values: Sequence[float], most: float) -> list[tuple[str, str, int]]:
    """(short label, label in words, how many) of equal ranges of points from 0 to `most`; what is more counts in the
    last."""
    width = max(1, math.ceil(max(most, 1) / _MOST_BINS))
    count = max(1, math.ceil(max(most, 1) / width))
    # Full points fill a range of their own only where it ends at them.
    counts = [0] * count
    for value in values:
        counts[min(count - 1, max(0, int(value / width + 1e-9)))] += 1
    found = []
    for at, number in enumerate(counts):
        low, high = at * width, (at + 1) * width
        words = f"{low} to {most:g}" if at == count - 1 else f"{low} to below {high}"
        found.append((str(low), words, number))
    return found


def columns(name: str, title: str, values: Sequence[tuple[str, int]]) -> Markup:
    """A column for each (label, count). `name` is used for ids in the page."""
    high, base = 150, 175
    top = max([count for _, count in values] or [0]) or 1
    step = _WIDE / max(1, len(values))
    parts = [f'<line class="axis" x1="0" y1="{base}" x2="{_WIDE}" y2="{base}"/>']
    for at, (label, count) in enumerate(values):
        tall, x = high * count / top, at * step
        middle = x + step / 2
        if count:
            y, wide = base - tall, step * 0.8
            parts.append(
                f'<rect class="bar" x="{x + step * 0.1:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
                f'<text x="{middle:.1f}" y="{y - 5:.1f}" text-anchor="middle">{count}</text>'
            )
        parts.append(f'<text x="{middle:.1f}" y="{base + 18}" text-anchor="middle">{_text(label)}</text>')
    return _svg(name, title, base + 26, parts)


def bars(name: str, title: str, values: Sequence[tuple[str, float | None, str]], signed: bool = False) -> Markup:
    """A bar for each (label, value, value in words) from 0 to 1, or from -1 to 1 where they are `signed`; None has no
    bar."""
    row, left = 30, 270
    room = _WIDE - left - 50
    zero = left + room / 2 if signed else left
    scale = room / 2 if signed else room
    parts = []
    for at, (label, value, words) in enumerate(values):
        y = at * row + 8
        shown = label if len(label) <= _LABEL else f"{label[: _LABEL - 2]} …"
        parts.append(f'<text x="0" y="{y + 14}">{_text(shown)}</text>')
        length = scale * (value or 0.0)
        if value:
            parts.append(
                f'<rect class="bar" x="{min(zero, zero + length):.1f}" y="{y}" width="{abs(length):.1f}" height="18"/>'
            )
        parts.append(f'<text x="{max(zero, zero + length) + 6:.1f}" y="{y + 14}">{_text(words)}</text>')
    tall = len(values) * row + 10
    parts.append(f'<line class="axis" x1="{zero:.1f}" y1="0" x2="{zero:.1f}" y2="{tall}"/>')
    return _svg(name, title, tall, parts)


def _svg(name: str, title: str, tall: float, parts: Sequence[str]) -> Markup:
    from markupsafe import Markup

    return Markup(
        f'<svg viewBox="0 0 {_WIDE} {tall:.0f}" role="img" aria-labelledby="{_text(name)}">'
        f'<title id="{_text(name)}">{_text(title)}</title>{"".join(parts)}</svg>'
    )


def _text(words: str) -> str:
    from markupsafe import escape

    from grader.inert import clean

    return str(escape(clean(words, 200)))
