"""Comparing what several recognisers wrote with a reference that people have corrected."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from ..errors import TranscriptError
from ..lexicon import Lexicon
from ..model import Transcript
from .alignment import Counts, align_tokens, count_steps, split_steps
from .bootstrap import Difference, Interval, Resampling, SegmentErrors
from .differences import Piece, walk_differences
from .normalisation import NORMALISERS, Tokens, join_tokens
from .overlap import Ends, Overlap, find_overlap
from .segments import find_segment_stops, stop_tokens
from .speakers import SpeakerErrors, compare_speakers, split_by_speaker
from .terms import TermCounts, TermIndex, compare_terms

__all__ = [
    "MOST_HYPOTHESES",
    "MOST_TOKENS",
    "Comparison",
    "IncomparableTranscripts",
    "Measured",
    "PairDifference",
    "Result",
    "Segment",
    "TermResult",
    "Written",
    "compare_transcripts",
]

MOST_HYPOTHESES = 20

MOST_TOKENS = 200_000
"""Words of one side, or characters in scripts without spaces: 20 hours of talk."""

MOST_CHARACTERS = 1_000_000
"""Beyond, characters are not compared: it would take longer than everything else."""

_CHARACTERS_AN_ERROR = 6
"""A word and its space: about how many characters an error on a word changes."""


class IncomparableTranscripts(TranscriptError):
    """Nothing to compare, or more than can be compared."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of the reference: words ``first`` up to but without ``stop``, its text and, if known, its time."""

    first: int
    stop: int
    text: str
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted, in all and in each segment of the reference; ``interval`` is that of the rate."""

    counts: Counts
    by_segment: SegmentErrors
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Written:
    """Words compared with their casing and marks.

    ``casing`` and ``marks`` are how many of the substitutions are the same word in other casing, or with other marks; a
    word may be both.
    """

    measured: Measured
    casing: int
    marks: int


@dataclass(frozen=True, slots=True)
class TermResult:
    """Errors on the lexicon's terms; the rate is errors for each term of the reference, None where it has none."""

    by_term: dict[str, TermCounts]
    by_segment: SegmentErrors
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one hypothesis compares with the reference.

    ``overlap`` says which words of each were compared; ``unmatched`` how many words at the reference's beginning and
    end have no counterpart and are counted as deleted all the same. ``characters`` is the character error
    rate, ``lines`` the differences in each segment. ``terms`` is None without a lexicon, ``speakers`` where a side
    names none or more than `MOST_SPEAKERS`.
    """

    name: str
    size: int
    overlap: Overlap
    unmatched: tuple[int, int]
    words: Measured
    written: Written
    characters: float | None
    terms: TermResult | None
    speakers: SpeakerErrors | None
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class PairDifference:
    """The word error rate of one hypothesis less that of another, over the segments that both cover."""

    one: str
    other: str
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several hypotheses beside one reference, in the order they were given; ``size`` is the reference's, in words."""

    name: str
    size: int
    segments: tuple[Segment, ...]
    normaliser: str
    ends: Ends
    seed: int
    has_lexicon: bool
    results: tuple[Result, ...]
    differences: tuple[PairDifference, ...]


def compare_transcripts(
    reference: Transcript,
    hypotheses: Mapping[str, Transcript],
    *,
    name: str = "reference",
    lexicon: Lexicon | None = None,
    normaliser: str = "basic",
    ends: Ends = "auto",
    seed: int = 1,
) -> Comparison:
    """Compare each hypothesis, by its name, with the reference, which ``name`` names.

    ``normaliser`` is one of `NORMALISERS`; terms are looked for under the same rules, or under ``basic`` where these
    are ``none``. ``ends`` says what becomes of words that only one side has before or after what both have.
    ``seed`` makes the intervals repeatable. Raises `IncomparableTranscripts`. An hour of talk takes half a second for
    each hypothesis.
    """
    if not 1 <= len(hypotheses) <= MOST_HYPOTHESES:
        raise IncomparableTranscripts(
            f"{len(hypotheses)} hypotheses; expected 1 to {MOST_HYPOTHESES}\n  Compare them in several runs."
        )
    yardstick = _Yardstick(reference, name, normaliser, lexicon, ends, seed)
    results = tuple(yardstick.compare(label, transcript) for label, transcript in hypotheses.items())
    return Comparison(
        name=name,
        size=len(reference.words),
        segments=yardstick.segments,
        normaliser=normaliser,
        ends=ends,
        seed=seed,
        has_lexicon=lexicon is not None,
        results=results,
        differences=tuple(_compare_pairs(results, yardstick.resampling)),
    )


