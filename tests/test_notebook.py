"""Text notebooks in, Jupyter notebooks out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dojo import notebook
from dojo.errors import DojoError

HEAD = '# %% [markdown]\n"""\n# Lab 1. X\n"""\n\n'


def _lab(folder: Path, text: str) -> Path:
    path = folder / "lab.py"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


# What nbgrader 0.9.6 writes for each entry of its sidebar's menu; tests/test_browser.py reads it from the sidebar.
SIDEBAR = {
    "solution": {"grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False},
    "tests": {"grade": True, "locked": True, "points": 2, "schema_version": 3, "solution": False, "task": False},
    "answer": {"grade": True, "locked": False, "points": 2, "schema_version": 3, "solution": True, "task": False},
    "task": {"grade": False, "locked": True, "points": 2, "schema_version": 3, "solution": False, "task": True},
    "locked": {"grade": False, "locked": True, "schema_version": 3, "solution": False, "task": False},
}


@pytest.mark.parametrize("role", SIDEBAR)
def test_each_role_becomes_what_nbgraders_sidebar_writes(role: str, tmp_path: Path) -> None:
    prose = role in ("answer", "task")
    points = " points=2" if "points" in SIDEBAR[role] else ""
    cell = f'# %% {"[markdown] " if prose else ""}{role}="one"{points}\n' + ('"""\ntext\n"""\n' if prose else "x = 1\n")
    node = notebook.to_node(notebook.read_lab(_lab(tmp_path, cell)))
    assert node.cells[1].metadata == {"nbgrader": {**SIDEBAR[role], "grade_id": "one"}}
    assert node.cells[1].id == "one"


def test_a_live_cell_is_unknown_to_nbgrader_and_skipped_by_nbclient(tmp_path: Path) -> None:
    node = notebook.to_node(notebook.read_lab(_lab(tmp_path, '# %% live="talk"\nprint()\n')))
    assert node.cells[1].metadata == {"tags": ["skip-execution"]}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('# %% soluton="a"\nx = 1\n', "cell 2: the key 'soluton' is unknown; did you mean solution?"),
        ('# %% colour="a"\nx = 1\n', "cell 2: the key 'colour' is unknown; write one of"),
        ('# %% solution="a" locked="b"\nx = 1\n', "cell 2: it has two roles, solution and locked; keep one"),
        ('# %% tests="a"\nx = 1\n', 'cell 2: tests="a" needs points'),
        ('# %% tests="a" points="two"\nx = 1\n', 'cell 2: tests="a" needs points'),
        ('# %% tests="a" points=0\nx = 1\n', 'cell 2: tests="a" needs points'),
        ('# %% solution="a" points=2\nx = 1\n', 'cell 2: solution="a" carries no points'),
        ("# %% points=2\nx = 1\n", "cell 2: points stand beside tests="),
        ('# %% solution="two words"\nx = 1\n', "letters, digits, - or _, not 'two words'"),
        ('# %% solution="a"\nx = 1\n\n# %% locked="a"\ny = 1\n', "cell 3: the name 'a' is used by cell 2 too"),
        ('# %% [markdown] solution="a"\n"""\ntext\n"""\n', "cell 2: solution belongs to a code cell"),
        ('# %% task="a" points=1\nx = 1\n', "cell 2: task belongs to a prose cell"),
        ('# %% locked="top-1"\nx = 1\n', "the name 'top-1' is kept for unnamed cells"),
    ],
)
def test_a_cell_that_breaks_a_rule_is_named_with_file_number_and_remedy(cell: str, said: str, tmp_path: Path) -> None:
    path = _lab(tmp_path, cell)
    with pytest.raises(DojoError) as problem:
        notebook.read_lab(path)
    assert str(problem.value).startswith(f"{path}, cell ")
    assert said in str(problem.value)


