"""One IPython in a child: runs a cell and says what came of it.

Covered:
* magics, top-level await, `display`, a silent last line with a semicolon, as in a notebook;
* a cell that stops in any way, by SystemExit or KeyboardInterrupt too, did not pass;
* its outputs are those of `grader.screen`; a hidden cell has none, and no traceback shows a line of its code, not even
  where a later cell calls a function of it;
* the last value counts as a score only if it was shown and is a plain number.

Not covered:
* a cell that changes this object: in the student's process nobody believes it, in the examiner no student's code runs.
"""

from __future__ import annotations

import ast
import linecache
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from grader.compiled import code_name, codes_of, two_codes
from grader.faults import said
from grader.quickcell import is_plain, may_await, may_end_quietly
from grader.screen import Recorder, Screen

__all__ = ["Ran", "Shell"]

_OURS = str(Path(__file__).resolve().parent)
_NOTHING = object()


@dataclass(frozen=True)
class Ran:
    """What one cell did. `names` are those that it bound, bound anew or removed; `failure` is the exception."""

    failure: BaseException | None
    outputs: list[dict[str, Any]] = field(default_factory=list)
    names: tuple[str, ...] = ()
    score: float | None = None
    flawed: str = ""
    seconds: float = 0.0


class Shell:
    """The shell of this process; there is one."""

    def __init__(self) -> None:
        self.screen = Screen()
        self._shell = _made(self)
        self._cells = 0
        self.last: Any = _NOTHING

    @property
    def names(self) -> dict[str, Any]:
        """The namespace that cells run in."""
        namespace: dict[str, Any] = self._shell.user_ns
        return namespace

    def take_over(self) -> None:
        """From now on what this process prints goes to the screen, and its cells count from 1."""
        self._cells = 0
        sys.stdout, sys.stderr = self.screen.stdout, self.screen.stderr

    def run(self, text: str, limit: int, hidden: bool = False, code: str = "") -> Ran:
        """Run one cell; `limit` is for its outputs, in bytes. A `hidden` one shows nothing but its verdict's words.

        `code` is what `grader.compiled` makes of the text, if somebody has.
        """
        self._cells += 1
        shell, self.last = self._shell, _NOTHING
        recorder = Recorder(limit)
        before = dict(shell.user_ns)
        shell.execution_count = self._cells
        shell.displayhook.source = text
        shell.compile.expect(text, code)
        self.screen.recorder, shell.recorder, shell.hidden = recorder, recorder, hidden
        before_files = set(linecache.cache)
        begun = time.perf_counter()
        try:
            result = shell.run_cell(text, store_history=False)
            failure = result.error_before_exec or result.error_in_exec
        except BaseException as problem:
            # What IPython itself lets through, such as an interrupt between two statements.
            failure = problem
        seconds = time.perf_counter() - begun
        self.screen.recorder = None
        if hidden:
            shell.hidden_files.update(set(linecache.cache) - before_files)
        names = _rebound(before, shell.user_ns, set(shell.user_ns_hidden))
        score, flawed = _score(self.last) if failure is None else (None, "")
        self.last = _NOTHING
        return Ran(failure, [] if hidden else recorder.outputs(), names, score, flawed, seconds)

    def builtins(self) -> Any:
        """A context in which `get_ipython` and `display` are there, as in a cell."""
        return self._shell.builtin_trap


def _rebound(before: dict[str, Any], after: dict[str, Any], ignored: set[str]) -> tuple[str, ...]:
    changed = [name for name, value in after.items() if before.get(name, _NOTHING) is not value]
    changed += [name for name in before if name not in after]
    return tuple(name for name in changed if isinstance(name, str) and name not in ignored)


def _score(value: Any) -> tuple[float | None, str]:
    """A cell's last value as a score, or why it is none."""
    if value is _NOTHING:
        return None, ""
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item() if getattr(value, "shape", None) == () else value
    if type(value) not in (int, float):
        return None, "the last value is no number"
    try:
        number = float(value)
    except OverflowError:
        return None, "the last value is too large a number"
    if not math.isfinite(number):
        return None, f"the last value is {number}"
    if number < 0:
        return None, f"the last value is below 0: {number:g}"
    return number, ""


class _Hook(DisplayHook):  # type: ignore[misc]  # IPython has no types
    """Keeps a cell's last value, if it is one that a notebook would show as the cell's result."""

    source = ""
    keeper: Any = None
    pending: Any = _NOTHING

    def quiet(self) -> bool:
        if not may_end_quietly(self.source):
            return False
        try:
            return bool(self.semicolon_at_end_of_expression(self.source))
        except Exception:
            # tokenize refuses some cells with magics.
            return self.source.rstrip().endswith(";")

    def write_output_prompt(self) -> None:
        """A notebook has no prompt in its output."""

    def update_user_ns(self, result: Any) -> None:
        """Keep no _, __ and Out: they would keep alive what a cell has let go."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.keeper.last = self.pending
        self.shell.recorder.show(format_dict, count=self.shell.execution_count)

    def fill_exec_result(self, result: Any) -> None:
        super().fill_exec_result(result)
        # A score only once it is shown: what shows itself, as a check that passed does, leaves no result behind.
        self.pending = result

    def log_output(self, format_dict: dict[str, Any]) -> None:
        """No history is kept."""

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):  # type: ignore[misc]  # IPython has no types
    """Takes what `display` shows."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **more: Any,
    ) -> None:
        name = (transient or {}).get("display_id", "")
        if self.shell.recorder is not None:
            self.shell.recorder.show(data, name=str(name), update=update)

    def clear_output(self, wait: bool = False) -> None:
        if self.shell.recorder is not None:
            self.shell.recorder.clear(wait)


