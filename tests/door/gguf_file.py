"""Write a tiny Llama of random weights as a GGUF file: no sense in it, but every part that a real model has.

Written by hand, after https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, so that the door's own reader of the
same format is judged by llama.cpp, which loads these files, and not by a shared misunderstanding.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["TEMPLATE", "THINKING_TEMPLATE", "write_tiny_model"]

_U32, _F32, _BOOL, _TEXT, _ARRAY, _I32 = 4, 6, 7, 8, 9, 5
_ALIGNMENT = 32
_WIDTH, _HEADS, _KV_HEADS, _LAYERS, _FORWARD = 32, 4, 2, 2, 64
_SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>", "<think>", "</think>"]

# ChatML as Qwen writes it, cut to what the door needs to see.
TEMPLATE = """\
{%- if tools %}
{{- '<|im_start|>system\\n' }}
{%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
{{- '# Tools\\n<tools>' }}
{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
{{- '\\n</tools>\\nCall one as <tool_call>\\n{"name": NAME, "arguments": ARGUMENTS}\\n</tool_call><|im_end|>\\n' }}
{%- elif messages[0].role == 'system' %}
{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
{%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- elif message.role == 'assistant' %}
{{- '<|im_start|>assistant\\n' }}
{%- if message.content %}{{- message.content }}{%- endif %}
{%- for call in message.tool_calls or [] %}
{{- '<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' }}
{{- call.function.arguments | tojson }}{{- '}\\n</tool_call>' }}
{%- endfor %}
{{- '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}
{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}
"""

THINKING_TEMPLATE = TEMPLATE.replace(
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}",
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}"
    "{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"
    "{%- endif %}",
)


def write_tiny_model(path: Path, seed: int = 1, template: str = TEMPLATE, context: int = 512, pooling: int = 0) -> Path:
    """Write the model. `context` is in tokens, one for each byte; `pooling` 1 makes it an embedding model."""
    vocabulary = [*_SPECIAL, *_byte_names(), "th"]
    facts: dict[str, tuple[int, Any]] = {
        "general.architecture": (_TEXT, "llama"),
        "general.name": (_TEXT, "Tiny random"),
        "general.license": (_TEXT, "CC0-1.0"),
        "general.file_type": (_U32, 0),
        "llama.context_length": (_U32, context),
        "llama.embedding_length": (_U32, _WIDTH),
        "llama.block_count": (_U32, _LAYERS),
        "llama.feed_forward_length": (_U32, _FORWARD),
        "llama.attention.head_count": (_U32, _HEADS),
        "llama.attention.head_count_kv": (_U32, _KV_HEADS),
        "llama.attention.layer_norm_rms_epsilon": (_F32, 1e-5),
        "llama.rope.dimension_count": (_U32, _WIDTH // _HEADS),
        "llama.rope.freq_base": (_F32, 10000.0),
        "llama.vocab_size": (_U32, len(vocabulary)),
        "tokenizer.ggml.model": (_TEXT, "gpt2"),
        "tokenizer.ggml.pre": (_TEXT, "gpt-2"),
        "tokenizer.ggml.tokens": (_ARRAY, (_TEXT, vocabulary)),
        # 3 is a control token, 4 one that the user's text may also hold, 1 an ordinary one.
        "tokenizer.ggml.token_type": (_ARRAY, (_I32, [3, 3, 3, 4, 4, 4, 4] + [1] * (len(vocabulary) - 7))),
        "tokenizer.ggml.merges": (_ARRAY, (_TEXT, ["t h"])),
        "tokenizer.ggml.eos_token_id": (_U32, 2),
        "tokenizer.ggml.bos_token_id": (_U32, 0),
        "tokenizer.ggml.add_bos_token": (_BOOL, False),
        "tokenizer.chat_template": (_TEXT, template),
    }
    if pooling:
        facts["llama.pooling_type"] = (_U32, pooling)
    path.write_bytes(_file(facts, _weights(random.Random(seed), len(vocabulary))))
    return path


def _byte_names() -> list[str]:
    """GPT-2's printable character for each of the 256 bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    names = {byte: chr(byte) for byte in plain}
    others = (byte for byte in range(256) if byte not in names)
    names |= {byte: chr(256 + place) for place, byte in enumerate(others)}
    return [names[byte] for byte in range(256)]


def _weights(chance: random.Random, tokens: int) -> list[tuple[str, tuple[int, ...], list[float]]]:
    """Name, shape (GGUF's order: the fastest axis first) and numbers of every tensor."""

    def noise(*shape: int) -> list[float]:
        count = 1
        for side in shape:
            count *= side
        return [chance.gauss(0, 0.3) for _ in range(count)]

    narrow = _WIDTH // _HEADS * _KV_HEADS
    shapes: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (_WIDTH, tokens)),
        ("output_norm.weight", (_WIDTH,)),
    ]
    for layer in range(_LAYERS):
        shapes += [
            (f"blk.{layer}.{name}.weight", shape)
            for name, shape in {
                "attn_norm": (_WIDTH,), "attn_q": (_WIDTH, _WIDTH), "attn_k": (_WIDTH, narrow),
                "attn_v": (_WIDTH, narrow), "attn_output": (_WIDTH, _WIDTH), "ffn_norm": (_WIDTH,),
                "ffn_gate": (_WIDTH, _FORWARD), "ffn_up": (_WIDTH, _FORWARD), "ffn_down": (_FORWARD, _WIDTH),
            }.items()
        ]  # fmt: skip
    return [(name, shape, [1.0] * shape[0] if "norm" in name else noise(*shape)) for name, shape in shapes]


def _file(facts: dict[str, tuple[int, Any]], tensors: Iterable[tuple[str, tuple[int, ...], list[float]]]) -> bytes:
    tensors = list(tensors)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(facts))
    head += b"".join(
        _text(name) + struct.pack("<I", kind) + _value(kind, value) for name, (kind, value) in facts.items()
    )
    data = b""
    for name, shape, numbers in tensors:
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        data += struct.pack(f"<{len(numbers)}f", *numbers)
        data += bytes(-len(data) % _ALIGNMENT)
    return head + bytes(-len(head) % _ALIGNMENT) + data


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _value(kind: int, value: Any) -> bytes:
    if kind == _TEXT:
        return _text(value)
    if kind == _ARRAY:
        inner, items = value
        return struct.pack("<IQ", inner, len(items)) + b"".join(_value(inner, item) for item in items)
    return struct.pack({_U32: "<I", _I32: "<i", _F32: "<f", _BOOL: "<?"}[kind], value)
