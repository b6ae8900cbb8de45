"""dojo-tiny's data: dialogues made by seed, endless for training, held out for testing.

covered
  - the same seed gives the same dialogues, on every machine
  - no question of the test set is ever trained on: one question in ten belongs to the test set, by its checksum
  - no invented or first name of the test set is ever trained on
not covered
  - facts about the course are the same in both sets: what is tested is another way to ask for them
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from zlib import crc32

from dojo.models.tiny.dialogue import Dialogue, Message, prompt_of
from dojo.models.tiny.skills import (
    boxes,
    facts,
    hands,
    lists,
    memory,
    outside,
    reading,
    rewriting,
    rules,
    sums,
    talk,
    yesno,
)
from dojo.models.tiny.world import World

__all__ = ["SKILLS", "held_out", "held_out_set", "training"]

Skill = Callable[[World], Dialogue]

# Each skill with its share of the dialogues, in the first and in the second part of training. Fixed sentences are
# learnt early; finding the right one of several things, and a verdict before its reason, take the longest.
SKILLS: dict[str, tuple[Skill, float, float]] = {
    "small talk": (talk.small_talk, 4, 2),
    "course labs": (facts.course_labs, 10, 3),
    "course words": (facts.course_words, 8, 3),
    "sums": (sums.sums, 12, 7),
    "sorting": (lists.sorting, 9, 14),
    "counting": (lists.counting, 8, 12),
    "rewriting": (rewriting.rewriting, 9, 12),
    "yes or no": (yesno.yes_no, 9, 22),
    "reading": (reading.reading, 11, 18),
    "notes": (reading.notes, 7, 16),
    "json": (boxes.boxes, 11, 7),
    "tool call": (hands.tool_call, 10, 7),
    "tool result": (hands.tool_result, 4, 1),
    "no tool": (hands.no_tool, 4, 6),
    "memory": (memory.memory, 7, 8),
    "rules": (rules.rules, 9, 8),
    "outside": (outside.outside, 8, 3),
}
_NAMES = list(SKILLS)
_EARLY = [share for _, share, _ in SKILLS.values()]
_LATE = [share for _, _, share in SKILLS.values()]
# Skills whose dialogues can follow one another with no system message between them.
_CHAINED = ("small talk", "course labs", "course words", "sums", "sorting", "counting", "rewriting", "yes or no",
"reading",
            "notes", "json", "outside")  # fmt: skip


def held_out(dialogue: Dialogue) -> bool:
    """Whether a dialogue's question belongs to the test set: a tenth of all questions, chosen by their checksum."""
    return crc32(prompt_of(dialogue).encode()) % 10 == 0


def training(seed: int, step: int, late: bool = False) -> Iterator[Dialogue]:
    """Endless training dialogues of one step. One in eight (later: in twenty) holds several questions in a row."""
    world = World(Random(f"dojo-tiny/{seed}/{step}"))
    chained, shares = (0.05, _LATE) if late else (0.12, _EARLY)
    while True:
        if world.chance(chained):
            yield _chain(world)
        else:
            yield _draw(world, world.rng.choices(_NAMES, shares)[0], wanted=False)


def held_out_set(skill: str, count: int, seed: int = 1) -> list[Dialogue]:
    """`count` different held-out dialogues of one skill."""
    world = World(Random(f"dojo-tiny/test/{seed}/{skill}"), held_out=True)
    found: dict[str, Dialogue] = {}
    for _ in range(count * 40):  # a small closed skill may have fewer held-out questions than asked for
        if len(found) == count:
            break
        dialogue = _draw(world, skill, wanted=True)
        found.setdefault(prompt_of(dialogue), dialogue)
    return list(found.values())


def _draw(world: World, skill: str, wanted: bool) -> Dialogue:
    while True:
        dialogue = SKILLS[skill][0](world)
        if held_out(dialogue) if wanted else not _shows_test(dialogue):
            return dialogue


def _shows_test(dialogue: Dialogue) -> bool:
    """Whether any question in the dialogue, alone or with all that stands before it, belongs to the test set."""
    alone = (Dialogue("", (one, one)) for one in dialogue.messages if one.role == "user")
    return held_out(dialogue) or any(map(held_out, alone))


def _chain(world: World) -> Dialogue:
    """Two to five questions about different things in one dialogue: what came before must not confuse."""
    messages: list[Message] = []
    for _ in range(world.number(2, 5)):
        drawn = _draw(world, world.pick(_CHAINED), wanted=False).messages
        if drawn[0].role == "system":
            continue
        messages += drawn
    if not messages:
        return _draw(world, "small talk", wanted=False)
    return Dialogue("chain", tuple(messages))
