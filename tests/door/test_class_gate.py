"""Who comes in, what a class's settings say, and what its rules change."""

from __future__ import annotations

import stat
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from class_kit import TODAY, TOKENS

from dojo.door.classroom.asks import Ask
from dojo.door.classroom.gate import enter
from dojo.door.classroom.keys import cache_key, full_name, is_repeatable, record_key
from dojo.door.classroom.rules import apply_context, apply_rules
from dojo.door.classroom.settings import Settings, class_folder, read_settings
from dojo.door.classroom.tokens import admit, open_tokens, renewed
from dojo.door.errors import RefusalError
from dojo.errors import DojoError, UsageError


def scope(path: str, bearer: str = "", address: str = "192.168.1.9") -> dict[str, Any]:
    headers = [(b"authorization", bearer.encode())] if bearer else []
    return {"type": "http", "path": path, "headers": headers, "client": (address, 1)}


def comes(path: str, bearer: str = "") -> tuple[str, str, str]:
    visitor = enter(scope(path, bearer), "7b", TOKENS, None, TODAY)
    return visitor.role, visitor.key, visitor.path


def test_the_token_in_the_address_says_who_comes() -> None:
    assert comes(f"/7b/{TOKENS.student}/api/chat") == ("student", "192.168.1.9", "/api/chat")
    assert comes(f"/7b/{TOKENS.own('ada')}/api/chat") == ("student", "ada", "/api/chat")
    assert comes(f"/7b/{TOKENS.teacher}/api/pull") == ("teacher", "the teacher", "/api/pull")
    assert comes(f"/7b/{TOKENS.student}") == ("student", "192.168.1.9", "/")
    assert comes("/api/chat", f"Bearer {TOKENS.own('ada')}") == ("student", "ada", "/api/chat")


MADE_UP = TOKENS.own("ada").replace("ada~", "ben~")


@pytest.mark.parametrize("token", ["", "x", "~", TOKENS.student[:-1], TOKENS.student + "x", MADE_UP, "é", "a~b~c"])
def test_a_wrong_token_is_refused_with_what_to_do(token: str) -> None:
    with pytest.raises(RefusalError, match="copy OLLAMA_HOST again, the whole of it") as caught:
        comes(f"/7b/{token}/api/chat")
    assert caught.value.status == 401


def test_an_address_that_ran_out_says_when_and_the_teachers_does_not() -> None:
    until = date(2026, 11, 27)
    assert admit(TOKENS, TOKENS.student, until, date(2026, 11, 27)) == ("student", "")
    for token in (TOKENS.student, TOKENS.own("ada")):
        with pytest.raises(RefusalError, match="worked until 2026-11-27; ask your teacher for a new one"):
            admit(TOKENS, token, until, TODAY)
    assert admit(TOKENS, TOKENS.teacher, until, TODAY) == ("teacher", "")


def test_a_new_token_replaces_the_old_one_which_says_so(tmp_path: Path) -> None:
    old = open_tokens(tmp_path)
    assert open_tokens(tmp_path) == old
    new = renewed(tmp_path)
    assert (new.student == old.student, new.teacher == old.teacher) == (False, True)
    with pytest.raises(RefusalError, match="this class has a new address"):
        admit(new, old.student, None, TODAY)
    with pytest.raises(RefusalError, match="the token in this address is wrong"):
        admit(new, old.own("ada"), None, TODAY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_this_user_can_read_the_tokens(tmp_path: Path) -> None:
    open_tokens(tmp_path)
    assert stat.S_IMODE((tmp_path / "tokens.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[]", '{"student": "a", "teacher": "b", "former": []}', '{"student": 1}'])
def test_tokens_that_cannot_be_read_are_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "tokens.json").write_text(text)
    with pytest.raises(DojoError, match=r"tokens\.json can't be read; delete it and new tokens are made"):
        open_tokens(tmp_path)


@pytest.mark.parametrize("name", ["", "a b", "ü", "a/b", "a~b", "x" * 99])
def test_a_students_name_that_cannot_stand_in_an_address_is_a_sentence(name: str) -> None:
    with pytest.raises(UsageError, match="can't stand in an address"):
        TOKENS.own(name)


def test_a_class_has_a_folder_with_settings_that_all_may_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = class_folder("7b", tmp_path)
    assert folder == tmp_path / "classes" / "7b"
    assert read_settings(folder / "class.toml") == Settings() == read_settings(tmp_path / "nothing.toml")
    text = (folder / "class.toml").read_text()
    (folder / "class.toml").write_text(text.replace("# until", "until").replace("# num_ctx = 0", "num_ctx = 4096"))
    class_folder("7b", tmp_path)  # what is written there stays
    assert read_settings(folder / "class.toml") == Settings(until=date(2027, 7, 31), num_ctx=4096)
    monkeypatch.setenv("OLLAMA_NUM_PARALLEL", "2")
    assert read_settings(folder / "class.toml").parallel == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("num_cxt = 1", "there is no setting 'num_cxt'; did you mean num_ctx"),
        ("colour = 1", "there is no setting 'colour'; there are until, parallel,"),
        ("parallel = 0", "parallel is 0; write a whole number of 1 or more"),
        ("parallel = true", "parallel is True; write"),
        ("patience = -1", "patience is -1; write a whole number of 0 or more"),
        ('until = "2027"', "until is '2027'; write a day without quotes"),
        ("until = 2027-07-31T00:00:00", "write a day without quotes"),
        ("parallel", "is no TOML file"),
    ],
)
def test_a_setting_that_cannot_be_is_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "class.toml").write_text(text)
    with pytest.raises(DojoError, match=r"class\.toml") as caught:
        read_settings(tmp_path / "class.toml")
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["", "../x", "a/b", "-x", "x" * 33, "ü"])
def test_a_class_that_cannot_be_named_so_is_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no name for a class"):
        class_folder(name, tmp_path)


