"""Every caption format, told apart by content: the first of `FORMATS` whose ``looks_like`` holds reads the file."""

from . import (
    ctm,
    faster_whisper_lines,
    json3,
    otr,
    podcast_json,
    sbv,
    seglst,
    srt,
    stm,
    transcript_json,
    webvtt,
    whisper_cpp_json,
    whisper_cpp_text,
    whisper_json,
    whisper_tsv,
    whisperx_json,
    youtube_paste,
    youtube_run_together,
    youtube_vtt,
)
from .base import Format

__all__ = ["FORMATS", "FORMATS_BY_NAME"]

FORMATS: tuple[Format, ...] = (
    # JSON, by the keys of its first records; Whisper's family last because it asks for the least.
    transcript_json.FORMAT,
    json3.FORMAT,
    whisper_cpp_json.FORMAT,
    podcast_json.FORMAT,
    seglst.FORMAT,
    otr.FORMAT,
    whisperx_json.FORMAT,
    whisper_json.FORMAT,
    # Text with a signature or a timing line, the special cases of WebVTT before WebVTT.
    youtube_run_together.FORMAT,
    youtube_vtt.FORMAT,
    webvtt.FORMAT,
    sbv.FORMAT,
    srt.FORMAT,
    # Text whose lines begin with times.
    whisper_tsv.FORMAT,
    whisper_cpp_text.FORMAT,
    faster_whisper_lines.FORMAT,
    youtube_paste.FORMAT,
    # Text whose lines have fields.
    ctm.FORMAT,
    stm.FORMAT,
)

FORMATS_BY_NAME = {format_.name: format_ for format_ in FORMATS}
