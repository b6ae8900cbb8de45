"""dojo-tiny's network: a decoder of the Llama family, small enough to read in one sitting.

Sources of the parts: RMSNorm (Zhang and Sennrich 2019), rotary positions (Su et al. 2021), SwiGLU (Shazeer 2020),
grouped-query attention (Ainslie et al. 2023); put together as in Llama 2 and 3. The output layer is the embedding
again (tied). Rotary pairs are neighbours (0 with 1, 2 with 3, ...), which is llama.cpp's layout for the architecture
"llama": weights go into the GGUF as they are, and the other pairing would load and talk nonsense.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that every torch program uses

__all__ = ["Shape", "TinyLlama"]


@dataclass(frozen=True)
class Shape:
    """The sizes of the network. Widths are multiples of 32, as q8_0 stores blocks of 32 numbers."""

    vocabulary: int = 1536
    width: int = 192
    layers: int = 5
    heads: int = 6
    kv_heads: int = 2
    hidden: int = 448
    context: int = 1024
    rope_base: float = 10_000.0
    epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads


class Attention(nn.Module):
    """Each token looks back at the earlier ones; `heads` questions share `kv_heads` keys and values."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        narrow = shape.kv_heads * shape.head_width
        self.q = nn.Linear(shape.width, shape.width, bias=False)
        self.k = nn.Linear(shape.width, narrow, bias=False)
        self.v = nn.Linear(shape.width, narrow, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
        """From and to (rows, tokens, width)."""
        rows, length, width = x.shape
        heads, kv_heads, each = self.shape.heads, self.shape.kv_heads, self.shape.head_width
        q = rotate(self.q(x).view(rows, length, heads, each).transpose(1, 2), turn)
        k = rotate(self.k(x).view(rows, length, kv_heads, each).transpose(1, 2), turn)
        v = self.v(x).view(rows, length, kv_heads, each).transpose(1, 2)
        # Head h reads keys h // (heads / kv_heads). Written out: PyTorch's own attention trains slowly on a CPU.
        q = q.reshape(rows, kv_heads, heads // kv_heads * length, each) * each**-0.5
        scores = (q @ k.transpose(-2, -1)).view(rows, kv_heads, -1, length, length)
        # Causal: a token never sees a later one. Padding stands at the end of a row, so no token ever sees it.
        later = torch.full((length, length), float("-inf"), dtype=scores.dtype).triu(1)
        shares = (scores + later).softmax(-1).view(rows, kv_heads, -1, length)
        mixed = (shares.to(v.dtype) @ v).view(rows, heads, length, each)
        out: Tensor = self.out(mixed.transpose(1, 2).reshape(rows, length, width))
        return out


class Feed(nn.Module):
    """What a token does with what it has gathered: SwiGLU, down(silu(gate(x)) * up(x))."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        mixed: Tensor = self.down(F.silu(self.gate(x)) * self.up(x))
        return mixed


class Layer(nn.Module):
    """Attention, then feed-forward; each reads a normed copy and adds to the stream."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        self.attention = Attention(shape)
        self.feed_norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        self.feed = Feed(shape)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
        x = x + self.attention(self.attention_norm(x), turn)
        added: Tensor = x + self.feed(self.feed_norm(x))
        return added


class TinyLlama(nn.Module):
    """The whole network; the same seed starts it with the same weights."""

    def __init__(self, shape: Shape, seed: int = 0) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        dice = torch.Generator().manual_seed(seed)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                # The two layers that add to the stream start smaller, so that depth does not blow it up (GPT-2).
                adds = name.endswith(("out.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / (2 * shape.layers) ** 0.5 if adds else 0.02, generator=dice)

    def forward(self, tokens: Tensor) -> Tensor:
        """Token ids (rows, tokens) to the last layer's output (rows, tokens, width)."""
        turn = angles(tokens.shape[1], self.shape)
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x, turn)
        normed: Tensor = self.norm(x)
        return normed

    def logits(self, hidden: Tensor) -> Tensor:
        """Outputs (..., width) to one number for each token of the vocabulary (..., vocabulary)."""
        return F.linear(hidden, self.embedding.weight)

    @torch.no_grad()
    def greedy(self, tokens: list[int], most: int, stop: int) -> list[int]:
        """The likeliest next tokens, one by one, until `stop` or `most` of them. Slow and plain: no cache."""
        found: list[int] = []
        while len(found) < most:
            hidden = self(torch.tensor([tokens + found]))
            found.append(int(self.logits(hidden[0, -1]).argmax()))
            if found[-1] == stop:
                break
        return found


def angles(length: int, shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosine and sine of each position's angle for each pair, both (tokens, head width / 2)."""
    pairs = torch.arange(0, shape.head_width, 2) / shape.head_width
    turn = torch.outer(torch.arange(length).float(), shape.rope_base**-pairs)
    return turn.cos(), turn.sin()


def rotate(x: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    """Turn each pair of neighbours in (rows, heads, tokens, head width) by its position's angle."""
    cos, sin = (part.to(x.dtype) for part in turn)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)
