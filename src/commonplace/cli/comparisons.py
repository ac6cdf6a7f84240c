"""`commonplace compare`: several recognisers beside a transcript that people have corrected. No Django, no database."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .captions import DONE, PARTLY, WRONG

if TYPE_CHECKING:
    from rich.table import Table

    from commonplace.engines.transcripts import Transcript
    from commonplace.engines.transcripts.comparison import Comparison, Ends, Result
    from commonplace.engines.transcripts.lexicon import Lexicon

__all__ = ["compare_command"]

_NORMALISERS = ("none", "basic", "whisper-english")
_ENDS = ("auto", "overlap", "whole")
"""Both are the engine's, written out so that --help answers at once; a test compares them."""

_PIPED_COLUMNS = 240


@click.command("compare")
@click.argument("reference", metavar="REFERENCE", type=click.Path(path_type=Path))
@click.argument("hypotheses", metavar="HYPOTHESIS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lexicon", type=click.Path(path_type=Path), help="A lexicon file: errors on its terms are counted too.")
@click.option(
    "--normaliser",
    type=click.Choice(_NORMALISERS),
    default="basic",
    show_default=True,
    help="What counts as no difference: nothing; casing and punctuation; what Whisper's English rules say.",
)
@click.option(
    "--ends",
    type=click.Choice(_ENDS),
    default="auto",
    show_default=True,
    help="Words of the reference beyond the ends of a hypothesis: left out (overlap), counted as deleted (whole), or "
    "left out only where the hypothesis runs on beyond the reference's other end (auto).",
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Draws the resamples of the intervals."
)
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with all differences and a chart."
)
def compare_command(
    reference: Path,
    hypotheses: tuple[Path, ...],
    lexicon: Path | None,
    normaliser: str,
    ends: Ends,
    seed: int,
    *,
    as_json: bool,
    html: Path | None,
) -> None:
    """Compare recognisers' captions with a transcript that people have corrected.

    REFERENCE is the corrected excerpt or talk, each HYPOTHESIS what a recogniser made of it: captions of any format,
    Transcript JSON, or a talk folder. Printed are the error rates on words, characters, words as written (casing and
    marks included), terms of the lexicon and, where both sides name speakers, words by speaker, with 95 % intervals.
    An excerpt is found in a longer hypothesis first; what was cut off is told.
    """
    from commonplace.engines.transcripts import TranscriptError
    from commonplace.engines.transcripts.comparison import compare_transcripts, describe_comparison, write_page

    try:
        mine = _read_transcript(reference)
        terms = _read_lexicon(lexicon)
        others, broken = _read_hypotheses(hypotheses)
        comparison = compare_transcripts(
            mine,
            others,
            name=_show(Path(reference.name or reference)),
            lexicon=terms,
            normaliser=normaliser,
            ends=ends,
            seed=seed,
        )
        if html:
            _write_file(html, write_page(comparison), keep=[reference, *hypotheses])
    except (TranscriptError, OSError) as error:
        click.echo(_explain(error), err=True)
        raise SystemExit(WRONG) from None
    if as_json:
        click.echo(json.dumps(describe_comparison(comparison), ensure_ascii=False, indent=1))
    else:
        _print_comparison(comparison)
    raise SystemExit(PARTLY if broken else DONE)


def _read_hypotheses(paths: Iterable[Path]) -> tuple[dict[str, Transcript], int]:
    """The transcripts by a name that tells them apart, and how many could not be read; raises if none could."""
    from commonplace.engines.transcripts import TranscriptError

    paths = list(paths)
    stems = [path.stem for path in paths]
    found: dict[str, Transcript] = {}
    last: Exception | None = None
    for path, stem in zip(paths, stems, strict=True):
        name = _show(path) if stems.count(stem) > 1 else _show(Path(stem))
        if name in found:
            raise click.UsageError(f"{name} is given twice")
        try:
            found[name] = _read_transcript(path)
        except (TranscriptError, OSError) as error:
            if last:
                click.echo(_explain(last), err=True)
            last = error
    if last and not found:
        raise last
    if last:
        click.echo(_explain(last), err=True)
    return found, len(paths) - len(found)


