"""`dojo record`: what models really said, kept with who, how and when."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dojo import catalog
from dojo.errors import DojoError
from dojo.fakes import fake_chat, sample_chat
from dojo.record import OPTIONS, questions_of, record

DAY = date(2026, 11, 24)
LAB = catalog.find_lab("1")


def said(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / "recorded.json").read_text(encoding="utf-8"))["replies"]
    return rows


def go(folder: Path, models: list[str], chat: Any, digests: dict[str, str] | None = None) -> list[str]:
    return [told.text for told in record(LAB, models, folder, chat, digests or {}, DAY)]


def test_each_model_is_asked_each_question_and_said_with_options_digest_and_date(tmp_path: Path) -> None:
    (question,) = questions_of(LAB)
    chat = fake_chat("It has no such day.", {"content": "No.", "thinking": "1900?", "eval_count": 3})
    lines = go(tmp_path, ["one:1b", "two:2b"], chat, {"two:2b": "abc"})
    assert lines == ["one:1b, question 1 of 1: 5 words", "two:2b, question 1 of 1: 1 words"]
    assert [call["messages"] for call in chat.calls] == [question.messages] * 2
    assert all(call["options"] == OPTIONS for call in chat.calls)
    first, second = said(tmp_path)
    assert (first["model"], first["content"], first["date"]) == ("one:1b", "It has no such day.", "2026-11-24")
    assert (second["digest"], second["thinking"], second["eval_count"]) == ("abc", "1900?", 3)


def test_a_recording_is_read_by_the_lab_in_place_of_the_invented_replies(tmp_path: Path) -> None:
    go(tmp_path, ["one:1b"], fake_chat("It has no such day."))
    chat = sample_chat(tmp_path / "recorded.json")
    assert chat(model="one:1b", messages=questions_of(LAB)[0].messages).message.content == "It has no such day."


def test_what_was_recorded_is_not_asked_again_until_the_model_changes(tmp_path: Path) -> None:
    go(tmp_path, ["one:1b"], fake_chat("Old."), {"one:1b": "old"})
    assert go(tmp_path, ["one:1b"], fake_chat(), {"one:1b": "old"}) == ["one:1b, question 1 of 1: recorded before"]
    go(tmp_path, ["one:1b"], fake_chat("New."), {"one:1b": "new"})
    assert [(row["digest"], row["content"]) for row in said(tmp_path)] == [("new", "New.")]


def test_a_model_that_fails_is_told_and_the_others_are_asked(tmp_path: Path) -> None:
    lines = go(tmp_path, ["one:1b", "two:2b"], fake_chat(ConnectionError("the server went away"), "Fine."))
    assert lines[0] == "one:1b, question 1 of 1: no reply (the server went away)"
    assert [row["model"] for row in said(tmp_path)] == ["two:2b"]


def test_what_a_model_says_is_inert_on_the_page(tmp_path: Path) -> None:
    go(tmp_path, ["one:1b"], fake_chat("<script>alert(1)</script>"))
    page = (tmp_path / "recorded.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_lab_without_questions_and_a_broken_recording_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match="Lab 9 puts no question to a model"):
        questions_of(catalog.find_lab("9"))
    (tmp_path / "recorded.json").write_text("{half", encoding="utf-8")
    with pytest.raises(DojoError, match="is no recording that can be read"):
        go(tmp_path, ["one:1b"], fake_chat())
    wrong: list[Any] = [[{}], [1], "rows", [{"model": 1, "system": "", "question": "", "date": "", "content": ""}]]
    for rows in wrong:
        (tmp_path / "recorded.json").write_text(json.dumps({"replies": rows}), encoding="utf-8")
        with pytest.raises(DojoError, match="is no recording that can be read"):
            go(tmp_path, ["one:1b"], fake_chat())


def test_the_command_asks_who_is_there_and_writes_into_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import ollama

    from dojo import cli
    from dojo.door import who

    answer = who.Answer("http://127.0.0.1:9", "0.33.0", ("one:1b",), ("one:1b",), digests={"one:1b": "abc"})
    monkeypatch.setattr(who, "choose_host", lambda: answer)
    monkeypatch.setattr(who, "who_answers", lambda: answer)
    monkeypatch.setattr(ollama, "chat", fake_chat("It has no such day."))
    shutil.rmtree(tmp_path / "workspace", ignore_errors=True)
    assert cli.main(["record", "1"]) == 0
    path = tmp_path / "workspace" / "labs" / LAB.name / "data" / "recorded.json"
    assert str(path.with_suffix(".html")) in capsys.readouterr().out
    assert said(path.parent)[0]["digest"] == "abc"
    assert cli.main(["record", "1", "--models", "missing:7b"]) == 1
    assert "missing:7b is not here" in capsys.readouterr().err
    shutil.rmtree(tmp_path / "workspace")
    monkeypatch.setattr(ollama, "chat", fake_chat(ConnectionError("the server went away")))
    assert cli.main(["record", "1"]) == 1
    said_now = capsys.readouterr()
    assert ("no reply (the server went away)" in said_now.err, said_now.out) == (True, "")
