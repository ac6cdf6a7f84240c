"""What a file is that somebody attaches to a talk, by what it holds: its name is only what somebody called it.

Sources: ISO 32000-2, 7.5.2 (PDF); PNG specification, 5.2; ISO 10918-1, B.1.1.3 (JPEG); ECMA-376-2, 9 (PPTX);
OpenDocument 1.3, part 2, 3.3 (ODP); nbformat 4 (notebooks).
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.text import slugify

LARGEST_FILE = 50 * 2**20
"""Bytes; slides with many photographs have 30 million."""

_LARGEST_TEXT = 5 * 2**20
_HEAD, _TAIL = 4096, 2**20
_LONGEST_NAME = 80
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed|meta|link|style)\b", re.I)


@dataclass(frozen=True, slots=True)
class AttachmentType:
    """A kind of file that may be attached; ``title`` is what people call it, ``suffix`` what its name ends in."""

    title: str
    suffix: str
    content_type: str


PDF = AttachmentType("PDF", ".pdf", "application/pdf")
PNG = AttachmentType("PNG", ".png", "image/png")
JPEG = AttachmentType("JPEG", ".jpg", "image/jpeg")
PPTX = AttachmentType(
    "PowerPoint", ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"
)
ODP = AttachmentType("OpenDocument", ".odp", "application/vnd.oasis.opendocument.presentation")
NOTEBOOK = AttachmentType("Jupyter", ".ipynb", "application/x-ipynb+json")
MARKDOWN = AttachmentType("Markdown", ".md", "text/markdown; charset=utf-8")
TEXT = AttachmentType("Text", ".txt", "text/plain; charset=utf-8")

ATTACHMENT_TYPES = {kind.content_type: kind for kind in (PDF, PPTX, ODP, PNG, JPEG, NOTEBOOK, MARKDOWN, TEXT)}


def recognise_type(file: BinaryIO, *, name: str) -> AttachmentType | None:
    """What this file is, or None where it is nothing that may be attached; the file is left at its beginning.

    ``name`` decides between Markdown and plain text only, which hold the same. Reads at most 5 MiB.
    """
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(_HEAD)
    found = _recognise_binary(head) or _recognise_archive(file, head, size)
    if found is None and 0 < size <= _LARGEST_TEXT:
        file.seek(0)
        found = _recognise_text(file.read(), name)
    file.seek(0)
    return found


def make_file_name(name: str, kind: AttachmentType) -> str:
    """A harmless file name of at most 80 characters: letters and digits of any script, and the kind's ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = slugify(last.rpartition(".")[0] or last, allow_unicode=True).strip("-_")
    return (stem[: _LONGEST_NAME - len(kind.suffix)].strip("-_") or "attachment") + kind.suffix


def _recognise_binary(head: bytes) -> AttachmentType | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return PNG
    return JPEG if head.startswith(b"\xff\xd8\xff") else None


def _recognise_archive(file: BinaryIO, head: bytes, size: int) -> AttachmentType | None:
    """A presentation in a ZIP archive, by the names in it, which are never compressed; the archive is not opened."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    if head[30:].startswith(b"mimetype" + ODP.content_type.encode()):
        return ODP
    file.seek(max(0, size - _TAIL))
    listing = file.read(_TAIL)
    # vbaProject.bin is what turns a presentation into one that runs programs.
    is_presentation = b"[Content_Types].xml" in listing and b"ppt/presentation.xml" in listing
    return PPTX if is_presentation and b"vbaProject" not in listing else None


def _recognise_text(data: bytes, name: str) -> AttachmentType | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text) or _MARKUP.match(text):
        return None
    if text.lstrip().startswith("{"):
        return NOTEBOOK if _is_notebook(text) else TEXT
    return MARKDOWN if name.lower().endswith((".md", ".markdown")) else TEXT


def _is_notebook(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get("cells"), list) and isinstance(value.get("nbformat"), int)
