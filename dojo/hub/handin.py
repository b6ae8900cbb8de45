"""nbgrader's own handing in and collecting, stricter where people of one hub could harm each other.

nbgrader leaves half a submission behind on a full disk, collects what somebody handed in under another's name (with a
warning), and follows links in it, as the instructor.
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeSubmit

__all__ = ["Collect", "Submit"]


class Submit(ExchangeSubmit):  # type: ignore[misc]  # nbgrader has no types
    """Takes back what was written where anything could not be, and says why in one sentence."""

    def copy_files(self) -> None:
        try:
            super().copy_files()
        except OSError as error:  # shutil.Error, which copytree raises, is one too
            name = self.assignment_filename
            for half in (Path(self.inbound_path) / name, Path(self.cache_path) / name.rsplit("+", 1)[0]):
                shutil.rmtree(half, ignore_errors=True)
            self.fail(
                f"{self.coursedir.assignment_id} was not handed in: {_reason(error)}. Your notebook is untouched and "
                "nothing half was handed in; make room, or tell your instructor, then submit again."
            )


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """Takes nothing in that is not its author's own, and no links."""

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> Any:
        record = super()._path_to_record(path)
        problem = _problem(Path(path), record["username"])
        if problem:
            self.log.warning(f"{record['filename']} was not collected: {problem}.")
            record["username"] = ""  # in a group of its own, so that it stands in nobody's place
        return record


def _problem(submission: Path, author: str) -> str:
    """Why this must not be taken in as the author's, or ""."""
    owner = _owner(submission)
    if owner != author:
        return f"it says it is {author}'s and belongs to {owner}; ask {owner} about it"
    links = [path.name for path in submission.rglob("*") if path.is_symlink()]
    return f"{links[0]} in it is a link, which may lead to files of yours; ask {owner} for it without" if links else ""


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return f"user number {path.stat().st_uid}"


def _reason(error: OSError) -> str:
    full = (errno.ENOSPC, errno.EDQUOT)
    if error.errno in full or any(word in str(error) for word in ("No space left", "Disk quota exceeded")):
        return "the disk is full"
    return str(error.strerror or error).rstrip(".")
