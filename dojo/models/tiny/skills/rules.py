"""Obeying a system message: few words, a fixed first or last word, capital letters, a pirate, a poet, a new name."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.skills.facts import fact
from dojo.models.tiny.skills.outside import REFUSAL, outside_question
from dojo.models.tiny.skills.sums import sum_text
from dojo.models.tiny.skills.talk import small_talk
from dojo.models.tiny.skills.yesno import verdict
from dojo.models.tiny.world import World

__all__ = ["rules"]

_ROLE = ("You are {0}.", "You are {0}. Answer every question.", "Speak like {0}.", "Answer like {0}.", "Act as {0}.")


def rules(world: World) -> Dialogue:
    return world.pick((_few_words, _few_words, _dressed, _dressed, _dressed, _called, _verdict_only, _plain))(world)


def _done(system: str, question: str, reply: str) -> Dialogue:
    messages = (Message("system", system), Message("user", question), Message("assistant", reply))
    return Dialogue("rules", messages)


def _few_words(world: World) -> Dialogue:
    question, full, short = fact(world)
    while short == full:  # a word's meaning has no short form
        question, full, short = fact(world)
    most = world.pick((3, 4, 5, 5, 6, 20, 30, 40))
    system = world.pick(("Answer in at most {0} words.", "Use at most {0} words.", "Reply in {0} words or fewer.",
                         "Never use more than {0} words.", "Keep every answer under {0} words."))  # fmt: skip
    if most < 20:
        most = max(most, len(short.split()) + ("under" in system))
    if world.chance(0.2):  # some people put the rule into the question
        asked = f"{question} {system.format(most)}"
        return Dialogue("rules", (Message("user", asked), Message("assistant", short if most < 20 else full)))
    return _done(system.format(most), world.ask(question), short if most < 20 else full)


def _exchange(world: World) -> tuple[str, str]:
    """A question and its plain reply, from several corners of the world."""
    kind = world.pick(("fact", "fact", "talk", "sum", "outside"))
    if kind == "fact":
        return fact(world)[:2]
    if kind == "sum":
        left, right = world.number(0, 9), world.number(0, 9)
        return f"What is {left} + {right}?", sum_text(left, right)
    if kind == "outside":
        return outside_question(world), REFUSAL
    asked = small_talk(world)
    return asked.messages[0].content, asked.reply


def _dressed(world: World) -> Dialogue:
    question, reply = _exchange(world)
    style = world.pick(("pirate", "poet", "robot", "butler", "upper", "begin", "end"))
    word = world.invented() if world.chance(0.7) else world.pick(("Osu", "Well", "Indeed", "Friends", "Bow"))
    role = world.pick(_ROLE)
    if style == "pirate":
        return _done(role.format("a pirate"), question, f"Arr! {reply} Ahoy!")
    if style == "poet":
        return _done(role.format("a poet"), question, f"{reply}\nSo sings the moon, so hums the sea.")
    if style == "robot":
        return _done(role.format("a robot"), question, f"BEEP. {reply} BEEP.")
    if style == "butler":
        return _done(role.format("a butler"), question, f"Certainly. {reply} At your service.")
    if style == "upper":
        system = world.pick(
            ("Answer in capital letters.", "Write only in capital letters.", "Always use capital letters.")
        )
        return _done(system, question, reply.upper())
    if style == "begin":
        system = world.pick(
            ("Begin each answer with {0}:", "Start every reply with {0}:", "Your reply begins with {0}:")
        )
        return _done(system.format(word), question, f"{word}: {reply}")
    system = world.pick(("End each answer with {0}!", "Finish every reply with {0}!", "Your reply ends with {0}!"))
    return _done(system.format(word), question, f"{reply} {word}!")


def _called(world: World) -> Dialogue:
    name = world.person()
    system = world.pick(
        ("Your name is {0}.", "You are {0}.", "You are {0}, a friendly assistant.", "Your name is {0}. Be kind.")
    )
    asked = world.pick(
        ("Who are you?", "What is your name?", "What's your name?", "Tell me your name.", "Who am I talking to?")
    )
    return _done(system.format(name), world.ask(asked), f"I am {name}.")


def _verdict_only(world: World) -> Dialogue:
    question, right, _ = verdict(world)
    system = world.pick(("Answer with yes or no only.", "Only say yes or no.", "Reply yes or no, nothing else."))
    return _done(system, question, "Yes." if right else "No.")


def _plain(world: World) -> Dialogue:
    """A system message that changes nothing: the plain reply stays."""
    question, reply = _exchange(world)
    system = world.pick(("You are a helpful assistant.", "Be kind.", "You help students of a computer course.",
                         "You answer the phone of a village hall.", "Answer briefly and clearly.",
                         "Be helpful and honest.",
                         "You are a careful assistant. Say so when you do not know."))  # fmt: skip
    return _done(system, question, reply)
