"""A dialogue, and the text that a model reads for it: ChatML with a short list of tools.

The same text is written by the chat template inside the GGUF (`template.jinja`); a test compares the two.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

__all__ = ["CALL", "END", "START", "Dialogue", "Message", "Tool", "call_text", "pieces", "prompt_of"]

START, END = "<|im_start|>", "<|im_end|>"
CALL = ("<tool_call>", "</tool_call>")
HOW_TO_CALL = 'Call a tool with <tool_call>{"name": NAME, "arguments": {...}}</tool_call>'


@dataclass(frozen=True)
class Message:
    """One turn; `role` is system, user, assistant or tool."""

    role: str
    content: str


@dataclass(frozen=True)
class Tool:
    """A function offered to the model; `parameters` are pairs of name and JSON type."""

    name: str
    description: str
    parameters: tuple[tuple[str, str], ...]

    def line(self) -> str:
        """The tool as the model sees it: `add(a: integer, b: integer): Add two numbers.`"""
        inside = ", ".join(f"{name}: {kind}" for name, kind in self.parameters)
        return f"{self.name}({inside}): {self.description}"

    def schema(self) -> dict[str, Any]:
        """The tool as Ollama and OpenAI take it."""
        properties = {name: {"type": kind} for name, kind in self.parameters}
        parameters = {"type": "object", "properties": properties, "required": list(properties)}
        function = {"name": self.name, "description": self.description, "parameters": parameters}
        return {"type": "function", "function": function}


@dataclass(frozen=True)
class Dialogue:
    """What a model is shown, ending with the assistant's right reply; `skill` says what it practises."""

    skill: str
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()

    @property
    def reply(self) -> str:
        return self.messages[-1].content


def call_text(name: str, arguments: dict[str, object]) -> str:
    """A tool call as the assistant writes it, in the form of the Hermes and Qwen templates."""
    call = json.dumps({"name": name, "arguments": arguments}, ensure_ascii=False)
    return f"{CALL[0]}{call}{CALL[1]}"


def pieces(dialogue: Dialogue) -> list[tuple[str, bool]]:
    """The dialogue's text in order, each piece with whether the assistant wrote it (and is taught it)."""
    parts: list[tuple[str, bool]] = []
    messages = dialogue.messages
    if dialogue.tools:
        own = messages[0].content + "\n\n" if messages[0].role == "system" else ""
        listed = "".join(tool.line() + "\n" for tool in dialogue.tools)
        parts.append((f"{START}system\n{own}Tools:\n{listed}{HOW_TO_CALL}{END}\n", False))
        messages = messages[1:] if messages[0].role == "system" else messages
    for message in messages:
        taught = message.role == "assistant"
        parts.append((f"{START}{message.role}\n", False))
        parts.append((f"{message.content}{END}", taught))
        parts.append(("\n", False))
    return parts


def prompt_of(dialogue: Dialogue) -> str:
    """Everything before the last reply, with the opening of the assistant's turn."""
    asked = Dialogue(dialogue.skill, dialogue.messages[:-1], dialogue.tools)
    return "".join(text for text, _ in pieces(asked)) + f"{START}assistant\n"
