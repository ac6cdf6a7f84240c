"""SegLST: the list of segments that evaluation tools of multi-speaker recognition exchange (CHiME, MeetEval).

``[{"session_id": "…", "speaker": "…", "start_time": 0.0, "end_time": 1.0, "words": "…"}]``, in any order; CHiME writes
the seconds in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..document import Document
from ..syntax.json_values import read_records, read_root
from ..syntax.timed_words import time_single_words
from .base import Cue, Format, Item

__all__ = ["FORMAT"]

_BESIDE_WORDS = {"session_id", "start_time", "end_time"}


def looks_like(document: Document) -> bool:
    """Whether this is a list of objects with words and a session or a time."""
    value = document.json
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(segment, dict) and "words" in segment and not _BESIDE_WORDS.isdisjoint(segment)
            for segment in islice(value, 5)
        )
    )


def read(document: Document) -> Iterator[Item]:
    """A cue for each segment; raises `MalformedCaptions` where the file holds more than one session."""
    return time_single_words(_read_segments(document))


def _read_segments(document: Document) -> Iterator[Item]:
    session: str | None = None
    for segment in read_records(document, read_root(document), ()):
        here = segment.text("session_id")
        if session is not None and here != session:
            raise segment.fault("session_id", f"one recording a file; the segments before are of {session!r}")
        session = here
        words = segment.text("words")
        if words.strip():
            yield Cue(segment.seconds("start_time"), segment.seconds("end_time"), words, speaker=segment.speaker())


FORMAT = Format(
    name="seglst",
    title="SegLST",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
