"""A stick for laptops without a network: the right wheels, no secrets, whole or not at all."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dojo import catalog
from dojo.cli import main
from dojo.errors import DojoError, UsageError
from dojo.stick.bundle import Sources, Stick, bundle, sources
from dojo.stick.machines import MACHINES, Machine, find_machine, find_python, this_machine
from dojo.stick.wheels import gather, kit_wheel, read_lock

ROOT = Path(__file__).parent.parent
HERE, PYTHON = this_machine()
LOCK = """# a comment
alpha==1.0
beta==2.0 ; sys_platform == 'win32'
delta==4.0
gamma==3.0 ; sys_platform == 'linux'
torch==2.0
"""
REQUIRES = {
    "alpha": [
        "beta>=1; sys_platform == 'win32'",
        "gamma; sys_platform == 'linux'",
        "delta[fast]",
        "lost; extra == 'x'",
    ],
    "delta": ["torch; extra == 'fast'"],
}
CPU_BUILD = "https://example.org/cpu/torch-2.0%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl#sha256=0"
TAGS = {"windows": "cp312-cp312-win_amd64", "macos": "cp312-cp312-macosx_11_0_arm64"}


def wheel(folder: Path, name: str, version: str, tag: str, requires: list[str]) -> Path:
    """A package of one empty module, packed as pip takes it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {one}\n" for one in requires)
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    with zipfile.ZipFile(path, "w") as packed:
        record = "".join(f"{one},,\n" for one in [*files, f"{info}/RECORD"])
        for one, text in {**files, f"{info}/RECORD": record}.items():
            packed.writestr(one, text)
    return path


