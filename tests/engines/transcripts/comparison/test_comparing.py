from __future__ import annotations

import random
import time

import jiwer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison import NORMALISERS, IncomparableTranscripts, compare_transcripts
from commonplace.engines.transcripts.lexicon import Entry, Lexicon
from commonplace.engines.transcripts.model import Turn
from tests.engines.transcripts.comparison.texts import REFERENCE, SENTENCES, compare, transcribe

LEXICON = Lexicon([Entry("Dask", "tool"), Entry("scikit-learn", "tool")])


@pytest.mark.parametrize("normaliser", NORMALISERS)
def test_a_transcript_has_no_errors_against_itself(normaliser: str):
    result = compare(REFERENCE, REFERENCE, normaliser=normaliser, lexicon=LEXICON).results[0]
    assert result.words.counts.rate == result.written.measured.counts.rate == result.characters == 0
    assert result.terms
    assert result.terms.by_segment.rate == 0
    assert result.terms.by_term["Dask"].right == 40
    assert all(piece.agrees for line in result.lines for piece in line)


def test_casing_and_marks_count_only_as_written():
    result = compare("Hello, Harbour! We sail.", "hello harbour we Sail.").results[0]
    assert result.words.counts.errors == 0
    assert (result.written.measured.counts.substitutions, result.written.casing, result.written.marks) == (4, 4, 2)


def test_another_word_is_no_word_in_other_casing():
    written = compare("We sail now.", "we row now.").results[0].written
    assert (written.measured.counts.substitutions, written.casing, written.marks) == (2, 1, 0)


words = st.lists(st.sampled_from("The tide, comes IN out. It's uh twenty one boats".split()), min_size=1, max_size=40)


@given(words, words)
@settings(deadline=None)
def test_rates_are_those_of_jiwer_on_the_normalised_texts(mine: list[str], theirs: list[str]):
    for name in ("none", "basic"):
        result = compare(" ".join(mine), " ".join(theirs), normaliser=name, ends="whole").results[0]
        texts = [" ".join(NORMALISERS[name].tokenise(side).texts) for side in (mine, theirs)]
        expected = jiwer.process_words(*texts)
        counts = result.words.counts
        assert (counts.substitutions, counts.deletions, counts.insertions) == (
            expected.substitutions,
            expected.deletions,
            expected.insertions,
        )
        assert result.characters == jiwer.cer(*texts)


def test_the_better_of_two_is_named_first_with_how_sure_that_is():
    worse = REFERENCE.replace("Dask", "desk").replace("week", "weak")
    comparison = compare(REFERENCE, worse, REFERENCE.replace("Dask", "desk"))
    (pair,) = comparison.differences
    assert (pair.one, pair.other) == ("recogniser 2", "recogniser 1")
    assert pair.difference.difference < 0
    assert pair.difference.interval.high < 0
    assert pair.difference.probability == 1
    for result in comparison.results:
        assert result.words.interval
        assert result.words.interval.low <= (result.words.counts.rate or 0) <= result.words.interval.high


def test_an_excerpt_is_compared_with_its_part_of_the_whole_talk():
    excerpt = " ".join(SENTENCES[10:20])
    result = compare(excerpt, REFERENCE.replace("Dask", "desk")).results[0]
    before = len(" ".join(SENTENCES[:10]).split())
    assert result.overlap[:3] == (0, len(excerpt.split()), before)
    assert result.words.counts.errors == result.words.counts.substitutions == 10


def test_segments_outside_the_overlap_are_left_out_and_pairs_share_the_others():
    early, late = " ".join(SENTENCES[:30]), " ".join(SENTENCES[20:])
    comparison = compare(" ".join(SENTENCES[10:]), early, late.replace("Dask", "desk"), ends="overlap")
    one, two = comparison.results
    assert (one.words.counts.errors, two.words.counts.errors) == (0, 20)
    assert [bool(line) for line in one.lines] == [True] * 40 + [False] * 20
    assert [bool(line) for line in two.lines] == [False] * 20 + [True] * 40
    (pair,) = comparison.differences
    shared = sum(two.words.by_segment.totals[20:40])
    assert pair.difference.difference == pytest.approx(-10 / shared)


