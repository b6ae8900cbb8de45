"""How many requests each client has open, and no more than the class allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from dojo.door.errors import RefusalError

__all__ = ["OpenRequests"]


class OpenRequests:
    """At most `most` for each client, the teacher's only counted."""

    def __init__(self, most: int) -> None:
        self.counts: Counter[str] = Counter()
        self._most = most

    @contextmanager
    def one_more(self, client: str, is_teacher: bool) -> Iterator[Callable[[], None]]:
        """Count a request; raises RefusalError 429 where it is one too many. What it gives ends the counting early: to
        be called before the client can know that its reply is whole, or its next request would come too soon."""
        if self.counts[client] >= self._most and not is_teacher:
            raise RefusalError(
                429, f"you have {self._most} requests open, as many as this class allows; wait for one to end"
            )
        self.counts[client] += 1
        with ExitStack() as counted:
            counted.callback(self._one_less, client)
            yield counted.close

    def _one_less(self, client: str) -> None:
        self.counts[client] -= 1
        if not self.counts[client]:
            del self.counts[client]
