"""What README.md and docs/serve.md say of a class's server is what it does."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import fields
from pathlib import Path

import pytest

from dojo.accessible import flaws
from dojo.cli import main
from dojo.door.classroom import command, run
from dojo.door.classroom.run import Serving
from dojo.door.classroom.settings import Settings
from dojo.door.classroom.tokens import Tokens

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """The cells of the page's table whose first heading this is."""
    table = re.search(rf"^\| {title} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.M)
    assert table is not None
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


def test_every_setting_stands_there_with_its_default() -> None:
    said = {row[0]: row[1] for row in rows("setting")}
    assert said == {one.name: "none" if one.default is None else str(one.default) for one in fields(Settings)}


def test_every_header_stands_there_and_no_other() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dojo/door/classroom").glob("*.py"))
    assert {row[0].lower() for row in rows("header")} == set(re.findall(r'"(dojo-[a-z-]+)"', code))


def test_every_command_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def note(args: Namespace, *_: object) -> int:
        seen.append(args)
        return 0

    monkeypatch.setattr(command, "serve", note)
    typed = [row[0] for row in rows("command")]
    assert [main(words.split()[1:]) for words in typed] == [0] * 8
    assert len(seen) == 8


def test_the_readmes_sample_is_what_the_command_prints() -> None:
    sample = re.search(r"```text\n(Students:.*?)```", README, re.S)
    assert sample is not None
    student, teacher = re.findall(r"7b/(\w{20})$", sample[1], re.M)
    wanted = Serving(11435, "7b", bind="192.168.1.20")
    assert "\n".join(run._announcement(wanted, Tokens(student, teacher), 11435)) + "\n" == sample[1]
    assert f"export OLLAMA_HOST=http://192.168.1.20:11435/7b/{student}\n$ dojo lab" in README


def test_the_page_reads_well_for_everybody() -> None:
    assert list(flaws([PAGE])) == []
