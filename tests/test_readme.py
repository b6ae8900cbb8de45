"""What the README shows is what a run shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dojo.catalog import course_root
from dojo.cli import main
from dojo.workspace import open_workspace

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLES = re.findall(r"```console\n\$ dojo (.+)\n((?:(?!```|\$ ).*\n)+)```", README)


@pytest.mark.parametrize(("words", "shown"), SAMPLES, ids=[words for words, _ in SAMPLES])
def test_a_sample_is_what_the_command_prints_on_a_fresh_workspace(
    words: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    open_workspace().build()
    main(words.split())
    assert capsys.readouterr().out == shown


def test_there_are_samples_to_compare() -> None:
    assert [words for words, _ in SAMPLES] == ["list", "check 1"]


def test_the_sample_of_make_lab_names_what_a_fresh_workspace_gets() -> None:
    new = open_workspace().build().new
    assert re.findall(r"^  new: (.+)$", README, re.M) == list(new)


def test_the_tree_names_the_folders_that_are_there() -> None:
    tree = re.search(r"## Where things are\n\n```text\n(.*?)```", README, re.S)
    assert tree is not None
    named = re.findall(r"^(\w+)/", tree[1], re.M)
    there = {path.name for path in course_root().iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert set(named) == there - {"workspace", "build"}


def test_every_file_the_page_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_the_page_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    for words in sorted(set(re.findall(r"`dojo ([a-z]+(?: [a-z]+)?)", README))):
        with pytest.raises(SystemExit) as stop:
            main([*words.split(), "--help"])
        assert stop.value.code == 0
    capsys.readouterr()
