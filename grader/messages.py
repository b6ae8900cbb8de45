"""A message as a whole: what has changed in the twins since the last one, its payload, and what was let go.

Nothing counts as told before a message is written to its end, and nothing is done before one is read to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader import twins
from grader.things import Things
from grader.wire import Decoder, Encoder, WireError

__all__ = ["read", "write"]


def write(things: Things, payload: Callable[[Encoder], None], share: bool) -> bytearray:
    """A message's bytes; with `share`, what its containers become on the other side are their twins."""
    to, changed, dropped = _begun(things, share)
    try:
        payload(to)
    except WireError:
        things.lent.told.difference_update(things.telling)
        raise
    for twin in changed:
        things.twins.refresh(twin)
    del changed
    if share:
        things.twins.give(to.containers)
    # Now, when nothing can fail any more: what is let go is gone.
    to.containers.clear()
    dropped += things.twins.let_go()
    _write_pairs(to, dropped)
    let_go = things.held.let_go
    _write_pairs(to, [let_go.popleft() for _ in range(len(let_go))])
    return to.data


def _begun(things: Things, share: bool) -> tuple[Encoder, list[twins.Twin], list[tuple[bool, int]]]:
    """A message with what has changed in the twins; one that can't cross any more is a twin no longer."""
    dropped: list[tuple[bool, int]] = []
    changed = things.twins.changed()
    while True:
        to = Encoder(things)
        to.number(int(share))
        to.number(things.twins.next)
        to.number(len(changed))
        things.telling = []
        for twin in changed:
            try:
                to.number(int(twin.mine))
                to.number(twin.number)
                twins.write_state(to, twin.value)
            except WireError:
                break
        else:
            return to, changed, dropped
        things.lent.told.difference_update(things.telling)
        things.twins.forget(twin.mine, twin.number)
        dropped.append((twin.mine, twin.number))
        changed.remove(twin)


def read(things: Things, body: memoryview, payload: Callable[[Decoder], Any]) -> Any:
    """A message's payload; raises a WireError, and has done nothing, for one that is not whole and sound."""
    source = Decoder(body, things)
    share, base = source.number(), source.number()
    states = []
    for _ in range(source.count()):
        mine, number = source.number(), source.number()
        twin = things.twins.get(not mine, number)
        if twin is None:
            raise WireError("a change is told of something that both sides do not hold")
        tag, state = twins.read_state(source)
        twins.check_state(twin.value, tag, state)
        states.append((twin, tag, state))
    value = payload(source)
    dropped, let_go = _read_pairs(source), _read_pairs(source)
    source.end()
    if share:
        things.twins.accept(base, source.containers)
    for twin, tag, state in states:
        twins.put_state(twin.value, tag, state)
    for twin, _, _ in states:
        things.twins.refresh(twin)
    for mine, number in dropped:
        things.twins.forget(not mine, number)
    for number, count in let_go:
        things.lent.give_back(number, count)
    return value


def _write_pairs(to: Encoder, pairs: list[tuple[Any, int]]) -> None:
    to.number(len(pairs))
    for one, other in pairs:
        to.number(int(one))
        to.number(other)


def _read_pairs(source: Decoder) -> list[tuple[int, int]]:
    return [(source.number(), source.number()) for _ in range(source.count())]
