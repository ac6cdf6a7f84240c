"""Reading captions of any format."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from .assembly import assemble_transcript
from .decoding import decode_captions
from .document import Document
from .errors import UnrecognisedFormat
from .formats import FORMATS
from .formats.base import Format
from .model import Source, Transcript
from .report import ReadReport

__all__ = ["Reading", "read_captions", "recognise_format"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript as the captions hold it, and the account of how it was read."""

    transcript: Transcript
    report: ReadReport


def recognise_format(document: Document) -> Format:
    """The format of this text, by content alone.

    Raises `MalformedCaptions` where the text begins as JSON but is none, `UnrecognisedFormat` where nothing fits.
    """
    for format_ in FORMATS:
        if format_.looks_like(document):
            return format_
    if document.starts_like_json and document.json is None and document.json_error is not None:
        raise document.json_error
    line, column, excerpt = document.place(len(document.text) - len(document.text.lstrip()))
    raise UnrecognisedFormat(
        "no caption format we know looks like this",
        file=document.name,
        line=line,
        column=column,
        excerpt=excerpt,
        expected=f"captions or a transcript in one of {len(FORMATS)} formats (WebVTT, SRT, Whisper, Zoom …)",
        advice="docs/reference/formats.md lists them; docs/how-to/add-a-caption-format.md says how one is added.",
    )


def read_captions(data: bytes, name: str = "captions") -> Reading:
    """Read the bytes of one caption file; ``name`` stands in errors and in the transcript's source.

    Raises one of the `UnreadableCaptions`. Linear in the size of the file; memory beyond the text is 24 bytes a word
    and 24 a cue, and for JSON about five bytes a character.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    decoded = decode_captions(data, name)
    document = Document(decoded.text, name)
    format_ = recognise_format(document)
    report = ReadReport(format=format_.name, encoding=decoded.encoding, notes=list(decoded.notes))
    transcript = assemble_transcript(format_.read(document), document, format_, report)
    return Reading(replace(transcript, source=Source(format_.name, name, sha256)), report)
