"""Difficulty and discrimination are what their sources say, and are not defined where they mean nothing."""

from __future__ import annotations

import pytest

from grader.items import Item, items

TITLES = {"a": ("A", 2.0), "b": ("B", 4.0), "c": ("C", 1.0)}


def _class(*rows: tuple[float, float, float]) -> list[dict[str, float]]:
    return [dict(zip("abc", row, strict=True)) for row in rows]


def _item(points: list[dict[str, float]], title: str = "A") -> Item:
    return next(one for one in items(TITLES, points) if one.title == title)


def test_the_share_is_the_mean_part_of_the_points() -> None:
    points = _class((2, 4, 1), (1, 0, 0), (0, 0, 0), (1, 4, 0))
    assert [round(one.share or 0, 3) for one in items(TITLES, points)] == [0.5, 0.5, 0.25]


def test_the_correlation_is_with_the_rest_alone() -> None:
    # By hand: a against b + c is 0..9 against 0..9 doubled, so 1; with a itself left in, nothing would change for 1,
    # but b against a + c has no spread on one side.
    points = _class(*((n / 5, n / 3, 0) for n in range(10)))
    assert _item(points).rest == pytest.approx(1.0)
    assert _item(points, "C").rest is None
    turned = _class(*((n / 5, (9 - n) / 3, 0) for n in range(10)))
    assert _item(turned).rest == pytest.approx(-1.0)


def test_the_correlation_of_a_worked_example() -> None:
    import numpy as np

    points = _class(*((n * 7 % 3 / 1.5, n * 5 % 4, n % 2) for n in range(25)))
    a, b, c = (np.array([one[key] for one in points]) for key in "abc")
    assert _item(points).rest == pytest.approx(np.corrcoef(a, b + c)[0, 1])
    assert _item(points, "B").rest == pytest.approx(np.corrcoef(b, a + c)[0, 1])


def test_the_index_compares_the_best_and_the_weakest_quarter() -> None:
    # Of 11, three are 27 %: the best three by the rest have all of a, the weakest a third of it.
    points = _class(*((2.0 if n >= 8 or n == 0 else 0.0, n / 3, 0) for n in range(11)))
    assert _item(points).index == pytest.approx(1 - 1 / 3)
    # Equal students at the border count in part, whatever their order.
    tied = _class(*((float(n % 2) * 2, 4.0 if n >= 6 else 0.0, 0) for n in range(12)))
    assert _item(tied).index == _item(list(reversed(tied))).index == pytest.approx(0.0)


def test_a_tiny_class_and_one_in_which_all_are_equal_have_no_discrimination() -> None:
    nine = _class(*((n / 5, n / 3, 0) for n in range(9)))
    assert _item(nine).share == pytest.approx(0.4)
    assert (_item(nine).rest, _item(nine).index) == (None, None)
    equal = _class(*[(2, 4, 1)] * 20)
    assert (_item(equal).share, _item(equal).rest, _item(equal).index) == (1.0, None, None)
    assert _item([]).share is None
