"""The model card's figures: what stands between its marks is written from scores.json, never by hand."""

from __future__ import annotations

from typing import Any

from dojo.errors import InternalError

__all__ = ["card_table", "filled", "search_table"]


def filled(card: str, scores: dict[str, Any]) -> str:
    """The card with the figures of `scores` between its two pairs of marks."""
    done, file, speed = scores["training"], scores["file"], scores["speed"]
    facts = f"""\
| | |
|---|---|
| Parameters | {scores["parameters"]:,} |
| File | `dojo-tiny.gguf`, {file["kind"]}, {file["bytes"]:,} bytes |
| SHA-256 | `{file["sha256"]}` |
| Trained on | {done["tokens"]:,} tokens, {done["documents"]:,} dialogues, {done["step"]:,} steps |
| Trained for | {round(done["cpu_seconds"]):,} CPU seconds ({done["cpu_seconds"] / 60:.0f} minutes of one core) |
| Machine | {scores["machine"]} |
| Speed, one thread | {speed["tokens_per_second"]:,} tokens a second; 18 prompt tokens in {speed["prompt_ms"]} ms |
| Measured on | {scores["date"]} |"""
    for name, text in (("facts", facts), ("scores", card_table(scores)), ("search", search_table(scores))):
        opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
        if opening not in card or closing not in card:
            raise InternalError(f"card.md lacks the marks {opening} and {closing}")
        before, _, rest = card.partition(opening)
        card = f"{before}{opening}\n{text}\n{closing}{rest.partition(closing)[2]}"
    return card


def card_table(scores: dict[str, Any]) -> str:
    """The figures of scores.json as the card shows them."""
    own, twin = scores["dojo-tiny"], scores["untrained twin"]
    lines = [
        "| Skill | dojo-tiny, right | Untrained twin | Perplexity | Twin's perplexity |",
        "|---|---:|---:|---:|---:|",
    ]
    for skill, prompts in own["prompts"].items():
        cells = (f"{own['right'][skill]} of {prompts}", f"{twin['right'][skill]} of {prompts}")
        seen = (f"{own['perplexity'][skill]:.3f}", f"{twin['perplexity'][skill]:.0f}")
        lines.append(f"| {skill} | {' | '.join((*cells, *seen))} |")
    total = sum(own["prompts"].values())
    both = (f"{sum(own['right'].values())} of {total}", f"{sum(twin['right'].values())} of {total}")
    seen = (f"{own['perplexity']['all']:.3f}", f"{twin['perplexity']['all']:.0f}")
    lines.append(f"| **all** | {' | '.join((*both, *seen))} |")
    return "\n".join(lines)


def search_table(scores: dict[str, Any]) -> str:
    """How often each way to search finds the right one of fifty sentences, as the card shows it."""
    lines = ["| Search by | Found first | Among the first three |", "|---|---:|---:|"]
    for name, row in scores["search"].items():
        lines.append(f"| {name} | {row['first']} of 50 | {row['among_three']} of 50 |")
    if scores["embedding file"]:
        own = scores["embedding file"]
        text = (
            f"`dojo-tiny-embed.gguf`: {own['parameters']:,} parameters, {own['bytes']:,} bytes, "
            f"{own['steps']:,} steps in {round(own['cpu_seconds']):,} CPU seconds, SHA-256\n`{own['sha256']}`"
        )
        lines += ["", text]
    return "\n".join(lines)
