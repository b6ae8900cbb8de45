"""A model in the shapes of Ollama's `tags`, `ps` and `show`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dojo.door.models import Model
from dojo.door.wire import stamp

__all__ = ["details", "listed", "shown"]

# llama.cpp's llama_ftype, https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h
_QUANTISATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS",
    20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M",
    28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip
_TENSORS = {0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 10: "Q2_K", 11: "Q3_K",
            12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 30: "BF16", 39: "MXFP4"}  # fmt: skip


def details(model: Model) -> dict[str, Any]:
    """The `details` object."""
    family = str(model.facts.values.get("general.architecture", ""))
    return {
        "parent_model": model.recipe.parent,
        "format": "gguf",
        "family": family,
        "families": [family],
        "parameter_size": _human(model.facts.parameters),
        "quantization_level": _QUANTISATIONS.get(model.facts.values.get("general.file_type", -1), "unknown"),
        "context_length": model.context,
        "embedding_length": int(model.facts.of_architecture("embedding_length") or 0),
    }


def listed(model: Model, digest: str) -> dict[str, Any]:
    """One entry of `/api/tags`."""
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": stamp(model.modified),
        "size": model.size,
        "digest": digest,
        "details": details(model),
        "capabilities": model.capabilities,
    }


def shown(model: Model, verbose: bool) -> dict[str, Any]:
    """The answer of `/api/show`; long lists, such as the vocabulary, are null as in Ollama."""
    licence = model.recipe.license or [str(model.facts.values.get("general.license") or "")]
    said: dict[str, Any] = {
        "license": "\n".join(licence),
        "modelfile": _modelfile(model),
        "parameters": "\n".join(f"{name:<30} {value}" for name, value in _flat(model.recipe.parameters)),
        "template": model.template,
        "system": model.recipe.system,
        "details": details(model),
        "messages": model.recipe.messages,
        "model_info": {
            **model.facts.values,
            "general.parameter_count": model.facts.parameters,
        },
        "capabilities": model.capabilities,
        "modified_at": stamp(model.modified),
    }
    if verbose:
        said["tensors"] = [
            {"name": one.name, "type": _TENSORS.get(one.kind, str(one.kind)), "shape": list(one.shape)}
            for one in model.facts.tensors
        ]
    return said


def _modelfile(model: Model) -> str:
    lines = ["# Written by dojo-door from what it serves; the template is Jinja.", f"FROM {model.path}"]
    if model.template:
        lines.append(f'TEMPLATE """{model.template}"""')
    if model.recipe.system:
        lines.append(f'SYSTEM """{model.recipe.system}"""')
    lines += [f"PARAMETER {name} {value}" for name, value in _flat(model.recipe.parameters)]
    lines += [f"MESSAGE {one.get('role', '')} {one.get('content', '')}" for one in model.recipe.messages]
    lines += [f'LICENSE """{one}"""' for one in model.recipe.license]
    return "\n".join(lines) + "\n"


def _flat(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = [
        (name, one) for name, value in parameters.items() for one in (value if isinstance(value, list) else [value])
    ]
    return [(name, f'"{one}"' if isinstance(one, str) else str(one)) for name, one in pairs]


def _human(count: int) -> str:
    """3.2B, 596.05M, 28.67K: as Ollama writes them."""
    for size, letter, places in ((1e12, "T", 1), (1e9, "B", 1), (1e6, "M", 2), (1e3, "K", 2)):
        if count >= size:
            number = count / size
            return f"{number:.0f}{letter}" if number == int(number) else f"{number:.{places}f}{letter}"
    return str(count)
