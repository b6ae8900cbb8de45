"""Tools of a house and of a town: weather, time, timer, sensor, light, messages, prices, a look-up."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Tool
from dojo.models.tiny.skills.uses import Use
from dojo.models.tiny.world import COLOURS, PLACES, THINGS, World

__all__ = ["light", "look_up", "message", "price", "sensor", "time", "timer", "weather"]


def _town(world: World) -> str:
    return (
        world.invented()
        if world.chance(0.7)
        else world.pick(("Paris", "London", "Oslo", "Lima", "Tokyo", "Berlin", "Rome"))
    )


def weather(world: World) -> Use:
    town = _town(world)
    name = world.pick(("get_weather", "get_weather", "weather", "get_current_weather", "get_temperature"))
    key = world.pick(("city", "city", "location", "town", "place"))
    asked = ("What is the weather in {0}?", "How is the weather in {0}?", "Is it raining in {0}?",
             "What's the weather like in {0}?",
             "Is it warm in {0}?", "Do I need a coat in {0}?", "How warm is it in {0}?",
             "What is the temperature in {0}?")  # fmt: skip
    result = f"{world.number(-9, 35)} degrees" + world.pick(
        ("", " and rain", " and sun", ", wind", " and snow", ", clouds")
    )
    about = world.pick(("Get the weather of a city.", "Get the current weather for a city", "The weather in a place."))
    return Use(
        Tool(name, about, ((key, "string"),)),
        world.pick(asked).format(town),
        {key: town},
        result,
        f"In {town}: {result}.",
    )


def time(world: World) -> Use:
    result = f"{world.number(0, 23):02}:{world.number(0, 59):02}"
    name = world.pick(("get_time", "get_time", "clock", "get_current_time", "time_now", "now"))
    if world.chance(0.5):
        asked = world.pick(
            ("What time is it?", "What is the time?", "Tell me the time.", "How late is it?", "Do you know the time?")
        )
        return Use(Tool(name, "Get the time.", ()), asked, {}, result, f"It is {result}.")
    town, key = _town(world), world.pick(("city", "place", "location"))
    asked = world.pick(("What time is it in {0}?", "What is the time in {0}?", "How late is it in {0}?"))
    return Use(
        Tool(name, "Get the time in a city.", ((key, "string"),)),
        asked.format(town),
        {key: town},
        result,
        f"It is {result} in {town}.",
    )


def look_up(world: World) -> Use:
    word, key = (world.invented() if world.chance(0.6) else world.pick(THINGS)), world.pick(("term", "query", "word"))
    asked = ("Look up {0}.", "What is {0}?", "Search for {0}.", "Find something about {0}.", "Who is {0}?")
    result = f"{word} is a {world.pick(('town', 'river', 'band', 'dog', 'king', 'tool', 'game'))}"
    tool = Tool(
        world.pick(("look_up", "look_up", "search", "web_search", "find")), "Look up a word.", ((key, "string"),)
    )
    return Use(tool, world.pick(asked).format(word), {key: word}, result, f"{result}.")


def timer(world: World) -> Use:
    minutes = world.number(1, 90)
    asked = (
        "Set a timer for {0} minutes.",
        "Wake me in {0} minutes.",
        "Timer: {0} minutes",
        "Tell me when {0} minutes are over.",
    )
    tool = Tool(world.pick(("set_timer", "timer", "start_timer")), "Set a timer.", (("minutes", "integer"),))
    return Use(
        tool, world.pick(asked).format(minutes), {"minutes": minutes}, "ok", f"The timer is set for {minutes} minutes."
    )


def sensor(world: World) -> Use:
    room, key = (
        world.pick((*PLACES, "hall", "office", "lab", "cellar")),
        world.pick(("room", "room", "place", "sensor")),
    )
    asked = (
        "How warm is the {0}?",
        "Read the sensor in the {0}.",
        "What does the sensor in the {0} say?",
        "Check the {0}.",
    )
    result = f"{world.number(5, 35)} degrees"
    tool = Tool(
        world.pick(("read_sensor", "room_temperature", "get_sensor")), "Read a room's sensor.", ((key, "string"),)
    )
    return Use(tool, world.pick(asked).format(room), {key: room}, result, f"In the {room}: {result}.")


def light(world: World) -> Use:
    room, on = world.pick((*PLACES, "hall", "office", "lab", "cellar")), world.chance(0.5)
    state = "on" if on else "off"
    asked = ("Turn the light in the {0} {1}.", "Switch {1} the light in the {0}.", "Light {1} in the {0}, please.")
    tool = Tool(
        world.pick(("switch_light", "set_light", "light")), "Switch a light.", (("room", "string"), ("state", "string"))
    )
    reply = f"The light in the {room} is {state}."
    return Use(tool, world.pick(asked).format(room, state), {"room": room, "state": state}, "ok", reply)


def message(world: World) -> Use:
    name, text = (
        world.person(),
        f"{world.pick(('bring the', 'I have the', 'where is the'))} {world.pick(COLOURS)} {world.pick(THINGS)}",
    )
    keys = world.pick((("to", "text"), ("name", "message"), ("to", "message")))
    asked = ("Send {0} a message: {1}", "Tell {0}: {1}", "Write to {0}: {1}", "Message {0}: {1}")
    tool = Tool(
        world.pick(("send_message", "send_mail", "message")), "Send a message.", tuple((key, "string") for key in keys)
    )
    return Use(
        tool,
        world.pick(asked).format(name, text),
        {keys[0]: name, keys[1]: text},
        "sent",
        f"The message to {name} is sent.",
    )


def price(world: World) -> Use:
    item, key, result = world.pick(THINGS), world.pick(("item", "product", "name")), str(world.number(1, 99))
    asked = (
        "What does the {0} cost?",
        "How much is the {0}?",
        "What is the price of the {0}?",
        "Find the price of the {0}.",
    )
    tool = Tool(world.pick(("get_price", "price", "price_of")), "Get the price of a thing.", ((key, "string"),))
    return Use(tool, world.pick(asked).format(item), {key: item}, result, f"The {item} costs {result}.")
