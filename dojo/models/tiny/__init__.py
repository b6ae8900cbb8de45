"""dojo-tiny: a very small language model, made here from nothing. `card.md` says what it can do.

`python -m dojo.models.tiny all` makes it again: the text it learns from, the tokenizer, the weights, the figures.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["GGUF"]

GGUF = Path(__file__).with_name("dojo-tiny.gguf")
