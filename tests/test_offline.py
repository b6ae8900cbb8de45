"""ultralytics stays at home: what it looks up, contacts, installs, downloads, writes on a machine that looks online."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dojo import jupyter
from dojo.downloads import ALLOWED, DownloadRefusedError, allow_downloads, guard
from dojo.offline import environment, keep_home, switch_off
from dojo.run import Runner
from dojo.workspace import Workspace

PROGRAMS = Path(__file__).parent / "offline"
SWITCHES = {"YOLO_OFFLINE", "YOLO_AUTOINSTALL", "ULTRALYTICS_SAFE_LOAD", "ORT_DISABLE_TELEMETRY"}
PLACES = {"YOLO_CONFIG_DIR", "MPLCONFIGDIR", "TORCHINDUCTOR_CACHE_DIR"}


@dataclass(frozen=True)
class Traced:
    """A program that runs, or has run, alone with folders of its own."""

    process: subprocess.Popen[bytes]
    root: Path

    def report(self) -> dict[str, Any]:
        assert self.process.wait(240) == 0, (self.root / "log").read_text(encoding="utf-8", errors="replace")
        found: dict[str, Any] = json.loads((self.root / "report.json").read_text(encoding="utf-8"))
        return found

    def left(self, place: str) -> list[str]:
        """What lies in one of the folders now: cwd, home or tmp."""
        self.report()
        return sorted(str(path.relative_to(self.root / place)) for path in (self.root / place).rglob("*"))


def start(program: str, root: Path) -> Traced:
    """Start a program of tests/offline as a person's, not as a test: ultralytics is quiet by itself in tests."""
    for name in ("cwd", "home", "tmp"):
        (root / name).mkdir(parents=True)
    named = {"HOME": root / "home", "USERPROFILE": root / "home", "TMPDIR": root / "tmp", "TEMP": root / "tmp"}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-B", str(PROGRAMS / "online.py"), str(root / "report.json"), str(PROGRAMS / program)],
            cwd=root / "cwd",
            env={**kept, **{name: str(path) for name, path in named.items()}},
            stdout=log,
            stderr=log,
        )
    return Traced(process, root)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Traced]]:
    """The short programs, side by side: each spends most of its time importing torch."""
    started = {name: start(f"{name}.py", tmp_path_factory.mktemp(name)) for name in ("kept", "not_kept", "plain")}
    yield started
    for one in started.values():
        one.process.kill()
        one.process.wait()


@pytest.fixture
def kept(runs: dict[str, Traced]) -> Traced:
    return runs["kept"]


