"""A request's `options` and `keep_alive`: Ollama's names, types and defaults, and what the engine calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dojo.door.errors import RefusalError

__all__ = ["FOREVER", "Wishes", "look_back", "read_keep_alive", "read_options"]

FOREVER = -1.0
_KEEP_ALIVE = 300.0  # seconds; Ollama's default

_INTEGERS = {
    "num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "draft_num_predict",
    "num_keep", "seed", "num_predict", "top_k", "repeat_last_n",
}  # fmt: skip
_NUMBERS = {
    "top_p", "min_p", "typical_p", "temperature", "repeat_penalty", "presence_penalty", "frequency_penalty",
}  # fmt: skip
# Ollama's defaults, sent with every request: llama.cpp's own differ.
_SAMPLING: dict[str, Any] = {
    "num_keep": 4, "seed": -1, "num_predict": -1, "top_k": 40, "top_p": 0.9, "min_p": 0.0, "typical_p": 1.0,
    "repeat_last_n": 64, "temperature": 0.8, "repeat_penalty": 1.0, "presence_penalty": 0.0, "frequency_penalty": 0.0,
    "stop": [],
}  # fmt: skip
_ENGINE_NAMES = {"num_keep": "n_keep", "num_predict": "n_predict"}
_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True)
class Wishes:
    """Options sorted: `sampling` in the engine's names; the rest decides how the model is loaded (None: not said)."""

    sampling: dict[str, Any]
    num_ctx: int | None
    num_batch: int | None
    num_gpu: int | None
    num_thread: int | None


def read_options(given: Any, of_model: dict[str, Any]) -> Wishes:
    """The request's options over the model's over Ollama's defaults. Unknown names are ignored, as Ollama does;
    raises RefusalError 500 for a wrong type: Ollama's words, and its status."""
    if given is not None and not isinstance(given, dict):
        raise RefusalError(400, "options must be an object")
    said = {name: value for name, value in (given or {}).items() if value is not None}
    wanted = {name: _typed(name, value) for name, value in {**of_model, **said}.items()}
    sampling = {_ENGINE_NAMES.get(name, name): wanted.get(name, value) for name, value in _SAMPLING.items()}
    for name in ("n_predict", "n_keep"):
        sampling[name] = max(sampling[name], -1)
    sampling["seed"] %= 2**32  # -1 becomes the engine's word for "by chance"
    return Wishes(
        sampling, wanted.get("num_ctx"), wanted.get("num_batch"), wanted.get("num_gpu"), wanted.get("num_thread")
    )


def look_back(sampling: dict[str, Any], context: int) -> dict[str, Any]:
    """The sampling with a `repeat_last_n` that the engine can keep: a negative one is the whole context, in tokens."""
    window = sampling["repeat_last_n"]
    return {**sampling, "repeat_last_n": context if window < 0 else min(window, context)}


def read_keep_alive(given: Any) -> float:
    """Seconds; FOREVER for a negative one. Numbers are seconds, texts Go durations such as 1h30m or 500ms."""
    if given is None:
        return _KEEP_ALIVE
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise RefusalError(400, f"keep_alive must be a number of seconds or a duration such as 5m, not {given!r}")
    seconds = _duration(given) if isinstance(given, str) else float(given)
    return FOREVER if seconds < 0 else min(seconds, 1e9)


def _duration(text: str) -> float:
    if re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return float(text)
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+", text):
        raise RefusalError(400, f'time: invalid duration "{text}"')
    parts = re.findall(r"(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)", text)
    return sum(float(number) * _UNITS[unit] for number, unit in parts) * (-1 if text.startswith("-") else 1)


def _typed(name: str, value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in _INTEGERS:
        if not is_number or abs(value) > 2**53:
            raise RefusalError(500, f'option "{name}" must be of type integer')
        return int(value)
    if name in _NUMBERS:
        if not is_number:
            raise RefusalError(500, f'option "{name}" must be of type float32')
        return float(value)
    if name == "stop":
        if isinstance(value, str):  # a Modelfile's single stop word
            return [value]
        if not isinstance(value, list):
            raise RefusalError(500, 'option "stop" must be of type array')
        if not all(isinstance(one, str) for one in value):
            raise RefusalError(500, 'option "stop" must be of an array of strings')
    return value
