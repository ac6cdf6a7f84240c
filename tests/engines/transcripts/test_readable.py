from hypothesis import given

from commonplace.engines.transcripts import (
    Chapter,
    Transcript,
    Turn,
    Words,
    split_paragraphs,
    walk_paragraphs,
    write_markdown,
    write_text,
)

from .strategies import transcripts

HELLO = Transcript(
    words=Words.of(
        [("Hello", 0, 400), ("*all*.", 400, 900), ("Thanks,", 3_725_000, 3_725_400), ("Ada.", 3_725_400, 3_726_000)]
    ),
    turns=(Turn("Ada Okafor", 0, 1), Turn(None, 2, 3)),
    chapters=(Chapter(0, "Welcome # all", 0),),
    precision="word",
)


@given(transcripts(most_words=300))
def test_every_word_stands_in_exactly_one_paragraph(transcript: Transcript):
    texts = [paragraph.text(transcript) for paragraph in walk_paragraphs(split_paragraphs(transcript))]
    assert " ".join(texts).split() == transcript.words.texts


def test_markdown_shows_chapters_speakers_and_times():
    assert write_markdown(HELLO) == (
        "## Welcome \\# all\n\n**Ada Okafor:** \\[00:00\\] Hello \\*all\\*.\n\n\\[1:02:05\\] Thanks, Ada.\n"
    )


def test_plain_text_is_the_words_in_paragraphs():
    assert write_text(HELLO) == "Hello *all*.\n\nThanks, Ada.\n"


def test_two_headings_at_one_word_are_both_shown():
    both = Transcript(
        words=HELLO.words, turns=HELLO.turns, chapters=(Chapter(0, "One", 0), Chapter(0, "Two", 0)), precision="word"
    )
    assert next(iter(walk_paragraphs(both))).chapter == "One / Two"


def test_a_transcript_without_words_has_no_paragraphs():
    assert list(walk_paragraphs(Transcript(words=Words.of([])))) == []


def test_a_chapter_without_words_has_no_heading():
    talk = Transcript(words=HELLO.words, turns=HELLO.turns, chapters=(Chapter(9_000_000, "Credits"),), precision="word")
    assert "Credits" not in write_markdown(talk)


def test_a_transcript_without_times_shows_none():
    talk = Transcript(words=Words.of([("Hello.", None, None)]), turns=(Turn(None, 0, 0),))
    assert write_markdown(talk) == "Hello.\n"
