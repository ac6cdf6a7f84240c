"""Several recognisers' transcripts beside one that people have corrected: error rates, their intervals, differences."""

from .comparing import (
    MOST_HYPOTHESES,
    Comparison,
    IncomparableTranscripts,
    Measured,
    PairDifference,
    Result,
    Segment,
    TermResult,
    Written,
    compare_transcripts,
)
from .normalisation import NORMALISERS
from .overlap import ENDS

__all__ = [
    "ENDS",
    "MOST_HYPOTHESES",
    "NORMALISERS",
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