def test_two_builds_in_two_folders_give_the_same_bytes(kit: Path, tmp_path: Path) -> None:
    source = kit / "labs" / "01-greeting" / "lab.py"
    first = notebook.build(notebook.read_lab(source), tmp_path / "one" / "lab.ipynb")
    second = notebook.build(notebook.read_lab(source), tmp_path / "two" / "other.ipynb")
    assert first.read_bytes() == second.read_bytes()


def test_every_cell_has_an_id_made_from_names(kit: Path) -> None:
    ids = [cell.name for cell in notebook.read_lab(kit / "labs" / "01-greeting" / "lab.py").cells]
    assert ids[:5] == ["top-1", "setup", "setup-1", "setup-2", "greet"]
    assert len(set(ids)) == len(ids)


def test_a_magic_that_is_a_comment_in_the_text_is_a_magic_in_the_notebook(kit: Path) -> None:
    cells = notebook.read_lab(kit / "labs" / "01-greeting" / "lab.py").cells
    assert cells[1].source.startswith("%load_ext dojo")


def test_a_lab_opened_and_saved_in_jupyterlab_is_the_same_text(kit: Path) -> None:
    for source, form in (
        (kit / "labs/01-greeting/lab.py", "py:percent"),
        (kit / "lessons/01-greeting/lesson.md", "md"),
    ):
        assert notebook.round_trip(source, form) == source.read_text(encoding="utf-8")


def test_jupyterlabs_own_file_manager_gives_the_text_back_after_an_edit(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupytext import TextFileContentsManager

    (kit / "pyproject.toml").write_text((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    before = (kit / "labs/01-greeting/lab.py").read_text(encoding="utf-8")
    manager = TextFileContentsManager()
    manager.root_dir = str(kit)
    model = manager.get("labs/01-greeting/lab.py", type="notebook")
    cell = next(cell for cell in model["content"]["cells"] if "Hello, {name}" in cell["source"])
    cell["source"] = cell["source"].replace("Hello, {name}!", "Good day, {name}!")
    manager.save({"type": "notebook", "content": model["content"]}, "labs/01-greeting/lab.py")
    after = (kit / "labs/01-greeting/lab.py").read_text(encoding="utf-8")
    assert after == before.replace('f"Hello, {name}!"', 'f"Good day, {name}!"')


def test_a_lesson_keeps_shell_input_as_prose_and_runs_only_python(kit: Path) -> None:
    cells = notebook.read_lesson(kit / "lessons/01-greeting/lesson.md").cells
    assert [cell.source for cell in cells if cell.kind == "code" and cell.role != "live"] == ['print("Hello")']
    assert any("$ echo Hello" in cell.source for cell in cells if cell.kind == "markdown")


def test_a_lesson_block_that_would_run_a_shell_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text("# Lesson\n\n```bash\nrm -r x\n```\n", encoding="utf-8")
    with pytest.raises(DojoError, match="a bash block would run; begin it with ```text or ```console"):
        notebook.read_lesson(path)


def test_graded_roles_are_refused_in_a_lesson(tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text('# Lesson\n\n```python solution="a"\nx = 1\n```\n', encoding="utf-8")
    with pytest.raises(DojoError, match="the key 'solution' is unknown"):
        notebook.read_lesson(path)


def test_mistakes_need_a_name_and_an_exercise(tmp_path: Path) -> None:
    path = tmp_path / "mistakes.py"
    path.write_text('# %% mistake="a"\nx = 1\n', encoding="utf-8")
    with pytest.raises(DojoError, match='cell 1: it needs exactly mistake="name" exercise="name"'):
        notebook.read_variants(path, "mistake")


def test_a_built_notebook_is_valid_and_has_no_outputs(kit: Path, tmp_path: Path) -> None:
    import nbformat

    path = notebook.build(notebook.read_lab(kit / "labs/01-greeting/lab.py"), tmp_path / "lab.ipynb")
    nbformat.validate(nbformat.read(path, as_version=4))
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")
