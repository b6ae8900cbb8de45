"""Put a lab's questions to the models of this machine, and keep what they really said.

The lab's own sample replies are invented and say so. A recording has the same form, so that a lab can read either, and
says of every reply who gave it, with which options, on which day.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dojo.catalog import Lab
from dojo.errors import DojoError
from dojo.files import write_whole

__all__ = ["OPTIONS", "Question", "Recording", "Told", "questions_of", "record"]

OPTIONS: dict[str, Any] = {"temperature": 0, "seed": 1, "num_predict": 400}
_KEPT = ("total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration")


@dataclass(frozen=True)
class Question:
    """What is put to each model: the user's text, behind a system text where there is one."""

    text: str
    system: str = ""

    @property
    def messages(self) -> list[dict[str, str]]:
        before = [{"role": "system", "content": self.system}] if self.system else []
        return [*before, {"role": "user", "content": self.text}]


@dataclass(frozen=True)
class Told:
    """What became of one question to one model, in a line; not `fine` where there was no reply."""

    text: str
    fine: bool = True


@dataclass(frozen=True)
class Recording:
    """Where a recording stands: `path` is the JSON that labs read, `page` the same for people."""

    path: Path
    page: Path


def questions_of(lab: Lab) -> list[Question]:
    """The different questions of the lab's `data/replies.json`, in its order; a DojoError for a lab without any."""
    path = lab.folder / "data" / "replies.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["replies"] if path.exists() else []
    found = [Question(row["question"], row.get("system", "")) for row in rows if row.get("question")]
    if not found:
        raise DojoError(f"Lab {lab.number} puts no question to a model, so there is nothing to record.")
    return list(dict.fromkeys(found))


def record(
    lab: Lab, models: list[str], folder: Path, chat: Callable[..., Any], digests: dict[str, str], today: date
) -> Iterator[Told]:
    """Ask every model every question; each reply is on the disk before the next question. Tells of each.

    `folder` is the lab's `data` folder in the workspace, `digests` the models' by tag. What was recorded before, of the
    same model (by digest), question and options, is not asked again. A model that fails is told, and the others go on.
    The recording stands in `recorded.json` and `recorded.html`.
    """
    place = Recording(folder / "recorded.json", folder / "recorded.html")
    rows = _read(place.path)
    asked = questions_of(lab)
    for model in models:
        for number, question in enumerate(asked, start=1):
            where = f"{model}, question {number} of {len(asked)}"
            key = {
                "model": model,
                "digest": digests.get(model, ""),
                "system": question.system,
                "question": question.text,
                "options": OPTIONS,
            }
            if any({name: row.get(name) for name in key} == key for row in rows):
                yield Told(f"{where}: recorded before")
                continue
            try:
                reply = chat(model=model, messages=question.messages, options=OPTIONS)
            except Exception as error:  # whatever one model's server does, the others are still asked
                yield Told(f"{where}: no reply ({error})", fine=False)
                continue
            said = {"content": reply.message.content or "", "thinking": reply.message.thinking}
            numbers = {name: reply.get(name) for name in _KEPT}
            rows = [row for row in rows if not _replaced(row, key)]
            rows.append({**key, "date": today.isoformat(), **said, **numbers})
            _write(place, lab, rows)
            yield Told(f"{where}: {len(said['content'].split())} words")


def _replaced(row: dict[str, Any], key: dict[str, Any]) -> bool:
    """Whether a row is an older answer to the same question of a model of the same tag."""
    return all(row.get(name) == key[name] for name in ("model", "system", "question"))


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["replies"]
        texts = [row[name] for row in rows for name in ("model", "system", "question", "date", "content")]
        if all(isinstance(text, str) for text in texts) and all(isinstance(row["options"], dict) for row in rows):
            return rows
        raise TypeError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise DojoError(
            f"{path} is no recording that can be read; move it away, and record again to make a new one."
        ) from None


def _write(place: Recording, lab: Lab, rows: list[dict[str, Any]]) -> None:
    days = sorted({row["date"] for row in rows})
    note = (
        f"Recorded for lab {lab.number} on this machine, {' and '.join(days)}: what these models really said, word for "
        "word, with the options that stand beside each reply. Another machine, version or day may give another text."
    )
    write_whole(place.path, json.dumps({"note": note, "replies": rows}, indent=1, ensure_ascii=False) + "\n")
    write_whole(place.page, _page(lab, note, rows))


def _page(lab: Lab, note: str, rows: list[dict[str, Any]]) -> str:
    """The replies, side by side under each question."""
    parts = []
    for question in dict.fromkeys((row["system"], row["question"]) for row in rows):
        system, text = question
        own = [row for row in rows if (row["system"], row["question"]) == question]
        parts.append(f"<h2>{html.escape(text)}</h2>")
        parts.append(f"<p>Rules for the model: {html.escape(system)}</p>" if system else "")
        parts.append('<div class="row">' + "".join(map(_card, own)) + "</div>")
    title = f"Lab {lab.number}: what the models really said"
    return _FRAME.format(title=html.escape(title), note=html.escape(note), body="\n".join(parts))


def _card(row: dict[str, Any]) -> str:
    seconds = (row.get("total_duration") or 0) / 1e9
    facts = (
        f"{row['date']}, {seconds:.1f} s, {row.get('eval_count') or '?'} tokens, options {json.dumps(row['options'])}"
    )
    thinking = row.get("thinking") or ""
    thought = f"<details><summary>Thinking</summary><p>{html.escape(thinking)}</p></details>" if thinking else ""
    return (
        f"<section><h3>{html.escape(row['model'])}</h3>{thought}<p>{html.escape(row['content'])}</p>"
        f"<p class=facts>{html.escape(facts)}</p></section>"
    )


_FRAME = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1a1a; }}
.row {{ display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); }}
section {{ border: 1px solid #767676; border-radius: .5rem; padding: 0 1rem; }}
section p {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.facts {{ color: #595959; font-size: .85rem; }}
</style>
<h1>{title}</h1>
<p>{note}</p>
{body}
</html>
"""
