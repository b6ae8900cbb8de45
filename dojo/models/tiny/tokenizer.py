"""A byte-level BPE tokenizer, trained on the model's own text. Any text can be cut and joined again, byte for byte.

Digits stay single: a sum is then a thing of digits, not of a thousand number words. This is the cut that llama.cpp
calls "smollm", so that the file in the GGUF and this one agree.
"""

from __future__ import annotations

import importlib
from itertools import islice
from typing import Any, Protocol

from dojo.errors import DojoError
from dojo.models.tiny.corpus import training
from dojo.models.tiny.dialogue import CALL, END, START, pieces

__all__ = ["PAD", "SPECIAL", "Encoding", "Tokenizer", "read_tokenizer", "train_tokenizer"]

PAD = "<|endoftext|>"
SPECIAL = (PAD, START, END, *CALL)
VOCABULARY = 1536


class Encoding(Protocol):
    """A text, cut: the tokens' numbers and their spellings."""

    ids: list[int]
    tokens: list[str]


class Tokenizer(Protocol):
    """What this package uses of `tokenizers.Tokenizer`."""

    def encode(self, text: str) -> Encoding: ...
    def decode(self, ids: list[int], skip_special_tokens: bool = True) -> str: ...
    def token_to_id(self, token: str) -> int: ...
    def id_to_token(self, number: int) -> str: ...
    def get_vocab_size(self) -> int: ...
    def to_str(self) -> str: ...


def train_tokenizer(seed: int = 0, dialogues: int = 20_000, vocabulary: int = VOCABULARY) -> Tokenizer:
    """A tokenizer of `vocabulary` tokens, learned in seconds from the first dialogues of the training data."""
    library = _library()
    tokenizer = library.Tokenizer(library.models.BPE())
    cut = library.pre_tokenizers
    tokenizer.pre_tokenizer = cut.Sequence([cut.Digits(individual_digits=True), cut.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = library.decoders.ByteLevel()
    trainer = library.trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(SPECIAL),
        initial_alphabet=sorted(cut.ByteLevel.alphabet()),
        show_progress=False,
    )
    drawn = islice(training(seed, step=-1), dialogues)
    tokenizer.train_from_iterator(("".join(text for text, _ in pieces(one)) for one in drawn), trainer)
    trained: Tokenizer = tokenizer
    return trained


def read_tokenizer(text: str) -> Tokenizer:
    """The tokenizer that `to_str()` wrote."""
    read: Tokenizer = _library().Tokenizer.from_str(text)
    return read


def _library() -> Any:
    try:
        return importlib.import_module("tokenizers")
    except ImportError as missing:
        raise DojoError(
            "The package tokenizers is missing; get it with: pip install 'local-ai-dojo[train]'"
        ) from missing
