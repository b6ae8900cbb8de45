"""A test's verdict in words, and what counts as the same value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dojo.verdict import NotYet, expect, given, same, show_value


def twice(number: Any) -> Any:
    """A student's function."""
    return number * 2


def test_a_wrong_reply_is_told_as_call_reply_expectation_and_question() -> None:
    with pytest.raises(NotYet) as problem:
        given(
            twice,
            "ab",
        ).returns("abc", think="How often is it said?")
    assert str(problem.value) == "twice('ab') returned 'abab', but 'abc' was expected.\nHow often is it said?"
    verdict = problem.value
    assert (verdict.call, verdict.reply, verdict.wanted) == ("twice('ab')", "returned 'abab'", "'abc' was expected")


def test_a_crash_is_told_as_what_stopped_it() -> None:
    with pytest.raises(
        NotYet, match=r"twice\(None\) stopped with TypeError: unsupported operand .*, but 4 was expected"
    ):
        given(twice, None).returns(4)


def test_an_unwritten_function_is_told_as_such() -> None:
    def later() -> None:
        raise NotImplementedError

    with pytest.raises(NotYet, match=r"later\(\) has no answer yet, but code of your own was expected"):
        given(later).returns(1)


def test_a_changed_argument_is_told() -> None:
    def careless(items: list[int]) -> list[int]:
        items.append(3)
        return items

    with pytest.raises(NotYet, match=r"changed its argument \[1\] to \[1, 3\], but an unchanged argument was expected"):
        given(careless, [1]).changes_nothing()
    given(sorted, [2, 1]).changes_nothing()


def test_a_change_in_a_picture_is_told_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    def paint(image: Any) -> None:
        image[0, 0] = 255

    with pytest.raises(NotYet, match=r"\(3 of 300 numbers differ\)"):
        given(paint, np.zeros((10, 10, 3), np.uint8)).changes_nothing()


def test_a_fake_among_the_arguments_is_not_watched_for_change() -> None:
    given(lambda chat: None, object()).changes_nothing()


def test_a_function_that_returns_nothing_is_asked_about_return() -> None:
    with pytest.raises(NotYet, match=r"but 4 was expected.\nHow many\? Does the function give its result back"):
        given(lambda: None).returns(4, think="How many?")


def test_a_numpy_condition_counts() -> None:
    given(np.array, [1, 2]).satisfies(lambda got: (got == [1, 2]).all(), "the numbers 1 and 2")


def test_an_expected_error_is_accepted_and_no_other() -> None:
    given(int, "x").raises(ValueError)
    with pytest.raises(NotYet, match=r"returned 4, but ValueError was expected"):
        given(twice, 2).raises(ValueError)
    with pytest.raises(NotYet, match=r"stopped with TypeError.*, but ValueError was expected"):
        given(twice, None).raises(ValueError)


def test_a_condition_that_can_not_read_the_reply_is_not_met() -> None:
    with pytest.raises(NotYet, match="a list of two rows was expected"):
        given(twice, 1).satisfies(lambda reply: len(reply) == 2, "a list of two rows")


def test_the_function_is_called_once_however_many_checks_follow() -> None:
    calls: list[int] = []
    given(calls.append, 1).returns(None).satisfies(lambda reply: reply is None, "nothing").changes_nothing()
    assert calls == [1]


def test_what_a_fake_was_sent_can_be_expected_too() -> None:
    with pytest.raises(NotYet, match="the model that chat was given was 'b', but 'a' was expected"):
        expect("the model that chat was given", "b", "a")


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (2.0, 2),
        (0.1 + 0.2, 0.3),
        ((1, 2), [1, 2]),
        ({"a": [1, 2.0]}, {"a": (1, 2)}),
        (np.float64(1.5), 1.5),
        (np.array([1, 2]), [1, 2]),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0])),
        (float("nan"), float("nan")),
        ({1, 2}, frozenset({2, 1})),
    ],
)
def test_equal_values_in_other_clothes_are_the_same(got: object, wanted: object) -> None:
    assert same(got, wanted)


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (True, 1),
        (1, True),
        (None, False),
        ("1", 1),
        ([1, 2, 3], [1, 2]),
        ({"a": 1, "b": 2}, {"a": 1}),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.array([1.0]), np.array([1], dtype=np.uint8)),
        (float("nan"), 0.0),
        (b"a", "a"),
    ],
)
def test_different_values_are_not_the_same(got: object, wanted: object) -> None:
    assert not same(got, wanted)


def test_an_answer_that_calls_itself_equal_to_everything_is_not() -> None:
    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]  # equal to all, so no hash fits

    class AnyText(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    for wanted in (1, "text", [1], {"a": 1}, None, (), 2.5, b"x"):
        assert not same(Anything(), wanted)
    assert not same(AnyText("wrong"), "text")
    assert not same([Anything()], [1])


def test_tolerance_is_absolute_and_only_on_request() -> None:
    assert not same(1.01, 1.0)
    assert same(1.01, 1.0, within=0.02)
    assert same(np.full((2, 2), 101, np.uint8), np.full((2, 2), 100, np.uint8), within=1)


def test_pictures_and_long_texts_are_shown_short() -> None:
    assert show_value(np.zeros((240, 320, 3), np.uint8)) == "<array of shape (240, 320, 3), uint8>"
    assert len(show_value("x" * 5000)) < 220
    assert show_value(twice) == "twice"


def test_an_object_is_shown_without_its_address() -> None:
    class Thing:
        """A student's own class."""

    assert show_value(number for number in (1, 2)).endswith("<genexpr>>")
    assert show_value([Thing()]).endswith("Thing object>]")
    assert show_value("It lies at 0x10.") == "'It lies at 0x10.'"


def test_a_value_that_can_not_be_shown_is_named() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    assert "Shy" in show_value(Shy())
