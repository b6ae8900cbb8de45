"""The three lists of what the kit needs say the same: pyproject.toml, environment.yml, requirements.lock."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent

# What conda-forge calls otherwise.
ON_CONDA_FORGE = {
    "ollama": "ollama-python",
    "opencv-python": "py-opencv",
    "playwright": "playwright-python",
    "prometheus-client": "prometheus_client",
}

# Where and on what a class may run: each must find one version of everything in the lock.
MACHINES = [
    {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0", "sys_platform": system, **more}
    for minor in (11, 12, 13)
    for system, more in [
        ("linux", {"platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"}),
        ("linux", {"platform_system": "Linux", "platform_machine": "aarch64", "os_name": "posix"}),
        ("darwin", {"platform_system": "Darwin", "platform_machine": "arm64", "os_name": "posix"}),
        ("win32", {"platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"}),
    ]
]


def project() -> dict[str, list[str]]:
    """pyproject.toml's requirements: the kit's and the tests'."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"kit": table["dependencies"], "tests": table["optional-dependencies"]["dev"]}


NEEDED = [Requirement(line) for lines in project().values() for line in lines]


@pytest.fixture(scope="module")
def conda() -> dict[str, SpecifierSet]:
    """environment.yml's packages with their ranges."""
    lines = re.findall(r"^ +- ([a-z][\w-]*)([^#:\n]*)(?:#.*)?$", (ROOT / "environment.yml").read_text(), re.MULTILINE)
    return {name: SpecifierSet(versions.partition(";")[0].strip()) for name, versions in lines}


@pytest.fixture(scope="module")
def lock() -> list[Requirement]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_environment_yml_has_the_same_range(needed: Requirement, conda: dict[str, SpecifierSet]) -> None:
    assert conda[ON_CONDA_FORGE.get(needed.name, needed.name)] == needed.specifier


def test_environment_yml_allows_the_same_pythons(conda: dict[str, SpecifierSet]) -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert conda["python"] == SpecifierSet(table["requires-python"])


@pytest.mark.parametrize("name", ["ollama", "pytorch", "torchvision"])
def test_environment_yml_brings_ollama_and_the_torch_pair(name: str, conda: dict[str, SpecifierSet]) -> None:
    assert name in conda


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: "-".join(list(machine.values())[1:5:2]))
def test_the_lock_has_one_version_in_range_of_everything(machine: dict[str, str], lock: list[Requirement]) -> None:
    versions: dict[str, list[str]] = {}
    for pinned in lock:
        if pinned.marker is None or pinned.marker.evaluate(machine):
            versions.setdefault(pinned.name, []).append(str(pinned.specifier).removeprefix("=="))
    twice = {name: all_of_it for name, all_of_it in versions.items() if len(all_of_it) > 1}
    assert twice == {}
    for needed in NEEDED:
        if needed.marker and not needed.marker.evaluate(machine):
            continue
        assert needed.specifier.contains(versions[needed.name][0]), needed
    assert {"torch", "torchvision"} <= versions.keys()


def test_no_committed_file_names_a_package_registry() -> None:
    """A mirror's address that slips into a file works for its author and for nobody else."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    host = r"\b[\w.-]*(?:pypi|pythonhosted|anaconda|npmjs|pytorch)\.(?:org|com|io|dev|cloud)\b(?:/whl)?"
    option = r"(?:index-url|find-links|trusted-host)[ =]+\S+"
    found = set()
    for name in filter(None, listed.split("\0")):
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        found |= {(name, match) for match in re.findall(f"{host}|{option}", text)}
    assert found == {("start.py", "download.pytorch" + ".org/whl")}
