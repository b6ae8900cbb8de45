"""start.py: what it says, when it installs, what it runs. No network, no pip: both are fakes here."""

import ast
import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import start

BOTH = {
    "torch": '<a href="/whl/cpu/torch-2.15.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl#sha256=12ab">torch</a>',
    "torchvision": '<a href="torchvision-0.29.2%2Bcpu-py3-none-manylinux_2_28_x86_64.whl">torchvision</a>',
}


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty clone; .venv appears at once, torch's index is silent, the disk is large, hand_over only notes."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "requirements.lock").write_text("numpy==2.4.6\ntorch==2.15.0\ntorchvision==0.29.2\n")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "make_environment", lambda: make_python(tmp_path))
    monkeypatch.setattr(start, "inspect", lambda: python_in(tmp_path))
    monkeypatch.setattr(start, "check_imports", lambda: None)
    monkeypatch.setattr(start, "fetch", lambda address: "")
    monkeypatch.setattr(start, "has_nvidia", lambda: False)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=100e9))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def make_python(clone: Path) -> start.Found:
    (clone / ".venv").mkdir()
    return start.Found((3, 11), (24, 0))


def python_in(clone: Path) -> start.Found | None:
    return start.Found((3, 11), (24, 0)) if (clone / ".venv").exists() else None


@pytest.fixture
def pip(clone: Path, monkeypatch: pytest.MonkeyPatch) -> "Pip":
    fake = Pip(clone)
    monkeypatch.setattr(start, "pip", fake)
    return fake


