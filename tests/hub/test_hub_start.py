"""What `make hub` says when something is in its way, and what a second start keeps."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hub_kit import needs_root

from dojo.errors import DojoError
from dojo.hub import root, start
from dojo.hub.passwords import first_passwords
from dojo.hub.place import EXCHANGE, INSTRUCTORS, Place, give
from dojo.hub.prepare import mend_exchange
from dojo.hub.roster import Person
from dojo.hub.start import Wish

TEACHER, ADA, GRACE = Person("teacher", "instructor"), Person("ada", "student"), Person("grace", "student")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    one = Place(tmp_path / "class")
    one.state.mkdir(parents=True)
    return one


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_named_with_its_program_and_a_free_one(taken: int) -> None:
    with pytest.raises(DojoError, match=f"Port {taken} is in use by .*process {os.getpid()}.*make hub PORT="):
        start.require_port(taken)


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_a_port_that_does_not_exist_is_said_so(port: int) -> None:
    with pytest.raises(DojoError, match=f"Port {port} can't be had; choose one from 1024 to 65535"):
        start.require_port(port)


def test_a_port_in_use_leaves_the_folder_as_it_was(place: Place, taken: int) -> None:
    with pytest.raises(DojoError, match="is in use"):
        start.run(Wish(place.root, taken), print)
    assert [path.name for path in place.root.iterdir()] == ["hub"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [("bwrap", "sudo apt install bubblewrap"), ("traefik", "run make hub, which brings it")],
)
def test_a_missing_program_is_named_with_how_to_get_it(
    place: Place, missing: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None if name == missing else which("true"))
    with pytest.raises(DojoError, match=said):
        start.run(Wish(place.root), print)


def test_a_second_hub_on_the_same_folder_is_refused(place: Place) -> None:
    with start.alone(place), pytest.raises(DojoError, match=r"A hub already serves .*class"):
        start.run(Wish(place.root), print)


def test_without_root_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(DojoError, match=r"sudo apt install uidmap.*or run sudo make hub"):
        root.become_root()


def test_without_lent_numbers_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    refused = SimpleNamespace(returncode=1, stderr='unshare: no line matching user "kim" in /etc/subuid\n')
    monkeypatch.setattr(subprocess, "run", lambda *words, **more: refused)
    with pytest.raises(DojoError, match=r"lends no user numbers .*no line matching.*sudo make hub"):
        root.become_root()


def test_on_another_system_it_says_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(DojoError, match="runs on Linux only"):
        root.become_root()


def test_numbers_are_kept_and_none_is_an_accounts_of_this_machine(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account called ada on this machine, with the first number the hub would give, changes nothing for Ada."""
    account = SimpleNamespace(pw_name="ada", pw_uid=INSTRUCTORS + 1)
    monkeypatch.setattr(pwd, "getpwall", lambda: [account])
    first = place.numbers((TEACHER, ADA, GRACE))
    assert first == {"teacher": INSTRUCTORS, "ada": INSTRUCTORS + 2, "grace": INSTRUCTORS + 3}
    assert place.numbers((GRACE, TEACHER)) == {"teacher": INSTRUCTORS, "grace": INSTRUCTORS + 3}
    newcomer = Person("alan", "student")
    assert place.numbers((newcomer,)) == {"alan": INSTRUCTORS + 4}  # not Ada's, whose files are still there


def test_damaged_numbers_are_not_guessed(place: Place) -> None:
    (place.state / "numbers.json").write_text("{", encoding="utf-8")
    with pytest.raises(DojoError, match="is damaged"):
        place.numbers((TEACHER, ADA))


def test_passwords_are_made_once_and_kept_for_the_teacher_alone(place: Place) -> None:
    first = first_passwords(place, (TEACHER, ADA))
    again = first_passwords(place, (TEACHER, ADA, GRACE))
    assert {name: again[name] for name in first} == first
    assert len({*again.values()}) == 3
    assert place.passwords.stat().st_mode & 0o777 == 0o600
    place.passwords.unlink()
    assert first_passwords(place, (ADA,)) == {"ada": ""}, "a password in use is never replaced by a new one"


def test_who_forgot_a_password_gets_a_new_one_and_nobody_else(place: Place) -> None:
    first = first_passwords(place, (TEACHER, ADA))
    again = first_passwords(place, (TEACHER, ADA), anew=["ada"])
    assert again["teacher"] == first["teacher"]
    assert again["ada"] != first["ada"]
    with pytest.raises(DojoError, match="Nobody in the class is called 'adda'; did you mean ada"):
        first_passwords(place, (TEACHER, ADA), anew=["adda"])


@pytest.fixture
def exchange(place: Place) -> Path:
    """The exchange as nbgrader makes it."""
    for mark in needs_root:
        if mark.args[0]:
            pytest.skip("needs root")
    for name, right in EXCHANGE.items():
        give(place.exchange / name, INSTRUCTORS, right)
    return place.exchange


@pytest.mark.parametrize(("name", "mode"), [("inbound", 0o777), ("inbound", 0o700), ("outbound", 0o700)])
def test_an_exchange_with_wrong_rights_is_put_right_and_said(
    place: Place, exchange: Path, name: str, mode: int
) -> None:
    said: list[str] = []
    (exchange / "inbound" / "ada+01-first-bow+now").mkdir()
    mend_exchange(place, said.append)
    assert said == [], "what is right is left alone"
    right = (exchange / name).stat().st_mode
    (exchange / name).chmod(mode)
    mend_exchange(place, said.append)
    assert said == [
        f"{exchange / name} had the rights {mode:o} and belonged to number {INSTRUCTORS}; put right, nothing is lost."
    ]
    assert (exchange / name).stat().st_mode & 0o777 == right & 0o777
    assert (exchange / "inbound" / "ada+01-first-bow+now").is_dir()


def test_a_disk_that_keeps_no_rights_is_refused(place: Place, exchange: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (exchange / "inbound").chmod(0o777)
    monkeypatch.setattr(Path, "chmod", lambda path, mode: None)
    with pytest.raises(DojoError, match="inbound does not keep the rights 733") as problem:
        mend_exchange(place, print)
    assert "\n" not in str(problem.value)
