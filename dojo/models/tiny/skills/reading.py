"""Answers from a text that stands in the question, and an honest no where the text does not say."""

from __future__ import annotations

from dataclasses import dataclass

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import ACTIONS, COLOURS, FOODS, PLACES, THINGS, World

__all__ = ["NOT_IN_NOTES", "UNSAID", "notes", "reading"]

UNSAID = "I do not know. The text does not say."
NOT_IN_NOTES = "That is not in the notes."


@dataclass(frozen=True)
class _Told:
    """One sentence, the questions it answers, and the reply to them."""

    sentence: str
    questions: tuple[str, ...]
    reply: str


def _facts(world: World, count: int) -> list[_Told]:
    """Facts about different people and things, some with the same relation, so that the right one must be found."""
    people = world.people(count)
    kinds = world.some((_colour, _home, _likes, _room, _price, _hours, _key, _born), 1, 3)
    things = world.rng.sample(THINGS, count)
    return [world.pick(kinds)(world, people[place], things[place]) for place in range(count)]


def _colour(world: World, name: str, thing: str) -> _Told:
    colour = world.pick(COLOURS)
    asked = (f"What colour is {name}'s {thing}?", f"Which colour has {name}'s {thing}?")
    return _Told(f"{name} has a {colour} {thing}.", asked, f"{name}'s {thing} is {colour}.")


def _home(world: World, name: str, thing: str) -> _Told:
    place = world.invented()
    return _Told(
        f"{name} lives in {place}.",
        (f"Where does {name} live?", f"Where is {name}'s home?"),
        f"{name} lives in {place}.",
    )


def _likes(world: World, name: str, thing: str) -> _Told:
    liked = world.pick((*FOODS, *ACTIONS)) if world.chance(0.8) else world.invented()
    return _Told(
        f"{name} likes {liked}.", (f"What does {name} like?", f"What is {name} fond of?"), f"{name} likes {liked}."
    )


def _room(world: World, name: str, thing: str) -> _Told:
    room = world.number(1, 99)
    asked = (f"Where is {name}?", f"Which room is {name} in?", f"In which room do I find {name}?")
    return _Told(f"{name} is in room {room}.", asked, f"{name} is in room {room}.")


def _price(world: World, name: str, thing: str) -> _Told:
    price = world.number(2, 99)
    asked = (f"How much is the {thing}?", f"What does the {thing} cost?", f"What is the price of the {thing}?")
    return _Told(f"The {thing} costs {price} coins.", asked, f"The {thing} costs {price} coins.")


def _hours(world: World, name: str, thing: str) -> _Told:
    place, hour = f"The {thing} shop", world.number(6, 12)
    asked = (f"When does the {thing} shop open?", f"At what time does the {thing} shop open?")
    return _Told(f"{place} opens at {hour}.", asked, f"{place} opens at {hour}.")


def _key(world: World, name: str, thing: str) -> _Told:
    place = world.pick(PLACES)
    asked = (f"Where is the {thing}?", f"Where do I find the {thing}?", f"Who knows where the {thing} is?")
    return _Told(f"The {thing} is in the {place}.", asked, f"The {thing} is in the {place}.")


def _born(world: World, name: str, thing: str) -> _Told:
    age = world.number(5, 99)
    return _Told(
        f"{name} is {age} years old.", (f"How old is {name}?", f"What is {name}'s age?"), f"{name} is {age} years old."
    )


def reading(world: World) -> Dialogue:
    """One text, one question; now and then two questions in a row."""
    told = _facts(world, world.pick((1, 2, 2, 3, 3, 4)))
    asked = world.pick(told)
    unsaid = world.chance(0.25)
    if unsaid and len(told) > 1:
        told.remove(asked)  # about somebody the text does not name, or a thing it does not say
    elif unsaid:
        asked = _facts(world, 1)[0]
    text, question = " ".join(one.sentence for one in told), world.pick(asked.questions)
    form = world.pick((
        "{0} {1}", "{0}\n{1}", "Text: {0}\nQuestion: {1}", "Text: {0} Question: {1}", "Read this: {0} Now tell me: {1}",
        "Answer from this text.\n{0}\n\n{1}", "Use only this text: {0}\n{1}", "{1}\n\nText: {0}",
    ))  # fmt: skip
    reply = UNSAID if unsaid else asked.reply
    return Dialogue("reading", (Message("user", form.format(text, question)), Message("assistant", reply)))


def notes(world: World) -> Dialogue:
    """Numbered notes as a retrieval program sends them; the reply names its note."""
    told = _facts(world, world.pick((2, 3, 3, 4)))
    asked, unsaid = world.pick(told), world.chance(0.25)
    if unsaid:
        told.remove(asked)
    lines = "\n".join(f"[{place}] {one.sentence}" for place, one in enumerate(told, 1))
    question = world.pick(asked.questions)
    reply = NOT_IN_NOTES if unsaid else f"{asked.reply} [{told.index(asked) + 1}]"
    rule = world.pick(("Answer from the notes and name the note.", "Use only these notes. Name the note.",
                       "Answer from the notes. If they do not say it, say so."))  # fmt: skip
    if world.chance(0.4):
        asked_text = f"Notes:\n{lines}\n\nQuestion: {question}"
        return Dialogue("notes", (Message("system", rule), Message("user", asked_text), Message("assistant", reply)))
    asked_text = world.pick(("{2}\n{0}\n\nQuestion: {1}", "Notes:\n{0}\n\n{1}", "{0}\n\n{2}\n{1}")).format(
        lines, question, rule
    )
    return Dialogue("notes", (Message("user", asked_text), Message("assistant", reply)))
