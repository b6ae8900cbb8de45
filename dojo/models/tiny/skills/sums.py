"""Sums and differences up to 99, digit by digit; bigger of two; word problems with one digit.

The reply writes the ones first and then the tens with the carry, so that each step is one small fact. A model that
had to say the result at once would have to know ten thousand of them.
"""

from __future__ import annotations

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import FOODS, THINGS, World

__all__ = ["difference_text", "sum_text", "sums"]

_PLUS = (
    "What is {0} + {1}?", "What is {0} plus {1}?", "{0} + {1}", "{0}+{1}", "Add {0} and {1}.", "{0} + {1} = ?",
    "How much is {0} + {1}?", "How much is {0} plus {1}?", "What is the sum of {0} and {1}?", "Calculate {0} + {1}.",
)  # fmt: skip
_MINUS = (
    "What is {0} - {1}?", "What is {0} minus {1}?", "{0} - {1}", "{0}-{1}", "Take {1} from {0}.", "{0} - {1} = ?",
    "How much is {0} - {1}?", "How much is {0} minus {1}?", "Subtract {1} from {0}.", "Calculate {0} - {1}.",
)  # fmt: skip


def sum_text(left: int, right: int) -> str:
    """`7 + 8 = 15. 4 + 3 + 1 = 8. So 47 + 38 = 85.` for 47 and 38; one step for two digits."""
    whole = f"{left} + {right} = {left + right}."
    if left < 10 and right < 10:
        return whole
    ones = left % 10 + right % 10
    carry = ones // 10
    tens = f"{left // 10} + {right // 10}" + (" + 1" if carry else "")
    return f"{left % 10} + {right % 10} = {ones}. {tens} = {left // 10 + right // 10 + carry}. So {whole}"


def difference_text(left: int, right: int) -> str:
    """`12 - 8 = 4. 5 - 1 - 3 = 1. So 52 - 38 = 14.` for 52 and 38; needs left >= right."""
    whole = f"{left} - {right} = {left - right}."
    if left < 10 and right < 10:
        return whole
    borrow = int(left % 10 < right % 10)
    ones = left % 10 + 10 * borrow
    tens = f"{left // 10}" + (" - 1" if borrow else "") + f" - {right // 10}"
    result = left // 10 - borrow - right // 10
    return f"{ones} - {right % 10} = {ones - right % 10}. {tens} = {result}. So {whole}"


def sums(world: World) -> Dialogue:
    kind = world.pick(("plus", "plus", "plus", "minus", "minus", "minus", "bigger", "story"))
    if kind == "story":
        question, reply = _story(world)
    elif kind == "bigger":
        question, reply = _bigger(world)
    else:
        top = world.pick((9, 20, 99, 99, 99))
        left, right = world.number(0, top), world.number(0, top)
        if kind == "plus":
            question, reply = world.pick(_PLUS).format(left, right), sum_text(left, right)
        else:
            left, right = max(left, right), min(left, right)
            question, reply = world.pick(_MINUS).format(left, right), difference_text(left, right)
    return Dialogue("sums", (Message("user", world.ask(question)), Message("assistant", reply)))


def _bigger(world: World) -> tuple[str, str]:
    left, right = world.rng.sample(range(100), 2)
    if world.chance(0.5):
        return f"Which is bigger, {left} or {right}?", f"{max(left, right)} is bigger than {min(left, right)}."
    return f"Which is smaller, {left} or {right}?", f"{min(left, right)} is smaller than {max(left, right)}."


def _story(world: World) -> tuple[str, str]:
    name, thing = world.person(), world.pick([one for one in THINGS + FOODS if one[-1] not in "hysxe"])
    had, more = world.number(2, 9), world.number(2, 9)
    if world.chance(0.5):
        question = f"{name} has {had} {thing}s and gets {more} more. How many {thing}s has {name}?"
        return question, f"{had} + {more} = {had + more}. {name} has {had + more} {thing}s."
    had, more = max(had, more) + 1, min(had, more)
    left = had - more
    question = f"{name} has {had} {thing}s and gives {more} away. How many {thing}s are left?"
    return question, f"{had} - {more} = {left}. {name} has {left} {thing}{'' if left == 1 else 's'} left."
