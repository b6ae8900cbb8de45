"""The cards' figures: what stands between a card's marks is written from TASK-scores.json, never by hand."""

from __future__ import annotations

from typing import Any

from dojo.errors import InternalError
from dojo.models.desk.score import STYLES

__all__ = ["filled", "score_table"]


def filled(card: str, scores: dict[str, Any]) -> str:
    """The card with the figures of `scores` between its pairs of marks."""
    parts = {"facts": _facts(scores), "scores": score_table(scores), "classes": _classes(scores)}
    if "crossings" in scores:
        parts["crossings"] = _crossings(scores["crossings"])
    for name, text in parts.items():
        opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
        if opening not in card or closing not in card:
            raise InternalError(f"The card lacks the marks {opening} and {closing}")
        before, _, rest = card.partition(opening)
        card = f"{before}{opening}\n{text}\n{closing}{rest.partition(closing)[2]}"
    return card


def score_table(scores: dict[str, Any]) -> str:
    """mAP of each measure on each style, as the card shows it."""
    lines = ["| Pictures | Measure | mAP50 | mAP50-95 |", "|---|---|---:|---:|"]
    for style in STYLES:
        for measure, found in scores[style].items():
            lines.append(f"| {style} | {measure} | {found['mAP50']:.3f} | {found['mAP50-95']:.3f} |")
    return "\n".join(lines)


def _facts(scores: dict[str, Any]) -> str:
    done, speed = scores["training"], scores["speed"]
    lines = ["| | |", "|---|---|", f"| Parameters | {scores['parameters']:,} |"]
    lines += [f"| `{name}` | {size:,} bytes |" for name, size in scores["files"].items()]
    lines += [
        f"| Trained on | {done['pictures']:,} drawn pictures, {done['passes']} passes, {done['seen']:,} looks |",
        f"| Trained for | {done['cpu_seconds']:,} CPU seconds ({done['cpu_seconds'] / 60:.0f} minutes of one core) |",
        f"| Machine | {scores['machine']} |",
        f"| Speed, one core, network alone | {speed['ONNX Runtime']} ms a picture in ONNX Runtime, "
        f"{speed['OpenCV']} ms in OpenCV |",
        f"| Measured on | {scores['date']}, {scores['pictures']} pictures of each style |",
    ]
    return "\n".join(lines)


def _classes(scores: dict[str, Any]) -> str:
    """mAP50-95 of each class, by style and measure."""
    columns = [(style, measure) for style in STYLES for measure in scores[style]]
    head = " | ".join(f"{style}, {measure}" for style, measure in columns)
    lines = [f"| Class | {head} |", "|---|" + "---:|" * len(columns)]
    for name in scores[STYLES[0]][columns[0][1]]["classes"]:
        cells = [scores[style][measure]["classes"].get(name) for style, measure in columns]
        shown = " | ".join("-" if one is None else f"{one['mAP50']:.3f} / {one['mAP50-95']:.3f}" for one in cells)
        lines.append(f"| {name} | {shown} |")
    return "\n".join(lines)


def _crossings(rows: list[dict[str, Any]]) -> str:
    lines = ["| Clip | To the left, found / true | To the right, found / true |", "|---|---:|---:|"]
    for row in rows:
        cells = [f"{row['found'][way]} / {row['true'][way]}" for way in ("left", "right")]
        lines.append(f"| {row['story']}, seed {row['seed']} | {' | '.join(cells)} |")
    return "\n".join(lines)