class _Yardstick:
    """The reference, prepared once for all hypotheses."""

    def __init__(
        self, reference: Transcript, name: str, normaliser: str, lexicon: Lexicon | None, ends: Ends, seed: int
    ) -> None:
        self.transcript = reference
        self.name = name
        self.normaliser = normaliser
        self.ends = ends
        self.stops = find_segment_stops(reference)
        self.resampling = Resampling(len(self.stops), seed=seed)
        rules = NORMALISERS["basic" if normaliser == "none" else normaliser]
        self.index = TermIndex(lexicon, lambda words: rules.tokenise(words).texts) if lexicon is not None else None
        if not _tokenise("basic", reference.words.texts, name).texts:
            raise IncomparableTranscripts(
                f"{name}: the reference has no words\n  Give a transcript of something that was said."
            )

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        words = self.transcript.words
        starts = [0, *self.stops[:-1]]
        return tuple(
            Segment(first, stop, " ".join(words.texts[first:stop]), words[first].start_ms)
            for first, stop in zip(starts, self.stops, strict=True)
        )

    def compare(self, name: str, hypothesis: Transcript) -> Result:
        overlap, unmatched = _find_words(self.transcript, hypothesis, (self.name, name), self.ends)
        pair = {
            rules: _Pair(self.transcript, hypothesis, (self.name, name), overlap, rules, self.stops)
            for rules in {"none", "basic", self.normaliser}
        }
        chosen = pair[self.normaliser]
        return Result(
            name=name,
            size=len(hypothesis.words),
            overlap=overlap,
            unmatched=unmatched,
            words=self._measure(chosen),
            written=Written(self._measure(pair["none"]), *_classify(pair["none"])),
            characters=_compare_characters(chosen),
            terms=self._compare_terms(pair["basic"] if self.normaliser == "none" else chosen),
            speakers=_compare_speakers(chosen, self.transcript, hypothesis, overlap),
            lines=tuple(chosen.walk_lines()),
        )

    def _measure(self, pair: _Pair) -> Measured:
        counts = [count_steps(steps) for steps in pair.by_segment]
        by_segment = SegmentErrors(tuple(count.errors for count in counts), tuple(count.reference for count in counts))
        return Measured(count_steps(pair.steps), by_segment, self.resampling.estimate_interval(by_segment))

    def _compare_terms(self, pair: _Pair) -> TermResult | None:
        if self.index is None:
            return None
        errors = compare_terms(
            list(self.index.find_terms(pair.reference.texts)),
            list(self.index.find_terms(pair.hypothesis.texts)),
            pair.steps,
            texts=(pair.reference.texts, pair.hypothesis.texts),
            stops=pair.stops,
            write=pair.write_hypothesis,
        )
        by_segment = SegmentErrors(errors.segment_errors, errors.segment_totals)
        return TermResult(errors.by_term, by_segment, self.resampling.estimate_interval(by_segment))


class _Pair:
    """The overlapping words of reference and hypothesis, aligned under one normaliser."""

    def __init__(
        self,
        reference: Transcript,
        hypothesis: Transcript,
        names: tuple[str, str],
        overlap: Overlap,
        rules: str,
        word_stops: list[int],
    ) -> None:
        self.reference_words = reference.words.texts[overlap.first : overlap.stop]
        self.hypothesis_words = hypothesis.words.texts[overlap.hypothesis_first : overlap.hypothesis_stop]
        self.reference = _tokenise(rules, self.reference_words, names[0])
        self.hypothesis = _tokenise(rules, self.hypothesis_words, names[1])
        self.steps = align_tokens(self.reference.texts, self.hypothesis.texts)
        self.stops = stop_tokens(self.reference, word_stops, overlap.first)
        self.by_segment = split_steps(self.steps, self.stops)
        self.first_segment = bisect_left(word_stops, overlap.first + 1)
        self.stop_segment = bisect_left(word_stops, overlap.stop) + 1

    def write_hypothesis(self, first: int, stop: int) -> str:
        """The words that these tokens of the hypothesis were made of."""
        words = self.hypothesis_words[self.hypothesis.firsts[first] : self.hypothesis.lasts[stop - 1] + 1]
        return " ".join(words).strip(" .,;:!?…\"“”'()[]")

    def walk_lines(self) -> list[tuple[Piece, ...]]:
        """The differences in each segment; none in those outside the overlap."""
        covered = self.by_segment[self.first_segment : self.stop_segment]
        lines = walk_differences(covered, self.reference_words, self.reference, self.hypothesis_words, self.hypothesis)
        outside = len(self.by_segment) - self.stop_segment
        return [*[()] * self.first_segment, *lines, *[()] * outside]


