"""Reading samples with one format alone, before anything that formats share has happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import UnreadableCaptions
from commonplace.engines.transcripts.formats import FORMATS
from commonplace.engines.transcripts.formats.base import Cue, Format, Item, SetAside

SAMPLES = Path(__file__).parents[3] / "data" / "captions"

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([1e999, -1, "abc", "1e99", 10**400, "1:2:3", " a b", "\ud800", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def sample_document(format_: Format, name: str) -> Document:
    return Document((SAMPLES / format_.name / name).read_text(encoding="utf-8"), name)


def samples_of(format_: Format) -> list[str]:
    return sorted(path.name for path in (SAMPLES / format_.name).iterdir())


def read_sample(format_: Format, name: str) -> list[Item]:
    return list(format_.read(sample_document(format_, name)))


def read_text(format_: Format, text: str) -> list[Item]:
    return list(format_.read(Document(text)))


def read_value(format_: Format, value: Any) -> list[Item]:
    return read_text(format_, json.dumps(value))


def refusal_of(format_: Format, document: Document) -> UnreadableCaptions | None:
    """Why the document cannot be read, or None where it can."""
    try:
        list(format_.read(document))
    except UnreadableCaptions as error:
        return error
    return None


def cues_of(items: Iterable[Item]) -> list[Cue]:
    return [item for item in items if isinstance(item, Cue)]


def set_aside_of(items: Iterable[Item]) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in items if isinstance(item, SetAside)]


def times_and_texts(items: Iterable[Item]) -> list[tuple[int | None, int | None, str]]:
    return [(cue.start_ms, cue.end_ms, " ".join(cue.text.split())) for cue in cues_of(items)]


def words_of(items: Iterable[Item]) -> list[str]:
    """What the cues say, word by word: their timed words, or else their text."""
    words: list[str] = []
    for cue in cues_of(items):
        words += cue.text.split() if cue.words is None else [word.text for word in cue.words]
    return words


def first_claim(document: Document) -> str | None:
    """The name of the format that recognises this document."""
    return next((format_.name for format_ in FORMATS if format_.looks_like(document)), None)


def spoil(value: Any, path: tuple[str | int, ...], replacement: Any) -> Any:
    """A copy of a JSON value with what stands at the path replaced."""
    if not path:
        return replacement
    copy = value.copy()
    copy[path[0]] = spoil(value[path[0]], path[1:], replacement)
    return copy


def paths_in(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all values inside a JSON value, its own first."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, entry in entries for inner in paths_in(entry, (*path, key)))]


def check_spoilt_sample(format_: Format, name: str, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
    """Whatever stands in place of one of the sample's values, it is read or refused in our own words."""
    value = json.loads((SAMPLES / format_.name / name).read_text(encoding="utf-8"))
    path = draw(st.sampled_from(paths_in(value)))
    document = Document(json.dumps(spoil(value, path, draw(JSON_VALUES))))
    if not format_.looks_like(document):
        return
    error = refusal_of(format_, document)
    assert error is None or (error.expected and error.line is not None)
