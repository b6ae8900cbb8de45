"""Replies of a child: a result of the agreed types, or the child has broken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import step

from grader.children import Broke
from grader.replies import read_reply, run_frame

HONEST = {"name": "test", "verdict": "passed", "outputs": [], "score": 1.5, "seconds": 0.1}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
fields = st.sampled_from(["name", "verdict", "error", "message", "parts", "outputs", "score", "flawed", "seconds"])


def test_an_honest_reply_is_read_and_a_hidden_step_shows_nothing() -> None:
    said = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    open_, hidden = step("test", "", "examiner", 2.0), step("test", "", "examiner", 2.0, hidden=True)
    assert read_reply(open_, {**HONEST, "outputs": said}, 1000).outputs == tuple(said)
    assert read_reply(hidden, {**HONEST, "outputs": said}, 1000).outputs == ()


@pytest.mark.parametrize("change", [{"name": "other"}, {"name": None}, {"verdict": "full marks"}, {"verdict": True}])
def test_a_reply_to_something_else_breaks_the_child(change: dict[str, Any]) -> None:
    with pytest.raises(Broke):
        read_reply(step("test", "", "examiner", 2.0), {**HONEST, **change}, 100)


@pytest.mark.parametrize("score", [float("nan"), float("inf"), True, "2", 10**400, [2], None])
def test_a_score_that_is_no_number_is_none(score: Any) -> None:
    assert read_reply(step("test", "", "examiner", 2.0), {**HONEST, "score": score}, 100).score is None


@given(st.dictionaries(fields, values))
def test_whatever_a_child_sends_is_a_result_or_breaks_it(sent: dict[str, Any]) -> None:
    for frame in (sent, {**HONEST, **{key: sent[key] for key in sent if key not in ("name", "verdict")}}):
        try:
            result = read_reply(step("test", "", "examiner", 2.0), frame, 100)
        except Broke:
            continue
        assert result.verdict in ("passed", "failed")
        assert result.score is None or isinstance(result.score, float)
        assert all(isinstance(text, str) for text in (result.error, result.message, result.flawed))


def test_a_nonce_goes_along_only_where_there_is_one() -> None:
    assert "nonce" not in run_frame(step("a", "x"), "", 10)
    assert run_frame(step("a", "x"), "7", 10)["nonce"] == "7"


def test_of_a_child_that_nobody_trusts_a_hidden_test_has_no_words() -> None:
    said = {**HONEST, "verdict": "failed", "error": "Seen_4711", "message": "4711", "parts": ["4711"] * 4}
    hidden = step("test", "", "examiner", 2.0, hidden=True)
    result = read_reply(hidden, said, 100, trusted=False)
    assert (result.error, result.message, result.parts) == ("Exception", "", None)
    assert read_reply(hidden, {**said, "error": "NotYet"}, 100, trusted=False).error == "AssertionError"
    assert read_reply(step("test", "", "examiner", 2.0), said, 100, trusted=False).message == "4711"
