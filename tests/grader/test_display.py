"""Outputs that a child sends: what is shown of them, and what never is."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.display import plain, shown, size


def png(wide: int, high: int) -> str:
    """The beginning of a picture of that size."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + wide.to_bytes(4, "big") + high.to_bytes(4, "big")
    return base64.b64encode(head + bytes(20)).decode()


PNG = png(1, 1)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
kinds = st.sampled_from(["stream", "error", "execute_result", "display_data", "update_display_data", "x", None])
fields = st.sampled_from(["name", "text", "data", "ename", "evalue", "traceback", "metadata"])
outputs = st.builds(lambda kind, rest: {**rest, "output_type": kind}, kinds, st.dictionaries(fields, json_values))


def stream(text: Any) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def data(**kinds: Any) -> dict[str, Any]:
    named = {name.replace("_", "/"): value for name, value in kinds.items()}
    return {"output_type": "display_data", "metadata": {"x": "y"}, "data": named}


def test_text_errors_and_pictures_are_shown() -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "why", "traceback": ["E: why"]}
    result = {"output_type": "execute_result", "data": {"text/plain": "3"}, "metadata": {}, "execution_count": 7}
    found = shown([stream("a"), error, result, data(image_png=PNG)], 10_000)
    assert found == (
        stream("a"),
        error,
        {**result, "execution_count": None},
        {"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {}},
    )


@pytest.mark.parametrize(
    "output",
    [
        data(text_html="<b>"),
        data(application_javascript="alert(1)"),
        data(**{"image_svg+xml": "<svg>"}),
        data(image_png="<script>"),
        data(image_png=base64.b64encode(b"GIF89a").decode()),
        data(image_png=[PNG]),
        {"output_type": "clear_output"},
        stream(["a", "b"]),
        stream(3),
        7,
        None,
        [],
    ],
)
def test_all_else_is_not(output: Any) -> None:
    assert shown([output], 10_000) == ()


def test_markup_beside_text_goes_and_the_text_stays() -> None:
    (one,) = shown([data(text_html="<b>", text_plain="bold")], 10_000)
    assert one["data"] == {"text/plain": "bold"}


def test_what_a_terminal_would_obey_goes() -> None:
    (one,) = shown([stream("\x1b[31mred\x1b[0m\x1b]0;title\x07 \x9b2J\r\nnext\x00\ud800")], 10_000)
    assert one["text"] == "red]0;title 2J\nnext"


def test_output_beyond_the_limit_is_cut_and_says_so() -> None:
    (one,) = shown([stream("é" * 1000)], 200)
    assert one["text"].endswith("... the rest of the output is left out\n")
    assert size([one]) <= 200
    many = shown([stream("x" * 90)] * 1000, 200)
    assert size(many) < 400


def test_many_small_outputs_count_for_what_they_make_of_a_notebook() -> None:
    found = shown([stream("x"), data(text_plain="1")] * 50_000, 20_000)
    assert len(found) < 250
    assert found[-1]["text"].endswith("the rest of the output is left out\n")
    assert shown([stream(""), data(text_plain="")] * 10, 20_000) == ()


def test_a_picture_that_would_unfold_to_gigabytes_is_not_shown() -> None:
    assert shown([data(image_png=png(60_000, 60_000))], 10_000) == ()


@given(json_values)
def test_any_field_becomes_short_text(value: Any) -> None:
    text = plain(value, 50)
    assert isinstance(text, str)
    assert len(text) <= 50
    text.encode()


@given(st.lists(outputs) | json_values, st.integers(0, 500))
def test_any_outputs_give_text_and_png_within_the_limit(sent: Any, limit: int) -> None:
    found = shown(sent, limit)
    assert size(found) <= limit + 200  # a line that says so
    for one in found:
        assert set(one.get("data", {})) <= {"text/plain", "image/png"}
        assert one["output_type"] in ("stream", "error", "execute_result", "display_data")
