"""Which requests have one right answer, and what an answer is kept under.

By Ollama's options a reply is drawn by chance unless `seed` is 0 or more, or `temperature` is 0; vectors never are.
Only then may an answer that was given before stand for a new one.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dojo.door.classroom.asks import Ask
from dojo.door.classroom.rules import LOADING

__all__ = ["cache_key", "full_name", "is_repeatable", "record_key", "recorded_request"]

_VECTORS = ("/api/embed", "/api/embeddings")
_WRITING = ("/api/generate", "/api/chat")


def is_repeatable(ask: Ask) -> bool:
    """Whether the same request is to get the same answer. One that also loads or unloads (keep_alive) must be done."""
    if ask.is_empty or ask.body.get("keep_alive") is not None:
        return False
    if ask.path in _VECTORS:
        return True
    options = ask.body.get("options")
    if ask.path not in _WRITING or not isinstance(options, dict):
        return False
    seed, temperature = options.get("seed"), options.get("temperature")
    has_seed = isinstance(seed, int) and not isinstance(seed, bool) and seed >= 0
    return has_seed or (isinstance(temperature, int | float) and not isinstance(temperature, bool) and temperature == 0)


def cache_key(ask: Ask, digest: str) -> str:
    """The whole request and the model's digest."""
    return _hash([1, ask.path, digest, _sorted(ask.body)])


def recorded_request(body: dict[str, Any]) -> dict[str, Any]:
    """A request without what says how it is answered but not what is asked, so that a recording serves any class."""
    kept = {key: value for key, value in body.items() if key not in ("stream", "keep_alive", "shift")}
    if isinstance(kept.get("options"), dict):
        kept["options"] = {key: value for key, value in kept["options"].items() if key not in LOADING}
    # An empty list or none at all: clients differ, models don't.
    return {key: value for key, value in kept.items() if value not in ([], {}, None, "", False)}


def record_key(path: str, body: dict[str, Any]) -> str:
    """What a recording is found by: the request, whatever the model's digest, streaming or not."""
    asked = recorded_request(body)
    return _hash([1, path, full_name(str(asked.pop("model", ""))).lower(), _sorted(asked)])


def full_name(name: str) -> str:
    """A model's name with its tag, as Ollama lists it."""
    plain = name.removeprefix("registry.ollama.ai/").removeprefix("library/")
    return plain if ":" in plain.rsplit("/", 1)[-1] else f"{plain}:latest"


def _sorted(value: Any, key: str = "") -> Any:
    """With keys in one order, but not in a schema or a tool: there the order is that of the reply."""
    if isinstance(value, dict) and key not in ("format", "tools"):
        return {name: _sorted(value[name], name) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) and key != "tools" else value


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
