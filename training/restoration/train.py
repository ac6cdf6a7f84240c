"""Fine-tunes the encoder on the arrays of prepare.py, for a given time.

usage: train.py CORPUS.npz ENCODER_FOLDER OUT.pt [--minutes M] [--seed S] [--resume CHECKPOINT.pt] ...

ENCODER_FOLDER holds model.safetensors and tokenizer.json of a BERT-shaped encoder (all-MiniLM-L6-v2). The learning rate
rises for 3 % of the time and falls in a straight line to nothing at its end, by the clock, so that a slower machine
makes fewer steps of the same schedule. OUT.pt (weights in float32) is renewed every ten minutes. About 4,500 tokens a
second on two cores with bfloat16 instructions.
"""

import argparse
import pathlib
import random
import time

import numpy as np
import torch
from model import WIDTHS, Tagger
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional
from windows import Corpus

LENGTHS = (256, 192, 192, 192, 128, 64)
"""Tokens of a window, drawn for each batch."""
EDGE = 12
"""Words at a window's edges that count a quarter: at inference another window sees them better."""
WEIGHTS = {"mark": 1.0, "case": 0.4, "end": 0.4, "role": 0.2}


def batch_of(
    corpus: Corpus, rng: random.Random, size: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tokens (windows, length); and of every word its flat place, its labels (words, 4) and its weight."""
    length = rng.choice(LENGTHS)
    ids, flat, labels, weight = [], [], [], []
    for row in range(size // length):
        tokens, places = corpus.window(rng, length)
        ids.append(tokens)
        flat += [row * length + place for place, *_ in places]
        labels += [rest for _, *rest in places]
        near = np.ones(len(places), np.float32)
        if length > 128:
            near[:EDGE] = near[-EDGE:] = 0.25
        near[-1:] = 0.0
        weight.append(near)
    return torch.tensor(ids), torch.tensor(flat), torch.tensor(labels), torch.from_numpy(np.concatenate(weight))


def loss_of(logits: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The weighted sum of the cross-entropies, a word."""
    total, column = torch.zeros(()), 0
    for k, (name, width) in enumerate(WIDTHS.items()):
        part = functional.cross_entropy(
            logits[:, column : column + width].float(), labels[:, k], reduction="none", ignore_index=-100
        )
        total = total + WEIGHTS[name] * (part * weight).sum() / weight.sum()
        column += width
    return total


def groups(model: Tagger, rate: float) -> list[dict]:
    """Parameters with their highest learning rate: the heads ten times the encoder's, vectors of words half of it."""
    out = []
    for name, parameter in model.named_parameters():
        factor = 5.0 if name.startswith("heads") else 0.5 if name.startswith(("words", "places")) else 1.0
        decay = 0.01 if parameter.dim() > 1 and not name.startswith(("words", "places")) else 0.0
        out.append({"params": [parameter], "lr": rate * factor, "top": rate * factor, "weight_decay": decay})
    return out


def main() -> None:
    """Trains until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("encoder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--tokens", type=int, default=4096, help="tokens a step")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=pathlib.Path, help="weights to go on from")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    corpus = Corpus(args.corpus, tokenizer)
    model = Tagger()
    model.load_bert(load_file(args.encoder / "model.safetensors"))
    if args.resume:
        state = torch.load(args.resume)
        old = {name: value for name, value in state.items() if value.shape == model.state_dict()[name].shape}
        model.load_state_dict(old, strict=False)
        with torch.no_grad():  # a checkpoint with fewer heads gives those it has
            model.heads.weight[: len(state["heads.weight"])] = state["heads.weight"]
            model.heads.bias[: len(state["heads.bias"])] = state["heads.bias"]
    optimiser = torch.optim.AdamW(groups(model, args.rate), betas=(0.9, 0.98), fused=True)

    start = saved = told = time.monotonic()
    step, tokens, mean = 0, 0, 0.0
    while (done := (time.monotonic() - start) / (60 * args.minutes)) < 1:
        factor = min(done / 0.03, (1 - done) / 0.97, 1.0)
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * factor
        ids, flat, labels, weight = batch_of(corpus, rng, args.tokens)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(ids)
        loss = loss_of(logits.view(-1, logits.shape[-1])[flat], labels, weight)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step, tokens = step + 1, tokens + ids.numel()
        mean += (loss.item() - mean) * max(0.01, 1 / step)
        now = time.monotonic()
        if now - told > 15:
            told = now
            print(
                f"{(now - start) / 60:6.1f} min  step {step:6d}  loss {mean:.4f}  "
                f"{tokens / (now - start):.0f} tokens/s",
                flush=True,
            )
        if now - saved > 600:
            saved = now
            torch.save(model.state_dict(), args.out)
    torch.save(model.state_dict(), args.out)
    print(f"done: {step} steps, {tokens} tokens, loss {mean:.4f}")


if __name__ == "__main__":
    main()
