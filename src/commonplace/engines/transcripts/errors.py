"""What can be wrong with captions or a transcript.

TranscriptError
├── UnreadableCaptions        says where (line, column, excerpt) and what was expected
│   ├── EmptyCaptions         nothing is there
│   ├── BinaryCaptions        the bytes are no text
│   ├── UnrecognisedFormat    text, but of no format we know
│   ├── MalformedCaptions     a known format, broken at the place named
│   └── OversizedCaptions     larger than any recording's captions are
└── InconsistentTranscript    indices, times or keys that contradict each other
"""

from __future__ import annotations

__all__ = [
    "BinaryCaptions",
    "EmptyCaptions",
    "InconsistentTranscript",
    "MalformedCaptions",
    "OversizedCaptions",
    "TranscriptError",
    "UnreadableCaptions",
    "UnrecognisedFormat",
]

EXCERPT_WIDTH = 72


class TranscriptError(Exception):
    """Something about captions or a transcript that a person has to know."""


class UnreadableCaptions(TranscriptError):
    """Captions that cannot be read.

    ``line`` and ``column`` count from 1; ``excerpt`` is at most 72 characters around the place;
    ``expected`` says what would have been right and ``advice`` what to do next.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str = "captions",
        line: int | None = None,
        column: int | None = None,
        excerpt: str = "",
        expected: str = "",
        advice: str = "",
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.file = file
        self.line = line
        self.column = column
        self.excerpt = excerpt
        self.expected = expected
        self.advice = advice

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        lines = [f"{place}: {self.problem}"]
        if self.excerpt:
            lines.append(f"  {self.excerpt}")
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.advice:
            lines.append(f"  {self.advice}")
        return "\n".join(lines)


class EmptyCaptions(UnreadableCaptions):
    """Nothing is there: no byte, or nothing but white space."""


class BinaryCaptions(UnreadableCaptions):
    """The bytes are not text: a recording, a picture, an archive."""


class UnrecognisedFormat(UnreadableCaptions):
    """Text, but of no format we know."""


class MalformedCaptions(UnreadableCaptions):
    """A known format that is broken at the place named."""


class OversizedCaptions(UnreadableCaptions):
    """Larger than the captions of any recording are."""


class InconsistentTranscript(TranscriptError):
    """Indices, times or keys of a transcript that contradict each other."""
