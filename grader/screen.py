"""What a cell prints and shows, kept as notebook outputs: plain text and PNG pictures, cleaned and never too much.

Covered:
* streams in their order, neighbours of one name joined; a progress bar's line keeps its last state;
* of what is displayed, text/plain and image/png alone; other markup goes in favour of its text;
* an update of a display replaces it, clear_output clears;
* terminal codes, control characters, lone surrogates and addresses (0x7f...) are cleaned away, so that equal runs give
  equal bytes;
* more than the limit is cut, with a line that says so.

Not covered:
* code in the same process that reaches in here and puts what it likes: whoever takes the outputs checks them again.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import threading
from collections.abc import Mapping
from typing import Any

__all__ = ["EACH", "Recorder", "Screen", "clean"]

_TERMINAL = re.compile(
    r"\x1b\[[0-9;:?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{7,16}\b")
_PNG = b"\x89PNG\r\n\x1a\n"
_ERROR_LINES = 200
# Bytes that an output counts for beside its text: in a notebook each is an object of its own, and a thousand small
# ones fill a page as one large one does.
EACH = 100


def clean(text: str) -> str:
    """The text without what a terminal would obey, without addresses, and writable as UTF-8."""
    text = _TERMINAL.sub("", text).encode("utf-8", "replace").decode("utf-8")
    return _ADDRESS.sub("0x0", text)


class Recorder:
    """The outputs of one cell. `limit` is in bytes of text and of pictures together."""

    def __init__(self, limit: int) -> None:
        self._limit, self._used = limit, 0
        self._outputs: list[dict[str, Any]] = []
        self._displays: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        self._clear_next = False
        self.full = False

    def write(self, name: str, text: str) -> None:
        """Add to a stream."""
        with self._lock:
            self._clear_if_due()
            last = self._outputs[-1] if self._outputs else None
            same = last is not None and last["output_type"] == "stream" and last["name"] == name
            if not same and not (text and self._room_for_one_more()):
                return
            text = self._fitting(text)
            if last is not None and same:
                last["parts"].append(text)
            else:
                self._outputs.append({"output_type": "stream", "name": name, "parts": [text]})

    def show(self, data: Mapping[str, Any], count: int | None = None, name: str = "", update: bool = False) -> None:
        """Add a display, or with `count` a cell's last value; `name` is its display id, to update it later."""
        with self._lock:
            self._clear_if_due()
            kept = self._kept(data)
            if update and name in self._displays:
                self._displays[name]["data"] = kept
                return
            if not kept or update or not self._room_for_one_more():
                return
            output: dict[str, Any] = {"output_type": "display_data", "data": kept, "metadata": {}}
            if count is not None:
                output |= {"output_type": "execute_result", "execution_count": count}
            if name:
                self._displays[name] = output
            self._outputs.append(output)

    def error(self, kind: str, text: str, lines: list[str]) -> None:
        """Add an error; `lines` are its traceback."""
        with self._lock:
            kind, text = clean(kind)[:200], clean(text)[:2000]
            shown = [self._fitting(clean(str(line))) for line in lines[:_ERROR_LINES]]
            self._outputs.append({"output_type": "error", "ename": kind, "evalue": text, "traceback": shown})

    def clear(self, wait: bool = False) -> None:
        """Forget what was shown so far, at once or when the next output comes."""
        with self._lock:
            self._clear_next = True
            if not wait:
                self._clear_if_due()

    def outputs(self) -> list[dict[str, Any]]:
        """What was kept, as nbformat has it."""
        with self._lock:
            done = [_finished(output) for output in self._outputs]
            if self.full:
                done.append({"output_type": "stream", "name": "stdout", "text": self._cut_line()})
            return [output for output in done if output.get("text", " ") or output.get("data")]

    def text(self) -> str:
        """All that was printed, as one text."""
        with self._lock:
            return "".join("".join(one["parts"]) for one in self._outputs if one["output_type"] == "stream")

    def _room_for_one_more(self) -> bool:
        if self._used + EACH > self._limit:
            self.full = True
            return False
        self._used += EACH
        return True

    def _cut_line(self) -> str:
        return f"[Cut here: this cell showed more than {self._limit} bytes.]\n"

    def _fitting(self, text: str) -> str:
        """As much of the text as there is room for."""
        room = self._limit - self._used
        if room <= 0:
            self.full = self.full or bool(text)
            return ""
        data = text[:room].encode("utf-8", "replace")
        if len(data) > room or len(text) > room:
            self.full = True
            text = data[:room].decode("utf-8", "ignore")
        self._used += min(len(data), room)
        return text

    def _kept(self, data: Mapping[str, Any]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        text = data.get("text/plain")
        if isinstance(text, str):
            kept["text/plain"] = self._fitting(clean(text))
        picture = _png(data.get("image/png"))
        if picture:
            if len(picture) <= self._limit - self._used:
                self._used += len(picture)
                kept["image/png"] = picture
            else:
                self.full = True
        return kept

    def _clear_if_due(self) -> None:
        if self._clear_next:
            self._clear_next = False
            self._outputs.clear()
            self._displays.clear()
            self._used, self.full = 0, False


class Screen:
    """Takes the place of sys.stdout and sys.stderr: what is written goes to the recorder of the cell that runs."""

    def __init__(self) -> None:
        self.recorder: Recorder | None = None
        self.stdout, self.stderr = _Stream(self, "stdout"), _Stream(self, "stderr")

    def write(self, name: str, text: str) -> None:
        recorder = self.recorder
        if recorder is not None:
            recorder.write(name, text)


class _Stream(io.TextIOBase):
    """One of the two streams; a cell that closes it closes nothing."""

    def __init__(self, screen: Screen, name: str) -> None:
        self._screen, self._name = screen, name

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        return "utf-8"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._screen.write(self._name, text)
        return len(text)

    def close(self) -> None:
        """Stay open for the cells that follow."""


def _finished(output: dict[str, Any]) -> dict[str, Any]:
    if output["output_type"] != "stream":
        return output
    text = "".join(output["parts"])
    if "\r" in text:
        text = "\n".join(_after_returns(line) for line in text.split("\n"))
    return {"output_type": "stream", "name": output["name"], "text": clean(text)}


def _after_returns(line: str) -> str:
    """What a line shows once each carriage return has taken the writer back to its start."""
    return next((part for part in reversed(line.split("\r")) if part), "")


def _png(data: Any) -> str:
    """A picture as base64 text, "" where it is none."""
    if isinstance(data, str):
        try:
            data = base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            return ""
    if not isinstance(data, bytes) or not data.startswith(_PNG):
        return ""
    return base64.b64encode(data).decode("ascii")
