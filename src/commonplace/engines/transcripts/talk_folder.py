"""The talk folder: a talk as plain files that git diffs well and that outlive the software.

``talk.md`` (front matter and the readable transcript), ``transcript.json``, ``captions.vtt``, ``captions.srt``,
``chapters.json`` (Podcasting 2.0) and ``report.json`` (what was changed, and why). A transcript in another language has
the same files but ``talk.md``, with the language in their names: ``transcript.ja.json``, ``captions.ja.vtt``.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import yaml

from .document import Document
from .errors import UnreadableCaptions
from .formats import srt, transcript_json, webvtt
from .model import Transcript, is_language_tag
from .podcast_chapters import write_chapters
from .readable import write_markdown
from .syntax.unique_keys import DuplicateKey, load_yaml

__all__ = [
    "OtherTranscript",
    "TalkDetails",
    "TalkFolder",
    "is_part_of_talk",
    "read_talk_folder",
    "write_talk_folder",
]


_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)?---[ \t]*(?:\n|$)", re.DOTALL)
_TEXTS = ("title", "date", "event", "recording", "language", "description")
_LISTS = ("speakers", "hosts", "more_recordings", "topics")
_OTHER = re.compile(r"(?P<kind>transcript|report)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\.json")
"""The names of files in another language that a talk is read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDetails:
    """What is known of a talk besides its words; ``date`` is an ISO 8601 day, recordings are addresses."""

    title: str
    date: str | None = None
    speakers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    event: str | None = None
    recording: str | None = None
    more_recordings: tuple[str, ...] = ()
    language: str | None = None
    topics: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTranscript:
    """A talk's words in another language, which the transcript names; ``report`` is that of reading it."""

    transcript: Transcript
    report: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFolder:
    """A talk as its folder holds it.

    ``report`` is the JSON object of ``report.json``; ``others`` are the transcripts in other languages, by language.
    """

    details: TalkDetails
    transcript: Transcript
    report: dict[str, Any] = field(default_factory=dict)
    others: tuple[OtherTranscript, ...] = ()


def is_part_of_talk(name: str) -> bool:
    """Whether a talk is read from a file of this name; the others of its folder are made of these."""
    return name in {"talk.md", "transcript.json", "report.json"} or _OTHER.fullmatch(name) is not None


def write_talk_folder(folder: TalkFolder) -> dict[str, str]:
    """The files of a talk folder by name; the same value always gives the same bytes.

    Raises `ValueError` for another transcript that names no language.
    """
    files = {"talk.md": _write_front_matter(folder.details) + write_markdown(folder.transcript)}
    files |= _write_transcript(folder.transcript, folder.report, language="")
    for other in folder.others:
        if other.transcript.language is None:
            raise ValueError("a transcript in another language has to name it")
        files |= _write_transcript(other.transcript, other.report, language=f".{other.transcript.language}")
    return files


def _write_transcript(transcript: Transcript, report: Mapping[str, Any], *, language: str) -> dict[str, str]:
    return {
        f"transcript{language}.json": transcript_json.write(transcript),
        f"captions{language}.vtt": webvtt.write(transcript),
        f"captions{language}.srt": srt.write(transcript),
        f"chapters{language}.json": write_chapters(transcript),
        f"report{language}.json": json.dumps(report, ensure_ascii=False, indent=1) + "\n",
    }


def read_talk_folder(files: Mapping[str, str], *, name: str) -> TalkFolder:
    """The talk in these files, by name; only ``transcript.json`` must be there.

    `is_part_of_talk` says which of them are read. ``name`` is the folder's, used in errors and, where nothing else says
    it, as the title. The readable text of ``talk.md`` is for people: the words come from ``transcript.json``. Raises
    `UnreadableCaptions` with the file and place that is wrong.
    """
    if "transcript.json" not in files:
        raise UnreadableCaptions(
            "there is no transcript.json",
            file=name,
            expected="a talk folder as `commonplace publish` and `commonplace export` write it",
            advice="Make one with `commonplace publish CAPTIONS -o FOLDER`.",
        )
    transcript = _read_transcript(Document(files["transcript.json"], f"{name}/transcript.json"))
    details = TalkDetails(title=transcript.title or name, language=transcript.language)
    if "talk.md" in files:
        details = _read_front_matter(Document(files["talk.md"], f"{name}/talk.md"), details)
    return TalkFolder(
        details=details,
        transcript=transcript,
        report=_read_report(Document(files["report.json"], f"{name}/report.json")) if "report.json" in files else {},
        others=tuple(_read_others(files, name=name, spoken=(details.language, transcript.language))),
    )


