"""Commands that work on caption files alone: no Django, no database."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from commonplace.engines.transcripts import ReadReport
    from commonplace.engines.transcripts.restoration import RestorationReport

__all__ = ["publish_command", "read_command", "restore_command"]

DONE, PARTLY, WRONG = 0, 1, 2
"""Exit statuses, the same for every command."""

_ENDINGS = frozenset(
    ".srv1 .srv2 .srv3 .json3 .ttml .vtt .srt .sbv .transcript .captions "
    ".en .en-us .en-gb .en-orig .ja .de .fr .es .pt .it .nl .pl .ru .zh .ko .hi .ar".split()
)

_SEVERAL = 4
"""From so many files on, more processes are worth the 0.2 s that each takes to start."""


@dataclass(frozen=True, slots=True)
class Job:
    """One caption file and where its result goes; plain values, because it travels to another process."""

    source: str
    target: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job: a line for people, or the error."""

    source: str
    summary: str = ""
    error: str = ""


class Text(click.ParamType[str]):
    """Something a person has written: not empty, and whole characters."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text without white space around it."""
        if not value.strip():
            self.fail("nothing stands here; write something, or leave the option out", param, ctx)
        return _mend_bytes(value.strip())


class LanguageTag(Text):
    """A language as pages and captions name it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The tag without white space around it."""
        from commonplace.engines.transcripts import is_language_tag

        tag = super().convert(value, param, ctx)
        if not is_language_tag(tag):
            self.fail(f"{tag[:40]!r} is no language tag; write one such as en, ja or pt-BR", param, ctx)
        return tag


class WebAddress(Text):
    """An address that a page may link to."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address; it begins with https:// or http://."""
        if not value.startswith(("https://", "http://")):
            self.fail(f"{value!r} is no address on the web; expected https://…", param, ctx)
        return super().convert(value, param, ctx)


@click.command("read")
@click.argument("sources", metavar="IN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file to write; for several inputs, a folder."
)
@click.option("--processes", type=click.IntRange(1, 64), help="How many files at a time (default: one a core).")
def read_command(sources: tuple[Path, ...], output: Path | None, processes: int | None) -> None:
    """Read captions of any format into Transcript JSON.

    IN is a caption file, several, or a folder of them; `-` is standard input. The format is told by content, never by
    the file's name. Without -o the JSON of a single file goes to standard output. What was read, collapsed and set
    aside goes to standard error. No input file is ever changed.
    """
    files = _find_files(sources)
    if output is None:
        if len(files) > 1:
            raise click.UsageError(f"{len(files)} files need a folder to go to: add -o FOLDER")
        raise SystemExit(_print_one(files[0]))
    if len(files) == 1 and not any(map(os.path.isdir, (*sources, output))):
        jobs = [Job(str(files[0]), str(output))]
    else:
        names = _name_targets(files, sources)
        jobs = [Job(str(path), str(output / f"{name}.json")) for path, name in zip(files, names, strict=True)]
    raise SystemExit(_run(_read_one, jobs, processes, "Reading"))


@click.command("restore")
@click.argument("sources", metavar="IN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write; for several inputs, a folder.",
)
@click.option("--speaker", "speakers", type=Text(), multiple=True, help="Who speaks; may be given several times.")
@click.option("--host", "hosts", type=Text(), multiple=True, help="Who hosts; may be given several times.")
@click.option("--processes", type=click.IntRange(1, 64), help="How many files at a time (default: one).")
def restore_command(sources: tuple[Path, ...], output: Path, processes: int | None, **people: Any) -> None:
    """Give bare captions punctuation, capitals, paragraphs and turns.

    IN is a caption file of any format, several, or a folder of them. Not one word is added, dropped or respelt. Text
    that is punctuated already is kept, and so are the speakers that the captions name; languages other than English are
    left alone. With --speaker and --host, turns get these names where it can be told who speaks, else no name.
    """
    files = _find_files(sources)
    if len(files) == 1 and not any(map(os.path.isdir, (*sources, output))):
        jobs = [Job(str(files[0]), str(output), people)]
    else:
        names = _name_targets(files, sources)
        jobs = [Job(str(path), str(output / f"{name}.json"), people) for path, name in zip(files, names, strict=True)]
    raise SystemExit(_run(_restore_one, jobs, processes or 1, "Restoring"))


