"""What each task learns from, and in which stages."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["PLANS", "TEST_SEED", "Plan", "Stage", "shortened"]

TEST_SEED = 40  # of the data sets that the figures are measured on; no plan learns from pictures of that seed


@dataclass(frozen=True)
class Stage:
    """So many passes over the pictures at one size; the learning rate falls along a cosine from `rate` to `end`.

    It falls after each pass, or, where it is `smooth`, with each batch: then the last batches are really at the end.
    `share` is how many of the pictures are looked at, the first ones. `mosaic` is the share of pictures that are put
    together from four, `scale` how much smaller or larger a picture may become.
    """

    passes: int
    size: int
    rate: float
    end: float
    mosaic: float = 0.0
    scale: float = 0.3
    share: float = 1.0
    smooth: bool = False


@dataclass(frozen=True)
class Plan:
    """Pictures of the desk world, drawn from `seed`, and the stages that learn from them, each from the last.

    `start` is a checkpoint of another task, in the same working folder: layers of the same name and shape begin there.
    """

    pictures: int
    seed: int
    stages: tuple[Stage, ...]
    batch: int = 16
    start: str | None = None


PLANS = {
    "detect": Plan(
        14_000,
        20,
        (
            Stage(6, 192, 3e-3, 1.5e-3, mosaic=0.7, scale=0.4),
            Stage(3, 256, 1.5e-3, 5e-4),
            Stage(1, 320, 5e-4, 1e-5, scale=0.2, share=0.6, smooth=True),
        ),
    ),
    "segment": Plan(
        10_000,
        21,
        (
            Stage(3, 192, 3e-3, 1.5e-3, mosaic=0.7, scale=0.4),
            Stage(3, 256, 1.5e-3, 2e-5),
        ),
        start="detect/stage-1/weights/epoch0.pt",
    ),
    "pose": Plan(
        10_000,
        22,
        (
            Stage(1, 192, 3e-3, 1.5e-3, mosaic=0.7, scale=0.4, smooth=True),
            Stage(1, 256, 1.5e-3, 1e-5, share=0.7, smooth=True),
        ),
        start="detect/stage-1/weights/last.pt",
    ),
}


def shortened(plan: Plan, pictures: int | None, passes: int | None) -> Plan:
    """The plan with so many pictures, and no stage of more than so many passes; None leaves it as it is."""
    stages = tuple(replace(stage, passes=min(stage.passes, passes or stage.passes)) for stage in plan.stages)
    return replace(plan, pictures=pictures or plan.pictures, stages=stages)
