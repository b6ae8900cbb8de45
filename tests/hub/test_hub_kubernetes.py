"""The files for Kubernetes: the chart knows every key, and each pod gets its person's folders and no more."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from dojo.catalog import course_root
from dojo.hub import accounts
from dojo.hub.place import COURSE, EXCHANGE, INSTRUCTORS

FOLDER = course_root() / "deploy" / "kubernetes"
# Keys that the chart documents in jupyterhub/values.schema.yaml (jupyterhub/zero-to-jupyterhub-k8s at commit 02dd73df,
# read on 28 November 2026): those we use, with the type each takes. The chart refuses a key it does not know.
# "*" is a name of one's own; a dictionary as a type means that the chart passes on whatever stands below.
DOCUMENTED: dict[str, type | tuple[type, ...]] = {
    "hub.config": dict,
    "hub.extraFiles.*.mountPath": str,
    "hub.extraFiles.*.stringData": str,
    "proxy.https.enabled": bool,
    "proxy.https.hosts": list,
    "proxy.https.letsencrypt.contactEmail": str,
    "singleuser.image.name": str,
    "singleuser.image.tag": str,
    "singleuser.cmd": (list, str),
    "singleuser.defaultUrl": str,
    "singleuser.startTimeout": int,
    "singleuser.cpu.guarantee": (int, float),
    "singleuser.cpu.limit": (int, float),
    "singleuser.memory.guarantee": (int, str),
    "singleuser.memory.limit": (int, str),
    "singleuser.storage.type": str,
    "singleuser.storage.homeMountPath": str,
    "singleuser.extraFiles.*.mountPath": str,
    "singleuser.extraFiles.*.stringData": str,
    "singleuser.extraEnv": dict,
    "singleuser.networkPolicy.enabled": bool,
    "singleuser.cloudMetadata.blockWithIptables": bool,
    "singleuser.cloudMetadata.ip": str,
    "cull.enabled": bool,
    "cull.timeout": int,
}


def _unknown(values: Any, path: str = "") -> list[str]:
    """Every key that the list does not have, and every value of another type than it says."""
    if path in DOCUMENTED:
        return [] if isinstance(values, DOCUMENTED[path]) else [f"{path}: {values!r}"]
    if not isinstance(values, dict):
        return [path]
    found = []
    for key, value in values.items():
        own = "*" if path.endswith("extraFiles") else key
        found += _unknown(value, f"{path}.{own}".lstrip("."))
    return found


@pytest.fixture
def values() -> Any:
    return yaml.safe_load((FOLDER / "values.yaml").read_text(encoding="utf-8"))


def test_the_chart_knows_every_key_and_takes_its_type(values: Any) -> None:
    assert _unknown(values) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hubb": 1}, ["hubb"]),
        ({"singleuser": {"imag": {"name": "x"}}}, ["singleuser.imag.name"]),
        ({"singleuser": {"startTimeout": "soon"}}, ["singleuser.startTimeout: 'soon'"]),
    ],
)
def test_the_comparison_finds_a_wrong_key_and_a_wrong_type(change: Any, said: list[str]) -> None:
    assert _unknown(change) == said


class Config(SimpleNamespace):
    """What JupyterHub's `c` does with a name nobody has set yet."""

    def __getattr__(self, name: str) -> Any:
        setattr(self, name, SimpleNamespace())
        return getattr(self, name)


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """class_config.py, read as the hub's pod reads it, with a roster of a teacher and two students."""
    (tmp_path / "roster.csv").write_text("Name,Role\nteacher,instructor\nada,student\ngrace,student\n")
    assert accounts.main([str(tmp_path)]) == 0
    (tmp_path / "numbers.json").write_text((tmp_path / "hub" / "numbers.json").read_text())
    config = Config()
    text = (FOLDER / "class_config.py").read_text(encoding="utf-8")
    assert 'FOLDER = Path("/usr/local/etc/dojo")' in text
    copy = tmp_path / "class_config.py"
    copy.write_text(text.replace('Path("/usr/local/etc/dojo")', f"Path({str(tmp_path)!r})"))
    runpy.run_path(str(copy), {"get_config": lambda: config})
    return config


