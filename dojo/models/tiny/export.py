"""From a checkpoint to a GGUF file that llama.cpp and Ollama load: weights, tokenizer, chat template, papers.

covered
  - the file holds all that a program needs to chat: no other file is read
  - `prove` compares the file's greedy tokens, through llama.cpp, with this package's own, on five prompts
not covered
  - equality of q8_0 and the 32-bit weights: 8 bits round, so the proof of q8_0 uses the rounded weights in PyTorch
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.errors import DojoError
from dojo.models.tiny.dialogue import CALL, END, START
from dojo.models.tiny.tokenizer import PAD, Tokenizer

if TYPE_CHECKING:
    from dojo.models.tiny.model import TinyLlama

__all__ = ["MODELFILE", "TEMPLATE", "prove", "rounded", "write_gguf"]

TEMPLATE = Path(__file__).with_name("template.jinja")
PROOF = ("Hello!", "What is 47 + 38?", "What is a token?", "Sort these words: tea, apple, dog", "Who was Einstein?")

# Ollama from 0.30 on uses the template inside the file, tools and all; a TEMPLATE line would switch that off.
MODELFILE = '''FROM ./dojo-tiny.gguf
PARAMETER temperature 0
PARAMETER num_ctx 1024
PARAMETER stop <|im_end|>
# Ollama before 0.30 can't read the template inside the file. There, take away the marks below; tools won't work.
# TEMPLATE """{{- range .Messages }}<|im_start|>{{ .Role }}
# {{ .Content }}<|im_end|>
# {{ end }}<|im_start|>assistant
# """
'''

_NAMES = {
    "attention_norm.weight": "attn_norm.weight",
    "attention.q.weight": "attn_q.weight",
    "attention.k.weight": "attn_k.weight",
    "attention.v.weight": "attn_v.weight",
    "attention.out.weight": "attn_output.weight",
    "feed_norm.weight": "ffn_norm.weight",
    "feed.gate.weight": "ffn_gate.weight",
    "feed.up.weight": "ffn_up.weight",
    "feed.down.weight": "ffn_down.weight",
}


def gguf_name(name: str) -> str:
    """llama.cpp's name for a weight of ours."""
    if name.startswith("layers."):
        _, number, rest = name.split(".", 2)
        return f"blk.{number}.{_NAMES[rest]}"
    return {"embedding.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}[name]


def write_gguf(
    file: Path, model: TinyLlama, tokenizer: Tokenizer, kind: str = "q8_0", about: str = "", pooled: bool = False
) -> None:
    """Write `model` to `file`; matrices as `kind`: q8_0 (8 bits in blocks of 32), f16 or f32. Norms stay 32-bit.

    `pooled` marks a model that makes vectors (the mean over a text's tokens), not text.
    """
    gguf = _library()
    shape = model.shape
    types = {
        "q8_0": gguf.GGMLQuantizationType.Q8_0,
        "f16": gguf.GGMLQuantizationType.F16,
        "f32": gguf.GGMLQuantizationType.F32,
    }
    writer = gguf.GGUFWriter(file, "llama")
    _papers(writer, about, pooled)
    if pooled:
        writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type({"q8_0": 7, "f16": 1, "f32": 0}[kind])
    writer.add_quantization_version(2)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_vocab_size(shape.vocabulary)
    _vocabulary(writer, tokenizer, gguf.TokenType)
    for name, weight in model.state_dict().items():
        array = weight.detach().float().numpy()
        if array.ndim == 2 and kind != "f32":
            packed = gguf.quants.quantize(array, types[kind])
            writer.add_tensor(gguf_name(name), packed, raw_dtype=types[kind])
        else:
            writer.add_tensor(gguf_name(name), array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def rounded(model: TinyLlama, kind: str) -> TinyLlama:
    """The model with its matrices rounded as the file has them, to compare like with like."""
    import copy

    import torch

    gguf = _library()
    types = {
        "q8_0": gguf.GGMLQuantizationType.Q8_0,
        "f16": gguf.GGMLQuantizationType.F16,
        "f32": gguf.GGMLQuantizationType.F32,
    }
    other = copy.deepcopy(model)
    with torch.no_grad():
        for weight in other.parameters():
            if weight.dim() == 2 and kind != "f32":
                packed = gguf.quants.quantize(weight.numpy(), types[kind])
                weight.copy_(torch.from_numpy(gguf.quants.dequantize(packed, types[kind])))
    return other


def prove(file: Path, model: TinyLlama, tokenizer: Tokenizer, kind: str, most: int = 48) -> list[dict[str, Any]]:
    """Greedy replies of the file through llama.cpp and through PyTorch, on five prompts; `same` says if they agree."""
    from dojo.models.tiny.engine import Engine

    twin = rounded(model, kind)
    stop = tokenizer.token_to_id(END)
    found: list[dict[str, Any]] = []
    with Engine(file) as engine:
        for question in PROOF:
            prompt = f"{START}user\n{question}{END}\n{START}assistant\n"
            ids = twin.greedy(tokenizer.encode(prompt).ids, most, stop)
            theirs = engine.complete(prompt, most)
            ours = tokenizer.decode([one for one in ids if one != stop], skip_special_tokens=False)
            same = ours == theirs.text and len(ids) == theirs.tokens
            found.append({"prompt": question, "reply": theirs.text, "same": same})
    return found


def _papers(writer: Any, about: str, pooled: bool) -> None:
    """Who made it, from what, under which licence."""
    kind, tag = ("embedding", "feature-extraction") if pooled else ("language", "text-generation")
    writer.add_name("dojo-tiny-embed" if pooled else "dojo-tiny")
    writer.add_author("The Local AI Dojo")
    writer.add_organization("The Local AI Dojo")
    writer.add_version("1")
    made = f"A very small {kind} model, trained only on text that the Local AI Dojo generates."
    writer.add_description(f"{made} {about}".strip())
    writer.add_license("apache-2.0")
    writer.add_languages(["en"])
    writer.add_tags([tag, "education"])


def _vocabulary(writer: Any, tokenizer: Tokenizer, kinds: Any) -> None:
    """Tokens, merges, the special ones, and the chat template."""
    saved = json.loads(tokenizer.to_str())
    tokens = [str(tokenizer.id_to_token(number)) for number in range(tokenizer.get_vocab_size())]
    # The marks of a tool call are ordinary output that a program must see; the others steer and are never shown.
    marks = {
        PAD: kinds.CONTROL,
        START: kinds.CONTROL,
        END: kinds.CONTROL,
        CALL[0]: kinds.USER_DEFINED,
        CALL[1]: kinds.USER_DEFINED,
    }
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([marks.get(token, kinds.NORMAL) for token in tokens])
    writer.add_token_merges([" ".join(pair) for pair in saved["model"]["merges"]])
    writer.add_eos_token_id(tokenizer.token_to_id(END))
    writer.add_eot_token_id(tokenizer.token_to_id(END))
    writer.add_pad_token_id(tokenizer.token_to_id(PAD))
    writer.add_bos_token_id(tokenizer.token_to_id(PAD))
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE.read_text(encoding="utf-8"))


def _library() -> Any:
    try:
        return importlib.import_module("gguf")
    except ImportError as missing:
        raise DojoError("The package gguf is missing; get it with: pip install 'local-ai-dojo[train]'") from missing