@click.command("publish")
@click.argument("sources", metavar="IN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The talk folder to write.")
@click.option("--title", type=Text(), help="The talk's title (default: the captions' own, or the file's name).")
@click.option("--speaker", "speakers", type=Text(), multiple=True, help="Who speaks; may be given several times.")
@click.option("--host", "hosts", type=Text(), multiple=True, help="Who hosts; may be given several times.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of the talk, as 2026-03-31.")
@click.option("--event", type=Text(), help="The event the talk belongs to.")
@click.option(
    "--topic", "topics", type=Text(), multiple=True, help="What the talk is about; may be given several times."
)
@click.option("--recording", metavar="URL", type=WebAddress(), help="Where the recording is.")
@click.option(
    "--language",
    metavar="TAG",
    type=LanguageTag(),
    help="The language spoken, as en or ja (default: what the captions say).",
)
@click.option("--processes", type=click.IntRange(1, 64), help="How many files at a time (default: one a core).")
def publish_command(sources: tuple[Path, ...], output: Path, processes: int | None, **details: Any) -> None:
    """Turn captions into a talk folder: a page, captions, chapters, a report.

    Captions without punctuation are restored first, as `commonplace restore` does; the report says what was done. IN is
    a caption file, several, or a folder of them. One file is written to FOLDER itself; several are written to a folder
    each inside FOLDER. A talk folder is plain files: talk.md, transcript.json, captions.vtt, captions.srt,
    chapters.json and report.json; `commonplace import` brings it to the site.
    """
    files = _find_files(sources)
    details["date"] = details["date"].date().isoformat() if details["date"] else None
    if len(files) == 1 and not any(source.is_dir() for source in sources):
        jobs = [Job(str(files[0]), str(output), details)]
    else:
        if details["title"]:
            raise click.UsageError(f"--title names one talk, but there are {len(files)} files")
        names = _name_targets(files, sources)
        jobs = [Job(str(path), str(output / name), details) for path, name in zip(files, names, strict=True)]
    raise SystemExit(_run(_publish_one, jobs, processes, "Publishing"))


def _find_files(sources: Iterable[Path]) -> list[Path]:
    """The caption files: each path itself, or every file that is not hidden below a folder, in order."""
    files: list[Path] = []
    for source in sources:
        if str(source) != "-" and not os.path.lexists(source):  # also what is too long to be a name
            raise click.UsageError(f"{str(source)[:200]}: there is no such file or folder")
        if source.is_dir():
            found = sorted(
                path
                for path in source.rglob("*")
                if path.is_file() and not any(part.startswith(".") for part in path.relative_to(source).parts)
            )
            if not found:
                raise click.UsageError(f"{source}: the folder is empty; expected caption files")
            files += found
        else:
            files.append(source)
    return files


def _name_targets(files: list[Path], sources: Iterable[Path]) -> list[str]:
    """A name for each file's result: its own without the last ending, kept apart where two would be the same."""
    folders = [source for source in sources if source.is_dir()]
    names: dict[str, Path] = {}
    for path in files:
        folder = next((folder for folder in folders if folder in path.parents), path.parent)
        relative = path.relative_to(folder) if str(path) != "-" else Path("captions")
        name = "-".join((*relative.parent.parts, _strip_endings(relative.name)))
        name = name if name not in names else "-".join(relative.parts)
        if name in names:
            raise click.UsageError(f"{path}: {names[name]} has the same name; give them in separate runs")
        names[name] = path
    return list(names)


