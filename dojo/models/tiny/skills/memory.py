"""Memory over turns: a name, a colour, a town or an animal told earlier, asked for later."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.skills.facts import course_labs, course_words
from dojo.models.tiny.skills.lists import counting, sorting
from dojo.models.tiny.skills.sums import sums
from dojo.models.tiny.skills.talk import small_talk
from dojo.models.tiny.world import ANIMALS, COLOURS, FOODS, World

__all__ = ["memory"]


def _name(world: World) -> tuple[str, str, str, str, str]:
    name = world.person()
    told = world.pick(("My name is {0}.", "I am {0}.", "I'm {0}.", "Hello, I am {0}.", "Hi, my name is {0}.",
    "Call me {0}.",
                       "Hello! My name is {0}.", "{0} is my name.", "This is {0}."))  # fmt: skip
    asked = world.pick(("What is my name?", "What's my name?", "Do you know my name?", "Who am I?", "Tell me my name.",
                        "Do you remember my name?", "What am I called?"))  # fmt: skip
    return (
        told.format(name),
        f"Nice to meet you, {name}!",
        asked,
        f"Your name is {name}.",
        "You have not told me your name.",
    )


def _colour(world: World) -> tuple[str, str, str, str, str]:
    colour = world.pick(COLOURS)
    told = world.pick(("My favourite colour is {0}.", "I like {0} best of all colours.", "I love the colour {0}."))
    asked = world.pick(("What is my favourite colour?", "Which colour do I like?", "What colour do I love?"))
    reply = f"Your favourite colour is {colour}."
    return (
        told.format(colour),
        f"I will remember: {colour}.",
        asked,
        reply,
        "You have not told me your favourite colour.",
    )


def _town(world: World) -> tuple[str, str, str, str, str]:
    town = world.invented()
    told = world.pick(("I live in {0}.", "My home is in {0}.", "I come from {0}.", "My town is {0}."))
    asked = world.pick(("Where do I live?", "Where is my home?", "What is my town?", "Which town do I live in?"))
    return (
        told.format(town),
        f"I will remember: {town}.",
        asked,
        f"You live in {town}.",
        "You have not told me where you live.",
    )


def _pet(world: World) -> tuple[str, str, str, str, str]:
    animal, name = world.pick(ANIMALS), world.person()
    told = world.pick(("I have a {0} called {1}.", "My {0} is called {1}.", "My {0}'s name is {1}."))
    asked = world.pick(("What is my {0} called?", "What is the name of my {0}?", "What is my {0}'s name?")).format(
        animal
    )
    reply = f"Your {animal} is called {name}."
    return (
        told.format(animal, name),
        f"I will remember: {name}.",
        asked,
        reply,
        f"You have not told me about your {animal}.",
    )


def _food(world: World) -> tuple[str, str, str, str, str]:
    food = world.pick(FOODS)
    told = world.pick(("I like {0}.", "My favourite food is {0}.", "I love {0}."))
    asked = world.pick(("What do I like?", "What is my favourite food?", "What do I like to eat?"))
    return (
        told.format(food),
        f"I will remember: {food}.",
        asked,
        f"You like {food}.",
        "You have not told me what you like.",
    )


def memory(world: World) -> Dialogue:
    """One or two things told, up to three other turns, then the question; one time in six nothing was told."""
    kinds = world.some((_name, _name, _colour, _town, _pet, _food), 1, 2)
    kinds = kinds[:1] if len(set(kinds)) < len(kinds) else kinds
    told = [kind(world) for kind in kinds]
    asked = world.pick(told)
    silent = world.chance(1 / 6)
    messages: list[Message] = []
    for one in told:
        if not (silent and one is asked):
            messages += [Message("user", one[0]), Message("assistant", one[1])]
    for _ in range(world.number(0, 3)):
        filler = world.pick((small_talk, course_labs, course_words, sums, sorting, counting))(world)
        messages += filler.messages
    reply = asked[4] if silent else asked[3]
    messages += [Message("user", asked[2]), Message("assistant", reply)]
    return Dialogue("memory", tuple(messages))
