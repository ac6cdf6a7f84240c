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
from .overlap import ENDS, Ends
from .page import write_page
from .report import describe_comparison, describe_difference, list_notes, show_interval, show_rate, state_method

__all__ = [
    "ENDS",
    "MOST_HYPOTHESES",
    "NORMALISERS",
    "Comparison",
    "Ends",
    "IncomparableTranscripts",
    "Measured",
    "PairDifference",
    "Result",
    "Segment",
    "TermResult",
    "Written",
    "compare_transcripts",
    "describe_comparison",
    "describe_difference",
    "list_notes",
    "show_interval",
    "show_rate",
    "state_method",
    "write_page",
]
