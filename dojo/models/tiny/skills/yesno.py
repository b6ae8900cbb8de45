"""Questions with a yes or a no: the first word of the reply is the verdict."""

from __future__ import annotations

from dojo.models.tiny.course_facts import BELTS, LABS, belt_of
from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import ANIMALS, COLOURS, KINDS, THINGS, WORDS, World, a

__all__ = ["verdict", "yes_no"]


def yes_no(world: World) -> Dialogue:
    question, right, why = verdict(world)
    text = world.ask(question)
    reply = f"{'Yes' if right else 'No'}. {why}"
    if world.chance(0.2):
        text, reply = text.rstrip("?") + "? Answer yes or no.", f"{'Yes' if right else 'No'}."
    return Dialogue("yes or no", (Message("user", text), Message("assistant", reply)))


def verdict(world: World) -> tuple[str, bool, str]:
    """A question, whether the answer is yes, and the true sentence behind it."""
    return world.pick((_kind, _number, _order, _belt, _title, _inside, _told))(world)


def _kind(world: World) -> tuple[str, bool, str]:
    true = world.pick(list(KINDS))
    word = world.pick([one for one in KINDS[true] if one != "orange"])
    asked = true if world.chance(0.5) else world.pick(list(KINDS))
    if asked == "thing" != true:  # everything is a thing
        asked = true
    subject = word if true in ("food", "colour") else a(word)
    return f"Is {subject} {a(asked)}?", asked == true, f"{subject.capitalize()} is {a(true)}."


def _number(world: World) -> tuple[str, bool, str]:
    left, right = world.rng.sample(range(100), 2)
    word = world.pick(("bigger", "smaller"))
    true = "bigger" if left > right else "smaller"
    return f"Is {left} {word} than {right}?", word == true, f"{left} is {true} than {right}."


def _order(world: World) -> tuple[str, bool, str]:
    left, right = world.some(WORDS, 2, 2)
    word = world.pick(("before", "after"))
    true = "before" if left < right else "after"
    return (
        f"Does {left} come {word} {right} in the alphabet?",
        word == true,
        f"{left.capitalize()} comes {true} {right}.",
    )


def _belt(world: World) -> tuple[str, bool, str]:
    lab, true = world.pick(LABS), ""
    true = belt_of(lab.number)
    asked = true if world.chance(0.5) else world.pick([name for name, _, _ in BELTS])
    question = world.pick(("Is lab {0} in the {1} belt?", "Does lab {0} belong to the {1} belt?"))
    return question.format(lab.number, asked), asked == true, f"Lab {lab.number} belongs to the {true} belt."


def _title(world: World) -> tuple[str, bool, str]:
    lab = world.pick(LABS)
    asked = lab if world.chance(0.5) else world.pick(LABS)
    return f"Is lab {lab.number} called {asked.title}?", asked is lab, f"Lab {lab.number} is called {lab.title}."


def _inside(world: World) -> tuple[str, bool, str]:
    words = world.some(WORDS, 2, 5)
    asked = world.pick(words) if world.chance(0.5) else world.pick(WORDS)
    inside = asked in words
    why = f"The word {asked} is {'' if inside else 'not '}in the list."
    return f"Is {asked} in this list: {', '.join(words)}?", inside, why


def _told(world: World) -> tuple[str, bool, str]:
    name, other = world.people(2)
    thing, colour = world.pick((*THINGS, *ANIMALS)), world.pick(COLOURS)
    asked = colour if world.chance(0.5) else world.pick(COLOURS)
    told = f"{name} has a {colour} {thing}."
    if world.chance(0.4):
        told += f" {other} has a {world.pick(COLOURS)} {world.pick([one for one in THINGS if one != thing])}."
    return f"{told} Is {name}'s {thing} {asked}?", asked == colour, f"{name}'s {thing} is {colour}."
