"""A comparison as a page of its own: one HTML file without script that can be read, printed and passed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from .chart import Bar, draw_chart
from .comparing import Comparison, Result, Segment
from .differences import Piece
from .report import describe_difference, list_notes, show_interval, show_rate, state_method
from .terms import TermCounts

__all__ = ["write_page"]

_MOST_FORMS = 12
"""Of what was heard instead of a term, on the page; the JSON has all."""


def write_page(comparison: Comparison) -> str:
    """The HTML of the page; the same comparison always gives the same bytes."""
    css = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    title = f"Recognisers compared with {comparison.name}"
    parts = [
        _write_rates(comparison),
        _write_notes(comparison),
        _write_terms(comparison),
        _write_speakers(comparison),
        _write_differences(comparison),
        _write_definitions(comparison),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n"
        f"<p>{comparison.size:,} words in {len(comparison.segments):,} sentences. "
        f"{escape(state_method(comparison))}</p>\n" + "\n".join(filter(None, parts)) + "\n</main>\n</body>\n</html>\n"
    )


def _write_rates(comparison: Comparison) -> str:
    bars = [
        Bar(result.name, result.words.counts.rate, result.words.interval)
        for result in comparison.results
        if result.words.counts.rate is not None
    ]
    chart = draw_chart(bars, title="Word error rate of each hypothesis, lower is better") if bars else ""
    return (
        f"<h2>Errors on words</h2>\n<figure>{chart}</figure>\n"
        + _write_counts(comparison)
        + f"\n<h2>All rates</h2>\n{_write_all_rates(comparison)}"
    )


def _write_counts(comparison: Comparison) -> str:
    rows = []
    for result in comparison.results:
        counts = result.words.counts
        numbers = (counts.hits, counts.substitutions, counts.deletions, counts.insertions)
        rows.append([escape(result.name), show_rate(counts.rate), *(f"{number:,}" for number in numbers)])
    return _write_table(("hypothesis", "%", "right", "substituted", "deleted", "inserted"), rows)


def _write_all_rates(comparison: Comparison) -> str:
    heads = ["hypothesis", "words", "characters", "as written"]
    heads += ["terms"] * comparison.has_lexicon + ["speakers"] * _has_speakers(comparison)
    rows = []
    for result in comparison.results:
        written = result.written.measured
        row = [
            escape(result.name),
            _show(result.words.counts.rate, show_interval(result.words.interval)),
            show_rate(result.characters),
            _show(written.counts.rate, show_interval(written.interval)),
        ]
        if result.terms:
            row.append(_show(result.terms.by_segment.rate, show_interval(result.terms.interval)))
        if _has_speakers(comparison):
            row.append(show_rate(result.speakers.counts.rate if result.speakers else None))
        rows.append(row)
    return _write_table(heads, rows, caption="Percent, with 95 % intervals; lower is better")


def _show(rate: float | None, interval: str) -> str:
    return f"{show_rate(rate)} <small>{interval}</small>"


def _has_speakers(comparison: Comparison) -> bool:
    return any(result.speakers for result in comparison.results)


def _write_notes(comparison: Comparison) -> str:
    lines = [escape(describe_difference(pair)) for pair in comparison.differences]
    for result in comparison.results:
        lines += [f"{escape(result.name)}: {escape(note)}" for note in list_notes(comparison, result)]
    return "<h2>What to know</h2>\n<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>" if lines else ""


def _write_terms(comparison: Comparison) -> str:
    """A row for each term, those with the most errors first."""
    found = [(result, result.terms.by_term) for result in comparison.results if result.terms]
    terms = {term for _, by_term in found for term in by_term}
    if not terms:
        return ""
    nothing = TermCounts()
    errors = {term: sum(by_term.get(term, nothing).errors for _, by_term in found) for term in terms}
    rows = [
        [escape(term), *(_write_term(by_term.get(term, nothing)) for _, by_term in found)]
        for term in sorted(terms, key=lambda term: (-errors[term], term))
    ]
    heads = ["term", *(escape(result.name) for result, _ in found)]
    return "<h2>Terms of the lexicon</h2>\n" + _write_table(
        heads, rows, caption="Right of said, and what was heard instead", text=True
    )


def _write_term(counts: TermCounts) -> str:
    parts = [f"<strong>{counts.right} of {counts.reference}</strong>"]
    heard = [f"{escape(form)} {times}" for form, times in counts.heard.most_common(_MOST_FORMS)]
    if len(counts.heard) > _MOST_FORMS:
        heard.append("…")
    if heard:
        parts.append("heard: " + ", ".join(heard))
    if counts.missed:
        parts.append(f"missed {counts.missed}")
    if counts.spurious:
        parts.append(f"said by nobody {counts.spurious}")
    return "; ".join(parts)


def _write_speakers(comparison: Comparison) -> str:
    items = []
    for result in comparison.results:
        if result.speakers:
            pairs = (f"{_name(one)} as {_name(other)}" for one, other in result.speakers.pairs)
            items.append(f"<li>{escape(result.name)}: {', '.join(pairs)}</li>")
    return f"<h2>Speakers, and whom they were taken for</h2>\n<ul>{''.join(items)}</ul>" if items else ""


def _name(speaker: str | None) -> str:
    return "nobody" if speaker is None else escape(speaker) or "someone unnamed"


def _write_differences(comparison: Comparison) -> str:
    legend = (
        "<p>Sentence by sentence: the reference, and below it what each hypothesis has where it differs. "
        "<del>Struck through</del> is what stands only in the reference, <ins>underlined</ins> what stands only in the "
        "hypothesis; what counts as no difference is not marked.</p>"
    )
    items = (
        _write_segment(segment, [(result, result.lines[number]) for result in comparison.results])
        for number, segment in enumerate(comparison.segments)
    )
    return f'<h2>Differences</h2>\n{legend}\n<ol class="sentences">\n' + "\n".join(items) + "\n</ol>"


def _write_segment(segment: Segment, lines: Iterable[tuple[Result, tuple[Piece, ...]]]) -> str:
    wrong = [(result, line) for result, line in lines if any(not piece.agrees for piece in line)]
    time = "" if segment.start_ms is None else f"<time>{_show_time(segment.start_ms)}</time> "
    rows = "".join(f"<p><b>{escape(result.name)}</b>{''.join(_write_pieces(line))}</p>" for result, line in wrong)
    kind = "" if wrong else ' class="right"'
    return f"<li{kind}><p>{time}{escape(segment.text)}</p>{rows}</li>"


def _write_pieces(line: Iterable[Piece]) -> Iterator[str]:
    for piece in line:
        space = " " if piece.is_spaced else ""
        if piece.agrees:
            yield space + escape(piece.hypothesis)
        if not piece.agrees and piece.reference:
            yield f"{space}<del>{escape(piece.reference)}</del>"
            space = " "
        if not piece.agrees and piece.hypothesis:
            yield f"{space}<ins>{escape(piece.hypothesis)}</ins>"


def _show_time(time_ms: int) -> str:
    seconds = time_ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def _write_definitions(comparison: Comparison) -> str:
    entries = [
        (
            "words",
            "word error rate: words substituted, deleted and inserted for each word of the reference",
        ),
        ("characters", "the same on characters"),
        ("as written", "the same on words with their casing and marks, whatever the normaliser"),
    ]
    if comparison.has_lexicon:
        entries.append(
            ("terms", "terms wrong, missed or said by nobody, for each term of the lexicon that the reference has")
        )
    if _has_speakers(comparison):
        entries.append(
            (
                "speakers",
                (
                    "cpWER: word error rate speaker by speaker, each taken for the one that gives the fewest errors; "
                    "words given to the wrong speaker are wrong"
                ),
            )
        )
    rows = "".join(f"<dt>{term}</dt><dd>{meaning}</dd>" for term, meaning in entries)
    return f"<h2>How it was counted</h2>\n<dl>{rows}</dl>"


def _write_table(heads: Iterable[str], rows: Iterable[Iterable[str]], *, caption: str = "", text: bool = False) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "\n".join(f"<tr>{''.join(_write_cells(row))}</tr>" for row in rows)
    legend = f"<caption>{caption}</caption>" if caption else ""
    kind = ' class="text"' if text else ""
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{caption or "Counts"}">'
        f"<table{kind}>{legend}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _write_cells(row: Iterable[str]) -> Iterator[str]:
    for number, cell in enumerate(row):
        yield f"<td>{cell}</td>" if number else f'<th scope="row">{cell}</th>'
