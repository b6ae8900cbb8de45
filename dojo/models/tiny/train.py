"""Training from nothing: draw dialogues, guess the assistant's tokens, mend the weights; resumable at any time.

covered
  - a run that is killed goes on from its last checkpoint and ends with the weights of a run that was not
  - the data of a step depends on the seed and the step alone, never on what ran before
  - the log says for each fifty steps: tokens read, loss, learning rate, CPU seconds
not covered
  - equal weights on other processors: sums of floats round differently there; test behaviour, not bytes
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every torch program uses

from dojo.models.tiny.corpus import training
from dojo.models.tiny.dialogue import Dialogue, pieces
from dojo.models.tiny.model import Shape, TinyLlama
from dojo.models.tiny.plan import Plan
from dojo.models.tiny.tokenizer import Tokenizer

__all__ = ["Row", "encode", "learn", "load_checkpoint", "step_loss"]

_SAVE_EVERY = 60.0  # seconds
_LOG_EVERY = 50  # steps


@dataclass(frozen=True)
class Row:
    """One dialogue as token ids, and which of them the assistant wrote."""

    tokens: list[int]
    taught: list[bool]


def encode(dialogue: Dialogue, tokenizer: Tokenizer) -> Row:
    tokens: list[int] = []
    taught: list[bool] = []
    for text, own in pieces(dialogue):
        ids = tokenizer.encode(text).ids
        tokens += ids
        taught += [own] * len(ids)
    return Row(tokens, taught)


def learn(
    folder: Path,
    shape: Shape,
    plan: Plan,
    tokenizer: Tokenizer,
    seconds: float | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> TinyLlama:
    """Train until the plan's last step, or for `seconds` of wall time; goes on from the checkpoint in `folder`.

    Writes checkpoint.pt and log.jsonl there, the checkpoint once a minute. Ctrl-C in the middle of a step leaves the
    last one as it was: a half-made step is never saved.
    """
    model = TinyLlama(shape, plan.seed)
    helpers = optimizers(model, plan)
    state: dict[str, Any] = {"step": 0, "tokens": 0, "documents": 0, "cpu_seconds": 0.0}
    file, log = folder / "checkpoint.pt", folder / "log.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    if file.exists():
        saved = load_checkpoint(file)
        model.load_state_dict(saved["model"])
        for helper, kept in zip(helpers, saved["helpers"], strict=True):
            helper.load_state_dict(kept)
        state = saved["state"]
        _cut_log(log, state["step"])
        say(f"Going on from step {state['step']}.")
    began, saved_at, cpu = time.monotonic(), time.monotonic(), time.process_time()

    def save() -> None:
        nonlocal cpu
        state["cpu_seconds"] += time.process_time() - cpu
        cpu = time.process_time()
        kept = {"model": model.state_dict(), "helpers": [one.state_dict() for one in helpers], "state": state,
                "shape": asdict(shape), "plan": asdict(plan)}  # fmt: skip
        torch.save(kept, file.with_suffix(".new"))
        file.with_suffix(".new").replace(file)

    losses: list[float] = []
    while state["step"] < plan.steps and (seconds is None or time.monotonic() - began < seconds):
        rate = plan.rate_at(state["step"])
        for helper in helpers:
            for group in helper.param_groups:
                group["lr"] = rate
        rows = list(_rows(plan, state["step"], tokenizer))
        losses.append(_one_step(model, helpers, rows, plan))
        state["step"] += 1
        state["tokens"] += sum(len(row.tokens) for row in rows)
        state["documents"] += len(rows)
        if state["step"] % _LOG_EVERY == 0 or state["step"] == plan.steps:
            spent = state["cpu_seconds"] + time.process_time() - cpu
            entry = {**state, "loss": round(sum(losses) / len(losses), 4), "rate": round(rate, 6),
                     "cpu_seconds": round(spent, 1)}  # fmt: skip
            with log.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(entry) + "\n")
            say(json.dumps(entry))
            losses.clear()
        if time.monotonic() - saved_at > _SAVE_EVERY:
            save()
            saved_at = time.monotonic()
    save()
    return model


def optimizers(model: TinyLlama, plan: Plan) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers (Jordan 2024), AdamW for the embedding and the norms."""
    inside = [weight for name, weight in model.named_parameters() if weight.dim() == 2 and "embedding" not in name]
    others = [weight for name, weight in model.named_parameters() if weight.dim() != 2 or "embedding" in name]
    adam: dict[str, Any] = {"lr": plan.rate, "betas": (0.9, 0.98), "fused": True}
    if not plan.muon:
        return [
            torch.optim.AdamW(
                [{"params": inside, "weight_decay": plan.decay}, {"params": others, "weight_decay": 0.0}], **adam
            )
        ]
    muon = torch.optim.Muon(inside, lr=plan.rate, weight_decay=plan.decay, adjust_lr_fn="match_rms_adamw")
    return [muon, torch.optim.AdamW(others, weight_decay=0.0, **adam)]


