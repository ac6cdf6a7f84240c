import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import (
    MalformedCaptions,
    TalkDetails,
    TalkFolder,
    Transcript,
    UnreadableCaptions,
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
    language=st.sampled_from([None, "en", "ja"]),
    topics=st.lists(texts, max_size=3).map(tuple),
    description=st.just("") | texts | st.just("two\nlines: of text"),
)


@given(details, transcripts())
def test_a_folder_reads_back_as_the_talk_it_was(known: TalkDetails, transcript: Transcript):
    folder = TalkFolder(details=known, transcript=split_paragraphs(transcript), report={"words_in": 1})
    files = write_talk_folder(folder)
    assert read_talk_folder(files, name="talk") == folder
    assert write_talk_folder(read_talk_folder(files, name="talk")) == files


@given(transcripts(most_words=3))
def test_a_folder_has_the_files_that_the_design_names(transcript: Transcript):
    assert set(write_talk_folder(TalkFolder(details=TalkDetails(title="x"), transcript=transcript))) == {
        "talk.md", "transcript.json", "captions.vtt", "captions.srt", "chapters.json", "report.json"
    }  # fmt: skip


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