class Index:
    """A package index that we fill: notes what was asked for, and can lose its network."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.lasts = 1_000

    def fetch(self, what: str, machine: Machine, python: tuple[int, int], folder: Path) -> None:
        self.asked.append(what)
        if len(self.asked) > self.lasts:
            raise DojoError(f"{what} could not be had")
        if "/" in what:
            wheel(folder, "torch", "2.0+cpu", "cp312-cp312-manylinux_2_28_x86_64", [])
            return
        name, _, version = what.partition("==")
        wheel(folder, name, version, TAGS.get(machine.name, "py3-none-any"), REQUIRES.get(name, []))


def _kit(folder: Path) -> Path:
    return wheel(folder, "local_ai_dojo", "0.1.0", "py3-none-any", ["alpha"])


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.fixture
def given(kit: Path, index: Index) -> Sources:
    return Sources(("alpha>=1",), LOCK, _kit, index.fetch, lambda machine, python: {})


def _bundle(
    folder: Path, given: Sources, *targets: tuple[Machine, tuple[int, int]], models: Path | None = None
) -> Stick:
    return bundle(folder, targets or [(HERE, PYTHON)], models, given, lambda line: None)


def _gather(index: Index, folder: Path, machine: str, addresses: Mapping[str, str] | None = None) -> list[str]:
    one, python = find_machine(machine), (3, 12)
    pins = read_lock(LOCK, one, python)
    names = gather(["alpha>=1"], pins, one, python, folder, index.fetch, addresses or {}, lambda line: None)
    return [name.partition("-")[0] for name in names]


def test_each_machine_gets_what_its_own_markers_ask_for(index: Index, tmp_path: Path) -> None:
    assert _gather(index, tmp_path, "windows") == ["alpha", "beta", "delta", "torch"]
    assert _gather(index, tmp_path, "linux") == ["alpha", "delta", "gamma", "torch"]
    assert _gather(index, tmp_path, "macos") == ["alpha", "delta", "torch"]
    before = list(index.asked)
    assert _gather(index, tmp_path, "windows") == ["alpha", "beta", "delta", "torch"]
    assert index.asked == before


def test_pytorch_for_linux_comes_as_the_cpu_build_where_there_is_one(index: Index, tmp_path: Path) -> None:
    _gather(index, tmp_path, "linux")
    _gather(index, tmp_path, "linux", {"torch": CPU_BUILD})
    assert (tmp_path / "torch-2.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl").exists()
    assert index.asked[-1] == CPU_BUILD
    before = list(index.asked)
    _gather(index, tmp_path, "linux", {"torch": CPU_BUILD})
    assert index.asked == before


def test_an_interrupted_download_goes_on_where_it_stopped(index: Index, given: Sources, tmp_path: Path) -> None:
    index.lasts = 2
    with pytest.raises(DojoError, match="could not be had"):
        _bundle(tmp_path / "stick", given)
    assert not (tmp_path / "stick" / "SHA256SUMS").exists()
    assert not list((tmp_path / "stick" / "wheels").glob(".part*"))
    done = set(index.asked[:2])
    index.lasts = 1_000
    index.asked.clear()
    _bundle(tmp_path / "stick", given)
    assert not done & set(index.asked)
    assert (tmp_path / "stick" / "SHA256SUMS").exists()


def test_the_real_lock_serves_every_machine_without_a_hole() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for machine in MACHINES:
        pins = read_lock(lock, machine, (3, 12))
        assert ("pywinpty" in pins) is (machine.name == "windows")
        assert ("nvidia-cudnn-cu13" in pins) is machine.name.startswith("linux")
        assert pins["torch"]
        # The first release of a series, such as Debian's 3.11.2, must find a version that does not refuse it.
        assert read_lock(lock, machine, (3, 11))["soupsieve"] == "2.10"


def test_an_unknown_platform_or_python_is_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no platform 'amiga'; there are linux, linux-arm, macos, windows"):
        find_machine("amiga")
    with pytest.raises(UsageError, match=r"runs on Python 3\.11, 3\.12, 3\.13, not on '3\.9'"):
        find_python("3.9")
    assert main(["course", "bundle", str(ROOT / "stick")]) == 2
    assert "is inside the clone" in capsys.readouterr().err


def test_a_folder_that_holds_something_else_is_refused_untouched(given: Sources, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    (folder / "models").mkdir(parents=True)
    with pytest.raises(DojoError, match="holds models, which we did not put there; nothing was changed"):
        _bundle(folder, given)
    assert [one.name for one in folder.iterdir()] == ["models"]


def test_a_stick_carries_models_and_names_what_is_no_model(given: Sources, tmp_path: Path) -> None:
    models = tmp_path / "mine"
    models.mkdir()
    with pytest.raises(DojoError, match="holds no model"):
        _bundle(tmp_path / "stick", given, models=models)
    (models / "tiny.gguf").write_bytes(b"weights")
    (models / "manifests" / "registry" / "library" / "qwen").mkdir(parents=True)
    (models / "manifests" / "registry" / "library" / "qwen" / "1b").write_text("{}")
    (models / "blobs").mkdir()
    made = _bundle(tmp_path / "stick", given, models=models)
    assert (tmp_path / "stick" / "models" / "tiny.gguf").read_bytes() == b"weights"
    assert made.refused == ("qwen:1b refused: its manifest can't be read",)


@pytest.fixture
def installer(given: Sources, tmp_path: Path) -> Any:
    """The installer of a finished stick."""
    _bundle(tmp_path / "stick", given)
    return _load(tmp_path / "stick" / "install.py")


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("stick_install", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_broken_stick_is_named_file_by_file_and_installs_nothing(
    installer: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    (stick / "wheels" / "alpha-1.0-py3-none-any.whl").write_bytes(b"rust")
    (stick / "course" / "labs" / "01-greeting" / "lab.py").unlink()
    assert installer.main([str(tmp_path / "laptop")]) == 1
    said = capsys.readouterr().err
    assert "course/labs/01-greeting/lab.py: is missing" in said
    assert "wheels/alpha-1.0-py3-none-any.whl: is damaged" in said
    assert "delta" not in said
    assert not (tmp_path / "laptop").exists()
    (stick / "SHA256SUMS").unlink()
    assert installer.main([str(tmp_path / "laptop")]) == 1
    assert "is not a whole stick" in capsys.readouterr().err


def test_another_python_or_machine_is_told_what_the_stick_is_for(installer: Any, tmp_path: Path) -> None:
    contents: dict[str, Any] = {"wheels": {"linux 3.12": [], "windows 3.13": []}}
    installer.this_machine = lambda: "linux"
    with pytest.raises(
        installer.CannotInstallError, match=r"is for Python 3\.12, and this is Python 3\.11: .*python3\.12 "
    ):
        installer.fitting_wheels(contents, (3, 11))
    installer.this_machine = lambda: "macos"
    with pytest.raises(installer.CannotInstallError, match=r"nothing for macos; it serves linux 3\.12, windows 3\.13"):
        installer.fitting_wheels(contents, (3, 12))


def test_the_installer_calls_each_machine_by_the_bundles_name(installer: Any) -> None:
    installer = _load(ROOT / "dojo" / "stick" / "install.py")
    assert [installer.this_machine(one.system, one.processor) for one in MACHINES] == [one.name for one in MACHINES]
    assert installer.this_machine("Linux", "riscv64") == "Linux on riscv64"


def test_an_old_python_can_read_the_installer_to_be_told_which_one_it_needs() -> None:
    ast.parse((ROOT / "dojo" / "stick" / "install.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_folder_with_something_else_in_it_is_not_installed_into(
    installer: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "laptop").mkdir()
    (tmp_path / "laptop" / "letter.txt").write_text("mine")
    assert installer.main([str(tmp_path / "laptop")]) == 1
    assert "holds something else: name another folder" in capsys.readouterr().err


@pytest.mark.slow
def test_a_laptop_installs_from_the_stick_with_one_command_and_checks_a_lab(tmp_path: Path, kit: Path) -> None:
    """The kit's true wheel and the true course; of the packages it needs, a stand-in (the laptop has ours besides)."""
    catalog.read.cache_clear()
    index = Index()
    stick = tmp_path / "stick"
    given = Sources(("alpha>=1",), LOCK, lambda folder: kit_wheel(ROOT, folder, isolated=False), index.fetch, _no_build)
    _bundle(stick, given)
    with zipfile.ZipFile(next((stick / "wheels").glob("local_ai_dojo-*.whl"))) as own:
        tops = {name.partition("/")[0] for name in own.namelist()}
    assert tops == {"dojo", "grader", "local_ai_dojo-0.1.0.dist-info"}
    laptop = tmp_path / "my laptop"
    alone = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull}
    alone.pop("DOJO_WORKSPACE")
    done = _run([sys.executable, str(stick / "install.py"), str(laptop)], alone)
    assert f'"{laptop}/.venv/bin/dojo" lab' in done.stdout
    site = next(laptop.glob(".venv/lib/python3*/site-packages"))
    assert (site / "alpha.py").exists()
    # The rest of what the kit needs: this environment's, behind the laptop's own.
    (site / "others.pth").write_text("\n".join(one for one in sys.path if one.endswith("site-packages")) + "\n")
    listed = json.loads(_run([str(laptop / ".venv/bin/dojo"), "list", "--json"], alone).stdout)
    assert [lab["name"] for lab in listed["labs"]] == ["01-greeting"]
    build = "from dojo.workspace import open_workspace as o; import dojo; o().build(); print(dojo.__file__)"
    assert str(laptop) in _run([str(laptop / ".venv/bin/python"), "-P", "-c", build], alone).stdout
    work = laptop / "workspace" / "labs" / "01-greeting" / "01-greeting.ipynb"
    work.write_text(work.read_text().replace("raise NotImplementedError()", "return 'Hello, Ada!'", 1))
    checked = subprocess.run([str(laptop / ".venv/bin/dojo"), "check", "1"], env=alone, capture_output=True, text=True)
    assert "4 of 10 points" in checked.stdout
    assert "Your teacher has more" in checked.stdout
    mine = work.read_bytes()
    shutil.rmtree(laptop / "labs")
    _run([sys.executable, str(stick / "install.py"), str(laptop)], alone)
    assert (laptop / "labs" / "01-greeting" / "lab.py").exists()
    assert work.read_bytes() == mine


def _no_build(machine: Machine, python: tuple[int, int]) -> dict[str, str]:
    return {}


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_clones_own_sources_name_what_the_kit_requires() -> None:
    own = sources()
    assert any(one.startswith("jupyterlab") for one in own.roots)
    assert not any(one.startswith("pytest") for one in own.roots)
