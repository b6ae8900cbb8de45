"""The little world that dojo-tiny knows: its words, and the dice that choose among them.

Names are made of random syllables, so that they can only be copied, never remembered. One name in five is held out:
training never shows it, testing shows no other. The same seed gives the same words on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from zlib import crc32

__all__ = ["ANIMALS", "COLOURS", "FOODS", "KINDS", "THINGS", "WORDS", "World", "a"]


def _words(text: str) -> list[str]:
    return text.split()


ANIMALS = _words(
    "cat dog bird fish horse cow pig sheep goat duck hen fox bear wolf mouse frog snake bee ant spider lion tiger "
    "rabbit owl whale"
)
FOODS = _words(
    "bread cheese apple pear plum soup rice cake tea milk egg honey salt sugar onion potato tomato lemon banana "
    "grape nut jam butter pie corn"
)
THINGS = _words(
    "cup book phone bottle ball lamp chair table pen box key clock hat coat shoe bag plate spoon knife window door "
    "bell rope mirror brush basket candle ladder hammer drum"
)
COLOURS = ["red", "blue", "green", "yellow", "white", "black", "brown", "grey", "pink", "orange", "purple", "gold"]
PLACES = _words("garden kitchen school market river forest bridge station tower library field village harbour castle")
ACTIONS = _words(
    "run walk sing read write jump sleep swim dance cook paint draw count look wait work play talk laugh rest"
)
QUALITIES = _words(
    "small big old new warm cold quick slow loud quiet round flat soft hard bright dark long short clean dry"
)
KINDS = {"animal": ANIMALS, "food": FOODS, "thing": THINGS, "colour": COLOURS, "place": PLACES}
WORDS = sorted({*ANIMALS, *FOODS, *THINGS, *COLOURS, *PLACES, *ACTIONS, *QUALITIES})

_FIRST = _words(
    "Anna Ben Chen Dana Emil Fatima Grace Hugo Ines Jonas Kofi Lena Maria Nadia Omar Paula Ravi Sara Tom Uma Vera "
    "Wei Yusuf Zoe Alex Sam Kim Lee Noor Ada Alan Linus Mei Ivan Olga Pedro Rosa Lucas Emma Noah"
)
_OPEN = _words("b br d dr f fl g gr h j k kl l m n p pr qu r s sh st t tr v w y z")
_VOWEL = ["a", "e", "i", "o", "u", "ai", "ea", "io", "oo"]
_CLOSE = ["", "", "", "l", "m", "n", "r", "s", "t", "x", "ck", "nd", "rt"]

_Any = TypeVar("_Any")


def a(word: str) -> str:
    """The word with its article: a cup, an owl."""
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


class World:
    """Dice with a seed; `held_out` chooses the names that training never shows."""

    def __init__(self, rng: Random, held_out: bool = False) -> None:
        self.rng = rng
        self.held_out = held_out

    def pick(self, choices: Sequence[_Any]) -> _Any:
        return self.rng.choice(choices)

    def some(self, choices: Sequence[_Any], least: int, most: int) -> list[_Any]:
        """From `least` to `most` different ones."""
        return self.rng.sample(choices, self.rng.randint(least, most))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def number(self, least: int, most: int) -> int:
        return self.rng.randint(least, most)

    def invented(self) -> str:
        """A name of two or three syllables that nobody bears, such as Tarvo."""
        while True:
            count = self.pick((2, 2, 2, 3))
            name = "".join(self.pick(_OPEN) + self.pick(_VOWEL) for _ in range(count)) + self.pick(_CLOSE)
            if self._allowed(name):
                return name.capitalize()

    def person(self) -> str:
        """A first name, three times in four an invented one."""
        if self.chance(0.75):
            return self.invented()
        return self.pick([name for name in _FIRST if self._allowed(name.lower())])

    def people(self, count: int) -> list[str]:
        """Different first names."""
        found: list[str] = []
        while len(found) < count:
            name = self.person()
            if name not in found:
                found.append(name)
        return found

    def ask(self, text: str) -> str:
        """What a person types: sometimes without a capital, without the last mark, or with a kind word."""
        if self.chance(0.1) and not text.startswith("I "):
            text = text[0].lower() + text[1:]
        if self.chance(0.15) and text[-1] in "?.!":
            text = text[:-1]
        elif self.chance(0.06):
            text += self.pick((" Thanks.", " Thank you!", " Please."))
        if self.chance(0.05):
            text = self.pick(("Hey, ", "OK, ", "Please: ", "So, ")) + text
        return text

    def _allowed(self, name: str) -> bool:
        return (crc32(name.encode()) % 5 == 0) == self.held_out