def load_checkpoint(file: Path) -> dict[str, Any]:
    """What `learn` saved: plain tensors and numbers only, so a checkpoint from elsewhere can run no code."""
    loaded: dict[str, Any] = torch.load(file, weights_only=True)
    return loaded


def step_loss(model: TinyLlama, rows: list[Row]) -> tuple[Tensor, int]:
    """Summed cross-entropy (in nats) of the assistant's tokens in these rows, and how many they are."""
    # Lengths in steps of 16: the matrix library keeps a plan for each shape it meets, and its memory is not for free.
    length = -(-max(len(row.tokens) for row in rows) // 16) * 16 + 1
    tokens = torch.zeros(len(rows), length, dtype=torch.long)
    taught = torch.zeros(len(rows), length, dtype=torch.bool)
    for place, row in enumerate(rows):
        tokens[place, : len(row.tokens)] = torch.tensor(row.tokens)
        taught[place, : len(row.tokens)] = torch.tensor(row.taught)
    hidden = model(tokens[:, :-1])
    # The output layer is the dearest: it is worked out only where a token is to be guessed.
    logits = model.logits(hidden[taught[:, 1:]])
    return F.cross_entropy(logits.float(), tokens[:, 1:][taught[:, 1:]], reduction="sum"), int(taught[:, 1:].sum())


def _one_step(model: TinyLlama, helpers: list[torch.optim.Optimizer], rows: list[Row], plan: Plan) -> float:
    """One step over all rows, in groups of rows of about equal length; the mean loss of a token."""
    guessed = sum(sum(row.taught[1:]) for row in rows)
    total = 0.0
    for group in _groups(sorted(rows, key=lambda row: len(row.tokens)), plan.group):
        with torch.autocast("cpu", torch.bfloat16):
            loss, _ = step_loss(model, group)
        (loss / guessed).backward()  # type: ignore[no-untyped-call]
        total += float(loss.detach())
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for helper in helpers:
        helper.step()
        helper.zero_grad(set_to_none=True)
    return total / guessed


def _cut_log(log: Path, step: int) -> None:
    """Drop what a killed run logged after its last checkpoint: those steps are made again."""
    if log.exists():
        lines = [line for line in log.read_text(encoding="utf-8").splitlines() if json.loads(line)["step"] <= step]
        log.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _rows(plan: Plan, step: int, tokenizer: Tokenizer) -> Iterator[Row]:
    """The rows of a step."""
    read = 0
    for dialogue in training(plan.seed, step, late=step >= plan.first):
        row = encode(dialogue, tokenizer)
        read += len(row.tokens)
        yield row
        if read >= plan.tokens:
            return


def _groups(rows: list[Row], most: int) -> Iterator[list[Row]]:
    """Neighbours together, as long as a group padded to its longest row stays under `most` tokens."""
    group: list[Row] = []
    for row in rows:
        if group and (len(group) + 1) * len(row.tokens) > most:
            yield group
            group = []
        group.append(row)
    if group:
        yield group
