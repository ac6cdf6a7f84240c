"""Samples with random damage: what a broken download, a clumsy editor or an enemy makes of a file."""

from __future__ import annotations

from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Format
from tests.engines.transcripts.formats.reading import refusal_of, sample_document, samples_of

_MARKS = ["<", ">", '"', "&", "&#0;", "<!--", "]]>", "-", ":", "\n", "\t", "\x00", "\ud800", "\u3000", "'", "  "]
_VALUES = ["9" * 20, "-1", "nan", "1e999", "*a", "&a ", "{", "[", "(", "**", "- ", "# ", "00:00:05", "Ada: "]
_JUNK = st.text(max_size=6) | st.sampled_from([*_MARKS, *_VALUES])


def check_damaged_sample(format_: Format, data: st.DataObject) -> None:
    """A sample with a few places replaced is read, or refused in our own words with a place."""
    text = sample_document(format_, data.draw(st.sampled_from(samples_of(format_)))).text
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(_JUNK) + text[end:]
    document = Document(text)
    format_.looks_like(document)
    error = refusal_of(format_, document)
    assert error is None or (error.expected and error.line is not None)
