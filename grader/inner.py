"""IPython as a child needs it: a shell that shows through `grader.screen`, without history, prompts and colours.

Most cells run past what IPython does around a cell's code. A cell that IPython has more to say about, or a shell that
a cell has changed (transformers, events, an import from `__future__`), goes IPython's own way.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from traitlets import Type
from traitlets.config import Config

from grader.compiled import code_name, codes_of, two_codes
from grader.faults import said
from grader.quickcell import is_plain, may_await, may_end_quietly
from grader.screen import Recorder

__all__ = ["NOTHING", "inner_shell"]

_OURS = str(Path(__file__).resolve().parent)
NOTHING = object()  # what a cell's last value is where it has none


class _Hook(DisplayHook):  # type: ignore[misc]  # IPython has no types
    """Keeps a cell's last value, if it is one that a notebook would show as the cell's result."""

    source = ""
    keeper: Any = None
    pending: Any = NOTHING

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
    """Calls a cell's code as it is called already, where it has been compiled elsewhere."""

    given = ""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return self.given or str(super().get_code_name(raw_code, transformed_code, number))


class _Inner(InteractiveShell):  # type: ignore[misc]  # IPython has no types
    """IPython with our own places for what is shown, and a short way for a cell that needs no more than to be run."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    compiler_class = Type(_Compiler)
    recorder: Recorder | None = None
    hidden = False
    hidden_files: set[str]  # those names under which hidden cells were compiled
    usual: Any = None

    def run(self, text: str, code: str) -> ExecutionResult:
        """Run a cell, as `run_cell` does; `code` is what `grader.compiled` makes of it, or empty."""
        codes = self._codes(text, code)
        if codes is None:
            return self.run_cell(text, store_history=False)
        result = ExecutionResult(None)
        result.execution_count = self.execution_count
        self.events.trigger("pre_execute")
        try:
            with self.builtin_trap, self.display_trap:
                self.displayhook.exec_result = result
                # Each says whether it raised.
                raised = any(_done(self.run_code(one, result)) for one in codes)
                self.displayhook.exec_result = None
            self.last_execution_succeeded, self.last_execution_result = not raised, result
        finally:
            self.events.trigger("post_execute")
        return result

    def treatment(self) -> Any:
        """All that decides how a cell's text becomes code and who is told; a cell may have changed it."""
        manager, told = self.input_transformer_manager, self.events.callbacks
        transformers = (*manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers)
        more = (*self.input_transformers_post, *self.ast_transformers, *told["pre_run_cell"], *told["post_run_cell"])
        return transformers, more, self.compile.flags, self.ast_node_interactivity, self.logger.log_active

    def _codes(self, text: str, code: str) -> list[CodeType] | None:
        """The cell's code in two steps, all but a last expression and that; None where IPython has to look at it."""
        if self.treatment() != self.usual:
            return None
        if not code and (not text.strip() or not is_plain(text) or may_await(text)):
            return None
        self.compile.given = code_name(text) if code else ""
        # Tracebacks find the cell's lines under this name.
        name = self.compile.cache(text.removesuffix("\n") + "\n", self.execution_count, raw_code=text)
        self.compile.given = ""
        if code:
            return codes_of(code)
        try:
            return two_codes(self.compile.ast_parse(text, filename=name).body, name, self.compile)
        except Exception:
            return None  # IPython will meet it too, and shows it

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


def inner_shell(keeper: Any) -> Any:
    """The shell of this process; the last value that a cell has shown becomes `keeper.last`."""
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
    shell.usual = shell.treatment()
    return shell


def _done(waiting: Coroutine[Any, Any, bool]) -> bool:
    """What a coroutine that waits for nothing comes to."""
    try:
        waiting.send(None)
    except StopIteration as end:
        return bool(end.value)
    raise RuntimeError("A cell without await has waited.")