def _read_transcript(path: Path) -> Transcript:
    """The transcript in a caption file, or in a talk folder's transcript.json."""
    from commonplace.engines.transcripts import read_captions

    if path.is_dir():
        path /= "transcript.json"
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    return read_captions(data, _show(path)).transcript


def _read_lexicon(path: Path | None) -> Lexicon | None:
    from commonplace.engines.transcripts.lexicon import read_lexicon

    return None if path is None else read_lexicon(path.read_bytes(), _show(path))


def _show(path: Path) -> str:
    """The path with � for bytes that are no characters."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _explain(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{_show(Path(str(error.filename)))[:200]}: {error.strerror}\n  Check this path."
    return str(error)


def _write_file(target: Path, text: str, *, keep: Iterable[Path]) -> None:
    """Write the page so that a crash leaves the old or the new one; never over one of the inputs."""
    if target.exists() and any(path.exists() and target.samefile(path) for path in keep):
        raise FileExistsError(f"{_show(target)}: the page would overwrite what is compared; choose another --html")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(target)


def _print_comparison(comparison: Comparison) -> None:
    from rich.console import Console

    from commonplace.engines.transcripts.comparison import describe_difference, list_notes, state_method

    console = Console(width=None if sys.stdout.isatty() else _PIPED_COLUMNS, soft_wrap=False)

    def tell(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=not console.is_terminal)

    tell(f"Reference {comparison.name}: {comparison.size:,} words.")
    tell(state_method(comparison))
    tell("Error rates in percent; lower is better.\n")
    console.print(_make_table(comparison))
    tell("")
    if comparison.has_lexicon:
        console.print(_make_term_table(comparison))
        tell("")
    for pair in comparison.differences:
        tell(describe_difference(pair))
    for result in comparison.results:
        for note in list_notes(comparison, result):
            tell(f"{result.name}: {note}")


def _make_table(comparison: Comparison) -> Table:
    """The rates in percent, the best hypothesis in bold."""
    from rich.table import Table

    from commonplace.engines.transcripts.comparison import show_rate

    has_speakers = any(result.speakers for result in comparison.results)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("hypothesis", overflow="fold", min_width=12)
    heads = ["words", "95 %", "sub", "del", "ins", "chars", "written"]
    heads += ["terms"] * comparison.has_lexicon + ["speakers"] * has_speakers
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    best = min((result.words.counts.rate or 0 for result in comparison.results), default=0)
    for result in comparison.results:
        row = _make_row(result)
        if comparison.has_lexicon:
            row.append(show_rate(result.terms.by_segment.rate if result.terms else None))
        if has_speakers:
            row.append(show_rate(result.speakers.counts.rate if result.speakers else None))
        is_best = len(comparison.results) > 1 and (result.words.counts.rate or 0) == best
        table.add_row(*row, style="bold" if is_best else None)
    return table


def _make_row(result: Result) -> list[str]:
    from rich.markup import escape

    from commonplace.engines.transcripts.comparison import show_interval, show_rate

    counts = result.words.counts
    numbers = [f"{number:,}" for number in (counts.substitutions, counts.deletions, counts.insertions)]
    return [
        escape(result.name),
        show_rate(counts.rate),
        show_interval(result.words.interval),
        *numbers,
        show_rate(result.characters),
        show_rate(result.written.measured.counts.rate),
    ]


def _make_term_table(comparison: Comparison) -> Table:
    """The terms with the most errors, and what was heard instead."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("term", "hypothesis", "right", "heard instead"):
        table.add_column(head, overflow="fold")
    rows = [
        (counts.errors, term, result.name, counts)
        for result in comparison.results
        if result.terms
        for term, counts in result.terms.by_term.items()
        if counts.errors
    ]
    for _, term, name, counts in sorted(rows, key=lambda row: (-row[0], row[1], row[2]))[:_MOST_TERMS]:
        heard = [f"{form} {times}" for form, times in counts.heard.most_common(_MOST_FORMS)]
        heard += [f"(missed {counts.missed})"] * bool(counts.missed)
        heard += [f"(said by nobody {counts.spurious})"] * bool(counts.spurious)
        table.add_row(*map(escape, (term, name, f"{counts.right} of {counts.reference}", ", ".join(heard))))
    return table


_MOST_TERMS = 20
_MOST_FORMS = 6
"""On the terminal; the JSON has all."""
