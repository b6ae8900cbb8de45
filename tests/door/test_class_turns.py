"""Whose turn it is, by a clock that the test sets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from dojo.door.classroom.turns import Ticket, Turns
from dojo.door.errors import RefusalError


class Room:
    """Turns, and a clock."""

    def __init__(self, slots: int = 2, most: int = 512, patience: float = 20.0) -> None:
        self.now = 100.0
        self.turns = Turns(slots, most, patience, lambda: self.now, lambda *_: None)
        self.turns.loaded = {"m"}

    def ask(self, client: str, model: str = "m") -> Ticket:
        return self.turns.join(client, model)

    def end(self, ticket: Ticket, after: float = 0.0) -> None:
        self.now += after
        self.turns.leave(ticket)

    @property
    def running(self) -> list[str]:
        return [one.client for one in self.turns.running]

    @property
    def order(self) -> list[str]:
        return [one.client for one in self.turns.order()]


def test_a_free_machine_is_had_at_once() -> None:
    room = Room()
    ticket = room.ask("ada")
    assert (ticket.place, ticket.expected, ticket.granted.is_set()) == (0, 0.0, True)


def test_somebody_new_goes_before_anothers_second() -> None:
    room = Room(slots=1)
    room.ask("ada")
    for client in ("ada", "ada", "ben", "ada", "cy"):
        room.ask(client)
    assert room.order == ["ben", "cy", "ada", "ada", "ada"]


def test_who_had_the_machine_long_waits_until_the_others_had_as_much() -> None:
    room = Room(slots=1)
    long = room.ask("ada")
    room.ask("ben")
    room.ask("ada")
    room.end(long, after=60)
    for _ in range(5):  # ben asks again and again, five seconds each
        assert room.running == ["ben"]
        room.ask("ben")
        room.end(room.turns.running[0], after=5)
    assert room.order == ["ada"]


def test_who_pauses_for_a_moment_keeps_their_right_before_one_who_never_does() -> None:
    room = Room(slots=1)
    long = room.ask("greedy")
    room.ask("greedy")
    for client in ("ada", "ben"):
        room.end(room.ask(client))  # they come, and go before their turn
    room.end(long, after=25)
    for client in ("greedy", "ada", "ben"):  # while nobody was here but the greedy one
        room.ask(client)
    served = []
    for _ in range(6):
        ended = room.turns.running[0]
        room.end(ended, after=5)
        room.ask(ended.client)
        served += room.running
    assert served == ["ada", "ben"] * 3


def test_after_a_while_away_everybody_begins_anew() -> None:
    room = Room(slots=1)
    room.end(room.ask("ada"), after=500)
    room.now += 31
    first = room.ask("ben")
    room.ask("ben")
    room.ask("ada")
    room.end(first, after=1)
    assert room.running == ["ada"]


def test_time_that_nobody_else_wanted_is_not_held_against_anybody() -> None:
    room = Room(slots=1)
    room.end(room.ask("ada"), after=500)
    room.ask("ben")
    room.ask("ada")
    room.ask("ben")
    assert room.order == ["ada", "ben"]


def test_who_comes_late_has_no_more_right_than_who_is_here() -> None:
    room = Room(slots=1)
    for _ in range(10):
        first = room.ask("ada") if not room.turns.running else room.turns.running[0]
        room.ask("ada")
        room.end(first, after=10)
    for client in ("ben", "ben", "ben", "ada"):
        room.ask(client)
    served = []
    for _ in range(4):
        room.end(room.turns.running[0], after=10)
        served += room.running
    assert served == ["ben", "ben", "ada", "ben"]  # the first for what ada's reply took meanwhile


@pytest.mark.parametrize(("slots", "own"), [(1, 1), (2, 1), (4, 2), (8, 4)])
def test_one_client_holds_half_of_the_places_at_most(slots: int, own: int) -> None:
    room = Room(slots)
    for _ in range(10):
        room.ask("ada")
    assert room.running == ["ada"] * own


def test_place_and_wait_are_told_once_a_reply_was_measured() -> None:
    room = Room(slots=1)
    first = room.ask("ada")
    assert room.ask("ben").expected is None
    room.end(first, after=4)
    ticket = room.ask("cy")
    assert (ticket.place, ticket.expected) == (1, 4.0)
    assert room.ask("dee").place == 2


def test_the_wait_for_a_model_that_is_not_loaded_counts_the_others_patience() -> None:
    room = Room(slots=1, patience=20)
    room.end(room.ask("ada"), after=1)
    room.ask("ada")
    other = room.ask("ben", "other")
    assert other.expected == 1.0  # nobody else waits
    room.ask("cy")
    room.now += 5
    assert room.turns.expected(room.turns.order()) == 15.0


def test_leaving_frees_a_place_in_the_queue_and_at_the_machine() -> None:
    room = Room(slots=1)
    first, second, third = room.ask("ada"), room.ask("ben"), room.ask("cy")
    room.end(second)
    assert room.order == ["cy"]
    room.end(first)
    assert third.granted.is_set()
    room.end(third)
    room.end(third)  # twice does no harm
    assert (room.running, room.order) == ([], [])


def test_a_full_queue_says_so_in_ollamas_words() -> None:
    room = Room(slots=1, most=2)
    for client in ("ada", "ben", "cy"):
        room.ask(client)
    with pytest.raises(RefusalError, match="server busy, please try again") as caught:
        room.ask("dee")
    assert caught.value.status == 503


def test_a_loaded_model_goes_first_until_the_others_have_waited_long_enough() -> None:
    room = Room(slots=1, patience=20)
    room.ask("ada")
    room.ask("ben", "other")
    for number in range(4):
        room.ask(f"c{number}")
        room.end(room.turns.running[0], after=5)
    begun = room.turns.running[0]
    assert (begun.client, begun.model, room.turns.waited(begun)) == ("ben", "other", 20.0)
    assert room.turns.changes == 1


def test_what_runs_is_let_end_before_the_model_is_changed_and_nothing_new_begins() -> None:
    room = Room(slots=2, patience=20)
    first, second = room.ask("ada"), room.ask("ben")
    room.ask("cy", "other")
    room.ask("dee")
    room.end(first, after=25)
    assert room.running == ["ben"]  # dee would put the change off
    room.end(second)
    assert room.running == ["cy"]
    room.turns.answering(room.turns.running[0])
    assert room.order == ["dee"]  # and now waits its time, as cy did


def test_models_that_fit_together_do_not_wait_for_each_other() -> None:
    room = Room(slots=2)
    room.turns.now_loaded({"m", "other"})
    room.ask("ada")
    assert room.ask("ben", "other").granted.is_set()


def test_nothing_else_is_loaded_while_a_model_loads() -> None:
    room = Room(slots=4)
    first = room.ask("ada", "one")
    second = room.ask("ben", "two")
    same = room.ask("cy", "one")
    assert (same.granted.is_set(), second.granted.is_set()) == (True, False)
    room.turns.answering(first)
    room.end(same)
    assert not second.granted.is_set()
    room.end(first)
    room.now += 1
    room.turns.now_loaded({"one"})
    assert second.granted.is_set()


def test_a_model_is_not_changed_in_the_moment_between_two_requests_of_others() -> None:
    async def inside() -> Callable[[], bool]:
        turns = Turns(1)
        turns.loaded = {"m"}
        first = turns.join("ada", "m")
        other = turns.join("ben", "other")
        turns.leave(first)
        assert not other.granted.is_set()
        second = turns.join("ada", "m")
        assert second.granted.is_set()
        turns.leave(second)
        await asyncio.wait_for(other.granted.wait(), 10)  # ada is quiet, so it comes by itself
        return other.granted.is_set

    assert asyncio.run(inside())()


def test_one_who_tries_three_models_in_a_row_does_not_wait_for_nobody() -> None:
    room = Room(slots=1)
    room.end(room.ask("ada", "one"), after=3)
    assert room.ask("ada", "two").granted.is_set()


def test_a_model_that_is_not_there_changes_nothing_and_waits_for_nobody_else() -> None:
    room = Room(slots=4)
    room.ask("ada")
    assert room.ask("ben", "").granted.is_set()
    room.ask("cy", "other")
    room.end(room.turns.running[1])
    assert (room.turns.changes, room.turns.loaded) == (0, {"m"})
