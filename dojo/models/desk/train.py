"""Training from nothing with ultralytics, on one core; resumable after any pass over the pictures.

Covered:
* a stage that was stopped goes on from its last whole pass;
* layers count in bfloat16 where the processor is made for it, boxes and losses always in full;
* nothing is written outside the stage's folder but the list of labels beside the data set.

Not covered:
* equal weights on other processors, or after a stop: a checkpoint keeps rounded weights, and what was drawn by lot in
  a pass is drawn anew.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.models.desk.plan import Stage

__all__ = ["Pass", "learn", "passes_done"]


@dataclass(frozen=True)
class Pass:
    """One whole pass over the pictures: its number from 1, mean losses, last learning rate, seconds of one core."""

    number: int
    losses: dict[str, float]
    rate: float
    cpu_seconds: float


def learn(
    task: str,
    stage: Stage,
    batch: int,
    data: Path,
    shape: Path,
    start: Path | None,
    folder: Path,
    tell: Callable[[Pass], None],
) -> Path:
    """Run a stage to its end, from its last whole pass where it was stopped; the path of its checkpoint.

    `data` is the data set's yaml, `shape` the network's; `start` is a checkpoint to begin from, None for nothing.
    """
    last = folder / "weights" / "last.pt"
    done = passes_done(last)
    if done >= stage.passes:
        return last
    if done:
        asked: dict[str, Any] = {"resume": str(last), "model": str(last), "workers": 0, "cache": "ram"}
    else:
        asked = _asked(stage, batch, data, shape, start, folder)
    trainer = _trainer_class(task)(overrides=asked)
    began = time.process_time()

    def note(trainer: Any) -> None:
        nonlocal began
        spent, began = time.process_time() - began, time.process_time()
        losses = {name: round(float(value), 4) for name, value in trainer.tloss.items()}
        rate = float(trainer.optimizer.param_groups[0]["lr"])
        tell(Pass(trainer.epoch + 1, losses, rate, round(spent, 1)))

    trainer.add_callback("on_fit_epoch_end", note)
    if stage.smooth:
        trainer.add_callback("on_train_batch_start", _Slope(stage))
    trainer.train()
    return last


class _Slope:
    """Lowers the learning rate before each batch; ultralytics itself does so after each pass."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.at = (-1, 0)  # the pass, and the batch in it

    def __call__(self, trainer: Any) -> None:
        self.at = (trainer.epoch, self.at[1] + 1 if self.at[0] == trainer.epoch else 0)
        done = (self.at[0] + self.at[1] / len(trainer.train_loader)) / self.stage.passes
        rate = self.stage.end + (self.stage.rate - self.stage.end) * (1 + math.cos(math.pi * done)) / 2
        for group in trainer.optimizer.param_groups:
            group["lr"] = rate


def passes_done(checkpoint: Path) -> int:
    """How many whole passes a checkpoint has behind it; 0 where there is none."""
    if not checkpoint.is_file():
        return 0
    from ultralytics.nn.tasks import load_checkpoint

    return int(load_checkpoint(str(checkpoint))[1]["epoch"]) + 1


def _asked(stage: Stage, batch: int, data: Path, shape: Path, start: Path | None, folder: Path) -> dict[str, Any]:
    """What is asked of ultralytics; all else is its default."""
    return {
        "model": str(shape),
        "pretrained": str(start) if start else False,
        "data": str(data),
        "epochs": stage.passes,
        "imgsz": stage.size,
        "batch": batch,
        "nbs": batch,  # a step for each batch: by default four batches would make one step
        "optimizer": "AdamW",
        "lr0": stage.rate,
        "lrf": stage.end / stage.rate,
        "cos_lr": True,
        "warmup_epochs": 0.1 if stage.smooth else 0.3 if start else 0.5,
        "warmup_bias_lr": 0.0,
        "fraction": stage.share,
        "mosaic": stage.mosaic,
        "scale": stage.scale,
        "close_mosaic": 0,
        "amp": False,  # its own way to count in halves needs CUDA, and a check that downloads weights
        "val": False,
        "plots": False,
        "save_period": 1,
        "device": "cpu",
        "workers": 0,
        "cache": "ram",
        "project": str(folder.parent),
        "name": folder.name,
        "exist_ok": True,
    }


def _trainer_class(task: str) -> type[Any]:
    """The trainer of ultralytics for a task, taught to be quick on a processor."""
    from ultralytics.models.yolo.detect import DetectionTrainer
    from ultralytics.models.yolo.pose import PoseTrainer
    from ultralytics.models.yolo.segment import SegmentationTrainer

    base: Any = {"detect": DetectionTrainer, "segment": SegmentationTrainer, "pose": PoseTrainer}[task]

    class DeskTrainer(base):  # type: ignore[misc]  # what ultralytics gives has no types
        def _setup_train(self) -> Any:
            super()._setup_train()
            _quicken(self)

        def final_eval(self) -> None:
            """Nothing: the weights are made ready, and measured, by steps of their own."""

    return DeskTrainer


def _quicken(trainer: Any) -> None:
    import torch

    # Equal runs need no memory wiped before use, only that nothing reads it: a fifteenth of the time.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]  # a hidden property
    trainer.model = trainer.model.to(memory_format=torch.channels_last)
    trainer.model.criterion = trainer.model.init_criterion()
    trainer.model.loss = _quick_loss(trainer.model)


def _quick_loss(model: Any) -> Callable[..., Any]:
    """The loss of a batch: layers in bfloat16, half the work; boxes and losses in full, or a pixel would be lost."""
    import torch

    criterion = model.criterion
    able = torch.cpu.get_capabilities()
    halves = any(able.get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))

    def loss(batch: Any, preds: Any = None) -> Any:
        if preds is None:
            with torch.autocast("cpu", torch.bfloat16, enabled=halves and model.training):
                preds = model.forward(batch["img"])
        return criterion(_full(preds), batch)

    return loss


def _full(value: Any) -> Any:
    import torch

    if isinstance(value, torch.Tensor):
        return value.float()
    if isinstance(value, dict):
        return {name: one if name == "feats" else _full(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_full(one) for one in value)
    return value
