"""The tools that training offers: a dozen plain ones under several names, and endless invented ones."""

from __future__ import annotations

from collections.abc import Callable

from dojo.models.tiny.dialogue import Tool
from dojo.models.tiny.skills.house_tools import light, look_up, message, price, sensor, time, timer, weather
from dojo.models.tiny.skills.number_tools import add, calculate, multiply, subtract
from dojo.models.tiny.skills.uses import Use
from dojo.models.tiny.world import COLOURS, THINGS, World

__all__ = ["TOOLBOX", "invented"]

# Each tool with its share. Its key is its topic.
TOOLBOX: dict[str, tuple[Callable[[World], Use], int]] = {
    "weather": (weather, 2),
    "time": (time, 2),
    "add": (add, 2),
    "subtract": (subtract, 1),
    "multiply": (multiply, 1),
    "calculate": (calculate, 1),
    "look up": (look_up, 1),
    "timer": (timer, 1),
    "sensor": (sensor, 1),
    "light": (light, 1),
    "message": (message, 1),
    "price": (price, 1),
}


def invented(world: World) -> Use:
    """A tool that exists nowhere else: its name, its key and its value can only be copied."""
    verb = world.pick(
        ("find", "open", "get", "count", "book", "check", "order", "clean", "start", "stop", "show", "move")
    )
    thing = world.pick(THINGS) if world.chance(0.6) else world.invented().lower()
    key = world.pick(("name", "owner", "room", "number", "who", "place", "id", "colour", "day"))
    value: object = world.person()
    if key in ("room", "number", "id"):
        value = world.number(1, 99)
    elif key == "colour":
        value = world.pick(COLOURS)
    kind = "integer" if isinstance(value, int) else "string"
    name = f"{verb}_{thing}" if world.chance(0.8) else f"{verb}{thing.capitalize()}"
    asked = (f"{verb.capitalize()} the {thing} of {{0}}.", f"{verb.capitalize()} {thing}: {{0}}",
             f"Please {verb} the {thing} for {{0}}.",
             f"Use {name} with {{0}}.", f"Can you {verb} the {thing} for {{0}}?",
             f"{verb.capitalize()} the {thing}, {key} {{0}}.")  # fmt: skip
    result = world.pick(("ok", "done", "not found", f"{world.number(1, 99)}", f"{world.pick(COLOURS)}"))
    tool = Tool(name, f"{verb.capitalize()} a {thing}.", ((key, kind),))
    return Use(tool, world.pick(asked).format(value), {key: value}, result, f"The tool says: {result}.")
