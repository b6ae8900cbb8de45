"""Facts about this course: its labs, belts, commands and words. `facts` is also what other skills ask about."""

from __future__ import annotations

from dojo.models.tiny.course_facts import BELTS, COMMANDS, GLOSSARY, LABS, belt_of
from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import KINDS, World, a

__all__ = ["course_labs", "course_words", "fact"]

_WORD_ASKED = (
    "What is {0}?", "What's {0}?", "Explain {0}.", "What does {1} mean?", "Tell me what {0} is.", "Define {1}.",
    "Can you explain {0}?", "What do you call {0}?", "In one sentence, what is {0}?", "What is meant by {1}?",
    "I do not know what {0} is.", "Please explain {0} to me.", "Do you know what {0} is?", "{1}?",
)  # fmt: skip
_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def fact(world: World) -> tuple[str, str, str]:
    """A question, its full reply, and a reply of at most five words."""
    return _lab(world) if world.chance(0.55) else _belt(world) if world.chance(0.15) else _word(world)


def course_labs(world: World) -> Dialogue:
    """Labs, belts, minutes, and which lab does what."""
    question, reply, _ = _belt(world) if world.chance(0.15) else _lab(world)
    return _dialogue(world, "course labs", question, reply)


def course_words(world: World) -> Dialogue:
    """The words of the trade, the commands, and kinds of plain things."""
    question, reply, _ = _command(world) if world.chance(0.25) else _word(world)
    return _dialogue(world, "course words", question, reply)


def _dialogue(world: World, skill: str, question: str, reply: str) -> Dialogue:
    return Dialogue(skill, (Message("user", world.ask(question)), Message("assistant", reply)))


def _lab(world: World) -> tuple[str, str, str]:
    asked: tuple[str, ...]
    lab = world.pick(LABS)
    number = lab.number
    name = world.pick((f"lab {number}", f"lab {number}", f"lab number {number}", f"Lab {number}", f'"{lab.title}"'))
    if number <= len(_NUMBERS) and world.chance(0.1):
        name = f"lab {_NUMBERS[number - 1]}"
    kind = world.pick(
        ("title", "title", "product", "product", "belt", "minutes", "topic", "topic", "after", "before", "none")
    )
    if kind == "title":
        asked = ("What is {0} called?", "What is the title of {0}?", "What is the name of {0}?", "Which lab is {0}?",
                 "Name {0}.", "What is {0}?")  # fmt: skip
        if name.startswith('"'):
            return f"Which lab is called {name}?", f"Lab {number} is called {lab.title}.", f"Lab {number}"
        return world.pick(asked).format(name), f"Lab {number} is called {lab.title}.", lab.title
    if kind == "product":
        asked = ("What do I build in {0}?", "What does {0} build?", "What will I make in {0}?", "What do we do in {0}?",
                 "What comes out of {0}?", "Tell me about {0}.")  # fmt: skip
        return world.pick(asked).format(name), f"In lab {number} you build {lab.product}.", lab.title
    if kind == "belt":
        belt = belt_of(number)
        asked = (
            "Which belt is {0}?",
            "Which belt has {0}?",
            "What belt does {0} belong to?",
            "What colour is {0}'s belt?",
        )
        return world.pick(asked).format(name), f"Lab {number} belongs to the {belt} belt.", f"The {belt} belt"
    if kind == "minutes":
        asked = (
            "How long is {0}?",
            "How long does {0} take?",
            "How many minutes is {0}?",
            "How much time do I need for {0}?",
        )
        return (
            world.pick(asked).format(name),
            f"Lab {number} takes about {lab.minutes} minutes.",
            f"{lab.minutes} minutes",
        )
    if kind == "topic":
        asked = ("Which lab is about {0}?", "Which lab teaches {0}?", "Where do I learn {0}?", "Which lab covers {0}?",
                 "In which lab do I learn about {0}?", "I want to learn {0}.")  # fmt: skip
        return world.pick(asked).format(lab.topic), f"Lab {number}, {lab.title}, is about {lab.topic}.", f"Lab {number}"
    if kind == "none" or (kind == "after" and number == 20) or (kind == "before" and number == 1):
        number = world.number(21, 60)
        asked = ("What is lab {0}?", "What do I build in lab {0}?", "Tell me about lab {0}.", "How long is lab {0}?")
        return world.pick(asked).format(number), f"There are 20 labs. There is no lab {number}.", "There is none"
    other = LABS[number] if kind == "after" else LABS[number - 2]
    asked = (f"Which lab comes {kind} {{0}}?", f"What comes {kind} {{0}}?", f"Which is the lab {kind} {{0}}?")
    reply = f"Lab {other.number}, {other.title}, comes {kind} lab {number}."
    return world.pick(asked).format(f"lab {number}"), reply, f"Lab {other.number}"


def _belt(world: World) -> tuple[str, str, str]:
    asked: tuple[str, ...]
    colour, verb, first = world.pick(BELTS)
    kind = world.pick(("labs", "labs", "verb", "count", "belts", "next"))
    if kind == "labs":
        asked = ("Which labs are in the {0} belt?", "What labs has the {0} belt?", "What is in the {0} belt?",
                 "Tell me about the {0} belt.", "What do I need for the {0} belt?")  # fmt: skip
        reply = f"The {colour} belt has labs {first} to {first + 3}."
        return world.pick(asked).format(colour), reply, f"Labs {first} to {first + 3}"
    if kind == "verb":
        asked = (
            "What is the {0} belt's word?",
            "What does the {0} belt stand for?",
            "What is the motto of the {0} belt?",
        )
        return world.pick(asked).format(colour), f"The {colour} belt stands for: {verb}.", verb
    if kind == "count":
        asked = ("How many labs are there?", "How many labs has this course?", "How many labs does the course have?")
        return world.pick(asked), "There are 20 labs in 5 belts.", "20 labs"
    place = [name for name, _, _ in BELTS].index(colour)
    if kind == "belts" or place == 4:
        asked = ("Which belts are there?", "What belts can I earn?", "Name the belts.", "How many belts are there?")
        return world.pick(asked), "There are five belts: white, yellow, green, brown and black.", "Five belts"
    after = BELTS[place + 1][0]
    asked = ("Which belt comes after {0}?", "What comes after the {0} belt?", "What is the next belt after {0}?")
    return world.pick(asked).format(colour), f"The {after} belt comes after the {colour} belt.", f"The {after} belt"


def _command(world: World) -> tuple[str, str, str]:
    command, does, wish = world.pick(COMMANDS)
    if world.chance(0.5):
        asked = ("What does {0} do?", "What is {0} for?", "What does the command {0} do?", "Explain {0}.", "{0}?")
        return world.pick(asked).format(command), f"The command {command} {does}.", does
    asked = (
        "How do I {0}?",
        "How can I {0}?",
        "Which command do I use to {0}?",
        "I want to {0}.",
        "What do I type to {0}?",
    )
    return world.pick(asked).format(wish), f"To {wish}, type: {command}", command


def _word(world: World) -> tuple[str, str, str]:
    if world.chance(0.12):
        kind = world.pick([one for one in KINDS if one != "thing"])
        word = world.pick(KINDS[kind])
        return f"What is {a(word)}?", f"{a(word).capitalize()} is {a(kind)}.", a(kind).capitalize()
    term, meaning = world.pick(GLOSSARY)
    bare = term.split(" ", 1)[1] if term.startswith(("a ", "an ")) else term
    question = world.pick(_WORD_ASKED).format(term, bare)
    return question[0].upper() + question[1:], meaning, meaning
