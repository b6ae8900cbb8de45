"""What a verb says beside its result: to stderr, so that a pipe gets the result alone."""

from __future__ import annotations

import sys

__all__ = ["remark", "say"]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def remark(text: str) -> None:
    if text:
        say(f"dojo: {text}")
