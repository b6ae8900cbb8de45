"""Rewriting a short text: letters big or small, words turned round, one word swapped, said again as it is."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import ACTIONS, ANIMALS, COLOURS, PLACES, QUALITIES, THINGS, World

__all__ = ["plain_text", "rewriting"]


def plain_text(world: World) -> str:
    """A short sentence of the little world, with no mark at its end."""
    thing, animal = world.pick(THINGS), world.pick(ANIMALS)
    return world.pick((
        f"the {world.pick(COLOURS)} {thing} is {world.pick(QUALITIES)}",
        f"{world.person()} has a {world.pick(QUALITIES)} {thing}",
        f"the {animal} and the {world.pick(ANIMALS)} {world.pick(ACTIONS)} in the {world.pick(PLACES)}",
        f"{world.person()} and {world.person()} {world.pick(ACTIONS)}",
        f"a {world.pick(QUALITIES)} {animal}",
        f"{world.pick(COLOURS)} {thing} {world.pick(PLACES)}",
        f"my {thing} is in the {world.pick(PLACES)}",
    ))  # fmt: skip


def rewriting(world: World) -> Dialogue:
    text = plain_text(world)
    words = text.split()
    asked: tuple[str, ...]
    kind = world.pick(("upper", "lower", "reverse", "reverse", "swap", "swap", "say", "title", "drop"))
    if kind == "upper":
        asked = ("Write in capital letters: {0}", "In capitals: {0}", "Write this in upper case: {0}", "Uppercase: {0}")
        reply = text.upper()
    elif kind == "lower":
        asked = ("Write in small letters: {0}", "Write this in lower case: {0}", "Lowercase: {0}")
        reply, text = text.lower(), text.upper()
    elif kind == "title":
        asked = ("Start each word with a capital letter: {0}", "Write as a title: {0}", "Capitalise each word: {0}")
        reply = " ".join(word.capitalize() for word in words)
    elif kind == "reverse":
        asked = ("Reverse the words: {0}", "Say the words backwards: {0}", "Turn the order of the words round: {0}")
        reply = " ".join(reversed(words))
    elif kind == "say":
        asked = ("Say: {0}", "Repeat: {0}", "Repeat after me: {0}", "Copy this text: {0}", "Write: {0}")
        reply = text
    else:
        old = world.pick(words)
        if kind == "drop":
            asked = (f"Leave out the word {old}: {{0}}", f"Remove {old}: {{0}}", f"Drop the word {old}: {{0}}")
            reply = " ".join(word for word in words if word != old)
        else:
            new = world.pick((*COLOURS, *THINGS, *ANIMALS, world.person()))
            asked = (
                f"Replace {old} with {new}: {{0}}",
                f"Write {new} for {old}: {{0}}",
                f"Change {old} to {new}: {{0}}",
            )
            reply = " ".join(new if word == old else word for word in words)
    return Dialogue("rewriting", (Message("user", world.pick(asked).format(text)), Message("assistant", reply)))
