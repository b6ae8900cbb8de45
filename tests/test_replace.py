"""Functions of ours stand in front of a library's, whether it was imported before or comes later."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.replace import Function, replace


def louder(real: Function) -> Function:
    def say(word: str) -> str:
        return f"{real(word)}!"

    return say


TABLE = {"parrot.voice": {"say": louder, "Bird.sing": louder, "gone": louder}}


@pytest.fixture
def parrot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A small library, and an import system that is put back."""
    (tmp_path / "parrot").mkdir()
    voice = "def say(word):\n    return word\n\n\nclass Bird:\n    sing = staticmethod(say)\n"
    (tmp_path / "parrot" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "parrot" / "voice.py").write_text(voice, encoding="utf-8")
    (tmp_path / "parrot" / "show.py").write_text("from parrot.voice import say as told\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    yield "parrot"
    for name in ("parrot", "parrot.voice", "parrot.show"):
        sys.modules.pop(name, None)


def test_a_library_that_comes_later_has_ours(parrot: str) -> None:
    replace(TABLE)
    assert f"{parrot}.voice" not in sys.modules
    assert importlib.import_module("parrot.show").told("hello") == "hello!"
    assert importlib.import_module("parrot.voice").Bird.sing("la") == "la!"


def test_a_library_that_was_there_gets_ours_everywhere(parrot: str) -> None:
    show = importlib.import_module(f"{parrot}.show")
    assert show.told("hello") == "hello"
    replace(TABLE)
    assert show.told("hello") == "hello!"
    assert importlib.import_module("parrot.voice").say("hello") == "hello!"


def test_to_ask_twice_is_to_ask_once(parrot: str) -> None:
    replace(TABLE)
    finders = len(sys.meta_path)
    voice = importlib.import_module(f"{parrot}.voice")
    replace(TABLE)
    assert (voice.say("hello"), len(sys.meta_path)) == ("hello!", finders)


def test_the_source_of_a_library_can_still_be_read(parrot: str) -> None:
    replace(TABLE)
    voice = importlib.import_module(f"{parrot}.voice")
    assert "class Bird" in inspect.getsource(voice)
    assert "return word" in inspect.getsource(voice.say)


def test_other_modules_are_none_of_its_business(parrot: str) -> None:
    replace(TABLE)
    assert importlib.util.find_spec(f"{parrot}.show") is not None
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("parrot.nothing")
