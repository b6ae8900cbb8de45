"""How long and how fast dojo-tiny learns."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn, in one part or in two with shares of their own (`corpus.SKILLS`).

    A step reads about `tokens` tokens, in groups of rows of about `group`. The first part is `first` steps long; what
    `steps` has beyond it is the second part. The shipped weights have had the first part alone.
    """

    steps: int = 3500
    first: int = 3500
    tokens: int = 4096
    group: int = 2048
    rate: float = 5e-3
    second_rate: float = 3e-3
    warm_up: int = 30
    cool_down: float = 0.24
    decay: float = 0.1
    seed: int = 0
    muon: bool = True

    def rate_at(self, step: int) -> float:
        """Learning rate: a short rise, a plateau, a straight fall to nothing; in a second part once more, falling
        all the way.

        A plateau, unlike a cosine, does not depend on where the end is: a run can be made longer on the way.
        """
        if step < self.first:
            rise = min(1.0, (step + 1) / self.warm_up)
            end = min(self.first, self.steps)
            return self.rate * rise * min(1.0, (end - step) / max(1.0, self.cool_down * end))
        rise = min(1.0, (step - self.first + 1) / self.warm_up)
        return self.second_rate * rise * (self.steps - step) / (self.steps - self.first)
