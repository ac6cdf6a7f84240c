"""Training windows: stretches of talks as tokens and labels, a part of them spoilt as recognisers spoil words."""

import pathlib
import random

import numpy as np
from tokenizers import Tokenizer
from words import IGNORED

FILLERS = ("uh", "um", "you know", "like", "i mean", "so", "er", "hmm", "uh huh", "mm")
PIECES = 8
"""Sub-words of a word that are read; the rest of a longer one is left out, here and at inference."""


class Corpus:
    """The arrays of prepare.py and the sub-words of every word form."""

    def __init__(self, path: pathlib.Path, tokenizer: Tokenizer) -> None:
        data = np.load(path)
        self.word, self.starts, self.counts = data["word"], data["starts"], data["counts"]
        self.labels = np.stack([data["mark"], data["case"], data["end"], data["role"]], axis=1)
        self.forms = path.with_suffix(".words.txt").read_text(encoding="utf-8").split("\n")[:-1]
        self.tokenizer = tokenizer
        unknown = tokenizer.token_to_id("[UNK]")
        encoded = tokenizer.encode_batch(self.forms, add_special_tokens=False)
        self.pieces = [tuple(e.ids[:PIECES]) or (unknown,) for e in encoded]
        self.extra: dict[str, tuple[int, ...]] = {}
        self.first, self.last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        usual = np.argsort(-self.counts)[:20000]
        self.usual = usual[self.counts[usual] > 20]
        self.alike: dict[tuple[str, int], list[int]] = {}
        for w in self.usual.tolist():
            self.alike.setdefault(self._sound(w), []).append(w)
        self.weights = np.cumsum(self.counts[self.usual])

    def _sound(self, w: int) -> tuple[str, int]:
        form = self.forms[w]
        return form[:2], min(len(form) // 3, 3)

    def encode(self, form: str) -> tuple[int, ...]:
        """The sub-words of any form."""
        if form not in self.extra:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids[:PIECES]
            self.extra[form] = tuple(ids) or (self.tokenizer.token_to_id("[UNK]"),)
        return self.extra[form]

    def misheard(self, w: int, rng: random.Random) -> int:
        """Another word that begins alike, or now and then any word by its frequency."""
        choices = self.alike.get(self._sound(w)) or []
        if len(choices) > 1 and rng.random() < 0.7:
            return rng.choice(choices)
        place = int(np.searchsorted(self.weights, rng.random() * self.weights[-1], side="right"))
        return int(self.usual[place])

    def window(self, rng: random.Random, tokens: int) -> tuple[list[int], list[tuple[int, ...]]]:
        """Exactly `tokens` token numbers, and (place of the word's last token, mark, casing, end, role) of its words.

        The start is drawn evenly from all words; a window may run over the end of a talk into another, which teaches
        that a turn ends there, as it does.
        """
        at = rng.randrange(len(self.word) - tokens)
        words: list[tuple[tuple[int, ...], list[int]]] = []
        for w, labels in zip(self.word[at : at + tokens].tolist(), self.labels[at : at + tokens].tolist(), strict=True):
            words.append((self.pieces[w], [w, *labels]))
        rate = rng.choice((0.0, 0.0, 0.0, 0.5, 1.0, 2.0))
        if rate:
            words = self.spoil(words, rng, rate)
        ids, places = [self.first], []
        for pieces, (_, *labels) in words:
            if len(ids) + len(pieces) >= tokens:
                break
            ids += pieces
            places.append((len(ids) - 1, *labels))
        while len(ids) < tokens - 1:  # the last word did not fit: its beginning stays, as text without a label
            ids.append(pieces[0])
        ids.append(self.last)
        return ids, places

    def spoil(self, words: list, rng: random.Random, rate: float) -> list:
        """Words lost, doubled, swapped, split, joined, misheard; fillers; apostrophes lost: 1 % each times `rate`."""
        out: list = []
        chance = 0.07 * rate
        for pieces, label in words:
            w, mark, case, end, role = label
            draw = rng.random()
            form = self.forms[w] if w >= 0 else ""
            if "'" in form and rng.random() < 0.12 * rate:
                out.append((self.encode(form.replace("'", "")), [-1, mark, IGNORED, end, role]))
            elif draw > chance:
                out.append((pieces, label))
            elif draw < 0.2 * chance:  # lost: its mark stays, after the word before
                if out:
                    before = out[-1][1]
                    out[-1] = (out[-1][0], [before[0], max(mark, before[1]), before[2], max(end, before[3]), role])
            elif draw < 0.5 * chance:
                out.append((self.pieces[self.misheard(w, rng)], [-1, mark, IGNORED, end, role]))
            elif draw < 0.65 * chance:
                out.extend((self.encode(part), [-1, 0, 0, 0, role]) for part in rng.choice(FILLERS).split())
                out.append((pieces, label))
            elif draw < 0.75 * chance:
                out += [(pieces, [w, 0, case, 0, role]), (pieces, [w, mark, case, end, role])]
            elif draw < 0.85 * chance and len(form) > 5 and form.isalpha():
                cut = rng.randrange(2, len(form) - 1)
                out.append((self.encode(form[:cut]), [-1, 0, case, 0, role]))
                out.append((self.encode(form[cut:]), [-1, mark, IGNORED, end, role]))
            elif out and out[-1][1][1] == 0 and out[-1][1][0] >= 0 and w >= 0:
                before = out.pop()[1]
                if draw < 0.93 * chance:
                    out.append((self.encode(self.forms[before[0]] + form), [-1, mark, IGNORED, end, role]))
                else:  # swapped
                    out += [
                        (pieces, [w, 0, IGNORED, 0, role]),
                        (self.pieces[before[0]], [-1, mark, IGNORED, end, role]),
                    ]
            else:
                out.append((pieces, label))
        return out
