"""An answer as it went out: status, kind and bytes, in the pieces in which a stream replays."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.types import Send

from dojo.door.chat import join_lines

__all__ = ["NDJSON", "Given", "from_lines", "from_raw", "lines_of", "send_start"]

NDJSON = "application/x-ndjson"


@dataclass(frozen=True)
class Given:
    """A whole answer; `parts` are the lines of a stream, or one piece."""

    status: int
    kind: str
    parts: tuple[bytes, ...]

    @property
    def raw(self) -> bytes:
        return b"".join(self.parts)

    @property
    def is_stream(self) -> bool:
        return self.kind.startswith(NDJSON)

    @property
    def is_complete(self) -> bool:
        """Whether it is what the model's server gives when all went well, to its end."""
        if self.status != 200 or not self.parts:
            return False
        try:
            lines = [json.loads(part) for part in self.parts]
        except ValueError:
            return False
        if not all(isinstance(line, dict) and "error" not in line for line in lines):
            return False
        return lines[-1].get("done") is True or "embeddings" in lines[-1] or "embedding" in lines[-1]


def from_raw(status: int, kind: str, raw: bytes) -> Given:
    """The answer in these bytes, cut where its stream was."""
    parts = io.BytesIO(raw).readlines() if kind.startswith(NDJSON) else [raw]
    return Given(status, kind, tuple(parts))


def lines_of(given: Given) -> list[dict[str, Any]]:
    """A complete answer's JSON objects."""
    return [json.loads(part) for part in given.parts]


def from_lines(lines: Sequence[dict[str, Any]], stream: bool) -> Given:
    """The answer that says these lines, in pieces or in one, whichever is asked for."""
    if not stream:
        whole = join_lines(list(lines)) if len(lines) > 1 else lines[0]
        return Given(200, "application/json; charset=utf-8", (_text(whole),))
    pieces = _split(lines[0]) if len(lines) == 1 else list(lines)
    return Given(200, NDJSON, tuple(_text(piece) + b"\n" for piece in pieces))


async def send_start(send: Send, status: int, kind: str, headers: list[tuple[bytes, bytes]]) -> None:
    named = [(b"content-type", kind.encode("latin-1", "replace"))] if kind else []
    await send({"type": "http.response.start", "status": status, "headers": [*named, *headers]})


def _split(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """A reply that came in one piece, as Ollama streams one: what it says, then an empty end with the numbers."""
    first: dict[str, Any] = {key: whole[key] for key in ("model", "created_at") if key in whole}
    last = dict(whole)
    if "message" in whole:
        first["message"] = whole["message"]
        last["message"] = {"role": "assistant", "content": ""}
    else:
        for key in ("response", "thinking"):
            if key in whole:
                first[key], last[key] = whole[key], ""
        last.pop("thinking", None)
    if "logprobs" in whole:
        first["logprobs"] = last.pop("logprobs")
    return [{**first, "done": False}, last]


def _text(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