class Pip:
    """Notes each `pip install`; fails with the given log where it is told to."""

    def __init__(self, clone: Path) -> None:
        self.clone = clone
        self.calls: list[list[str]] = []
        self.fails_with = ""

    def __call__(self, arguments: list[str], version: tuple[int, ...]) -> int:
        self.calls.append(arguments)
        (self.clone / ".venv" / "install.log").write_text(self.fails_with)
        return 1 if self.fails_with else 0


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that start.py would have become, without the path of their program."""
    commands: list[list[str]] = []

    def note(command: list[str]) -> int:
        commands.append([Path(command[0]).stem, *command[1:]])
        return 0

    monkeypatch.setattr(start, "hand_over", note)
    return commands


# What it says ----------------------------------------------------------------------------------------------------


def test_python_3_6_can_read_the_file() -> None:
    ast.parse(Path(start.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(("version", "age"), [((3, 6), "old"), ((3, 10), "old"), ((3, 14), "new")])
def test_an_unsupported_python_gets_one_sentence(
    version: tuple[int, int], age: str, pip: Pip, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["lab"], version=version) == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith(f"Python {version[0]}.{version[1]} is too {age}")
    assert "python3.12 start.py lab" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_supported_python_goes_through(version: tuple[int, int], pip: Pip) -> None:
    assert start.main(["setup"], version=version) == 0


def test_a_full_disk_stops_before_pip_begins(
    pip: Pip, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1.5e9))
    assert start.main(["setup"]) == 1
    said = capsys.readouterr().err.strip()
    assert "this disk has 1.5 GB free" in said
    assert f"{start.SPACE_WITH_CUDA} GB with" in said
    assert f"{start.SPACE_WITHOUT} GB without" in said
    assert len(said.splitlines()) == 1
    assert pip.calls == []


def test_a_python_without_ensurepip_names_the_debian_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(start.CannotStartError, match=rf"sudo apt install python3\.{sys.version_info[1]}-venv"):
        start.make_environment()


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("OSError: [WinError 112] There is not enough space on the disk", "The disk is full"),
        ("urllib3.exceptions.NameResolutionError: no answer", "No network, and not all"),
        ("ERROR: first\nERROR: No matching distribution found for x", "No matching distribution found for x"),
        ("", "see .venv/install.log"),
    ],
)
def test_a_failing_pip_gets_one_sentence(log: str, sentence: str, pip: Pip, capsys: pytest.CaptureFixture[str]) -> None:
    pip.fails_with = log or " "
    assert start.main(["setup"]) == 1
    said = capsys.readouterr().err.strip()
    assert sentence in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("library", ["libGL.so.1", "libgthread-2.0.so.0"])
def test_a_missing_system_library_is_named_with_the_command_that_brings_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = f"ImportError: {library}: cannot open shared object file: No such file or directory\n"
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=1, stderr=error))
    with pytest.raises(start.CannotStartError, match=r"sudo apt install libgl1 libglib2\.0-0") as caught:
        start.check_imports()
    assert library in str(caught.value)


def test_ctrl_c_ends_in_a_sentence_and_the_next_run_goes_on(
    pip: Pip, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as during:
        during.setattr(start, "pip", interrupt)
        assert start.main(["setup"]) == 130
    assert "nothing is lost" in capsys.readouterr().err
    assert start.main(["setup"]) == 0
    assert len(pip.calls) == 1


def interrupt(arguments: list[str], version: tuple[int, ...]) -> int:
    raise KeyboardInterrupt


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["lap"]) == 2
    assert "lab, test, hub and setup" in capsys.readouterr().err


# When it installs ------------------------------------------------------------------------------------------------


def test_the_second_run_installs_nothing(pip: Pip) -> None:
    start.main(["setup"])
    start.main(["setup"])
    assert pip.calls == [["-e", "."]]


def test_the_second_run_asks_no_web_page_and_needs_no_space(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    start.main(["setup"])
    monkeypatch.setattr(start, "cpu_wheels", interrupt)
    monkeypatch.setattr(shutil, "disk_usage", interrupt)
    assert start.main(["setup"]) == 0


def test_a_changed_pyproject_is_installed(clone: Path, pip: Pip) -> None:
    start.main(["setup"])
    (clone / "pyproject.toml").write_text("[project]\ndependencies = ['polars']\n")
    start.main(["setup"])
    assert len(pip.calls) == 2


def test_another_python_in_venv_is_installed_for(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    start.main(["setup"])
    monkeypatch.setattr(start, "inspect", lambda: start.Found((3, 12), (24, 0)))
    start.main(["setup"])
    assert len(pip.calls) == 2


def test_a_failed_installation_is_tried_again(pip: Pip) -> None:
    pip.fails_with = "ERROR: no"
    start.main(["setup"])
    pip.fails_with = ""
    assert start.main(["setup"]) == 0
    assert len(pip.calls) == 2


def test_an_interrupted_change_does_not_pass_for_what_was_there_before(
    clone: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.main(["setup"])
    (clone / "pyproject.toml").write_text("[project]\ndependencies = ['polars']\n")
    with monkeypatch.context() as during:
        during.setattr(start, "pip", interrupt)
        start.main(["setup"])
    (clone / "pyproject.toml").write_text("[project]\n")
    start.main(["setup"])
    assert len(pip.calls) == 2


def test_packages_that_do_not_load_are_not_called_installed(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise start.CannotStartError("libGL.so.1 is missing")

    with monkeypatch.context() as before_apt:
        before_apt.setattr(start, "check_imports", refuse)
        assert start.main(["setup"]) == 1
    assert start.main(["setup"]) == 0
    assert len(pip.calls) == 2


def test_without_network_an_older_installation_still_opens(clone: Path, pip: Pip, handed: list[list[str]]) -> None:
    start.main(["setup"])
    (clone / "pyproject.toml").write_text("[project]\ndependencies = ['polars']\n")
    pip.fails_with = "NewConnectionError"
    assert [start.main(["lab"]), start.main(["lab"])] == [0, 0]
    assert handed == [["dojo", "lab"]] * 2
    pip.fails_with = ""
    start.main(["lab"])
    assert len(pip.calls) == 4, "with the network back, the change is installed"


def test_without_network_tests_wait_for_what_they_need(pip: Pip, handed: list[list[str]]) -> None:
    start.main(["lab"])
    pip.fails_with = "NewConnectionError"
    assert start.main(["test"]) == 1
    assert handed == [["dojo", "lab"]]


def test_what_tests_need_comes_with_test_and_serves_lab_too(pip: Pip, handed: list[list[str]]) -> None:
    start.main(["lab"])
    start.main(["test"])
    start.main(["lab"])
    assert pip.calls == [["-e", "."], ["-e", ".[dev]"]]


def test_what_a_hub_needs_comes_with_hub_and_tests_bring_it_too(pip: Pip, handed: list[list[str]]) -> None:
    start.main(["hub", "--port", "8001"])
    start.main(["hub"])
    start.main(["lab"])
    assert pip.calls == [["-e", ".[hub]"]]
    hub = ["python", "-P", "-m", "dojo.hub"]
    assert handed == [[*hub, "--port", "8001"], hub, ["dojo", "lab"]]
    start.main(["test"])
    start.main(["hub"])
    assert pip.calls[1:] == [["-e", ".[dev]"]]


def test_locked_installs_the_versions_of_the_lock_once(pip: Pip) -> None:
    start.main(["setup", "--locked"])
    start.main(["setup", "--locked"])
    start.main(["setup"])
    assert pip.calls == [["-e", ".", "-c", "requirements.lock"]]


def test_locked_follows_a_new_lock(clone: Path, pip: Pip) -> None:
    start.main(["setup", "--locked"])
    (clone / "requirements.lock").write_text("numpy==2.5.5\n")
    start.main(["setup", "--locked"])
    assert len(pip.calls) == 2


# The environment -------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which `python -m venv` makes an environment that answers, without pip's bulk."""
    monkeypatch.setattr(start, "ROOT", tmp_path)
    real = subprocess.run

    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
        if command[1:3] == ["-m", "venv"]:
            answering_python(Path(command[3]))
            return subprocess.CompletedProcess(command, 0, stdout="")
        return real(command, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "run", run)
    return tmp_path