class _Compiler(CachingCompiler):  # type: ignore[misc]  # IPython has no types
    """Takes the code that a lab's own cell came with, while nothing here wants the cell otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._usual_flags, self._text, self._code = self.flags, "", ""

    def expect(self, text: str, code: str) -> None:
        """The next cell's text, and its code as `grader.compiled` makes it, or an empty one."""
        self._text, self._code = text, code

    def codes(self, name: str) -> list[CodeType] | None:
        """The code for the cell of this name, if it came with some."""
        return codes_of(self._code) if self._code and name == code_name(self._text) else None

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        # With a line break at its end, IPython's form of a cell that it leaves as it is.
        same = self._code and transformed_code.removesuffix("\n") == self._text.removesuffix("\n")
        if same and self.flags == self._usual_flags:
            return code_name(self._text)
        name: str = super().get_code_name(raw_code, transformed_code, number)
        return name

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        if self._code and filename == code_name(self._text):
            return ast.Module([ast.Pass()], [])  # its code is there already
        tree: ast.AST = super().ast_parse(source, filename, symbol)
        return tree


class _Inner(InteractiveShell):  # type: ignore[misc]  # IPython has no types
    """IPython with our own places for what is shown."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    compiler_class = Type(_Compiler)
    recorder: Recorder | None = None
    hidden = False
    hidden_files: set[str]  # those names under which hidden cells were compiled
    usual_transformers: Sequence[Any] = ()

    def transform_cell(self, raw_cell: str) -> str:
        """What Python is to run of the cell's text."""
        if self._transformers() == self.usual_transformers and is_plain(raw_cell):
            return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        done: str = super().transform_cell(raw_cell)
        return done

    def should_run_async(self, raw_cell: str, **more: Any) -> bool:
        return may_await(raw_cell) and bool(super().should_run_async(raw_cell, **more))

    async def run_ast_nodes(
        self,
        nodelist: list[ast.stmt],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: Any = None,
    ) -> bool:
        """Run a cell's statements in two steps, all but a last expression and that, where IPython takes one by one."""
        codes = compiler.codes(cell_name) if isinstance(compiler, _Compiler) else None
        if codes is None and interactivity == "last_expr":
            codes = two_codes(nodelist, cell_name, compiler)
        if codes is None:
            return bool(await super().run_ast_nodes(nodelist, cell_name, interactivity, compiler, result))
        for code in codes:
            if await self.run_code(code, result):
                return True
        return False

    def _transformers(self) -> list[Any]:
        """What changes cells; a cell may have added something."""
        manager = self.input_transformer_manager
        cleanup, lines = manager.cleanup_transforms, manager.line_transforms
        return [*cleanup, *lines, *manager.token_transformers, *self.input_transformers_post]

    def enable_gui(self, gui: Any = None) -> None:
        """A bare shell raises at `%matplotlib inline`; a notebook's takes it."""

    def ask_exit(self) -> None:
        sys.exit()

    def showtraceback(self, exc_tuple: Any = None, *arguments: Any, **options: Any) -> None:
        if self.hidden:
            return
        kind, problem, trace = self._get_exc_info(exc_tuple)
        super().showtraceback((kind, problem, self._without_ours(trace)), *arguments, **options)

    def _without_ours(self, trace: TracebackType | None) -> TracebackType | None:
        """The traceback without the grader's own frames, which would tell nobody anything, and hidden cells'."""
        kept = []
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if not file.startswith(_OURS) and file not in self.hidden_files:
                kept.append(trace)
            trace = trace.tb_next
        done: TracebackType | None = None
        for one in reversed(kept):
            done = TracebackType(done, one.tb_frame, one.tb_lasti, one.tb_lineno)
        return done

    def _showtraceback(self, etype: Any, evalue: BaseException, stb: Any) -> None:
        if self.recorder is not None and not self.hidden:
            self.recorder.error(etype.__name__, said(evalue), "\n".join(map(str, stb)).split("\n"))

    def showsyntaxerror(self, *arguments: Any, **options: Any) -> None:
        if not self.hidden:
            super().showsyntaxerror(*arguments, **options)


def _made(keeper: Shell) -> Any:
    InteractiveShell.clear_instance()
    _Inner.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    # Python's own traceback: the lines around each place would be looked for among all modules.
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.cache_size = 0
    shell = _Inner.instance(config=config)
    shell.displayhook.keeper = keeper
    shell.hidden_files = set()
    shell.usual_transformers = shell._transformers()
    return shell
