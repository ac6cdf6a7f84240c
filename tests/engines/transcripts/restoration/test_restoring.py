import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.engines.transcripts import Transcript, Turn, Words
from commonplace.engines.transcripts.restoration import RestorationReport, restore_transcript

TALK = (
    "hello everyone and welcome to harbour ml today we have jonas weber with us jonas can you tell us what you work on "
    "thank you for having me ada i work on search at a small company in hamburg and we use python and postgresql for "
    "nearly everything we started with a simple index and then we learned that people make many typing mistakes so we "
    "had to think again about how words are compared what did you change first we began with the logs because they say "
    "what people really type and most of them write two words at most"
)
PUNCTUATED = (
    "We met in the harbour, as every month. Ada opened the evening, and Mei spoke about indexes. "
    "Somebody asked whether it scales. It does, she said, and showed the numbers. Then we had soup."
)


def transcript_of(text: str, **values: object) -> Transcript:
    words = text.split()
    times = [(word, 400 * place, 400 * place + 300) for place, word in enumerate(words)]
    return Transcript(words=Words.of(times), precision="word", **values)  # type: ignore[arg-type]


def bare(text: str) -> str:
    """The word without marks, in small letters."""
    return re.sub(r"[.,?]$", "", text).lower()


@pytest.fixture(scope="module")
def restored() -> tuple[Transcript, RestorationReport]:
    return restore_transcript(transcript_of(TALK), speakers=["Jonas Weber"], hosts=["Ada Okafor"])


def test_bare_captions_become_sentences(restored: tuple[Transcript, RestorationReport]):
    transcript, report = restored
    text = " ".join(transcript.words.texts)
    assert text[0] == "H"
    assert text[-1] in ".?"
    assert "Python" in text
    assert "PostgreSQL" in text
    assert " I " in text
    assert report.words_restored == report.words == len(TALK.split())
    assert report.full_stops + report.question_marks > 2


def test_words_keep_their_letters_and_their_times(restored: tuple[Transcript, RestorationReport]):
    transcript, _ = restored
    assert [bare(text) for text in transcript.words.texts] == TALK.split()
    given_words = transcript_of(TALK).words
    assert (transcript.words.starts_ms, transcript.words.ends_ms) == (given_words.starts_ms, given_words.ends_ms)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=12), max_size=80))
def test_no_word_is_added_dropped_or_respelt(words: list[str]):
    before = Transcript(words=Words.of((word, None, None) for word in words))
    after, _ = restore_transcript(before)
    assert len(after.words) == len(words)
    for old, new in zip(words, after.words.texts, strict=True):
        assert new.lower() == old.lower() or (new[-1] in ".,?" and new[:-1].lower() == old.lower())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(sorted(set(TALK.split()) | set(PUNCTUATED.split()))), min_size=1, max_size=400))
def test_a_second_restoration_changes_no_word_that_has_a_mark(words: list[str]):
    after, _ = restore_transcript(Transcript(words=Words.of((word, None, None) for word in words)))
    for old, new in zip(words, after.words.texts, strict=True):
        assert not re.search(r"[.,?]$", old) or old.lower() == new.lower()


def test_punctuated_text_is_kept_as_it_is():
    transcript = transcript_of(PUNCTUATED * 3)
    same, report = restore_transcript(transcript)
    assert same is transcript
    assert report.words_restored == 0


def test_only_the_bare_stretch_of_a_punctuated_talk_is_restored():
    before = transcript_of(f"{PUNCTUATED * 5} {TALK} {TALK} {PUNCTUATED * 5}")
    after, report = restore_transcript(before)
    (stretch,) = report.stretches
    edge = len((PUNCTUATED * 5).split())
    assert stretch == (edge, edge + 2 * len(TALK.split()) - 1)
    assert after.words.texts[: stretch[0]] == before.words.texts[: stretch[0]]
    assert after.words.texts[stretch[1] + 1 :] == before.words.texts[stretch[1] + 1 :]


def test_another_language_is_left_alone_and_reported():
    german = (
        "heute sprechen wir darüber wie man eine suche baut die auch mit tippfehlern zurechtkommt und schnell bleibt "
    )
    before = transcript_of(german * 12)
    after, report = restore_transcript(before)
    assert after.words == before.words
    assert report.words_in_other_languages == len(before.words)
    assert "not English" in report.notes[0]


def test_speakers_that_the_captions_name_are_kept():
    turns = (Turn("Ada", 0, 20), Turn("Jonas", 21, len(TALK.split()) - 1))
    after, report = restore_transcript(transcript_of(TALK, turns=turns), speakers=["Mei Tanaka"])
    assert after.turns == turns
    assert report.words_restored == len(after.words)


def test_marks_of_new_speakers_in_the_captions_end_turns_and_sentences():
    turns = (Turn(None, 0, 20), Turn(None, 21, len(TALK.split()) - 1))
    after, _ = restore_transcript(transcript_of(TALK, turns=turns))
    assert 20 in {turn.last_word for turn in after.turns}
    assert after.words.texts[20][-1] in ".?"


def test_turns_cover_every_word_and_carry_only_given_names(restored: tuple[Transcript, RestorationReport]):
    transcript, _ = restored
    assert transcript.turns[0].first_word == 0
    assert transcript.turns[-1].last_word == len(transcript.words) - 1
    assert {turn.speaker for turn in transcript.turns} <= {"Ada Okafor", "Jonas Weber", None}


def test_paragraphs_end_where_sentences_end():
    after, _ = restore_transcript(transcript_of(" ".join([TALK] * 6)))
    assert len(after.paragraphs) > 4
    for first in after.paragraphs[1:]:
        assert after.words.texts[first - 1][-1] in ".?"


def test_shouted_captions_are_read_as_if_they_were_not():
    quiet, _ = restore_transcript(transcript_of(TALK))
    loud, _ = restore_transcript(transcript_of(TALK.upper()))
    assert loud.words == quiet.words


def test_nothing_said_is_nothing_to_restore():
    nothing = replace(transcript_of(TALK), words=Words.of(()))
    assert restore_transcript(nothing) == (nothing, RestorationReport())
