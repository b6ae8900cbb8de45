"""How hard each exercise was for a class, and how well it tells strong students from weak ones.

- share: the mean part of its points that students got, classical test theory's difficulty (p). 1 is easy.
- rest: the correlation (Pearson) of an exercise's points with the points of all other exercises of the lab, the
  corrected item-total correlation; see L. Crocker and J. Algina, "Introduction to Classical and Modern Test Theory"
  (1986), chapter 14. Near 0 the exercise has little to do with the rest; below 0 it deserves a look.
- index: the discrimination index D, the share among the best 27 % less that among the weakest 27 % by the rest of the
  lab; T. L. Kelley, "The selection of upper and lower groups for the validation of test items", Journal of Educational
  Psychology 30 (1939), 17-24. R. L. Ebel, "Measuring Educational Achievement" (1965), calls 0.4 and more very good and
  less than 0.2 poor.

Neither is defined for fewer than `AT_LEAST` students, which is our own limit: with ten, chance alone gives correlations
up to 0.6 either way. Nor is the correlation where everybody has the same points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

__all__ = ["AT_LEAST", "Item", "items"]

AT_LEAST = 10
_GROUP = 0.27  # Kelley's best size of the two groups


@dataclass(frozen=True)
class Item:
    """One exercise; `share`, `rest` and `index` are None where they are not defined."""

    title: str
    possible: float
    students: int
    share: float | None
    rest: float | None
    index: float | None


def items(titles: Mapping[str, tuple[str, float]], points: Sequence[Mapping[str, float]]) -> list[Item]:
    """`titles` are (title, possible points) by exercise; `points` are those of each student by exercise."""
    return [_item(name, title, possible, points) for name, (title, possible) in titles.items() if possible > 0]


def _item(name: str, title: str, possible: float, points: Sequence[Mapping[str, float]]) -> Item:
    own = [one[name] / possible for one in points]
    rest = [math.fsum(value for other, value in one.items() if other != name) for one in points]
    enough = len(points) >= AT_LEAST
    return Item(
        title=title,
        possible=possible,
        students=len(points),
        share=fmean(own) if own else None,
        rest=_correlation(own, rest) if enough else None,
        index=_index(own, rest) if enough else None,
    )


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    spread = pstdev(one) * pstdev(other)
    if spread < 1e-12:
        return None
    middle, middle_other = fmean(one), fmean(other)
    both = fmean((a - middle) * (b - middle_other) for a, b in zip(one, other, strict=True))
    return max(-1.0, min(1.0, both / spread))


def _index(own: Sequence[float], rest: Sequence[float]) -> float | None:
    """D; None where the rest does not tell anybody apart."""
    if pstdev(rest) < 1e-12:
        return None
    size = max(1, round(_GROUP * len(own)))
    # Equal students are taken by their mean, so that no order of names decides.
    upper, lower = _group(own, rest, size, best=True), _group(own, rest, size, best=False)
    return upper - lower


def _group(own: Sequence[float], rest: Sequence[float], size: int, best: bool) -> float:
    """The mean share of the `size` students at one end; those at its border count in part."""
    border = sorted(rest, reverse=best)[size - 1]
    inside = [a for a, b in zip(own, rest, strict=True) if (b > border if best else b < border)]
    at = [a for a, b in zip(own, rest, strict=True) if b == border]
    return (math.fsum(inside) + (size - len(inside)) * fmean(at)) / size
