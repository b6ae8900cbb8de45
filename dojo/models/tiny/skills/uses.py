"""One use of a tool: what every tool of the toolbox can make up."""

from __future__ import annotations

from dataclasses import dataclass

from dojo.models.tiny.dialogue import Tool

__all__ = ["Use"]


@dataclass(frozen=True)
class Use:
    """A tool, a question that needs it, its arguments, what it returns, and the reply made from that."""

    tool: Tool
    question: str
    arguments: dict[str, object]
    result: str
    reply: str