def _read_others(
    files: Mapping[str, str], *, name: str, spoken: tuple[str | None, str | None]
) -> Iterator[OtherTranscript]:
    """The transcripts in other languages than those ``spoken``, by language."""
    seen = {(language or "").lower() for language in spoken}
    for file in sorted(files):
        match = _OTHER.fullmatch(file)
        if match is None or match["kind"] != "transcript":
            continue
        document, language = Document(files[file], f"{name}/{file}"), match["language"]
        transcript = _read_transcript(document)
        if (transcript.language or language) != language:
            expected = f"a file named transcript.{transcript.language}.json"
            raise document.malformed(f"the transcript is in {transcript.language}", 0, expected)
        if language.lower() in seen:
            raise document.malformed(f"there is a transcript in {language} besides", 0, "one transcript a language")
        seen.add(language.lower())
        report = f"report.{language}.json"
        yield OtherTranscript(
            transcript=replace(transcript, language=language),
            report=_read_report(Document(files[report], f"{name}/{report}")) if report in files else {},
        )


def _write_front_matter(details: TalkDetails) -> str:
    """What is known of the talk as YAML between lines of dashes; what is not known is left out."""
    known = {key: value for key, value in asdict(details).items() if value}
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in known.items()}
    return f"---\n{yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)}---\n\n"


def _read_transcript(document: Document) -> Transcript:
    return next(item for item in transcript_json.read(document) if isinstance(item, Transcript))


def _read_report(document: Document) -> dict[str, Any]:
    report = document.json
    if not isinstance(report, dict):
        raise document.json_error or document.malformed("the report is no JSON object", 0, "a JSON object")
    return report


def _read_front_matter(document: Document, known: TalkDetails) -> TalkDetails:
    """The details with what the front matter says in their place; it rules over ``transcript.json``."""
    match = _FRONT_MATTER.match(document.text)
    if match is None:
        raise document.malformed("talk.md has no front matter", 0, "YAML between two lines of three dashes")
    try:
        values = load_yaml(match["yaml"] or "") or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        offset = match.start("yaml") + (mark.index if mark else 0)
        if isinstance(error, DuplicateKey):
            raise document.malformed(str(error.problem), offset, "each key once: keep one of the two lines") from error
        problem = f"the front matter is no YAML: {error}"
        raise document.malformed(problem, offset, "YAML, a key and its value a line") from error
    except (ValueError, RecursionError) as error:  # PyYAML lets them through: 2026-02-30, or brackets 1,000 deep
        problem = f"a value in the front matter cannot be read: {error}"
        raise document.malformed(problem, match.start("yaml"), "texts, and a day as 2026-03-31") from error
    if not isinstance(values, dict):
        raise document.malformed("the front matter is no mapping", match.start("yaml"), "a key and its value a line")
    return replace(known, **{key: _read_value(document, match, key, value) for key, value in values.items()})


def _read_value(document: Document, match: re.Match[str], key: object, value: object) -> Any:
    """The value of one key of the front matter; raises `MalformedCaptions` for a key or value that cannot be."""
    place = re.compile(rf"^{re.escape(str(key))}\s*:", re.MULTILINE).search(document.text, match.start("yaml"))
    offset = place.start() if place else match.start("yaml")
    if key in _LISTS:
        if isinstance(value, list) and all(isinstance(entry, str) and entry.strip() for entry in value):
            return tuple(value)
        raise document.malformed(f"{key} is no list of texts", offset, f"{key}: [first, second]")
    if key not in _TEXTS:
        raise document.malformed(f"unknown key {str(key)[:40]!r}", offset, "one of: " + ", ".join((*_TEXTS, *_LISTS)))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = value.isoformat()
    if not isinstance(value, str):
        raise document.malformed(f"{key} is no text", offset, f'{key}: "a text in quotation marks"')
    if key == "language" and not is_language_tag(value):
        raise document.malformed(f"{value[:40]!r} is no language tag", offset, "a tag such as en, ja or pt-BR")
    if key == "date":
        try:
            datetime.date.fromisoformat(value)
        except ValueError as error:
            raise document.malformed(f"{value[:40]!r} is no date", offset, "a day as 2026-03-31") from error
    return value
