"""A comparison as JSON, and in the sentences that belong beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .alignment import Counts
from .bootstrap import FEWEST_SEGMENTS, RESAMPLES, Interval
from .comparing import Comparison, PairDifference, Result
from .normalisation import NORMALISERS
from .speakers import SpeakerErrors

__all__ = ["describe_comparison", "describe_difference", "list_notes", "show_interval", "show_rate", "state_method"]

_LOST = 0.8
"""Above this word error rate, it is more likely another talk than a bad recogniser."""


def show_rate(rate: float | None) -> str:
    """A rate in percent with one decimal; a dash where there is none."""
    return "–" if rate is None else f"{rate * 100:.1f}"


def show_interval(interval: Interval | None) -> str:
    """Both ends in percent; a dash where there is none."""
    return "–" if interval is None else f"{show_rate(interval.low)} to {show_rate(interval.high)}"


def state_method(comparison: Comparison) -> str:
    """Under which rules it was counted: one sentence that belongs beside every number."""
    rules = NORMALISERS[comparison.normaliser]
    return (
        f"Normaliser {rules.name} (no difference: {rules.meaning}); 95 % intervals from {RESAMPLES:,} resamples of "
        f"{len(comparison.segments):,} sentences, seed {comparison.seed}."
    )


def describe_difference(pair: PairDifference) -> str:
    """How sure it is that one hypothesis is better than another."""
    found = pair.difference
    points = f"{show_rate(-found.interval.high)} to {show_rate(-found.interval.low)}"
    verdict = "" if found.interval.high < 0 else "; the difference may be chance"
    return (
        f"{pair.one} has {show_rate(abs(found.difference))} points fewer errors on words than {pair.other} "
        f"(95 % interval {points}), and fewer in {found.probability * 100:.0f} % of resamples{verdict}."
    )


def list_notes(comparison: Comparison, result: Result) -> list[str]:
    """What one has to know to read a result: what was cut off, what was lost, what could not be counted."""
    return [*_note_ends(comparison, result), *_note_written(result), *_note_gaps(comparison, result)]


def _note_ends(comparison: Comparison, result: Result) -> Iterator[str]:
    overlap = result.overlap
    outside = _name_ends(overlap.hypothesis_first, result.size - overlap.hypothesis_stop)
    if outside:
        yield f"{outside} words lie outside the reference and are not counted."
    outside = _name_ends(overlap.first, comparison.size - overlap.stop)
    if outside:
        yield (
            f"{outside} words of the reference lie outside this hypothesis and are not counted: the rates are those of "
            f"the other {overlap.stop - overlap.first:,}."
        )
    for count, end in zip(result.unmatched, ("first", "last"), strict=True):
        if count:
            yield (
                f"The {end} {count:,} words of the reference are missing here and are counted as deleted; if it is the "
                "excerpt that ends elsewhere, choose --ends overlap."
            )


def _note_written(result: Result) -> Iterator[str]:
    written = result.written
    if written.casing or written.marks:
        yield (
            f"Of {written.measured.counts.errors:,} errors on words as written, {written.casing:,} are the same word "
            f"in other casing and {written.marks:,} with other marks (a word may be both)."
        )


def _name_ends(first: int, last: int) -> str:
    """``The first 12 and the last 3``, or what there is of it."""
    named = [f"the {end} {count:,}" for end, count in (("first", first), ("last", last)) if count]
    return " and ".join(named).capitalize()


def _note_gaps(comparison: Comparison, result: Result) -> Iterator[str]:
    rate = result.words.counts.rate
    if rate is not None and rate > _LOST:
        yield "Next to nothing agrees: is it the same talk, in the same language?"
    if len(comparison.segments) < FEWEST_SEGMENTS:
        yield f"Fewer than {FEWEST_SEGMENTS} sentences: too little for intervals."
    if result.terms and result.terms.by_segment.rate is None:
        yield "The reference has none of the lexicon's terms."


def describe_comparison(comparison: Comparison) -> dict[str, Any]:
    """All numbers of a comparison as a JSON object; rates are fractions, not percent."""
    return {
        "version": 1,
        "reference": {"name": comparison.name, "words": comparison.size, "sentences": len(comparison.segments)},
        "normaliser": {
            "name": comparison.normaliser,
            "no_difference": NORMALISERS[comparison.normaliser].meaning,
        },
        "ends": comparison.ends,
        "bootstrap": {"resamples": RESAMPLES, "unit": "sentence", "confidence": 0.95, "seed": comparison.seed},
        "hypotheses": [_describe_result(comparison, result) for result in comparison.results],
        "differences": [
            {
                "better": pair.one,
                "worse": pair.other,
                "difference": pair.difference.difference,
                "interval": _describe_interval(pair.difference.interval),
                "probability": pair.difference.probability,
            }
            for pair in comparison.differences
        ],
    }


def _describe_result(comparison: Comparison, result: Result) -> dict[str, Any]:
    written = result.written
    return {
        "name": result.name,
        "words": result.size,
        "compared": {
            "reference": [result.overlap.first, result.overlap.stop],
            "hypothesis": [result.overlap.hypothesis_first, result.overlap.hypothesis_stop],
        },
        "word_error": _describe_counts(result.words.counts) | {"interval": _describe_interval(result.words.interval)},
        "character_error": {"rate": result.characters},
        "written_error": _describe_counts(written.measured.counts)
        | {
            "interval": _describe_interval(written.measured.interval),
            "same_word_other_casing": written.casing,
            "same_word_other_marks": written.marks,
        },
        "term_error": _describe_terms(result),
        "speaker_attributed_error": _describe_speakers(result.speakers),
        "notes": list_notes(comparison, result),
    }


def _describe_counts(counts: Counts) -> dict[str, Any]:
    return {
        "rate": counts.rate,
        "reference": counts.reference,
        "hits": counts.hits,
        "substitutions": counts.substitutions,
        "deletions": counts.deletions,
        "insertions": counts.insertions,
    }


def _describe_interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _describe_terms(result: Result) -> dict[str, Any] | None:
    if result.terms is None:
        return None
    by_term = result.terms.by_term
    return {
        "rate": result.terms.by_segment.rate,
        "interval": _describe_interval(result.terms.interval),
        "reference": sum(counts.reference for counts in by_term.values()),
        "terms": [
            {
                "canonical": canonical,
                "right": counts.right,
                "wrong": counts.wrong,
                "missed": counts.missed,
                "spurious": counts.spurious,
                "heard": dict(counts.heard.most_common()),
            }
            for canonical, counts in sorted(by_term.items())
        ],
    }


def _describe_speakers(speakers: SpeakerErrors | None) -> dict[str, Any] | None:
    if speakers is None:
        return None
    pairs = [{"reference": one, "hypothesis": other} for one, other in speakers.pairs]
    return _describe_counts(speakers.counts) | {"pairs": pairs}