@pytest.fixture
def not_kept(runs: dict[str, Traced]) -> dict[str, Any]:
    return runs["not_kept"].report()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which nobody has set anything, and that is put back afterwards."""
    for name in (*SWITCHES, *PLACES, ALLOWED):
        monkeypatch.setenv(name, "")  # so that it is put back, whatever the test makes of it
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))


def assert_quiet(report: dict[str, Any]) -> None:
    assert (report["lookups"], report["contacts"]) == ([], [])
    assert [one for one in report["programs"] if any(tool in one for tool in ("pip", "uv", "curl", "wget"))] == []


def assert_one_sentence(said: list[str], thing: str) -> None:
    *kinds, text = said
    assert kinds[:3] == ["DownloadRefusedError", "DojoError", "ConnectionError"]
    assert thing in text
    assert text.endswith("or, with a network, call dojo.allow_downloads() and run this again.")
    assert "\n" not in text


def test_at_home_nobody_is_looked_up_or_contacted(kept: Traced) -> None:
    assert_quiet(kept.report())


def test_a_plain_program_that_opens_a_model_is_at_home_too(runs: dict[str, Traced]) -> None:
    plain = runs["plain"]
    report = plain.report()
    assert_quiet(report)
    assert report["said"]["found"] > 0
    assert report["said"]["other task"][-1].startswith("desk-detect.onnx is a model to detect, not to pose")
    assert_one_sentence(report["said"]["download"], "yolo26n.pt")
    assert [path for path in report["written"] if not path.startswith((str(plain.root / "workspace"), "/dev/"))] == []
    assert "Creating new" not in (plain.root / "log").read_text(encoding="utf-8", errors="replace")


def test_without_keep_home_the_tracer_sees_contacts(not_kept: dict[str, Any]) -> None:
    assert "www.google-analytics.com" in not_kept["lookups"]
    assert "github.com" in not_kept["lookups"]
    assert not_kept["contacts"]
    assert "Download failure" in not_kept["said"]["before"][-1]


def test_an_ultralytics_that_was_imported_before_comes_home_too(not_kept: dict[str, Any]) -> None:
    before, after = not_kept["marks"]
    assert before == after
    assert_one_sentence(not_kept["said"]["late"], "yolo26n.pt")
    assert_one_sentence(not_kept["said"]["late data"], "coco8.yaml")


def test_a_download_that_is_allowed_is_tried(not_kept: dict[str, Any]) -> None:
    assert "Download failure" in not_kept["said"]["allowed"][-1]
    assert set(not_kept["lookups"][not_kept["marks"][1] :]) <= {"github.com"}


def test_at_home_files_lie_in_the_folder(kept: Traced) -> None:
    mine = kept.root / "cwd"
    elsewhere = [Path(path) for path in kept.report()["written"] if not path.startswith("/dev/")]
    ours = (kept.root / "workspace", mine)
    assert [path for path in elsewhere if not any(path.is_relative_to(place) for place in ours)] == []
    assert (kept.left("home"), kept.left("tmp")) == ([], [])
    assert {Path(path).suffix for path in kept.left("cwd")} == {".pt", ".onnx"}  # the program's own


def test_the_settings_are_taken_as_they_are(kept: Traced) -> None:
    kept.report()
    before = settings_in(kept.root / "workspace")
    environment(kept.root / "workspace")
    assert settings_in(kept.root / "workspace") == before
    log = (kept.root / "log").read_text(encoding="utf-8")
    assert [words for words in ("Creating new", "latest schema", "WARNING") if words in log] == []


def test_downloads_are_refused_in_a_sentence_each(kept: Traced) -> None:
    said = kept.report()["said"]["downloads"]
    for thing, words in said.items():
        assert_one_sentence(words, thing)
    assert str(kept.root / "workspace" / "weights") in said["yolo26n.pt"][-1]
    assert "secret" not in str(said)


def test_plots_find_a_font_and_ask_for_none(kept: Traced) -> None:
    fonts = kept.report()["said"]["fonts"]
    assert [Path(font).name for font in fonts] == ["Arial.ttf", "Arial.Unicode.ttf", "None"]
    assert all(Path(font).stat().st_size > 100_000 for font in fonts[:2])


def test_a_font_whose_environment_has_moved_is_found_anew(tmp_path: Path) -> None:
    environment(tmp_path)
    font = tmp_path / ".config" / "Ultralytics" / "Arial.ttf"
    font.unlink()
    try:
        font.symlink_to(tmp_path / "gone" / "DejaVuSans.ttf")
    except OSError:
        pytest.skip("links are not for everybody here")
    environment(tmp_path)
    assert font.stat().st_size > 100_000


@pytest.mark.parametrize("name", ["zip.pt", "old.pt", "plain.pt", "unknown.pt", "text.pt"])
def test_a_checkpoint_that_may_run_a_program_is_refused(kept: Traced, name: str) -> None:
    kind, *_, text = kept.report()["said"]["bad"][name]
    assert (kind, text) == (
        "DojoError",
        f"{name} is refused: it holds other things than the numbers and layers of a model, "
        "and opening it could run a program; ask for the model as .onnx, which holds none.",
    )
    assert not kept.report()["said"]["broken in"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("numbers.pt", "holds no model that ultralytics can open"),
        ("half.pt", "holds no model that ultralytics can open"),
        ("empty.pt", "holds no model that ultralytics can open"),
        ("text.onnx", "holds no model that ONNX Runtime can open"),
        ("mute.onnx", "does not say what it is for: name it, load_model('mute.onnx', 'detect')"),
    ],
)
def test_a_file_that_is_no_model_is_told_in_a_sentence(kept: Traced, name: str, words: str) -> None:
    kind, *_, text = kept.report()["said"]["bad"][name]
    assert kind == "DojoError"
    assert f"{name} {words}" in text
    assert "\n" not in text


def test_good_models_open(kept: Traced) -> None:
    assert kept.report()["said"]["good"] == ["detect", "detect", "pose"]


@pytest.mark.slow
def test_training_to_tracking_contacts_nobody_and_stays_in_the_folder(tmp_path: Path) -> None:
    whole = start("whole.py", tmp_path / "whole")
    report = whole.report()
    assert_quiet(report)
    for thing, words in zip(
        ("yolo26n.pt", "coco8.yaml", "https://example.org/a.jpg"), report["said"]["downloads"], strict=True
    ):
        assert_one_sentence(words, thing)
    assert report["said"]["plotted"] == [320, 240]
    assert "metrics/mAP50(B)" in report["said"]["scores"]
    assert [path for path in report["written"] if not path.startswith((str(whole.root / "workspace"), "/dev/"))] == []
    assert [whole.left(place) for place in ("cwd", "home", "tmp")] == [[], [], []]
    made = {path.name for path in (whole.root / "workspace" / "runs" / "detect").iterdir()}
    assert made >= {"train", "val", "predict"}


@pytest.mark.usefixtures("bare")
def test_the_environment_is_that_of_the_folder(tmp_path: Path) -> None:
    keep_home(tmp_path / "ws")
    assert {name: os.environ[name] for name in SWITCHES} == {
        "YOLO_OFFLINE": "1",
        "YOLO_AUTOINSTALL": "0",
        "ULTRALYTICS_SAFE_LOAD": "1",
        "ORT_DISABLE_TELEMETRY": "1",
    }
    assert all(Path(os.environ[name]).is_relative_to(tmp_path / "ws" / ".config") for name in PLACES)


@pytest.mark.usefixtures("bare")
def test_what_a_person_set_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOLO_OFFLINE", "0")
    monkeypatch.setenv("YOLO_CONFIG_DIR", str(tmp_path / "mine"))
    keep_home(tmp_path / "ws")
    assert (os.environ["YOLO_OFFLINE"], os.environ["YOLO_CONFIG_DIR"]) == ("0", str(tmp_path / "mine"))
    assert not (tmp_path / "mine").exists()
    assert not (tmp_path / "ws").exists()


def settings_in(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / ".config/Ultralytics/settings.json").read_text(encoding="utf-8"))
    return found


def test_the_settings_report_nothing_and_stay_in_the_folder(tmp_path: Path) -> None:
    environment(tmp_path)
    settings = settings_in(tmp_path)
    assert {settings[f"{name}_dir"] for name in ("runs", "datasets", "weights")} == {
        str(tmp_path / name) for name in ("runs", "datasets", "weights")
    }
    assert not any(value is True for value in settings.values())
    assert set(settings["uuid"]) == {"0"}


def test_a_workspace_that_moved_is_put_right_and_what_was_changed_in_it_stands(tmp_path: Path) -> None:
    environment(tmp_path / "old")
    path = tmp_path / "old/.config/Ultralytics/settings.json"
    path.write_text(json.dumps({**settings_in(tmp_path / "old"), "wandb": True, "sync": True}), encoding="utf-8")
    (tmp_path / "old").rename(tmp_path / "new")
    environment(tmp_path / "new")
    settings = settings_in(tmp_path / "new")
    assert (settings["runs_dir"], settings["wandb"], settings["sync"]) == (str(tmp_path / "new" / "runs"), True, False)


@pytest.mark.parametrize("text", ["", "[1]", "{"])
def test_settings_that_cannot_be_read_are_made_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".config/Ultralytics/settings.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    environment(tmp_path)
    assert settings_in(tmp_path)["sync"] is False


@pytest.mark.usefixtures("bare")
def test_a_folder_that_cannot_be_written_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    keep_home(tmp_path / "file")
    assert Path(os.environ["YOLO_CONFIG_DIR"]).is_relative_to(tmp_path)
    assert Path(os.environ["YOLO_CONFIG_DIR"], "Ultralytics", "settings.json").exists()


@pytest.mark.usefixtures("bare")
def test_without_a_workspace_the_folder_ends_with_the_program(tmp_path: Path) -> None:
    code = "import os; from dojo.offline import go_home; go_home(); print(os.environ['YOLO_CONFIG_DIR'])"
    code += "; assert os.path.isfile(os.environ['YOLO_CONFIG_DIR'] + '/Ultralytics/settings.json')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip()
    assert not Path(done.stdout.strip()).exists()
    assert not (tmp_path / "workspace").exists()


@pytest.mark.usefixtures("bare")
def test_switches_alone_write_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    switch_off()
    assert "YOLO_CONFIG_DIR" not in os.environ
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.usefixtures("bare")
def test_guarding_twice_watches_once() -> None:
    before = len(sys.meta_path)
    guard()
    guard()
    assert len(sys.meta_path) <= before + 1


@pytest.mark.usefixtures("bare")
def test_downloads_are_allowed_for_started_processes_too() -> None:
    allow_downloads()
    assert os.environ[ALLOWED] == "1"


def test_keeping_home_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pathlib import Path; from dojo.offline import keep_home; keep_home(Path('ws'));"
        "import dojo.vision; heavy = {'torch', 'ultralytics', 'matplotlib', 'cv2', 'onnxruntime'};"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    place = Path(os.environ["HOME"])
    assert subprocess.run([sys.executable, "-c", code], cwd=place, check=False).returncode == 0


def test_a_check_has_a_home_of_its_own_that_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOLO_CONFIG_DIR", str(tmp_path / "students"))
    monkeypatch.setenv(ALLOWED, "1")
    cell = (
        "import json, os, sys\n"
        "names = ('YOLO_CONFIG_DIR', 'YOLO_OFFLINE', 'DOJO_DOWNLOADS')\n"
        "watched = any(type(one).__module__ == 'dojo.replace' for one in sys.meta_path)\n"
        "print(json.dumps([*(os.environ[name] for name in names), watched]))"
    )
    with Runner() as runner:
        [outcome] = runner.run([("a", cell)], tmp_path)
        config, offline, allowed, watched = json.loads(outcome.output)
        assert (offline, allowed, watched) == ("1", "", True)
        assert Path(config, "Ultralytics", "settings.json").exists()
    assert not Path(config).exists()


@pytest.mark.usefixtures("bare")
def test_notebooks_inherit_a_home_from_dojo_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, str]] = []

    class Ended:
        def __init__(self, words: list[str], cwd: Path, env: dict[str, str], stderr: object) -> None:
            started.append(env)

        def poll(self) -> int:
            return 0

        def wait(self, timeout: float | None = None) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Ended)
    monkeypatch.setattr(jupyter, "answers", lambda process, port: True)
    monkeypatch.setenv("YOLO_OFFLINE", "0")
    (tmp_path / "ws").mkdir()
    jupyter.serve(Workspace(tmp_path / "ws"), jupyter.free_port(18888), True, lambda address: None)
    assert started[0]["YOLO_CONFIG_DIR"] == str(tmp_path / "ws" / ".config")
    assert (started[0]["YOLO_AUTOINSTALL"], started[0]["YOLO_OFFLINE"]) == ("0", "0")


def test_a_refusal_is_a_connection_error_for_those_who_can_do_without() -> None:
    assert issubclass(DownloadRefusedError, ConnectionError)