def _pod(config: Config, name: str) -> Any:
    """What the hub asks Kubernetes for, for this person."""
    spawner = SimpleNamespace(
        user=SimpleNamespace(name=name),
        environment={},
        volumes=[],
        volume_mounts=[],
        init_containers=[],
        image="student",
    )
    config.KubeSpawner.pre_spawn_hook(spawner)
    return spawner


def test_only_the_class_may_come_in_and_nobody_is_an_administrator(configured: Config) -> None:
    assert configured.Authenticator.allowed_users == {"teacher", "ada", "grace"}
    assert configured.Authenticator.admin_users == set()


def test_a_students_pod_has_their_home_and_the_exchange_and_nothing_else(configured: Config) -> None:
    ada, grace = _pod(configured, "ada"), _pod(configured, "grace")
    seen = {mount["subPath"]: mount.get("readOnly", False) for mount in ada.volume_mounts}
    assert seen == {
        "homes/ada": False, "exchange/outbound": True, "exchange/feedback": True, "exchange/inbound": False,
    }  # fmt: skip
    assert all("subPath" in mount for mount in ada.volume_mounts), "a mount without one would show the whole volume"
    assert len({ada.uid, grace.uid, INSTRUCTORS}) == 3
    assert (ada.image, ada.notebook_dir, ada.environment["DOJO_HUB"]) == ("student", "/class/home", "student")


def test_an_instructors_pod_has_the_course_and_no_students_home(configured: Config) -> None:
    teacher = _pod(configured, "teacher")
    assert {mount["subPath"] for mount in teacher.volume_mounts} == {
        "homes/teacher", "front", "course", *(f"exchange/{name}" for name in EXCHANGE),
    }  # fmt: skip
    assert (teacher.uid, teacher.notebook_dir) == (INSTRUCTORS, f"/class/{COURSE}")
    assert "instructor" in teacher.image


def test_the_job_makes_the_exchange_with_nbgraders_rights() -> None:
    volume, job = yaml.safe_load_all((FOLDER / "class-volume.yaml").read_text(encoding="utf-8"))
    assert volume["spec"]["accessModes"] == ["ReadWriteMany"]
    script = job["spec"]["template"]["spec"]["initContainers"][0]["command"][-1]
    for name, right in EXCHANGE.items():
        assert re.search(rf"-o {INSTRUCTORS} -g {INSTRUCTORS} -m {right:o} [^\n]*exchange/{name}\b", script)


def test_the_students_image_is_never_given_a_lab_with_solutions() -> None:
    stages: dict[str, list[str]] = {}
    parents: dict[str, str] = {}
    stage = ""
    for line in (FOLDER / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if words := re.match(r"FROM (\S+) AS (\w+)", line):
            stage = words[2]
            parents[stage], stages[stage] = words[1], []
        elif line.startswith("COPY "):
            stages[stage].append(line.removeprefix("COPY "))
    assert parents["student"] == "base"
    copied = [*stages["base"], *stages["student"]]
    assert copied == [
        "pyproject.toml requirements.lock README.md LICENSE ./", "dojo dojo",
        "lessons lessons", "--from=released /released /dojo/labs",
    ]  # fmt: skip
    for source in ("pyproject.toml", "requirements.lock", "README.md", "LICENSE", "dojo", "lessons", "labs", "grader"):
        assert (course_root() / source).exists()


def test_what_the_image_is_given_in_place_of_the_labs_holds_no_solution(tmp_path: Path) -> None:
    assert accounts.main(["--labs", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.glob("*/*")} <= {"lab.py", "data"}
    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*/lab.py"))
    assert "Exercise 1" in text
    left = {line.strip() for line in re.findall(r"### BEGIN SOLUTION\n(.*)\n", text)}
    assert left == {"# YOUR CODE HERE", "YOUR ANSWER HERE"}
    assert "HIDDEN TESTS" not in text


def test_the_images_settings_are_the_hubs(tmp_path: Path) -> None:
    assert accounts.main(["--settings", "student", str(tmp_path)]) == 0
    server = json.loads((tmp_path / "jupyter_server_config.json").read_text())
    assert server["ServerApp"]["jpserver_extensions"]["nbgrader.server_extensions.formgrader"] is False
    assert f'c.CourseDirectory.course_id = "{COURSE}"' in (tmp_path / "nbgrader_config.py").read_text()
