"""What deploy/README.md shows is what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dojo.catalog import course_root
from dojo.hub.__main__ import main
from dojo.hub.place import Place
from dojo.hub.roster import read_roster
from dojo.hub.start import Wish, greeting

DEPLOY = course_root() / "deploy"
PAGE = (DEPLOY / "README.md").read_text(encoding="utf-8")


def test_every_file_the_page_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]
    assert len(links) > 5
    assert [link for link in links if not (DEPLOY / link).exists()] == []


def test_every_picture_has_a_text_and_is_small() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", PAGE)
    assert len(pictures) == 3
    for text, link in pictures:
        assert len(text) > 40
        assert (DEPLOY / link).stat().st_size < 60_000


def test_the_sample_is_what_the_hub_says() -> None:
    sample = re.search(r"```text\n(The class's JupyterHub is ready.*?)\n```", PAGE, re.S)
    assert sample is not None
    words = dict(re.findall(r"^  (\w+) +\w+ +([\w-]+)$", sample[1], re.M))
    people = read_roster(DEPLOY / "roster.csv")
    assert sample[1] == greeting(Place(Path("~/dojo-hub")), Wish(Path("~/dojo-hub")), people, words)


def test_every_option_the_page_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    named = set(re.findall(r'make hub ARGS="?(--[a-z-]+)', PAGE))
    assert len(named) > 2
    assert {option for option in named if option not in known} == set()


def test_the_kubernetes_files_and_the_command_that_fills_them_name_the_same() -> None:
    values = (DEPLOY / "kubernetes" / "values.yaml").read_text(encoding="utf-8")
    filled = re.findall(r"--set-file (\w+)\.extraFiles\.(\w+)\.stringData=", PAGE)
    empty = re.findall(r'^    (\w+):\n      mountPath: .+\n      stringData: ""$', values, re.M)
    assert sorted(name for _, name in filled) == sorted(empty)
