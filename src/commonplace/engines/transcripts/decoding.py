"""From bytes to text: byte order marks, UTF-16, other encodings, mojibake, line ends; and what is no text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from .errors import BinaryCaptions, EmptyCaptions, OversizedCaptions

__all__ = ["MOST_BYTES", "DecodedText", "decode_captions"]

MOST_BYTES = 128 * 2**20
"""Ten hours of rolling captions are 10 MiB, ten hours of word-timed JSON 50; beyond 128 it is no caption file."""

_SAMPLE = 262_144
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOJIBAKE_LINE = re.compile(
    r"^.*(?:[ÃÂ][\x80-\xbf\u2018-\u203a]|â€|â\x80|ðŸ|ã[\x80-\xbf\u0192\u201a]).*$", re.MULTILINE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.01
_WESTERN = frozenset("ÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜŒàáâãäåæçèéêëìíîïñòóôõöøùúûüßœ‘’“”„‚–—…«»‹›¿¡€£§©®™°·º\xa0´")
_MOST_OTHERS = 0.03


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text with line feeds for line ends, the encoding it came in, and sentences about what had to be mended."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode_captions(data: bytes, name: str = "captions") -> DecodedText:
    """The text of a caption file.

    Byte order marks are obeyed; UTF-8 is tried first, then UTF-16 without a mark, then what charset-normalizer finds
    likely. Mojibake is mended where ftfy is certain of it. Raises `EmptyCaptions`, `BinaryCaptions` and, above 128 MiB,
    `OversizedCaptions`. Linear time; memory is the bytes and the text.
    """
    if len(data) > MOST_BYTES:
        raise OversizedCaptions(
            f"{len(data):,} bytes are more than the {MOST_BYTES:,} we read",
            file=name,
            line=1,
            column=1,
            excerpt=ascii(bytes(data[:24])),
            expected="captions of one recording; ten hours need about 10 MiB",
            advice="Split the file by recording, or check that it is captions and not the recording itself.",
        )
    if data.startswith(b"PK\x03\x04"):
        from .docx import read_docx_text  # here, because zipfile and the XML parser take 15 ms to import

        return DecodedText(read_docx_text(data, name), "docx")
    text, encoding, notes = _decode(data, name)
    if not text.strip():
        raise EmptyCaptions(
            "the file is empty" if not data else "the file holds nothing but white space",
            file=name,
            line=1,
            column=1,
            expected="captions or a transcript in any of the formats that docs/reference/formats.md lists",
            advice="Export or download the captions once more.",
        )
    _refuse_binary(text, data, name)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, mended = _mend_mojibake(text)
    if mended:
        notes = (*notes, f"Mojibake mended in {mended} lines.")
    return DecodedText(text, encoding, notes)


def _decode(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = str(memoryview(data)[len(bom) :], encoding, "replace")
            return text, encoding, _count_replaced(text, encoding)
    if encoding := _guess_utf16(data):
        text = data.decode(encoding, "replace")
        return text, encoding, _count_replaced(text, encoding)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _decode_legacy(data, name)


def _guess_utf16(data: bytes) -> str:
    """UTF-16 without a mark: in text of Latin letters every other byte is zero."""
    sample = data[:4096]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if odd * 4 > len(sample) and even * 20 < len(sample):
        return "utf-16-le"
    if even * 4 > len(sample) and odd * 20 < len(sample):
        return "utf-16-be"
    return ""


def _count_replaced(text: str, encoding: str) -> tuple[str, ...]:
    replaced = text.count("\ufffd")
    return (f"{replaced} bytes were no valid {encoding} and stand as \ufffd.",) if replaced else ()


def _decode_legacy(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Bytes that are not valid UTF-8: damaged UTF-8, or another encoding."""
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    if replaced * 20 < sum(character > "\x7f" for character in text[:_SAMPLE]):
        return text, "utf-8", _count_replaced(text, "utf-8")
    if _CONTROLS.search(text[:_SAMPLE]) and replaced > len(text) // 10:
        raise _binary(data, name)
    first_high = next(index for index, byte in enumerate(data) if byte > 127)
    sample = data[max(0, first_high - _SAMPLE // 2) : first_high + _SAMPLE // 2]
    encoding = "cp1252"
    if not _is_western(sample):
        from charset_normalizer import from_bytes  # here, because it takes 60 ms to import and few files need it

        best = from_bytes(sample).best()
        encoding = best.encoding if best is not None else encoding
    decoded = data.decode(encoding, "replace")
    note = f"The file is not UTF-8; it was read as {encoding}."
    return decoded, encoding, (note, *_count_replaced(decoded, encoding))


def _is_western(data: bytes) -> bool:
    """Whether these bytes read as cp1252 are a Western language's text: a few accents and typographer's marks.

    Statistics of letters take captions with few accents for Baltic or Polish ones; no other encoding's text keeps to
    the accents that Western languages use.
    """
    text = data.decode("cp1252", "replace")
    high = [character for character in text if character > "\x7f"]
    others = sum(character not in _WESTERN for character in high)
    return len(high) * 3 < sum(map(str.isalpha, text)) and others <= len(high) * _MOST_OTHERS


def _refuse_binary(text: str, data: bytes, name: str) -> None:
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > max(1, len(sample) * _MOST_CONTROLS):
        raise _binary(data, name)


def _binary(data: bytes, name: str) -> BinaryCaptions:
    return BinaryCaptions(
        "these bytes are not text",
        file=name,
        line=1,
        column=1,
        excerpt=ascii(data[:24]),
        expected="a text file of captions, or a .docx transcript",
        advice="If this is the recording itself, download its captions instead.",
    )


def _mend_mojibake(text: str) -> tuple[str, int]:
    """Lines that ftfy is certain are mojibake, mended, and how many they were."""
    if text.isascii() or not _MOJIBAKE_LINE.search(text):
        return text, 0
    from ftfy import fix_encoding  # here, because hardly any file needs it

    mended = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal mended
        line = fix_encoding(match.group())
        mended += line != match.group()
        return line

    return _MOJIBAKE_LINE.sub(mend, text), mended
