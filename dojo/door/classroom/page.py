"""The queue, for people: one small page that needs nothing from anywhere, and the same as JSON.

A student sees their own requests by name and of the others only that they are there.
"""

from __future__ import annotations

from html import escape
from typing import Any

from dojo.door.classroom.gate import Visitor
from dojo.door.classroom.live import Live

__all__ = ["queue_page", "queue_rows"]

_STYLE = """
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #767676; }
caption { text-align: left; font-weight: 600; padding: .6rem 0; }
a { color: #0b4f9e; }
.you { font-weight: 700; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616; } a { color: #9ecbff; } }
"""


def queue_rows(live: Live, visitor: Visitor) -> dict[str, Any]:
    """Who is served and who waits. `expected` is in seconds, None while nothing was measured."""
    turns = live.turns
    running = [
        {"place": 0, "who": _who(one.client, visitor), "model": live.known.name(one.model), "expected": 0.0}
        for one in turns.running
    ]
    order = turns.order()
    waiting = [
        {
            "place": place,
            "who": _who(one.client, visitor),
            "model": live.known.name(one.model),
            "expected": turns.expected(order[:place]),
        }
        for place, one in enumerate(order, start=1)
    ]
    return {"up": live.upstream.up, "slots": turns.slots, "running": running, "waiting": waiting}


def queue_page(name: str, rows: dict[str, Any] | None, visitor: Visitor, refresh: bool, trouble: str = "") -> str:
    """The page; `rows` None where recordings answer and nobody waits."""
    parts = [f"<h1>Model server of the class {escape(name)}</h1>"]
    if rows is None:
        parts.append("<p>This class replays recorded answers. Nobody has to wait.</p>")
    else:
        parts += _status(rows) + _table(rows)
    if trouble and visitor.is_teacher:
        parts.append(f"<p role='alert'>{escape(trouble)}.</p>")
    if refresh:
        parts.append("<p><a href='?'>Stop refreshing this page</a>. It is read again every 5 seconds.</p>")
    else:
        parts.append("<p><a href='?refresh=5'>Refresh this page every 5 seconds</a></p>")
    again = "<meta http-equiv='refresh' content='5'>" if refresh else ""
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"{again}<title>Queue of the class {escape(name)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _status(rows: dict[str, Any]) -> list[str]:
    running, waiting = len(rows["running"]), len(rows["waiting"])
    said = [f"{running} of {rows['slots']} replies are being written, {waiting} wait."]
    if not rows["up"]:
        said.insert(0, "The model's server does not answer at the moment.")
    own = [one for one in rows["waiting"] if one["who"] == "you"]
    if own:
        said.append(f"Your next request is number {own[0]['place']} in the queue, {_wait(own[0]['expected'])}.")
    elif any(one["who"] == "you" for one in rows["running"]):
        said.append("Your request is being answered.")
    else:
        said.append("You have no request here.")
    return [f"<p>{' '.join(said)}</p>"]


def _table(rows: dict[str, Any]) -> list[str]:
    both = [*rows["running"], *rows["waiting"]]
    if not both:
        return []
    lines = "".join(map(_row, both))
    head = "".join(f"<th scope='col'>{title}</th>" for title in ("Place", "Who", "Model", "Expected wait"))
    return [f"<table><caption>Queue</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"]


def _row(one: dict[str, Any]) -> str:
    place, wait = one["place"] or "now", _wait(one["expected"]) if one["place"] else "being written"
    cells = "".join(f"<td>{escape(str(text))}</td>" for text in (place, one["who"], one["model"], wait))
    return f"<tr class='you'>{cells}</tr>" if one["who"] == "you" else f"<tr>{cells}</tr>"


def _wait(seconds: float | None) -> str:
    if seconds is None:
        return "not known yet"
    if seconds < 90:
        return f"about {max(1, round(seconds))} seconds"
    return f"about {round(seconds / 60)} minutes"


def _who(client: str, visitor: Visitor) -> str:
    if client == visitor.key:
        return "you"
    return client if visitor.is_teacher else "another student"
