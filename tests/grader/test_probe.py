"""Whether this machine can have the sandbox, and what a person is told where it can't."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import probe


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cached = (probe.sandbox_reason, probe.own_proc, probe._tried)
    for one in cached:
        one.cache_clear()
    yield
    for one in cached:
        one.cache_clear()


@pytest.mark.parametrize(("system", "name"), [("darwin", "macOS"), ("win32", "Windows"), ("freebsd14", "freebsd14")])
def test_another_system_has_none(monkeypatch: pytest.MonkeyPatch, system: str, name: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert probe.sandbox_reason().startswith(f"{name} has no sandbox for the grader; grade on Linux")


def test_bubblewrap_must_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert "install it (apt install bubblewrap), or, if you trust the class, add --unsafe." in probe.sandbox_reason()


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("bwrap: No permissions to create new namespace", "start it with --security-opt seccomp=unconfined"),
        ("bwrap: setting up uid map: Permission denied", "start it with --security-opt seccomp=unconfined"),
        ("ModuleNotFoundError: No module named 'dojo'", "No module named 'dojo'"),
        ("it ended without a word", "try `bwrap --unshare-all --ro-bind / / true`"),
    ],
)
def test_the_reason_is_one_sentence_with_a_next_step(monkeypatch: pytest.MonkeyPatch, said: str, advice: str) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/bwrap")
    monkeypatch.setattr(probe, "_tried", lambda wall: said)
    monkeypatch.setattr(probe, "_SETTINGS", ())
    reason = probe._advice(said)
    assert advice in reason
    assert reason.endswith("or, if you trust the class, add --unsafe.")
    assert "\n" not in reason


def test_a_setting_of_the_system_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    setting = "kernel/ostype"
    value = Path("/proc/sys", setting).read_text().strip() if Path("/proc/sys", setting).exists() else ""
    if not value:
        pytest.skip("this system has no such settings")
    monkeypatch.setattr(probe, "_SETTINGS", ((setting, value, "1"),))
    assert "allow them (sudo sysctl -w kernel.ostype=1)" in probe._advice("whatever")


def test_a_container_that_refuses_a_proc_of_ones_own_has_a_sandbox_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/bwrap")
    monkeypatch.setattr(probe, "_tried", lambda wall: "bwrap: Can't mount proc" if wall.own_proc else "")
    assert probe.sandbox_reason() == ""
    assert not probe.own_proc()