def _read_bytes(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()


def _print_one(path: Path) -> int:
    """Read one file to standard output."""
    from commonplace.engines.transcripts import UnreadableCaptions, read_captions, write_transcript_json

    try:
        reading = read_captions(_read_bytes(str(path)), _mend_bytes(path.name))
    except (UnreadableCaptions, OSError) as error:
        click.echo(_explain(error), err=True)
        return WRONG
    click.echo(write_transcript_json(reading.transcript), nl=False)
    click.echo(_summarise(path.name, reading.report), err=True)
    return DONE


def _read_one(job: Job) -> Outcome:
    """Read one file into a Transcript JSON file."""
    from commonplace.engines.transcripts import UnreadableCaptions, read_captions, write_transcript_json

    target = Path(job.target)
    try:
        reading = read_captions(_read_bytes(job.source), _mend_bytes(Path(job.source).name))
        _write_files(target.parent, {target.name: write_transcript_json(reading.transcript)}, keep=job.source)
    except (UnreadableCaptions, OSError) as error:
        return Outcome(job.source, error=_explain(error))
    return Outcome(job.source, _summarise(Path(job.source).name, reading.report))


def _restore_one(job: Job) -> Outcome:
    """Restore one file into a Transcript JSON file."""
    from commonplace.engines.transcripts import (
        UnreadableCaptions,
        read_captions,
        split_paragraphs,
        write_transcript_json,
    )
    from commonplace.engines.transcripts.restoration import restore_transcript

    target, name = Path(job.target), Path(job.source).name
    try:
        reading = read_captions(_read_bytes(job.source), _mend_bytes(name))
        transcript, report = restore_transcript(reading.transcript, **job.details)
        if not report.words_restored:
            transcript = split_paragraphs(transcript)
        _write_files(target.parent, {target.name: write_transcript_json(transcript)}, keep=job.source)
    except (UnreadableCaptions, OSError) as error:
        return Outcome(job.source, error=_explain(error))
    return Outcome(job.source, _summarise_restoration(name, report))


def _publish_one(job: Job) -> Outcome:
    """Turn one file into a talk folder."""
    from commonplace.engines.transcripts import (
        TalkDetails,
        TalkFolder,
        UnreadableCaptions,
        read_captions,
        split_paragraphs,
        write_talk_folder,
    )
    from commonplace.engines.transcripts.restoration import restore_transcript

    source = Path(job.source)
    try:
        reading = read_captions(_read_bytes(job.source), _mend_bytes(source.name))
        if not reading.transcript.words:
            return Outcome(job.source, error=f"{source.name}: no words were found; expected captions of something said")
        people = {key: job.details.get(key) or () for key in ("speakers", "hosts")}
        transcript, restoration = restore_transcript(reading.transcript, **people)
        if not restoration.words_restored:
            transcript = split_paragraphs(transcript)
        given = {key: value for key, value in job.details.items() if value}
        title = given.pop("title", None) or transcript.title or _make_title(source)
        language = given.pop("language", None) or transcript.language
        transcript = replace(transcript, title=title, language=language)
        details = TalkDetails(title=title, language=language, **given)
        report = reading.report.as_dict() | {"restoration": restoration.as_dict()}
        folder = TalkFolder(details=details, transcript=transcript, report=report)
        _write_files(Path(job.target), write_talk_folder(folder), keep=job.source)
    except (UnreadableCaptions, OSError) as error:
        return Outcome(job.source, error=_explain(error))
    return Outcome(job.source, _summarise(source.name, reading.report))


def _strip_endings(name: str) -> str:
    """A file's name without the endings that downloaders give captions: ``talk.en.srv1.xml`` is ``talk``."""
    stem = Path(name).stem
    while (ending := Path(stem).suffix.lower()) in _ENDINGS:
        stem = stem[: -len(ending)]
    return stem


def _mend_bytes(name: str) -> str:
    """A name whose bytes are no UTF-8, as old archives hold them, with � in their place."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _explain(error: Exception) -> str:
    """What went wrong, and what to do next where only the system knows the file."""
    if isinstance(error, OSError) and error.strerror:
        name = str(error.filename)[:200]
        return _mend_bytes(f"{name}: {error.strerror}\n  Check this path, or choose another -o.")
    return str(error)


def _make_title(path: Path) -> str:
    """A title from a file's name, where nothing else names the talk."""
    words = _strip_endings(_mend_bytes(path.name)).replace("_", " ").replace("-", " ").split()
    return " ".join(words) or "Untitled talk"


def _write_files(folder: Path, files: dict[str, str], *, keep: str) -> None:
    """Write files so that a crash leaves each either old or new; refuses to overwrite the captions themselves."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        target = folder / name
        if keep != "-" and target.exists() and target.samefile(keep):
            raise FileExistsError(f"{keep}: the result would overwrite its own captions; choose another -o")
        partial = folder / f".{name}.{os.getpid()}.part"
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(target)


def _run(work: Callable[[Job], Outcome], jobs: list[Job], processes: int | None, verb: str) -> int:
    """Do the jobs, each outcome told as it comes; the exit status."""
    failed = 0
    with _show_progress(verb, len(jobs)) as advance:
        for outcome in _do_jobs(work, jobs, processes or os.cpu_count() or 1):
            advance(outcome.error or outcome.summary)
            failed += bool(outcome.error)
    if len(jobs) > 1:
        click.echo(f"{len(jobs) - failed} of {len(jobs)} files done.", err=True)
    return DONE if not failed else WRONG if failed == len(jobs) else PARTLY


def _do_jobs(work: Callable[[Job], Outcome], jobs: list[Job], processes: int) -> Iterator[Outcome]:
    """The outcomes in the order of the jobs; several processes where that pays."""
    if processes == 1 or len(jobs) < _SEVERAL:
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(min(processes, len(jobs))) as pool:
        yield from pool.map(work, jobs)


@contextmanager
def _show_progress(verb: str, total: int) -> Iterator[Callable[[str], None]]:
    """A function that tells a line and moves the bar on; the bar is there on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda line: click.echo(line, err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, soft_wrap=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(verb, total=total)

        def advance(line: str) -> None:
            progress.console.print(line, markup=False, highlight=False)
            progress.advance(task)

        yield advance


def _summarise_restoration(name: str, report: RestorationReport) -> str:
    """One line on what was restored, and what was left alone."""
    marks = report.commas + report.full_stops + report.question_marks
    parts = [f"{report.words_restored:,} of {report.words:,} words restored"]
    if report.words_restored:
        parts.append(f"{marks:,} marks and {report.words_recased:,} capitals added")
    if report.turns_found:
        parts.append(f"{report.turns_found + 1:,} turns, {report.turns_named:,} of them named")
    if report.words_left_punctuated:
        parts.append(f"{report.words_left_punctuated:,} were punctuated already")
    return f"{name}: " + "; ".join([*parts, *report.notes])


def _summarise(name: str, report: ReadReport) -> str:
    """One line on what a read found, and where every word went."""
    parts = [f"{report.words_out:,} of {report.words_in:,} words kept"]
    if report.duplicates_collapsed:
        parts.append(f"{report.duplicates_collapsed:,} shown again collapsed")
    parts += [f"{count:,} set aside as {kind}" for kind, count in sorted(report.set_aside.items()) if count]
    times = "no times" if report.precision == "none" else f"times by {report.precision}"
    parts.append(f"{times}, {report.times_interpolated:,} interpolated" if report.times_interpolated else times)
    if report.cues_reordered:
        parts.append(f"{report.cues_reordered:,} cues were out of order")
    if report.times_mended:
        parts.append(f"{report.times_mended:,} times mended")
    if report.loops:
        parts.append(f"{len(report.loops):,} loops marked")
    return f"{name}: {report.format}: " + "; ".join([*parts, *report.notes])