def _tokenise(rules: str, words: Sequence[str], name: str) -> Tokens:
    tokens = NORMALISERS[rules].tokenise(words)
    if len(tokens.texts) > MOST_TOKENS:
        raise IncomparableTranscripts(
            f"{name}: {len(tokens.texts):,} words are more than the {MOST_TOKENS:,} we compare at once\n"
            "  Compare an excerpt, or one recording at a time."
        )
    return tokens


def _find_words(
    reference: Transcript, hypothesis: Transcript, names: tuple[str, str], ends: Ends
) -> tuple[Overlap, tuple[int, int]]:
    """The overlap counted in words, and what of the reference lies in it without counterpart at either end.

    Casing and marks do not matter for it.
    """
    pair = (reference, hypothesis)
    sides = [_tokenise("basic", side.words.texts, name) for side, name in zip(pair, names, strict=True)]
    found: list[Overlap] = []
    for choice in (ends, "overlap" if ends == "auto" else ends):
        overlap = find_overlap(sides[0].texts, sides[1].texts, ends=choice)
        spans = ((overlap.first, overlap.stop), (overlap.hypothesis_first, overlap.hypothesis_stop))
        places: list[int] = []
        for tokens, (first, stop), transcript in zip(sides, spans, pair, strict=True):
            places.append(tokens.firsts[first] if 0 < first < len(tokens.texts) else 0)
            places.append(tokens.lasts[stop - 1] + 1 if 0 < stop < len(tokens.texts) else len(transcript.words))
        found.append(Overlap(*places))
    kept, tight = found
    return kept, (tight.first - kept.first, kept.stop - tight.stop)


def _classify(pair: _Pair) -> tuple[int, int]:
    """How many substituted words are the same in other casing, and how many with other marks."""
    casing = marks = 0
    simplify = NORMALISERS["basic"].tokenise
    for step in pair.steps:
        if step.kind != "replace":
            continue
        for place in range(step.stop - step.first):
            mine = pair.reference.texts[step.first + place]
            theirs = pair.hypothesis.texts[step.hypothesis_first + place]
            if simplify([mine]).texts == simplify([theirs]).texts != ():
                casing += _letters(mine) != _letters(theirs)
                marks += mine.casefold() != theirs.casefold()
    return casing, marks


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _compare_characters(pair: _Pair) -> float | None:
    """The character error rate of the normalised texts, their spaces included."""
    reference, hypothesis = join_tokens(pair.reference.texts), join_tokens(pair.hypothesis.texts)
    if not reference or max(len(reference), len(hypothesis)) > MOST_CHARACTERS:
        return None
    likely = count_steps(pair.steps).errors * _CHARACTERS_AN_ERROR
    return Levenshtein.distance(reference, hypothesis, score_hint=likely) / len(reference)


def _compare_speakers(
    pair: _Pair, reference: Transcript, hypothesis: Transcript, overlap: Overlap
) -> SpeakerErrors | None:
    if not all(any(turn.speaker for turn in side.turns) for side in (reference, hypothesis)):
        return None
    return compare_speakers(
        split_by_speaker(pair.reference, reference.turns, overlap.first),
        split_by_speaker(pair.hypothesis, hypothesis.turns, overlap.hypothesis_first),
    )


def _compare_pairs(results: Sequence[Result], resampling: Resampling) -> list[PairDifference]:
    """Each pair of hypotheses that have segments in common, the better one first."""
    found = []
    ordered = sorted(results, key=lambda result: result.words.counts.rate or 0)
    for one, other in combinations(ordered, 2):
        shared = [
            a > 0 and b > 0 for a, b in zip(one.words.by_segment.totals, other.words.by_segment.totals, strict=True)
        ]
        difference = resampling.compare(*(_restrict(result.words.by_segment, shared) for result in (one, other)))
        if difference:
            found.append(PairDifference(one.name, other.name, difference))
    return found


def _restrict(measured: SegmentErrors, shared: Sequence[bool]) -> SegmentErrors:
    """The same with nothing in the segments that are not shared."""
    return SegmentErrors(
        tuple(error * keep for error, keep in zip(measured.errors, shared, strict=True)),
        tuple(total * keep for total, keep in zip(measured.totals, shared, strict=True)),
    )
