import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commonplace.engines.transcripts import MalformedCaptions, UnreadableCaptions, UnrecognisedFormat, read_captions

SEEDS = [
    "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n",
    "1\n00:00:01,000 --> 00:00:02,000\nhello\n",
    "0:00 hello\n0:04 world\n",
    "[00:00:00.000 --> 00:00:04.000]   hello\n",
    '{"segments": [{"start": 0.0, "end": 1.0, "text": " hello"}]}',
    '<?xml version="1.0"?><transcript><text start="0" dur="1">hello</text></transcript>',
    "Ada Okafor  0:05\nhello there\n\nMei Tanaka  0:09\nhi\n",
    "**Ada Okafor:** hello \\[00:04\\] there\n",
]


def test_the_source_names_the_bytes_it_was_read_from():
    data = SEEDS[0].encode()
    source = read_captions(data, "talk.vtt").transcript.source
    assert (source.format, source.file, source.sha256) == ("webvtt", "talk.vtt", hashlib.sha256(data).hexdigest())


def test_a_name_says_nothing_about_the_format():
    assert read_captions(SEEDS[1].encode(), "talk.vtt").report.format == "srt"


def test_broken_json_is_refused_where_it_breaks():
    with pytest.raises(MalformedCaptions) as caught:
        read_captions(b'{"segments": [\n  {"start": 0, "text": "a"},\n  {"start": 1 "text": "b"}]}')
    assert (caught.value.line, caught.value.column) == (3, 15)


@pytest.mark.parametrize(
    "text", ["a,b,c\n1,2,3\n4,5,6\n" * 9, "<html><body></body></html>", "body { color: red }\n" * 9, "12345 67890"]
)
def test_what_is_no_caption_is_refused_with_what_was_expected(text: str):
    with pytest.raises(UnrecognisedFormat, match="expected: captions or a transcript"):
        read_captions(text.encode())


def test_an_xml_bomb_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><transcript><text start="0">&b;</text></transcript>'
    with pytest.raises(UnreadableCaptions):
        read_captions(bomb.encode())


@given(st.sampled_from(SEEDS), st.integers(0, 200), st.text(max_size=12), st.integers(0, 8))
@example(SEEDS[4], 15, '{"a":' * 400, 0)
def test_damage_anywhere_is_read_or_refused_and_every_word_counted(seed: str, place: int, junk: str, cut: int):
    check_reading((seed[:place] + junk + seed[place + cut :]).encode(errors="replace"))


def check_reading(data: bytes) -> None:
    """Either every word is accounted for, or the refusal says what was expected."""
    try:
        report = read_captions(data).report
    except UnreadableCaptions as refusal:
        expected = refusal.expected
    else:
        expected = "words"
        assert report.words_in == report.words_out + report.duplicates_collapsed + report.words_set_aside
    assert expected


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str):
    check_reading(text.encode(errors="surrogatepass"))
