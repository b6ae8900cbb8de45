"""Jobs and results as plain JSON values, and back: how they lie on disk and travel between processes."""

from __future__ import annotations

from typing import Any

from grader.job import CellResult, Job, Limits, Result, Step

__all__ = ["job_from", "plain", "result_from"]


def plain(record: Job | Result) -> dict[str, Any]:
    """The record as dictionaries, lists, numbers and texts, some of them the record's own."""
    if isinstance(record, Job):
        return record.content()
    return {**vars(record), "cells": [vars(cell) for cell in record.cells]}


def job_from(content: dict[str, Any]) -> Job:
    """The job that `plain` was given; a `TypeError`, `KeyError` or `ValueError` where it is none."""
    steps = tuple(
        Step(**{**step, "gives": tuple(step["gives"]), "classes": tuple(step["classes"])}) for step in content["steps"]
    )
    files = tuple((str(path), str(digest)) for path, digest in content["files"])
    limits = Limits(**content["limits"])
    texts = {name: tuple(map(str, content[name])) for name in ("theirs", "heavy")}
    asks = None if content["asks"] is None else tuple(map(str, content["asks"]))
    return Job(**{**content, "steps": steps, "files": files, "limits": limits, **texts, "asks": asks})


def result_from(content: dict[str, Any]) -> Result:
    """The result that `plain` was given; a `TypeError`, `KeyError` or `ValueError` where it is none."""
    spent = tuple((str(name), float(seconds)) for name, seconds in content["spent"])
    return Result(tuple(_cell(cell) for cell in content["cells"]), tuple(map(str, content["notes"])), spent)


def _cell(content: dict[str, Any]) -> CellResult:
    parts = content["parts"]
    changed = {"outputs": tuple(content["outputs"]), "parts": None if parts is None else tuple(parts)}
    return CellResult(**{**content, **changed})
