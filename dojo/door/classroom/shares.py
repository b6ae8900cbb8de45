"""How much of the machine each client has had, and how long a reply takes."""

from __future__ import annotations

from collections.abc import Callable, Set

__all__ = ["Shares"]

_GUESS = 2.0  # seconds that a reply takes, before one was measured; it only orders a client's own requests
_NEW = 0.2  # how much the newest reply counts in the mean
_ABSENT = 30.0  # seconds without a request, after which a client begins anew


class Shares:
    """Seconds of the machine by client; means of a reply's seconds by model."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._used: dict[str, float] = {}
        self._left: dict[str, float] = {}  # when a client's last request ended
        self._means: dict[str, float] = {}

    def arrive(self, client: str, here: Set[str]) -> None:
        """A client asks. Who is new is taken to have had as much as the one who has had least; a pause between two
        requests is no absence. `here` are the clients who have requests open."""
        for other in self._used.keys() - here:
            if self._clock() - self._left.get(other, 0.0) > _ABSENT:
                del self._used[other]
                self._left.pop(other, None)
        self._used.setdefault(client, min(self._used.values(), default=0.0))

    def leave(self, client: str) -> None:
        """A request of this client has ended."""
        self._left[client] = self._clock()

    def charge(self, client: str, model: str, seconds: float) -> None:
        """A reply took so long."""
        self._used[client] = self.had(client) + seconds
        self._means[model] = (1 - _NEW) * self._means.get(model, seconds) + _NEW * seconds

    def had(self, client: str) -> float:
        return self._used.get(client, 0.0)

    @property
    def is_measured(self) -> bool:
        """Whether any reply has ended yet."""
        return bool(self._means)

    def cost(self, model: str) -> float:
        """Seconds that a reply of this model takes."""
        if not self._means:
            return _GUESS
        return self._means.get(model) or sum(self._means.values()) / len(self._means)
