import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings

from commonplace.apps.library import adapters
from commonplace.apps.library.adapters import rows_of, transcript_of
from commonplace.engines.transcripts import InconsistentTranscript, Transcript, UnreadableCaptions, Words
from tests.apps.library.transcripts import transcripts
from tests.factories import make_captions, make_details


@given(transcripts())
@settings(max_examples=60)
def test_a_transcript_comes_back_from_its_rows_as_it_went_in(transcript):
    rows = rows_of(transcript, report={}, people={})
    for key, turn in enumerate(rows.turns, start=1):
        turn.pk = key
    for paragraph in rows.paragraphs:
        paragraph.turn_id = paragraph.turn.pk if paragraph.turn else None
    parts = {name: getattr(rows, name) for name in ("turns", "paragraphs", "chapters", "corrections")}
    assert transcript_of(rows.transcript, **parts) == transcript


@given(transcripts())
def test_every_word_stands_in_one_paragraph_of_one_turn(transcript):
    rows = rows_of(transcript, report={}, people={})
    assert " ".join(row.text for row in rows.paragraphs).split() == transcript.words.texts
    for row in rows.paragraphs:
        if row.turn:
            turn = transcript.turns[row.turn.position]
            assert turn.first_word <= row.first_word <= row.first_word + row.text.count(" ") <= turn.last_word


def test_captions_are_read_into_paragraphs_with_a_report():
    transcript, report = adapters.read_transcript(make_captions(), "talk.vtt")
    assert transcript.paragraphs
    assert report["words_out"] == len(transcript.words) == 24


BARE = (
    "we talked about the harbour and the boats",
    "that lie in it when the tide is low",
    "and then somebody asked what it costs to keep one",
)


def test_bare_captions_are_restored_and_the_report_says_so():
    cues = "\n".join(f"00:0{n}.000 --> 00:0{n}.900\n{said}\n" for n, said in enumerate(BARE))
    transcript, report = adapters.read_transcript(f"WEBVTT\n\n{cues}".encode(), "talk.vtt")
    assert report["restoration"]["words_restored"] == len(transcript.words) == 27
    assert transcript.words.texts[0] == "We"
    assert transcript.paragraphs


@pytest.mark.parametrize("words", [["two words"], [""], ["nothing", "a\x00b"]])
def test_a_word_that_would_not_come_back_as_it_was_is_refused(words):
    transcript = Transcript(words=Words.of((word, None, None) for word in words))
    with pytest.raises(InconsistentTranscript):
        rows_of(transcript, report={}, people={})


@pytest.mark.parametrize("date", ["2026-02-30", "yesterday", "2026"])
def test_a_date_that_is_no_day_is_refused(date):
    with pytest.raises(UnreadableCaptions, match="the date is no day"):
        adapters.read_date(make_details(date=date), file="talk.md")


def read_files(front="title: Boats", report="{}"):
    files = {"transcript.json": '{"version": 1, "words": []}', "talk.md": f"---\n{front}\n---\n", "report.json": report}
    return adapters.read_folder(files, slug="boats")


@pytest.mark.parametrize(
    "recording", ["javascript:alert(1)", "https://", "https://[::1", f"https://example.org/{'a' * 2000}"]
)
def test_a_recording_that_is_not_on_the_web_is_refused(recording):
    with pytest.raises(UnreadableCaptions, match="no address on the web"):
        read_files(f"title: Boats\nrecording: '{recording}'")


@pytest.mark.parametrize(
    "report", ['{"words_in": "many"}', '{"cues_reordered": -1}', '{"loops": 5}', '{"notes": "one"}', '{"x": 1e999}']
)
def test_a_report_that_a_page_cannot_tell_is_refused(report):
    with pytest.raises(UnreadableCaptions) as refused:
        read_files(report=report)
    assert refused.value.file == "boats/report.json"


@pytest.mark.parametrize("files", [{"front": 'title: "a\\ud800b"'}, {"report": '{"notes": ["\\ud800"]}'}])
def test_half_a_surrogate_pair_is_refused(files):
    with pytest.raises(InconsistentTranscript, match=r"U\+D800"):
        read_files(**files)


def test_more_people_or_chapters_than_a_page_can_show_are_refused():
    with pytest.raises(UnreadableCaptions, match="201 people"):
        read_files(f"title: Boats\nspeakers: {[f'Speaker {number}' for number in range(201)]}")
    chapters = [{"start_ms": number, "title": "Sails"} for number in range(1001)]
    transcript = json.dumps({"version": 1, "words": [{"text": "Boats"}], "chapters": chapters})
    with pytest.raises(UnreadableCaptions, match="1,001 chapters"):
        adapters.read_folder({"transcript.json": transcript}, slug="boats")


def test_differences_name_each_word_of_both_texts():
    differences = adapters.find_differences("the tide goes out", "the boat goes far out")
    assert differences == (
        ("same", "the"),
        ("deleted", "tide"),
        ("inserted", "boat"),
        ("same", "goes"),
        ("inserted", "far"),
        ("same", "out"),
    )


@pytest.mark.parametrize(
    ("text", "times"), [("", []), ("one two", []), ("one two", [0, 5, None, None]), ("one two", [0, 5, 5, 9])]
)
def test_a_paragraph_s_words_come_back_as_they_were(text, times):
    words = adapters.words_of(text, times)
    assert (" ".join(words.texts), adapters.flatten_times(words)) == (text, times)


def test_what_captions_hold_is_told_with_their_first_words():
    recognised = adapters.recognise(make_captions(2), "talk.vtt")
    assert (recognised.format, recognised.words, recognised.precision) == ("WebVTT", 18, "cue")
    assert (recognised.speakers, recognised.speaker_count) == (["Ada Okafor", "Mei Tanaka"], 2)
    assert recognised.preview[0] == ("Ada Okafor", 0, "Welcome back to the harbour, everyone.")
    assert recognised.duration_ms == 20_900


@pytest.mark.parametrize("label", ["SPEAKER_00", "Speaker 1", "[Speaker_2]", "Unknown Speaker", "unknown", "guest-1"])
def test_what_a_machine_writes_for_want_of_a_name_is_no_name(label):
    data = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v {label}>Hello.\n\n00:00:02.000 --> 00:00:03.000\n<v Mei>Hi.\n"
    recognised = adapters.recognise(data.encode(), "talk.vtt")
    assert recognised.speakers == ["Mei"]


def test_captions_with_more_chapters_than_a_page_holds_are_unreadable():
    chapters = [{"start_ms": number, "title": "Part"} for number in range(1001)]
    data = json.dumps({"version": 1, "words": [{"text": "Hi", "start_ms": 0, "end_ms": 1}], "chapters": chapters})
    with pytest.raises(UnreadableCaptions, match="1,001 chapters"):
        adapters.recognise(data.encode(), "talk.json")


def test_the_account_of_a_problem_can_be_stored_whatever_the_file_held():
    problem = adapters.describe_problem(UnreadableCaptions("no \x00 text", line=2, excerpt="a\ud800b"))
    assert (problem["problem"], problem["line"], problem["excerpt"]) == ("no \ufffd text", 2, "a\ufffdb")


def test_details_come_back_from_json_as_they_went_in():
    details = make_details(topics=("boats", "tides"), event="Harbour ML")
    assert adapters.details_of(json.loads(json.dumps(asdict(details)))) == details


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://example.org/talk.mp4", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[no-address/", False),
        ("https://example.org/" + "a" * 2000, False),
    ],
)
def test_the_address_of_a_recording_is_on_the_web(url, is_one):
    assert adapters.is_on_the_web(url) is is_one
