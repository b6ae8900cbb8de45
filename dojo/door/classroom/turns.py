"""Whose turn it is: a fair share of the machine for each client, and few changes of model.

Covered: who has had least time of the machine goes first, and a request of somebody new goes before another one's
second; one client never holds more than half of the places; requests for a loaded model go before those that need
another one. Those begin when the loaded ones have been quiet for as long as a load takes, or when they have waited for
`patience` seconds: then nothing else begins until what runs has ended.
Not covered: stopping a reply that runs. Its length is bounded elsewhere (`rules.py`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from dojo.door.classroom.shares import Shares
from dojo.door.errors import BUSY, RefusalError

__all__ = ["Ticket", "Turns"]

_LULL = (0.25, 5.0)  # seconds, least and most; a client's next request comes that soon


@dataclass(eq=False)
class Ticket:
    """One request's place. `place` is where in the queue it stood when it came: 1 in front, 0 where it began at once;
    `expected` the seconds that it was to wait then, None while nothing is known; times are the clock's; `loads` says
    that its model was not loaded when its turn came."""

    client: str
    model: str
    came: float
    number: int
    place: int = 0
    expected: float | None = 0.0
    began: float | None = None
    loads: bool = False
    granted: asyncio.Event = field(default_factory=asyncio.Event)


class Holder(Protocol):
    """What shows its ticket."""

    ticket: Ticket | None


class Turns:
    """`slots` replies at a time, at most `most` waiting. Models are named by whatever tells them apart; "" is one that
    nothing is loaded for. `clock` gives seconds, `later` calls a function after some."""

    def __init__(
        self,
        slots: int = 4,
        most: int = 512,
        patience: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], object] | None = None,
    ) -> None:
        self.slots = slots
        self.waiting: list[Ticket] = []
        self.running: list[Ticket] = []
        self.loaded: set[str] = set()
        self.changes = 0  # how often a model was asked for that was not loaded
        self._most = most
        self._patience = patience
        self._clock = clock
        self._shares = Shares(clock)
        self._cold_since: dict[str, float] = {}
        self._loading: Ticket | None = None
        self._lull = _LULL[0]  # as long as the last load took
        self._last: tuple[str, float] | None = None  # whose reply ended last, and when
        self._later = later or _call_later
        self._has_alarm = False
        self._number = count()

    @asynccontextmanager
    async def turn(self, client: str, model: str, holder: Holder) -> AsyncIterator[Ticket]:
        """Wait for a turn, the holder having the ticket meanwhile; raises RefusalError 503 where too many wait.
        Leaving the block gives the place up."""
        ticket = holder.ticket = self.join(client, model)
        try:
            await ticket.granted.wait()
            yield ticket
        finally:
            self.leave(ticket)

    def join(self, client: str, model: str) -> Ticket:
        """Stand in the queue. Whoever joins must leave."""
        if len(self.waiting) >= self._most:
            raise RefusalError(503, BUSY)
        self._shares.arrive(client, {one.client for one in (*self.waiting, *self.running)})
        ticket = Ticket(client, model, self._clock(), next(self._number))
        self.waiting.append(ticket)
        self._grant()
        if ticket.began is None:
            order = self.order()
            ticket.place = order.index(ticket) + 1
            ticket.expected = self.expected(order[: ticket.place])
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give the place up, whether the reply ended, never began or was left."""
        if ticket in self.waiting:
            self.waiting.remove(ticket)
        elif ticket in self.running:
            self.running.remove(ticket)
            self._shares.charge(ticket.client, ticket.model, self._took(ticket))
            self._last = ticket.client, self._clock()
        if self._loading is ticket:
            self._loading = None
        self._shares.leave(ticket.client)
        self._grant()

    def answering(self, ticket: Ticket) -> None:
        """The model of this ticket has begun to answer, so it is loaded."""
        if self._loading is ticket:
            self._loading = None
            self._lull = min(max(self._took(ticket), _LULL[0]), _LULL[1])
            self._grant()

    def now_loaded(self, models: set[str]) -> None:
        """What is loaded, as the server behind us says it."""
        kept = {self._loading.model} if self._loading else set()
        self.loaded = models | kept
        self._grant()

    def order(self) -> list[Ticket]:
        """The waiting requests, who goes first in front: loaded models before others, then by share, then by time."""
        ahead: dict[str, float] = {client: self._share(client) for client in {one.client for one in self.waiting}}
        keys: dict[int, tuple[bool, float, int]] = {}
        for one in self.waiting:
            keys[one.number] = (not self._is_loaded(one.model), ahead[one.client], one.number)
            ahead[one.client] += self._shares.cost(one.model)
        return sorted(self.waiting, key=lambda one: keys[one.number])

    def expected(self, order: list[Ticket]) -> float | None:
        """Seconds until the last of these begins, if they go in this order; None while no reply was measured."""
        if not self._shares.is_measured:
            return None
        seconds = sum(self._shares.cost(one.model) for one in order) / self.slots
        since = self._cold_since.get(order[-1].model)
        if since is None or not any(self._is_loaded(one.model) for one in order):
            return seconds
        return max(seconds, since + self._patience - self._clock())  # it waits behind the loaded ones

    def _grant(self) -> None:
        while (ticket := self._next()) is not None:
            self.waiting.remove(ticket)
            self.running.append(ticket)
            ticket.began = self._clock()
            if not self._is_loaded(ticket.model):
                self.changes += 1
                ticket.loads = True
                self._loading = ticket
                # What else stays loaded beside it, the server behind us will say; until then, no more than what runs.
                self.loaded = {one.model for one in self.running if one.model}
            self._cold_since.pop(ticket.model, None)
            ticket.granted.set()

    def _next(self) -> Ticket | None:
        """Who may begin now."""
        self._note_cold()
        if len(self.running) >= self.slots:
            return None
        own = max(1, self.slots // 2)
        held = [one.client for one in self.running]
        ready = [one for one in self.order() if held.count(one.client) < own]
        due = self._due()
        if due is None and ready and self._is_loaded(ready[0].model):
            return ready[0]
        first = next((one for one in ready if due in (None, one.model)), None)
        return first if first is not None and self._may_load(first, at_once=due is not None) else None

    def _may_load(self, ticket: Ticket, at_once: bool) -> bool:
        """Whether the model may be changed for this request: nothing of another one runs, nor is soon to come."""
        if self._loading or any(one.model != ticket.model for one in self.running):
            return False
        if at_once or not self.loaded or self._last is None or self._last[0] == ticket.client:
            return True
        left = self._last[1] + self._lull - self._clock()
        if left > 0 and not self._has_alarm:
            self._has_alarm = True
            self._later(left, self._look_again)
        return left <= 0

    def _look_again(self) -> None:
        self._has_alarm = False
        self._grant()

    def _is_loaded(self, model: str) -> bool:
        return not model or model in self.loaded

    def _note_cold(self) -> None:
        wanted = {one.model for one in self.waiting if not self._is_loaded(one.model)}
        self._cold_since = {model: self._cold_since.get(model, self._clock()) for model in wanted}

    def _due(self) -> str | None:
        """The model that has been waited for longest, if that is too long."""
        if not self._cold_since:
            return None
        model = min(self._cold_since, key=lambda one: self._cold_since[one])
        return model if self._clock() - self._cold_since[model] >= self._patience else None

    def _share(self, client: str) -> float:
        """Seconds of the machine that a client has had; what runs counts as at least the mean."""
        runs = [one for one in self.running if one.client == client]
        return self._shares.had(client) + sum(max(self._took(one), self._shares.cost(one.model)) for one in runs)

    def waited(self, ticket: Ticket) -> float:
        """Seconds between coming and beginning, or until now."""
        return (self._clock() if ticket.began is None else ticket.began) - ticket.came

    def _took(self, ticket: Ticket) -> float:
        return 0.0 if ticket.began is None else self._clock() - ticket.began


def _call_later(seconds: float, call: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, call)
