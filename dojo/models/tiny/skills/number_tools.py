"""Tools that work with numbers, under several names."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Tool
from dojo.models.tiny.skills.uses import Use
from dojo.models.tiny.world import World

__all__ = ["add", "calculate", "multiply", "subtract"]


def add(world: World) -> Use:
    left, right = (world.number(0, world.pick((20, 99, 999))) for _ in range(2))
    keys = world.pick((("a", "b"), ("a", "b"), ("x", "y"), ("left", "right"), ("first", "second")))
    asked = ("What is {0} + {1}?", "What is {0} plus {1}?", "Add {0} and {1}.", "How much is {0} + {1}?", "{0} + {1}")
    tool = Tool(
        world.pick(("add", "add", "add_two_numbers", "sum", "plus")),
        "Add two numbers.",
        tuple((key, "integer") for key in keys),
    )
    arguments: dict[str, object] = {keys[0]: left, keys[1]: right}
    return Use(
        tool, world.pick(asked).format(left, right), arguments, str(left + right), f"{left} + {right} = {left + right}."
    )


def subtract(world: World) -> Use:
    left, right = (world.number(0, world.pick((20, 99, 999))) for _ in range(2))
    keys = world.pick((("a", "b"), ("a", "b"), ("x", "y"), ("left", "right")))
    asked = ("What is {0} - {1}?", "What is {0} minus {1}?", "How much is {0} - {1}?", "Subtract {1} from {0}.")
    name = world.pick(("subtract", "subtract_two_numbers", "minus"))
    tool = Tool(name, "Subtract two numbers.", tuple((key, "integer") for key in keys))
    arguments: dict[str, object] = {keys[0]: left, keys[1]: right}
    return Use(
        tool, world.pick(asked).format(left, right), arguments, str(left - right), f"{left} - {right} = {left - right}."
    )


def multiply(world: World) -> Use:
    left, right = world.number(2, 99), world.number(2, 99)
    asked = (
        "What is {0} times {1}?",
        "Multiply {0} by {1}.",
        "How much is {0} times {1}?",
        "{0} * {1}",
        "What is {0} * {1}?",
    )
    tool = Tool(world.pick(("multiply", "times")), "Multiply two numbers.", (("a", "integer"), ("b", "integer")))
    return Use(
        tool,
        world.pick(asked).format(left, right),
        {"a": left, "b": right},
        str(left * right),
        f"{left} * {right} = {left * right}.",
    )


def calculate(world: World) -> Use:
    text = f"{world.number(2, 99)} {world.pick('+-*/')} {world.number(2, 99)}"
    result, key = str(world.number(1, 999)), world.pick(("expression", "expr", "text"))
    asked = ("What is {0}?", "Calculate {0}.", "How much is {0}?", "Work out {0}.")
    tool = Tool(world.pick(("calculate", "calculator", "calc", "safe_calc")), "Calculate a sum.", ((key, "string"),))
    return Use(tool, world.pick(asked).format(text), {key: text}, result, f"{text} = {result}.")