CHAT: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


@pytest.mark.parametrize(
    ("options", "rules", "sent", "told"),
    [
        ({"num_predict": 5}, {}, {"num_predict": 5}, []),
        ({"num_predict": -1}, {}, {"num_predict": 2048}, ["num_predict 2048"]),
        ({"num_predict": 9999}, {}, {"num_predict": 2048}, ["num_predict 2048"]),
        ({"num_predict": 9e9}, {}, {"num_predict": 2048}, ["num_predict 2048"]),
        ({"num_predict": "x"}, {}, {"num_predict": "x"}, []),  # Ollama refuses it, in its own words
        (None, {}, {"num_predict": 2048}, ["num_predict 2048"]),
        ({"num_predict": 5}, {"num_ctx": 4096}, {"num_predict": 5, "num_ctx": 4096}, ["num_ctx 4096"]),
        ({"num_predict": 5, "num_ctx": 4096}, {"num_ctx": 4096}, {"num_predict": 5, "num_ctx": 4096}, []),
        ({"num_predict": 5, "num_thread": 1, "use_mmap": False}, {}, {"num_predict": 5},
         ["num_thread removed", "use_mmap removed"]),
    ],
)  # fmt: skip
def test_rules_change_what_would_hurt_the_others_and_say_so(
    options: Any, rules: dict[str, Any], sent: Any, told: list[str]
) -> None:
    body = CHAT | ({"options": options} if options is not None else {})
    asked, changes = apply_rules(Ask("/api/chat", b"raw", body), Settings(**rules), None)
    assert (asked.body["options"], changes) == (sent, told)
    assert (asked.raw == b"raw") == (not told)


def test_a_teachers_request_gets_the_classs_context_or_it_would_reload_the_model() -> None:
    rules = Settings(num_ctx=4096)
    asked, changes = apply_context(Ask("/api/chat", b"raw", CHAT), rules)
    assert (asked.body, changes) == (CHAT | {"options": {"num_ctx": 4096}}, ["num_ctx 4096"])
    for ask in (Ask("/api/chat", b"raw", CHAT | {"options": {"num_ctx": 9}}), Ask("/v1/completions", b"raw", CHAT)):
        assert apply_context(ask, rules) == (ask, [])
    assert apply_context(Ask("/api/chat", b"raw", CHAT), Settings())[0].raw == b"raw"


def test_pictures_do_not_count_as_text() -> None:
    picture = [{"role": "user", "content": "hi", "images": ["A" * 2_000_000]}]
    apply_rules(Ask("/api/chat", b"", {"model": "m", "messages": picture}), Settings(), None)
    with pytest.raises(RefusalError, match="this class allows 256 KB") as caught:
        apply_rules(Ask("/api/embed", b"", {"model": "m", "input": ["é" * 1000] * 200}), Settings(), None)
    assert caught.value.status == 413


@pytest.mark.parametrize(
    ("path", "more", "repeats"),
    [
        ("/api/chat", {}, False),
        ("/api/chat", {"options": {"seed": 0}}, True),
        ("/api/chat", {"options": {"seed": -1}}, False),
        ("/api/chat", {"options": {"seed": True}}, False),
        ("/api/chat", {"options": {"temperature": 0.0}}, True),
        ("/api/chat", {"options": {"temperature": False}}, False),
        ("/api/chat", {"options": {"seed": 1}, "messages": []}, False),
        ("/api/chat", {"options": {"seed": 1}, "keep_alive": 0}, False),
        ("/api/chat", {"options": "seed"}, False),
        ("/api/embed", {"input": "a"}, True),
        ("/v1/chat/completions", {"seed": 1}, False),
    ],
)
def test_what_has_one_right_answer(path: str, more: dict[str, Any], repeats: bool) -> None:
    assert is_repeatable(Ask(path, b"", CHAT | more)) is repeats


def test_keys_tell_apart_what_differs_and_nothing_else() -> None:
    one = cache_key(Ask("/api/chat", b"x", CHAT), "d")
    assert one == cache_key(Ask("/api/chat", b" x ", dict(CHAT)), "d")
    turned = CHAT | {"messages": [{"content": "hi", "role": "user"}]}
    assert one == cache_key(Ask("/api/chat", b"", dict(reversed(turned.items()))), "d")
    schemas: list[dict[str, Any]] = [
        {"format": {"a": {}, "b": {}}},
        {"format": {"b": {}, "a": {}}},
    ]  # their order is the reply's
    assert len({cache_key(Ask("/api/chat", b"", CHAT | schema), "d") for schema in schemas}) == 2
    others = [Ask("/api/chat", b"", CHAT | {"think": True}), Ask("/api/generate", b"", CHAT)]
    assert one not in [cache_key(other, "d") for other in others] + [cache_key(Ask("/api/chat", b"x", CHAT), "e")]
    recorded = record_key("/api/chat", CHAT)
    same = CHAT | {"stream": True, "model": "m:latest", "tools": [], "keep_alive": 5, "options": {"num_ctx": 9}}
    assert record_key("/api/chat", same) == recorded
    assert record_key("/api/chat", CHAT | {"options": {"seed": 1}}) != recorded
    assert [full_name(name) for name in ("m", "m:1b", "hf.co/a/b", "registry.ollama.ai/library/m")] == [
        "m:latest", "m:1b", "hf.co/a/b:latest", "m:latest",
    ]  # fmt: skip