def answering_python(venv: Path) -> None:
    """The Python of these tests, under the name that .venv gives it."""
    folder = venv / ("Scripts" if os.name == "nt" else "bin")
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)


posix = pytest.mark.skipif(os.name == "nt", reason="links to a Python need rights on Windows")


@posix
def test_a_venv_whose_python_is_gone_is_made_again(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bare / ".venv/bin").mkdir(parents=True)
    (bare / ".venv/bin/python").symlink_to(bare / "python-that-was-removed")
    (bare / ".venv/leftover").touch()
    assert start.inspect() is None
    assert start.make_environment().python == sys.version_info[:2]
    assert not (bare / ".venv/leftover").exists()
    assert "making it again" in capsys.readouterr().out


@posix
def test_a_venv_that_works_is_kept(bare: Path) -> None:
    answering_python(bare / ".venv")
    found = start.inspect()
    assert found is not None
    assert found.python == sys.version_info[:2]


@posix
def test_a_venv_of_a_python_that_is_not_supported_is_made_again(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering_python(bare / ".venv")
    monkeypatch.setattr(start, "OLDEST", (3, 99))
    assert start.inspect() is None


@posix
def test_a_venv_of_a_clone_that_was_moved_is_made_again(bare: Path) -> None:
    answering_python(bare / ".venv")
    (bare / ".venv/dojo-stamp").write_text(f"hash\n{bare.parent / 'old-name'}\n")
    assert start.inspect() is None


@posix
def test_a_link_named_venv_goes_and_what_it_points_to_stays(bare: Path) -> None:
    (bare / "mine").mkdir()
    (bare / "mine/work").touch()
    (bare / ".venv").symlink_to(bare / "mine")
    start.make_environment()
    assert (bare / "mine/work").exists()


# PyTorch's CPU build ---------------------------------------------------------------------------------------------


def pages(*names: str) -> Callable[[str], str]:
    """PyTorch's index with pages for these packages; every other address is silent."""
    return lambda address: next((BOTH[name] for name in names if address.endswith(f"/{name}/")), "")


@pytest.mark.parametrize(
    ("system", "machine", "nvidia", "offered", "python", "taken"),
    [
        ("Linux", "x86_64", False, ("torch", "torchvision"), (3, 11), True),
        ("Linux", "x86_64", True, ("torch", "torchvision"), (3, 11), False),
        ("Linux", "x86_64", False, (), (3, 11), False),
        ("Linux", "x86_64", False, ("torch",), (3, 11), False),
        ("Linux", "x86_64", False, ("torchvision",), (3, 11), False),
        ("Linux", "x86_64", False, ("torch", "torchvision"), (3, 13), False),
        ("Linux", "aarch64", False, ("torch", "torchvision"), (3, 11), False),
        ("Linux", "riscv64", False, ("torch", "torchvision"), (3, 11), False),
        ("Darwin", "x86_64", False, ("torch", "torchvision"), (3, 11), False),
        ("Windows", "AMD64", False, ("torch", "torchvision"), (3, 11), False),
    ],
)
def test_the_cpu_build_is_taken_only_as_a_pair_that_fits(
    system: str,
    machine: str,
    nvidia: bool,
    offered: tuple[str, ...],
    python: tuple[int, int],
    taken: bool,
    clone: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "has_nvidia", lambda: nvidia)
    wheels = start.cpu_wheels(python, page=pages(*offered), system=system, machine=machine)
    assert len(wheels) == (2 if taken else 0)


def test_the_cpu_wheels_are_whole_addresses_on_that_index(clone: Path) -> None:
    wheels = start.cpu_wheels((3, 11), page=pages("torch", "torchvision"), system="Linux", machine="x86_64")
    assert wheels == [
        start.CPU_INDEX + "/torch-2.15.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl#sha256=12ab",
        start.CPU_INDEX + "/torchvision/torchvision-0.29.2%2Bcpu-py3-none-manylinux_2_28_x86_64.whl",
    ]


def test_only_the_versions_that_the_lock_pairs_are_taken(clone: Path) -> None:
    (clone / "requirements.lock").write_text("torch==2.15.1\ntorchvision==0.29.2\n")
    assert start.cpu_wheels((3, 11), page=pages("torch", "torchvision"), system="Linux", machine="x86_64") == []


@pytest.mark.parametrize(
    ("there", "count"),
    [
        ((), 2),
        (("torch-2.15.0", "torchvision-0.29.2"), 0),
        (("torch-2.15.0+cpu", "torchvision-0.29.2+cpu"), 0),
        (("torch-2.15.0+cpu",), 1),
        (("torch-2.14.0+cpu", "torchvision-0.28.0+cpu"), 2),
    ],
)
def test_a_torch_that_is_there_stays_what_it_is(there: tuple[str, ...], count: int, clone: Path) -> None:
    packages = clone / ".venv" / ("Lib" if os.name == "nt" else "lib/python3.11") / "site-packages"
    for name in there:
        (packages / f"{name}.dist-info").mkdir(parents=True)
    wheels = start.cpu_wheels((3, 11), page=pages("torch", "torchvision"), system="Linux", machine="x86_64")
    assert len(wheels) == count


def test_an_index_that_does_not_answer_is_no_error() -> None:
    assert start.fetch("http://127.0.0.1:9/") == ""


def test_the_cpu_pair_is_installed_first_and_the_kit_after_it(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "cpu_wheels", lambda python: ["one.whl", "two.whl"])
    start.main(["setup"])
    assert pip.calls == [["--no-deps", "one.whl", "two.whl"], ["-e", "."]]


# What it runs ----------------------------------------------------------------------------------------------------


def test_lab_passes_its_arguments_on(pip: Pip, handed: list[list[str]]) -> None:
    start.main(["lab", "--no-browser", "--port", "8899", "--locked"])
    assert handed == [["dojo", "lab", "--no-browser", "--port", "8899"]]


def test_test_leaves_the_slow_ones_out(pip: Pip, handed: list[list[str]]) -> None:
    start.main(["test", "-k", "overlap"])
    assert handed == [["python", "-m", "pytest", "-m", "not slow", "-k", "overlap"]]


@pytest.mark.parametrize(("ci", "arguments"), [("true", []), ("", ["--all"])])
def test_test_runs_the_slow_ones_in_ci_and_on_request(
    ci: str, arguments: list[str], pip: Pip, handed: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    start.main(["test", *arguments])
    assert handed == [["python", "-m", "pytest"]]


def test_what_runs_finds_the_commands_of_venv_first(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/opt/robots")
    environment = start.environment()
    assert environment["PATH"].split(os.pathsep)[0] == str(start.program("dojo").parent)
    assert environment["VIRTUAL_ENV"] == str(clone / ".venv")
    assert "PYTHONPATH" not in environment


# Progress --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "before", "short"),
    [
        ("Collecting torch>=1.8.0 (from ultralytics)", "", "looking for torch"),
        ("  Downloading torch-2.15.0-cp311-linux.whl (514.1 MB)", "", "downloading torch 514.1 MB"),
        ("  Downloading https://host/a/b/torch-2.15.0-cp311.whl (514.1 MB)", "", "downloading torch 514.1 MB"),
        ("Progress 212000000 of 514000000", "downloading torch 514.1 MB", "downloading torch 212 of 514 MB"),
        ("Installing collected packages: a, b, c", "", "unpacking 3 packages"),
        ("Requirement already satisfied: a", "looking for a", "looking for a"),
        ("Progress made", "", ""),
        ("Collecting", "", ""),
    ],
)
def test_progress_says_what_pip_does_in_a_few_words(line: str, before: str, short: str) -> None:
    assert start.in_short(line, before) == short


@posix
@pytest.mark.parametrize(
    ("version", "free", "options"),
    [
        ((24, 1), 100e9, "--progress-bar raw "),
        ((23, 2), 100e9, ""),
        ((23, 2), 12e9, "--no-cache-dir "),
    ],
)
def test_pip_gets_the_options_it_knows_and_a_folder_of_ours(
    version: tuple[int, int], free: float, options: str, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = clone / ".venv/bin/python"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$@"\necho "in $TMPDIR"\nexit 3\n')
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    assert start.pip(["-e", "."], version) == 3
    said = (clone / ".venv/install.log").read_text().splitlines()
    assert said[0] == f"-m pip install --disable-pip-version-check {options}-e ."
    assert said[1] == f"in {clone / '.venv/parts'}"
    assert not (clone / ".venv/parts").exists()


def test_progress_is_shown_until_pip_ends(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv/install.log").write_text("Collecting torch\n")
    seconds = itertools.count(0, 20)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    start.show_progress(Process(ticks=2), 0)  # type: ignore[arg-type]
    assert capsys.readouterr().out.splitlines() == ["   20 s  looking for torch", "   40 s  looking for torch"]


class Process:
    """A process that is still running for some seconds of waiting."""

    def __init__(self, ticks: int) -> None:
        self.ticks = ticks

    def wait(self, timeout: float) -> int:
        self.ticks -= 1
        if self.ticks >= 0:
            raise subprocess.TimeoutExpired("pip", timeout)
        return 0
