"""Training dojo-tiny-embed: texts that mean the same get vectors that point the same way.

Contrastive learning (InfoNCE, van den Oord et al. 2018): of all right sides of a batch, each left side must pick its
own. The network is a dojo-tiny of two layers; a text's vector is the mean of its tokens' outputs, as llama.cpp's
pooling "mean" has it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every torch program uses

from dojo.models.tiny.binder import QUERIES, SENTENCES, word_overlap
from dojo.models.tiny.meaning import same_meaning
from dojo.models.tiny.model import Shape, TinyLlama
from dojo.models.tiny.plan import Plan
from dojo.models.tiny.tokenizer import Tokenizer
from dojo.models.tiny.train import optimizers
from dojo.models.tiny.world import World

__all__ = ["SHAPE", "Search", "learn_meaning", "overlap_figures", "pooled", "search_figures"]

SHAPE = Shape(layers=2, context=512)


@dataclass(frozen=True)
class Search:
    """Of fifty questions, how many find their sentence first, and how many among the first three."""

    first: int
    among_three: int


def pooled(model: TinyLlama, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Vectors (texts, width) of length 1: the mean output over each text's own tokens."""
    rows = [tokenizer.encode(text).ids for text in texts]
    length = -(-max(map(len, rows)) // 8) * 8
    tokens = torch.tensor([row + [0] * (length - len(row)) for row in rows])
    counts = torch.tensor([len(row) for row in rows])
    inside = torch.arange(length) < counts[:, None]
    # Padding stands behind a text and attention looks back only: it changes no token that is counted.
    hidden = model(tokens).float() * inside[..., None]
    return F.normalize(hidden.sum(1) / counts[:, None], dim=-1)


def learn_meaning(
    folder: Path,
    tokenizer: Tokenizer,
    steps: int = 700,
    pairs: int = 128,
    rate: float = 3e-3,
    say: Callable[[str], None] = lambda _: None,
) -> TinyLlama:
    """Train for `steps` batches of `pairs` pairs; writes embed.pt and embed-log.jsonl in `folder`."""
    model, plan = TinyLlama(SHAPE), Plan(steps=steps, first=steps, rate=rate, cool_down=0.7, decay=0.0)
    helpers = optimizers(model, plan)
    log, began = folder / "embed-log.jsonl", time.process_time()
    log.write_text("", encoding="utf-8")
    for step in range(steps):
        world = World(Random(f"dojo-tiny-embed/{step}"))
        left, right = zip(*(same_meaning(world) for _ in range(pairs)), strict=True)
        with torch.autocast("cpu", torch.bfloat16):
            both = pooled(model, tokenizer, [*left, *right])
        likeness = both[:pairs] @ both[pairs:].T / 0.05
        own = torch.arange(pairs)
        loss = (F.cross_entropy(likeness, own) + F.cross_entropy(likeness.T, own)) / 2
        loss.backward()  # type: ignore[no-untyped-call]
        for helper in helpers:
            for group in helper.param_groups:
                group["lr"] = plan.rate_at(step)
            helper.step()
            helper.zero_grad(set_to_none=True)
        if (step + 1) % 50 == 0:
            entry = {
                "step": step + 1,
                "loss": round(float(loss.detach()), 4),
                "cpu_seconds": round(time.process_time() - began, 1),
            }
            with log.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(entry) + "\n")
            say(json.dumps(entry))
    torch.save(
        {"model": model.state_dict(), "cpu_seconds": time.process_time() - began, "steps": steps}, folder / "embed.pt"
    )
    return model


def search_figures(embed: Callable[[Sequence[str]], Any]) -> Search:
    """How well vectors find the sentences of `binder.py`."""
    sentences, queries = torch.tensor(embed(SENTENCES)), torch.tensor(embed(QUERIES))
    return _ranked((queries @ sentences.T).tolist())


def overlap_figures() -> Search:
    """The same search by shared words."""
    return _ranked([[word_overlap(query, sentence) for sentence in SENTENCES] for query in QUERIES])


def _ranked(likeness: list[list[float]]) -> Search:
    # A tie counts against the searcher: it could not tell.
    places = [sum(other >= row[own] for other in row) for own, row in enumerate(likeness)]
    return Search(sum(place == 1 for place in places), sum(place <= 3 for place in places))
