"""JSON on request: a sentence or two in, an object with the wanted keys out; null where the text does not say."""

from __future__ import annotations

import json

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import ANIMALS, COLOURS, FOODS, THINGS, World

__all__ = ["boxes"]


def boxes(world: World) -> Dialogue:
    text, values = world.pick((_person, _person, _sale, _pet, _visit, _list))(world)
    keys = list(values)
    if world.chance(0.5) and len(keys) > 1:
        keys = world.some(keys, 1, len(keys))
    if world.chance(0.12):
        extra = world.pick(("phone", "email", "city", "price", "age", "date", "size", "weight"))
        keys += [] if extra in values else [extra]
    reply = json.dumps({key: values.get(key) for key in keys}, ensure_ascii=False)
    wanted = ", ".join(keys)
    system = world.pick(
        ("Reply with JSON. Keys: {0}.", "Answer only with JSON with the keys {0}.", "Write JSON with {0}.")
    )
    if world.chance(0.25):
        messages = (Message("system", system.format(wanted)), Message("user", text), Message("assistant", reply))
        return Dialogue("json", messages)
    form = world.pick((
        "Give me JSON with the keys {0}: {1}", "JSON with {0}: {1}", "{1}\nWrite JSON with the keys {0}.",
        "Extract {0} as JSON: {1}", "Extract {0} as JSON.\n{1}", "Return a JSON object with {0}.\nText: {1}",
        "Turn this into JSON with the keys {0}: {1}", "Text: {1}\nKeys: {0}\nReply with JSON.", "{1} JSON keys: {0}",
        "Read this: {1} Reply with JSON with the keys {0}.",
    ))  # fmt: skip
    return Dialogue("json", (Message("user", form.format(wanted, text)), Message("assistant", reply)))


def _person(world: World) -> tuple[str, dict[str, object]]:
    name, age, city, food = world.person(), world.number(5, 99), world.invented(), world.pick(FOODS)
    values: dict[str, object] = {"name": name, "age": age, "city": city, "likes": food}
    text = world.pick((
        "{0} is {1} years old and lives in {2}. {0} likes {3}.",
        "My name is {0}. I am {1}, I live in {2} and I like {3}.",
        "{0}, {1}, from {2}, likes {3}.", "{0} from {2} is {1} years old and likes {3}.",
        "{0} lives in {2}, likes {3} and is {1}.",
    ))  # fmt: skip
    if world.chance(0.5):
        del values["likes"], values["city"]
        text = world.pick(
            ("{0} is {1} years old.", "{0} is {1}.", "I am {0} and I am {1} years old.", "{0} turned {1} today.")
        )
    return text.format(name, age, city, food), values


def _sale(world: World) -> tuple[str, dict[str, object]]:
    item, colour, price, count = world.pick(THINGS), world.pick(COLOURS), world.number(1, 99), world.number(2, 20)
    if world.chance(0.5):
        text = world.pick(
            ("The {1} {0} costs {2} coins.", "A {1} {0} for {2} coins.", "For sale: {0}, {1}, {2} coins.")
        )
        return text.format(item, colour, price), {"item": item, "colour": colour, "price": price}
    name = world.person()
    text = world.pick(("{3} buys {4} of the {1} {0} for {2} coins.", "Order of {3}: {4} x {0}, {1}, {2} coins."))
    values: dict[str, object] = {"name": name, "item": item, "colour": colour, "count": count, "price": price}
    return text.format(item, colour, price, name, count), values


def _pet(world: World) -> tuple[str, dict[str, object]]:
    name, animal, colour, age = world.person(), world.pick(ANIMALS), world.pick(COLOURS), world.number(1, 20)
    text = world.pick((
        "{0} is a {2} {1} and is {3} years old.", "My {1} {0} is {2}. It is {3} years old.", "The {2} {1} {0} is {3}.",
    ))  # fmt: skip
    values: dict[str, object] = {"name": name, "animal": animal, "colour": colour, "age": age}
    return text.format(name, animal, colour, age), values


def _visit(world: World) -> tuple[str, dict[str, object]]:
    name, room, hour = world.person(), world.number(1, 99), world.number(6, 20)
    text = world.pick(
        ("{0} comes to room {1} at {2}.", "At {2}, {0} is in room {1}.", "Meeting with {0} in room {1} at {2}.")
    )
    return text.format(name, room, hour), {"name": name, "room": room, "hour": hour}


def _list(world: World) -> tuple[str, dict[str, object]]:
    name, things = world.person(), world.some(THINGS, 2, 3)
    shown = ", ".join(things[:-1]) + f" and {things[-1]}"
    text = world.pick(("{0} has: {1}.", "{0} packs {1}.", "In the bag of {0}: {1}."))
    return text.format(name, shown), {"name": name, "things": things}
