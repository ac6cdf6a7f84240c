"""The text of a Word document, which is how Teams, Meet and people hand over transcripts.

Source: ECMA-376 part 1, 17.3 (paragraphs and runs) and part 2 (the package is a ZIP archive).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from .document import Document
from .errors import BinaryCaptions, OversizedCaptions
from .syntax.markup_events import stream_xml

__all__ = ["DOCUMENT_BYTES", "looks_like_docx", "read_docx_text"]

DOCUMENT_BYTES = 32 * 2**20
"""The most that ``word/document.xml`` may unpack to; a ten-hour talk takes about 8 MiB."""

_PART = "word/document.xml"
# What zipfile raises on damaged archives; NotImplementedError and RuntimeError are for odd packing and passwords.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def looks_like_docx(data: bytes) -> bool:
    """Whether the bytes begin as a ZIP archive and name a Word document's main part."""
    return data.startswith(b"PK") and _PART.encode() in data


def read_docx_text(data: bytes, file: str = "captions.docx") -> str:
    """The paragraphs of a Word document as lines; deleted text and field codes are left out.

    Raises `BinaryCaptions` where the bytes are no Word document, `OversizedCaptions` where it unpacks to more than
    32 MiB, `MalformedCaptions` where its XML is broken.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_PART) as part:
            # The size in the archive's directory can lie, so one byte more than allowed is asked for.
            xml = part.read(DOCUMENT_BYTES + 1)
    except _DAMAGE as error:
        raise BinaryCaptions(
            f"this is no readable Word document: {error}",
            file=file,
            expected=f"a .docx file, which holds {_PART}",
            advice="Save it again as .docx, or as plain text.",
        ) from error
    if len(xml) > DOCUMENT_BYTES:
        raise OversizedCaptions(
            f"{_PART} unpacks to more than {DOCUMENT_BYTES:,} bytes",
            file=file,
            expected="one transcript a document",
            advice="Save it as plain text, one recording a file.",
        )
    return _read_paragraphs(Document(xml.decode("utf-8-sig", errors="replace"), file))


def _read_paragraphs(document: Document) -> str:
    parts: list[str] = []
    in_text = False
    for event in stream_xml(document, "the XML of a Word document"):
        if event.kind == "text" and in_text:
            parts.append(event.text)
        elif event.name == "t":
            in_text = event.kind == "start"
        elif event.name in _BREAKS and event.kind == ("end" if event.name == "p" else "start"):
            parts.append(_BREAKS[event.name])
    return "".join(parts)
