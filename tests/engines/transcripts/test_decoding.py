import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import BinaryCaptions, EmptyCaptions, OversizedCaptions, UnreadableCaptions
from commonplace.engines.transcripts.decoding import MOST_BYTES, decode_captions

TEXT = "Grüße aus dem Hafen: 0:00 “hello” – こんにちは\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_plain_unicode_read_the_same(encoding: str):
    assert decode_captions(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed_from_its_zeros(encoding: str):
    text = "1\n00:00:01,000 --> 00:00:02,000\nhello there\n"
    assert decode_captions(text.encode(encoding)).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_line_feeds(end: str):
    assert decode_captions(f"one{end}two{end}".encode()).text == "one\ntwo\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Die Größe des Modells für die Häfen wäre natürlich schön, sagte Jürgen übermütig. " * 20),
        ("shift_jis", "今日は港の小さなモデルについて話します。よろしくお願いします。" * 20),
        ("cp1251", "Сегодня мы говорим о маленьких моделях и больших портах. " * 20),
    ],
)
def test_older_encodings_are_found_and_named(encoding: str, text: str):
    decoded = decode_captions(text.encode(encoding))
    assert decoded.text == text
    assert "not UTF-8" in decoded.notes[0]


def test_some_broken_bytes_in_utf_8_are_kept_as_marks_and_told():
    decoded = decode_captions("こんにちは".encode() * 30 + b"\xff hello")
    assert decoded.text.endswith("\ufffd hello")
    assert "1 bytes were no valid utf-8" in decoded.notes[0]


def test_certain_mojibake_is_mended_line_by_line():
    broken = "It’s a café".encode().decode("cp1252")
    decoded = decode_captions(f"fine – line\n{broken}\n".encode())
    assert decoded.text == "fine – line\nIt’s a café\n"
    assert "Mojibake mended in 1 lines" in decoded.notes[0]


def test_good_text_with_accents_is_not_touched():
    text = "São Paulo, Âme, façade, ÃO\n"
    assert decode_captions(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_called_empty(data: bytes):
    with pytest.raises(EmptyCaptions):
        decode_captions(data)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"\x00\x00\x00\x18ftypmp42" + bytes(200), b"PK\x03\x04nothing"],
)
def test_what_is_no_text_is_refused_as_such(data: bytes):
    with pytest.raises(BinaryCaptions) as caught:
        decode_captions(data, "talk.mp4")
    assert str(caught.value).startswith("talk.mp4")


def test_a_file_beyond_all_captions_is_refused_before_it_is_decoded():
    with pytest.raises(OversizedCaptions, match="134,217,729 bytes"):
        decode_captions(bytes(MOST_BYTES + 1))


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes):
    try:
        decoded = decode_captions(data)
    except UnreadableCaptions:
        return
    assert "\r" not in decoded.text


@given(st.text(max_size=200))
def test_utf_8_text_is_kept_character_by_character(text: str):
    try:
        decoded = decode_captions(text.encode(errors="surrogatepass"))
    except UnreadableCaptions:
        return
    if decoded.encoding == "utf-8" and not decoded.notes and not text.startswith("\ufeff"):
        assert decoded.text == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", ["C’est déjà la “fête” dans le port", "Señor Weber – ¿qué tal?", "über die Größe"])
def test_a_few_western_accents_are_taken_for_nothing_else(text: str):
    decoded = decode_captions(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "cp1252")
