"""What is held to be the same word: the rules under which two texts are compared, and tokens that remember their words.

In scripts written without spaces (Chinese, Japanese, Thai …) every character is a token of its own, under all rules:
their word error rate is then what the literature calls the mixed error rate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import Levenshtein

__all__ = ["NORMALISERS", "Normaliser", "Tokens", "join_tokens", "uses_no_spaces"]

_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""

_SPLIT = re.compile(rf"[{_UNSPACED}][^{_UNSPACED}\w]*|(?:(?![{_UNSPACED}]).)+", re.DOTALL)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")

_NEEDLESS_SPACE = re.compile(rf"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])")

_PARTS = re.compile(r"[\s\-‐‑‒–—―/\\_…‥]+|\.{2,}|[,;:!?](?!\d)")
_INITIALS = re.compile(r"(?:\w\.)+\w?")
_DIGIT_GROUPS = re.compile(r"(?<=\d),(?=\d)")
_APOSTROPHES = str.maketrans("’ʼ‘＇`´", "''''''")
_KEPT_BEFORE = frozenset("$€£¥")
_KEPT_AFTER = frozenset("+#%°$€£¥")

_PIECE = 50
"""Words that the Whisper rules see at once; they were made for utterances, and a bracket must not swallow a talk."""

_LONGEST_PIECE = 100
"""Where a number goes on and on, or a bracket is never closed."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is compared. Token ``n`` was made of the words ``firsts[n]`` to ``lasts[n]``, both ends included.

    Both columns ascend; words that left no token are in none.
    """

    texts: tuple[str, ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Normaliser:
    """A set of rules; ``meaning`` says in a few words what counts as no difference."""

    name: str
    meaning: str
    tokenise: Callable[[Sequence[str]], Tokens]


def uses_no_spaces(text: str) -> bool:
    """Whether any of it is in a script written without spaces."""
    return _IS_UNSPACED.search(text) is not None


def join_tokens(tokens: Sequence[str]) -> str:
    """The tokens as a text, with spaces where the script has them."""
    return _NEEDLESS_SPACE.sub("", " ".join(tokens))


def _tokenise_each(words: Sequence[str], make: Callable[[str], tuple[str, ...]]) -> Tokens:
    """The tokens of rules that look at one word at a time."""
    texts: list[str] = []
    indices: list[int] = []
    for index, word in enumerate(words):
        made = make(word)
        texts += made
        indices += [index] * len(made)
    return Tokens(tuple(texts), tuple(indices), tuple(indices))


@lru_cache(100_000)
def _keep_word(word: str) -> tuple[str, ...]:
    word = unicodedata.normalize("NFC", word)
    return tuple(_SPLIT.findall(word)) if _IS_UNSPACED.search(word) else (word,)


@lru_cache(100_000)
def _simplify_word(word: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold()).translate(_APOSTROPHES)
    trimmed = (_trim(part) for part in _PARTS.split(_DIGIT_GROUPS.sub("", text)))
    parts = (part.replace(".", "") if _INITIALS.fullmatch(part) else part for part in trimmed if part)
    return tuple(chain.from_iterable(_split_characters(part) for part in parts))


def _trim(part: str) -> str:
    """The part without the marks around it; empty where nothing but marks is there."""
    if not any(character.isalnum() for character in part):
        return ""
    first, stop = 0, len(part)
    while _is_mark(part[first]) and part[first] not in _KEPT_BEFORE:
        first += 1
    while _is_mark(part[stop - 1]) and part[stop - 1] not in _KEPT_AFTER:
        stop -= 1
    return part[first:stop]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSZC"


def _split_characters(part: str) -> Iterator[str]:
    if not _IS_UNSPACED.search(part):
        yield part
        return
    for piece in _SPLIT.findall(part):
        if trimmed := _trim(piece):
            yield trimmed


def _tokenise_whisper_english(words: Sequence[str]) -> Tokens:
    """Tokens after Whisper's rules, which join words (``twenty one`` is ``21``) and part them (``won't``).

    A token's words are found by aligning what the rules make of a stretch with what they make of each word alone.
    """
    rules = _load_whisper_english()
    tokens: list[tuple[str, int, int]] = []
    for start, stop in _walk_pieces(words, rules.number_words):
        piece = rules.normalise(" ".join(words[start:stop]))
        alone = [(token, index) for index in range(start, stop) for token in rules.normalise_word(words[index])]
        tokens += _trace_tokens(piece, alone, start)
    return Tokens(*map(tuple, zip(*tokens, strict=True))) if tokens else Tokens((), (), ())


def _trace_tokens(piece: Sequence[str], alone: Sequence[tuple[str, int]], start: int) -> Iterator[tuple[str, int, int]]:
    """The tokens of a piece, each with the first and the last word it was made of."""
    blocks = Levenshtein.opcodes([token for token, _ in alone], piece).as_matching_blocks()
    source = target = 0
    for block in blocks:  # what lies before a block differs as a whole: the rules have joined or parted words there
        joined = alone[source : block.a] or alone[max(source - 1, 0) : source] or [("", start)]
        for token in piece[target : block.b]:
            yield token, joined[0][1], joined[-1][1]
        for token, (_, index) in zip(piece[block.b : block.b + block.size], alone[block.a :], strict=False):
            yield token, index, index
        source, target = block.a + block.size, block.b + block.size


def _walk_pieces(words: Sequence[str], numbers: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Stretches of about fifty words that do not end inside a number or inside brackets."""
    start = opened = 0
    for index, word in enumerate(words):
        bare = word.lower().strip(".,;:!?-")
        opened += sum(map(word.count, "([<")) - sum(map(word.count, ")]>"))
        is_inside = opened > 0 or bare in numbers or any(character.isdigit() for character in bare)
        if index + 1 - start >= (_LONGEST_PIECE if is_inside else _PIECE):
            yield start, index + 1
            start, opened = index + 1, 0
    if start < len(words):
        yield start, len(words)


class _WhisperEnglish:
    """The rules as the package has them, the outcome for each word remembered."""

    def __init__(self) -> None:
        from whisper_normalizer.english import EnglishTextNormalizer  # takes 40 ms

        self._rules = EnglishTextNormalizer()
        self.number_words = frozenset(self._rules.standardize_numbers.words)
        self.normalise_word = lru_cache(100_000)(self.normalise)

    def normalise(self, text: str) -> tuple[str, ...]:
        """The tokens of a text."""
        return tuple(chain.from_iterable(_split_characters(token) for token in self._rules(text).split()))


_load_whisper_english = lru_cache(1)(_WhisperEnglish)


NORMALISERS: dict[str, Normaliser] = {
    normaliser.name: normaliser
    for normaliser in (
        Normaliser(
            "none", "nothing: words with their casing and marks", lambda words: _tokenise_each(words, _keep_word)
        ),
        Normaliser("basic", "casing and punctuation", lambda words: _tokenise_each(words, _simplify_word)),
        Normaliser(
            "whisper-english",
            "casing, punctuation, fillers, contractions, British spelling, figures for number words",
            _tokenise_whisper_english,
        ),
    )
}
"""Every normaliser by its name.

Source of ``whisper-english``: Radford et al., Robust Speech Recognition via Large-Scale Weak Supervision (2022),
appendix C, as the package whisper-normalizer keeps it.
"""
