"""What `deploy/scale*` says: configuration in known keys only, and a plan that follows from its measured figures."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCALE = ROOT / "deploy" / "scale"
PAGE = (ROOT / "deploy" / "scale.md").read_text(encoding="utf-8")

yaml = pytest.importorskip("yaml")


def _keys(found: Any, at: str = "") -> Iterator[str]:
    """Every key of a configuration, as a path."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield f"{at}/{key}"
            yield from _keys(value, f"{at}/{key}")
    elif isinstance(found, list):
        for value in found:
            yield from _keys(value, at)


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _defaults(package: str, name: str) -> set[str]:
    """The keys that a package of Dask's knows, from its own file of defaults."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package} is not installed")
    return set(_keys(_load(Path(spec.origin).with_name(name))))


def test_the_settings_for_certificates_are_dasks_own() -> None:
    assert set(_keys(_load(SCALE / "tls.yaml"))) <= _defaults("distributed", "distributed.yaml")


def test_the_settings_for_slurm_are_dask_jobqueues_own() -> None:
    ours = set(_keys(_load(SCALE / "jobqueue.yaml")))
    options = {key for key in ours if "/scheduler-options/" in key}
    assert ours - options <= _defaults("dask_jobqueue", "jobqueue.yaml")
    assert options == {"/jobqueue/slurm/scheduler-options/dashboard_address"}


# What the operator's DaskCluster has (kubernetes.dask.org/v1), down to the pods, whose keys are Kubernetes' own.
_CLUSTER = {"apiVersion", "kind", "metadata", "spec"}
_SPEC = {"idleTimeout", "scheduler", "worker"}
_POD = {"hostUsers", "containers"}
_CONTAINER = {"name", "image", "args", "ports", "resources", "readinessProbe", "securityContext"}


def test_the_kubernetes_cluster_has_known_keys_only() -> None:
    found = _load(SCALE / "kubernetes.yaml")
    assert set(found) == _CLUSTER
    assert set(found["spec"]) == _SPEC
    assert set(found["spec"]["worker"]) == {"replicas", "spec"}
    assert set(found["spec"]["scheduler"]) == {"service", "spec"}
    for part in ("worker", "scheduler"):
        pod = found["spec"][part]["spec"]
        assert set(pod) <= _POD
        assert all(set(one) <= _CONTAINER for one in pod["containers"])
        assert [one["image"] for one in pod["containers"]] == ["registry.example.org/dojo:0.1.0"]


def test_the_kubernetes_cluster_passes_the_operators_own_schema() -> None:
    """Needs dask-kubernetes, which is too large to ask of everybody: `pip install dask-kubernetes`."""
    spec = importlib.util.find_spec("dask_kubernetes")
    if spec is None or spec.origin is None:
        pytest.skip("dask-kubernetes is not installed")
    folder = Path(spec.origin).parent / "operator" / "customresources"
    shapes = _load(folder / "templates.yaml")["definitions"]
    ours, shape = _load(SCALE / "kubernetes.yaml"), shapes["dask.k8s.api.v1.DaskCluster"]
    assert list(_odd({"spec": ours["spec"]}, shape, shapes, "")) == []
    assert list(_odd({"spec": {**ours["spec"], "workers": 3}}, shape, shapes, "")) == ["/spec/workers: unknown"]


def _odd(found: Any, shape: dict[str, Any], shapes: dict[str, Any], at: str) -> Iterator[str]:
    """Keys that the schema does not know, keys that it wants, and values of another type; Kubernetes' own parts of it
    are only as far in the file as the operator needs."""
    reference = str(shape.get("$ref", ""))
    if reference:
        name = reference.rpartition("/")[2]
        if name not in shapes:
            return
        shape = shapes[name]
    types = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    wanted = types.get(str(shape.get("type", "")))
    if wanted and not isinstance(found, wanted):  # type: ignore[arg-type]  # a type or a pair of types
        yield f"{at}: {found!r} is no {shape['type']}"
    elif isinstance(found, dict) and shape.get("properties") and not shape.get("x-kubernetes-preserve-unknown-fields"):
        yield from (f"{at}/{key}: missing" for key in shape.get("required", []) if key not in found)
        for key, value in found.items():
            if key in shape["properties"]:
                yield from _odd(value, shape["properties"][key], shapes, f"{at}/{key}")
            else:
                yield f"{at}/{key}: unknown"
    elif isinstance(found, list) and shape.get("items"):
        for number, value in enumerate(found):
            yield from _odd(value, shape["items"], shapes, f"{at}/{number}")


def _benchmark() -> Any:
    """benchmarks/scale.py as a module; it imports its neighbour by name, as when it is run."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        spec = importlib.util.spec_from_file_location("scale_benchmark", ROOT / "benchmarks" / "scale.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["scale_benchmark"] = module  # where dataclasses look
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    return module


@pytest.fixture(scope="module")
def scale() -> Any:
    return _benchmark()


def test_the_plan_on_the_page_is_what_its_measured_figures_give(scale: Any) -> None:
    shown = PAGE.partition(scale.BEGIN)[2].partition(scale.END)[0]
    measured = scale.read_table(shown)
    assert [one.workers for one in measured] == [1, 2, 4]
    assert scale.measured_table(measured) in shown
    assert scale.plan(measured) in shown


def test_the_plan_says_where_growth_ends_and_when_the_writer_is_the_limit(scale: Any) -> None:
    rows = [(1, 2.0, 0.5, 0.1, 1000), (2, 4.0, 0.5, 0.1, 1000), (4, 4.1, 0.5, 0.1, 1000)]
    figures = [scale.Measured(*row) for row in rows]
    text = scale.plan(figures)
    assert "stops growing at 2: 4 workers reach 1.02 times the rate of 2" in text
    assert "beyond 5 cores" in text
    assert "| 2 | 4.0 | 42 min |" in text
    assert "| 128 | 10.0 | 17 min |" in text
    assert "still grew at 2 workers" in scale.plan(figures[:2])


def test_writing_replaces_only_what_stands_between_the_marks(scale: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{scale.BEGIN}\nold\n{scale.END}\nafter\n", encoding="utf-8")
    scale.write(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{scale.BEGIN}\n\nnew\n\n{scale.END}\nafter\n"


def test_every_file_the_page_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", PAGE) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / "deploy" / link).exists()] == []
