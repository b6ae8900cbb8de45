"""How the door says no: Ollama's shape, `{"error": "one sentence"}`, with Ollama's status and its words."""

from __future__ import annotations

__all__ = ["BUSY", "TOO_LONG", "EngineError", "RefusalError", "as_refusal", "missing"]

BUSY = "server busy, please try again.  maximum pending requests exceeded"  # Ollama's text, two spaces and all
TOO_LONG = "the input length exceeds the context length"


class RefusalError(Exception):
    """An answer that is an error: `status` is the HTTP status, the text what the client reads in `error`."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class EngineError(Exception):
    """The engine could not: HTTP `status`, llama.cpp's `kind` of error (`loading` and `died` are ours), its words."""

    def __init__(self, status: int, kind: str, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.kind = kind


def missing(name: str) -> RefusalError:
    """No model has this name."""
    return RefusalError(404, f"model '{name}' not found")


def as_refusal(fault: EngineError) -> RefusalError:
    """What the client hears when the engine could not."""
    if fault.kind == "exceed_context_size_error":
        return RefusalError(400, TOO_LONG)
    return RefusalError(fault.status if 400 <= fault.status < 600 else 500, str(fault))
