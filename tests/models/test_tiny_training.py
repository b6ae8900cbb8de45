"""The network and its training, on a toy: the mask, the loss, a killed run that goes on, the file it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")

from dojo.models.tiny.corpus import held_out_set  # noqa: E402 - behind the skip
from dojo.models.tiny.dialogue import Dialogue, Message, Tool, call_text, prompt_of  # noqa: E402
from dojo.models.tiny.model import Shape, TinyLlama  # noqa: E402
from dojo.models.tiny.plan import Plan  # noqa: E402
from dojo.models.tiny.tokenizer import Tokenizer, read_tokenizer, train_tokenizer  # noqa: E402
from dojo.models.tiny.train import encode, learn, step_loss  # noqa: E402

TOY = Shape(vocabulary=512, width=64, layers=2, heads=2, kv_heads=1, hidden=96, context=256)
PLAN = Plan(steps=20, first=14, tokens=600, group=600, warm_up=4)


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_tokenizer(dialogues=300, vocabulary=TOY.vocabulary)


@pytest.fixture(scope="module")
def toy(_one_thread: None, tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> TinyLlama:
    folder = tmp_path_factory.mktemp("toy")
    return learn(folder, TOY, PLAN, tokenizer)


@pytest.mark.parametrize(
    "text", ["", "Hello!", "Grüße, 你好 🙂", "a\n\n b\t  c", "1234 + 99", "<tool_call>{}</tool_call>", "\x00\x7f"]
)
def test_any_text_is_cut_and_joined_again(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_digits_stay_single_and_the_saved_tokenizer_is_the_same(tokenizer: Tokenizer) -> None:
    again = read_tokenizer(tokenizer.to_str())
    assert again.encode("1234").tokens == ["1", "2", "3", "4"]
    assert again.encode("Sort these words").ids == tokenizer.encode("Sort these words").ids


def test_a_later_token_changes_nothing_before_it() -> None:
    model = TinyLlama(TOY)
    with torch.no_grad():
        one, other = torch.tensor([[5, 6, 7, 8, 9]]), torch.tensor([[5, 6, 7, 100, 101]])
        before, after = model(one), model(other)
    assert torch.equal(before[:, :3], after[:, :3])
    assert not torch.allclose(before[:, 3:], after[:, 3:])


def test_an_earlier_token_changes_what_comes_after_it() -> None:
    model = TinyLlama(TOY)
    with torch.no_grad():
        assert not torch.allclose(model(torch.tensor([[5, 6, 7]]))[:, 2], model(torch.tensor([[9, 6, 7]]))[:, 2])


def test_equal_seeds_start_with_equal_weights() -> None:
    assert torch.equal(TinyLlama(TOY).embedding.weight, TinyLlama(TOY).embedding.weight)
    assert not torch.equal(TinyLlama(TOY).embedding.weight, TinyLlama(TOY, seed=1).embedding.weight)


def test_twenty_steps_lower_the_loss_on_questions_never_seen(toy: TinyLlama, tokenizer: Tokenizer) -> None:
    rows = [encode(one, tokenizer) for one in held_out_set("small talk", 40)]
    with torch.no_grad():
        (untrained, count), (trained, _) = step_loss(TinyLlama(TOY), rows), step_loss(toy, rows)
    assert float(trained) / count < 0.8 * float(untrained) / count


def test_a_run_that_is_stopped_goes_on_to_the_same_weights(
    toy: TinyLlama, tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dojo.models.tiny import train

    made: list[int] = []

    def die_in_step_nine(*arguments: object) -> float:
        if len(made) == 8:
            raise KeyboardInterrupt
        made.append(1)
        return real(*arguments)  # type: ignore[arg-type]

    real = train._one_step
    monkeypatch.setattr(train, "_SAVE_EVERY", 0.0)
    monkeypatch.setattr(train, "_one_step", die_in_step_nine)
    with pytest.raises(KeyboardInterrupt):
        learn(tmp_path, TOY, PLAN, tokenizer)
    monkeypatch.setattr(train, "_one_step", real)
    said: list[str] = []
    again = learn(tmp_path, TOY, PLAN, tokenizer, say=said.append)
    assert said[0] == "Going on from step 8."
    for (name, own), other in zip(toy.state_dict().items(), again.state_dict().values(), strict=True):
        assert torch.equal(own, other), name


def test_the_rate_rises_stays_and_falls_to_nothing_twice() -> None:
    plan = Plan(steps=1500, first=1000, warm_up=10, cool_down=0.5)
    assert plan.rate_at(0) < plan.rate_at(9) == plan.rate_at(499) == plan.rate
    assert plan.rate_at(999) < 0.01 * plan.rate
    assert plan.rate_at(1009) > 0.9 * plan.second_rate
    assert plan.rate_at(1499) < 0.01 * plan.second_rate


def test_the_file_is_the_same_model(toy: TinyLlama, tokenizer: Tokenizer, tmp_path: Path) -> None:
    pytest.importorskip("gguf", reason="the package gguf writes the file")
    pytest.importorskip("xllamacpp", reason="the package xllamacpp reads the file")
    from dojo.models.tiny.export import prove, write_gguf

    for kind in ("f32", "q8_0"):
        file = tmp_path / f"{kind}.gguf"
        write_gguf(file, toy, tokenizer, kind)
        rows = prove(file, toy, tokenizer, kind, most=12)
        assert [row["same"] for row in rows] == [True] * 5, rows


def test_the_chat_template_writes_what_training_showed() -> None:
    jinja2 = pytest.importorskip("jinja2", reason="renders the template as llama.cpp does")
    from dojo.models.tiny.export import TEMPLATE

    template = jinja2.Environment().from_string(TEMPLATE.read_text(encoding="utf-8"))
    tool = Tool("add", "Add two numbers.", (("a", "integer"), ("b", "integer")))
    clock = Tool("now", "Get the time.", ())
    called = {
        "role": "assistant",
        "content": "",
        "tool_calls": [{"function": {"name": "add", "arguments": {"a": 1, "b": 22}}}],
    }
    system, user = Message("system", "Be kind."), Message("user", "What is 1 + 22?")
    call, result, reply = (
        Message("assistant", call_text("add", {"a": 1, "b": 22})),
        Message("tool", "23"),
        Message("assistant", ""),
    )

    def shown(messages: list[dict[str, Any]], tools: tuple[Tool, ...]) -> str:
        text: str = template.render(
            messages=messages, tools=[one.schema() for one in tools], add_generation_prompt=True
        )
        return text

    plain: list[dict[str, Any]] = [{"role": one.role, "content": one.content} for one in (system, user)]
    assert shown(plain, ()) == prompt_of(Dialogue("", (system, user, reply)))
    assert shown(plain, (tool, clock)) == prompt_of(Dialogue("", (system, user, reply), (tool, clock)))
    assert shown(plain[1:], (clock,)) == prompt_of(Dialogue("", (user, reply), (clock,)))
    after = [*plain, called, {"role": "tool", "content": "23"}]
    assert shown(after, (tool,)) == prompt_of(Dialogue("", (system, user, call, result, reply), (tool,)))
