"""What a class's rules change in a student's request, each change told in a header; what they refuse.

Options that decide how a model is loaded would reload it for everybody, so they are taken out, or `num_ctx` is the
teacher's. The length of a reply is bounded, and so is the text of a request. The teacher's own requests pass as they
are; only one that says nothing of `num_ctx` gets the class's, for it would reload the model too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dojo.door.classroom.asks import Ask, text_bytes
from dojo.door.classroom.settings import Settings
from dojo.door.errors import RefusalError
from dojo.door.wire import dump

__all__ = ["LOADING", "apply_context", "apply_rules"]

LOADING = frozenset(
    {
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "use_mmap", "draft_num_predict",
        "numa", "low_vram", "f16_kv", "logits_all", "vocab_only", "use_mlock", "embedding_only",
    }
)  # fmt: skip
_WRITING = ("/api/generate", "/api/chat")
_LENGTHS = {  # how the other dialects call the longest reply
    "/v1/chat/completions": ("max_tokens", "max_completion_tokens"),
    "/v1/completions": ("max_tokens",),
    "/v1/responses": ("max_output_tokens",),
    "/v1/messages": ("max_tokens",),
}


def apply_rules(ask: Ask, rules: Settings, own_length: int | None) -> tuple[Ask, list[str]]:
    """The request as the class allows it, and what was changed, a few words each. `own_length` is the model's own
    num_predict. Raises RefusalError 413 for too long a text, 400 for options that are none."""
    if (size := text_bytes(ask.body)) > rules.prompt_kb * 1024:
        raise RefusalError(
            413,
            f"the text of this request has {-(-size // 1024)} KB, and this class allows {rules.prompt_kb} KB; "
            "send less, or in parts",
        )
    body, changes = dict(ask.body), []
    if ask.path.startswith("/v1/"):
        changes += _bound_dialect(ask.path, body, rules)
    else:
        for key in ("keep_alive", "shift"):
            if body.pop(key, None) is not None:
                changes.append(f"{key} removed")
        changes += _bound_options(ask, body, rules, own_length)
    return (replace(ask, raw=dump(body), body=body) if changes else ask), changes


def apply_context(ask: Ask, rules: Settings) -> tuple[Ask, list[str]]:
    """A teacher's request with the class's num_ctx where it names none."""
    options = ask.body.get("options") or {}
    if not rules.num_ctx or ask.path.startswith("/v1/") or not isinstance(options, dict) or "num_ctx" in options:
        return ask, []
    body = {**ask.body, "options": {**options, "num_ctx": rules.num_ctx}}
    return replace(ask, raw=dump(body), body=body), [f"num_ctx {rules.num_ctx}"]


def _bound_options(ask: Ask, body: dict[str, Any], rules: Settings, own_length: int | None) -> list[str]:
    given = body.get("options")
    if given is not None and not isinstance(given, dict):
        raise RefusalError(400, "options must be an object")
    options = {key: value for key, value in (given or {}).items() if key not in LOADING}
    changes = [f"{key} removed" for key in (given or {}) if key in LOADING and (key != "num_ctx" or not rules.num_ctx)]
    if rules.num_ctx:
        options["num_ctx"] = rules.num_ctx
        if (given or {}).get("num_ctx") != rules.num_ctx:
            changes.append(f"num_ctx {rules.num_ctx}")
    if ask.path in _WRITING and not ask.is_empty:
        asked = options.get("num_predict")
        wanted = own_length if asked is None else asked
        if not _within(wanted, rules.num_predict):
            options["num_predict"] = rules.num_predict
            changes.append(f"num_predict {rules.num_predict}")
    if changes:
        body["options"] = options
    return changes


def _bound_dialect(path: str, body: dict[str, Any], rules: Settings) -> list[str]:
    names = _LENGTHS.get(path, ())
    given = [name for name in names if body.get(name) is not None]
    wrong = [name for name in given or names[:1] if not _within(body.get(name), rules.num_predict)]
    for name in wrong:
        body[name] = rules.num_predict
    return [f"{name} {rules.num_predict}" for name in wrong]


def _within(value: Any, most: int) -> bool:
    """Whether it is a length that the class allows. What is no number is the model's server to refuse."""
    if value is None:
        return False
    return not isinstance(value, int | float) or isinstance(value, bool) or 0 <= value <= most
