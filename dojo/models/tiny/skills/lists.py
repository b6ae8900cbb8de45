"""Lists: counting words, sorting words and numbers, the first, last, longest and odd one, spelling."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import COLOURS, FOODS, THINGS, WORDS, World

__all__ = ["counting", "sorting"]


def sorting(world: World) -> Dialogue:
    """Alphabetical order, and numbers by size."""
    asked: tuple[str, ...]
    if world.chance(0.4):
        numbers = world.some(range(100), 2, 5)
        shown = ", ".join(map(str, numbers))
        if world.chance(0.3):
            asked = ("Sort from big to small: {0}", "Sort these numbers, biggest first: {0}")
            numbers.sort(reverse=True)
        else:
            asked = ("Sort: {0}", "Sort these numbers: {0}", "Put in order: {0}", "Sort from small to big: {0}")
            numbers.sort()
        return _done(world, "sorting", world.pick(asked).format(shown), ", ".join(map(str, numbers)))
    words = world.some(WORDS, 2, 5)
    asked = ("Sort these words: {0}", "Sort alphabetically: {0}", "Put these words in alphabetical order: {0}",
             "Put in alphabetical order: {0}", "Sort: {0}", "Sort the list: {0}")  # fmt: skip
    return _done(world, "sorting", world.pick(asked).format(_shown(world, words)), ", ".join(sorted(words)))


def counting(world: World) -> Dialogue:
    """How many words, how often a word, which is first or last, how a word is spelled."""
    asked: tuple[str, ...]
    kind = world.pick(("words", "words", "often", "place", "place", "spell", "items"))
    if kind == "spell":
        word = world.pick(WORDS)
        if world.chance(0.5):
            asked = ("Spell {0}.", "Spell the word {0}.", "How do you spell {0}?", "How is {0} spelled?")
            return _done(world, "counting", world.pick(asked).format(word), "-".join(word))
        steps = ", ".join(f"{letter} {place}" for place, letter in enumerate(word, 1))
        asked = ("How many letters has {0}?", "How many letters are in {0}?", "Count the letters of {0}.")
        return _done(world, "counting", world.pick(asked).format(word), f"{steps}. {len(word)} letters.")
    if kind == "often":
        few = world.some(WORDS, 2, 3)
        words = [world.pick(few) for _ in range(world.number(3, 7))]
        seen, walked = 0, []
        for word in words:
            seen += word == few[0]
            walked.append(f"{word} {seen}" if word == few[0] else word)
        question = f"How often is {few[0]} in this list: {', '.join(words)}?"
        return _done(world, "counting", question, f"{', '.join(walked)}. {seen} {'time' if seen == 1 else 'times'}.")
    words = world.some(WORDS, 2, 8) if kind != "items" else world.some(world.pick((THINGS, FOODS, COLOURS)), 2, 6)
    if kind == "place":
        shown, (name, index) = _shown(world, words), world.pick((("first", 0), ("last", -1), ("second", 1)))
        asked = ("What is the {1} word: {0}", "What is the {1} word of: {0}", "Give me the {1} word: {0}")
        return _done(world, "counting", world.pick(asked).format(shown, name), words[index])
    steps = ", ".join(f"{place} {word}" for place, word in enumerate(words, 1))
    if kind == "items":
        shown = ", ".join(words[:-1]) + f" and {words[-1]}"
        asked = ("How many things are here: {0}?", "Count these: {0}", "How many are in this list: {0}?")
        return _done(world, "counting", world.pick(asked).format(shown), f"{steps}. {len(words)} things.")
    asked = (
        "How many words are here: {0}",
        "How many words are in: {0}",
        "Count the words: {0}",
        "Count the words in: {0}",
    )
    return _done(world, "counting", world.pick(asked).format(_shown(world, words)), f"{steps}. {len(words)} words.")


def _shown(world: World, words: list[str]) -> str:
    return world.pick((", ", ", ", " ")).join(words)


def _done(world: World, skill: str, question: str, reply: str) -> Dialogue:
    # A list is not a sentence: no kind words behind it, they would belong to the list.
    if world.chance(0.1):
        question = question[0].lower() + question[1:]
    return Dialogue(skill, (Message("user", question), Message("assistant", reply)))
