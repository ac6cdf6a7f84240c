"""Every caption format, told apart by content: the first of `FORMATS` whose ``looks_like`` holds reads the file."""

from . import (
    ass,
    changelog_markdown,
    ctm,
    datatalks_yaml,
    faster_whisper_lines,
    heading_markdown,
    hypertranscript,
    json3,
    meet,
    otr,
    otter,
    podcast_html,
    podcast_json,
    prose,
    sbv,
    seglst,
    srt,
    srv1,
    srv3,
    stamped_text,
    stm,
    teams,
    teams_vtt,
    transcript_json,
    ttml,
    webvtt,
    whisper_cpp_json,
    whisper_cpp_text,
    whisper_json,
    whisper_tsv,
    whisperx_json,
    youtube_paste,
    youtube_run_together,
    youtube_vtt,
    zoom_text,
    zoom_vtt,
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
    # XML by its root, HTML by its attributes, YAML by its key.
    srv1.FORMAT,
    srv3.FORMAT,
    ttml.FORMAT,
    hypertranscript.FORMAT,
    podcast_html.FORMAT,
    datatalks_yaml.FORMAT,
    # Text with a signature or a timing line, the special cases of WebVTT before WebVTT.
    youtube_run_together.FORMAT,
    youtube_vtt.FORMAT,
    teams_vtt.FORMAT,
    zoom_vtt.FORMAT,
    webvtt.FORMAT,
    teams.FORMAT,
    ass.FORMAT,
    sbv.FORMAT,
    srt.FORMAT,
    # Text whose lines begin with times.
    whisper_tsv.FORMAT,
    whisper_cpp_text.FORMAT,
    faster_whisper_lines.FORMAT,
    zoom_text.FORMAT,
    meet.FORMAT,
    youtube_paste.FORMAT,
    otter.FORMAT,
    # Markdown and text, from times in headings and in sentences to no times at all.
    heading_markdown.FORMAT,
    changelog_markdown.FORMAT,
    ctm.FORMAT,
    stm.FORMAT,
    stamped_text.FORMAT,
    prose.FORMAT,
)

FORMATS_BY_NAME = {format_.name: format_ for format_ in FORMATS}
