from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import (
    MalformedCaptions,
    OtherTranscript,
    TalkDetails,
    TalkFolder,
    Transcript,
    UnreadableCaptions,
    Words,
    is_part_of_talk,
    read_talk_folder,
    split_paragraphs,
    write_talk_folder,
)

from .strategies import transcripts

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30
).filter(lambda text: text.strip() == text)
details = st.builds(
    TalkDetails,
    title=texts,
    date=st.none() | st.dates().map(lambda date: date.isoformat()),
    speakers=st.lists(texts, max_size=3).map(tuple),
    hosts=st.lists(texts, max_size=1).map(tuple),
    event=st.none() | texts,
    recording=st.none() | texts,
    more_recordings=st.lists(texts, max_size=2).map(tuple),
    language=st.sampled_from([None, "en", "ja"]),
    topics=st.lists(texts, max_size=3).map(tuple),
    description=st.just("") | texts | st.just("two\nlines: of text"),
)


others = st.dictionaries(st.sampled_from(["de", "pt-BR", "zh-Hant"]), transcripts(most_words=5)).map(
    lambda spoken: tuple(
        OtherTranscript(transcript=replace(spoken[language], language=language), report={"words_in": 2})
        for language in sorted(spoken)
    )
)


@given(details, transcripts(), others)
def test_a_folder_reads_back_as_the_talk_it_was(
    known: TalkDetails, transcript: Transcript, others: tuple[OtherTranscript, ...]
):
    spoken = split_paragraphs(replace(transcript, language=None))
    folder = TalkFolder(details=known, transcript=spoken, report={"words_in": 1}, others=others)
    files = write_talk_folder(folder)
    assert read_talk_folder(files, name="talk") == folder
    assert write_talk_folder(read_talk_folder(files, name="talk")) == files
    read = {name: text for name, text in files.items() if is_part_of_talk(name)}
    assert read_talk_folder(read, name="talk") == folder


@given(transcripts(most_words=3))
def test_a_folder_has_the_files_that_the_design_names(transcript: Transcript):
    assert set(write_talk_folder(TalkFolder(details=TalkDetails(title="x"), transcript=transcript))) == {
        "talk.md", "transcript.json", "captions.vtt", "captions.srt", "chapters.json", "report.json"
    }  # fmt: skip


def test_another_language_stands_in_the_names_of_its_files():
    known, words = TalkDetails(title="x"), Transcript(words=Words.of([("hi", 0, 100)]))
    files = write_talk_folder(
        TalkFolder(details=known, transcript=words, others=(OtherTranscript(transcript=replace(words, language="ja")),))
    )
    assert {name for name in files if ".ja." in name} == {
        "transcript.ja.json", "captions.ja.vtt", "captions.ja.srt", "chapters.ja.json", "report.ja.json"
    }  # fmt: skip


def test_another_transcript_takes_its_language_from_the_name_of_its_file():
    files = dict.fromkeys(["transcript.json", "transcript.ja.json"], '{"version": 1, "words": [{"text": "hi"}]}')
    (other,) = read_talk_folder(files, name="talk").others
    assert (other.transcript.language, other.report) == ("ja", {})


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"transcript.ja.json": '{"version": 1, "language": "fr", "words": []}'}, "the transcript is in fr"),
        ({"transcript.en.json": '{"version": 1, "words": []}'}, "a transcript in en besides"),
        ({"transcript.EN.json": '{"version": 1, "words": []}'}, "a transcript in EN besides"),
        ({"talk.md": "---\nlanguage: ja\n---\n", "transcript.en.json": '{"version": 1, "words": []}'}, "in en besides"),
        ({"talk.md": "---\nlanguage: ja\n---\n", "transcript.ja.json": '{"version": 1, "words": []}'}, "in ja besides"),
        ({"transcript.ja.json": "["}, "JSON"),
        ({"transcript.ja.json": '{"version": 1, "words": []}', "report.ja.json": "[]"}, "no JSON object"),
    ],
)
def test_another_transcript_that_cannot_be_is_refused_by_its_name(files: dict[str, str], problem: str):
    with pytest.raises(MalformedCaptions, match=problem) as caught:
        read_talk_folder({"transcript.json": '{"version": 1, "language": "en", "words": []}', **files}, name="talk")
    assert caught.value.file == f"talk/{list(files)[-1]}"


def test_another_transcript_without_a_language_is_not_written():
    words = Transcript(words=Words.of([("hi", 0, 100)]))
    with pytest.raises(ValueError, match="has to name it"):
        write_talk_folder(
            TalkFolder(details=TalkDetails(title="x"), transcript=words, others=(OtherTranscript(transcript=words),))
        )


def test_a_transcript_alone_is_a_talk_named_by_its_folder():
    folder = read_talk_folder({"transcript.json": '{"version": 1, "words": [{"text": "hi"}]}'}, name="small-models")
    assert (folder.details.title, folder.report) == ("small-models", {})


def test_a_folder_without_a_transcript_says_how_to_make_one():
    with pytest.raises(UnreadableCaptions, match="commonplace publish"):
        read_talk_folder({"talk.md": "---\ntitle: x\n---\n"}, name="empty")


@pytest.mark.parametrize(
    ("front", "line", "problem"),
    [
        ("title: x\ndate: 31.3.2026", 3, "no date"),
        ("title: x\nspeakers: Ada", 3, "no list of texts"),
        ("title: 5", 2, "no text"),
        ("title: x\nlanguage: English, mostly", 3, "no language tag"),
        ("title: x\ncolour: red", 3, "unknown key"),
        ("title: [x", 3, "no YAML"),
        ("- title", 2, "no mapping"),
        ("date: 2026-02-30", 2, "day is out of range"),
        (f"title: {'9' * 5000}", 2, "cannot be read"),
        (f"title: {'[' * 5000}", 2, "cannot be read"),
    ],
)
def test_wrong_front_matter_is_refused_at_its_line(front: str, line: int, problem: str):
    files = {"transcript.json": '{"version": 1, "words": []}', "talk.md": f"---\n{front}\n---\n"}
    with pytest.raises(MalformedCaptions, match=problem) as caught:
        read_talk_folder(files, name="talk")
    assert (caught.value.file, caught.value.line) == ("talk/talk.md", line)


def test_empty_front_matter_says_nothing():
    files = {"transcript.json": '{"version": 1, "words": []}', "talk.md": "---\n---\n"}
    assert read_talk_folder(files, name="harbour-lights").details == TalkDetails(title="harbour-lights")


@pytest.mark.parametrize(
    ("name", "text"), [("talk.md", "no front matter"), ("report.json", "[1]"), ("transcript.json", "{")]
)
def test_a_broken_file_is_named(name: str, text: str):
    files = {"transcript.json": '{"version": 1, "words": []}', name: text}
    with pytest.raises(MalformedCaptions) as caught:
        read_talk_folder(files, name="talk")
    assert caught.value.file == f"talk/{name}"


def test_a_key_that_stands_twice_in_the_front_matter_is_refused_with_its_line():
    files = {"transcript.json": '{"version": 1, "words": []}', "talk.md": "---\ntitle: A\nevent: B\ntitle: C\n---\n"}
    with pytest.raises(MalformedCaptions, match="the key 'title' stands here again") as caught:
        read_talk_folder(files, name="talk")
    assert (caught.value.file, caught.value.line, caught.value.column) == ("talk/talk.md", 4, 1)
