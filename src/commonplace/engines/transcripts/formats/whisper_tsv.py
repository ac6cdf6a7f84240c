"""openai-whisper's TSV: ``start``, ``end``, ``text`` with tabs between; times in milliseconds, unlike its JSON.

Its relatives: whisper.cpp's CSV, with commas and quotation marks and perhaps a ``speaker``; and WhisperX's ``.aud``,
labels for Audacity without a header, in seconds, the speaker in two pairs of square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..syntax.lines import walk_filled_lines
from ..syntax.times import read_seconds
from .base import Cue, Format, Item

__all__ = ["FORMAT"]

_HEADER = re.compile(r"\s*start\tend\ttext[ \t]*(?:\n|$)")
_CSV_HEADER = re.compile(r"\s*start,end,(?P<speaker>speaker,)?text[ \t]*(?:\n|$)", re.IGNORECASE)
_ROW = re.compile(r"(-?\d{1,15})\t(-?\d{1,15})\t(.*)")
_CSV_ROW = re.compile(r"(-?\d{1,15}),(-?\d{1,15}),(.*)")
_LABEL = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\t(\d{1,9}(?:\.\d{1,9})?)\t(?:\[\[([^\[\]\n]{1,80})\]\])?(.*)")
_LETTER = re.compile(r"[^\W\d_]")


def looks_like(document: Document) -> bool:
    """Whether the first line names the columns, or every line is a label for Audacity."""
    if _HEADER.match(document.head) or _CSV_HEADER.match(document.head):
        return True
    labels = [_LABEL.match(line) for line in document.lines if line.strip()]
    return bool(labels) and all(
        label is not None and float(label[1]) <= float(label[2]) and _LETTER.search(label[4]) for label in labels
    )


def read(document: Document) -> Iterator[Item]:
    """A cue for each row; raises `MalformedCaptions` for a row without its two times."""
    rows = walk_filled_lines(document.text)
    if _HEADER.match(document.head):
        expected, speakers, row_of = "start and end in whole milliseconds and the text, with tabs between", False, _ROW
    elif header := _CSV_HEADER.match(document.head):
        expected, row_of = "start and end in whole milliseconds and the text, with commas between", _CSV_ROW
        speakers = header["speaker"] is not None
    else:
        yield from _read_labels(document)
        return
    next(rows, None)  # the names of the columns
    for row, offset in rows:
        match = row_of.match(row)
        if match is None:
            raise document.malformed("this row does not begin with its start and end", offset, expected)
        text, speaker = match[3], None
        if row_of is _CSV_ROW:
            text, speaker = _read_fields(text, speakers=speakers)
        yield Cue(int(match[1]), int(match[2]), text, speaker, offset=offset)


def _read_fields(fields: str, *, speakers: bool) -> tuple[str, str | None]:
    """Text and speaker of a row; quotation marks as RFC 4180 has them, and as whisper.cpp forgets to double them."""
    speaker = None
    if speakers:
        number, _, fields = fields.partition(",")
        speaker = f"Speaker {number}" if number.isdigit() else number.strip('"') or None
    text = fields.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"').replace('\\"', '"'), speaker
    return text, speaker


def _read_labels(document: Document) -> Iterator[Item]:
    for row, offset in walk_filled_lines(document.text):
        match = _LABEL.match(row)
        if match is None:
            raise document.malformed(
                "this line is no label", offset, "start and end in seconds and the text, with tabs between"
            )
        yield Cue(read_seconds(match[1]), read_seconds(match[2]), match[4], match[3], offset=offset)


FORMAT = Format(
    name="whisper-tsv",
    title="Whisper TSV (and whisper.cpp CSV, WhisperX labels)",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
