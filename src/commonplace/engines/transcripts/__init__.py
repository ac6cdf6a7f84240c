"""Captions in, transcripts out: reading every caption format, splitting, writing, and the talk folder."""

from .bitext import align_paragraphs, split_paragraphs_beside
from .errors import (
    BinaryCaptions,
    EmptyCaptions,
    InconsistentTranscript,
    MalformedCaptions,
    OversizedCaptions,
    TranscriptError,
    UnreadableCaptions,
    UnrecognisedFormat,
)
from .file_names import FileName, read_file_name
from .formats import FORMATS, FORMATS_BY_NAME
from .formats.base import Format
from .formats.transcript_json import write as write_transcript_json
from .model import (
    PRECISIONS,
    Chapter,
    Correction,
    Loop,
    Precision,
    Redaction,
    Source,
    Transcript,
    Turn,
    Word,
    Words,
    is_language_tag,
)
from .paragraphs import split_paragraphs
from .podcast_chapters import write_chapters
from .readable import Paragraph, walk_paragraphs, write_markdown, write_text
from .reading import Reading, read_captions
from .redaction import redact_again
from .report import ReadReport
from .revision import Change, Merge, Placement, Revised, align_words, merge_words, place_words, revise_words
from .talk_folder import (
    OtherTranscript,
    TalkDetails,
    TalkFolder,
    is_part_of_talk,
    read_talk_folder,
    write_talk_folder,
)

__all__ = [
    "FORMATS",
    "FORMATS_BY_NAME",
    "PRECISIONS",
    "BinaryCaptions",
    "Change",
    "Chapter",
    "Correction",
    "EmptyCaptions",
    "FileName",
    "Format",
    "InconsistentTranscript",
    "Loop",
    "MalformedCaptions",
    "Merge",
    "OtherTranscript",
    "OversizedCaptions",
    "Paragraph",
    "Placement",
    "Precision",
    "ReadReport",
    "Reading",
    "Redaction",
    "Revised",
    "Source",
    "TalkDetails",
    "TalkFolder",
    "Transcript",
    "TranscriptError",
    "Turn",
    "UnreadableCaptions",
    "UnrecognisedFormat",
    "Word",
    "Words",
    "align_paragraphs",
    "align_words",
    "is_language_tag",
    "is_part_of_talk",
    "merge_words",
    "place_words",
    "read_captions",
    "read_file_name",
    "read_talk_folder",
    "redact_again",
    "revise_words",
    "split_paragraphs",
    "split_paragraphs_beside",
    "walk_paragraphs",
    "write_chapters",
    "write_markdown",
    "write_talk_folder",
    "write_text",
    "write_transcript_json",
]
