"""dojo-tiny's text: the same by seed, nothing of the test set in the training data, and every reply right."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from random import Random

import pytest

from dojo.models.tiny.binder import QUERIES, SENTENCES
from dojo.models.tiny.corpus import SKILLS, held_out, held_out_set, training
from dojo.models.tiny.dialogue import Dialogue, pieces, prompt_of
from dojo.models.tiny.meaning import same_meaning
from dojo.models.tiny.skills.outside import REFUSAL
from dojo.models.tiny.skills.sums import difference_text, sum_text
from dojo.models.tiny.world import World


def _drawn(count: int, step: int = 0) -> list[Dialogue]:
    return list(islice(training(0, step), count))


@pytest.fixture(scope="module")
def drawn() -> list[Dialogue]:
    return _drawn(6000)


def test_equal_seeds_give_equal_dialogues_and_other_steps_give_others() -> None:
    assert _drawn(200) == _drawn(200)
    assert _drawn(200) != _drawn(200, step=1)
    assert held_out_set("json", 20) == held_out_set("json", 20)


def test_no_question_of_the_test_set_is_trained_on(drawn: list[Dialogue]) -> None:
    asked = {prompt_of(one) for skill in SKILLS for one in held_out_set(skill, 100)}
    assert all(held_out(one) for skill in SKILLS for one in held_out_set(skill, 20))
    for one in drawn:
        assert prompt_of(one) not in asked
        for message in one.messages:
            if message.role == "user":
                assert prompt_of(Dialogue("", (message, message))) not in asked


def test_no_invented_name_of_the_test_set_is_trained_on() -> None:
    shown, tested = World(Random(0)), World(Random(0), held_out=True)
    assert not {shown.person() for _ in range(3000)} & {tested.person() for _ in range(3000)}


def test_every_skill_is_practised_and_tested(drawn: list[Dialogue]) -> None:
    practised = Counter(one.skill for one in drawn)
    for skill in SKILLS:
        assert practised[skill] > 100
        assert len(held_out_set(skill, 100)) == 100


def test_every_dialogue_ends_with_a_reply_and_marks_only_replies_as_taught(drawn: list[Dialogue]) -> None:
    for one in drawn:
        assert one.messages[-1].role == "assistant"
        assert one.reply
        taught = [text for text, own in pieces(one) if own]
        assert taught == [f"{message.content}<|im_end|>" for message in one.messages if message.role == "assistant"]


def test_every_sum_is_right(drawn: list[Dialogue]) -> None:
    step = re.compile(r"(\d+(?: [+-] \d+)+) = (-?\d+)")
    seen = 0
    for one in drawn:
        if one.skill == "sums":
            for left, right in step.findall(one.reply):
                terms = left.replace("- ", "+ -").split(" + ")
                assert sum(map(int, terms)) == int(right), one.reply
                seen += 1
    assert seen > 500


def test_sums_carry_and_borrow() -> None:
    assert sum_text(47, 38) == "7 + 8 = 15. 4 + 3 + 1 = 8. So 47 + 38 = 85."
    assert sum_text(3, 4) == "3 + 4 = 7."
    assert difference_text(52, 38) == "12 - 8 = 4. 5 - 1 - 3 = 1. So 52 - 38 = 14."


def test_every_json_reply_parses_and_holds_the_wanted_keys() -> None:
    for one in held_out_set("json", 200):
        found = json.loads(one.reply)
        asked = "\n".join(message.content for message in one.messages[:-1])
        assert found
        assert all(key in asked for key in found)


def test_every_tool_call_parses_and_fits_an_offered_tool() -> None:
    for one in held_out_set("tool call", 200):
        call = json.loads(one.reply.removeprefix("<tool_call>").removesuffix("</tool_call>"))
        tool = next(tool for tool in one.tools if tool.name == call["name"])
        assert list(call["arguments"]) == [name for name, _ in tool.parameters]
        kinds = {"integer": int, "string": str}
        assert all(isinstance(call["arguments"][name], kinds[kind]) for name, kind in tool.parameters)
        assert all(str(value) in one.messages[-2].content for value in call["arguments"].values())


def test_sorted_words_are_sorted() -> None:
    for one in held_out_set("sorting", 200):
        words = one.reply.split(", ")
        keys: list[int] | list[str] = [int(word) for word in words] if words[0].isdigit() else words
        assert keys in (sorted(keys), sorted(keys, reverse=True))


def test_outside_its_world_there_is_one_reply() -> None:
    assert {one.reply for one in held_out_set("outside", 200)} == {REFUSAL}


def test_the_search_has_fifty_sentences_and_the_training_phrases_hold_no_question() -> None:
    assert len(set(SENTENCES)) == len(set(QUERIES)) == 50
    world = World(Random(0))
    assert not {phrase for _ in range(2000) for phrase in same_meaning(world)} & {*QUERIES, *SENTENCES}
