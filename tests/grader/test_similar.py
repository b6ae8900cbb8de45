"""Copies are found through every disguise; who thought alike is left in peace."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from functools import cache

import pytest

from dojo import catalog, notebook
from grader.lab import bindings
from grader.similar import Pair, Work, similar
from grader.tokens import tokens
from grader.winnow import SIZE, WINDOW, fingerprints

_CUT = re.compile(r"( *)### BEGIN SOLUTION.*?### END SOLUTION", re.S)
_NAMES = re.compile(r"(?<![.\w\"'])[a-z_]\w*\b(?!\s*=[^=])")


@cache
def answers(word: str) -> dict[str, tuple[str, ...]]:
    """Each exercise's known answers: the solution, the wrong ones and the right ones in another style."""
    lab = catalog.find_lab(word)
    found = {cell.name: [cell.source] for cell in catalog.read(lab).cells if cell.role == "solution"}
    for kind in ("mistake", "alternative"):
        for one in notebook.read_variants(lab.folder / f"{kind}s.py", kind):
            found[one.exercise].append(one.source)
    return {name: tuple(texts) for name, texts in found.items()}


@cache
def lab_gave(word: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The released code, and the names in it."""
    cells = [cell for cell in catalog.read(catalog.find_lab(word)).cells if cell.kind == "code"]
    texts = tuple(_CUT.sub(r"\1raise NotImplementedError()", cell.source) for cell in cells)
    bound = [bindings(cell.source) for cell in cells if cell.role in ("locked", "solution")]
    return texts, frozenset(name for one in bound for name in (*one.imported, *one.defined))


def compare(word: str, works: Sequence[Work]) -> list[Pair]:
    return similar(works, *lab_gave(word))


def disguised(text: str, chance: random.Random) -> str:
    """The same program with other names, other comments, and blank lines."""
    function = re.search(r"\b(?:def|class) (\w+)", text)
    keep = {function[1]} if function else set()
    own = set(re.findall(r"\bfor (\w+) in\b|^ +(\w+) = ", text, re.M))
    for name in sorted({name for pair in own for name in pair} - keep - {""}):
        text = re.sub(rf"(?<![.\w]){name}\b(?!=)", f"{name}_{chance.randrange(99)}", text)
    lines = [re.sub(r"(?<=\S)  # .*$", "", line) for line in text.split("\n")]
    return "\n".join(f"{line}\n\n# {chance.random()}" if line.endswith(":") else line for line in lines)


def independent(word: str, students: int, chance: random.Random) -> list[Work]:
    """Students of whom no two have an answer in common, as far as there are answers enough."""
    decks = {name: chance.sample(texts, len(texts)) for name, texts in answers(word).items()}
    return [
        Work(f"s{number:03}", {name: deck[number % len(deck)] for name, deck in decks.items()})
        for number in range(students)
    ]


def copied(work: Work, student: str, chance: random.Random) -> Work:
    """Somebody's work in disguise, its cells in another order."""
    cells = [(name, disguised(text, chance)) for name, text in work.cells.items()]
    return Work(student, dict(reversed(cells)))


def names(pairs: Sequence[Pair]) -> set[tuple[str, str]]:
    return {(min(one.left, one.right), max(one.left, one.right)) for one in pairs}


@pytest.mark.parametrize("word", ["1", "10", "12"])
@pytest.mark.parametrize("seed", [1, 2])
def test_planted_copies_are_all_that_is_listed(word: str, seed: int) -> None:
    chance = random.Random(seed)
    works = independent(word, 20, chance)
    works += [copied(works[3], "t003", chance), copied(works[8], "t008", chance)]
    assert names(compare(word, works)) == {("s003", "t003"), ("s008", "t008")}


@pytest.mark.parametrize("word", ["1", "10"])
def test_in_a_class_of_300_copies_are_found_in_seconds_and_equal_short_answers_do_not_flood_the_list(word: str) -> None:
    chance = random.Random(7)
    held_back = {name: texts[-2:] for name, texts in answers(word).items()}
    works = [
        Work(f"s{number:03}", {name: chance.choice(texts[:-2]) for name, texts in answers(word).items()})
        for number in range(296)
    ]
    for number in (0, 1):
        own = Work(f"o{number}", {name: texts[number] for name, texts in held_back.items()})
        works += [own, copied(own, f"t{number}", chance)]
    chance.shuffle(works)
    begun = time.process_time()
    pairs = compare(word, works)
    assert time.process_time() - begun < 15
    assert {("o0", "t0"), ("o1", "t1")} <= names(pairs)
    # Among 44,850 pairs some have several of the few known answers in common, word for word.
    assert len(pairs) <= 8


def test_a_passage_is_shown_with_its_lines_on_both_sides() -> None:
    works = independent("1", 20, random.Random(3))
    (pair,) = compare("1", [*works, copied(works[5], "copy", random.Random(4))])
    assert (pair.left, pair.right) == ("s005", "copy")
    assert 0 < pair.share <= 1
    assert pair.words >= 50
    for passage in pair.passages:
        for side, cells in ((passage.left, works[5].cells), (passage.right, None)):
            assert side.cell in works[5].cells
            assert len(side.text.split("\n")) == side.last - side.first + 1
            if cells:
                assert side.text in cells[side.cell]
        assert passage.left.cell == passage.right.cell


def test_what_the_lab_gave_and_what_everybody_has_is_nobodys_copy() -> None:
    given = "\n".join(f"table_{n} = [row * {n} + 1 for row in rows if row > {n}]" for n in range(40))
    works = [Work(f"s{n}", {"a": f"{given}\nprint({n})"}) for n in range(12)]
    assert similar(works, [given], {"rows"}) == []
    assert similar(works, []) == []


def test_two_who_paste_the_labs_own_example_are_not_listed() -> None:
    example = "\n\n".join(
        f"def step_{n}(rows):\n    total = 0\n    for row in rows:\n        total += row * {n}\n    return total - {n}"
        for n in range(12)
    )
    works = independent("1", 20, random.Random(8))
    pasted = [Work(one.student, {**one.cells, "own": example}) for one in works[:2]]
    released, given = lab_gave("1")
    assert names(similar([*pasted, *works[2:]], [*released, example], given)) == set()
    assert names(similar([*pasted, *works[2:]], released, given)) == {("s000", "s001")}


def test_a_class_of_two_or_none_lists_nobody() -> None:
    works = independent("1", 1, random.Random(1))
    assert compare("1", []) == []
    assert compare("1", [*works, copied(works[0], "copy", random.Random(2))]) == []


def test_names_comments_and_layout_are_gone_and_the_rest_stays() -> None:
    one = 'def f(a):\n    """Doc."""\n    total = sum(a)  # all\n    return total / len(a)\n'
    other = "def f( values ) :\n    s=sum(values)\n\n    return s/len(values)"
    words = [token.word for token in tokens(one, {"f"})]
    assert words == [token.word for token in tokens(other, {"f"})]
    assert words != [token.word for token in tokens(one.replace("sum", "max"), {"f"})]
    assert words != [token.word for token in tokens(one.replace("/", "*"), {"f"})]
    assert [token.line for token in tokens(one)][-1] == 4


@pytest.mark.parametrize(
    "text",
    [
        "x = 'never closed",
        '"""never closed',
        "%matplotlib inline\n!ls",
        "if (((",
        "\\",
        "é = 1\x00",
        "say(f'{a!r:>{b}}')",
    ],
)
def test_any_text_can_be_read(text: str) -> None:
    assert tokens(text)


def test_a_megabyte_of_one_thing_or_of_anything_costs_no_hour() -> None:
    chance = random.Random(9)
    same = "x = x + 1\n" * 100_000
    odd = "\n".join(f"{chance.choice('abc')} = f{chance.randrange(9999)}(a, {chance.random()})" for _ in range(30_000))
    works = independent("1", 20, random.Random(6))
    works += [Work(f"h{n}", {**works[n].cells, "extra": text}) for n, text in enumerate((same, same, odd, odd))]
    begun = time.process_time()
    pairs = compare("1", works)
    assert time.process_time() - begun < 30
    assert ("h2", "h3") in names(pairs)


def test_a_long_text_takes_time_in_proportion_to_its_length() -> None:
    begun = time.process_time()
    tokens("'" * 30_000 + "\n" + '"""' * 10_000 + "(" * 30_000)
    list(fingerprints(["("] * 30_000))
    assert time.process_time() - begun < 5


def test_winnowing_keeps_its_two_promises() -> None:
    chance = random.Random(5)
    shared = [str(chance.random()) for _ in range(SIZE + WINDOW - 1)]
    for _ in range(50):
        rows = [[chance.choice("abc") for _ in range(chance.randrange(60))] for _ in range(4)]
        one, other = [*rows[0], *shared, *rows[1]], [*rows[2], *shared, *rows[3]]
        marks = {mark for mark, _ in fingerprints(one)} & {mark for mark, _ in fingerprints(other)}
        assert marks & {mark for mark, _ in fingerprints(shared, window=1)}
    short = shared[: SIZE - 1]
    assert not {mark for mark, _ in fingerprints([*"x" * 30, *short])} & {
        mark for mark, _ in fingerprints([*short, *"y" * 30])
    }
    assert list(fingerprints(shared[: SIZE - 1])) == []
    assert len(list(fingerprints(shared[:SIZE]))) == 1
