"""What a cell prints and shows, checked again on our side: nothing but text and PNG, within its limit.

Covered:
* an output of another kind than text, an error or a PNG; markup, scripts and widgets;
* what a terminal would obey; text that is no UTF-8;
* more than the limit, in bytes or in number; fields of other types than agreed; a picture that is none, or that would
  fill a browser's memory when it unfolds.

Not covered:
* what the text says, and what the picture shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from grader.inert import picture as as_address
from grader.screen import EACH

__all__ = ["plain", "shown", "size"]

_CUT = "\n... the rest of the output is left out\n"
_UNPRINTABLE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINES = 200  # of a traceback


def plain(value: Any, most: int) -> str:
    """`value` if it is a text, without what a terminal would obey, and cut; else nothing."""
    return _UNPRINTABLE.sub("", value[: 4 * most].replace("\r\n", "\n"))[:most] if isinstance(value, str) else ""


def shown(outputs: Any, limit: int) -> tuple[dict[str, Any], ...]:
    """Those of nbformat `outputs` that may be shown, cut to `limit` bytes."""
    found: list[dict[str, Any]] = []
    left = limit
    for output in outputs if isinstance(outputs, list) else ():
        checked = _checked(output, left - EACH) if isinstance(output, dict) else None
        if checked is None or not any(_texts(checked)):
            continue
        cost = size([checked])
        if cost > left:
            found.append({"output_type": "stream", "name": "stderr", "text": _CUT})
            break
        left -= cost
        found.append(checked)
    return tuple(found)


def size(outputs: Iterable[dict[str, Any]]) -> int:
    """The bytes that outputs take, each with something for itself: many small ones make a notebook large too."""
    return sum(EACH + sum(len(text.encode()) for text in _texts(output)) for output in outputs)


def _texts(output: dict[str, Any]) -> list[str]:
    kind = output["output_type"]
    if kind == "stream":
        return [output["text"]]
    if kind == "error":
        return [output["ename"], output["evalue"], *output["traceback"]]
    return list(output["data"].values())


def _checked(output: dict[str, Any], left: int) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _cut(output.get("text"), left)}
    if kind == "error":
        lines = output.get("traceback")
        trace = [plain(line, 10_000) for line in lines[:_LINES]] if isinstance(lines, list) else []
        name, value = plain(output.get("ename"), 200), plain(output.get("evalue"), 2000)
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": trace}
    if kind in ("execute_result", "display_data"):
        data = output.get("data")
        kept = _data(data, left) if isinstance(data, dict) else {}
        if kept:
            found: dict[str, Any] = {"output_type": kind, "data": kept, "metadata": {}}
            return {**found, "execution_count": None} if kind == "execute_result" else found
    return None


def _data(data: dict[str, Any], left: int) -> dict[str, str]:
    kept = {}
    if isinstance(data.get("text/plain"), str):
        kept["text/plain"] = _cut(data["text/plain"], left)
    picture = data.get("image/png")
    if isinstance(picture, str) and len(picture) <= left and as_address(picture):
        kept["image/png"] = picture
    return kept


def _cut(text: Any, left: int) -> str:
    whole = plain(text, max(left, 0) + 1)
    if len(whole.encode()) <= left:
        return whole
    return whole.encode()[: max(0, left - len(_CUT))].decode("utf-8", "ignore") + _CUT
