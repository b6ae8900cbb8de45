"""Plots say the numbers they are given, and nothing in a label becomes markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from grader.plots import bars, bins, columns


@pytest.mark.parametrize("most", [0.0, 0.5, 1.0, 9.0, 14.0, 15.0, 100.0, 33.3])
def test_every_mark_is_in_one_range_and_full_points_are_in_the_last(most: float) -> None:
    ranges = bins([0.0, most / 2, most, most + 3], most)
    assert sum(count for _, _, count in ranges) == 4
    assert ranges[-1][2] >= 2
    assert len(ranges) <= 15
    assert ranges[-1][1].endswith(f"to {most:g}")


def test_a_range_holds_what_it_says() -> None:
    assert bins([1.0, 1.99, 2.0, 2 / 3 * 3], 3)[1:] == [("1", "1 to below 2", 2), ("2", "2 to 3", 2)]


def test_labels_are_text_and_the_title_says_what_is_shown() -> None:
    hostile = "<script>\"&'</script>"
    for plot in (columns("a", hostile, [(hostile, 3), ("b", 0)]), bars("a", hostile, [(hostile, -0.5, hostile)], True)):
        tree = ET.fromstring(str(plot))
        assert tree.get("role") == "img"
        title = next(iter(tree))
        assert (title.text, title.get("id")) == (hostile, tree.get("aria-labelledby"))
        assert {one.tag for one in tree} <= {"title", "line", "rect", "text"}
        assert any(one.text == hostile for one in tree if one.tag == "text")


def test_a_bar_is_as_long_as_its_value_and_what_is_not_defined_has_none() -> None:
    tree = ET.fromstring(str(bars("a", "t", [("x", 1.0, "1"), ("y", 0.25, "0.25"), ("z", None, "not defined")])))
    wide = [float(one.get("width") or 0) for one in tree if one.tag == "rect"]
    assert wide[1] == pytest.approx(wide[0] / 4)
    assert len(wide) == 2
    assert "not defined" in [one.text for one in tree]
