"""The lexicon file: CSV with a line an entry, in the order of the alphabet, so that git shows what was changed.

``canonical,kind,aliases,source``; only the first column must be there. Aliases stand in one cell, ``task:3;dusk``: a
form, a colon and how often it was heard (once where nothing is said), the next after a semicolon.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..decoding import decode_captions
from ..document import Document
from ..errors import OversizedCaptions
from ..syntax.lines import Line, walk_lines
from .model import Alias, Entry, InconsistentLexicon, Lexicon

__all__ = ["COLUMNS", "MOST_BYTES", "MOST_ENTRIES", "read_lexicon", "write_lexicon"]

COLUMNS = ("canonical", "kind", "aliases", "source")

MOST_BYTES = 8 * 2**20
MOST_ENTRIES = 50_000
"""A large community has some thousand names and terms."""

_EXPECTED = "canonical,kind,aliases,source, as in: Dask,tool,task:3;dusk,the talk of 31 March"
_COUNTED = re.compile(r"(?P<form>.*):\s*(?P<times>[0-9]{1,10})\s*", re.DOTALL)


class _Row(NamedTuple):
    line: Line
    cells: list[str]
    delimiter: str

    def find(self, index: int) -> int:
        """The offset in the text of the cell with this number; only errors pay for it."""
        quoted, starts = False, [0]
        for place, character in enumerate(self.line.text):
            quoted ^= character == '"'
            if character == self.delimiter and not quoted:
                starts.append(place + 1)
        return self.line.offset + starts[index]


def read_lexicon(data: bytes, name: str = "lexicon.csv") -> Lexicon:
    """Read the bytes of a lexicon file; ``name`` stands in errors.

    Commas part the cells, or the semicolons or tabs that spreadsheets write in some countries; columns may stand in any
    order, and what stands in a cell loses white space around it. Raises one of the `UnreadableCaptions`: above 8 MiB or
    50,000 entries, for an unknown column, for a cell that cannot be. Linear time.
    """
    if len(data) > MOST_BYTES:
        raise OversizedCaptions(
            f"{len(data):,} bytes are more than the {MOST_BYTES:,} we read",
            file=name,
            expected="a lexicon of at most 50,000 entries",
            advice="Check that it is the lexicon, and not captions.",
        )
    document = Document(_decode(data, name), name)
    rows = _walk_rows(document)
    columns = _read_columns(document, next(rows, None))
    entries: dict[str, Entry] = {}
    offsets: dict[str, int] = {}
    for row in rows:
        entry = _read_entry(document, row, columns)
        if entry.canonical in entries:
            raise document.malformed(
                f"{entry.canonical!r} has an entry already, in line {document.place(offsets[entry.canonical])[0]}",
                row.find(columns.index("canonical")),
                "one entry for each canonical form",
                "Bring the two lines together.",
            )
        if len(entries) == MOST_ENTRIES:
            raise document.malformed("this entry is one too many", row.line.offset, f"at most {MOST_ENTRIES:,} entries")
        entries[entry.canonical] = entry
        offsets[entry.canonical] = row.line.offset
    return Lexicon(entries.values())


def write_lexicon(lexicon: Lexicon) -> str:
    """The text of the lexicon file; the same lexicon always gives the same text, and reading it gives the lexicon."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in lexicon.entries:
        aliases = ";".join(f"{form}:{times}" for form, times in entry.aliases)
        writer.writerow((entry.canonical, entry.kind, aliases, entry.source))
    return target.getvalue()


def _decode(data: bytes, name: str) -> str:
    """UTF-8 as it stands, nothing mended; other encodings as captions are decoded."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return decode_captions(data, name).text


def _walk_rows(document: Document) -> Iterator[_Row]:
    """The lines that hold anything, the header first; it says what parts the cells."""
    delimiter = ""
    for line in walk_lines(document.text):
        if not line.text.strip():
            continue
        delimiter = delimiter or next((sign for sign in ",;\t" if sign in line.text), ",")
        try:
            cells = next(csv.reader([line.text], delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise document.malformed(
                f"this is no line of CSV: {error}",
                line.offset,
                "an entry a line; a cell with a comma or a quotation mark in it stands in quotation marks",
            ) from None
        cells = [" ".join(cell.split()) for cell in cells]
        if any(cells):  # a spreadsheet ends a file with lines of commas
            yield _Row(line, cells, delimiter)


def _read_columns(document: Document, header: _Row | None) -> list[str]:
    if header is None:
        raise document.malformed("the lexicon has no header", 0, _EXPECTED)
    columns = [cell.casefold() for cell in header.cells]
    while columns and not columns[-1]:
        columns.pop()
    for index, column in enumerate(columns):
        if column not in COLUMNS or column in columns[:index]:
            problem = f"{column!r} stands there twice" if column in COLUMNS else f"{column[:40]!r} is no column"
            raise document.malformed(problem, header.find(index), _EXPECTED, "The first line names the columns.")
    if "canonical" not in columns:
        raise document.malformed("there is no column canonical", header.line.offset, _EXPECTED)
    return columns


def _read_entry(document: Document, row: _Row, columns: list[str]) -> Entry:
    if any(row.cells[len(columns) :]):
        raise document.malformed(
            f"this line has {len(row.cells)} cells, the header {len(columns)}",
            row.find(len(columns)),
            ", ".join(columns),
            "Put a cell with a comma in it in quotation marks.",
        )
    values = dict.fromkeys(COLUMNS, "") | dict(zip(columns, row.cells, strict=False))
    aliases = values.pop("aliases")
    try:
        return Entry(**values, aliases=tuple(_read_aliases(aliases)))
    except InconsistentLexicon as error:
        raise document.malformed(str(error), row.line.offset, _EXPECTED) from error


def _read_aliases(cell: str) -> Iterator[Alias]:
    for part in cell.split(";"):
        if part.strip():
            match = _COUNTED.fullmatch(part)
            yield Alias(match["form"].strip(), int(match["times"])) if match else Alias(part.strip())
