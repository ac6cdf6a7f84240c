"""The tagger: a BERT-shaped encoder and one linear layer that gives mark, casing, turn end and role of every word.

The encoder is small enough to write out, so that training needs torch only, and the export has no parts to remove.
"""

import torch
from torch import nn
from torch.nn import functional

WIDTHS = {"mark": 4, "case": 4, "end": 2, "role": 2}
"""The heads, in the order of the output's columns."""


class Layer(nn.Module):
    """One transformer layer with layer normalisation after each half, as BERT has it."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """States (batch, tokens, size) to states; `mask` is added to the scores of attention."""
        b, n, size = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        if mask is None:
            mixed = functional.scaled_dot_product_attention(q, k, v)
        else:  # written out for the export
            scores = q @ k.transpose(-1, -2) * (size // self.heads) ** -0.5 + mask
            mixed = torch.softmax(scores, dim=-1) @ v
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, n, size)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Tagger(nn.Module):
    """Token numbers (batch, tokens) to logits (batch, tokens, 12), the columns in the order of `WIDTHS`."""

    def __init__(
        self, vocabulary: int = 30522, size: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, size)
        self.places = nn.Embedding(512, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, inner) for _ in range(layers))
        self.heads = nn.Linear(size, sum(WIDTHS.values()))

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """`mask` (batch, tokens) has 1 for tokens to look at, 0 for padding; without it all are looked at."""
        x = self.norm(self.words(tokens) + self.places.weight[: tokens.shape[1]])
        hidden = None if mask is None else ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden)
        return self.heads(x)

    def load_bert(self, state: dict[str, torch.Tensor]) -> None:
        """Takes over the encoder of a BERT checkpoint (names as in Hugging Face's BertModel)."""
        get = {k.removeprefix("bert."): v for k, v in state.items()}.__getitem__
        mine = {
            "words.weight": get("embeddings.word_embeddings.weight"),
            # The type of a segment is always the first one here, so that its vector belongs to every place.
            "places.weight": get("embeddings.position_embeddings.weight")
            + get("embeddings.token_type_embeddings.weight")[0],
            "norm.weight": get("embeddings.LayerNorm.weight"),
            "norm.bias": get("embeddings.LayerNorm.bias"),
        }
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            for part in ("weight", "bias"):
                base = f"encoder.layer.{i}."
                mine[f"layers.{i}.qkv.{part}"] = torch.cat(
                    [get(f"{base}attention.self.{n}.{part}") for n in ("query", "key", "value")]
                )
                for ours, theirs in names.items():
                    mine[f"layers.{i}.{ours}.{part}"] = get(f"{base}{theirs}.{part}")
        missing, unexpected = self.load_state_dict(mine, strict=False)
        if unexpected or {m.split(".")[0] for m in missing} != {"heads"}:
            raise ValueError(f"not the encoder this was written for: missing {missing}, unexpected {unexpected}")
