"""Hand in wholly or not at all: nbgrader's own submission, which otherwise leaves half a one behind on a full disk."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit

__all__ = ["Submit"]


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


def _reason(error: OSError) -> str:
    full = (errno.ENOSPC, errno.EDQUOT)
    if error.errno in full or any(word in str(error) for word in ("No space left", "Disk quota exceeded")):
        return "the disk is full"
    return str(error.strerror or error).rstrip(".")
