"""Files that people attach to talks, and files that somebody would like them to open."""

from __future__ import annotations

import io
import json
import zipfile

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXECUTABLE = b"\x7fELF\x02\x01\x01" + bytes(64)


def make_archive(*names: str, mimetype: str = "") -> bytes:
    """A ZIP archive with files of these names; with ``mimetype``, begun as OpenDocument asks."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "<x/>" * 100)  # without the time, which would name tests by it
    return data.getvalue()


PPTX = make_archive("[Content_Types].xml", "ppt/presentation.xml")
ODP = make_archive("content.xml", mimetype="application/vnd.oasis.opendocument.presentation")
PPTM = make_archive("[Content_Types].xml", "ppt/presentation.xml", "ppt/vbaProject.bin")
