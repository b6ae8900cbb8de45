"""What a program can tell of a page that somebody can't read."""

from __future__ import annotations

import pytest

from dojo.accessible import flaws

GOOD = """# A page

![A red cup on a desk.](cup.png)

| Cup | Colour |
|---|---|
| one | red |

## One level down

See [the maker's page](https://example.org).
"""


def test_a_good_page_has_no_flaw() -> None:
    assert list(flaws([GOOD, "### Further down", '<img src="a.png" alt="A cup.">', "## And up again"])) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# A page", "## A page", "does not begin with a heading of the first level"),
        ("## One level down", "### Two levels down", "'Two levels down' skips from level 1 to 3"),
        ("## One level down", "# Another", "'Another' is a second one of the first level"),
        ("A red cup on a desk.", "", "the picture cup.png has no alt text"),
        ("[the maker's page]", "[here]", "a link says only 'here'"),
        ("| Cup |", "|  |", "a column of a table has no heading"),
        ("See", '<img src="x.png" alt="">', 'the picture <img src="x.png" alt=""> has no alt text'),
        ("See", "a <img src='x.png'> b", "has no alt text"),
    ],
)
def test_a_flaw_is_named(old: str, new: str, said: str) -> None:
    assert old in GOOD
    (found,) = flaws([GOOD.replace(old, new)])
    assert said in found


def test_headings_inside_code_are_no_headings() -> None:
    assert list(flaws(["# A page\n\n```text\n#### not one\n```\n"])) == []
