"""Text of Word documents."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.docx import DOCUMENT_BYTES, looks_like_docx, read_docx_text
from commonplace.engines.transcripts.errors import (
    BinaryCaptions,
    MalformedCaptions,
    OversizedCaptions,
    UnreadableCaptions,
)

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive_of(xml: str, name: str = "word/document.xml") -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return data.getvalue()


def document_of(body: str) -> bytes:
    return archive_of(f'<?xml version="1.0"?><w:document {NAMESPACE}><w:body>{body}</w:body></w:document>')


def test_paragraphs_breaks_and_tabs_become_lines_and_tabs():
    body = "<w:p><w:r><w:t>Ada</w:t><w:tab/><w:t>0:05</w:t><w:br/><w:t>Hi &amp; hello</w:t></w:r></w:p><w:p/>"
    assert read_docx_text(document_of(body)) == "Ada\t0:05\nHi & hello\n\n"
    assert looks_like_docx(document_of(body))


def test_deleted_text_and_field_codes_are_left_out():
    body = "<w:p><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:instrText>PAGE</w:instrText><w:t>yes</w:t></w:p>"
    assert read_docx_text(document_of(body)) == "yes\n"


@pytest.mark.parametrize("data", [b"PK", b"not a zip", archive_of("<a/>", "other.xml")])
def test_what_is_no_word_document_is_refused(data: bytes):
    with pytest.raises(BinaryCaptions) as caught:
        read_docx_text(data, "evening.docx")
    assert caught.value.file == "evening.docx"


def test_a_bomb_is_refused_before_it_unpacks():
    with pytest.raises(OversizedCaptions):
        read_docx_text(archive_of(" " * (DOCUMENT_BYTES + 1)))


def test_broken_or_dangerous_xml_is_refused():
    with pytest.raises(MalformedCaptions):
        read_docx_text(archive_of("<w:document>"))
    with pytest.raises(MalformedCaptions, match="refused"):
        read_docx_text(archive_of('<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'))


@given(st.integers(0, 400), st.binary(max_size=8))
def test_damaged_archives_are_read_or_refused(place: int, junk: bytes):
    data = document_of("<w:p><w:r><w:t>hello</w:t></w:r></w:p>")
    with suppress(UnreadableCaptions):
        read_docx_text(data[:place] + junk + data[place + len(junk) :])
