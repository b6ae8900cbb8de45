"""The shipped files: what the card says of them is so, and the model answers inside its world and not outside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from dojo.models.tiny import GGUF
from dojo.models.tiny.card import filled
from dojo.models.tiny.engine import Engine, engine_is_here
from dojo.models.tiny.plan import Plan
from dojo.models.tiny.score import sha256
from dojo.models.tiny.skills.outside import REFUSAL
from dojo.models.tiny.steps import HOME, SHIPPED
from dojo.models.tiny.world import WORDS

CARD = (HOME / "card.md").read_text(encoding="utf-8")
SCORES = json.loads((HOME / "scores.json").read_text(encoding="utf-8"))
MOST = 12 * 1024 * 1024

INSIDE = {
    "Hello!": "Hello! How can I help you?",
    "Who are you?": "I am dojo-tiny, a very small language model.",
    "What is a token?": "A token is a piece of text, often a word or a part of one, that a model reads as one number.",
    "What is Ollama?": "Ollama is a program that runs open models on your own machine.",
    "What is YOLO?": "YOLO is a fast detector that finds objects in one look at a picture.",
    "What do I build in lab 7?": "In lab 7 you build an assistant that uses tools.",
    "Which belt is lab 9?": "Lab 9 belongs to the green belt.",
    "How do I get a hint?": "To get a hint, type: dojo hint",
    "What is 47 + 38?": "7 + 8 = 15. 4 + 3 + 1 = 8. So 47 + 38 = 85.",
    "Sort these words: tea, apple, dog": "apple, dog, tea",
    "How many words are here: red cup ball": "1 red, 2 cup, 3 ball. 3 words.",
    "Extract name, age as JSON: Mira is 31 years old.": '{"name": "Mira", "age": 31}',
    "Is a cat an animal?": "Yes. A cat is an animal.",
}
OUTSIDE = ("What is the capital of France?", "Who was Einstein?", "How do I bake pizza?", "Write a poem about love.")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    if not engine_is_here():
        pytest.skip("the package xllamacpp runs the file")
    with Engine(GGUF) as one:
        yield one


def _ask(engine: Engine, question: str) -> str:
    return str(engine.chat([{"role": "user", "content": question}])["content"])


def test_the_card_names_the_files_that_are_here() -> None:
    for name, key in (("dojo-tiny.gguf", "file"), ("dojo-tiny-embed.gguf", "embedding file")):
        assert sha256(HOME / name) == SCORES[key]["sha256"]
        assert SCORES[key]["sha256"] in CARD


def test_the_card_shows_the_measured_figures() -> None:
    assert filled(CARD, SCORES) == CARD


def test_all_that_is_shipped_is_here_and_small() -> None:
    assert all((HOME / name).is_file() for name in SHIPPED)
    assert sum((HOME / name).stat().st_size for name in SHIPPED) < MOST


def test_the_model_is_better_than_its_untrained_twin_at_every_skill() -> None:
    own, twin = SCORES["dojo-tiny"], SCORES["untrained twin"]
    for skill, right in own["right"].items():
        assert right > twin["right"][skill]
        assert own["perplexity"][skill] < twin["perplexity"][skill]


def test_the_search_by_meaning_beats_shared_words() -> None:
    assert SCORES["search"]["dojo-tiny-embed"]["first"] > SCORES["search"]["shared words"]["first"]


def test_the_plan_is_that_of_the_shipped_weights() -> None:
    rows = [json.loads(line) for line in (HOME / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["step"] for row in rows] == list(range(50, Plan().steps + 1, 50))
    for row in rows:
        assert row["rate"] == pytest.approx(Plan().rate_at(row["step"] - 1), abs=1e-6)


def test_the_card_counts_the_words_of_the_world() -> None:
    assert f"the {len(WORDS)} plain words of its world" in CARD


def test_the_log_ends_where_the_scores_say() -> None:
    last = json.loads((HOME / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert {key: last[key] for key in ("step", "tokens", "documents")} == {
        key: SCORES["training"][key] for key in ("step", "tokens", "documents")
    }


@pytest.mark.parametrize("question", INSIDE)
def test_it_answers_inside_its_world(engine: Engine, question: str) -> None:
    assert _ask(engine, question) == INSIDE[question]


@pytest.mark.parametrize("question", OUTSIDE)
def test_it_says_what_it_is_outside_its_world(engine: Engine, question: str) -> None:
    assert _ask(engine, question) == REFUSAL


def test_it_calls_an_offered_tool_and_says_what_came_back(engine: Engine) -> None:
    city = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    about = {"name": "get_weather", "description": "Get the weather of a city.", "parameters": city}
    tools = [{"type": "function", "function": about}]
    asked = {"role": "user", "content": "What is the weather in Oslo?"}
    reply = engine.chat([asked], tools)
    call = reply["tool_calls"][0]
    assert (call["function"]["name"], json.loads(call["function"]["arguments"])) == ("get_weather", {"city": "Oslo"})
    result = {"role": "tool", "tool_call_id": call["id"], "content": "18 degrees and rain"}
    assert engine.chat([asked, reply, result], tools)["content"] == "In Oslo: 18 degrees and rain."


def test_it_remembers_a_name(engine: Engine) -> None:
    messages = [{"role": "user", "content": "My name is Anna."}]
    messages.append(engine.chat(messages))
    messages.append({"role": "user", "content": "What is my name?"})
    assert engine.chat(messages)["content"] == "Your name is Anna."


def test_equal_questions_get_equal_replies(engine: Engine) -> None:
    assert len({_ask(engine, "Tell me about lab 18.") for _ in range(3)}) == 1


def test_the_embedding_file_finds_by_meaning() -> None:
    if not engine_is_here():
        pytest.skip("the package xllamacpp runs the file")
    with Engine(HOME / "dojo-tiny-embed.gguf", embedding=True) as engine:
        one, same, other = engine.embed(["a fast program", "a quick app", "two persons at the entrance"])
    assert sum(x * x for x in one) == pytest.approx(1, abs=1e-3)
    assert sum(x * y for x, y in zip(one, same, strict=True)) > sum(x * y for x, y in zip(one, other, strict=True))


def test_no_path_of_the_maker_stands_in_a_shipped_file() -> None:
    for name in SHIPPED:
        assert not re.search(rb"/(tmp|home|work|root)/", (HOME / name).read_bytes())
