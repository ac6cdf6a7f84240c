"""Advanced SubStation Alpha (ASS, SSA), the format of styled subtitles.

Source: the SubStation Alpha v4.00 specification, section "The Events section"; times are ``H:MM:SS.cc``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document
from ..syntax.cue_tags import strip_tags
from ..syntax.lines import walk_lines
from ..syntax.times import read_clock
from .base import Cue, Details, Format, Item, SetAside

__all__ = ["FORMAT", "read"]

_FIELDS = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
"""The order of fields where no ``Format:`` line of the events says another."""


def looks_like(document: Document) -> bool:
    """The section that every such file begins with, or a line of dialogue with its nine commas."""
    first = next((line.strip() for line in document.lines if line.strip()), "")
    return first.lower() == "[script info]" or (first.startswith("Dialogue:") and first.count(",") >= len(_FIELDS) - 1)


def read(document: Document) -> Iterator[Item]:
    """A cue for each line of dialogue; comments are notes, styles and settings are markup."""
    fields, in_events = _FIELDS, False
    for line, offset in walk_lines(document.text):
        key, _, value = line.partition(":")
        if line.startswith("["):
            in_events = line.strip().lower() == "[events]"
        elif key == "Format" and in_events:
            fields = [field.strip().lower() for field in value.split(",")]
        elif key == "Dialogue":
            yield _read_dialogue(document, dict(zip(fields, value.split(",", len(fields) - 1), strict=False)), offset)
        elif key == "Comment" and in_events:
            yield SetAside("note", value.split(",", len(fields) - 1)[-1], offset=offset)
        elif key == "Title":
            yield Details(title=value.strip() or None)
        elif line.strip():
            yield SetAside("markup", line, offset=offset)


def _read_dialogue(document: Document, values: dict[str, str], offset: int) -> Cue:
    if "text" not in values:
        raise document.malformed("this line of dialogue lacks fields", offset, "the fields that the Format line names")
    text = strip_tags(values["text"]).replace("\\n", "\n").replace("\\h", " ")
    speaker = " ".join(values.get("name", values.get("actor", "")).split()) or None
    start, end = read_clock(values.get("start", "")), read_clock(values.get("end", ""))
    return Cue(start, end, text, speaker, offset=offset)


FORMAT = Format(name="ass", title="SubStation Alpha (ASS, SSA)", precision="cue", looks_like=looks_like, read=read)
