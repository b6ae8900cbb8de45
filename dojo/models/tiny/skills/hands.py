"""Calling a tool when one is offered that fits, answering from its result, and leaving tools alone otherwise."""

from __future__ import annotations

import json

from dojo.models.tiny.dialogue import Dialogue, Message, Tool, call_text
from dojo.models.tiny.skills.facts import fact
from dojo.models.tiny.skills.outside import REFUSAL, outside_question
from dojo.models.tiny.skills.talk import small_talk
from dojo.models.tiny.skills.toolbox import TOOLBOX, invented
from dojo.models.tiny.skills.uses import Use
from dojo.models.tiny.world import World

__all__ = ["no_tool", "tool_call", "tool_result"]

# Topics that could serve the same question: which of two such tools to call would be a matter of taste.
_RIVALS = {
    "calculate": {"add", "subtract", "multiply"},
    "look up": {"price", "weather", "time", "add", "subtract", "multiply", "calculate"},
    "sensor": {"weather"},
}
# Topics whose questions have no answer without their tool, and those that no plain question touches.
_NEEDY = ("weather", "time", "multiply", "timer", "sensor", "light", "message", "price")
_ASIDE = ("timer", "light")


def tool_call(world: World) -> Dialogue:
    """A question that one of the offered tools answers: the reply is the call."""
    use, offered = _offer(world)
    messages = (*_opening(world), Message("user", _asked(world, use)), Message("assistant", _call(use)))
    return Dialogue("tool call", messages, offered)


def tool_result(world: World) -> Dialogue:
    """The call has been made and its result is there: the reply says it."""
    use, offered = _offer(world)
    result, reply = use.result, use.reply
    if world.chance(0.1):
        problem = world.pick(("no such city", "not found", "unknown room", "no network", "bad number", "too late"))
        result, reply = f"Error: {problem}", f"The tool says: {problem}."
    elif world.chance(0.2) and result not in ("ok", "sent", "done"):
        result = json.dumps({world.pick(("result", "value", "answer", "text")): result})
    call = (Message("assistant", _call(use)), Message("tool", result), Message("assistant", reply))
    return Dialogue("tool result", (*_opening(world), Message("user", _asked(world, use)), *call), offered)


def no_tool(world: World) -> Dialogue:
    """Tools are offered and none fits: the reply is the plain one, or the honest no."""
    kind = world.pick(("talk", "fact", "fact", "outside", "needy"))
    topics: dict[str, Tool] = {}
    if kind == "needy":
        topic = world.pick(_NEEDY)
        question, reply = TOOLBOX[topic][0](world).question, REFUSAL
        topics = _others(world, world.number(1, 3), topic)
    elif kind == "outside":
        question, reply = outside_question(world), REFUSAL
        topics = {one: TOOLBOX[one][0](world).tool for one in world.some(_ASIDE, 0, 2)}
        topics["invented"] = invented(world).tool
    else:
        question, reply = fact(world)[:2] if kind == "fact" else (one.content for one in small_talk(world).messages)
        topics = _others(world, world.number(1, 3), "look up")
    messages = (*_opening(world), Message("user", question), Message("assistant", reply))
    return Dialogue("no tool", messages, tuple(topics.values()))


def _offer(world: World) -> tuple[Use, tuple[Tool, ...]]:
    """A use and the offered tools: its own, somewhere among none to three others."""
    topic, use = _draw(world)
    tools = [use.tool, *_others(world, world.pick((0, 1, 1, 2, 2, 3)), topic).values()]
    world.rng.shuffle(tools)
    return use, tuple(tools)


def _others(world: World, count: int, topic: str) -> dict[str, Tool]:
    """`count` tools by topic, none of which could serve a question about `topic`."""
    found: dict[str, Tool] = {}
    while len(found) < count:
        other, use = _draw(world)
        rivals = {topic, *_RIVALS.get(topic, ()), *(one for one, many in _RIVALS.items() if topic in many)}
        if other not in rivals:
            found[other] = use.tool
    return found


def _draw(world: World) -> tuple[str, Use]:
    if world.chance(0.35):
        use = invented(world)
        return use.tool.name, use
    topic = world.rng.choices(list(TOOLBOX), [share for _, share in TOOLBOX.values()])[0]
    return topic, TOOLBOX[topic][0](world)


def _asked(world: World, use: Use) -> str:
    # A text to send ends where the question ends: no kind words behind it.
    bare = any(use.question.endswith(str(value)) for value in use.arguments.values())
    return use.question if bare else world.ask(use.question)


def _call(use: Use) -> str:
    return call_text(use.tool.name, use.arguments)


def _opening(world: World) -> tuple[Message, ...]:
    if world.chance(0.7):
        return ()
    system = world.pick(
        ("You are a helpful assistant.", "Use the tools when they help.", "You have tools.", "Be helpful and honest.")
    )
    return (Message("system", system),)