def test_what_a_hypothesis_lost_at_an_end_is_counted_and_told():
    result = compare(REFERENCE, " ".join(SENTENCES[:20])).results[0]
    assert result.unmatched == (0, 260)
    assert result.words.counts.deletions == 260


def test_pieces_hold_all_words_of_the_overlap():
    result = compare(REFERENCE, REFERENCE.replace("Dask,", "").replace("week", "a weak")).results[0]
    pieces = [piece for line in result.lines for piece in line]
    assert " ".join(piece.reference for piece in pieces if piece.reference) == REFERENCE
    assert sum(not piece.agrees for piece in pieces) == 80


def test_segments_have_their_text_and_time():
    segments = compare("One boat. Two tides.", "one boat").segments
    assert [(segment.text, segment.start_ms) for segment in segments] == [("One boat.", 0), ("Two tides.", 800)]


def test_terms_are_found_whatever_their_casing_and_marks_and_heard_as_written():
    for normaliser in NORMALISERS:
        terms = (
            compare("Try Scikit-Learn!", "try Psychic learn.", lexicon=LEXICON, normaliser=normaliser).results[0].terms
        )
        assert terms
        assert terms.by_term["scikit-learn"].heard == {"Psychic learn": 1}


def test_speakers_are_compared_where_both_sides_name_some():
    text = "we sail at noon yes we do"
    mine = transcribe(text, turns=(Turn("Ada", 0, 3), Turn("Mei", 4, 6)))
    theirs = transcribe(text, turns=(Turn("Speaker 2", 0, 3), Turn("Speaker 1", 4, 6)))
    nobody = transcribe(text, turns=(Turn(None, 0, 6),))
    named, unnamed = compare_transcripts(mine, {"one": theirs, "two": nobody}).results
    assert named.speakers
    assert named.speakers.counts.errors == 0
    assert set(named.speakers.pairs) == {("Ada", "Speaker 2"), ("Mei", "Speaker 1")}
    assert unnamed.speakers is None


def test_words_given_to_the_wrong_speaker_are_errors_of_speakers_alone():
    text = "we sail at noon yes we do"
    mine = transcribe(text, turns=(Turn("Ada", 0, 3), Turn("Mei", 4, 6)))
    theirs = transcribe(text, turns=(Turn("A", 0, 4), Turn("B", 5, 6)))
    result = compare_transcripts(mine, {"one": theirs}).results[0]
    assert result.speakers
    assert (result.words.counts.errors, result.speakers.counts.errors) == (0, 2)


@pytest.mark.parametrize(
    ("reference", "hypotheses", "problem"),
    [
        ("", ["word"], "no words"),
        ("— …", ["word"], "no words"),
        ("word", [], "0 hypotheses"),
        ("word", ["word"] * 21, "21 hypotheses"),
        ("word", ["word " * 200_001], "more than the 200,000"),
        ("海" * 200_001, ["海"], "more than the 200,000"),
    ],
)
def test_what_cannot_be_compared_is_refused(reference: str, hypotheses: list[str], problem: str):
    with pytest.raises(IncomparableTranscripts, match=problem):
        compare(reference, *hypotheses)


def test_a_hypothesis_without_words_has_missed_all():
    result = compare(REFERENCE, "").results[0]
    assert result.words.counts.rate == 1
    assert result.words.counts.deletions == 520


def test_characters_of_a_text_without_end_are_not_compared():
    assert compare("word " + "x" * 1_000_001, "word").results[0].characters is None


def test_an_hour_of_talk_is_compared_in_seconds():
    chance = random.Random(1)
    vocabulary = [f"word{number}{'.' * (number % 9 == 0)}" for number in range(3000)]
    talk = [vocabulary[int(3000 * chance.random() ** 3)] for _ in range(10_000)]
    heard = [word if chance.random() > 0.1 else "x" for word in talk if chance.random() > 0.02]
    started = time.perf_counter()
    compare(" ".join(talk), " ".join(heard))
    assert time.perf_counter() - started < 5
