"""What dojo-tiny can do, in figures: exact match for each skill on held-out questions, and perplexity.

covered
  - replies come from the GGUF file itself, through llama.cpp, greedy, with no grammar to help
  - an untrained twin (same shape, same file format, weights as they were at the start) stands beside it
not covered
  - perplexity is worked out in PyTorch with the file's own rounded weights: llama.cpp's server scores no given text
  - how people really talk to it: the test questions come from the same generators as the training ones
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.models.tiny.corpus import SKILLS, held_out_set
from dojo.models.tiny.dialogue import Dialogue, prompt_of
from dojo.models.tiny.engine import Engine

if TYPE_CHECKING:
    from dojo.models.tiny.model import TinyLlama
    from dojo.models.tiny.tokenizer import Tokenizer

__all__ = ["FileScore", "exact_match", "machine", "perplexity", "sha256", "speed", "write_scores"]


@dataclass(frozen=True)
class FileScore:
    """One file's figures: right replies and prompts for each skill, perplexity for each skill and over all."""

    right: dict[str, int]
    prompts: dict[str, int]
    perplexity: dict[str, float]


def exact_match(
    file: Path, tokenizer: Tokenizer, count: int, say: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, int], dict[str, int]]:
    """Right replies and prompts for each skill. A reply is right if it is the expected text, letter by letter."""
    right: dict[str, int] = {}
    prompts: dict[str, int] = {}
    with Engine(file) as engine:
        for skill in SKILLS:
            questions = held_out_set(skill, count)
            prompts[skill] = len(questions)
            right[skill] = sum(_is_right(engine, tokenizer, one) for one in questions)
            say(f"{skill}: {right[skill]} of {len(questions)}")
    return right, prompts


def _is_right(engine: Engine, tokenizer: Tokenizer, dialogue: Dialogue) -> bool:
    # A longer reply than the right one is wrong already: no need to wait for its end.
    most = len(tokenizer.encode(dialogue.reply).ids) + 4
    return engine.complete(prompt_of(dialogue), most).text == dialogue.reply


def perplexity(model: TinyLlama, tokenizer: Tokenizer, count: int) -> dict[str, float]:
    """exp(mean cross-entropy in nats) of the assistant's tokens in held-out dialogues, by skill and under "all"."""
    import torch

    from dojo.models.tiny.train import encode, step_loss

    found: dict[str, float] = {}
    losses, guesses = 0.0, 0
    with torch.no_grad():
        for skill in SKILLS:
            loss, guessed = step_loss(model, [encode(one, tokenizer) for one in held_out_set(skill, count)])
            found[skill] = math.exp(float(loss) / guessed)
            losses, guesses = losses + float(loss), guesses + guessed
    found["all"] = math.exp(losses / guesses)
    return found


def speed(file: Path, rounds: int = 9) -> dict[str, float]:
    """Medians over `rounds` greedy replies, one thread: tokens a second, milliseconds for a prompt of 18 tokens."""
    with Engine(file) as engine:
        done = [
            engine.complete("<|im_start|>user\nWhat is 47 + 38?<|im_end|>\n<|im_start|>assistant\n")
            for _ in range(rounds)
        ]
    return {
        "tokens_per_second": round(statistics.median(one.per_second for one in done)),
        "prompt_ms": round(statistics.median(one.first_ms for one in done), 1),
    }


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def machine() -> str:
    """The processor's name and its cores, in words."""
    name = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists():
        names = [
            line.split(":", 1)[1].strip() for line in about.read_text().splitlines() if line.startswith("model name")
        ]
        name = names[0] if names else name
    return f"{name}, {os.cpu_count()} cores"


def write_scores(file: Path, scores: dict[str, Any]) -> None:
    scores = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), **scores}
    file.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
