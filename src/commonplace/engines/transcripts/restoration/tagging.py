"""The tagger: for every word the mark after it, its casing, whether the turn ends, and whether a host says it.

A small encoder (6 layers of 384) looks at windows of about 180 words that overlap; where two windows see a word, both
vote, each with the weight of the context it has. The model and its tokenizer are loaded at the first call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CASINGS", "MARKS", "WEIGHTS", "Tags", "strip_word", "tag_words"]

MARKS = ("", ",", ".", "?")
"""The mark of each column of `Tags.marks`."""

CASINGS = ("lower", "capitalised", "upper", "mixed")
"""The casing of each column of `Tags.casings`."""

WEIGHTS = Path(__file__).with_name("weights")

_TOKENS = 256
"""Tokens of a window, its first and last one included; no training window had more."""

_OVERLAP = 40
"""Words that two neighbouring windows share."""

_FULL_CONTEXT = 20
"""From so many words of context on, a vote has its full weight."""

_PIECES = 8
"""Sub-words that are read of a word, as in training."""

_BATCH = 4
"""Windows at a time: a talk of twelve hours needs no more memory than one of five minutes."""

_THREADS = 2

_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Tags:
    """A row a word: logits of the marks and casings, log odds that a turn ends and that a host speaks."""

    marks: NDArray[np.float32]
    casings: NDArray[np.float32]
    ends: NDArray[np.float32]
    hosts: NDArray[np.float32]


class _Window(NamedTuple):
    """Words looked at together: the first one's index, their tokens, and where each word's last token stands."""

    first: int
    tokens: list[int]
    places: list[int]


def strip_word(text: str) -> str:
    """The word without the marks around it; ``C++`` and ``C#`` keep theirs, and what is all marks is kept whole."""
    return text if text.endswith(("+", "#")) else _EDGES.sub("", text) or text


def tag_words(texts: Sequence[str]) -> Tags:
    """The tags of these words; casing and marks that they already have are not looked at.

    Linear time, 10,000 words a second on two cores; beside the result (48 bytes a word) memory does not grow.
    """
    import numpy as np

    total = np.zeros((len(texts), 12), np.float32)
    weight = np.zeros((len(texts), 1), np.float32)
    session, _ = _load()
    for batch in _gather(_cut_windows(texts)):
        tokens = np.zeros((len(batch), max(len(window.tokens) for window in batch)), np.int64)
        mask = np.zeros_like(tokens)
        for row, window in enumerate(batch):
            tokens[row, : len(window.tokens)] = window.tokens
            mask[row, : len(window.tokens)] = 1
        (logits,) = session.run(None, {"tokens": tokens, "mask": mask})
        for row, window in enumerate(batch):
            stop = window.first + len(window.places)
            vote = _weigh_votes(window.first, stop, len(texts))
            total[window.first : stop] += logits[row, window.places] * vote
            weight[window.first : stop] += vote
    total /= np.maximum(weight, 1e-6)
    return Tags(total[:, :4], total[:, 4:8], total[:, 9] - total[:, 8], total[:, 11] - total[:, 10])


@cache
def _load() -> tuple[Any, Any]:
    """The session of the model, and its tokenizer."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(WEIGHTS / "tagger.onnx"), sess_options=options, providers=["CPUExecutionProvider"]
    )
    return session, Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))


def _cut_windows(texts: Sequence[str]) -> Iterator[_Window]:
    """Windows over all the words, each as long as fits, neighbours overlapping."""
    first = 0
    pieces: list[list[int]] = []
    start, end, unknown = (_load()[1].token_to_id(token) for token in ("[CLS]", "[SEP]", "[UNK]"))
    while first < len(texts):
        # Only as many words as surely fit are split at a time: a word has a token at least.
        wanted = texts[first + len(pieces) : first + _TOKENS]
        encoded = _load()[1].encode_batch([strip_word(text).lower() for text in wanted], add_special_tokens=False)
        pieces += [one.ids[:_PIECES] or [unknown] for one in encoded]
        tokens, places = [start], []
        for piece in pieces:
            if len(tokens) + len(piece) >= _TOKENS:
                break
            tokens += piece
            places.append(len(tokens) - 1)
        yield _Window(first, [*tokens, end], places)
        if first + len(places) >= len(texts):
            return
        step = max(len(places) - _OVERLAP, 1)
        first, pieces = first + step, pieces[step:]


def _gather(windows: Iterator[_Window]) -> Iterator[list[_Window]]:
    """The windows in batches."""
    batch: list[_Window] = []
    for window in windows:
        batch.append(window)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _weigh_votes(first: int, stop: int, count: int) -> NDArray[np.float32]:
    """The weight of each word's vote, a column: little where a window has cut off its context."""
    import numpy as np

    places = np.arange(first, stop)
    before = places - first + 1 if first else np.full(stop - first, _FULL_CONTEXT)
    after = stop - places if stop < count else np.full(stop - first, _FULL_CONTEXT)
    context = np.minimum(np.minimum(before, after), _FULL_CONTEXT)
    vote: NDArray[np.float32] = np.square(context / _FULL_CONTEXT, dtype=np.float32)[:, None]
    return vote
